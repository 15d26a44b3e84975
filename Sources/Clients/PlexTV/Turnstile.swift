// One at a time, in order of arrival. Whoever is cancelled while waiting leaves the queue.

internal import Synchronization

final class Turnstile: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [(number: Int, continuation: AsyncStream<Void>.Continuation)] = []
        var next = 0
    }

    private let state = Mutex(State())

    /// Who enters must leave.
    func enter() async throws(CancellationError) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let number: Int? = state.withLock { state in
            guard state.isTaken else {
                state.isTaken = true
                return nil
            }
            state.next += 1
            state.waiting.append((state.next, continuation))
            return state.next
        }
        guard let number else { return }
        // Ends without a value when the task is cancelled.
        for await _ in stream { return }
        let hasPassed = state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return true }
            state.waiting.remove(at: index)
            return false
        }
        // Let in and cancelled at the same moment: hand the place on.
        if hasPassed { leave() }
        throw CancellationError()
    }

    func leave() {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return
            }
            state.waiting.removeFirst().continuation.yield()
        }
    }
}
