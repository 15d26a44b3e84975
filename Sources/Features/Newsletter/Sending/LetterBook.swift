// The rows of sending. Each method is one transaction that leaves issue, letter and suppression agreeing with one another.

internal import Domain
internal import Runtime
package import Storage

package struct LetterBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    // MARK: Issues

    package func sending(of issue: Int) async throws(StorageError) -> IssueSending? {
        try await database.read { db in try Self.sending(of: issue, db) }
    }

    /// The one that is on its way; else the one that was stopped, or waits for an admin.
    package func current() async throws(StorageError) -> IssueSending? {
        try await database.read { db in
            try db.row(
                """
                SELECT * FROM newsletter_sendings WHERE state IN ('approval', 'sending', 'held')
                ORDER BY CASE state WHEN 'sending' THEN 0 WHEN 'held' THEN 1 ELSE 2 END, issue DESC LIMIT 1
                """, decode: Self.sending)
        }
    }

    /// The newest first.
    package func sendings(most limit: Int = 10) async throws(StorageError) -> [IssueSending] {
        try await database.read { db in
            try db.rows("SELECT * FROM newsletter_sendings ORDER BY issue DESC LIMIT $1", limit, decode: Self.sending)
        }
    }

    /// False: it is further already.
    func awaitApproval(_ issue: Int, by actor: String) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            guard try Self.sending(of: issue, db) == nil else { return false }
            try Self.put(issue, .approval, why: "", by: actor, at: now, db)
            try Self.say(issue, .approval, "", by: actor, at: now, db)
            return true
        }
    }

    /// Who gets it is settled here, at one moment, and for everybody: a letter, or the reason why there is none. What is
    /// still on its way of earlier issues ends: its news is old. False: it began before, perhaps a moment ago.
    func begin(
        _ issue: Int, among people: [Person], readers: Set<Int64>, mode: ConsentMode, instead reason: NoLetter? = nil,
        by actor: String
    ) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            if let before = try Self.sending(of: issue, db), before.state != .approval { return false }
            for earlier in try db.rows(
                "SELECT issue FROM newsletter_sendings WHERE state IN ('approval', 'sending', 'held') AND issue <> $1",
                issue, decode: { row in try row.int("issue") })
            {
                try Self.abandon(earlier, why: "issue \(issue) took its place", by: actor, at: now, db)
            }
            for person in people {
                let standing = try NewsletterConsent.standing(of: person, mode, db)
                let why: NoLetter? =
                    switch standing {
                    case .not(let why): why
                    case .sends: reason ?? (readers.contains(person.id) ? nil : .cameLater)
                    }
                try db.run(
                    """
                    INSERT INTO newsletter_letters (issue, person, state, is_under_way, attempts, next_at, reason, detail,
                        message_id, mark, at)
                    VALUES ($1, $2, $3, 0, 0, $4, $5, $6, '', '', $7)
                    ON CONFLICT (issue, person) DO NOTHING
                    """, issue, person.id, why == nil ? "waiting" : "none", why == nil ? now : nil, why?.code ?? "",
                    why?.detail ?? "", now)
            }
            let state: IssueSending.State = reason == nil ? .sending : .skipped
            try Self.put(issue, state, why: reason?.sentence ?? "", by: actor, at: now, db)
            try Self.say(issue, state, reason?.sentence ?? "", by: actor, at: now, db)
            return true
        }
    }

    /// Nil: it was not so that this could be done.
    @discardableResult
    func turn(
        _ issue: Int, from states: [IssueSending.State], to state: IssueSending.State, why: String = "",
        by actor: String
    ) async throws(StorageError) -> IssueSending? {
        let now = database.clock.now
        return try await database.write { db in
            guard let before = try Self.sending(of: issue, db), states.contains(before.state) else { return nil }
            if state == .abandoned {
                try Self.abandon(issue, why: why, by: actor, at: now, db)
                return try Self.sending(of: issue, db)
            }
            try db.run(
                "UPDATE newsletter_sendings SET state = $2, why = $3, changed_at = $4 WHERE issue = $1", issue,
                state.rawValue, why, now)
            if before.state == .held, state == .sending {
                try Self.write(SendingRules.Trouble(), of: issue, db)
                // What was put off before has its three days anew.
                try db.run(
                    """
                    UPDATE newsletter_letters SET attempts = 0, first_at = NULL, next_at = $2
                    WHERE issue = $1 AND state = 'waiting'
                    """, issue, now)
            }
            try Self.say(issue, state, why, by: actor, at: now, db)
            return try Self.sending(of: issue, db)
        }
    }

    // MARK: Letters

    package func letter(_ issue: Int, _ person: Int64) async throws(StorageError) -> NewsletterLetter? {
        try await database.read { db in
            try db.row(
                "SELECT * FROM newsletter_letters WHERE issue = $1 AND person = $2", issue, person, decode: Self.letter)
        }
    }

    package func letters(of issue: Int) async throws(StorageError) -> [NewsletterLetter] {
        try await database.read { db in
            try db.rows("SELECT * FROM newsletter_letters WHERE issue = $1 ORDER BY person", issue, decode: Self.letter)
        }
    }

    /// What somebody got, and why not; the newest first.
    package func letters(to person: Int64, most limit: Int = 20) async throws(StorageError) -> [NewsletterLetter] {
        try await database.read { db in
            try db.rows(
                "SELECT * FROM newsletter_letters WHERE person = $1 ORDER BY issue DESC LIMIT $2", person, limit,
                decode: Self.letter)
        }
    }

    package func progress(of issue: Int) async throws(StorageError) -> SendingProgress {
        try await database.read { db in
            var progress = SendingProgress()
            let counts = try db.rows(
                """
                SELECT state, reason, COUNT(*) AS n FROM newsletter_letters WHERE issue = $1 GROUP BY state, reason
                """, issue
            ) { row in (state: try row.text("state"), reason: try row.text("reason"), n: try row.int("n")) }
            for count in counts {
                switch NewsletterLetter.State(rawValue: count.state) ?? .unclear {
                case .sent: progress.sent += count.n
                case .waiting: progress.waiting += count.n
                case .none: progress.none[count.reason, default: 0] += count.n
                case .unclear: progress.unclear += count.n
                }
            }
            return progress
        }
    }

    func tally(readers: Int) async throws(StorageError) -> NewsletterTally {
        try await database.read { db in
            var tally = NewsletterTally(readers: readers, letters: [:], issues: [:])
            for (state, count) in try db.rows(
                "SELECT state, COUNT(*) AS n FROM newsletter_letters GROUP BY state",
                decode: { row in (try row.text("state"), try row.int("n")) })
            { tally.letters[NewsletterLetter.State(rawValue: state) ?? .unclear, default: 0] += count }
            for (state, count) in try db.rows(
                "SELECT state, COUNT(*) AS n FROM newsletter_sendings GROUP BY state",
                decode: { row in (try row.text("state"), try row.int("n")) })
            { tally.issues[IssueSending.State(rawValue: state) ?? .held, default: 0] += count }
            tally.lastSentAt =
                try db.row("SELECT MAX(changed_at) AS at FROM newsletter_sendings WHERE state = 'sent'") {
                    row in try row.optionalInstant("at")
                } ?? nil
            return tally
        }
    }

    /// Letters that were being handed over when the program ended.
    func leftUnderWay() async throws(StorageError) -> [NewsletterLetter] {
        try await database.read { db in
            try db.rows(
                "SELECT * FROM newsletter_letters WHERE is_under_way = 1 ORDER BY issue, person", decode: Self.letter)
        }
    }

    func moment(of sending: IssueSending, mostPerDay: Int?) async throws(StorageError) -> SendingRules.Moment {
        try await database.read { db in
            let first = try db.row(
                """
                SELECT person, next_at FROM newsletter_letters WHERE issue = $1 AND state = 'waiting'
                ORDER BY next_at, person LIMIT 1
                """, sending.issue
            ) { row in
                SendingRules.Moment.Due(
                    try row.int64("person"), at: try row.optionalInstant("next_at") ?? sending.beganAt)
            }
            var fullSince: Instant?
            if let mostPerDay {
                fullSince = try db.row(
                    """
                    SELECT at FROM (
                        SELECT at FROM newsletter_letters WHERE state IN ('sent', 'unclear')
                        UNION ALL SELECT at FROM newsletter_tests WHERE state IN ('sent', 'unclear')
                    ) AS taken ORDER BY at DESC LIMIT 1 OFFSET $1
                    """, max(0, mostPerDay - 1)
                ) { row in try row.instant("at") }
            }
            return SendingRules.Moment(first: first, pausedUntil: sending.trouble.pausedUntil, fullSince: fullSince)
        }
    }

    /// How often, in a row, the newest letters to this address were refused for good by its mailbox.
    func refusals(of mark: SubscriberMark, before issue: Int) async throws(StorageError) -> Int {
        try await database.read { db in
            let states = try db.rows(
                """
                SELECT reason FROM newsletter_letters WHERE mark = $1 AND issue < $2 ORDER BY issue DESC LIMIT 5
                """, mark, issue
            ) { row in try row.text("reason") }
            return states.prefix { $0 == "mailbox-refused" }.count
        }
    }

    /// On the disk before the first byte leaves.
    func handOver(_ issue: Int, _ person: Int64, messageID: String, mark: SubscriberMark) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run(
                """
                UPDATE newsletter_letters
                SET is_under_way = 1, message_id = $3, mark = $4, first_at = COALESCE(first_at, $5), at = $5
                WHERE issue = $1 AND person = $2
                """, issue, person, messageID, mark, now)
        }
    }

    /// What an attempt came to, for the letter, the run and the address.
    func write(
        _ end: SendingRules.Consequence, of letter: NewsletterLetter, suppressing mark: SubscriberMark?
    ) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try Self.write(end.fate, of: letter, at: now, db)
            try Self.write(end.trouble, of: letter.issue, db)
            if case .holds(let why) = end.course {
                try db.run(
                    """
                    UPDATE newsletter_sendings SET state = 'held', why = $2, changed_at = $3
                    WHERE issue = $1 AND state = 'sending'
                    """, letter.issue, why, now)
                try Self.say(letter.issue, .held, why, by: "autoplex", at: now, db)
            }
            guard let words = end.suppresses, let mark else { return }
            try NewsletterConsent.suppress(Suppression(mark, .bounced, detail: words, by: "mail server", at: now), db)
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: "autoplex", action: "newsletter.suppress", subject: "person:\(letter.person)",
                    summary: "The mailbox refuses letters; none are sent there any more", reason: words), db)
        }
    }
}
