// Endings that are written down and decide nothing: a guest's, a series'. They wait here, in memory, until nothing that
// counts is to be done; hundreds a second of them must not keep one film that matters waiting.

internal import Domain
internal import Synchronization

final class PlainNotes: Sendable {
    private struct State {
        /// Oldest first, from `first` on.
        var notes: [Playback] = []
        var first = 0
    }

    private let most: Int
    private let state = Mutex(State())

    /// - Parameter most: beyond them a note is forgotten: losing one loses nothing, and memory has an end
    init(most: Int = 10_000) { self.most = most }

    /// False where there is no room.
    func add(_ playback: Playback) -> Bool {
        state.withLock { state in
            guard state.notes.count - state.first < most else { return false }
            state.notes.append(playback)
            return true
        }
    }

    /// The oldest, no more than that many.
    func take(_ count: Int) -> [Playback] {
        state.withLock { state in
            let taken = Array(state.notes[state.first...].prefix(count))
            state.first += taken.count
            // Now and then, not each time: moving them all up takes time.
            if state.first > 1_000 || state.first == state.notes.count {
                state.notes.removeFirst(state.first)
                state.first = 0
            }
            return taken
        }
    }
}
