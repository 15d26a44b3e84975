// What people chose and what is forbidden, kept. Each change says who made it and by which way, here and in the Ledger.

package import Domain
internal import FoundationEssentials
internal import Runtime
package import Storage

package struct NewsletterConsent: Sendable {
    package enum Answer: Hashable, Sendable {
        case done
        case alreadySo
        /// Subscribed, and still no letters: only an admin, or another address, helps.
        case suppressed(NoLetter)
        /// They left themselves; nobody else brings them back.
        case theirOwnNo
    }

    let database: Database
    package let mode: ConsentMode

    package init(_ database: Database, mode: ConsentMode) {
        self.database = database
        self.mode = mode
    }

    // MARK: Asking

    package func choice(of person: Int64) async throws(StorageError) -> NewsletterChoice? {
        try await database.read { db in try Self.choice(of: person, db) }
    }

    package func standing(of person: Person) async throws(StorageError) -> Standing {
        let mode = mode
        return try await database.read { db in try Self.standing(of: person, mode, db) }
    }

    /// Of everybody at one moment.
    package func standings(of people: [Person]) async throws(StorageError) -> [Int64: Standing] {
        let mode = mode
        return try await database.read { db in
            var standings: [Int64: Standing] = [:]
            for person in people { standings[person.id] = try Self.standing(of: person, mode, db) }
            return standings
        }
    }

    /// Who does not want others to read their name.
    package func unnamed() async throws(StorageError) -> Set<Int64> {
        Set(
            try await database.read { db in
                try db.rows("SELECT person FROM newsletter_choices WHERE is_named = 0") { row in
                    try row.int64("person")
                }
            })
    }

    package func suppressions(of person: Person) async throws(StorageError) -> [Suppression] {
        try await database.read { db in try Self.suppressions(of: person.subscriberMarks, db) }
    }

    // MARK: Choosing

    /// Takes an own refusal back. A mailbox that refuses and an admin's no are not theirs to lift.
    package func subscribe(
        _ person: Person, way: NewsletterChoice.Way, by actor: String
    ) async throws(StorageError) -> Answer {
        let (now, mode) = (database.clock.now, mode)
        return try await database.write { db in
            let before = try Self.choice(of: person.id, db)
            let standing = try Self.standing(of: person, mode, db)
            if way == .admin, standing == .not(.unsubscribed) { return .theirOwnNo }
            if before?.wish == .subscribed, case .sends = standing { return .alreadySo }
            for mark in person.subscriberMarks {
                try db.run("DELETE FROM newsletter_suppressions WHERE mark = $1 AND why = 'unsubscribed'", mark)
            }
            try Self.choose(.subscribed, person.id, way, by: actor, at: now, db)
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: actor, action: "newsletter.subscribe", subject: person.subject,
                    summary: "\(person.name) subscribed to the newsletter", reason: "by \(way.rawValue)"), db)
            guard case .not(let why) = try Self.standing(of: person, mode, db) else { return .done }
            return .suppressed(why)
        }
    }

    /// Always possible, also for somebody whose row is gone: what was ever sent to tells which addresses. False: it was
    /// so already.
    @discardableResult
    package func unsubscribe(
        _ id: Int64, known person: Person?, way: NewsletterChoice.Way, by actor: String
    ) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            let isNew = try Self.choice(of: id, db)?.wish != .unsubscribed
            let sent = try db.rows(
                "SELECT DISTINCT mark FROM newsletter_letters WHERE person = $1 AND mark <> ''", id
            ) { row in SubscriberMark(kept: try row.text("mark")) }
            for mark in Set((person?.subscriberMarks ?? []) + sent) {
                try Self.suppress(Suppression(mark, .unsubscribed, by: actor, at: now), db)
            }
            try Self.choose(.unsubscribed, id, way, by: actor, at: now, db)
            guard isNew else { return false }
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: actor, action: "newsletter.unsubscribe", subject: "person:\(id)",
                    summary: "\(person?.name ?? "Person \(id)") unsubscribed from the newsletter",
                    reason: "by \(way.rawValue)"), db)
            return true
        }
    }

    /// An admin's no, for a person and whoever comes back with that address or account.
    package func suppress(_ person: Person, detail: String = "", by actor: String) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            for mark in person.subscriberMarks {
                try Self.suppress(Suppression(mark, .admin, detail: detail, by: actor, at: now), db)
            }
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: actor, action: "newsletter.suppress", subject: person.subject,
                    summary: "\(person.name) gets no newsletter", reason: detail), db)
        }
    }

    /// What an admin or the mail server forbade; what people said themselves stays. False: there was nothing.
    @discardableResult
    package func lift(_ person: Person, by actor: String) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            var count = 0
            for mark in person.subscriberMarks {
                count += try db.run(
                    "DELETE FROM newsletter_suppressions WHERE mark = $1 AND why <> 'unsubscribed'", mark)
            }
            guard count > 0 else { return false }
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: actor, action: "newsletter.lift", subject: person.subject,
                    summary: "\(person.name) may get the newsletter again"), db)
            return true
        }
    }

    package func prefer(
        without: Set<NewsletterSection>, isNamed: Bool, of person: Int64
    ) async throws(StorageError) {
        let sections = without.map(\.rawValue).sorted()
        try await database.write { db in
            let text = String(decoding: try JSONEncoder().encode(sections), as: UTF8.self)
            try db.run(
                """
                INSERT INTO newsletter_choices (person, without, is_named) VALUES ($1, $2, $3)
                ON CONFLICT (person) DO UPDATE SET without = excluded.without, is_named = excluded.is_named
                """, person, text, isNamed)
        }
    }
}

