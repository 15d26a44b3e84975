// The newsletter: who gets it, how each issue went, and every letter as its reader sees it. What a letter shows is the
// newsletter's own page (Web), reached by a link signed for the moment.

internal import Domain
package import Newsletter
package import People
package import Runtime

package struct NewsletterPages: Sendable {
    package var post: NewsletterPost
    package var archive: IssueArchive
    package var people: People
    package var links: NewsletterLinks
    package var next: @Sendable () async throws -> Instant?
    /// What a reverse proxy puts in front.
    package var base: String

    package init(
        post: NewsletterPost, archive: IssueArchive, people: People, links: NewsletterLinks,
        next: @escaping @Sendable () async throws -> Instant?, base: String
    ) {
        self.post = post
        self.archive = archive
        self.people = people
        self.links = links
        self.next = next
        self.base = base
    }

    package var pages: [Page] {
        [
            Page("newsletter", in: .newsletter, title: "Newsletter") { try await overview($0) },
            Page("newsletter/issue/{issue}", in: .newsletter, title: "An issue") { try await issue($0) },
            Page("newsletter/letter/{issue}/{person}", in: .newsletter, title: "A letter", live: false) {
                try await letter($0)
            },
        ]
    }

    package var deeds: [Deed] {
        [
            Deed("newsletter/hold") { visit in
                guard let issue = try await post.hold(by: visit.visitor.actor) else {
                    throw Refusal("No issue is being sent.")
                }
                return Deed.Answer("Issue \(issue.issue) is held: no letter leaves until it goes on.", tone: .warning)
            },
            Deed("newsletter/resume") { visit in
                guard let issue = try await post.resume(by: visit.visitor.actor) else {
                    throw Refusal("No issue is held.")
                }
                return Deed.Answer("Issue \(issue.issue) goes on.")
            },
        ]
    }

    private func overview(_ visit: Visit) async throws -> [Block] {
        let status = try await post.status()
        let sendings = try await post.book.sendings(most: 50)
        let everybody = try await people.all()
        let standings = try await post.consent.standings(of: everybody)
        let readers = everybody.filter { if case .sends? = standings[$0.id] { true } else { false } }
        var figures = [Block.Figure("Readers", "\(readers.count)", "of \(everybody.count) people")]
        if let next = try await next() {
            figures.append(Block.Figure("Next issue", "planned", "\(time: next, .dateAndTime)"))
        } else {
            figures.append(Block.Figure("Next issue", "not planned", "\(code: "newsletter send") begins one"))
        }
        figures.append(Block.Figure("Issues", "\(sendings.count)"))
        var blocks: [Block] = [.figures(figures), .report(Report("", lines: [status.line].compactMap(\.self)))]
        if let running = try await post.book.current() {
            blocks.append(
                .form(
                    running.state == .held
                        ? Block.Form(
                            "newsletter/resume", buttons: [.init("Let issue \(running.issue) go on", weight: .main)])
                        : Block.Form(
                            "newsletter/hold", buttons: [.init("Hold issue \(running.issue)", weight: .danger)])))
        }
        blocks.append(
            .table(
                Block.Table(
                    "Issues", [.init("Issue"), .init("Begun"), .init("How far"), .init("Letters sent", number: true)],
                    rows: try await rows(sendings), empty: "No issue was sent yet.")))
        blocks.append(
            .table(
                Block.Table(
                    "What everybody would get now", [.init("Name"), .init("Standing"), .init("Letter")],
                    rows: everybody.filter { standings[$0.id] != .not(.accessUnknown) }.map { person in
                        Block.Table.Row([
                            .init("\(strong: person.name)", path: "people/\(person.id)"),
                            .init(standings[person.id].map(Self.words) ?? ""),
                            .init("look at it", path: "newsletter/letter/0/\(person.id)"),
                        ])
                    }, empty: "Nobody is known yet.")))
        return blocks
    }

    private func rows(_ sendings: [IssueSending]) async throws -> [Block.Table.Row] {
        var rows: [Block.Table.Row] = []
        for sending in sendings {
            let letters = try await post.book.letters(of: sending.issue)
            rows.append(
                .init([
                    .init("Issue \(sending.issue)", path: "newsletter/issue/\(sending.issue)"),
                    .init("\(time: sending.beganAt, .dateAndTime)"), .init("\(sending.state.rawValue)"),
                    .init("\(letters.count { $0.state == .sent }) of \(letters.count)"),
                ]))
        }
        return rows
    }

    private func issue(_ visit: Visit) async throws -> [Block]? {
        guard let number = visit.parameters["issue"].flatMap({ Int($0) }),
            let sending = try await post.book.sending(of: number)
        else { return nil }
        let letters = try await post.book.letters(of: number)
        let names = Dictionary(try await people.all().map { ($0.id, $0.name) }) { first, _ in first }
        return [
            .report(Self.report(sending, letters)),
            .table(
                Block.Table(
                    "Letters", [.init("To"), .init("State"), .init("Why"), .init("Letter")],
                    rows: letters.map { letter in
                        .init([
                            .init("\(names[letter.person] ?? "somebody who left")", path: "people/\(letter.person)"),
                            .init(
                                "\(letter.state.rawValue)",
                                tone: letter.state == .sent ? .good : letter.state == .unclear ? .warning : .plain),
                            .init("\(letter.reason?.sentence ?? letter.words)"),
                            .init("look at it", path: "newsletter/letter/\(number)/\(letter.person)"),
                        ])
                    }, empty: "Nobody got it.")),
        ]
    }

    private static func report(_ sending: IssueSending, _ letters: [NewsletterLetter]) -> Report {
        var report = Report(
            "Issue \(sending.issue)",
            fields: [
                Report.Field("How far", "\(sending.state.rawValue)", short: true),
                Report.Field("Begun", "\(time: sending.beganAt, .dateAndTime), by \(sending.by)", short: true),
                Report.Field(
                    "Letters", "\(letters.count { $0.state == .sent }) of \(letters.count) sent", short: true),
            ])
        if !sending.why.isEmpty { report.fields.append(Report.Field("Because", "\(sending.why)")) }
        return report
    }

    private func letter(_ visit: Visit) async throws -> [Block]? {
        guard let number = visit.parameters["issue"].flatMap({ Int($0) }), (0...1_000_000).contains(number),
            let id = visit.parameters["person"].flatMap({ Int64($0) }), let person = try await people.person(id)
        else { return nil }
        let bearer = NewsletterLinks.Bearer(person: id, issue: number, expires: visit.now + .hours(1))
        let title = number == 0 ? "What \(person.name) would get now" : "Issue \(number) for \(person.name)"
        return [
            .words("\(strong: title)"),
            .frame(title: title, path: base + links.path(.preview, for: bearer) + "/letter"),
        ]
    }

    private static func words(_ standing: Standing) -> Prose {
        switch standing {
        case .sends: "gets it"
        case .not(let why): "\(why.sentence)"
        }
    }
}
