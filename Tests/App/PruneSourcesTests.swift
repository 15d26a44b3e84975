// What prune is told, with every answer of the outside bent in turn: unknown, with a sentence, or the truth.

import Crypto
import Domain
import HTTP
import History
import People
import Plex
import PlexTV
import Prune
import Runtime
import Sockets
import StandIns
import Storage
import Tautulli
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1))) struct `What prune is told` {
    typealias People = HouseholdWorld.People

    private static func known<Value>(
        _ reading: Reading<Value>, _ location: SourceLocation = #_sourceLocation
    ) throws -> Value {
        try #require(reading.known, "\(reading)", sourceLocation: location)
    }

    private static func why<Value>(_ reading: Reading<Value>) -> String? {
        if case .unknown(let why) = reading { why } else { nil }
    }

    @Test func `everybody who has the server or is invited, with since when`() async throws {
        try await PruneYard.open { yard in
            let people = try Self.known(await yard.sources.people())
            #expect(
                Set(people.compactMap(\.plexID))
                    == [
                        People.robin, People.ann, People.bo, People.chris, People.dora, People.eli, People.fay,
                        People.gus, People.hana,
                    ])
            let ann = try #require(people.first { $0.plexID == People.ann })
            #expect(ann.access == .member && ann.joinedAt == yard.read { $0.person(People.ann)?.acceptedAt })
            #expect(people.first { $0.plexID == People.gus }?.access == .invited)
            #expect(people.first { $0.plexID == People.fay }?.isManaged == true)

            yard.household.change { $0.removeShare(of: People.ann) }
            let ida = yard.household.change { $0.addMember("Ida", at: yard.clock.now) }
            let later = try Self.known(await yard.sources.people())
            #expect(!later.contains { $0.plexID == People.ann } && later.contains { $0.plexID == ida })
            // As they were known, who left among them.
            let known = try Self.known(await yard.sources.known())
            #expect(known.first { $0.plexID == People.ann }?.access == .former)
            #expect(known.first { $0.plexID == People.ann }?.id == ann.id)
        }
    }

    private static let peopleRoutes = [
        "GET /api/v2/user", "GET /api/users", "GET /api/servers/{}/shared_servers",
        "GET /api/v2/shared_servers/owned/pending",
    ]
    private static let faults: [HTTPFault] = [
        .refuse, .truncated, .garbage, .html502, .status(401, .null), .status(404, .null), .status(410, .null),
        .status(429, .null), .status(500, .null), .lostAnswer,
    ]

    @Test(arguments: peopleRoutes)
    func `any doubt about who has the server, and nobody is known now`(route: String) async throws {
        try await PruneYard.open { yard in
            _ = try Self.known(await yard.sources.people())
            for fault in Self.faults {
                await yard.plexTV.fail(route, with: fault, times: 3)
                let why = Self.why(await yard.sources.people())
                await yard.plexTV.endFaults()
                #expect(why?.contains("plex.tv") == true, "\(fault)")
            }
            _ = try Self.known(await yard.sources.people())
        }
    }

    @Test(arguments: ["GET /api/users", "GET /api/servers/{}/shared_servers"], [ListFault.empty, .short])
    func `a list with 200 and nobody in it, or half of them, is no list`(
        route: String, fault: ListFault
    ) async throws {
        try await PruneYard.open { yard in
            let before = try Self.known(await yard.sources.people())
            await yard.plexTV.fail(route, with: fault)
            let why = Self.why(await yard.sources.people())
            #expect(why != nil)
            let known = try Self.known(await yard.sources.known())
            #expect(known.filter { $0.access == .member }.count == before.filter { $0.access == .member }.count)
        }
    }

    @Test func `that Tautulli or Jellyfin is away says nothing about who has the server`() async throws {
        try await PruneYard.open { yard in
            await yard.tautulli.fail("get_users", with: .status(500, .null), times: 3)
            let people = try Self.known(await yard.sources.people())
            #expect(people.count == 9)
        }
    }

    @Test func `the history, from our copy, with what Tautulli counts`() async throws {
        try await PruneYard.open { yard in
            let now = Instant(seconds: yard.clock.now.seconds)
            yard.household.change { world in
                _ = world.addPlay(of: 105, by: People.ann, started: now - .days(40))
                _ = world.addPlay(of: 102, by: People.ann, started: now - .days(3))
                _ = world.addPlay(of: 30_002, by: People.bo, started: now - .hours(4))
                _ = world.playSomethingShort(by: People.dora, endingAt: now)
            }
            let pulse = try Self.known(await yard.sources.history())
            // Tautulli and Plex tell whole seconds.
            let ends = yard.read { world in
                Dictionary(
                    world.plays.map { ($0.person, Instant(seconds: $0.stopped.seconds)) }, uniquingKeysWith: max)
            }
            #expect(pulse.rows == 3 && pulse.newest == ends[People.bo])
            #expect(pulse.accounts.mapValues(\.at) == ends.filter { $0.key != People.dora })
            #expect(pulse.accounts[People.bo]?.title.contains(": ") == true)
            // Plex has what Tautulli finds too short.
            let own = try Self.known(await yard.sources.plexHistory(now - .minutes(30)))
            #expect(own[People.dora] == LastPlay(at: now, title: "A Minute and a Half"))
            #expect(own[People.ann] == nil && own[People.bo] == nil)
        }
    }

    @Test func `an empty history is told as one, and judged elsewhere`() async throws {
        try await PruneYard.open { yard in
            let empty = try Self.known(await yard.sources.history())
            #expect(empty == HistoryPulse(newest: nil, rows: 0, accounts: [:]))
        }
    }

    @Test func `whom Tautulli does not listen to is seen, and not silent`() async throws {
        try await PruneYard.open { yard in
            _ = try Self.known(await yard.sources.people())
            yard.household.change { world in
                for person in [People.ann, People.bo, People.chris] {
                    _ = world.addPlay(of: 102, by: person, started: yard.clock.now - .days(50))
                }
            }
            // An edit that says nothing of it switches the history off; hiding somebody does as well.
            try await yard.tell("edit_user", user: People.ann)
            try await yard.tell("delete_user", user: People.bo)
            let pulse = try Self.known(await yard.sources.history())
            #expect(pulse.accounts[People.ann]?.at == yard.clock.now && pulse.accounts[People.bo]?.at == yard.clock.now)
            #expect(pulse.accounts[People.ann]?.title == "(Tautulli keeps no history of them)")
            #expect((pulse.accounts[People.chris]?.at).map { $0 < yard.clock.now - .days(49) } == true)
            #expect(pulse.newest.map { $0 < yard.clock.now - .days(49) } == true)
            // Who has no share needs no protection.
            #expect(pulse.accounts[People.gus] == nil)
            await yard.tautulli.fail("get_users", with: .status(400, ["response": ["result": "error"]]))
            let why = Self.why(await yard.sources.history())
            #expect(why?.contains("Tautulli") == true)
        }
    }

    @Test func `a play that began before all that is read anew counts`() async throws {
        try await PruneYard.open { yard in
            yard.household.change { world in
                _ = world.addPlay(of: 102, by: People.ann, started: yard.clock.now - .days(9))
            }
            _ = try Self.known(await yard.sources.history())
            await yard.clock.advance(by: .days(6))
            let now = yard.clock.now
            // Paused for eight days.
            yard.household.change { world in
                _ = world.addPlay(
                    of: 105, by: People.chris, started: Instant(seconds: now.seconds) - .days(9), paused: .days(8))
            }
            let pulse = try Self.known(await yard.sources.history())
            let end = yard.read { world in world.plays.map(\.stopped).max() }
            #expect(pulse.accounts[People.chris]?.at == end && pulse.newest == end)
        }
    }

    @Test(arguments: faults)
    func `a history that cannot be read is no empty history`(fault: HTTPFault) async throws {
        try await PruneYard.open { yard in
            yard.household.change { world in
                _ = world.addPlay(of: 102, by: People.ann, started: yard.clock.now - .days(3))
            }
            for spare in 0..<2 {
                // The first question, or one in the middle.
                if spare > 0 { await yard.tautulli.fail("get_history", with: .slow(.zero), times: spare) }
                await yard.tautulli.fail("get_history", with: fault, times: 12)
                let why = await yard.hurried { Self.why(await yard.sources.history()) }
                await yard.tautulli.endFaults()
                #expect(why?.isEmpty == false, "\(spare)")
            }
            await yard.tautulli.changeRules { $0.databaseWorks = false }
            let broken = Self.why(await yard.sources.history())
            #expect(broken?.contains("Tautulli") == true)
        }
    }

    @Test func `what runs now, and whose it is`() async throws {
        try await PruneYard.open { yard in
            let streams = try Self.known(await yard.sources.streams())
            #expect(Set(streams.map(\.account)) == [1, People.ann, People.bo, People.chris, People.fay])
            #expect(streams.allSatisfy { !$0.session.isEmpty && !$0.title.isEmpty })
            yard.household.change { $0.streams = [] }
            let none = try Self.known(await yard.sources.streams())
            #expect(none.isEmpty)
            await yard.plex.fail("GET /status/sessions", with: ListFault.short)
            yard.household.change { world in
                _ = world.startStream(of: 105, by: People.ann, at: yard.clock.now)
                _ = world.startStream(of: 102, by: People.bo, at: yard.clock.now)
            }
            let short = Self.why(await yard.sources.streams())
            #expect(short?.contains("announced") == true)
        }
    }

    @Test(arguments: faults)
    func `what Plex does not answer is unknown`(fault: HTTPFault) async throws {
        try await PruneYard.open { yard in
            await yard.plex.fail(with: fault, times: 20)
            let streams = Self.why(await yard.sources.streams())
            let history = Self.why(await yard.sources.plexHistory(yard.clock.now - .days(3)))
            let server = Self.why(await yard.sources.server())
            #expect(streams?.isEmpty == false && history?.isEmpty == false && server?.isEmpty == false)
            let people = Self.why(await yard.sources.people())
            #expect(people?.isEmpty == false)
            let person = Person(id: 1, plexID: People.ann, name: "Ann", firstSeen: yard.clock.now)
            let share = Self.why(await yard.sources.share(person))
            #expect(share?.isEmpty == false)
        }
    }

    @Test func `the server says who it is`() async throws {
        try await PruneYard.open { yard in
            let machine = try Self.known(await yard.sources.server())
            #expect(machine == yard.read { $0.machineID })
        }
    }

    @Test func `a share is known whole, or absent, or unknown`() async throws {
        try await PruneYard.open { yard in
            let people = try Self.known(await yard.sources.people())
            let chris = try #require(people.first { $0.plexID == People.chris })
            let gus = try #require(people.first { $0.plexID == People.gus })
            // The last of the list.
            let hana = try #require(people.first { $0.plexID == People.hana })
            let share = try Self.known(await yard.sources.share(chris))
            #expect(share.shareID == chris.shareID && share.account == People.chris && !share.hasAllLibraries)
            #expect(share.libraries.map(\.id) == [91_001, 91_002, 91_003])
            #expect(share.settings["filterMovies"] == "contentRating=G%2CPG|label=kids")
            #expect(share.settings["allowSync"] == "0")
            // Invited is not having it.
            let invited = await yard.sources.share(gus)
            #expect(invited == .absent)
            let jellyfinOnly = Person(id: 77, plexID: nil, name: "Jo", firstSeen: yard.clock.now)
            #expect(Self.why(await yard.sources.share(jellyfinOnly)) != nil)
            for fault in Self.faults {
                await yard.plexTV.fail("GET /api/servers/{}/shared_servers", with: fault, times: 3)
                let why = Self.why(await yard.sources.share(chris))
                await yard.plexTV.endFaults()
                #expect(why?.isEmpty == false, "\(fault)")
            }
            for fault in [ListFault.empty, .half, .short] {
                await yard.plexTV.fail("GET /api/servers/{}/shared_servers", with: fault)
                let hidden = await yard.sources.share(hana)
                #expect(Self.why(hidden) != nil, "\(fault): \(hidden)")
            }
        }
    }

    @Test func `a share is taken, verified, and given back`() async throws {
        try await PruneYard.open { yard in
            var effects = PruneEffects()
            let lost = Box<[String]>([])
            yard.outside.fill(&effects, farewell: "Your access has ended", forgets: false) { _, losses in
                lost.set(losses)
            }
            #expect(effects.forgetInTautulli == nil)
            let people = try Self.known(await yard.sources.people())
            let bo = try #require(people.first { $0.plexID == People.bo })
            let snapshot = try Self.known(await yard.sources.share(bo))
            #expect(snapshot.hasAllLibraries)

            try await effects.removeShare(snapshot)
            let after = await yard.sources.share(bo)
            #expect(after == .absent)
            // Gone already is no error.
            try await effects.removeShare(snapshot)
            let deletes = yard.plexTV.requests.entries.filter { $0.method == "DELETE" }
            #expect(deletes.allSatisfy { $0.route == "DELETE /api/servers/{}/shared_servers/{}" })
            #expect(deletes.count == 2)

            let running = try Self.known(await yard.sources.streams())
            let stream = try #require(running.first { $0.account == People.bo })
            try await effects.endStream(stream, bo)
            try await effects.endStream(stream, bo)
            let left = try Self.known(await yard.sources.streams())
            #expect(!left.contains { $0.account == People.bo } && left.count == running.count - 1)
            let asked = yard.plex.requests.entries.first { $0.route == "POST /status/sessions/terminate" }
            #expect(asked?.value("reason") == "Your access has ended")

            try await effects.invite(snapshot, bo)
            #expect(lost.value == ["They had all libraries: they get those there are now, and not those added later."])
            let invited = try Self.known(await yard.sources.people())
            #expect(invited.first { $0.plexID == People.bo }?.access == .invited)
            await yard.plexTV.accept(People.bo)
            let back = try Self.known(await yard.sources.share(bo))
            #expect(back.shareID != snapshot.shareID && back.libraries == snapshot.libraries)
            #expect(back.settings["allowSync"] == "1")
        }
    }

    @Test func `a call whose answer got lost may have happened; a refusal did not`() async throws {
        try await PruneYard.open { yard in
            var effects = PruneEffects()
            yard.outside.fill(&effects, farewell: "bye", forgets: true) { _, _ in }
            let people = try Self.known(await yard.sources.people())
            let bo = try #require(people.first { $0.plexID == People.bo })
            let snapshot = try Self.known(await yard.sources.share(bo))
            await yard.plexTV.fail("DELETE /api/servers/{}/shared_servers/{}", with: .status(401, .null))
            await #expect(throws: PlexTVError.rejectedToken) { try await effects.removeShare(snapshot) }
            await yard.plex.changeRules { $0.hasPlexPass = false }
            let stream = PruneStream(account: People.bo, session: "session3household4100003", title: "")
            await #expect(throws: PlexError.self) { try await effects.endStream(stream, bo) }
            for fault in [HTTPFault.lostAnswer, .html502, .truncated] {
                await yard.plexTV.fail("DELETE /api/servers/{}/shared_servers/{}", with: fault)
                await #expect(throws: Uncertain.self, "\(fault)") { try await effects.removeShare(snapshot) }
            }
            await yard.tautulli.fail("delete_user", with: .lostAnswer)
            let forget = try #require(effects.forgetInTautulli)
            await #expect(throws: Uncertain.self) { try await forget(bo) }
            try await forget(bo)
        }
    }

    @Test func `the stop file is looked for anew each time`() async throws {
        try await PruneYard.open { yard in
            #expect(yard.sources.stopFile() == nil)
            try Files.write([], to: yard.stopFile)
            #expect(yard.sources.stopFile()?.contains("prune.stop") == true)
            try Files.remove(yard.stopFile)
            #expect(yard.sources.stopFile() == nil)
        }
    }
}
