// A clock far behind, and answers that take long, make nobody older than they are.

import Domain
import Prune
import Runtime
import Testing

private let now = Stage.start

@Suite struct `Whoever is seen` {
    @Test func `was there until the last answer came, and no play is dated after it`() {
        let later = now + .hours(1)
        let evidence = PruneEvidence(
            at: now, until: later, people: .absent, server: .absent,
            plexHistory: .known([7: LastPlay(at: later + .days(9), title: "x")]),
            history: .known(
                HistoryPulse(newest: now, rows: 1, accounts: [8: LastPlay(at: now + .minutes(5), title: "y")])),
            streams: .known([PruneStream(account: 9, session: "1", title: "z")]))
        let seen = evidence.sightings(of: [1: 7, 2: 8, 3: 9])
        #expect(seen[1]?.map(\.at) == [later])
        #expect(seen[2]?.map(\.at) == [now + .minutes(5)])
        #expect(seen[3]?.map(\.at) == [later])
    }

    @Test func `for the first time by a clock far behind is not older than what was observed already`() {
        let behind = now - .days(400)
        func knownAt(_ observed: Instant?) -> Instant? {
            CensusRules(wishes: PruneWishes(), installedAt: now - .days(500), now: behind, observedTo: observed)
                .change(of: [:], to: [Stage.member(1)]).came.first?.knownAt
        }
        #expect(knownAt(now) == now)
        #expect(knownAt(behind - .days(1)) == behind)
        #expect(knownAt(nil) == behind)
    }
}
