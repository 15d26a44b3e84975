// What people say: which show it is, what is not to be tracked, what was wrong, what they saw themselves.

package import Domain
internal import FoundationEssentials
internal import Runtime
package import Storage

package struct TrackerAnswer: Sendable, Hashable {
    package var report: Report
    /// What was not done may be asked for again.
    package var isDone: Bool

    init(_ report: Report, isDone: Bool = true) {
        self.report = report
        self.isDone = isDone
    }
}

extension Tracker {
    // MARK: Questions

    /// `choice`: as the card has it.
    package func answer(_ id: Int64, _ choice: String, by actor: String) async throws -> TrackerAnswer {
        guard let conflict = try await conflicts.one(id) else {
            return TrackerAnswer(Report("I have no such question", tone: .warning))
        }
        if conflict.state == .solved { return TrackerAnswer(TrackerReports.answered(conflict)) }
        switch choice {
        case "search": return TrackerAnswer(TrackerReports.howToSearch(conflict), isDone: false)
        case "ignore": return try await ignore(conflict, by: actor)
        case "new":
            let entry = CatalogueEntry(conflict.title, year: conflict.year, episodes: [])
            guard let show = try await put(entry) else { return refusal("It could not be kept.") }
            return try await solve(conflict, show: show, by: actor)
        default: break
        }
        guard let place = Int(choice.dropFirst(5)), choice.hasPrefix("pick:"),
            conflict.candidates.indices.contains(place)
        else { return refusal("That is none of its candidates.") }
        if conflict.kind == .episodeOrder { return try await count(conflict, place == 0 ? .number : .day, by: actor) }
        switch try await ours(conflict.candidates[place]) {
        case .known(let show): return try await solve(conflict, show: show, by: actor)
        case .absent: return refusal("Its catalogue does not have it any more.")
        case .unknown(let why): return refusal("Its catalogue could not be asked: \(why)")
        }
    }

    /// A candidate as a show of ours.
    package func ours(_ candidate: ConflictCandidate) async throws -> Reading<Int64> {
        if candidate.show != 0, try await catalogue.show(candidate.show) != nil { return .known(candidate.show) }
        let ids = candidate.ids
        if ids.isEmpty { return .absent }
        switch await soon(.catalogue, { [sources] in await sources.show(ids, false) }) {
        case .unknown(let why): return .unknown(why: why)
        case .absent: return .absent
        case .known(let entry): return try await put(entry).map { .known($0) } ?? .absent
        }
    }

