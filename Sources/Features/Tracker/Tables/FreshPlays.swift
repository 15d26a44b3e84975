// Plays that were taken a moment ago, by the number of their row: what is worked off at once need not be read out of its
// text again, which is the dearest part of reading a row. Whatever is not here is read; the text says the same.

internal import Domain
internal import Synchronization

final class FreshPlays: Sendable {
    /// Some megabytes; a flood that is ahead of the work by more is read from the disk.
    static let most = 4000

    private struct State {
        var plays: [Int64: EpisodePlay] = [:]
        var latest: Int64 = 0
    }

    private let state = Mutex(State())

    func put(_ all: [Told], _ receipts: [LogBook.Receipt]) {
        state.withLock { state in
            if state.plays.count >= Self.most {
                // Those that were worked off before they came here.
                let latest = state.latest
                state.plays = state.plays.filter { $0.key > latest }
            }
            for (told, receipt) in zip(all, receipts) where state.plays.count < Self.most {
                guard case .new(let id) = receipt, case .event(let play) = told.reading, told.dueAt <= told.receivedAt
                else { continue }
                state.plays[id] = play
            }
        }
    }

    /// Once: a row that stays due is looked at much later.
    func take(_ id: Int64) -> EpisodePlay? {
        state.withLock { state in
            state.latest = max(state.latest, id)
            return state.plays.removeValue(forKey: id)
        }
    }
}
