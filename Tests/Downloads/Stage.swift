// A Radarr and a media server on paper, with every fault they may have. The engine sees them through its closures only;
// the journal keeps what was done to the world.

import Domain
@testable import Downloads
import FoundationEssentials
import Runtime
import Storage
import Synchronization
import Testing

struct Down: Error, CustomStringConvertible { var description = "it does not answer" }

final class Stage: Sendable {
    struct World: Sendable {
        var films: [FilmEntry] = []
        /// Of the Radarr that only searches.
        var second: [FilmEntry] = []
        var item: Reading<LibraryItem> = .absent
        var plays: [PlayTally] = []
        var users: Reading<[Playback.User]> = .absent
        var space: Reading<Int64> = .known(900_000_000_000)
        var queue: Reading<[QueueItem]> = .known([])
        var history: Reading<[HistoryEvent]> = .known([])
        var command: Reading<CommandState> = .known(CommandState(status: "started"))
        var releases: Reading<[Release]> = .known([])
        var seeders: Reading<Int>?
        var watched: Reading<Instant> = .absent
        var favourite: Reading<Bool> = .known(false)
        var isDown = false
        /// Searches that arrived, by command.
        var searches: [Int: (film: Int, at: Instant)] = [:]
        var searchError: (any Error)?
        /// Although it throws, it arrived.
        var searchArrives = true
        var actError: (any Error)?
        /// Although it throws, the film was added.
        var addError: (any Error)?
        /// The number of the search that a Radarr makes of its own accord for a film it was given.
        var searchesByItself: Int? = 2000
        var sight: [String: Reading<FileSight>] = [:]
        /// Which Radarrs may have posted.
        var senders: [String] = []
        var tellError: (any Error)?
        var journal: [String] = []
        var words: [DownloadWord] = []
        var asked: [String] = []
        /// These never answer, and go only when they are no longer waited for.
        var silent: Set<String> = []
    }

    let clock = VirtualClock(Films.now)
    let folder: String
    let wishes: DownloadWishes
    let instances: [String]
    let isDry: Bool
    private let world = Mutex(World())
    private let open = Mutex<(Database, Downloads)?>(nil)

    static let entry = FilmEntry(
        instance: "Radarr", id: 7, ids: FilmIDs(tmdb: 100, imdb: "tt0000100", title: "The Ferryman's Lamp", year: 2025),
        rating: FilmRating(8.7, votes: 200_000, source: "IMDb by Radarr"), language: "English", genres: ["Drama"],
        isReleased: true, fileID: 3, path: "/data/symlinks/radarr/The Ferryman's Lamp (2025)/film.mkv",
        size: 10_000_000_000, root: "/data/symlinks/radarr")

    private init(_ wishes: DownloadWishes, _ instances: [String], dry: Bool) throws {
        self.wishes = wishes
        self.instances = instances
        isDry = dry
        folder = FileManager.default.temporaryDirectory.path + "/autoplex-downloads-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    static func run(
        _ change: (inout DownloadWishes) -> Void = { _ in }, instances: [String] = ["Radarr"], dry: Bool = false,
        _ body: (Stage) async throws -> Void
    ) async throws {
        var wishes = Films.wishes
        wishes.root = "/storage/media/movies"
        change(&wishes)
        let stage = try Stage(wishes, instances, dry: dry)
        stage.set { $0.films = [entry] }
        try await stage.start()
        try await body(stage)
        await stage.database.close()
    }

    var database: Database { open.withLock { $0!.0 } }
    var downloads: Downloads { open.withLock { $0!.1 } }

    /// As a program that was killed and begins anew.
    func start() async throws {
        if let old = open.withLock({ $0 }) { await old.0.close() }
        let database = try await Database.open(path: folder + "/autoplex.db", clock: clock, schemas: [.downloads])
        let approvals = DownloadApprovals(database)
        let effects = Effects(
            database, isDryRun: false, dryKinds: isDry ? DownloadKind.dryPrefixes : [],
            isApproved: { await approvals.isApproved($0) })
        let downloads = Downloads(database, effects: effects, wishes: wishes, sources: sources, acts: acts)
        try await effects.settleInterrupted(downloads.verifies)
        open.withLock { $0 = (database, downloads) }
    }

    func set(_ change: @Sendable (inout World) -> Void) { world.withLock { change(&$0) } }
    func see<Value>(_ look: @Sendable (World) -> Value) -> Value where Value: Sendable { world.withLock { look($0) } }
    var journal: [String] { see { $0.journal } }
    var told: [String] { see { $0.words.map { $0.report.title.plainText } } }

    // MARK: Steps

    static func playback(
        _ film: FilmIDs = FilmIDs(tmdb: 100, title: "The Ferryman's Lamp", year: 2025), user: String? = "anna",
        share: Double = 0.97, at: Instant = Films.now, _ change: (inout Playback) -> Void = { _ in }
    ) -> Playback {
        var playback = Playback(
            source: .jellyfin, user: .init(id: user.map { "id-\($0)" }, name: user), film: film,
            itemID: "item of \(film.key)",
            runtime: .seconds(6000), position: .seconds(Int(6000 * share)), at: at)
        change(&playback)
        return playback
    }

