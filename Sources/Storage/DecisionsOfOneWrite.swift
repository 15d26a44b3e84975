// What the Ledger took in within one transaction, for the log: said when it is on the disk, and not at all when the
// transaction came to nothing. The transaction is one synchronous piece of work, so its own place to note this needs no
// parameter through every room's tables.

internal import Runtime
internal import Synchronization

final class DecisionsOfOneWrite: Sendable {
    @TaskLocal static var current: DecisionsOfOneWrite?

    private let noted = Mutex<[DecisionLine]>([])

    func note(_ decision: DecisionLine) { noted.withLock { $0.append(decision) } }

    func say(_ log: Log) {
        for decision in noted.withLock({ $0 }) { log.decided(decision) }
    }
}

extension LedgerEntry {
    /// The line of the log about it. The summary and the evidence name people and films; they stay in the Ledger.
    func decision(_ id: Int64) -> DecisionLine {
        DecisionLine(
            action, outcome.name, ids: ["ledger": "\(id)", "key": effectKey ?? ""], rule: rule, subject: subject,
            by: actor, why: outcome.why)
    }
}
