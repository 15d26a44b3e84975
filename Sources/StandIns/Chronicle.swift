// What a stand-in has seen, in order, and the possibility to wait for what a test expects: the best assertion is about
// what was asked, or was not (architecture page, Stand-ins).

import Synchronization

package final class Chronicle<Entry: Sendable>: Sendable {
    private struct Waiter: Sendable {
        let from: Int
        let matches: @Sendable (Entry) -> Bool
        let continuation: CheckedContinuation<Entry, any Error>
    }

    private struct State: Sendable {
        var entries: [Entry] = []
        /// How many have been forgotten from the front.
        var forgotten = 0
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
        var listeners: [Int: @Sendable (Entry) -> Void] = [:]
    }

    private let state = Mutex(State())
    private let limit: Int

    package init(limit: Int = 20_000) { self.limit = limit }

    package var entries: [Entry] { state.withLock { $0.entries } }

    /// The number the next entry will have: remember it, act, then wait from there.
    package var end: Int { state.withLock { $0.forgotten + $0.entries.count } }

    package func append(_ entry: Entry) {
        let (ready, listeners) = state.withLock { state in
            state.entries.append(entry)
            if state.entries.count > limit + limit / 4 {
                state.forgotten += state.entries.count - limit
                state.entries.removeFirst(state.entries.count - limit)
            }
            let number = state.forgotten + state.entries.count - 1
            var ready: [CheckedContinuation<Entry, any Error>] = []
            for (id, waiter) in state.waiters where number >= waiter.from && waiter.matches(entry) {
                ready.append(waiter.continuation)
                state.waiters[id] = nil
            }
            return (ready, Array(state.listeners.values))
        }
        for continuation in ready { continuation.resume(returning: entry) }
        for listener in listeners { listener(entry) }
    }

    /// The first entry from number `from` on that matches, now or in future. Throws when the task is cancelled.
    package func first(from: Int = 0, where matches: @escaping @Sendable (Entry) -> Bool) async throws -> Entry {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let found: Result<Entry, any Error>? = state.withLock { state in
                    if let entry = state.entries.dropFirst(max(0, from - state.forgotten)).first(where: matches) {
                        return .success(entry)
                    }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters[id] = Waiter(from: from, matches: matches, continuation: continuation)
                    return nil
                }
                if let found { continuation.resume(with: found) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Everything from now on.
    package func stream() -> AsyncStream<Entry> { stream(buffering: .unbounded) { $0 } }

    /// The same as something else, for who need not have all of it.
    package func stream<Piece: Sendable>(
        buffering policy: AsyncStream<Piece>.Continuation.BufferingPolicy,
        _ piece: @escaping @Sendable (Entry) -> Piece
    ) -> AsyncStream<Piece> {
        let (stream, continuation) = AsyncStream.makeStream(of: Piece.self, bufferingPolicy: policy)
        let id = state.withLock { state in
            state.nextWaiter += 1
            state.listeners[state.nextWaiter] = { continuation.yield(piece($0)) }
            return state.nextWaiter
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: id) }
        }
        return stream
    }
}
