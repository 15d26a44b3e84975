// The client before a Tautulli of our own, over real connections; and before a server that says whatever a test wants.

import HTTP
import Runtime
import Sockets
import StandIns
import Tautulli
import Testing

struct House: Sendable {
    typealias People = HouseholdWorld.People
    typealias Music = HouseholdWorld.Music

    static let now = Instant(seconds: 1_767_225_600)

    let tautulli: Tautulli
    let standIn: TautulliStandIn
    let clock: VirtualClock
    let http: HTTPClient

    var household: Household { standIn.household }

    /// Everything the client asked, command by command.
    var asked: [String] { standIn.requests.entries.map(\.command) }

    func play(_ key: Int, by person: Int = People.ann, daysAgo: Int64 = 1, hour: Int64 = 0, percent: Int = 100) {
        household.change { world in
            _ = world.addPlay(
                of: key, by: person, started: Self.now - .days(daysAgo) + .hours(hour), percent: percent)
        }
    }

    static func open(
        rules: TautulliRules = .standard, key: String? = nil, path: String = "", world: HouseholdWorld? = nil,
        _ story: @Sendable (House) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "tautulli-test", log: .silent)
        let clock = VirtualClock(now)
        let standIn = try await TautulliStandIn.start(
            loop: loop, clock: clock, household: Household(world ?? .small(now: now)), rules: rules)
        let http = try HTTPClient(userAgent: "Autoplex/test")
        let tautulli = Tautulli(
            url: standIn.url + path, apiKey: Secret(key ?? standIn.apiKey), http: http, clock: clock, log: .silent,
            chance: { 0 })
        let house = House(tautulli: tautulli, standIn: standIn, clock: clock, http: http)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await story(house)) } catch { outcome = .failure(error) }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    /// What a question ends with when the clock is moved over every pause.
    func failure<Value: Sendable>(
        _ question: @escaping @Sendable (Tautulli) async throws(TautulliError) -> Value
    ) async -> TautulliError? {
        let mover = Task { [clock] in
            while !Task.isCancelled {
                await clock.sleepers(atLeast: 1)
                await clock.advance(by: .seconds(40))
            }
        }
        var failure: TautulliError?
        do throws(TautulliError) { _ = try await question(tautulli) } catch { failure = error }
        mover.cancel()
        await mover.value
        return failure
    }
}

/// A server that gives one answer to everything, and a client before it.
func hearing(
    _ status: Int, _ body: String, type: String = "application/json",
    _ story: @Sendable (Tautulli) async throws -> Void
) async throws {
    let loop = try EventLoop(name: "tautulli-test", log: .silent)
    let answer: @Sendable (ServerRequest) async -> ServerResponse = { _ in
        .bytes(Array(body.utf8), type: type, status: status)
    }
    let server = try await HTTPServer.start(
        on: loop, port: 0, routes: [.post("/api/v2", answer)], log: .silent)
    let http = try HTTPClient(userAgent: "Autoplex/test")
    let tautulli = Tautulli(
        url: "http://127.0.0.1:\(server.port)/", apiKey: Secret("k"), http: http, clock: SystemClock(), log: .silent)
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await story(tautulli)) } catch { outcome = .failure(error) }
    await http.stop()
    await server.stop()
    await loop.stop()
    try outcome.get()
}
