// The removal itself: what it needs, what it does, what it does when something goes wrong, and that it is never more.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Removing somebody` {
    private let unasked = Stage.wishes { $0.wantsApproval = false }

    // MARK: How many

    @Test func `is done to one a day, the longest idle first`() async throws {
        try await Stage.open(unasked, members: 40) { stage in
            stage.change { world in
                for number in 1...3 {
                    world.logged[1000 + number] = LastPlay(at: Stage.start - .hours(Int64(24 * number)), title: "x")
                }
            }
            // Nobody is idle for longer than the time that was observed.
            let watching = Array(4...40)
            try await stage.live(.days(31), watching: watching)
            try await stage.live(.days(5), watching: watching)
            let removals = try await stage.ledger(PruneKind.remove).filter { $0.outcome == .done }.reversed()
            #expect(removals.count == 3)
            for (earlier, later) in zip(removals, removals.dropFirst()) {
                #expect(later.at - earlier.at >= .days(1))
            }
        }
    }

    @Test func `of more than a tenth at once waits until an admin says that this is right`() async throws {
        try await Stage.open(
            Stage.wishes {
                $0.wantsApproval = false; $0.perDay = 5
            }
        ) { stage in
            let watching = Array(4...12)
            try await stage.live(.days(35), watching: watching)
            #expect(stage.journal.removals == [] && stage.journal.count(.word("breaker")) == 1)
            guard case .card(let card) = stage.now.words.last?.body else {
                Issue.record("a card asks")
                return
            }
            #expect(card.kind == PruneCards.breakerKind && PruneCardSubject(card.subject)?.count == 3)
            _ = try await stage.prune.release(3, by: "discord:1")
            try await stage.live(.days(1) - .hours(6), watching: watching)
            // Five a day were allowed, and a tenth of twelve is one.
            #expect(stage.journal.removals.count == 1)
            try await stage.live(.days(3), watching: watching)
            #expect(stage.journal.removals.count == 3)
        }
    }

    @Test func `is capped by the door as well, whatever asks`() async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(33))
            #expect(stage.journal.removals.count == 1)
            let effect = Effect(
                key: "\(PruneKind.remove):3:9002", kind: PruneKind.remove, summary: "", actor: "x", subject: "person:3",
                isDestructive: true)
            guard case .refused = try await stage.effects.perform(effect, {}) else {
                Issue.record("nobody approved it")
                return
            }
        }
    }

    // MARK: An admin's word

    @Test func `waits for an admin, whose no is kept`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            var removal = try #require(try await stage.openCase())
            try await stage.live(.days(2))
            #expect(stage.journal.removals == [] && stage.journal.count(.word("approval")) == 1)
            #expect(try await stage.prune.ignore(removal.id, by: "discord:1").end == .done)
            try await stage.live(.days(6))
            #expect(stage.journal.count(.word("approval")) == 1)
            try await stage.live(.days(2))
            #expect(stage.journal.count(.word("approval")) == 2)
            #expect(try await stage.prune.hold(2, by: "discord:1").end == .done)
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .refused)
            removal = try #require(try await stage.prune.book.cases(of: 2).last)
            #expect(removal.state == .withdrawn && removal.why == "held")
            try await stage.live(.days(30) + .days(26))
            #expect(stage.journal.removals == [])
            // After the hold everything begins anew, with a warning of its own.
            try await stage.live(.days(3))
            #expect(stage.journal.count(.mail(.warning, 2)) == 2)
            #expect(try await stage.prune.vip(2, true, by: "discord:1").end == .done)
            try await stage.live(.days(90))
            #expect(stage.journal.removals == [] && stage.journal.count(.mail(.warning, 2)) == 2)
            #expect(try await stage.prune.vip(2, true, by: "discord:1").end == .alreadySo)
        }
    }

    static let meanwhile: [(name: String, change: @Sendable (Stage) async throws -> Void)] = [
        ("they watch", { $0.play(1) }),
        (
            "they are watching now",
            { stage in
                stage.change { $0.streams = [PruneStream(account: 1001, session: "s", title: "t")] }
            }
        ),
        (
            "they played something too short for Tautulli",
            { stage in
                let at = stage.clock.now
                stage.change { $0.own[1001] = LastPlay(at: at, title: "A Trailer") }
            }
        ),
        (
            "a play of two days ago arrives late",
            { stage in
                let at = stage.clock.now - .days(2)
                stage.change { $0.own[1001] = LastPlay(at: at, title: "Offline") }
            }
        ),
        ("they say that they are here", { stage in _ = try await stage.prune.here(2, way: "link") }),
        (
            "they go on a break",
            { stage in
                _ = try await stage.prune.pause(2, until: stage.clock.now + .days(5), by: "person:2")
            }
        ),
        ("they are held", { stage in _ = try await stage.prune.hold(2, by: "discord:1") }),
        ("they become a VIP", { stage in _ = try await stage.prune.vip(2, true, by: "discord:1") }),
        ("they join the Home", { stage in stage.change { $0.people[1].isHome = true } }),
        ("their share is another one", { stage in stage.change { $0.people[1].shareID = 7777 } }),
        ("they left", { stage in stage.change { $0.people[1].access = .former } }),
        ("their account is another one", { stage in stage.change { $0.people[1].plexID = 4444 } }),
        ("prune is stopped", { stage in _ = try await stage.prune.stop(by: "discord:1") }),
        ("the stop file lies there", { stage in stage.change { $0.stopFile = "prune.stop lies in /config" } }),
        ("their share cannot be read", { stage in stage.change { $0.shareFault = .unknown(why: "500") } }),
        (
            "their share has no libraries",
            { stage in
                stage.change { world in
                    world.shareFault = .known(
                        ShareSnapshot(machine: "machine", shareID: 9001, account: 1001, libraries: []))
                }
            }
        ),
        (
            "the share is somebody else's",
            { stage in
                stage.change { world in
                    world.shareFault = .known(
                        ShareSnapshot(
                            machine: "machine", shareID: 9001, account: 1002, hasAllLibraries: true, libraries: []))
                }
            }
        ),
        (
            "the share is another server's",
            { stage in
                stage.change { world in
                    world.shareFault = .known(
                        ShareSnapshot(
                            machine: "other", shareID: 9001, account: 1001, hasAllLibraries: true, libraries: []))
                }
            }
        ),
    ]

    @Test(arguments: 0..<18)
    func `reads everything about them again, and leaves them alone when`(_ index: Int) async throws {
        let (_, change) = Self.meanwhile[index]
        try await Stage.open(Stage.week) { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            try await change(stage)
            let answer = try await stage.prune.approve(removal.id, by: "discord:1")
            #expect(answer.end == .refused && stage.journal.removals == [])
        }
    }

    /// The waits of a removal, in their order, and how many of them come before the last time each thing is looked at.
    static let waits = ["streams", "server", "people", "plexHistory", "history", "share"]
    static let late: [(name: String, seenBefore: Int)] = [
        ("they watch", 5), ("they are watching now", 6), ("they say that they are here", 6), ("they go on a break", 6),
        ("they are held", 6), ("they become a VIP", 6), ("they join the Home", 3), ("prune is stopped", 6),
        ("the stop file lies there", 6), ("their share cannot be read", 6),
    ]

    @Test(arguments: 0..<10)
    func `looks again after every wait, and leaves them alone when meanwhile`(_ index: Int) async throws {
        let (name, count) = Self.late[index]
        let change = try #require(Self.meanwhile.first { $0.name == name }).change
        for wait in Self.waits.prefix(count) {
            try await Stage.open(Stage.week) { stage in
                try await stage.untilDue()
                let removal = try #require(try await stage.openCase())
                stage.before(wait) { try await change(stage) }
                let answer = try await stage.prune.approve(removal.id, by: "discord:1")
                #expect(answer.end == .refused && stage.journal.removals == [], "\(name), while asking for \(wait)")
            }
        }
    }

    @Test func `needs a yes that is not old, and not the settings' of another time`() async throws {
        try await Stage.open(Stage.week) { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            stage.change { $0.removeError = Down() }
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .refused)
            try await stage.live(.days(6))
            let tried = stage.journal.removals.count
            #expect(tried > 10 && stage.journal.count(.word("approval")) == 1)
            try await stage.live(.days(2))
            let last = stage.journal.removals.count
            #expect(stage.journal.count(.word("approval")) == 2)
            try await stage.live(.days(2))
            #expect(stage.journal.removals.count == last)
            #expect(try #require(try await stage.openCase()).state == .asked)
        }
        var wishes = Stage.week
        wishes.wantsApproval = false
        try await Stage.open(wishes) { stage in
            stage.change { $0.removeError = Down() }
            try await stage.live(.days(8))
            let tried = stage.journal.removals.count
            #expect(tried > 0)
            let (careful, _) = try await stage.another(Stage.week)
            stage.clock.move(by: .hours(6))
            stage.play(2)
            _ = try await careful.scan()
            #expect(stage.journal.removals.count == tried)
            #expect(try #require(try await stage.openCase()).state == .asked)
        }
    }

    @Test func `after a long time without an answer is warned of once more`() async throws {
        try await Stage.open(Stage.week) { stage in
            try await stage.untilDue()
            try await stage.live(.days(11))
            #expect(stage.journal.count(.mail(.warning, 2)) == 1)
            try await stage.live(.days(2))
            #expect(stage.journal.count(.mail(.warning, 2)) == 2)
            let removal = try #require(try await stage.openCase())
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .refused)
            try await stage.live(.days(4))
            #expect(stage.journal.removals == [.remove(share: 9001)])
        }
    }

    @Test(arguments: ["they say that they are here", "they are held", "they become a VIP", "prune is stopped"])
    func `looks once more when everything is written down and nothing but the call is left`(_ name: String) async throws
    {
        let change = try #require(Self.meanwhile.first { $0.name == name }).change
        try await Stage.open(Stage.week) { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            // The streams are asked a second time after the removal was claimed.
            stage.before("share") { stage.before("streams") { try await change(stage) } }
            let answer = try await stage.prune.approve(removal.id, by: "discord:1")
            #expect(answer.end == .refused && stage.journal.removals == [])
            #expect(try #require(try await stage.prune.book.cases(of: 2).last).snapshot != nil)
        }
    }

    // MARK: What it does

    @Test func `takes this one share, ends what runs, and touches nothing else`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            let before = stage.journal.count
            stage.before("remove") {
                stage.change {
                    $0.streams = [
                        PruneStream(account: 1001, session: "s1", title: "t"),
                        PruneStream(account: 1002, session: "s2", title: "t"),
                    ]
                }
            }
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .done)
            #expect(
                stage.journal.dropFirst(before) == [
                    .remove(share: 9001), .end(session: "s1"), .mail(.removal, 2), .word("removal"),
                ])
            let after = try #require(try await stage.prune.book.cases(of: 2).last)
            #expect(after.state == .removed && after.isClosed && after.snapshot?.libraries.map(\.id) == [11, 12])
            #expect(after.snapshot?.settings == ["allowSync": "1"])
            try await stage.live(.days(3))
            #expect(stage.journal.count == before + 4)
        }
    }

    @Test func `forgets them in Tautulli only where the owner asked for it`() async throws {
        try await Stage.open(Stage.wishes { $0.deletesInTautulli = true }) { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .done)
            #expect(stage.journal.contains(.forget(2)))
        }
    }

    @Test func `that fails is kept and tried again, and never becomes another call`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            stage.change { $0.removeError = Down() }
            let answer = try await stage.prune.approve(removal.id, by: "discord:1")
            #expect(answer.end == .refused)
            try await stage.live(.days(2))
            let tried = stage.journal.removals.count
            #expect(tried > 3 && Set(stage.journal.removals) == [.remove(share: 9001)])
            #expect(stage.journal.count(.word("failure")) == 1)
            #expect(try #require(try await stage.openCase()).state == .failed)
            stage.change { $0.removeError = nil }
            try await stage.live(.hours(6))
            #expect(stage.journal.removals.count == tried + 1)
            #expect(try #require(try await stage.prune.book.cases(of: 2).last).state == .removed)
        }
    }

    @Test func `that failed and happened is known to have happened by the list`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            stage.change { world in
                world.removeError = Down(description: "504")
                world.removeHappens = true
            }
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .done)
            #expect(stage.journal.removals.count == 1)
            #expect(try await stage.prune.undo(2, by: "discord:1").end == .done)
        }
    }

    @Test func `that plex.tv only says is done is not believed until the list says so`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            stage.change { $0.removeIsIgnored = true }
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .unclear)
            #expect(stage.journal.count(.word("removal")) == 0)
            // Asked again by the next look: it is still there, so it did not happen, and is tried again.
            stage.change { $0.removeIsIgnored = false }
            try await stage.live(.days(2))
            #expect(stage.journal.removals.count == 2)
            #expect(try #require(try await stage.prune.book.cases(of: 2).last).state == .removed)
        }
    }

    @Test func `whose end nobody knows is asked about until somebody does, and not repeated`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            stage.before("remove") { stage.change { $0.shareFault = .unknown(why: "500") } }
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .unclear)
            let scans = try await stage.live(.days(2))
            #expect(scans.allSatisfy { !$0.troubles.isEmpty })
            #expect(stage.journal.removals.count == 1)
            stage.change { $0.shareFault = nil }
            try await stage.live(.hours(6))
            #expect(stage.journal.removals.count == 1)
            let after = try #require(try await stage.prune.book.cases(of: 2).last)
            #expect(after.state == .removed && after.isClosed)
            #expect(stage.journal.suffix(2) == [.mail(.removal, 2), .word("removal")])
            let scan = try await stage.prune.scan()
            #expect(scan.end == .whole)
        }
    }
}
