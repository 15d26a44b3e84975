// What notices say, every string prepared: templates decide how it looks. The names are listed in docs/notices.md, which
// a test holds true.

internal import Domain
internal import Mail
internal import Prune
internal import Runtime
internal import Templates

struct NoticeData {
    let notice: PruneNotice
    let settings: NoticeSettings
    /// The signed address that says "I'm still here" for this person.
    let here: String?
    let date: Instant

    var subject: String { Shown.cut(subjectWords, to: 110) }

    var value: TemplateValue {
        NoticePage(
            settings, subject: subject, headline: headline, label: label, preheader: preheader, lead: lead, date: date
        )
        .value(with: [
            "reader": [
                "name": .text(Shown.text(notice.name, most: Shown.mostName, orElse: "friend")),
                "firstName": .text(orAbsent: Names.first(notice.name)),
            ],
            "about": .list(settings.about.map { .text(Shown.paragraph($0, most: 600)) }),
            "rules": .list(settings.rules.map { .text(Shown.paragraph($0, most: 300)) }),
            "hasRules": .flag(!settings.rules.isEmpty),
            "links": .list(
                settings.links.map { ["title": .text(Shown.text($0.title, most: 60)), "url": .text($0.address)] }),
            "hasLinks": .flag(!settings.links.isEmpty),
            "removal": removal,
            "idle": idle,
            "limits": limits,
            "here": hereLink,
        ])
    }

    // MARK: Words

    private var server: String { NoticePage.server(settings) }

    private var subjectWords: String {
        switch notice.kind {
        case .welcome: "Welcome to \(server)"
        case .reminder: "\(server): it has been a while"
        case .warning:
            removalDate.map { "\(server): your access ends on \(shortDay($0))" } ?? "\(server): your access is ending"
        case .removal: "\(server): your access has ended"
        case .invitation: "\(server): you are invited again"
        }
    }

    private var headline: String {
        switch notice.kind {
        case .welcome: "Welcome to \(server)"
        case .reminder: "It has been a while"
        case .warning: "Are you still with us?"
        case .removal: "Your access has ended"
        case .invitation: "You are invited again"
        }
    }

    private var label: String {
        switch notice.kind {
        case .welcome: "Welcome"
        case .reminder: "A reminder"
        case .warning: "Please read"
        case .removal: "Notice"
        case .invitation: "Welcome back"
        }
    }

    /// What the list of letters shows behind the subject.
    private var preheader: String {
        guard notice.kind == .warning, let removalDate else { return lead }
        return "\(removalDate), unless you watch something before then."
    }

    /// One sentence under the headline.
    private var lead: String {
        switch notice.kind {
        case .welcome: return "Good to have you here. This is what there is to know."
        case .reminder, .warning:
            guard let days = notice.idleDays else { return "We have not seen you watch anything for some time." }
            return "You have not watched anything for \(Numbers.count(days, "day"))."
        case .removal: return "Thank you for having been part of \(server). You can come back."
        case .invitation: return "An invitation of plex.tv is on its way to you."
        }
    }

    // MARK: Facts

    private var removalDate: LongDate? { notice.removalAt.map { LongDate($0, in: settings.place) } }

    private func shortDay(_ date: LongDate) -> String {
        // "Sunday, 6 December 2026" without its year: the letter says that.
        date.date.split(separator: " ").dropLast().joined(separator: " ")
    }

    private var removal: TemplateValue {
        guard let moment = notice.removalAt, let date = removalDate else { return .absent }
        return [
            "exact": .text("\(date)"), "date": .text(date.date), "time": .text(date.time), "zone": .text(date.zone),
            "in": .text(orAbsent: Self.distance(moment - notice.at)),
        ]
    }

    /// "in 3 days"; whole ones, so never more than there are but for the moment in which the letter was made.
    static func distance(_ time: Duration) -> String? {
        switch time + .seconds(30) {
        case ..<Duration.zero: nil
        case ..<Duration.hours(1): "in less than an hour"
        case ..<Duration.hours(48): "in \(Numbers.count(Int((time.milliseconds + 30_000) / 3_600_000), "hour"))"
        default: "in \(Numbers.count(Int((time.milliseconds + 30_000) / 86_400_000), "day"))"
        }
    }

