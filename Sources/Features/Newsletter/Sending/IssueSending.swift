// Where an issue stands on its way to people, and where each letter does: what the tables hold, as values.

package import Runtime

package struct IssueSending: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        /// Kept, and nobody has begun to send it.
        case made
        /// Waits for an admin's word.
        case approval
        case sending
        /// Stopped, by an admin or by what only an admin can mend; can be gone on with.
        case held
        case sent
        case abandoned
        /// Nothing to say.
        case skipped

        package var isOver: Bool { [.sent, .abandoned, .skipped].contains(self) }
    }

    package var issue: Int
    package var state: State
    package var why: String
    package var by: String
    package var beganAt: Instant
    package var changedAt: Instant
    package var trouble: SendingRules.Trouble
}

package struct NewsletterLetter: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        case waiting, sent, none, unclear
    }

    package var issue: Int
    package var person: Int64
    package var state: State
    /// It was being handed over when somebody last looked.
    package var isUnderWay: Bool
    package var attempts: Int
    package var firstAt: Instant?
    package var nextAt: Instant?
    /// Why there is none.
    package var reason: NoLetter?
    /// Why it waits, or why nobody knows.
    package var words: String
    package var messageID: String
    package var at: Instant
}

package struct SendingProgress: Hashable, Sendable {
    package var sent = 0
    package var waiting = 0
    package var unclear = 0
    /// By code.
    package var none: [String: Int] = [:]

    package init() {}

    package var without: Int { none.values.reduce(0, +) }
    /// Who got, or was to get, a letter.
    package var readers: Int { sent + waiting + unclear + failed }
    package var done: Int { readers - waiting }
    /// Should have had one.
    package var failed: Int { Self.failures.reduce(0) { $0 + none[$1, default: 0] } }
    static let failures = ["mailbox-refused", "letter-refused", "never-taken", "not-made", "abandoned"]

    /// "12 of 30"
    package var sentence: String {
        var parts = ["\(done) of \(readers) done", "\(sent) sent"]
        if unclear > 0 { parts.append("\(unclear) may have arrived") }
        if failed > 0 { parts.append("\(failed) failed") }
        return parts.joined(separator: ", ")
    }
}
