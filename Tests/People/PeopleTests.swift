// The people of a household, found and linked: against the stand-ins of Plex, plex.tv and Tautulli.

import Crypto
import Domain
import FoundationEssentials
import HTTP
import Jellyfin
import Plex
import PlexTV
import Runtime
import Sockets
import StandIns
import Storage
import Tautulli
import Testing

@testable import People

@Suite(.timeLimit(.minutes(1))) struct PeopleTests {
    typealias Ids = HouseholdWorld.People

    struct House {
        let people: People
        let census: PeopleScan
        let signIn: PlexSignIn
        let jellyfinSignIn: JellyfinSignIn
        let plexTV: PlexTVStandIn
        let jellyfin: JellyfinStandIn
        let tautulli: TautulliStandIn
        let household: Household
        let clock: VirtualClock
        let database: Database
        let path: String
    }

    static func with(_ body: (House) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/people-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = VirtualClock()
        let loop = try EventLoop(name: "household", log: .silent)
        let household = Household(.small(now: clock.now))
        let plexStandIn = try await PlexStandIn.start(loop: loop, clock: clock, household: household, log: .silent)
        let plexTVStandIn = try await PlexTVStandIn.start(
            loop: loop, clock: clock, household: household, plex: plexStandIn.url, log: .silent)
        let tautulliStandIn = try await TautulliStandIn.start(
            loop: loop, clock: clock, household: household, log: .silent)
        let jellyfinStandIn = try await JellyfinStandIn.start(
            loop: loop, clock: clock, household: household, log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let database = try await Database.open(path: folder + "/a.db", clock: clock, schemas: [.people])
        let people = People(database, key: .random())
        let plex = Plex(
            url: plexStandIn.url, token: Secret(plexStandIn.token), clientIdentifier: "test-1", version: "1",
            http: http,
            clock: clock, log: .silent, patience: RetryPolicy(attempts: 1))
        let plexTV = PlexTV(
            url: plexTVStandIn.url, token: Secret(plexTVStandIn.token), clientIdentifier: "test-1", version: "1",
            http: http, clock: clock, log: .silent, patience: RetryPolicy(attempts: 1))
        let tautulli = Tautulli(
            url: tautulliStandIn.url, apiKey: Secret(tautulliStandIn.apiKey), http: http, clock: clock, log: .silent)
        let jellyfin = Jellyfin(
            url: jellyfinStandIn.url, apiKey: Secret(jellyfinStandIn.apiKey),
            identity: JellyfinIdentity(deviceID: "test-1", version: "1"), http: http, clock: clock, log: .silent,
            patience: RetryPolicy(attempts: 1))
        let census = PeopleScan(
            people: people, plex: plex, plexTV: plexTV, tautulli: tautulli, jellyfin: jellyfin, clock: clock)
        let house = House(
            people: people, census: census,
            signIn: PlexSignIn(people: people, plexTV: plexTV, plex: plex, census: census),
            jellyfinSignIn: JellyfinSignIn(people: people, jellyfin: jellyfin, clock: clock, log: .silent),
            plexTV: plexTVStandIn, jellyfin: jellyfinStandIn, tautulli: tautulliStandIn, household: household,
            clock: clock, database: database, path: folder + "/a.db")
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(house)) } catch { outcome = .failure(error) }
        await database.close()
        await http.stop()
        await jellyfinStandIn.stop()
        await tautulliStandIn.stop()
        await plexTVStandIn.stop()
        await plexStandIn.stop()
        await loop.stop()
        try outcome.get()
    }

    static func person(_ house: House, _ id: Int) async throws -> Person {
        let found = try await house.people.person(plex: id)
        return try #require(found)
    }

    @Test func `the household is found, each with what plex.tv says of them`() async throws {
        try await Self.with { house in
            let report = try await house.census.run()
            #expect(report?.tone != .warning)
            let robin = try await Self.person(house, Ids.robin)
            #expect(robin.isOwner && robin.localID == 1 && robin.access == .member)
            let ann = try await Self.person(house, Ids.ann)
            let accepted = house.household.read { $0.person(Ids.ann)?.acceptedAt }
            #expect(ann.access == .member && ann.joinedAt == accepted && ann.localID == Ids.ann)
            let gus = try await Self.person(house, Ids.gus)
            #expect(gus.access == .invited && gus.joinedAt == nil)
            let fay = try await Self.person(house, Ids.fay)
            #expect(fay.isManaged && fay.access == .member && !fay.name.isEmpty)
        }
    }

    @Test func `which libraries each may see is kept`() async throws {
        try await Self.with { house in
            _ = try await house.census.run()
            let (ann, chris) = (try await Self.person(house, Ids.ann), try await Self.person(house, Ids.chris))
            #expect(ann.libraries == .all && chris.libraries == .only([1, 2, 3]))
            house.household.change { world in
                for index in world.people.indices where world.people[index].id == Ids.chris {
                    world.people[index].sections = [1]
                }
            }
            await house.plexTV.fail("GET /api/servers/{}/shared_servers", with: .html502, times: 2)
            _ = try await house.census.run()
            let before = try await Self.person(house, Ids.chris)
            #expect(before.libraries == .only([1, 2, 3]))
            await house.plexTV.endFaults()
            _ = try await house.census.run()
            let after = try await Self.person(house, Ids.chris)
            #expect(after.libraries == .only([1]))
        }
    }

    @Test(arguments: ["GET /api/users", "GET /api/servers/{}/shared_servers", "GET /api/v2/user"])
    func `a day on which plex.tv fails changes nobody`(_ route: String) async throws {
        try await Self.with { house in
            _ = try await house.census.run()
            let before = try await house.people.all()
            for fault: HTTPFault in [.html502, .garbage, .truncated, .status(401, .null), .refuse] {
                // Twice: a line that dies before the answer is tried once more by itself.
                await house.plexTV.fail(route, with: fault, times: 2)
                let report = try await house.census.run()
                #expect(report?.tone == .warning)
                await house.plexTV.endFaults()
                let after = try await house.people.all()
                #expect(after == before)
            }
        }
    }

    @Test func `who left is former, who comes back is the same person`() async throws {
        try await Self.with { house in
            _ = try await house.census.run()
            let ann = try await Self.person(house, Ids.ann)
            let share = house.household.change { world -> Int? in
                let index = world.people.firstIndex { $0.id == Ids.ann }!
                defer { world.people[index].shareID = nil }
                return world.people[index].shareID
            }
            _ = try await house.census.run()
            let gone = try await Self.person(house, Ids.ann)
            #expect(gone.access == .former && gone.id == ann.id)
            house.household.change { world in
                let index = world.people.firstIndex { $0.id == Ids.ann }!
                world.people[index].shareID = share
            }
            _ = try await house.census.run()
            let back = try await Self.person(house, Ids.ann)
            #expect(back == ann)
        }
    }

    @Test func `signing in at plex.tv links, and only the one who asked`() async throws {
        try await Self.with { house in
            _ = try await house.census.run()
            let (url, ticket, _) = try await house.signIn.begin(for: 11)
            #expect(url.contains("/auth#?clientID=test-1&code="))
            let early = try await house.signIn.finish(ticket, for: 11)
            #expect(early == .notYet)
            let pins = house.plexTV.openPins
            await house.plexTV.approve(pin: try #require(pins.first), as: Ids.ann)
            let thief = try await house.signIn.finish(ticket, for: 12)
            #expect(thief == .expired)
            let outcome = try await house.signIn.finish(ticket, for: 11)
            let ann = try await Self.person(house, Ids.ann)
            #expect(outcome == .linked(ann))
            let linked = try await house.people.person(discord: 11)
            #expect(linked == ann)
            let proof = try await house.people.link(of: 11)?.proof
            #expect(proof == .signedIn)
            let rows = try await Ledger(house.database).entries(matching: LedgerFilter(action: "people.link"))
            #expect(rows.map(\.subject) == [ann.subject] && rows.map(\.actor) == ["discord:11"])
        }
    }

    @Test func `a token is kept sealed, and goes with the link`() async throws {
        try await Self.with { house in
            _ = try await house.census.run()
            let ann = try await Self.person(house, Ids.ann)
            try await house.people.link(11, to: ann, proof: .signedIn, token: Secret("a-token-that-must-not-be-seen"))
            let token = try await house.people.token(of: ann.id)
            #expect(token?.reveal() == "a-token-that-must-not-be-seen")
            for file in ["", "-wal"] {
                let bytes = FileManager.default.contents(atPath: house.path + file).map { [UInt8]($0) } ?? []
                #expect(!String(decoding: bytes, as: UTF8.self).contains("must-not-be-seen"))
            }
            let unlinked = try await house.people.unlink(11, by: "discord:11")
            #expect(unlinked)
            let gone = try await house.people.token(of: ann.id)
            #expect(gone == nil)
            let again = try await house.people.unlink(11, by: "discord:11")
            #expect(!again)
        }
    }

    @Test func `a Plex account without this server is a stranger`() async throws {
        try await Self.with { house in
            _ = try await house.census.run()
            let (_, ticket, _) = try await house.signIn.begin(for: 13)
            let pins = house.plexTV.openPins
            await house.plexTV.approve(pin: try #require(pins.first), as: Ids.gus)
            let outcome = try await house.signIn.finish(ticket, for: 13)
            guard case .stranger = outcome else { Issue.record("\(outcome)"); return }
            let link = try await house.people.link(of: 13)
            #expect(link == nil)
        }
    }

    @Test func `a sign-in that ran out says so`() async throws {
        try await Self.with { house in
            let (_, ticket, expires) = try await house.signIn.begin(for: 11)
            await house.clock.advance(by: expires - house.clock.now + .seconds(1))
            let outcome = try await house.signIn.finish(ticket, for: 11)
            #expect(outcome == .expired)
            let nonsense = try await house.signIn.finish("{", for: 11)
            #expect(nonsense == .expired)
        }
    }

    @Test func `a linked person's token opens this server`() async throws {
        try await Self.with { house in
            _ = try await house.census.run()
            let (_, ticket, _) = try await house.signIn.begin(for: 11)
            let pins = house.plexTV.openPins
            await house.plexTV.approve(pin: try #require(pins.first), as: Ids.ann)
            _ = try await house.signIn.finish(ticket, for: 11)
            let token = try await house.signIn.serverToken(of: 11)
            let expected = house.household.read { $0.person(Ids.ann)?.token }
            #expect(token?.reveal() == expected)
            let nobody = try await house.signIn.serverToken(of: 99)
            #expect(nobody == nil)
        }
    }
}