    private var idle: TemplateValue {
        let title = Shown.onOneLine(notice.lastTitle).isEmpty ? nil : Shown.text(notice.lastTitle, most: 80)
        return [
            "days": .text(orAbsent: notice.idleDays.map { Numbers.count($0, "day") }),
            "lastDate": .text(orAbsent: notice.lastSeenAt.map { LongDate($0, in: settings.place).date }),
            "lastTitle": .text(orAbsent: notice.lastSeenAt == nil ? nil : title),
            // Of a removal without days it may only mean that nobody looked it up.
            "isNever": .flag(
                notice.lastSeenAt == nil && notice.removalAt != nil
                    && (notice.kind != .removal || notice.idleDays != nil)),
        ]
    }

    private var limits: TemplateValue {
        guard notice.kickDays > 0, notice.kind != .welcome || settings.removesIdle else { return .absent }
        return [
            "warn": .text(Numbers.count(notice.warnDays, "day")), "kick": .text(Numbers.count(notice.kickDays, "day")),
            "grace": .text(orAbsent: notice.graceHours > 0 ? Numbers.count(notice.graceHours, "hour") : nil),
        ]
    }

    private var hereLink: TemplateValue {
        guard let address = LetterData.webAddress(here), notice.hereLeft > 0,
            notice.kind == .reminder || notice.kind == .warning,
            // Who has as long anyway gains nothing.
            notice.daysLeft.map({ $0 < notice.hereDays }) ?? true
        else { return .absent }
        let times = notice.hereLeft == 1 ? "once" : notice.hereLeft == 2 ? "twice" : "\(notice.hereLeft) times"
        return [
            "url": .text(address), "label": "I’m still here", "days": .text(Numbers.count(notice.hereDays, "day")),
            "times": .text(times),
        ]
    }
}

/// What stands in and around every notice, whomever it goes to.
struct NoticePage {
    let settings: NoticeSettings
    let subject: String
    let headline: String
    let label: String
    let preheader: String
    let lead: String
    let date: Instant

    init(
        _ settings: NoticeSettings, subject: String, headline: String, label: String, preheader: String, lead: String,
        date: Instant
    ) {
        self.settings = settings
        self.subject = subject
        self.headline = headline
        self.label = label
        self.preheader = preheader
        self.lead = lead
        self.date = date
    }

    static func server(_ settings: NoticeSettings) -> String {
        Shown.text(settings.server, most: 40, orElse: "Plex")
    }

    func value(with own: [String: TemplateValue]) -> TemplateValue {
        let server = Self.server(settings)
        let shared: [String: TemplateValue] = [
            "language": .text(settings.language), "subject": .text(subject), "preheader": .text(preheader),
            "server": .text(server), "headline": .text(headline), "label": .text(label), "lead": .text(lead),
            "made": .text(Calendar.date(date, in: settings.place)), "contact": contact,
            "footer": ["why": .text("You get this notice because you use \(server); it is no newsletter.")],
        ]
        return .object(shared.merging(own) { $1 })
    }

    private var contact: TemplateValue {
        if let contact = settings.contact {
            let mail = contact.address.flatMap { $0.hasPrefix("mailto:") ? String($0.dropFirst(7)) : nil }
            let words = Shown.text(contact.words, most: 120)
            return [
                "words": .text(words), "url": .text(orAbsent: contact.address),
                // What plain text shows beside the words, where they do not say it already.
                "shown": .text(orAbsent: (mail ?? contact.address).flatMap { $0 == words ? nil : $0 }),
                "isReply": false,
            ]
        }
        let box = (settings.replyTo ?? settings.from).address
        let name = box.local.lowercased().filter(\.isLetter)
        guard name != "noreply", name != "donotreply" else { return .absent }
        return ["words": "a reply to this letter", "url": .absent, "shown": .absent, "isReply": true]
    }
}
