// When a look is not believed.

import Domain
import Prune
import Runtime
import Testing

private let now = Stage.start

@Suite struct `A look` {
    private func evidence(
        members: Int = 10, newest: Duration? = .hours(1), rows: Int = 1000,
        _ change: (inout PruneEvidence) -> Void = { _ in }
    ) -> PruneEvidence {
        var accounts: [Int: LastPlay] = [:]
        if let newest { accounts[500] = LastPlay(at: now - newest, title: "w") }
        if let newest { accounts[1001] = LastPlay(at: now - newest, title: "x") }
        var evidence = PruneEvidence(
            at: now, people: .known([Stage.owner] + (1...max(1, members)).prefix(members).map { Stage.member($0) }),
            server: .known("m"), plexHistory: .known([:]),
            history: .known(HistoryPulse(newest: newest.map { now - $0 }, rows: rows, accounts: accounts)),
            streams: .known([]))
        change(&evidence)
        return evidence
    }

    private func doubts(_ evidence: PruneEvidence, _ good: LastGood = LastGood(people: 10, rows: 1000, machine: "m"))
        -> [PruneDoubt]
    {
        DoubtRules.doubts(about: evidence, lastGood: good, stale: .hours(72))
    }

    @Test func `is believed when everything answers as before`() {
        #expect(doubts(evidence()) == [])
        #expect(doubts(evidence(), LastGood()) == [])
    }

    @Test(arguments: [(10, []), (9, []), (8, []), (7, [PruneDoubt.fewerPeople(7, lastGood: 10)]), (0, [.noPeople])])
    func `needs four fifths of the people there were`(_ count: Int, _ doubts: [PruneDoubt]) {
        #expect(self.doubts(evidence(members: count)) == doubts)
    }

    @Test(arguments: [(1000, []), (800, []), (799, [PruneDoubt.fewerRows(799, lastGood: 1000)]), (0, [.noHistory])])
    func `needs four fifths of the history there was`(_ rows: Int, _ doubts: [PruneDoubt]) {
        #expect(self.doubts(evidence(rows: rows)) == doubts)
    }

    @Test func `needs a history that goes on`() {
        #expect(doubts(evidence(newest: .hours(72))) == [])
        #expect(doubts(evidence(newest: .hours(72) + .seconds(1))) == [.stale(newest: now - .hours(72) - .seconds(1))])
        #expect(doubts(evidence(newest: .hours(-24))) == [])
        #expect(doubts(evidence(newest: .hours(-25))) == [.future(newest: now + .hours(25))])
        #expect(doubts(evidence(newest: nil)) == [.noHistory])
    }

    @Test func `needs every answer`() {
        #expect(doubts(evidence { $0.people = .unknown(why: "503") }) == [.people("503")])
        #expect(doubts(evidence { $0.people = .absent }) == [.noPeople])
        #expect(doubts(evidence { $0.history = .unknown(why: "401") }) == [.history("401")])
        #expect(doubts(evidence { $0.history = .absent }) == [.noHistory])
        #expect(doubts(evidence { $0.plexHistory = .unknown(why: "timeout") }) == [.plexHistory("timeout")])
        #expect(doubts(evidence { $0.plexHistory = .absent }).count == 1)
        #expect(doubts(evidence { $0.streams = .unknown(why: "timeout") }) == [.streams("timeout")])
        #expect(doubts(evidence { $0.streams = .absent }).count == 1)
        #expect(doubts(evidence { $0.server = .unknown(why: "unclaimed") }) == [.server("unclaimed")])
        #expect(doubts(evidence { $0.server = .absent }).count == 1)
        #expect(doubts(evidence { $0.server = .known("") }).count == 1)
        #expect(doubts(evidence { $0.server = .known("n") }) == [.otherServer("n", lastGood: "m")])
    }

    @Test func `needs people the history knows, each once`() {
        let strangers = evidence { evidence in
            let accounts = [7: LastPlay(at: now, title: "x"), 9: LastPlay(at: now, title: "y")]
            evidence.history = .known(HistoryPulse(newest: now, rows: 1000, accounts: accounts))
        }
        #expect(doubts(strangers) == [.strangers])
        let twins = evidence { evidence in
            var twin = Stage.member(99)
            twin.shareID = 9001
            evidence.people = .known((evidence.people.known ?? []) + [twin])
        }
        #expect(doubts(twins) == [.twins("share 9001")])
    }

    @Test func `of an empty house is believed only where there never was anybody`() {
        let empty = evidence(members: 0) { evidence in
            evidence.history = .known(
                HistoryPulse(newest: now, rows: 5, accounts: [500: LastPlay(at: now, title: "x")]))
        }
        #expect(doubts(empty, LastGood(people: 0, rows: 5, machine: "m")) == [])
        #expect(doubts(empty, LastGood()) == [.noPeople])
    }

    @Test func `finds signs of life although it is in doubt, none of them in the future`() {
        let evidence = evidence { evidence in
            evidence.people = .unknown(why: "x")
            evidence.plexHistory = .known([1002: LastPlay(at: now + .days(900), title: "y")])
            evidence.streams = .known([PruneStream(account: 1003, session: "s", title: "z")])
        }
        let found = evidence.sightings(of: [2: 1001, 3: 1002, 4: 1003, 5: 1004])
        #expect(found[2] == [Sighting(.tautulli, at: now - .hours(1), title: "x")])
        #expect(found[3] == [Sighting(.plex, at: now, title: "y")])
        #expect(found[4] == [Sighting(.stream, at: now, title: "z")])
        #expect(found[5] == nil)
    }
}
