// For the door, after an interruption: whether something happened, as Radarr says. What is only looked at again, or set
// to what it is, may be done twice.

internal import Domain
internal import Runtime
package import Storage

extension Downloads {
    package nonisolated var verifies: [String: Effects.Verify] {
        [
            DownloadKind.search: { effect in await self.isSearched(effect) },
            DownloadKind.grab: { effect in await self.isTaken(effect) },
            DownloadKind.add: { effect in await self.isAdded(effect) },
            DownloadKind.place: { _ in .known(false) },
            DownloadKind.rescan: { _ in .known(false) },
            DownloadKind.restore: { _ in .known(false) },
            DownloadKind.delete: { effect in await self.isDeleted(effect) },
            DownloadKind.tell: { _ in .unknown(why: "it may have arrived; it is not sent again by itself") },
        ]
    }

    private nonisolated func row(_ effect: Effect) async -> DownloadCase? {
        guard let last = effect.key.split(separator: ":").last, let id = last.split(separator: ".").first,
            let number = Int64(id)
        else { return nil }
        return try? await book.one(number)
    }

    private nonisolated func isSearched(_ effect: Effect) async -> Reading<Bool> {
        guard let one = await row(effect), let movie = one.movieID else { return .unknown(why: "its row is not there") }
        let since = (one.searchedAt ?? one.at) - .minutes(5)
        return switch await sources.search(one.target, movie, since) {
        case .known: .known(true)
        case .absent: .known(false)
        case .unknown(let why): .unknown(why: why)
        }
    }

    private nonisolated func isAdded(_ effect: Effect) async -> Reading<Bool> {
        guard let one = await row(effect) else { return .unknown(why: "its row is not there") }
        return switch await sources.film(one.target, one.film) {
        case .found: .known(true)
        case .absent: .known(false)
        case .several: .unknown(why: "several films could be meant")
        case .unknown(let why): .unknown(why: why)
        }
    }

    private nonisolated func isTaken(_ effect: Effect) async -> Reading<Bool> {
        guard let one = await row(effect), let movie = one.movieID else { return .unknown(why: "its row is not there") }
        let since = (one.searchedAt ?? one.at) - .minutes(5)
        switch await sources.history(one.target, movie) {
        case .unknown(let why): return .unknown(why: why)
        case .absent: return .known(false)
        case .known(let events):
            return .known(events.contains { if case .grabbed = $0.kind { $0.at >= since } else { false } })
        }
    }

    private nonisolated func isDeleted(_ effect: Effect) async -> Reading<Bool> {
        guard let last = effect.key.split(separator: ":").last, let id = Int64(last),
            let proposal = try? await book.proposal(id)
        else { return .unknown(why: "its row is not there") }
        return switch await sources.film(proposal.instance, proposal.film) {
        case .found(let entry): .known(entry.fileID != proposal.fileID)
        case .absent: .unknown(why: "the film is not in Radarr any more")
        case .several: .unknown(why: "several films could be meant")
        case .unknown(let why): .unknown(why: why)
        }
    }
}
