// Facts as the templates show them: every string prepared here, so that templates decide how a letter looks and nothing
// else. All names there are: docs/newsletter-templates.md, which a test holds true.

internal import Domain
internal import Mail
internal import Newsletter
internal import Pictures
internal import Runtime
internal import Templates

struct LetterData {
    let issue: IssueFacts
    let personal: PersonalFacts?
    let reader: Reader
    let settings: LetterSettings
    let names: Names
    let extras: LetterExtras
    let limits: LetterLimits
    let pictures: ShownPictures

    /// Who reads, and where: one person's letter, their page, or everybody's page.
    struct Reader: Sendable {
        /// Nil: a page for everybody.
        var id: Int64?
        var name: String?
        var sections: Set<NewsletterSection>
        var links: LetterLinks
        var isPage: Bool
    }

    var headline: Headline { Headline(issue) }

    var value: TemplateValue {
        let headline = headline
        return [
            "language": .text(settings.language),
            "subject": .text(headline.subject),
            "preheader": .text(preheader),
            "headline": .text(headline.text),
            "server": .text(Shown.text(issue.serverName, most: 40, orElse: "Plex")),
            "number": .whole(issue.number),
            "period": [
                "name": .text(issue.period.name), "word": .text(issue.period.word),
                "first": .text(Calendar.date(issue.period.first)), "last": .text(Calendar.date(issue.period.last)),
            ],
            "made": .text(Calendar.date(issue.madeAt, in: settings.place)),
            "isPage": .flag(reader.isPage),
            "isQuiet": .flag(issue.isQuiet),
            "hasIntroduction": .flag(!extras.introduction.isEmpty),
            "introduction": .list(extras.introduction.map { .text(Shown.paragraph($0, most: 1_000)) }),
            "banner": picture(extras.banner),
            "totals": .list(totals),
            "reader": [
                "name": .text(orAbsent: reader.name.map { Shown.text($0, most: Shown.mostName) }),
                "firstName": .text(orAbsent: Names.first(reader.name)),
            ],
            "personal": personalSection,
            "suggestions": suggestionsSection,
            "new": newSection,
            "community": communitySection,
            "charts": chartsSection,
            "doubts": .list(issue.doubts.prefix(limits.doubts).map { .text(Shown.paragraph($0, most: 200)) }),
            "button": web.flatMap { reader.isPage ? nil : ["url": .text($0), "label": "Read on the web"] } ?? .absent,
            "footer": footer,
        ]
    }

    private var totals: [TemplateValue] {
        let totals = issue.totals
        let new = (issue.added.known ?? []).reduce(0) { $0 + ($1.items.known ?? []).count }
        guard totals.plays.now > 0 || new > 0 else { return [] }
        var stats = [
            stat(Numbers.time(totals.seconds.now), "played", Delta(totals.seconds)),
            stat(Numbers.count(totals.plays.now), totals.plays.now == 1 ? "play" : "plays", Delta(totals.plays)),
            stat(
                Numbers.count(totals.people.now), totals.people.now == 1 ? "person" : "people", Delta(totals.people)),
        ]
        // Where a library could not be read, a number would be too small.
        let areAllKnown = issue.added.known?.allSatisfy { $0.items.known != nil } ?? false
        stats.append(
            areAllKnown
                ? stat(Numbers.count(new), "new", nil)
                : stat(
                    Numbers.count(totals.titles.now), totals.titles.now == 1 ? "title" : "titles", Delta(totals.titles))
        )
        return stats
    }

    /// What the list of letters shows behind the subject: what the subject does not say.
    private var preheader: String {
        var parts: [String] = []
        if reader.sections.contains(.you), let personal, personal.plays.now > 0 {
            parts.append("Your \(issue.period.word): \(Numbers.time(personal.seconds.now))")
        }
        let new = (issue.added.known ?? []).reduce(0) { $0 + ($1.items.known ?? []).count }
        if new > 0, reader.sections.contains(.added) { parts.append("\(Numbers.count(new)) new") }
        if issue.totals.plays.now > 0 { parts.append("\(Numbers.count(issue.totals.plays.now, "play")) by all of you") }
        return parts.isEmpty ? issue.period.name : parts.joined(separator: " · ")
    }

