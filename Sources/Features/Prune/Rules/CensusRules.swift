// Who came, left or came back, from a list that is believed. Nobody who was there at the first look is ever new, and
// nobody is welcomed twice.

package import Domain
package import Runtime

package struct CensusChange: Hashable, Sendable {
    /// Never seen before.
    package var came: [PruneRecord] = []
    /// Seen before, gone, and here again: a membership of its own.
    package var back: [PruneRecord] = []
    /// Their name, share or date is another one now.
    package var changed: [PruneRecord] = []
    package var gone: [Int64] = []

    package var isEmpty: Bool { came.isEmpty && back.isEmpty && changed.isEmpty && gone.isEmpty }
}

package struct CensusRules: Sendable {
    package var wishes: PruneWishes
    /// Nil: this is the first list.
    package var installedAt: Instant?
    package var now: Instant
    /// When whoever is new is seen first: not before what was observed already, however far a clock is behind.
    package var seenAt: Instant
    /// Accounts the daemon before has welcomed.
    package var welcomed: Set<Int>

    /// Whoever could not be welcomed for so long is not new any more.
    package static let welcomeLasts = Duration.days(7)

    package init(
        wishes: PruneWishes, installedAt: Instant?, now: Instant, observedTo: Instant? = nil,
        welcomed: Set<Int> = []
    ) {
        self.wishes = wishes
        self.installedAt = installedAt
        self.now = now
        seenAt = max(now, observedTo ?? now)
        self.welcomed = welcomed
    }

    /// `people`: believed. What is empty in it never takes anything away from what is known.
    package func change(of records: [Int64: PruneRecord], to people: [Person]) -> CensusChange {
        var change = CensusChange()
        var listed: Set<Int64> = []
        for person in people where person.access == .member && !person.isOwner {
            listed.insert(person.id)
            guard let before = records[person.id] else {
                change.came.append(
                    PruneRecord(
                        person: person.id, plexID: person.plexID, name: person.name, shareID: person.shareID,
                        knownAt: seenAt, joinedAt: person.joinedAt, welcome: welcome(for: person)))
                continue
            }
            var after = before
            after.name = person.name
            after.plexID = person.plexID ?? before.plexID
            after.shareID = person.shareID ?? before.shareID
            after.joinedAt = person.joinedAt ?? before.joinedAt
            if before.goneAt != nil || isAnotherShare(before.shareID, person.shareID) {
                after.goneAt = nil
                after.knownAt = seenAt
                after.joinedAt = person.joinedAt
                (after.lookedAt, after.lookStamp) = (nil, nil)
                change.back.append(after)
            } else if after != before {
                change.changed.append(after)
            }
        }
        change.gone = records.values.filter { $0.goneAt == nil && !listed.contains($0.person) }.map(\.person).sorted()
        return change
    }

    private func isAnotherShare(_ before: Int?, _ after: Int?) -> Bool {
        guard let before, let after else { return false }
        return before != after
    }

    private func welcome(for person: Person) -> PruneRecord.Welcome {
        guard wishes.welcomes, let installedAt, !person.isHome, !person.isManaged, person.shareID != nil else {
            return .none
        }
        if let account = person.plexID, welcomed.contains(account) { return .none }
        // Without a date nobody knows whether they are new: half a list that is whole again must not greet a server.
        guard let joined = person.joinedAt, joined >= installedAt, joined < now + .days(1),
            now - joined < Self.welcomeLasts
        else { return .none }
        return .due
    }
}
