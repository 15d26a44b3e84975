// The table behind the one door: per key, where it stands and which ledger entry describes it. Every change of it writes
// the Ledger in the same transaction, so the two never disagree.

internal import Runtime

enum EffectTable {
    enum State: String, Sendable {
        case intended, done, failed, interrupted
    }

    /// An effect whose outcome is not known.
    struct Open: Sendable {
        let effect: Effect
        let entry: Int64
        let state: State
    }

    enum Intention: Sendable {
        case intended(Int64)
        case refused(String)
        /// Meanwhile somebody else began it, or did it.
        case overtaken(State)
    }

    /// What an act came to.
    struct Outcome: Sendable {
        let result: EffectResult
        let why: String
        let entry: Int64
        let at: Instant
    }

    // MARK: Changing

    /// The cap is counted and the intent written in one transaction, or two at once would both find room.
    static func intend(
        _ effect: Effect, cap: EffectCap?, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) -> Intention {
        if let state = try state(of: effect.key, db), state != .failed { return .overtaken(state) }
        if let cap, try count(kind: effect.kind, since: now - cap.period, db) >= cap.most {
            let entry = LedgerEntry(effect, at: now, outcome: .refused(cap.sentence))
            if try !isSaid(entry, db) { _ = try Ledger.append(entry, db) }
            return .refused(cap.sentence)
        }
        let entry = try Ledger.append(LedgerEntry(effect, at: now, outcome: .intended), db)
        try db.run(
            """
            INSERT INTO effects (key, kind, state, entry, at, is_destructive)
            VALUES ($1, $2, 'intended', $3, $4, $5)
            ON CONFLICT (key) DO UPDATE
            SET kind = excluded.kind, state = excluded.state, entry = excluded.entry, at = excluded.at,
                is_destructive = excluded.is_destructive
            """, effect.key, effect.kind, entry, now, effect.isDestructive)
        return .intended(entry)
    }

    static func write(_ outcome: Outcome, of key: String, _ db: borrowing Session) throws(StorageError) {
        let (state, word): (State, LedgerEntry.Outcome) =
            switch outcome.result {
            case .done: (.done, .done)
            case .interrupted: (.interrupted, .interrupted)
            default: (.failed, .failed(outcome.why))
            }
        try Ledger.append(word, to: outcome.entry, at: outcome.at, why: outcome.why, db)
        try set(state, key, db)
    }

    /// What was found out later.
    static func settle(
        _ open: Open, _ finding: Effects.Settlement.Finding, why: String, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        switch finding {
        case .happened:
            try Ledger.append(.done, to: open.entry, at: now, why: why, db)
            try set(.done, open.effect.key, db)
        case .didNotHappen:
            try Ledger.append(.failed("it did not happen (\(why))"), to: open.entry, at: now, db)
            try set(.failed, open.effect.key, db)
        case .unknown(let reason):
            // Written once, not at every start.
            if open.state == .interrupted { return }
            try Ledger.append(.interrupted, to: open.entry, at: now, why: reason, db)
            try set(.interrupted, open.effect.key, db)
        }
    }

    private static func set(_ state: State, _ key: String, _ db: borrowing Session) throws(StorageError) {
        try db.run("UPDATE effects SET state = $2 WHERE key = $1", key, state.rawValue)
    }

    // MARK: Asking

    /// Whether the newest entry about this effect says the same.
    static func isSaid(_ entry: LedgerEntry, _ db: borrowing Session) throws(StorageError) -> Bool {
        let last = try db.row(
            """
            SELECT \(Ledger.columns) FROM \(Ledger.tables) WHERE l.effect_key = $1 ORDER BY l.id DESC LIMIT 1
            """, entry.effectKey, decode: Ledger.entry)
        return last?.outcome == entry.outcome
    }

    static func state(of key: String, _ db: borrowing Session) throws(StorageError) -> State? {
        try db.row("SELECT state FROM effects WHERE key = $1", key) { row in
            // A word this program does not know is no permission to act.
            State(rawValue: try row.text("state")) ?? .interrupted
        }
    }

    static func openKeys(_ db: borrowing Session) throws(StorageError) -> [String] {
        try db.rows("SELECT key FROM effects WHERE state IN ('intended', 'interrupted') ORDER BY entry") { row in
            try row.text("key")
        }
    }

    static func open(_ key: String, _ db: borrowing Session) throws(StorageError) -> Open? {
        try db.row(
            "SELECT \(columns) FROM \(tables) WHERE e.key = $1 AND e.state IN ('intended', 'interrupted')", key
        ) { row in
            Open(
                effect: try effect(row), entry: try row.int64("entry"),
                state: State(rawValue: try row.text("state")) ?? .interrupted)
        }
    }

    static func interrupted(_ db: borrowing Session) throws(StorageError) -> [Effect] {
        try db.rows(
            "SELECT \(columns) FROM \(tables) WHERE e.state = 'interrupted' ORDER BY e.entry", decode: effect)
    }

    /// A failed one changed nothing outside and takes no room under a cap.
    private static func count(kind: String, since: Instant, _ db: borrowing Session) throws(StorageError) -> Int {
        try db.row(
            "SELECT COUNT(*) AS n FROM effects WHERE kind = $1 AND at > $2 AND state <> 'failed'", kind, since
        ) { row in try row.int("n") } ?? 0
    }

    private static let columns = """
        e.key AS key, e.kind AS kind, e.state AS state, e.entry AS entry, e.is_destructive AS is_destructive,
        l.actor AS actor, l.subject AS subject, l.summary AS summary, l.reason AS reason, l.evidence AS evidence,
        l.undo AS undo
        """
    private static let tables = "effects e JOIN ledger l ON l.id = e.entry"

    private static func effect(_ row: borrowing Row) throws -> Effect {
        Effect(
            key: try row.text("key"), kind: try row.text("kind"), summary: try row.text("summary"),
            actor: try row.text("actor"), subject: try row.text("subject"), reason: try row.text("reason"),
            evidence: try row.text("evidence"), undo: try row.optionalText("undo"),
            isDestructive: try row.bool("is_destructive"))
    }
}

extension LedgerEntry {
    init(_ effect: Effect, at: Instant, outcome: Outcome) {
        self.init(
            at: at, actor: effect.actor, action: effect.kind, subject: effect.subject, summary: effect.summary,
            reason: effect.reason, evidence: effect.evidence, outcome: outcome, effectKey: effect.key,
            undo: effect.undo)
    }
}