    private var footer: TemplateValue {
        let links = reader.links
        return [
            "why": .text(
                "You get this because you are part of \(Shown.text(issue.serverName, most: 40, orElse: "Plex"))."),
            "unsubscribe": .text(orAbsent: Self.unsubscribing(links)),
            "preferences": .text(orAbsent: Self.webAddress(links.preferences)),
            "web": .text(orAbsent: reader.isPage ? nil : web),
            "archive": .text(orAbsent: Self.webAddress(links.archive)),
        ]
    }
}

// What all sections share.
extension LetterData {
    var web: String? { Self.webAddress(reader.links.web) }

    func stat(_ value: String, _ label: String, _ delta: Delta?) -> TemplateValue {
        ["value": .text(value), "label": .text(label), "delta": self.delta(delta)]
    }

    func delta(_ delta: Delta?) -> TemplateValue {
        guard let delta else { return .absent }
        return [
            "text": .text(delta.text), "isUp": .flag(delta.direction == .up || delta.direction == .new),
            "isDown": .flag(delta.direction == .down),
        ]
    }

    /// "and 7 more", with the way to them where there is one.
    func more(_ count: Int) -> TemplateValue {
        guard count > 0 else { return .absent }
        return [
            "text": .text("and \(Numbers.count(count)) more"), "url": .text(orAbsent: reader.isPage ? nil : web),
        ]
    }

    /// What margins leave of a letter's 600 points.
    private static let columnWidth = 536

    func picture(_ picture: Pictures.Picture?) -> TemplateValue {
        guard let picture, let source = pictures.source(of: picture) else { return .absent }
        return [
            "url": .text(source), "width": .whole(min(picture.shownWidth, Self.columnWidth)),
            "alt": .text(Shown.paragraph(picture.alternativeText, most: limits.alternative)),
        ]
    }

    func poster(_ order: PosterOrder) -> TemplateValue {
        guard let picture = pictures.poster(order), let source = pictures.source(of: picture) else { return .absent }
        return ["url": .text(source), "alt": .text(order.title), "isSquare": .flag(order.isSquare)]
    }

    func title(_ name: String) -> TemplateValue { .text(Shown.text(name, most: limits.title)) }

    /// Its page in Plex, where the server's id is known.
    func plexAddress(_ key: Int?) -> TemplateValue {
        guard let key, let server = settings.machineIdentifier,
            !server.isEmpty, server.utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0 | 32) })
        else { return .absent }
        return .text("https://app.plex.tv/desktop/#!/server/\(server)/details?key=%2Flibrary%2Fmetadata%2F\(key)")
    }

    /// How long a bar is beside the longest, in percent, and what is left of its line.
    func bar(_ value: Int, of most: Int) -> (share: TemplateValue, rest: TemplateValue) {
        let share = most > 0 ? min(100, max(1, value * 100 / most)) : 1
        return (.whole(share), .whole(100 - share))
    }

    /// What does not begin like one of the web is no link, whoever gave it.
    static func webAddress(_ text: String?) -> String? {
        guard let text, text.hasPrefix("https://") || text.hasPrefix("http://"),
            text.utf8.allSatisfy({ (33...126).contains($0) })
        else { return nil }
        return text
    }

    static func unsubscribing(_ links: LetterLinks) -> String? {
        webAddress(links.unsubscribe) ?? mailAddress(links.unsubscribeMail)
    }

    private static func mailAddress(_ mail: MailingList.UnsubscribeMail?) -> String? {
        guard let mail else { return nil }
        var subject = ""
        for byte in mail.subject.utf8 {
            let isPlain = (48...57).contains(byte) || (97...122).contains(byte | 32) || byte == 45 || byte == 46
            let digits = String(byte, radix: 16, uppercase: true)
            subject += isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
        }
        return "mailto:\(mail.address)?subject=\(subject)"
    }
}
