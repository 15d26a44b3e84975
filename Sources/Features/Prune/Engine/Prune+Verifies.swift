// For the door, after an interruption: whether something happened, as the outside says. A letter that was cut off nobody
// can find again; a share is on the list or it is not.

internal import Domain
internal import Runtime
package import Storage

extension Prune {
    package nonisolated var verifies: [String: Effects.Verify] {
        let cannotTell = "it may have arrived; it is not sent again by itself"
        return [
            PruneKind.mail: { _ in .unknown(why: cannotTell) },
            PruneKind.message: { _ in .unknown(why: cannotTell) },
            PruneKind.tell: { _ in .unknown(why: cannotTell) },
            PruneKind.welcomeMail: { _ in .unknown(why: cannotTell) },
            PruneKind.welcomeMessage: { _ in .unknown(why: cannotTell) },
            PruneKind.arrival: { _ in .unknown(why: cannotTell) },
            PruneKind.forget: { _ in .unknown(why: "look in Tautulli") },
            PruneKind.remove: { effect in await self.isRemoved(effect) },
            PruneKind.end: { effect in await self.isEnded(effect) },
            PruneKind.invite: { effect in await self.isInvited(effect) },
        ]
    }

    private nonisolated func isRemoved(_ effect: Effect) async -> Reading<Bool> {
        let numbers = effect.key.split(separator: ":").dropFirst().compactMap { Int64($0) }
        guard numbers.count == 3 else { return .unknown(why: "its key is not one of ours") }
        let removal: PruneCase?
        do {
            removal = try await book.cases(of: numbers[0]).first { $0.id == numbers[2] }
        } catch {
            return .unknown(why: "\(error)")
        }
        guard let removal else { return .unknown(why: "there is no row of this removal") }
        if removal.state == .removing, isElsewhere(removal) { return .unknown(why: "another Autoplex is at it") }
        guard let person = await person(removal) else { return .unknown(why: "nobody knows who it was about") }
        switch await sources.share(person) {
        case .unknown(let why): return .unknown(why: why)
        case .absent: return .known(true)
        case .known(let share) where share.account != removal.plexID:
            return .unknown(why: "asked for their share, somebody else's was read")
        case .known(let share): return .known(share.shareID != removal.shareID)
        }
    }

    private nonisolated func isEnded(_ effect: Effect) async -> Reading<Bool> {
        guard let session = effect.key.split(separator: ":", maxSplits: 2).last else {
            return .unknown(why: "its key is not one of ours")
        }
        return switch await sources.streams() {
        case .known(let streams): .known(!streams.contains { $0.session == session })
        case .absent: .unknown(why: "what runs now could not be read")
        case .unknown(let why): .unknown(why: why)
        }
    }

    private nonisolated func isInvited(_ effect: Effect) async -> Reading<Bool> {
        let numbers = effect.key.split(separator: ":").dropFirst().compactMap { Int64($0) }
        guard let person = numbers.first else { return .unknown(why: "its key is not one of ours") }
        switch await sources.people() {
        case .unknown(let why): return .unknown(why: why)
        case .absent: return .unknown(why: "the list is empty")
        case .known(let people):
            do {
                let lastGood = try await book.state(of: 0).marks.lastGood
                if let doubt = DoubtRules.doubts(aboutPeople: .known(people), lastGood: lastGood).first {
                    return .unknown(why: doubt.sentence.plainText)
                }
            } catch {
                return .unknown(why: "\(error)")
            }
            return .known(people.contains { $0.id == person && ($0.access == .member || $0.access == .invited) })
        }
    }
}
