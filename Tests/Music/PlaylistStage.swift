// A household's Plex with stars on its music, and the playlists feature before it with a database and a door of its own.

import Domain
import FoundationEssentials
import HTTP
import Plex
import Runtime
import Sockets
import Storage
import Synchronization
import Testing

@testable import Music
@testable import StandIns

struct PlaylistStage {
    typealias People = HouseholdWorld.People
    typealias Sections = HouseholdWorld.Sections

    let standIn: PlexStandIn
    let plex: Plex
    let database: Database
    let clock: VirtualClock

    static func run(
        _ world: HouseholdWorld = .small(), pageSize: Int = 9, attempts: Int = 1,
        _ body: (PlaylistStage) async throws -> Void
    ) async throws {
        let clock = VirtualClock()
        let folder = FileManager.default.temporaryDirectory.path + "/autoplex-lists-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let loop = try EventLoop(name: "plex", log: .silent)
        let standIn = try await PlexStandIn.start(loop: loop, clock: VirtualClock(), household: Household(world))
        let http = try HTTPClient(userAgent: "test")
        var plex = Plex(
            url: standIn.url, token: Secret(standIn.token), clientIdentifier: "test-1", version: "1", http: http,
            clock: clock, log: .silent, patience: RetryPolicy(attempts: attempts), chance: { 0 })
        plex.pageSize = pageSize
        let database = try await Database.open(path: folder + "/autoplex.db", clock: clock, schemas: [.playlists])
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await body(PlaylistStage(standIn: standIn, plex: plex, database: database, clock: clock)))
        } catch {
            outcome = .failure(error)
        }
        await database.close()
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try? FileManager.default.removeItem(atPath: folder)
        try outcome.get()
    }

    func playlists(
        _ wishes: [PlaylistWish] = [.standard], dryRun: Bool = false,
        does: (@Sendable (Plex, String) -> PlaylistEffects)? = nil
    ) -> Playlists {
        let household = standIn.household
        return Playlists(
            plex: plex, wishes: wishes, database: database, effects: Effects(database, isDryRun: dryRun), clock: clock,
            log: .silent, pause: .zero,
            tokenOf: { discord in
                // In these tests a Discord id is a plex.tv id.
                household.read { world in world.person(Int(discord)).map { Secret($0.token) } }
            }, does: does ?? { PlaylistEffects.on($0, machine: $1) })
    }

    // MARK: The household

    /// Takes all of Robin's stars away and gives these instead; the later in the list, the later it was rated.
    func rate(_ ratings: [Double], by person: Int = People.robin) -> [String] {
        standIn.household.change { world in
            let keys = world.keys(of: .track, in: Sections.music) + world.keys(of: .track, in: Sections.vinyl)
            for key in keys { world.change(key) { $0.ratings[person] = nil } }
            for (index, rating) in ratings.enumerated() {
                world.change(keys[index]) { item in
                    item.ratings[person] = rating
                    item.ratedAt[person] = Instant(seconds: 1_700_000_000 + Int64(index))
                }
            }
            return keys.prefix(ratings.count).map { "\($0)" }
        }
    }

    func star(_ key: String, _ rating: Double?, by person: Int = People.robin, at: Int64 = 1_750_000_000) {
        standIn.household.change { world in
            world.change(Int(key) ?? 0) { item in
                item.ratings[person] = rating
                item.ratedAt[person] = rating == nil ? nil : Instant(seconds: at)
            }
        }
    }

    /// A playlist somebody made by hand. Returns its rating key.
    @discardableResult
    func make(_ title: String, of keys: [String], smart: Bool = false, by person: Int = People.robin) -> Int {
        standIn.household.change { world in
            var playlist = HouseholdWorld.Playlist(
                ratingKey: world.newNumber(), person: person, title: title, isSmart: smart, entries: [],
                addedAt: Instant(seconds: 1_700_000_000), updatedAt: Instant(seconds: 1_700_000_000))
            if smart { playlist.filter = "/library/sections/3/all?type=10" }
            playlist.entries = keys.map { .init(id: world.newNumber(), ratingKey: Int($0) ?? 0) }
            world.playlists.append(playlist)
            return playlist.ratingKey
        }
    }

    /// What stands in each playlist of that name, in order.
    func lists(_ title: String = "My Top Rated", of person: Int = People.robin) -> [[String]] {
        standIn.household.read { world in
            world.playlists.filter { $0.title == title && $0.person == person }
                .map { $0.entries.map { "\($0.ratingKey)" } }
        }
    }

    func list(_ title: String = "My Top Rated", of person: Int = People.robin) -> [String] {
        lists(title, of: person).first ?? []
    }

    /// Everything that was asked for except reading.
    var writes: [PlexEntry] { standIn.requests.entries.filter { $0.method != "GET" } }
    var ledger: [LedgerEntry] { get async throws { try await Ledger(database).entries(limit: 500) } }
}

extension PlaylistRequest {
    static let robin = PlaylistRequest(.owner, actor: "discord:1")
    static var preview: PlaylistRequest { PlaylistRequest(.owner, preview: true, actor: "discord:1") }
    static var forced: PlaylistRequest { PlaylistRequest(.owner, forced: true, actor: "discord:1") }
}
