// Those who come at once share one trip to the disk: who comes while nothing is being written begins, and whoever comes
// meanwhile goes with the next transaction. A commit costs a sync of the disk however many rows it holds, so this is what
// a flood of hooks costs. Nobody hears anything before the commit.

internal import Runtime
internal import Synchronization

final class InboxGate: Sendable {
    struct Arrival: Sendable {
        let source: String
        let key: String
        let payload: [UInt8]
    }

    private typealias Answer = Result<Inbox.Receipt, StorageError>

    private struct Waiter: Sendable {
        let arrival: Arrival
        let continuation: CheckedContinuation<Answer, Never>
    }

    private struct State: Sendable {
        var isAtWork = false
        var waiting: [Waiter] = []
    }

    private static let most = 512

    private let database: Database
    private let state = Mutex(State())

    init(_ database: Database) { self.database = database }

    func accept(_ arrival: Arrival) async throws(StorageError) -> Inbox.Receipt {
        let answer: Answer = await withCheckedContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiting.append(Waiter(arrival: arrival, continuation: continuation))
                defer { state.isAtWork = true }
                return !state.isAtWork
            }
            if isFirst { work() }
        }
        return try answer.get()
    }

    private func work() { database.whenWriting { [self] in keepThoseWaiting() } }

    /// On the writing thread. Others who write get their turn between two transactions.
    private func keepThoseWaiting() {
        let waiters = state.withLock { state in
            let taken = Array(state.waiting.prefix(Self.most))
            state.waiting.removeFirst(taken.count)
            return taken
        }
        let arrivals = waiters.map(\.arrival)
        let now = database.clock.now
        let outcome = database.writeNow { db in try arrivals.map { try Self.keep($0, at: now, in: db) } }
        for (place, waiter) in waiters.enumerated() {
            waiter.continuation.resume(returning: outcome.map { $0[place] })
        }
        let goesOn = state.withLock { state in
            state.isAtWork = !state.waiting.isEmpty
            return state.isAtWork
        }
        if goesOn { work() }
    }

    private static func keep(
        _ arrival: Arrival, at now: Instant, in db: borrowing Session
    ) throws(StorageError) -> Inbox.Receipt {
        let id = try db.row(
            """
            INSERT INTO inbox (source, key, payload, received_at, state, attempts, due_at, why)
            VALUES ($1, $2, $3, $4, 'waiting', 0, $4, '')
            ON CONFLICT (source, key) DO NOTHING RETURNING id
            """, arrival.source, arrival.key, arrival.payload, now
        ) { row in try row.int64("id") }
        return id.map(Inbox.Receipt.new) ?? .duplicate
    }
}