    @discardableResult
    func watch(
        _ film: FilmIDs = FilmIDs(tmdb: 100, title: "The Ferryman's Lamp", year: 2025), user: String? = "anna",
        share: Double = 0.97, at: Instant? = nil, _ change: (inout Playback) -> Void = { _ in }
    ) async throws -> DownloadCase? {
        let playback = Self.playback(film, user: user, share: share, at: at ?? clock.now, change)
        guard case .taken(let ids) = try await downloads.take(playback) else { return nil }
        try await downloads.work()
        return try await downloads.book.one(ids[0])
    }

    func pass(_ duration: Duration) async throws {
        await clock.advance(by: duration)
        try await downloads.work()
    }

    func newest() async throws -> DownloadCase { try #require(try await downloads.book.latest(1).first) }

    // MARK: The world through closures

    /// Comes back at once, or when the one who asks has given up.
    private func hear(_ who: String) async {
        guard see({ $0.silent.contains(who) }) else { return }
        let (nothing, _) = AsyncStream.makeStream(of: Void.self)
        for await _ in nothing {}
    }

    private var sources: DownloadSources {
        DownloadSources(
            instances: wishes.judges(among: instances), everywhere: instances,
            called: { _ in self.see { $0.senders } },
            look: { path in self.see { $0.sight[path] ?? .absent } },
            users: { _ in
                await self.hear("users")
                return self.see { $0.users }
            },
            item: { _ in
                await self.hear("item")
                self.set { $0.asked.append("item") }
                return self.see { $0.item }
            },
            film: { instance, ids in
                await self.hear("film")
                self.set { $0.asked.append("film") }
                return self.see { world in
                    if world.isDown { return .unknown(why: "it does not answer") }
                    let films = instance == "Second" ? world.second : world.films.filter { $0.instance == instance }
                    let hits = films.filter { $0.ids.isSame(as: ids) == true }
                    if hits.count > 1 { return .several(hits.map(\.ids.name)) }
                    return hits.first.map { .found($0) } ?? .absent
                }
            },
            plays: { _, _, _, _ in
                await self.hear("plays")
                return self.see { $0.plays }
            },
            seeders: hasIndexers ? seeders : nil,
            space: { _, _ in
                await self.hear("space")
                return self.see { $0.space }
            },
            queue: { _, _ in
                await self.hear("queue")
                return self.see { $0.queue }
            },
            history: { _, _ in
                await self.hear("history")
                return self.see { $0.history }
            },
            command: { _, _ in self.see { $0.command } },
            search: { _, film, since in
                self.see { world in
                    if world.isDown { return .unknown(why: "it does not answer") }
                    let hit = world.searches.filter { $0.value.film == film && $0.value.at >= since }.keys.max()
                    return hit.map { .known($0) } ?? .absent
                }
            },
            releases: { _, _ in
                await self.hear("releases")
                return self.see { $0.releases }
            },
            films: { instance in self.see { .known(instance == "Second" ? $0.second : $0.films) } },
            lastWatched: { _ in self.see { $0.watched } }, isFavourite: { _ in self.see { $0.favourite } })
    }

    private var hasIndexers: Bool { wishes.asks.contains(.seeders) }

    private var seeders: @Sendable (FilmIDs) async -> Reading<Int> {
        { _ in
            self.set { $0.asked.append("seeders") }
            return self.see { $0.seeders ?? .absent }
        }
    }

    private func act(_ words: String) throws {
        try world.withLock { world in
            if world.isDown { throw Down() }
            if let error = world.actError { throw error }
            world.journal.append(words)
        }
    }

    private var acts: DownloadActs {
        DownloadActs(
            search: { instance, film in
                try self.world.withLock { world in
                    if world.isDown { throw Down() }
                    let error = world.searchError
                    let number = 1000 + world.searches.count
                    if error == nil || world.searchArrives {
                        world.searches[number] = (film, self.clock.now)
                        world.journal.append("search \(instance) \(film)")
                    }
                    if let error { throw error }
                    return number
                }
            },
            add: { instance, film, root, tag in
                try self.world.withLock { world in
                    if world.isDown { throw Down() }
                    if let error = world.actError { throw error }
                    world.journal.append("add \(instance) \(film.key) \(root) \(tag)")
                    var there = Self.entry
                    (there.instance, there.id, there.fileID, there.path) = (instance, 70, nil, "")
                    world.second.append(there)
                    if let number = world.searchesByItself { world.searches[number] = (70, self.clock.now) }
                    if let error = world.addError { throw error }
                    return 70
                }
            },
            place: { instance, film, root, tag, has in
                try self.act("place \(instance) \(film) \(root) \(has ? "+" : "-")\(tag)")
            },
            rescan: { instance, film in
                try self.act("rescan \(instance) \(film)")
                return 5
            },
            grab: { instance, release in try self.act("grab \(instance) \(release.title)") },
            delete: { instance, film, file in try self.act("delete \(instance) \(film) \(file)") },
            tell: { word in
                try self.world.withLock { world in
                    if let error = world.tellError { throw error }
                    world.words.append(word)
                }
            })
    }
}
