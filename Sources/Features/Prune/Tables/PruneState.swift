// All that prune remembers, in one read: ten thousand people are three statements, not thirty thousand.

package import Runtime
internal import FoundationEssentials
internal import Storage

package struct PruneState: Sendable {
    package var marks = PruneMarks()
    package var records: [Int64: PruneRecord] = [:]
    package var spans: [Span] = []
    /// What people were told in the lapse they are in.
    package var told: [Int64: [PruneTold]] = [:]
    /// Open ones, and those of the newest time.
    package var cases: [PruneCase] = []
    /// Accounts that the daemon before has welcomed.
    package var welcomed: Set<Int> = []

    package init() {}

    package var observed: ObservedTime { ObservedTime(spans) }
    package func record(_ person: Int64) -> PruneRecord? { records[person] }
    package func told(_ person: Int64) -> [PruneTold] { told[person] ?? [] }
    package func openCase(_ person: Int64) -> PruneCase? { cases.last { $0.person == person && $0.state.isOpen } }
    /// When removals of ours happened, for the caps; of those nobody knows the end of, when they began.
    package var removals: [Instant] {
        cases.compactMap { $0.state == .removing || $0.state == .removed ? $0.removedAt ?? $0.begunAt : nil }
    }
}

extension PruneState {
    /// `person`: what concerns everybody, and of people only this one.
    static func all(of person: Int64? = nil, _ db: borrowing Session) throws(StorageError) -> PruneState {
        var state = PruneState()
        let (only, and): (String, String) = person == nil ? ("", "") : ("WHERE person = $1", "AND person = $1")
        let arguments: [(any Bindable)?] = person.map { [$0] } ?? []
        state.marks = try PruneMarks.all(db)
        state.spans = try db.rows("SELECT from_at, to_at FROM prune_observed ORDER BY id") { row in
            Span(try row.instant(0), try row.instant(1))
        }
        var records: [Int64: PruneRecord] = [:]
        try db.each(Self.people + only, arguments) { row in
            let record = try Self.record(row)
            records[record.person] = record
        }
        try db.each("SELECT person, source, at, title FROM prune_sightings \(only)", arguments) { row in
            guard let source = Sighting.Source(rawValue: try row.text(1)) else { return }
            let sighting = Sighting(source, at: try row.instant(2), title: try row.text(3))
            records[try row.int64(0)]?.sightings[source] = sighting
        }
        try db.each("SELECT person, kind, from_at, to_at, said_by FROM prune_leaves \(only)", arguments) { row in
            let leave = PruneRecord.Leave(Span(try row.instant(2), try row.instant(3)), by: try row.text(4))
            let person = try row.int64(0)
            if try row.text(1) == "hold" {
                records[person]?.holds.append(leave)
            } else {
                records[person]?.pauses.append(leave)
            }
        }
        try db.each("SELECT person, at FROM prune_heres \(only)", arguments) { row in
            records[try row.int64(0)]?.heres.append(try row.instant(1))
        }
        state.records = records
        var told: [Int64: [PruneTold]] = [:]
        try Self.imported(into: &state, &told, db)
        try db.each("SELECT * FROM prune_told WHERE is_over = 0 \(and)", arguments) { row in
            let one = try Self.told(row)
            told[one.person, default: []].append(one)
        }
        state.told = told
        state.cases = try db.rows("SELECT * FROM prune_cases ORDER BY id", decode: Self.removal)
        return state
    }

    private static func imported(
        into state: inout PruneState, _ told: inout [Int64: [PruneTold]], _ db: borrowing Session
    ) throws(StorageError) {
        let rows = try db.rows("SELECT plex_id, welcomed_at, warned_at FROM prune_imported") { row in
            (plexID: try row.int(0), isWelcomed: try row.optionalInstant(1) != nil, warned: try row.optionalInstant(2))
        }
        if rows.isEmpty { return }
        state.welcomed = Set(rows.filter(\.isWelcomed).map(\.plexID))
        let warned = Dictionary(rows.compactMap { row in row.warned.map { (row.plexID, $0) } }) { max($0, $1) }
        for record in state.records.values {
            guard let at = record.plexID.flatMap({ warned[$0] }) else { continue }
            told[record.person, default: []].append(
                PruneTold(
                    key: "imported:\(record.person)", person: record.person, kind: .warning, stamp: at, way: .mail,
                    state: .imported, at: at))
        }
    }

    private static let people = """
        SELECT person, plex_id, name, share_id, known_at, joined_at, gone_at, welcome, is_vip, vip_by, looked_at,
            look_stamp
        FROM prune_people\u{20}
        """

    private static func record(_ row: borrowing Row) throws -> PruneRecord {
        PruneRecord(
            person: try row.int64(0), plexID: try row.optionalInt(1), name: try row.text(2),
            shareID: try row.optionalInt(3), knownAt: try row.instant(4), joinedAt: try row.optionalInstant(5),
            goneAt: try row.optionalInstant(6), welcome: PruneRecord.Welcome(rawValue: try row.text(7)) ?? .none,
            isVIP: try row.bool(8), vipBy: try row.text(9), lookedAt: try row.optionalInstant(10),
            lookStamp: try row.optionalInstant(11))
    }

    static func told(_ row: borrowing Row) throws -> PruneTold {
        PruneTold(
            key: try row.text("key"), person: try row.int64("person"),
            kind: PruneNotice.Kind(rawValue: try row.text("kind")) ?? .reminder, stamp: try row.instant("stamp"),
            day: try row.int("day"), number: try row.int("number"), way: PruneWay(try row.text("way")) ?? .mail,
            // A word of a newer program delivers nothing.
            state: PruneTold.State(rawValue: try row.text("state")) ?? .unclear,
            removalAt: try row.optionalInstant("removal_at"), tries: try row.int("tries"), at: try row.instant("at"),
            why: try row.text("why"))
    }

    static func removal(_ row: borrowing Row) throws -> PruneCase {
        let snapshot = try row.optionalText("snapshot").flatMap { text in
            try? JSONDecoder().decode(ShareSnapshot.self, from: Data(text.utf8))
        }
        return PruneCase(
            id: try row.int64("id"), person: try row.int64("person"), plexID: try row.int("plex_id"),
            shareID: try row.int("share_id"), stamp: try row.instant("stamp"),
            // A word of a newer program is no leave to remove anybody.
            state: PruneCase.State(rawValue: try row.text("state")) ?? .withdrawn, why: try row.text("why"),
            evidence: try row.text("evidence"), askedAt: try row.instant("asked_at"), asked: try row.int("asked"),
            decidedBy: try row.text("decided_by"), decidedAt: try row.optionalInstant("decided_at"),
            ignoredUntil: try row.optionalInstant("ignored_until"), snapshot: snapshot, tries: try row.int("tries"),
            claimedBy: try row.text("claimed_by"), begunAt: try row.optionalInstant("begun_at"),
            removedAt: try row.optionalInstant("removed_at"), isClosed: try row.bool("is_closed"),
            invitations: try row.int("invitations"), undoneAt: try row.optionalInstant("undone_at"))
    }
}
