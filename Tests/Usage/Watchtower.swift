// `usage` before a Tautulli and a Plex of our own, over real connections, with the household's streams.

import Canvas
import Domain
import HTTP
import Plex
import Runtime
import Sockets
import StandIns
import Tautulli
import Usage

struct Watchtower: Sendable {
    enum Sources { case both, tautulliOnly, plexOnly }

    static let now = Instant(seconds: 1_767_288_600)  // 2026-01-01 17:30 UTC

    let usage: Usage
    let tautulli: TautulliStandIn
    let plex: PlexStandIn
    let household: Household
    let clock: VirtualClock

    static let anonymousChannel: UInt64 = 77

    static func open(
        _ sources: Sources = .both, world: HouseholdWorld? = nil, place: LocalTime = .utc,
        _ story: @Sendable (Watchtower) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "usage-test", log: .silent)
        let clock = VirtualClock(now)
        let household = Household(world ?? .small(now: now))
        let tautulli = try await TautulliStandIn.start(loop: loop, clock: clock, household: household)
        let plex = try await PlexStandIn.start(loop: loop, clock: clock, household: household, log: .silent)
        let http = try HTTPClient(userAgent: "Autoplex/test")
        let tautulliClient = Tautulli(
            url: tautulli.url, apiKey: Secret(tautulli.apiKey), http: http, clock: clock, log: .silent, chance: { 0 })
        let plexClient = Plex(
            url: plex.url, token: Secret(plex.token), clientIdentifier: "test", version: "1", http: http, clock: clock,
            log: .silent, patience: RetryPolicy(attempts: 1), chance: { 0 })
        let usage = Usage(
            tautulli: sources == .plexOnly ? nil : tautulliClient, plex: sources == .tautulliOnly ? nil : plexClient,
            studio: try Studio(), place: place, clock: clock, log: .silent, anonymousChannels: [anonymousChannel])
        let tower = Watchtower(usage: usage, tautulli: tautulli, plex: plex, household: household, clock: clock)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await story(tower)) } catch { outcome = .failure(error) }
        await http.stop()
        await tautulli.stop()
        await plex.stop()
        await loop.stop()
        try outcome.get()
    }

    /// Moves the clock over every pause while `story` waits.
    func hurrying<Value: Sendable>(_ story: @Sendable () async throws -> Value) async throws -> Value {
        let mover = Task { [clock] in
            while !Task.isCancelled {
                await clock.sleepers(atLeast: 1)
                await clock.advance(by: .seconds(2))
            }
        }
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await story()) } catch { outcome = .failure(error) }
        mover.cancel()
        await mover.value
        return try outcome.get()
    }

    func told(details: Bool = false, in channel: UInt64? = nil) async -> Report {
        await usage.now(in: channel, tellsDetails: details).whole
    }
}

extension Report {
    /// The field about the stream whose heading contains `title`.
    func stream(_ title: String) -> String {
        fields.first { $0.name.plainText.contains(title) }.map { $0.value.plainText } ?? ""
    }
    var text: String { plainText + " " + fields.map { $0.name.plainText }.joined(separator: " ") }
}
