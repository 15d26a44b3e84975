// Days that have not been yet, for who lets them pass: what the people will watch by their habits, and what becomes of a
// stream that runs when a day is skipped.

package import Runtime

extension HouseholdWorld {
    /// What everybody who has the server will have played by then, in the order in which it ends. Nobody has yet.
    package func playsToCome(from: Instant, to: Instant, seed: UInt64) -> [Play] {
        let shelf = FormerItems(world: self, from: from, to: to)
        var found: [Play] = []
        for person in people where person.isOwner || (person.shareID != nil && person.acceptedAt != nil) {
            guard let habits = HouseholdHabits.of(person) else { continue }
            var diary = Diary(
                person: person, habits: habits, world: self, shelf: shelf, gone: [],
                dice: SeededDice(seed: seed &+ UInt64(person.id)))
            diary.write(from: from, to: to)
            found += diary.plays
        }
        return found.sorted { ($0.stopped, $0.started, $0.person) < ($1.stopped, $1.started, $1.person) }
    }

    /// One of those, now that it has happened. Not to somebody who lost the server meanwhile.
    package mutating func play(_ play: Play) {
        guard let person = person(play.person), person.isOwner || person.shareID != nil else { return }
        var play = play
        play.id = newNumber()
        plays.append(play)
    }

    /// Nothing runs for days.
    package mutating func endStreams(at now: Instant) {
        for stream in streams { finishStream(stream.sessionKey, at: min(now, stream.started + .hours(2))) }
    }
}
