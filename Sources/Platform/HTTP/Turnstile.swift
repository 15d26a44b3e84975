// One at a time, in the order they came, those a person waits for first: for services that want no two requests of ours
// at once.

internal import Synchronization

package final class Turnstile: Sendable {
    private struct State: Sendable {
        var isTaken = false
        var line: [(number: Int, isUrgent: Bool, woken: AsyncStream<Void>.Continuation)] = []
        var lastNumber = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// How many stand in the line.
    package var waiting: Int { state.withLock { $0.line.count } }

    /// Returns when it is the caller's turn, who then calls `leave`; throws, without a turn, when its task is cancelled.
    /// - Parameter isUrgent: before all in the line that are not
    package func enter(isUrgent: Bool = false) async throws(CancellationError) {
        let (stream, woken) = AsyncStream.makeStream(of: Void.self)
        let number: Int? = state.withLock { state in
            guard state.isTaken else {
                state.isTaken = true
                return nil
            }
            state.lastNumber += 1
            let place = isUrgent ? state.line.firstIndex { !$0.isUrgent } : nil
            state.line.insert((state.lastNumber, isUrgent, woken), at: place ?? state.line.endIndex)
            return state.lastNumber
        }
        guard let number else { return }
        // Ends when it is woken, or when its task is cancelled.
        for await _ in stream { break }
        let wasWaiting = state.withLock { state in
            guard let place = state.line.firstIndex(where: { $0.number == number }) else { return false }
            state.line.remove(at: place)
            return true
        }
        if wasWaiting { throw CancellationError() }
        guard Task.isCancelled else { return }
        // The turn came together with the cancellation: the next one's.
        leave()
        throw CancellationError()
    }

    package func leave() {
        let next = state.withLock { state -> AsyncStream<Void>.Continuation? in
            if state.line.isEmpty {
                state.isTaken = false
                return nil
            }
            return state.line.removeFirst().woken
        }
        next?.yield()
    }
}