    private func solve(_ conflict: TrackerConflict, show: Int64, by actor: String) async throws -> TrackerAnswer {
        let keys = try await conflicts.keys(of: conflict.id)
        let identity = ShowIdentity(conflict.sample)
        let mapping = try await mappings.map(
            keys: keys.isEmpty ? identity.keys : keys, title: conflict.title, server: conflict.server,
            guid: identity.guid, to: show, by: actor)
        _ = try await conflicts.decide(conflict.id, .solved, show: show, by: actor)
        // What was passed over meanwhile counts after all; of other shows that are to be ignored nothing changes.
        if conflict.state == .ignored { _ = try await logBook.replay(.showIgnored) }
        try await note(
            Self.undoableAction, "show:\(show)", "\(conflict.title) is show \(show)", actor,
            evidence: #"{"mapping":\#(mapping.id)}"#, undo: "tracker unmap \(mapping.id)")
        try await work()
        let name = try await catalogue.show(show)?.title ?? ""
        return TrackerAnswer(
            TrackerReports.mapped(conflict.title, name, mapping, marked: try await marked(by: mapping.id)))
    }

    private func count(
        _ conflict: TrackerConflict, _ counting: ShowMapping.Counting, by actor: String
    ) async throws -> TrackerAnswer {
        guard let mapping = conflict.mapping else { return refusal("It is not known which mapping it is about.") }
        try await mappings.count(mapping, by: counting)
        _ = try await conflicts.decide(conflict.id, .solved, by: actor)
        try await note("tracker.order", "mapping:\(mapping)", "\(conflict.title): by \(counting.rawValue)", actor)
        try await work()
        return TrackerAnswer(
            Report(
                "\(strong: conflict.title) is counted by \(counting.rawValue)",
                lines: ["Where number and day of an episode disagree, the \(counting.rawValue) is believed."],
                tone: .good))
    }

    private func ignore(_ conflict: TrackerConflict, by actor: String) async throws -> TrackerAnswer {
        if let mapping = conflict.mapping, let show = try await mappings.one(mapping)?.show {
            // The question was about an episode; what is not wanted is the show.
            for person in try await viewers.withMarks() { try await viewers.follow(person, show: show, isOn: false) }
        }
        _ = try await conflicts.decide(conflict.id, .ignored, by: actor)
        try await note("tracker.ignore", "conflict:\(conflict.id)", "\(conflict.title) is not tracked", actor)
        try await work()
        return TrackerAnswer(
            Report(
                "\(strong: conflict.title) is not tracked",
                lines: ["Its plays are kept in the log. \(code: "tracker map \(conflict.id) NAME") takes it back."],
                tone: .good))
    }

    /// By a name or number that somebody typed, for an open or ignored question.
    package func map(conflict id: Int64, to show: Int64, by actor: String) async throws -> TrackerAnswer {
        guard let conflict = try await conflicts.one(id), conflict.kind != .episodeOrder else {
            return refusal("I have no such question about a show.")
        }
        guard try await catalogue.show(show) != nil else { return refusal("I have no such show.") }
        return try await solve(conflict, show: show, by: actor)
    }

    /// What came by it goes, and those plays are looked at anew.
    package func unmap(_ id: Int64, by actor: String) async throws -> TrackerAnswer {
        guard let mapping = try await mappings.one(id), let gone = try await mappings.undo(id, by: actor) else {
            return refusal("I have no such mapping.")
        }
        try await note("tracker.unmap", "mapping:\(id)", "\(mapping.title) is not show \(mapping.show)", actor)
        try await work()
        let name = try await catalogue.show(mapping.show)?.title ?? ""
        return TrackerAnswer(TrackerReports.unmapped(mapping, name, gone: gone))
    }

    package func replay(_ id: Int64, by actor: String) async throws -> TrackerAnswer {
        guard let row = try await logBook.one(id) else { return refusal("I have no such line in the log.") }
        var play = row.play
        if play == nil, let payload = try await logBook.payload(id),
            case .event(let read)? = sources.reread(payload, row.receivedAt)
        {
            play = read
        }
        guard try await logBook.replay(id, play: row.play == nil ? play : nil) else {
            return refusal("It holds no play of an episode.")
        }
        try await note("tracker.replay", "log:\(id)", row.about, actor)
        try await work()
        guard let after = try await logBook.one(id) else { return refusal("It is gone.") }
        return TrackerAnswer(Report("Replayed", lines: [TrackerReports.line(after)], tone: .good))
    }

    private func marked(by mapping: Int64) async throws -> Int {
        try await database.read { db in
            try db.row("SELECT COUNT(DISTINCT episode) FROM tracker_tellings WHERE mapping = $1", mapping) {
                try $0.int(0)
            } ?? 0
        }
    }

    private nonisolated func refusal(_ why: Prose) -> TrackerAnswer {
        TrackerAnswer(Report("Nothing was changed", lines: [why], tone: .warning), isDone: false)
    }

    func note(
        _ action: String, _ subject: String, _ summary: String, _ actor: String, evidence: String = "{}",
        undo: String? = nil
    ) async throws {
        _ = try await Ledger(database).append(
            LedgerEntry(
                at: clock.now, actor: actor, action: action, subject: subject, summary: summary, evidence: evidence,
                undo: undo))
    }

    // MARK: From the Ledger

    package static let undoableAction = "tracker.map"

    private struct MappingMade: Decodable { var mapping: Int64 }

    private static func mapping(_ entry: LedgerEntry) -> Int64? {
        (try? JSONDecoder().decode(MappingMade.self, from: Data(entry.evidence.utf8)))?.mapping
    }

    /// Nil: the mapping stands, and can be taken back.
    package func obstacle(undoing entry: LedgerEntry) async throws -> Prose? {
        guard let id = Self.mapping(entry), let mapping = try await mappings.one(id) else {
            return "It is not known any more which mapping it was."
        }
        return mapping.undoneAt.map { "That mapping was taken back \(time: $0)." }
    }

    package func undo(_ entry: LedgerEntry, by actor: String) async throws -> TrackerAnswer {
        guard let id = Self.mapping(entry) else { return refusal("It is not known any more which mapping it was.") }
        return try await unmap(id, by: actor)
    }
}

extension Tracker {
    /// One line for `status`.
    package func line() async throws -> Prose {
        let tally = try await logBook.tally()
        let open = try await conflicts.count(.open)
        var line: Prose = "Tracker: \(tally[.marked, default: 0]) plays marked"
        let waiting = tally[.waiting, default: 0] + tally[.received, default: 0]
        if waiting > 0 { line += ", \(waiting) wait" }
        if open > 0 { line += open == 1 ? ", 1 show in question" : ", \(open) shows in question" }
        if let failed = tally[.failed], failed > 0 { line += ", \(failed) failed" }
        if let name = sources.history?.name, let progress = try await histories.one(name), progress.endedAt == nil {
            line += ", reading the history (\(Int(progress.share * 100)) %)"
        }
        return line
    }
}
