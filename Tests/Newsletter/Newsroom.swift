// The newsletter over a real copy of the history, a real Tautulli and a real Plex, as far as stand-ins are: put together
// as the program does it.

import Domain
import FoundationEssentials
import HTTP
import History
import Newsletter
import Plex
import Runtime
import Sockets
import StandIns
import Storage
import Tautulli
import Testing

struct Newsroom {
    /// Monday, midnight, five hours behind Greenwich: nobody of the household is up at that hour.
    static let monday = Instant(seconds: 1_770_008_400)
    static let place = LocalTime(zone: "Etc/GMT+5") ?? .utc

    let newsletter: Newsletter
    let history: History
    let tautulli: Tautulli
    let tautulliStandIn: TautulliStandIn
    let plexStandIn: PlexStandIn
    let household: Household
    let database: Database
    let clock: VirtualClock

    var week: NewsletterPeriod { newsletter.lastPeriod(.weekly) }

    /// - Parameter asksPlex: whether the libraries are asked of Plex, or of Tautulli
    static func open(
        _ world: HouseholdWorld? = nil, asksPlex: Bool = true, wishes: NewsletterWishes = NewsletterWishes(),
        _ body: (Newsroom) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/news-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = VirtualClock(monday)
        let loop = try EventLoop(name: "newsroom", log: .silent)
        let household = Household(world ?? recent)
        let tautulliStandIn = try await TautulliStandIn.start(loop: loop, clock: clock, household: household)
        await tautulliStandIn.changeRules { $0.zone = place }
        let plexStandIn = try await PlexStandIn.start(loop: loop, clock: clock, household: household)
        let http = try HTTPClient(userAgent: "test")
        let database = try await Database.open(path: folder + "/a.db", clock: clock, schemas: [.history, .newsletter])
        let tautulli = Tautulli(
            url: tautulliStandIn.url, apiKey: Secret(tautulliStandIn.apiKey), http: http, clock: clock, log: .silent,
            chance: { 0 })
        let plex = Plex(
            url: plexStandIn.url, token: Secret(plexStandIn.token), clientIdentifier: "test", version: "1", http: http,
            clock: clock, log: .silent, patience: RetryPolicy(attempts: 1), chance: { 0 })
        let history = History(database, tautulli: tautulli)
        let people = household.read { Newsroom.people(of: $0) }
        let sources = NewsletterSources(
            readUp: { try await history.catchUp() }, knownThrough: { try await history.readThrough() },
            plays: { end, use in try await history.plays(before: end, use) }, people: { people },
            libraries: asksPlex ? .plex(plex) : .tautulli(tautulli))
        let room = Newsroom(
            newsletter: Newsletter(database, sources: sources, wishes: wishes, place: place), history: history,
            tautulli: tautulli, tautulliStandIn: tautulliStandIn, plexStandIn: plexStandIn, household: household,
            database: database, clock: clock)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(room)) } catch { outcome = .failure(error) }
        await database.close()
        await http.stop()
        await tautulliStandIn.stop()
        await plexStandIn.stop()
        await loop.stop()
        try outcome.get()
    }

    /// Five weeks of plays.
    static var recent: HouseholdWorld {
        var world = HouseholdWorld.small(now: monday)
        world.addPlays(from: monday - .days(35), to: monday, seed: 7)
        return world
    }

    static func people(of world: HouseholdWorld) -> [Person] {
        world.people.enumerated().map { index, person in
            Person(
                id: Int64(index + 1), plexID: person.id, name: person.title, username: person.username,
                isOwner: person.isOwner, access: person.isOwner || person.acceptedAt != nil ? .member : .invited,
                libraries: person.sections.isEmpty ? .all : .only(Set(person.sections)),
                joinedAt: person.acceptedAt, firstSeen: monday - .days(300))
        }
    }

    /// A movie more.
    func addMovie(_ key: Int, _ title: String, at moment: Instant) {
        household.change { world in
            guard var movie = world.items[105] else { return }
            movie.ratingKey = key
            movie.title = title
            movie.guid = "plex://movie/\(key)"
            movie.addedAt = moment
            world.add(movie)
        }
    }
}
