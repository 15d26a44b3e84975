// Those who come at once share one trip to the disk: whoever finds nobody at work takes everybody who waits through one
// transaction, and whoever came meanwhile leads the next. A commit costs a sync of the disk however many rows it holds, so
// this is what a flood of hooks costs. Nobody hears anything before the commit.

internal import Runtime
internal import Synchronization

final class InboxGate: Sendable {
    struct Arrival: Sendable {
        let source: String
        let key: String
        let payload: [UInt8]
    }

    private enum Call: Sendable {
        case answered(Result<Inbox.Receipt, StorageError>)
        /// Nobody is at work any more: it is this one's turn.
        case lead
    }

    private struct Waiter: Sendable {
        let arrival: Arrival
        let continuation: CheckedContinuation<Call, Never>
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
        let isFree = state.withLock { state in
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        if !isFree {
            let call = await withCheckedContinuation { continuation in
                // Between the look above and now whoever was at work may have left.
                let mayLead = state.withLock { state in
                    if !state.isAtWork {
                        state.isAtWork = true
                        return true
                    }
                    state.waiting.append(Waiter(arrival: arrival, continuation: continuation))
                    return false
                }
                if mayLead { continuation.resume(returning: .lead) }
            }
            if case .answered(let answer) = call { return try answer.get() }
        }
        return try await lead(arrival)
    }

    private func lead(_ own: Arrival) async throws(StorageError) -> Inbox.Receipt {
        let others = state.withLock { state in
            let taken = Array(state.waiting.prefix(Self.most))
            state.waiting.removeFirst(taken.count)
            return taken
        }
        let arrivals = [own] + others.map(\.arrival)
        let outcome: Result<[Inbox.Receipt], StorageError>
        do throws(StorageError) { outcome = .success(try await write(arrivals)) } catch { outcome = .failure(error) }
        for (place, waiter) in others.enumerated() {
            waiter.continuation.resume(returning: .answered(outcome.map { $0[place + 1] }))
        }
        let next = state.withLock { state -> Waiter? in
            guard !state.waiting.isEmpty else {
                state.isAtWork = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        // Its arrival goes along: it takes the rest with it.
        next?.continuation.resume(returning: .lead)
        return try outcome.get()[0]
    }

    private func write(_ arrivals: [Arrival]) async throws(StorageError) -> [Inbox.Receipt] {
        let now = database.clock.now
        return try await database.write { db in
            try arrivals.map { arrival in
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
    }
}
