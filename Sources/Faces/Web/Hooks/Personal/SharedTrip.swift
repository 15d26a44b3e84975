// Those who come at once share one trip to the disk: whoever finds nobody on the way takes all who wait along, and whoever
// came meanwhile leads the next. A commit costs a sync of the disk however many it holds. Nobody hears anything before it.

internal import Synchronization

final class SharedTrip<Item: Sendable, Receipt: Sendable>: Sendable {
    private enum Call: Sendable {
        case answered(Result<Receipt, any Error>)
        /// Nobody is on the way any more: it is this one's turn.
        case lead
    }

    private struct Waiter: Sendable {
        let item: Item
        let continuation: CheckedContinuation<Call, Never>
    }

    private struct State: Sendable {
        var isOnTheWay = false
        var waiting: [Waiter] = []
    }

    private let most: Int
    /// A receipt for each.
    private let write: @Sendable ([Item]) async throws -> [Receipt]
    private let state = Mutex(State())

    init(most: Int = 512, _ write: @escaping @Sendable ([Item]) async throws -> [Receipt]) {
        self.most = most
        self.write = write
    }

    struct Short: Error {}

    func take(_ item: Item) async throws -> Receipt {
        let isFree = state.withLock { state in
            defer { state.isOnTheWay = true }
            return !state.isOnTheWay
        }
        if !isFree {
            let call = await withCheckedContinuation { continuation in
                // Between the look above and now whoever was on the way may have come back.
                let mayLead = state.withLock { state in
                    if !state.isOnTheWay {
                        state.isOnTheWay = true
                        return true
                    }
                    state.waiting.append(Waiter(item: item, continuation: continuation))
                    return false
                }
                if mayLead { continuation.resume(returning: .lead) }
            }
            if case .answered(let answer) = call { return try answer.get() }
        }
        return try await lead(item)
    }

    private func lead(_ own: Item) async throws -> Receipt {
        let others = state.withLock { state in
            let taken = Array(state.waiting.prefix(most - 1))
            state.waiting.removeFirst(taken.count)
            return taken
        }
        let outcome: Result<[Receipt], any Error>
        do {
            let receipts = try await write([own] + others.map(\.item))
            outcome = receipts.count == others.count + 1 ? .success(receipts) : .failure(Short())
        } catch { outcome = .failure(error) }
        for (place, waiter) in others.enumerated() {
            waiter.continuation.resume(returning: .answered(outcome.map { $0[place + 1] }))
        }
        let next = state.withLock { state -> Waiter? in
            guard !state.waiting.isEmpty else {
                state.isOnTheWay = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume(returning: .lead)
        return try outcome.get()[0]
    }
}
