// The statements the book is made of, for use inside its transactions.

internal import Runtime
internal import Storage

extension LetterBook {
    static func sending(of issue: Int, _ db: borrowing Session) throws(StorageError) -> IssueSending? {
        try db.row("SELECT * FROM newsletter_sendings WHERE issue = $1", issue, decode: sending)
    }

    static func put(
        _ issue: Int, _ state: IssueSending.State, why: String, by actor: String, at now: Instant,
        _ db: borrowing Session
    ) throws(StorageError) {
        try db.run(
            """
            INSERT INTO newsletter_sendings (issue, state, why, began_by, began_at, changed_at, troubles, refusals)
            VALUES ($1, $2, $3, $4, $5, $5, 0, 0)
            ON CONFLICT (issue) DO UPDATE SET state = excluded.state, why = excluded.why, began_by = excluded.began_by,
                began_at = excluded.began_at, changed_at = excluded.changed_at
            """, issue, state.rawValue, why, actor, now)
    }

    static func say(
        _ issue: Int, _ state: IssueSending.State, _ why: String, by actor: String, at now: Instant,
        _ db: borrowing Session
    ) throws(StorageError) {
        _ = try Ledger.append(
            LedgerEntry(
                at: now, actor: actor, action: "newsletter.\(state.rawValue)", subject: "newsletter issue:\(issue)",
                summary: "Issue \(issue) of the newsletter: \(state.words)", reason: why), db)
    }

    /// A letter under way stays: how it ended is asked first.
    static func abandon(
        _ issue: Int, why: String, by actor: String, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        try db.run(
            """
            UPDATE newsletter_letters SET state = 'none', reason = 'abandoned', detail = $2, next_at = NULL, at = $3
            WHERE issue = $1 AND state = 'waiting' AND is_under_way = 0
            """, issue, why, now)
        try db.run(
            "UPDATE newsletter_sendings SET state = 'abandoned', why = $2, changed_at = $3 WHERE issue = $1", issue,
            why,
            now)
        try say(issue, .abandoned, why, by: actor, at: now, db)
    }

    static func write(
        _ fate: SendingRules.Fate, of letter: NewsletterLetter, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        var state = NewsletterLetter.State.waiting
        var nextAt = letter.nextAt
        var (reason, words) = ("", "")
        var attempts = letter.attempts + 1
        switch fate {
        case .sent: (state, nextAt) = (.sent, nil)
        case .none(let why): (state, nextAt, reason, words) = (.none, nil, why.code, why.detail)
        case .unclear(let why): (state, nextAt, words) = (.unclear, nil, why)
        case .waits(let until, let why): (nextAt, words) = (until, why)
        case .untouched: (attempts, words) = (letter.attempts, letter.words)
        }
        try db.run(
            """
            UPDATE newsletter_letters
            SET state = $3, is_under_way = 0, attempts = $4, first_at = COALESCE(first_at, $8), next_at = $5, reason = $6,
                detail = $7, at = $8
            WHERE issue = $1 AND person = $2
            """, letter.issue, letter.person, state.rawValue, attempts, nextAt, reason, words, now)
    }

    static func write(
        _ trouble: SendingRules.Trouble, of issue: Int, _ db: borrowing Session
    ) throws(StorageError) {
        try db.run(
            """
            UPDATE newsletter_sendings SET paused_until = $2, troubles = $3, troubled_since = $4, refusals = $5
            WHERE issue = $1
            """, issue, trouble.pausedUntil, trouble.count, trouble.since, trouble.refusals)
    }

    static func sending(_ row: borrowing Row) throws -> IssueSending {
        var trouble = SendingRules.Trouble()
        trouble.count = try row.int("troubles")
        trouble.since = try row.optionalInstant("troubled_since")
        trouble.refusals = try row.int("refusals")
        trouble.pausedUntil = try row.optionalInstant("paused_until")
        return IssueSending(
            issue: try row.int("issue"),
            // A word of a newer program is no leave to send.
            state: IssueSending.State(rawValue: try row.text("state")) ?? .held, why: try row.text("why"),
            by: try row.text("began_by"), beganAt: try row.instant("began_at"),
            changedAt: try row.instant("changed_at"),
            trouble: trouble)
    }

    static func letter(_ row: borrowing Row) throws -> NewsletterLetter {
        let (code, words) = (try row.text("reason"), try row.text("detail"))
        return NewsletterLetter(
            issue: try row.int("issue"), person: try row.int64("person"),
            state: NewsletterLetter.State(rawValue: try row.text("state")) ?? .unclear,
            isUnderWay: try row.bool("is_under_way"), attempts: try row.int("attempts"),
            firstAt: try row.optionalInstant("first_at"), nextAt: try row.optionalInstant("next_at"),
            reason: code.isEmpty ? nil : NoLetter(code: code, detail: words), words: words,
            messageID: try row.text("message_id"), at: try row.instant("at"))
    }
}

extension IssueSending.State {
    package var words: String {
        switch self {
        case .made: "made, not sent"
        case .approval: "waits for an admin's approval"
        case .sending: "being sent"
        case .held: "stopped"
        case .sent: "sent"
        case .abandoned: "abandoned"
        case .skipped: "skipped"
        }
    }
}
