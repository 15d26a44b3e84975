// The Ledger answers "why" (rule 4): who or what asked, the evidence as it was, the rule that decided, what came of it,
// how to undo it. Rows are added, never changed; the outcome of an entry is the newest of its outcome rows.

package import Runtime

package struct LedgerEntry: Sendable, Equatable {
    package enum Outcome: Sendable, Equatable {
        /// Written down, and nothing known of it yet.
        case intended
        case done
        case failed(String)
        case refused(String)
        case interrupted
        case dryRun
    }

    /// Given when it is appended.
    package var id: Int64
    package var at: Instant
    /// "discord:123", "job:backup", "autoplex".
    package var actor: String
    package var action: String
    /// Whom or what it is about, as an id that can be asked for later.
    package var subject: String
    /// One line for people.
    package var summary: String
    /// The rule that decided.
    package var reason: String
    /// JSON text: what was known at that moment.
    package var evidence: String
    package var outcome: Outcome
    package var effectKey: String?
    package var undo: String?
    /// For the log, where no name may stand: the reason without what comes after its first colon, unless it is given.
    package var rule: String {
        get {
            if let givenRule { return givenRule }
            // Who needs no reason is a person who said so.
            return reason.isEmpty ? "a word of its actor" : String(reason.prefix { $0 != ":" })
        }
        set { givenRule = newValue }
    }
    private var givenRule: String?

    package init(
        id: Int64 = 0, at: Instant, actor: String, action: String, subject: String, summary: String = "",
        reason: String = "", rule: String? = nil, evidence: String = "{}", outcome: Outcome = .done,
        effectKey: String? = nil, undo: String? = nil
    ) {
        givenRule = rule
        self.id = id
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.summary = summary
        self.reason = reason
        self.evidence = evidence
        self.outcome = outcome
        self.effectKey = effectKey
        self.undo = undo
    }
}

/// Which entries; what is nil does not matter.
package struct LedgerFilter: Sendable {
    package var actor: String?
    package var action: String?
    package var subject: String?
    package var effectKey: String?
    package var since: Instant?
    package var until: Instant?

    package init(
        actor: String? = nil, action: String? = nil, subject: String? = nil, effectKey: String? = nil,
        since: Instant? = nil, until: Instant? = nil
    ) {
        self.actor = actor
        self.action = action
        self.subject = subject
        self.effectKey = effectKey
        self.since = since
        self.until = until
    }
}

package struct Ledger: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// On the disk when it returns. Returns the entry's number.
    @discardableResult
    package func append(_ entry: LedgerEntry) async throws(StorageError) -> Int64 {
        try await database.write { db in try Self.append(entry, db) }
    }

    /// Newest first; `before` is the number of the last entry of the page before.
    package func entries(
        matching filter: LedgerFilter = LedgerFilter(), limit: Int = 50, before: Int64? = nil
    ) async throws(StorageError) -> [LedgerEntry] {
        var conditions: [String] = []
        var arguments: [(any Bindable)?] = []
        func only(_ condition: String, _ argument: (any Bindable)?) {
            guard let argument else { return }
            arguments.append(argument)
            conditions.append("\(condition) $\(arguments.count)")
        }
        only("l.actor =", filter.actor)
        only("l.action =", filter.action)
        only("l.subject =", filter.subject)
        only("l.effect_key =", filter.effectKey)
        only("l.at >=", filter.since)
        only("l.at <", filter.until)
        only("l.id <", before)
        arguments.append(max(0, limit))
        let sql = """
            SELECT \(Self.columns) FROM \(Self.tables)
            \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
            ORDER BY l.id DESC LIMIT $\(arguments.count)
            """
        return try await database.read { [arguments] db in
            try db.rows(sql, arguments: arguments, decode: Self.entry)
        }
    }

    /// Everything that was found out about one entry, oldest first.
    package func outcomes(of id: Int64) async throws(StorageError) -> [(at: Instant, outcome: LedgerEntry.Outcome)] {
        try await database.read { db in
            try db.rows("SELECT at, outcome, why FROM ledger_outcomes WHERE entry = $1 ORDER BY id", id) { row in
                (at: try row.instant("at"), outcome: try LedgerEntry.Outcome(row.text("outcome"), why: row.text("why")))
            }
        }
    }
}

