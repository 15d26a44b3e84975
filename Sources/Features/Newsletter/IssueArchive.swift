// The issues as they were made. Nothing here is ever changed: a letter sent again, the archive and the preview show what
// the first reader saw.

package import Domain
internal import FoundationEssentials
package import Storage

package struct IssueArchive: Sendable {
    package struct Entry: Hashable, Sendable {
        package var number: Int
        package var rhythm: NewsletterPeriod.Rhythm
        package var first: Day
        package var last: Day

        /// With its year, since it stands among others.
        package var name: String {
            let name = NewsletterPeriod.name(rhythm, first, last)
            return name.hasSuffix("\(last.year)") ? name : "\(name) \(last.year)"
        }
    }

    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func latest() async throws(StorageError) -> IssueFacts? {
        try await database.read { db in
            try db.row("SELECT facts FROM newsletter_issues ORDER BY number DESC LIMIT 1") { row in
                try Self.issue(row)
            }
        }
    }

    package func issue(_ number: Int) async throws(StorageError) -> IssueFacts? {
        try await database.read { db in
            try db.row("SELECT facts FROM newsletter_issues WHERE number = $1", number) { row in try Self.issue(row) }
        }
    }

    package func issue(about period: NewsletterPeriod) async throws(StorageError) -> IssueFacts? {
        try await database.read { db in try Self.issue(about: period, db) }
    }

    /// Nil where the issue has nothing for this person: they came later.
    package func personal(_ number: Int, of person: Int64) async throws(StorageError) -> PersonalFacts? {
        try await database.read { db in
            try db.row("SELECT facts FROM newsletter_personal WHERE issue = $1 AND person = $2", number, person) {
                row in try JSONDecoder().decode(PersonalFacts.self, from: Data(row.text("facts").utf8))
            }
        }
    }

    /// Whom an issue has facts for.
    package func readers(of number: Int) async throws(StorageError) -> [Int64] {
        try await database.read { db in
            try db.rows("SELECT person FROM newsletter_personal WHERE issue = $1 ORDER BY person", number) { row in
                try row.int64("person")
            }
        }
    }

    /// Those that went out to anybody, the newest first: one that waits for an admin's word is nobody's to read yet.
    package func sentEntries(most limit: Int = 50) async throws(StorageError) -> [Entry] {
        try await database.read { db in
            try db.rows(
                """
                SELECT number, rhythm, first_day, last_day FROM newsletter_issues
                WHERE EXISTS (
                    SELECT 1 FROM newsletter_letters AS letter
                    WHERE letter.issue = number AND letter.state IN ('sent', 'unclear'))
                ORDER BY number DESC LIMIT $1
                """, limit
            ) { row in
                guard let rhythm = NewsletterPeriod.Rhythm(rawValue: try row.text("rhythm")),
                    let first = Day(try row.text("first_day")), let last = Day(try row.text("last_day"))
                else { throw StorageError.column("issue \(try row.int("number")) is about no period that is known") }
                return Entry(number: try row.int("number"), rhythm: rhythm, first: first, last: last)
            }
        }
    }

    func nextNumber() async throws(StorageError) -> Int {
        try await database.read { db in try Self.nextNumber(db) }
    }

    /// Keeps an issue with everything it says to anybody, under the next number. Where its period has one already, that
    /// one stands.
    func keep(_ draft: NewsletterDraft) async throws(StorageError) -> IssueFacts {
        try await database.write { db in
            if let made = try Self.issue(about: draft.issue.period, db) { return made }
            var issue = draft.issue
            issue.number = try Self.nextNumber(db)
            let encoder = JSONEncoder()
            // The same facts are the same bytes.
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            try db.run(
                """
                INSERT INTO newsletter_issues (number, rhythm, first_day, last_day, made_at, facts)
                VALUES ($1, $2, $3, $4, $5, $6)
                """, issue.number, issue.period.rhythm.rawValue, issue.period.first.description,
                issue.period.last.description, issue.madeAt, String(decoding: try encoder.encode(issue), as: UTF8.self))
            for var personal in draft.personal {
                personal.number = issue.number
                try db.run(
                    "INSERT INTO newsletter_personal (issue, person, facts) VALUES ($1, $2, $3)", issue.number,
                    personal.person.id, String(decoding: try encoder.encode(personal), as: UTF8.self))
            }
            return issue
        }
    }

    private static func nextNumber(_ db: borrowing Session) throws(StorageError) -> Int {
        try db.row("SELECT COALESCE(MAX(number), 0) + 1 AS next FROM newsletter_issues") { row in
            try row.int("next")
        } ?? 1
    }

    private static func issue(
        about period: NewsletterPeriod, _ db: borrowing Session
    ) throws(StorageError) -> IssueFacts? {
        try db.row(
            "SELECT facts FROM newsletter_issues WHERE rhythm = $1 AND first_day = $2", period.rhythm.rawValue,
            period.first.description
        ) { row in try issue(row) }
    }

    private static func issue(_ row: borrowing Row) throws -> IssueFacts {
        try JSONDecoder().decode(IssueFacts.self, from: Data(row.text("facts").utf8))
    }
}
