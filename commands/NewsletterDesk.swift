// The answers of `!plex newsletter`.

package import Bot
import Discord
import Domain
import Newsletter
import People
import Runtime

struct NewsletterDesk: Sendable {
    static let card = "newsletter.send"

    let source: NewsletterSource
    let call: Call

    private var isAdmin: Bool { call.caller.level == .admin }

    // MARK: Whose

    /// The caller's own, or for admins somebody's by name.
    private func person() async throws -> Person {
        if let name = call.arguments.text("person") {
            guard isAdmin else { throw Complaint("Only admins may do that for somebody else.") }
            return try await PeopleSearch.person(named: name, on: .plex, in: source.people)
        }
        if let own = try await source.people.person(discord: call.caller.id.rawValue) { return own }
        throw Complaint(
            "I do not know who you are on Plex.",
            advice: ["\(code: call.spelling("link")) lets you sign in and tells me."])
    }

    // MARK: Looking

    func preview() async throws -> Answer {
        let person = try await person()
        let which: NewsletterPreview.Which = call.arguments.flag("running") ? .running : .last
        let preview = try await source.preview(person, which)
        return .report(try await preview.report(which, for: person, toAdmin: isAdmin, source))
    }

    func templates() async throws -> Report {
        var person = try await source.people.person(discord: call.caller.id.rawValue)
        // Whoever has no letter of their own writes templates with somebody's.
        if person == nil { person = try await source.post.status().readers.first }
        guard let person else { throw Complaint("Nobody is there yet whose letter could be shown.") }
        let look = try await source.templates(person)
        var report = Report("The newsletter's templates")
        report.lines.append(
            look.files.isEmpty
                ? "All are the built-in ones. Yours go into \(code: look.folder)."
                : "Yours, in \(code: look.folder): \(look.files.map { Prose(text: $0) }.joined(by: ", "))")
        let now = source.clock.now
        if let address = source.links.address(.templates, person: person.id, at: now) {
            report.lines.append("\(link: "A letter that follows your files while you write", to: address)")
        } else {
            let here = "http://127.0.0.1:\(source.port)\(source.links.path(.templates, person: person.id, at: now))"
            report.lines.append(
                "A letter that follows your files while you write, on the machine itself: \(code: here)")
        }
        report.lines += look.notes.prefix(12).map { "⚠️ \($0)" }
        if look.notes.isEmpty, !look.files.isEmpty { report.lines.append("Nothing to mend.") }
        report.footer = "Do not pass the link on: it needs no login, and lasts a day."
        report.tone = look.notes.isEmpty ? .plain : .warning
        return report
    }

    func schedule() async throws -> Report {
        guard let schedule = source.schedule else {
            return Report(
                "The newsletter is only sent when you say so.",
                lines: ["NEWSLETTER_SCHEDULE sets a time, such as \(code: "0 8 * * 1")."])
        }
        var report = Report("Newsletter: \(code: schedule)")
        report.lines.append(
            try await source.next().map { "The next issue is made \(time: $0)." }
                ?? "It is paused: jobs resume newsletter.")
        if let latest = try await source.latest() {
            report.lines.append("The last one was issue \(latest.number), \(latest.period.name).")
        }
        return report
    }

    // MARK: Sending

    private func needsMail() throws {
        guard source.hasMail else {
            throw Complaint(
                "No mail server is set.",
                advice: ["EMAIL_ADDRESS and EMAIL_APP_PASSWORD for Gmail, SMTP_URL or SMTP_HOST for others."])
        }
    }

    func test() async throws -> Report {
        try needsMail()
        let person = try await person()
        let issue = try await source.make()
        switch try await source.post.test(issue.number, to: person, by: call.caller.actor) {
        case .sent:
            return Report(
                "Sent to you", lines: ["Issue \(issue.number), \(issue.period.name), to \(person.email)."],
                footer: "\(call.spelling("newsletter send")) sends it to everybody.", tone: .good)
        case .dryRun:
            return Report("Nothing was sent: DRY_RUN is on.", lines: ["The letter could be made."], tone: .warning)
        case .failed(let why): throw Complaint("The test was not sent: \(why)")
        case .unclear(let why):
            return Report("It may have arrived: look.", lines: ["\(why)"], tone: .warning)
        }
    }

    func send() async throws -> Answer {
        try needsMail()
        let issue = try await source.make()
        if let before = try await source.post.book.sending(of: issue.number), before.state != .approval {
            throw Complaint(
                "Issue \(issue.number), \(issue.period.name), was begun before.",
                advice: ["\(code: call.spelling("newsletter status")) says how it stands."])
        }
        let status = try await source.post.status()
        guard status.isTested || status.isDryRun else {
            throw Complaint(
                "Before the first letter goes to people, one goes to you.",
                advice: ["\(code: call.spelling("newsletter test")) sends it."])
        }
        var report = try await source.highlights(issue)
        let who = "\(status.readers.count) \(status.readers.count == 1 ? "person gets" : "people get") it"
        report.lines.insert("\(strong: who), \(status.mode.rawValue).", at: 0)
        report.footer = status.isDryRun ? "DRY_RUN is on: it would only be tried out." : "Issue \(issue.number)"
        return .card(
            .confirmation(of: report, kind: Self.card, subject: "\(issue.number)", act: "Send it", weight: .main))
    }