// MARK: Inside somebody's transaction

extension Ledger {
    static let columns = """
        l.id AS id, l.at AS at, l.actor AS actor, l.action AS action, l.subject AS subject, l.summary AS summary,
        l.reason AS reason, l.evidence AS evidence, l.effect_key AS effect_key, l.undo AS undo,
        o.outcome AS outcome, o.why AS why
        """
    static let tables = """
        ledger l LEFT JOIN ledger_outcomes o
        ON o.id = (SELECT MAX(id) FROM ledger_outcomes WHERE entry = l.id)
        """

    package static func append(_ entry: LedgerEntry, _ db: borrowing Session) throws(StorageError) -> Int64 {
        let id = try db.insert(
            """
            INSERT INTO ledger (at, actor, action, subject, summary, reason, evidence, effect_key, undo)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
            """, entry.at, entry.actor, entry.action, entry.subject, entry.summary, entry.reason, entry.evidence,
            entry.effectKey, entry.undo)
        // No outcome row means intended.
        if entry.outcome != .intended {
            try append(entry.outcome, to: id, at: entry.at, db)
            DecisionsOfOneWrite.current?.note(entry.decision(id))
        }
        return id
    }

    static func append(
        _ outcome: LedgerEntry.Outcome, to id: Int64, at: Instant, why: String? = nil, _ db: borrowing Session
    ) throws(StorageError) {
        try db.run(
            "INSERT INTO ledger_outcomes (entry, at, outcome, why) VALUES ($1, $2, $3, $4)",
            id, at, outcome.name, why ?? outcome.why)
    }

    /// Takes what may name somebody out of the entries about them whose action begins so; who did what when stays. The one
    /// thing that is ever changed in the Ledger, because people may be forgotten.
    package static func anonymise(
        subject: String, actions prefix: String, _ db: borrowing Session
    ) throws(StorageError) {
        let entries = "SELECT id FROM ledger WHERE subject = $1 AND substr(action, 1, $2) = $3"
        try db.run(
            "UPDATE ledger_outcomes SET why = '' WHERE entry IN (\(entries))", subject, prefix.count, prefix)
        try db.run(
            "UPDATE ledger SET summary = '', evidence = '{}' WHERE id IN (\(entries))", subject, prefix.count, prefix)
    }

    static func entry(_ row: borrowing Row) throws -> LedgerEntry {
        LedgerEntry(
            id: try row.int64("id"), at: try row.instant("at"), actor: try row.text("actor"),
            action: try row.text("action"), subject: try row.text("subject"), summary: try row.text("summary"),
            reason: try row.text("reason"), evidence: try row.text("evidence"),
            outcome: LedgerEntry.Outcome(
                try row.optionalText("outcome") ?? "intended", why: try row.optionalText("why") ?? ""),
            effectKey: try row.optionalText("effect_key"), undo: try row.optionalText("undo"))
    }
}

extension LedgerEntry.Outcome {
    var name: String {
        switch self {
        case .intended: "intended"
        case .done: "done"
        case .failed: "failed"
        case .refused: "refused"
        case .interrupted: "interrupted"
        case .dryRun: "dryRun"
        }
    }

    var why: String {
        switch self {
        case .failed(let why), .refused(let why): why
        case .intended, .done, .interrupted, .dryRun: ""
        }
    }

    init(_ name: String, why: String) {
        switch name {
        case "intended": self = .intended
        case "done": self = .done
        case "refused": self = .refused(why)
        case "interrupted": self = .interrupted
        case "dryRun": self = .dryRun
        // A word from a newer program is shown, not hidden.
        case "failed": self = .failed(why)
        default: self = .failed("\(name) \(why)")
        }
    }
}
