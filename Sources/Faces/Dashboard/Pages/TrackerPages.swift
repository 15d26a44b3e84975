// The episode tracker: how far everybody is, which shows it asks about, which show of a library is which of ours, and every
// hook with what became of it, to be replayed.

package import Domain
internal import HTTP
package import People
package import Runtime
package import Storage
package import Tracker

package struct TrackerPages: Sendable {
    private static let perPage = 60

    package var tracker: Tracker
    package var people: People
    package var zone: LocalTime
    package var database: Database
    /// Lets the tracker look at what came.
    package var wake: @Sendable () -> Void
    /// Episodes by month.
    package var picture: @Sendable (TrackerNumbers) async -> Report.Picture?

    package init(
        tracker: Tracker, people: People, zone: LocalTime, database: Database, wake: @escaping @Sendable () -> Void,
        picture: @escaping @Sendable (TrackerNumbers) async -> Report.Picture?
    ) {
        self.tracker = tracker
        self.people = people
        self.zone = zone
        self.database = database
        self.wake = wake
        self.picture = picture
    }

    package var pages: [Page] {
        [
            Page("tracker", in: .tracker, title: "Tracker") { try await overview($0) },
            Page("tracker/person/{person}", in: .tracker, title: "What somebody watches", live: false) {
                try await person($0)
            },
            Page("tracker/conflicts", in: .tracker, title: "Which show is it?") { _ in try await conflicts() },
            Page("tracker/mappings", in: .tracker, title: "Which show is which") { try await mappings($0) },
            Page("tracker/log", in: .tracker, title: "What was told") { try await log($0) },
            Page("tracker/log/{row}", in: .tracker, title: "One thing that was told") { try await row($0) },
        ]
    }

    package var papers: [Paper] {
        [
            Paper("tracker/person/{person}/shows.csv", type: "text/csv; charset=utf-8", name: "autoplex-shows.csv") {
                Array(SeenFile.csv(try await rows($0)).utf8)
            },
            Paper("tracker/person/{person}/shows.json", type: "application/json", name: "autoplex-shows.json") {
                Array(try SeenFile.json(try await rows($0)).utf8)
            },
        ]
    }

    private func rows(_ visit: Visit) async throws -> [SeenRow] {
        guard let id = visit.parameters["person"].flatMap({ Int64($0) }) else { return [] }
        return try await SeenBook(database).rows(of: id)
    }

    package var deeds: [Deed] {
        [
            Deed("tracker/import", maxBody: 16 << 20) { visit in
                let person = try Self.number("person", visit)
                let read: SeenImport
                do throws(SeenImport.Refusal) {
                    read = try SeenImport(visit.files["list"] ?? [], now: visit.now)
                } catch { throw Refusal("The list was not taken: \(error.why).") }
                let (taken, known) = try await tracker.bringBack(read, of: person, at: visit.now)
                wake()
                var words: Prose = "Plays taken: \(taken), known already: \(known)"
                if read.others > 0 { words += ", \(read.others) lines were about films and the like" }
                for problem in read.problems.prefix(5) { words += "; line \(problem.line): \(problem.why)" }
                return Deed.Answer(words + ".", tone: read.problems.isEmpty ? .good : .warning)
            },
            Deed("tracker/answer") { visit in
                let answer = try await tracker.answer(
                    try Self.number("conflict", visit), visit.fields["choice"] ?? "", by: visit.visitor.actor)
                return Self.told(answer)
            },
            Deed("tracker/map") { visit in
                let typed = visit.fields["show"] ?? ""
                switch try await tracker.guess(typed, outside: true) {
                case .one(let show):
                    let id = try Self.number("conflict", visit)
                    return Self.told(try await tracker.map(conflict: id, to: show.id, by: visit.visitor.actor))
                case .several(let candidates):
                    throw Refusal("More than one is called so: \(candidates.map(\.name).joined(separator: ", ")).")
                case .none: throw Refusal("No show called “\(typed)” is known.")
                case .unknown(let why): throw Refusal("The catalogue could not be asked: \(why)")
                }
            },
            Deed(
                "tracker/unmap", question: { _ in "Take this mapping back, with every mark that came by it?" },
                perform: { visit in
                    Self.told(
                        try await tracker.unmap(try Self.number("mapping", visit), by: visit.visitor.actor))
                }),
            Deed("tracker/replay") { visit in
                Self.told(try await tracker.replay(try Self.number("row", visit), by: visit.visitor.actor))
            },
        ]
    }

    private static func number(_ name: String, _ visit: Visit) throws(Refusal) -> Int64 {
        guard let number = visit.fields[name].flatMap({ Int64($0) }) else { throw Refusal("There is no such thing.") }
        return number
    }

    private static func told(_ answer: TrackerAnswer) -> Deed.Answer {
        Deed.Answer(ApprovalPages.words(answer.report), tone: answer.isDone ? .good : .warning)
    }

    private func views(_ shown: String, open: Int) -> Block {
        .views([
            .init("Everybody", path: "tracker", isShown: shown == "list"),
            .init("Questions (\(open))", path: "tracker/conflicts", isShown: shown == "conflicts"),
            .init("Mappings", path: "tracker/mappings", isShown: shown == "mappings"),
            .init("Log", path: "tracker/log", isShown: shown == "log"),
        ])
    }

    private var open: Int {
        get async throws { try await tracker.conflicts.count(.open) }
    }

    // MARK: Progress

    private func overview(_ visit: Visit) async throws -> [Block] {
        let today = Day(of: visit.now, in: zone)
        var rows: [Block.Table.Row] = []
        for id in try await tracker.viewers.withMarks() {
            // A number of before is counted with whose it is now.
            guard let person = try await people.person(id), person.id == id else { continue }
            let shows = try await tracker.lists.progress(of: id, today: today)
            let last = shows.compactMap(\.lastAt).max()
            rows.append(
                .init([
                    .init("\(strong: person.name)", path: "tracker/person/\(id)"), .init("\(shows.count)"),
                    .init("\(shows.reduce(0) { $0 + $1.seen })"), .init(last.map { "\(time: $0)" } ?? ""),
                ]))
        }
        let tally = try await tracker.logBook.tally()
        return [
            views("list", open: try await open),
            .figures(
                [
                    (LogRow.Status.marked, "Marked", Report.Tone.good), (.waiting, "Waiting", .warning),
                    (.ignored, "Ignored", .plain), (.duplicate, "Told twice", .plain), (.failed, "Failed", .bad),
                ].map { status, name, tone in
                    let count = tally[status, default: 0]
                    return Block.Figure(name, "\(count)", tone: count == 0 ? .plain : tone)
                }),
            .report(Report("", lines: [try await tracker.line()])),
            .table(
                Block.Table(
                    "Who watches",
                    [
                        .init("Name"), .init("Shows", number: true), .init("Episodes", number: true), .init("Last"),
                    ], rows: rows, empty: "Nobody’s episodes were marked yet.")),
        ]
    }

    private func person(_ visit: Visit) async throws -> [Block]? {
        guard let number = visit.parameters["person"].flatMap({ Int64($0) }),
            let person = try await people.person(number)
        else { return nil }
        let id = person.id
        let today = Day(of: visit.now, in: zone)
        let shows = try await tracker.lists.progress(of: id, today: today)
        let numbers = try await tracker.lists.numbers(of: id, place: zone)
        let report = TrackerReports.numbers(numbers, picture: await picture(numbers))
        return [
            .words("\(strong: person.name)"),
            .table(
                Block.Table(
                    "Shows",
                    [
                        .init("Show"), .init("Seen", number: true), .init("Next"), .init("Last"),
                    ],
                    rows: shows.map { one in
                        .init([
                            .init("\(strong: one.title)\(one.isOn ? "" : " (not tracked any more)")"),
                            .init("\(one.seen) of \(one.aired)", tone: one.left == 0 && one.aired > 0 ? .good : .plain),
                            .init(
                                one.next.map { "\($0.code) \($0.title)" } ?? (one.hasEnded ? "all seen" : "up to date")),
                            .init(one.lastAt.map { "\(time: $0)" } ?? ""),
                        ])
                    }, empty: "Nothing was marked yet.")),
            .report(report),
            .heading("The list itself", id: "list"),
            .views([
                .init("Take it away as CSV", path: "tracker/person/\(id)/shows.csv", isShown: false),
                .init("as JSON", path: "tracker/person/\(id)/shows.json", isShown: false),
            ]),
            .form(
                Block.Form(
                    "tracker/import",
                    [
                        .hidden(name: "person", value: "\(id)"),
                        .file(name: "list", label: "A list from elsewhere: CSV or JSON of ours, Trakt or Yamtrack"),
                    ], buttons: [.init("Bring it in")])),
        ]
    }

    // MARK: Questions

    private func conflicts() async throws -> [Block] {
        let all = try await tracker.conflicts.all(.open)
        var blocks = [views("conflicts", open: all.count)]
        if all.isEmpty { blocks.append(.words("There is no question: every show is known.")) }
        for conflict in all {
            let card = TrackerCards.conflict(conflict)
            let id = Block.Form.Field.hidden(name: "conflict", value: "\(conflict.id)")
            blocks.append(.report(card.report))
            blocks.append(
                .form(
                    Block.Form(
                        "tracker/answer", [id],
                        buttons: card.choices.filter { $0.value != "search" }.map {
                            .init($0.label, value: $0.value, weight: $0.weight)
                        })))
            blocks.append(
                .form(
                    Block.Form(
                        "tracker/map",
                        [id, .text(name: "show", label: "Another show", hint: "its name, tmdb:1418 or tvdb:78")],
                        buttons: [.init("This one")])))
        }
        return blocks
    }

    private func mappings(_ visit: Visit) async throws -> [Block] {
        let wanted = Likeness.folded(visit.query["show"] ?? "")
        var rows: [Block.Table.Row] = []
        for mapping in try await tracker.mappings.all() where mapping.undoneAt == nil {
            let show = try await tracker.catalogue.show(mapping.show)?.title ?? "a show that is gone"
            guard wanted.isEmpty || [mapping.title, show].contains(where: { Likeness.folded($0).contains(wanted) })
            else { continue }
            rows.append(
                .init(
                    [
                        .init("\(strong: mapping.title)"), .init("\(show)"),
                        .init("\(mapping.isAutomatic ? "by itself" : mapping.saidBy)"), .init("\(mapping.why)"),
                        .init("\(time: mapping.at, .date)"),
                    ],
                    forms: [
                        Block.Form(
                            "tracker/unmap", [.hidden(name: "mapping", value: "\(mapping.id)")],
                            buttons: [.init("Take back", weight: .danger)])
                    ]))
        }
        return [
            views("mappings", open: try await open),
            .form(
                Block.Form(
                    "tracker/mappings", asks: true,
                    [.text(name: "show", label: "Show", value: visit.query["show"] ?? "", hint: "a part of its name")],
                    buttons: [.init("Search", weight: .main)])),
            .table(
                Block.Table(
                    "Which show of the library is which",
                    [
                        .init("In the library"), .init("Is"), .init("Said by"), .init("Because"), .init("Since"),
                    ], rows: rows, empty: "No show was met yet.")),
        ]
    }

    // MARK: The log

    private func log(_ visit: Visit) async throws -> [Block] {
        let names = Dictionary(try await people.all().map { ($0.id, $0.name) }) { first, _ in first }
        let status = visit.query["status"].flatMap { LogRow.Status(rawValue: $0) }
        let before = visit.query["before"].flatMap { Int64($0) }
        let rows = try await tracker.logBook.latest(Self.perPage, status: status, before: before)
        var more: String?
        if rows.count == Self.perPage, let last = rows.last {
            more = "tracker/log".asking(
                (status.map { [(name: "status", value: $0.rawValue)] } ?? [])
                    + [(name: "before", value: "\(last.id)")])
        }
        return [
            views("log", open: try await open),
            .form(
                Block.Form(
                    "tracker/log", asks: true,
                    [
                        .choice(
                            name: "status", label: "What became of it",
                            of: [.init("", "anything")]
                                + LogRow.Status.allCases.map { .init($0.rawValue, $0.rawValue) },
                            value: status?.rawValue ?? "")
                    ], buttons: [.init("Show", weight: .main)])),
            .table(
                Block.Table(
                    "What was told",
                    [
                        .init("When"), .init("What"), .init("By"), .init("State"), .init("Why"),
                    ],
                    rows: rows.map { row in
                        .init([
                            .init("\(time: row.receivedAt)"),
                            .init("\(row.about.isEmpty ? row.event : row.about)", path: "tracker/log/\(row.id)"),
                            .init("\(row.person.flatMap { names[$0] } ?? row.accountName) (\(row.source.rawValue))"),
                            .init("\(row.status.rawValue)", tone: Self.tone(row.status)), .init("\(row.why)"),
                        ])
                    }, empty: "Nothing was told yet.", more: more)),
        ]
    }

    private func row(_ visit: Visit) async throws -> [Block]? {
        guard let id = visit.parameters["row"].flatMap({ Int64($0) }), let row = try await tracker.logBook.one(id)
        else { return nil }
        var who: String?
        if let id = row.person { who = try await people.person(id)?.name }
        var report = Report(
            "\(row.about.isEmpty ? row.event : row.about)", lines: row.why.isEmpty ? [] : ["\(row.why)"],
            fields: [
                Report.Field("When", "\(time: row.receivedAt, .dateAndTime)", short: true),
                Report.Field("State", "\(row.status.rawValue)", short: true),
                Report.Field("By", "\(who ?? row.accountName) (\(row.source.rawValue))", short: true),
                Report.Field("Tries", "\(row.attempts)", short: true),
            ], tone: Self.tone(row.status))
        if !row.error.isEmpty { report.fields.append(Report.Field("Trouble", "\(row.error)")) }
        if let payload = try await tracker.logBook.payload(id), !payload.isEmpty {
            let text = String(decoding: payload.prefix(20_000), as: UTF8.self)
            report.fields.append(Report.Field("As it was told", Prose(parts: [.block(text)])))
        }
        return [
            .report(report),
            .form(
                Block.Form(
                    "tracker/replay", [.hidden(name: "row", value: "\(id)")], buttons: [.init("Replay", weight: .main)])
            ),
        ]
    }

    private static func tone(_ status: LogRow.Status) -> Report.Tone {
        switch status {
        case .marked: .good
        case .failed: .bad
        case .waiting: .warning
        case .received, .ignored, .duplicate: .plain
        }
    }
}
