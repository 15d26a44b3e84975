// Every call against the stand-in of plex.tv over a real socket, in the same household the stand-in of Plex serves.

import HTTP
import PlexTV
import Runtime
import Sockets
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `plex.tv, live` {
    typealias People = HouseholdWorld.People

    private struct Live {
        let standIn: PlexTVStandIn
        let tv: PlexTV
        let clock: VirtualClock
        let world: HouseholdWorld
        var machine: String { world.machineID }
    }

    private static func run(_ body: (Live) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "plex.tv", log: .silent)
        let world = HouseholdWorld.small()
        let standIn = try await PlexTVStandIn.start(
            loop: loop, clock: clock, household: Household(world), plex: "http://127.0.0.1:1", log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let tv = PlexTV(
            url: standIn.url, token: Secret(standIn.token), clientIdentifier: "test-1", version: "1", http: http,
            clock: clock, log: .silent, patience: RetryPolicy(attempts: 1), chance: { 0 })
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(Live(standIn: standIn, tv: tv, clock: clock, world: world))) } catch {
            outcome = .failure(error)
        }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    @Test func `the owner is who the token says`() async throws {
        try await Self.run { live in
            let user = try await live.tv.user()
            #expect(user.id == People.robin)
            #expect(user.hasPlexPass)
            try await live.tv.ping()
            let stranger = live.tv.acting(as: Secret("nobody's"))
            let refused = await failure { _ = try await stranger.user() }
            #expect(refused == .rejectedToken)
        }
    }

    @Test func `everyone with a share is known by id, with since when and what`() async throws {
        try await Self.run { live in
            let shares = try await live.tv.shares(ofServer: live.machine, lastCount: 1)
            let expected = live.world.people.filter { $0.acceptedAt != nil && $0.shareID != nil && !$0.isOwner }
            #expect(Set(shares.map(\.userID)) == Set(expected.map(\.id)))
            for person in expected {
                let share = try #require(shares.first { $0.userID == person.id })
                #expect(share.acceptedAt == person.acceptedAt)
                #expect(share.invitedAt == person.invitedAt)
                #expect(share.id == person.shareID)
                #expect(share.accessToken != nil)
            }
            let people = try await live.tv.users(lastCount: expected.count)
            #expect(!people.contains { $0.id == People.robin })
            #expect(people.first { $0.id == People.fay }?.isManaged == true)
            #expect(people.first { $0.id == People.ann }?.servers.first?.machineIdentifier == live.machine)
        }
    }

    @Test func `libraries come with both ids`() async throws {
        try await Self.run { live in
            let sections = try await live.tv.sections(ofServer: live.machine)
            #expect(sections.first { $0.key == 3 }?.id == live.world.section(3)?.globalID)
            #expect(sections.count == live.world.sections.count)
            let resources = try await live.tv.resources()
            #expect(resources.contains { $0.isServer && $0.isOwned && $0.clientIdentifier == live.machine })
        }
    }

    @Test func `somebody proves who they are`() async throws {
        try await Self.run { live in
            let pin = try await live.tv.makePIN()
            #expect(pin.expiresAt > live.clock.now)
            let waiting = try await live.tv.state(of: pin)
            #expect(waiting == .waiting)
            let approved = await live.standIn.approve(pin: pin.code, as: People.ann)
            #expect(approved)
            let token = try #require(try await live.tv.token(from: pin))
            let user = try await live.tv.acting(as: token).user()
            #expect(user.id == People.ann)
        }
    }

    @Test func `nobody approves, and the code runs out`() async throws {
        try await Self.run { live in
            let pin = try await live.tv.makePIN()
            await live.clock.advance(by: .days(1))
            let state = try await live.tv.state(of: pin)
            #expect(state == .expired)
            let token = try await live.tv.token(from: pin)
            #expect(token == nil)
        }
    }

    @Test func `a person is invited, answers, and is let go of this server only`() async throws {
        try await Self.run { live in
            let music = try #require(live.world.section(3)?.globalID)
            let before = try await live.tv.invitations(toServer: live.machine)
            #expect(before.contains { $0.userID == People.gus })
            let shares = try await live.tv.shares(ofServer: live.machine, lastCount: 1)
            let ann = try #require(shares.first { $0.userID == People.ann })
            try await live.tv.setSections([music], ofShare: ann.id, onServer: live.machine)
            let narrowed = try await live.tv.shares(ofServer: live.machine, lastCount: shares.count)
            #expect(narrowed.first { $0.userID == People.ann }?.sections.filter(\.isShared).map(\.key) == [3])

            let removed = try await live.tv.removeShare(ann.id, ofServer: live.machine)
            let again = try await live.tv.removeShare(ann.id, ofServer: live.machine)
            #expect(removed)
            #expect(!again)
            let after = try await live.tv.shares(ofServer: live.machine, lastCount: shares.count)
            #expect(Set(shares.map(\.userID)).subtracting(after.map(\.userID)) == [People.ann])

            try await live.tv.invite(.named("newcomer@example.org"), toServer: live.machine, sections: [music])
            let invited = try await live.tv.invitations(toServer: live.machine)
            #expect(invited.count == before.count + 1)
            #expect(invited.contains { $0.email == "newcomer@example.org" })
        }
    }

    @Test func `every fault at every read is an error, never an empty house`() async throws {
        let reads: [(String, @Sendable (PlexTV) async throws -> Void)] = [
            ("user", { _ = try await $0.user() }), ("users", { _ = try await $0.users(lastCount: 0) }),
            ("shares", { _ = try await $0.shares(ofServer: HouseholdWorld.small().machineID, lastCount: 0) }),
            ("sections", { _ = try await $0.sections(ofServer: HouseholdWorld.small().machineID) }),
            ("resources", { _ = try await $0.resources() }),
            ("invitations", { _ = try await $0.invitations(toServer: HouseholdWorld.small().machineID) }),
        ]
        let faults: [(HTTPFault, @Sendable (PlexTVError) -> Bool)] = [
            (.refuse, { if case .unreachable = $0 { true } else { false } }),
            (.truncated, { if case .unreachable = $0 { true } else { false } }),
            (.garbage, { if case .unreadable = $0 { true } else { false } }),
            (.html502, { $0 == .unavailable(status: 502) }), (.status(401, .null), { $0 == .rejectedToken }),
            (.status(404, .null), { if case .notFound = $0 { true } else { false } }),
            (.status(410, .null), { if case .gone = $0 { true } else { false } }),
            (.status(429, .null), { $0 == .tooMany }),
        ]
        try await Self.run { live in
            for (fault, isRight) in faults {
                for (name, call) in reads {
                    await live.standIn.fail(with: fault, times: 3)
                    let error = await failure { try await call(live.tv) }
                    await live.standIn.endFaults()
                    #expect(error.map(isRight) == true, "\(name), \(fault): \(String(describing: error))")
                }
            }
        }
    }
}
