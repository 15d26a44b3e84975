// What such tools have done to people, each by its name, so that it cannot happen here unseen.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `The story of` {
    private let unasked = Stage.wishes { $0.wantsApproval = false }
    private let everyday = Stage.wishes {
        $0.wantsApproval = false
        $0.perDay = 100
        $0.percent = 100
    }

    @Test func `the empty list that was answered with 200`() async throws {
        try await Stage.open(everyday) { stage in
            try await stage.live(.days(5))
            stage.change { $0.peopleFault = .known([]) }
            try await stage.live(.days(60), watching: [])
            #expect(Set(stage.journal) == [.word("doubt")])
            stage.change { $0.peopleFault = nil }
            try await stage.live(.days(2))
            // Nobody is new again, and nobody was away.
            #expect(Set(stage.journal) == [.word("doubt")])
        }
        try await Stage.open(everyday) { stage in
            try await stage.live(.days(5))
            let nothing = HistoryPulse(newest: nil, rows: 0, accounts: [:])
            stage.change { $0.historyFault = .known(nothing) }
            try await stage.live(.days(60))
            #expect(Set(stage.journal) == [.word("doubt")])
        }
    }

    @Test(arguments: [-377_705_116_800, -62_135_596_800, 0, 1, 253_402_300_799, 4_000_000_000] as [Int64])
    func `the missing date that was read as year −9999`(_ seconds: Int64) async throws {
        try await Stage.open(everyday) { stage in
            stage.change { world in
                world.people[1].joinedAt = Instant(seconds: seconds)
                world.logged[1001] = nil
            }
            try await stage.live(.days(26))
            #expect(stage.journal == [])
            let standing = try #require(try await stage.prune.standing(of: 2))
            #expect(standing.idle <= .days(26) && standing.left >= .days(4))
        }
    }

    @Test func `the dry run that guarded only one of two paths`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            let before = stage.journal
            let (dry, _) = try await stage.another(dry: true)
            #expect(try await dry.approve(removal.id, by: "discord:1").end == .dryRun)
            for _ in 0..<12 {
                stage.clock.move(by: .hours(6))
                stage.play(2)
                _ = try await dry.scan()
                _ = try await dry.lookForNew()
            }
            _ = try await dry.undo(2, by: "discord:1")
            #expect(stage.journal == before)
            #expect(stage.now.people[1].shareID == 9001)
        }
    }

    @Test func `the numbers of another kind`() async throws {
        // Tautulli's own rows, or the server's own accounts, where plex.tv's are meant.
        try await Stage.open(everyday) { stage in
            stage.change { world in
                let own = Dictionary(uniqueKeysWithValues: world.logged.map { ($0.key - 1000, $0.value) })
                world.historyFault = .known(HistoryPulse(newest: Stage.start, rows: 1000, accounts: own))
            }
            try await stage.live(.days(2))
            #expect(try await stage.prune.scan().doubts.contains(.strangers))
        }
        // plex.tv's list, once, in between: what runs then is still seen.
        try await Stage.open(everyday) { stage in
            try await stage.live(.days(20))
            let people = stage.now.people
            stage.change { world in
                world.peopleFault = .known(
                    people.map { person in
                        var person = person
                        person.plexID = Int(person.id)
                        return person
                    })
            }
            let arrivals = try await stage.prune.lookForNew()
            #expect(!arrivals.isBelieved && arrivals.doubts == [.otherNumbers(12)])
            stage.change { $0.streams = [PruneStream(account: 1001, session: "s", title: "A Long Film")] }
            #expect(try await stage.prune.scan().end == .doubted)
            stage.change { world in
                world.streams = []
                world.peopleFault = nil
            }
            try await stage.live(.days(1))
            let standing = try #require(try await stage.prune.standing(of: 2))
            #expect(standing.lastSighting?.source == .stream && standing.idle <= .days(2))
        }
    }

    @Test func `the numbers of another kind that were there first`() async throws {
        try await Stage.open(everyday) { stage in
            let people = stage.now.people
            stage.change { world in
                world.peopleFault = .known(
                    people.map { person in
                        var person = person
                        person.plexID = Int(person.id)
                        return person
                    })
            }
            _ = try await stage.prune.lookForNew()
            stage.change { $0.peopleFault = nil }
            #expect(try await stage.prune.scan().end == .doubted)
            // An admin is asked, and prune learns the right ones.
            #expect(try await stage.prune.accept(by: "discord:1").end == .done)
            #expect(try await stage.prune.scan().end == .whole)
        }
    }

    @Test func `everyone who was expired at the installation`() async throws {
        try await Stage.open(everyday) { stage in
            stage.change { world in
                for number in 1...11 {
                    world.logged[1000 + number] = LastPlay(at: Stage.start - .days(400), title: "x")
                }
            }
            try await stage.live(.days(26), watching: [12])
            #expect(stage.journal == [])
        }
        // And when they are all due at once, that is a reason to ask, and none to act.
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(40), watching: [12])
            #expect(stage.journal.removals == [] && stage.journal.count(.word("breaker")) == 1)
        }
    }

    @Test func `Tautulli that was started again with an empty database`() async throws {
        try await Stage.open(everyday) { stage in
            try await stage.live(.days(20))
            let before = try #require(try await stage.prune.standing(of: 5)).lastSighting
            stage.change { world in
                world.logged = [:]
                world.rows = 0
            }
            try await stage.live(.days(20), watching: [])
            // It fills again, far from what it was.
            stage.change { $0.rows = 12 }
            try await stage.live(.days(20), watching: [2])
            #expect(Set(stage.journal) == [.word("doubt")])
            #expect(try await stage.prune.accept(by: "discord:1").end == .done)
            try await stage.live(.days(1), watching: [2])
            let after = try #require(try await stage.prune.standing(of: 5))
            #expect(after.lastSighting == before && after.idle <= .days(3))
            #expect(Set(stage.journal) == [.word("doubt")])
        }
    }

    @Test func `the state that was lost`() async throws {
        // Everything prune knew is gone: the same people, a new database.
        try await Stage.open(
            Stage.wishes {
                $0.wantsApproval = false
                $0.welcomes = true
            }
        ) { stage in
            stage.change { $0.logged[1001] = LastPlay(at: Stage.start - .days(29), title: "x") }
            _ = try await stage.prune.lookForNew()
            try await stage.live(.days(26))
            #expect(stage.journal == [])
        }
    }

    @Test func `two containers that ran at once`() async throws {
        try await Stage.open(everyday) { stage in
            let (other, _) = try await stage.another()
            for _ in 0..<(35 * 4) {
                stage.clock.move(by: .hours(6))
                for number in 2...12 { stage.play(number) }
                async let first = stage.prune.scan()
                async let second = other.scan()
                _ = try await (first, second)
            }
            let about2 = stage.journal.filter { $0 == .mail(.warning, 2) || $0 == .mail(.removal, 2) }
            #expect(about2 == [.mail(.warning, 2), .mail(.removal, 2)])
            #expect(stage.journal.removals == [.remove(share: 9001)])
        }
    }

    @Test func `the mail server that took everything and delivered nothing`() async throws {
        // Taken is all that can be known. So the admin sees by what way they were told, and everything can be undone.
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            let card = try #require(
                stage.now.words.compactMap { word -> Card? in
                    if case .card(let card) = word.body { card } else { nil }
                }.first)
            let warned = try #require(card.report.fields.first { "\($0.name)".contains("Warned") })
            #expect("\(warned.value)".contains("mail"))
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .done)
            #expect(try await stage.prune.undo(2, by: "discord:1").end == .done)
            #expect(stage.journal.contains(.invite(2, libraries: [11, 12])))
        }
    }

    @Test func `the two people of one name`() async throws {
        try await Stage.open(
            Stage.wishes {
                $0.wantsApproval = false
                $0.vipNames = ["User1", "user2"]
                $0.percent = 100
            }
        ) { stage in
            stage.change { world in
                // Number 3 calls themselves what number 1 and 2 are called; only usernames protect.
                world.people[3].name = "user2"
                world.people[2].name = "user2"
            }
            try await stage.live(.days(36), watching: Array(4...12))
            // Number 1 is a VIP by username, whatever its case; 2 as well; 3 is not, and it is 3's share that goes.
            #expect(stage.journal.removals == [.remove(share: 9003)])
        }
    }

    @Test func `the one who was removed, invited at once, and removed again`() async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(33))
            #expect(stage.journal.removals.count == 1)
            #expect(try await stage.prune.undo(2, by: "discord:1").end == .done)
            let now = stage.clock.now
            stage.change { world in
                world.people[1].access = .member
                world.people[1].shareID = 9999
                world.people[1].joinedAt = now
            }
            try await stage.live(.days(27))
            #expect(stage.journal.removals.count == 1)
            #expect(stage.journal.count(.mail(.warning, 2)) == 1)
            try await stage.live(.days(2))
            #expect(stage.journal.count(.mail(.warning, 2)) == 2)
        }
    }

    @Test func `the film that was begun between the yes and the act`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            stage.before("share") {
                stage.before("streams") {
                    stage.change { $0.streams = [PruneStream(account: 1001, session: "s", title: "A Film")] }
                }
            }
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .refused)
            #expect(stage.journal.removals == [])
            // Nobody ever logs it, and it stays a sign of life.
            stage.change { $0.streams = [] }
            try await stage.live(.days(20))
            #expect(stage.journal.removals == [])
            let standing = try #require(try await stage.prune.standing(of: 2))
            #expect(standing.lastSighting?.source == .stream && standing.idle <= .days(20))
        }
    }

    @Test(arguments: [-20_440, 4380] as [Int64])
    func `the clock that was set to 1970, and to 2038`(_ days: Int64) async throws {
        try await Stage.open(everyday) { stage in
            try await stage.live(.days(20))
            stage.clock.jump(by: .days(days))
            stage.change { $0.streams = [PruneStream(account: 1001, session: "s", title: "A Film")] }
            for _ in 0..<8 {
                stage.clock.move(by: .hours(6))
                _ = try await stage.prune.scan()
                _ = try await stage.prune.lookForNew()
            }
            stage.change { $0.streams = [] }
            stage.clock.jump(by: .days(-days))
            try await stage.live(.days(6))
            #expect(Set(stage.journal).subtracting([.word("doubt")]) == [])
            // Nor is anybody safe for twelve years now.
            try await stage.live(.days(32))
            #expect(stage.journal.removals == [.remove(share: 9001)])
        }
    }

    @Test func `the server that was given to somebody else`() async throws {
        try await Stage.open(everyday) { stage in
            try await stage.live(.days(20))
            stage.change { world in
                // Olga is a guest now, with no date and no plays of her own; number 12 owns it.
                world.people[0].isOwner = false
                world.people[0].isHome = false
                world.people[0].shareID = 9100
                world.people[12].isOwner = true
                world.people[12].shareID = nil
            }
            try await stage.live(.days(26), watching: Array(1...12))
            #expect(stage.journal == [])
            let old = try #require(try await stage.prune.standing(of: 1))
            #expect(old.idle <= .days(26) && old.verdict == .active)
            #expect(try await stage.prune.standing(of: 13)?.verdict == .immune(.owner))
        }
    }

    @Test func `the hour that was there twice`() async throws {
        // Days are twenty-four hours, whatever the clocks on the wall do in March and October.
        try await Stage.open(unasked) { stage in
            let autumn = Instant(seconds: 1_792_800_000) - stage.clock.now
            stage.clock.move(by: autumn)
            stage.play(1)
            try await stage.live(.days(28))
            let notice = try #require(stage.now.notices.first)
            let seen = try #require(notice.lastSeenAt)
            let date = try #require(notice.removalAt)
            #expect(date - seen >= .days(30) && date - seen < .days(30) + .hours(7))
        }
    }

    @Test func `the one whose plays all lie before the installation`() async throws {
        try await Stage.open(unasked) { stage in
            stage.change { $0.logged[1001] = LastPlay(at: Stage.start - .days(29), title: "x") }
            try await stage.live(.days(26))
            #expect(stage.journal == [])
            let standing = try #require(try await stage.prune.standing(of: 2))
            #expect(standing.lastSighting?.at == Stage.start - .days(29) && standing.idle <= .days(26))
        }
    }
}
