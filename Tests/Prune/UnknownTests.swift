// Unknown keeps: one answer that cannot be believed, and nothing happens to anybody.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `What is not known` {
    static let faults: [(name: String, fault: @Sendable (inout Stage.World) -> Void)] = [
        ("plex.tv answers 503", { $0.peopleFault = .unknown(why: "plex.tv answered 503") }),
        ("plex.tv says nothing", { $0.peopleFault = .absent }),
        ("an empty list with 200", { $0.peopleFault = .known([]) }),
        ("the owner alone with 200", { $0.peopleFault = .known([Stage.owner]) }),
        ("half a list", { $0.peopleFault = .known([Stage.owner] + (1...6).map { Stage.member($0) }) }),
        (
            "a list with a share twice",
            { world in
                var twin = Stage.member(50)
                twin.shareID = 9001
                world.peopleFault = .known(world.people + [twin])
            }
        ),
        ("Tautulli answers 401", { $0.historyFault = .unknown(why: "check TAUTULLI_API_KEY") }),
        ("Tautulli has no history", { $0.historyFault = .known(HistoryPulse(newest: nil, rows: 0, accounts: [:])) }),
        ("Tautulli lost a part", { $0.rows = 700 }),
        (
            "Tautulli has rows of nobody",
            {
                $0.historyFault = .known(
                    HistoryPulse(
                        newest: Stage.start + .days(8), rows: 1000,
                        accounts: [1: LastPlay(at: Stage.start + .days(8), title: "x")]))
            }
        ),
        ("Plex's own history fails", { $0.ownFault = .unknown(why: "timeout") }),
        ("the streams fail", { $0.streamsFault = .unknown(why: "timeout") }),
        ("Plex is down", { $0.serverFault = .unknown(why: "it does not answer") }),
        ("Plex is another one", { $0.machine = "other" }),
    ]

    @Test(arguments: 0..<14)
    func `stops everything and is said once`(_ index: Int) async throws {
        let (_, fault) = Self.faults[index]
        try await Stage.open(Stage.week) { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            let before = stage.journal
            stage.change { fault(&$0) }
            let scans = try await stage.live(.days(2))
            #expect(scans.allSatisfy { $0.end == .doubted && !$0.doubts.isEmpty && $0.deeds.isEmpty })
            // Not a word for the admins more than one, and no approval helps.
            #expect(stage.journal == before + [.word("doubt")])
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .refused)
            #expect(stage.journal == before + [.word("doubt")])
            // This time counts against nobody.
            let status = try await stage.prune.status()
            let standing = try #require(status.standings.first { $0.person.id == 2 })
            #expect(standing.idle < .days(8) && standing.idle > .days(7))
        }
    }

    @Test func `stops everything when nobody has played for three days, and takes those days back`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let before = stage.journal
            let idle = try #require(try await stage.prune.standing(of: 2)).idle
            let scans = try await stage.live(.days(10), watching: [])
            #expect(scans.prefix(12).allSatisfy { $0.end == .whole })
            #expect(scans.dropFirst(12).allSatisfy { $0.end == .doubted })
            #expect(stage.journal == before + [.word("doubt")])
            #expect(try #require(try await stage.prune.standing(of: 2)).idle == idle)
        }
    }

    @Test func `passes, and everything goes on where it was`() async throws {
        try await Stage.open { stage in
            try await stage.live(.days(20))
            stage.change { $0.historyFault = .unknown(why: "x") }
            try await stage.live(.days(20))
            stage.change { $0.historyFault = nil }
            try await stage.live(.days(6))
            #expect(stage.journal == [.word("doubt")])
            try await stage.live(.days(2))
            #expect(stage.journal == [.word("doubt"), .mail(.warning, 2)])
            #expect(try await stage.prune.status().doubt == nil)
            // Another doubt is said again.
            stage.change { $0.historyFault = .unknown(why: "x") }
            try await stage.live(.days(1))
            #expect(stage.journal.count(.word("doubt")) == 2)
        }
    }

    @Test func `about the number of people is settled by an admin, down to what was seen and no further`() async throws
    {
        try await Stage.open { stage in
            try await stage.live(.days(2))
            stage.change { $0.people.removeLast(5) }
            let scan = try await stage.live(.days(1)).last
            #expect(scan?.doubts == [.fewerPeople(7, lastGood: 12)])
            #expect(stage.now.words.last?.report.tone == .warning)
            #expect(try await stage.prune.accept(by: "discord:1").end == .done)
            #expect(try await stage.prune.scan().end == .whole)
            #expect(try await stage.prune.accept(by: "discord:1").end == .alreadySo)
            stage.change { $0.people.removeLast(3) }
            #expect(try await stage.prune.scan().doubts == [.fewerPeople(4, lastGood: 7)])
            stage.change { $0.peopleFault = .known([]) }
            _ = try await stage.prune.scan()
            #expect(try await stage.prune.accept(by: "discord:1").end == .refused)
        }
    }

    @Test func `shrinks the numbers believed neither by itself nor little by little`() async throws {
        try await Stage.open(members: 20) { stage in
            try await stage.live(.days(1))
            for _ in 0..<4 {
                stage.change { $0.people.removeLast() }
                let end = try await stage.prune.scan().end
                #expect(end == .whole)
            }
            stage.change { $0.people.removeLast() }
            #expect(try await stage.prune.scan().doubts == [.fewerPeople(15, lastGood: 20)])
        }
    }

    @Test func `of a doubted look still finds signs of life`() async throws {
        try await Stage.open { stage in
            try await stage.live(.days(25))
            stage.change { world in
                world.historyFault = .unknown(why: "x")
                world.streams = [PruneStream(account: 1001, session: "s", title: "A Series")]
            }
            try await stage.live(.hours(6))
            stage.change { world in
                world.historyFault = nil
                world.streams = []
            }
            try await stage.live(.days(20))
            #expect(stage.journal == [.word("doubt")])
            let standing = try #require(try await stage.prune.standing(of: 2))
            #expect(standing.lastSighting?.source == .stream && standing.lastSighting?.title == "A Series")
        }
    }
}
