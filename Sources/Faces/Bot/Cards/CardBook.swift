// The cards and pages that stand in channels, kept so that their buttons mean something after a restart, and so that a
// card is decided once however many people press at the same moment.

import Discord
import Domain
import FoundationEssentials
import Runtime
import Storage

struct KeptCard: Sendable {
    enum State: Int, Sendable { case open, deciding, decided }

    struct Face: Codable, Hashable, Sendable {
        var choices: [Card.Choice]
        var layout: Card.Layout
    }

    var id: String
    var kind: String
    var subject: String
    var face: Face
    var owner: Snowflake?
    var level: Level
    var channel: Snowflake?
    var message: Snowflake?
    var expiresAt: Instant?
    var state = State.open
    var choice: String?
    var decidedBy: Snowflake?
    var decider: String?

    func isExpired(_ now: Instant) -> Bool { expiresAt.map { $0 <= now } ?? false }

    /// What was chosen, as its button said it.
    var chosenLabel: String? {
        face.choices.first { $0.value == choice }?.label ?? choice
    }
}

struct CardBook: Sendable {
    static let pagesKind = "pages"
    /// Rows outlive their expiry, so that a late press can still be told what it was about.
    private static let keptAfterwards = Duration.days(30)

    let database: Database
    let newID: @Sendable () -> String

    /// Writes a card with the reports it shows: one, or a page each.
    func keep(_ card: KeptCard, showing reports: [Report]) async throws -> KeptCard {
        var card = card
        card.id = newID()
        let now = database.clock.now
        try await database.write { [card] db in
            try Self.sweep(db, now: now)
            try db.run(
                """
                INSERT INTO bot_cards (id, kind, subject, face, owner, level, made_at, expires_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """, card.id, card.kind, card.subject, try Self.json(card.face), card.owner?.rawValue,
                card.level.rawValue, now, card.expiresAt)
            for (page, report) in reports.enumerated() { try Self.insert(report, card.id, page, db) }
        }
        return card
    }

    private static func insert(
        _ report: Report, _ card: String, _ page: Int, _ db: borrowing Session
    ) throws {
        let picture = report.picture
        try db.run(
            """
            INSERT INTO bot_pages (card, page, report, picture, picture_name, picture_text, picture_is_small)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """, card, page, try json(KeptReport(report)), picture?.bytes, picture?.name, picture?.alternative,
            picture?.place == .thumbnail)
    }

    private static func sweep(_ db: borrowing Session, now: Instant) throws {
        try db.run("DELETE FROM bot_cards WHERE expires_at < $1", now - keptAfterwards)
        try db.run("DELETE FROM bot_cards WHERE state = 2 AND decided_at < $1", now - keptAfterwards)
    }

    func card(_ id: String) async throws -> KeptCard? {
        try await database.read { db in
            try db.row("SELECT * FROM bot_cards WHERE id = $1", id, decode: Self.card)
        }
    }

    func page(_ page: Int, of card: String) async throws -> (report: Report, count: Int)? {
        try await database.read { db in
            let count = try db.row("SELECT COUNT(*) AS n FROM bot_pages WHERE card = $1", card) { row in
                try row.int("n")
            }
            let report = try db.row(
                "SELECT * FROM bot_pages WHERE card = $1 AND page = $2", card, page, decode: Self.report)
            return report.map { ($0, count ?? 1) }
        }
    }

    func remember(_ id: String, channel: Snowflake, message: Snowflake) async throws {
        try await database.write { db in
            try db.run(
                "UPDATE bot_cards SET channel = $1, message = $2 WHERE id = $3",
                channel.rawValue, message.rawValue, id)
        }
    }

    // MARK: Deciding once

    /// True for exactly one of all who try.
    func claim(_ id: String, choice: String, by caller: Caller) async throws -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            try db.run(
                """
                UPDATE bot_cards SET state = 1, choice = $1, decided_by = $2, decider = $3, decided_at = $4
                WHERE id = $5 AND state = 0
                """, choice, caller.id.rawValue, caller.name, now, id) == 1
        }
    }

    /// The decision could not be carried out: others may try again.
    func reopen(_ id: String) async throws {
        try await database.write { db in
            try db.run(
                """
                UPDATE bot_cards SET state = 0, choice = NULL, decided_by = NULL, decider = NULL, decided_at = NULL
                WHERE id = $1
                """, id)
        }
    }

    func settle(_ id: String) async throws {
        try await database.write { db in try db.run("UPDATE bot_cards SET state = 2 WHERE id = $1", id) }
    }

    /// Decided, but the program ended before it was carried out.
    func interrupted() async throws -> [KeptCard] {
        try await database.read { db in
            try db.rows("SELECT * FROM bot_cards WHERE state = 1 ORDER BY decided_at", decode: Self.card)
        }
    }

    /// What waits for any admin, the newest first, with when it was asked.
    func openForAdmins() async throws -> [(KeptCard, since: Instant)] {
        try await database.read { db in
            try db.rows(
                """
                SELECT * FROM bot_cards WHERE state = 0 AND owner IS NULL AND level = $1 AND kind <> $2
                ORDER BY made_at DESC LIMIT 100
                """, Level.admin.rawValue, Self.pagesKind
            ) { row in (try Self.card(row), since: try row.instant("made_at")) }
        }
    }

    // MARK: Rows

    private static func card(_ row: borrowing Row) throws -> KeptCard {
        KeptCard(
            id: try row.text("id"), kind: try row.text("kind"), subject: try row.text("subject"),
            face: try JSONDecoder().decode(KeptCard.Face.self, from: Data(row.text("face").utf8)),
            owner: try row.optionalUnsigned("owner").map(Snowflake.init(rawValue:)),
            // An unknown level of a newer program is the strictest.
            level: Level(rawValue: try row.int("level")) ?? .admin,
            channel: try row.optionalUnsigned("channel").map(Snowflake.init(rawValue:)),
            message: try row.optionalUnsigned("message").map(Snowflake.init(rawValue:)),
            expiresAt: try row.optionalInstant("expires_at"),
            state: KeptCard.State(rawValue: try row.int("state")) ?? .decided,
            choice: try row.optionalText("choice"),
            decidedBy: try row.optionalUnsigned("decided_by").map(Snowflake.init(rawValue:)),
            decider: try row.optionalText("decider"))
    }

    private static func report(_ row: borrowing Row) throws -> Report {
        var report = try JSONDecoder().decode(KeptReport.self, from: Data(row.text("report").utf8)).report
        if let bytes = try row.optionalBytes("picture") {
            report.picture = Report.Picture(
                name: try row.optionalText("picture_name") ?? "picture.png", bytes: bytes,
                alternative: try row.optionalText("picture_text") ?? "",
                place: try row.bool("picture_is_small") ? .thumbnail : .full)
        }
        return report
    }

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}

/// A report without its picture, whose bytes stand in a column of their own.
private struct KeptReport: Codable {
    var title: Prose
    var lines: [Prose]
    var fields: [Report.Field]
    var footer: Prose
    var tone: Report.Tone

    init(_ report: Report) {
        title = report.title
        lines = report.lines
        fields = report.fields
        footer = report.footer
        tone = report.tone
    }

    var report: Report { Report(title, lines: lines, fields: fields, footer: footer, tone: tone) }
}
