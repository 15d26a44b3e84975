// The client and the stand-in, which know each other only through what Plex is known to do.

import HTTP
import Plex
import Runtime
import Sockets
import StandIns

struct LivePlex {
    let standIn: PlexStandIn
    let plex: Plex
    let clock: VirtualClock
    let machine: String

    typealias People = HouseholdWorld.People
    typealias Music = HouseholdWorld.Music
    typealias Sections = HouseholdWorld.Sections

    static func run(
        _ world: HouseholdWorld = .small(), attempts: Int = 1, pageSize: Int = 7,
        _ body: (LivePlex) async throws -> Void
    ) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "plex", log: .silent)
        let standIn = try await PlexStandIn.start(
            loop: loop, clock: VirtualClock(), household: Household(world), log: .silent)
        let http = try HTTPClient(userAgent: "test")
        var plex = Plex(
            url: standIn.url, token: Secret(standIn.token), clientIdentifier: "test-1", version: "1", http: http,
            clock: clock, log: .silent, patience: RetryPolicy(attempts: attempts), chance: { 0 })
        plex.pageSize = pageSize
        let live = LivePlex(standIn: standIn, plex: plex, clock: clock, machine: world.machineID)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(live)) } catch { outcome = .failure(error) }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    func asking(as person: Int) throws -> Plex {
        let token = standIn.household.read { $0.person(person)?.token }
        guard let token else { throw PlexError.notFound("person \(person)") }
        return plex.acting(as: Secret(token))
    }

    /// What the household has, in its own words.
    func world<T: Sendable>(_ body: (HouseholdWorld) -> T) -> T { standIn.household.read(body) }
}
