// What was done, for whom, by which rule, and what came of it: to search, to filter, to take away as CSV, and to take back
// where the feature still can (Undoing.swift).

internal import Domain
internal import HTTP
internal import Runtime
package import Storage

package struct LedgerPages: Sendable {
    private static let perPage = 50
    /// How far back a search looks.
    private static let searched = 5000

    package var ledger: Ledger
    var undoings: [Undoing]

    package init(ledger: Ledger, undoings: [Undoing] = []) {
        self.ledger = ledger
        self.undoings = undoings
    }

    package var pages: [Page] {
        [
            Page("ledger", in: .ledger, title: "Ledger") { try await list($0) },
            Page("ledger/{entry}", in: .ledger, title: "One entry", every: .seconds(5)) { try await one($0) },
        ]
    }

    package var deeds: [Deed] { [undo] }

    package var papers: [Paper] {
        [
            Paper("ledger.csv", type: "text/csv; charset=utf-8", name: "autoplex-ledger.csv") { visit in
                Array(LedgerCSV.text(try await found(visit, most: 100_000)).utf8)
            }
        ]
    }

    // MARK: Reading

    func entry(_ number: String?) async throws -> LedgerEntry? {
        guard let id = number.flatMap({ Int64($0) }) else { return nil }
        return try await ledger.entries(limit: 1, before: id + 1).first { $0.id == id }
    }

    private func found(_ visit: Visit, most: Int) async throws -> [LedgerEntry] {
        let about = Likeness.folded(visit.query["about"] ?? "")
        let outcome = visit.query["outcome"] ?? ""
        let before = visit.query["before"].flatMap { Int64($0) }
        let days = visit.query["days"].flatMap { Int64($0) }.flatMap { (1...3660).contains($0) ? $0 : nil }
        // "person:4" is nobody else, not even person 40.
        let subject = about.contains(":") ? visit.query["about"] : nil
        let filter = LedgerFilter(subject: subject, since: days.map { visit.now - .days($0) })
        if subject != nil || about.isEmpty, outcome.isEmpty {
            let found = try await ledger.entries(matching: filter, limit: most, before: before)
            if subject == nil || !found.isEmpty { return found }
        }
        let searched = try await ledger.entries(
            matching: LedgerFilter(since: filter.since), limit: max(most, Self.searched), before: before)
        return Array(
            searched.lazy.filter { entry in
                (outcome.isEmpty || entry.outcome.word == outcome)
                    && (about.isEmpty
                        || [entry.action, entry.subject, entry.summary, entry.reason, entry.actor].contains {
                            Likeness.folded($0).contains(about)
                        })
            }.prefix(most))
    }

    private func list(_ visit: Visit) async throws -> [Block] {
        let entries = try await found(visit, most: Self.perPage)
        let about = visit.query["about"] ?? ""
        let outcome = visit.query["outcome"] ?? ""
        let days = visit.query["days"] ?? ""
        let filters = [
            (name: "about", value: about), (name: "outcome", value: outcome), (name: "days", value: days),
        ].filter { !$0.value.isEmpty }
        var more: String?
        if entries.count == Self.perPage, let last = entries.last {
            more = "ledger".asking(filters + [(name: "before", value: "\(last.id)")])
        }
        return [
            .form(
                Block.Form(
                    "ledger", asks: true,
                    [
                        .text(name: "about", label: "About", value: about, hint: "playlist, person:4, Blue Harbour"),
                        .choice(
                            name: "outcome", label: "What came of it",
                            of: [.init("", "anything")] + Self.outcomes.map { .init($0, $0) }, value: outcome),
                        .choice(
                            name: "days", label: "When",
                            of: [
                                .init("", "at any time"), .init("1", "in the last day"), .init("7", "in the last week"),
                                .init("31", "in the last month"),
                            ], value: days),
                    ], buttons: [.init("Search", weight: .main)])),
            .table(Self.table("What was done", entries, more: more)),
            .views([.init("Take it away as CSV", path: "ledger.csv".asking(filters), isShown: false)]),
        ]
    }

    private func one(_ visit: Visit) async throws -> [Block]? {
        guard let entry = try await entry(visit.parameters["entry"]) else { return nil }
        let outcomes = try await ledger.outcomes(of: entry.id)
        var report = Report(
            "\(entry.summary.isEmpty ? entry.action : entry.summary)",
            fields: [
                Report.Field("When", "\(time: entry.at, .dateAndTime)", short: true),
                Report.Field("Asked by", "\(entry.actor)", short: true),
                Report.Field("What", "\(code: entry.action)", short: true),
                Report.Field("About", "\(entry.subject)", short: true),
                Report.Field("What came of it", entry.outcome.words, short: true),
            ], tone: entry.outcome.tone)
        if !entry.reason.isEmpty { report.fields.append(Report.Field("Because", "\(entry.reason)")) }
        if let undo = entry.undo { report.fields.append(Report.Field("To undo, say", "\(code: undo)")) }
        if entry.evidence != "{}" {
            report.fields.append(
                Report.Field("What was known then", Prose(parts: [.block(entry.evidence)])))
        }
        var blocks: [Block] = [.report(report)]
        if let undo = try await undoBlock(entry) { blocks.append(undo) }
        if outcomes.count > 1 {
            blocks.append(
                .table(
                    Block.Table(
                        "How it went", [.init("When"), .init("Outcome")],
                        rows: outcomes.map { .init([.init("\(time: $0.at, .dateAndTime)"), .init($0.outcome.words)]) },
                        empty: "")))
        }
        return blocks
    }

    static let outcomes = ["done", "failed", "refused", "interrupted", "dry run", "begun"]

    static func table(_ title: String, _ entries: [LedgerEntry], more: String? = nil) -> Block.Table {
        Block.Table(
            title, [.init("When"), .init("What"), .init("Because"), .init("Asked by"), .init("Outcome")],
            rows: entries.map { entry in
                let what = entry.summary.isEmpty ? "\(entry.action) \(entry.subject)" : entry.summary
                return Block.Table.Row([
                    .init("\(time: entry.at, .relative)"), .init("\(what)", path: "ledger/\(entry.id)"),
                    .init("\(entry.reason)"), .init("\(entry.actor)"),
                    .init(entry.outcome.words, tone: entry.outcome.tone),
                ])
            }, empty: "Nothing is written down yet.", more: more)
    }
}

extension LedgerEntry.Outcome {
    var word: String {
        switch self {
        case .intended: "begun"
        case .done: "done"
        case .failed: "failed"
        case .refused: "refused"
        case .interrupted: "interrupted"
        case .dryRun: "dry run"
        }
    }

    var words: Prose {
        switch self {
        case .failed(let why), .refused(let why): why.isEmpty ? "\(word)" : "\(word): \(why)"
        case .interrupted: "interrupted: it is not known whether it happened"
        case .dryRun: "only tried (dry run)"
        case .intended, .done: "\(word)"
        }
    }

    var tone: Report.Tone {
        switch self {
        case .done: .good
        case .failed: .bad
        case .refused, .interrupted: .warning
        case .intended, .dryRun: .plain
        }
    }
}

enum LedgerCSV {
    static func text(_ entries: [LedgerEntry]) -> String {
        var text = "number,at,actor,action,subject,summary,reason,outcome,undo\r\n"
        for entry in entries {
            let cells = [
                "\(entry.id)", LocalTime.utc.iso8601(entry.at), entry.actor, entry.action, entry.subject, entry.summary,
                entry.reason, entry.outcome.word, entry.undo ?? "",
            ]
            text += CSVText.line(cells)
        }
        return text
    }
}