    func hold() async throws -> Report {
        guard let sending = try await source.post.hold(by: call.caller.actor) else {
            throw Complaint("Nothing is being sent.")
        }
        return Report(
            "Stopped",
            lines: ["Issue \(sending.issue): \(try await source.post.book.progress(of: sending.issue).sentence)."],
            footer: "\(call.spelling("newsletter resume")) goes on.", tone: .warning)
    }

    func resume() async throws -> Report {
        guard let sending = try await source.post.resume(by: call.caller.actor) else {
            throw Complaint("Nothing is stopped.")
        }
        await source.go(call.caller.actor)
        return Report("Issue \(sending.issue) goes on.", tone: .good)
    }

    func abandon() async throws -> Report {
        guard let sending = try await source.post.abandon(by: call.caller.actor) else {
            throw Complaint("Nothing is on its way.")
        }
        return Report(
            "Given up",
            lines: ["Issue \(sending.issue): \(try await source.post.book.progress(of: sending.issue).sentence)."],
            tone: .warning)
    }

    // MARK: Yes or no

    func subscribe() async throws -> Report {
        let person = try await person()
        let isOwn = call.arguments.text("person") == nil
        let answer = try await source.post.consent.subscribe(
            person, way: isOwn ? .discord : .admin, by: call.caller.actor)
        switch answer {
        case .done, .alreadySo:
            let whom: Prose = isOwn ? "You get" : "\(person.name) gets"
            return Report(
                "\(whom) the newsletter\(answer == .alreadySo ? " already" : " from now on").",
                lines: isOwn ? ["To \(person.email), the address of your Plex account."] : [], tone: .good)
        case .suppressed(let why):
            return Report("Noted, but no letters will come yet.", lines: ["\(why.sentence)."], tone: .warning)
        case .theirOwnNo:
            throw Complaint("\(person.name) left the newsletter, and only they can come back.")
        }
    }

    func unsubscribe() async throws -> Report {
        // What somebody's mail program wrote to the sender: "unsubscribe" and a signed word.
        if isAdmin, let word = call.arguments.text("person")?.split(separator: " ").last,
            let bearer = try? source.links.bearer(of: String(word), .unsubscribe, at: source.clock.now)
        {
            let known = try await source.people.person(bearer.person)
            try await source.post.consent.unsubscribe(
                bearer.person, known: known, way: .mail, by: call.caller.actor)
            return Report("\(known?.name ?? "Person \(bearer.person)") gets no newsletter any more.", tone: .good)
        }
        let person = try await person()
        let isOwn = call.arguments.text("person") == nil
        let isNew = try await source.post.consent.unsubscribe(
            person.id, known: person, way: isOwn ? .discord : .admin, by: call.caller.actor)
        let whom: Prose = isOwn ? "You get" : "\(person.name) gets"
        return Report("\(whom) no newsletter\(isNew ? " any more" : ", as before").", tone: .good)
    }

    func preferences() async throws -> Report {
        let person = try await person()
        if let address = source.links.address(.preferences, person: person.id, at: source.clock.now) {
            return Report(
                "Your newsletter",
                lines: ["\(link: "Choose what is in it", to: address), on a page that is yours alone."],
                footer: "Do not pass the link on: it needs no login.")
        }
        let choice = try await source.post.consent.choice(of: person.id)
        let sections = NewsletterSection.allCases.map { section -> Prose in
            "\(choice?.without.contains(section) == true ? "☐" : "☑") \(section.title)"
        }
        let standing: Prose =
            switch try await source.post.consent.standing(of: person) {
            case .sends: "You get it."
            case .not(let why): "You do not get it: \(why.sentence)."
            }
        return Report(
            "Your newsletter", lines: [standing] + sections,
            footer: "Changing the sections needs a page: the owner has not set PUBLIC_URL.")
    }
}

package enum NewsletterCards {
    package static func handlers(_ source: Configured<NewsletterSource>) -> [CardHandler] {
        [
            CardHandler.confirmation(NewsletterDesk.card, recorded: true) { decision in
                let source = try source.get()
                let issue = try await source.make()
                guard "\(issue.number)" == decision.subject else {
                    throw Complaint("There is a newer issue by now: ask again.")
                }
                let actor = decision.by.actor
                let beginning = try await source.post.begin(issue, by: actor, isApproved: true, evenIfQuiet: true)
                if let report = beginning.report(issue) { return report }
                await source.go(actor)
                return Report(
                    "Issue \(issue.number) is on its way", lines: ["One letter after the other."],
                    footer: "newsletter status follows it, newsletter hold stops it.", tone: .good)
            },
            NewsletterApproval.handler(source),
        ]
    }
}