// MARK: Inside somebody's transaction

extension NewsletterConsent {
    static func standing(of person: Person, _ mode: ConsentMode, _ db: borrowing Session) throws -> Standing {
        ConsentRules.standing(
            of: person, choice: try choice(of: person.id, db),
            suppressions: try suppressions(of: person.subscriberMarks, db), mode: mode)
    }

    static func choice(of person: Int64, _ db: borrowing Session) throws(StorageError) -> NewsletterChoice? {
        try db.row("SELECT * FROM newsletter_choices WHERE person = $1", person) { row in
            let without = try JSONDecoder().decode([String].self, from: Data(row.text("without").utf8))
            return NewsletterChoice(
                person: person, wish: try row.optionalText("wish").flatMap(NewsletterChoice.Wish.init),
                way: try row.optionalText("how").flatMap(NewsletterChoice.Way.init),
                by: try row.optionalText("chosen_by") ?? "", at: try row.optionalInstant("chosen_at"),
                without: Set(without.compactMap(NewsletterSection.init)), isNamed: try row.bool("is_named"))
        }
    }

    private static func choose(
        _ wish: NewsletterChoice.Wish, _ person: Int64, _ way: NewsletterChoice.Way, by actor: String, at now: Instant,
        _ db: borrowing Session
    ) throws(StorageError) {
        try db.run(
            """
            INSERT INTO newsletter_choices (person, wish, how, chosen_by, chosen_at, without, is_named)
            VALUES ($1, $2, $3, $4, $5, '[]', 1)
            ON CONFLICT (person) DO UPDATE SET wish = excluded.wish, how = excluded.how,
                chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at
            """, person, wish.rawValue, way.rawValue, actor, now)
    }

    static func suppressions(of marks: [SubscriberMark], _ db: borrowing Session) throws(StorageError) -> [Suppression]
    {
        var found: [Suppression] = []
        for mark in marks {
            found += try db.rows("SELECT * FROM newsletter_suppressions WHERE mark = $1", mark) { row in
                Suppression(
                    // A word of a newer program forbids as well.
                    mark, Suppression.Why(rawValue: try row.text("why")) ?? .admin, detail: try row.text("detail"),
                    by: try row.text("said_by"), at: try row.instant("at"))
            }
        }
        return found
    }

    static func suppress(_ suppression: Suppression, _ db: borrowing Session) throws(StorageError) {
        try db.run(
            """
            INSERT INTO newsletter_suppressions (mark, why, detail, said_by, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (mark, why) DO UPDATE SET detail = excluded.detail, said_by = excluded.said_by,
                at = excluded.at
            """, suppression.mark, suppression.why.rawValue, suppression.detail, suppression.by, suppression.at)
    }
}

extension SubscriberMark: Bindable {
    package var sqlValue: SQLValue { description.sqlValue }
}
