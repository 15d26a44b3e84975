// The household's music with Enrichment over the stand-ins of all three services, and a database: for the length of a
// test.

import Discogs
import HTTP
import Music
import MusicBrainz
import Plex
import Runtime
import Sockets
import StandIns
import Storage

typealias Discs = HouseholdWorld.Music

struct JazzCellar: Sendable {
    let plexStandIn: PlexStandIn
    let recordStandIn: MusicBrainzStandIn
    let shopStandIn: DiscogsStandIn
    let plex: Plex
    let musicBrainz: MusicBrainzClient
    let discogs: DiscogsClient
    let database: Database
    let clock: VirtualClock
    let effects: Effects
    let enrichment: Enrichment

    static func open(
        _ world: HouseholdWorld = .small(), isDryRun: Bool = false, settings: EnrichSettings = EnrichSettings(),
        hasDiscogs: Bool = true, doing: (@Sendable (JazzCellar.Doors) -> EnrichEffects)? = nil,
        _ body: (JazzCellar) async throws -> Void
    ) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "stand-ins", log: .silent)
        let server = try await PlexStandIn.start(loop: loop, clock: clock, household: Household(world))
        let records = try await MusicBrainzStandIn.start(loop: loop, clock: clock, rules: .mirror)
        let shop = try await DiscogsStandIn.start(loop: loop, clock: clock)
        let http = try HTTPClient(userAgent: "nobody")
        let folder = "/tmp/autoplex-enrich-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        let database = try await Database.open(
            path: folder + "/a.db", clock: clock, schemas: [.music, .enrich])
        let plex = Plex(
            url: server.url, token: Secret(server.token), clientIdentifier: "test", version: "1", http: http,
            clock: clock, log: .silent, patience: RetryPolicy(attempts: 1), chance: { 0 })
        let musicBrainz = MusicBrainzClient(
            address: records.url, userAgent: "Autoplex/test ( a@b )", http: http, clock: clock, log: .silent)
        let discogs = DiscogsClient(
            address: shop.url, userAgent: "Autoplex/test", token: Secret(shop.token), http: http, clock: clock,
            log: .silent)
        let effects = Effects(database, isDryRun: isDryRun)
        let cellar = JazzCellar(
            plexStandIn: server, recordStandIn: records, shopStandIn: shop, plex: plex, musicBrainz: musicBrainz,
            discogs: discogs,
            database: database, clock: clock, effects: effects,
            enrichment: Enrichment(
                plex: plex, musicBrainz: musicBrainz, discogs: hasDiscogs ? discogs : nil, effects: effects,
                database: database, settings: settings, doing: doing?(Doors(plex: plex, server: server)), log: .silent))
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(cellar)) } catch { outcome = .failure(error) }
        await database.close()
        await http.stop()
        await server.stop()
        await records.stop()
        await shop.stop()
        await loop.stop()
        for file in try Files.list(folder) { try Files.remove(folder + "/" + file) }
        try outcome.get()
    }

    /// What a test's own effects may reach.
    struct Doors: Sendable {
        let plex: Plex
        let server: PlexStandIn
    }

    // MARK: What stands in Plex

    func summary(_ album: Int) -> String { plexStandIn.household.read { $0.items[album]?.summary ?? "?" } }
    func isLocked(_ album: Int) -> Bool { plexStandIn.household.read { $0.items[album]?.isSummaryLocked ?? false } }

    func write(_ summary: String, locked: Bool = false, in album: Int) {
        plexStandIn.household.change { world in
            world.change(album) {
                $0.summary = summary
                $0.isSummaryLocked = locked
            }
        }
    }

    var puts: [PlexEntry] { plexStandIn.requests.entries.filter { $0.method == "PUT" } }

    func key(_ title: String) -> Int {
        plexStandIn.household.read { world in
            world.items.values.first { $0.kind == .album && $0.title == title }?.ratingKey ?? 0
        }
    }

    // MARK: What is asked

    /// The change that a preview offers.
    func change(_ album: Int, release: String? = nil) async throws -> SummaryChange {
        let finding = try await enrichment.look(at: "\(album)", release: release.flatMap { MBID($0) })
        guard case .preview(let change, _, _, _) = finding else { throw NoPreview(finding: "\(finding)") }
        return change
    }

    struct NoPreview: Error { var finding: String }

    @discardableResult
    func enrich(_ album: Int) async throws -> Written {
        try await enrichment.carryOut(try await change(album), by: "discord:1")
    }

    /// Lets the clock run while `body` waits for it.
    func patiently<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let ticking = Task { [clock] in
            while !Task.isCancelled {
                await clock.sleepers(atLeast: 1)
                await clock.advance(by: .seconds(30))
            }
        }
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        ticking.cancel()
        await ticking.value
        return try outcome.get()
    }
}
