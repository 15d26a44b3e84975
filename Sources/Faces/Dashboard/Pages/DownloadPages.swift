// Smart downloads: every judgement with all its rules, what became of it, what a rule would say of another film, a word
// above the rules, and the numbers.

package import Domain
package import Downloads
internal import HTTP
package import People
internal import Runtime

package struct DownloadPages: Sendable {
    private static let perPage = 40

    package var downloads: Downloads
    package var people: People
    /// Whose people a trial is made with.
    package var source: Playback.Source
    package var picture: @Sendable (DownloadStatistics) async -> Report.Picture?

    package init(
        downloads: Downloads, people: People, source: Playback.Source,
        picture: @escaping @Sendable (DownloadStatistics) async -> Report.Picture?
    ) {
        self.downloads = downloads
        self.people = people
        self.source = source
        self.picture = picture
    }

    package var pages: [Page] {
        [
            Page("downloads", in: .downloads, title: "Downloads") { try await overview($0) },
            Page("downloads/case/{case}", in: .downloads, title: "A judgement") { try await one($0) },
            Page("downloads/films", in: .downloads, title: "A film", live: false) { try await film($0) },
            Page("downloads/stats", in: .downloads, title: "Downloads in numbers", live: false) { _ in
                let statistics = try await downloads.statistics(days: 90)
                var report = DownloadReports.stats(statistics)
                report.picture = await picture(statistics)
                return [views("stats"), .report(report)]
            },
            Page("downloads/proposals", in: .downloads, title: "Films nobody watches") { _ in
                [views("proposals"), .table(proposals(try await downloads.book.proposals()))]
            },
        ]
    }

    package var deeds: [Deed] {
        [
            Deed("downloads/override") { visit in
                let film = try await named(visit.fields["film"] ?? "")
                let word = FilmOverride(rawValue: visit.fields["choice"] ?? "")
                let report = try await downloads.override(film, word, by: visit.visitor.actor)
                return Deed.Answer(ApprovalPages.words(report))
            }
        ]
    }

    private func views(_ shown: String) -> Block {
        .views([
            .init("Judgements", path: "downloads", isShown: shown == "list"),
            .init("One film", path: "downloads/films", isShown: shown == "films"),
            .init("In numbers", path: "downloads/stats", isShown: shown == "stats"),
            .init("Films nobody watches", path: "downloads/proposals", isShown: shown == "proposals"),
        ])
    }

    // MARK: Judgements

    private func overview(_ visit: Visit) async throws -> [Block] {
        let before = visit.query["before"].flatMap { Int64($0) }
        let cases = try await downloads.book.latest(Self.perPage, before: before)
        let shown = cases.filter { $0.state != .duplicate }
        var blocks = [views("list")]
        if before == nil { blocks.append(.report(try await downloads.overview().report)) }
        var more: String?
        if cases.count == Self.perPage, let last = cases.last { more = "downloads?before=\(last.id)" }
        blocks.append(
            .table(
                Block.Table(
                    "Judgements",
                    [.init("When"), .init("Film"), .init("Watched by"), .init("Because"), .init("Outcome")],
                    rows: shown.map { one in
                        .init([
                            .init("\(time: one.at)"), .init("\(one.film.name)", path: "downloads/case/\(one.id)"),
                            .init("\(one.userName)"), .init("\(one.why)"),
                            // What it was judged by stands beside it already.
                            .init(
                                one.why == one.outcome
                                    ? "\(strong: one.state.words)" : DownloadReports.standing(one),
                                tone: Self.tone(one.state)),
                        ])
                    }, empty: "Nobody who is tracked has watched a film yet.", more: more)))
        return blocks
    }

    private func one(_ visit: Visit) async throws -> [Block]? {
        guard let id = visit.parameters["case"].flatMap({ Int64($0) }), let one = try await downloads.book.one(id)
        else { return nil }
        var report = Report(
            "\(one.film.name)", lines: [DownloadReports.line(one, naming: downloads.hasSeveral)],
            tone: Self.tone(one.state))
        if !one.release.isEmpty { report.fields.append(Report.Field("Release", "\(one.release)")) }
        if !one.path.isEmpty { report.fields.append(Report.Field("Where", "\(one.path)")) }
        return [.report(report), .table(Self.trace(one.trace)), .form(Self.override(one.film.key))]
    }

    private static func trace(_ trace: [RuleLine]) -> Block.Table {
        Block.Table(
            "Every rule, and what it saw", [.init("Rule"), .init("Says"), .init("What it saw")],
            rows: trace.map { line in
                let (word, tone): (Prose, Report.Tone) =
                    switch line.verdict {
                    case .yes: ("yes", .good)
                    case .no: ("no", .plain)
                    case .unknown: ("unknown", .warning)
                    case .off: ("not asked", .plain)
                    }
                return .init([
                    .init("\(line.rule.title)"), .init(word, tone: tone), .init("\(line.inputs)"),
                ])
            }, empty: "It has not been judged yet.")
    }

    private static func override(_ film: String) -> Block.Form {
        Block.Form(
            "downloads/override", [.hidden(name: "film", value: film)],
            buttons: [
                .init("Always keep it", value: "always"), .init("Never", value: "never", weight: .danger),
                .init("Ask me", value: "ask"), .init("Leave it to the rules", value: "rules"),
            ])
    }

    // MARK: One film

    private func film(_ visit: Visit) async throws -> [Block] {
        let query = visit.query["film"] ?? ""
        let form = Block.Form(
            "downloads/films", asks: true,
            [
                .text(name: "film", label: "Film", value: query, hint: "its title, tmdb:603 or tt0133093"),
                .text(
                    name: "as", label: "As if watched by", value: visit.query["as"] ?? "", hint: "nobody: only what was"
                ),
            ], buttons: [.init("Look", weight: .main)])
        var blocks = [views("films"), Block.form(form)]
        if query.isEmpty { return blocks }
        let film: FilmIDs
        do { film = try await named(query) } catch let refusal as Refusal {
            return blocks + [.words("\(refusal.description)")]
        }
        blocks += [.report(try await downloads.why(film)), .form(Self.override(film.key))]
        let who = visit.query["as"] ?? ""
        if !who.isEmpty {
            for trial in try await downloads.test(film, user: try await user(who), source: source) {
                let house = downloads.hasSeveral ? trial.house : nil
                var report = DownloadReports.test(film, user: who, trial.verdict, in: house)
                report.lines = Array(report.lines.prefix(1))
                blocks += [.report(report), .table(Self.trace(trial.verdict.trace))]
            }
        }
        return blocks
    }

    private func named(_ query: String) async throws -> FilmIDs {
        switch try await downloads.guess(query) {
        case .one(let film): return film
        case .several(let films):
            throw Refusal("Several films are called so: \(films.map(\.name).joined(separator: ", ")).")
        case .none: throw Refusal("No film of that name is known here or in Radarr.")
        case .unknown(let why): throw Refusal("It cannot be found out now: \(why).")
        }
    }

    /// By number where the person is known: names differ between the services.
    private func user(_ name: String) async throws -> Playback.User {
        let wanted = Likeness.folded(name)
        let person = try await people.all().first { person in
            [person.name, person.username, person.jellyfinName].contains { Likeness.folded($0) == wanted }
        }
        let id = source == .jellyfin ? person?.jellyfinID : person?.localID.map { "\($0)" }
        return Playback.User(id: id, name: name)
    }

    // MARK: Proposals

    private func proposals(_ proposals: [DeletionProposal]) -> Block.Table {
        Block.Table(
            "Proposed, and what was said", [.init("When"), .init("Film"), .init("How it stands")],
            rows: proposals.map { one in
                .init([
                    .init("\(time: one.askedAt)"), .init("\(one.film.name)"), .init("\(one.state.rawValue)"),
                ])
            }, empty: "Nothing was proposed: the job downloads-space looks once a week.")
    }

    private static func tone(_ state: DownloadCase.State) -> Report.Tone {
        switch state {
        case .downloaded: .good
        case .failed: .bad
        case .unknown, .refused, .missing, .elsewhere, .asked: .warning
        default: .plain
        }
    }
}
