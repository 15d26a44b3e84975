// A household with a library and a catalogue on paper, and every fault they may have. The engine sees them through its
// closures only.

import Domain
import FoundationEssentials
import Runtime
import Storage
import Synchronization
import Testing
@testable import Tracker

struct Silent: Error, CustomStringConvertible { var description = "it does not answer" }

final class Sitting: Sendable {
    struct World: Sendable {
        var people: [String: Int64] = ["1": 1, "31": 2]
        var shows: [CatalogueEntry] = [Sitting.harbour, Sitting.ferry, Sitting.newFerry]
        var library: [String: LibraryShow] = [:]
        /// The other episodes of a file, by the number of the one that is played.
        var siblings: [String: [EpisodePlay]] = [:]
        var leaves: Reading<[LibraryEpisode]> = .absent
        /// By an episode's TVDB number.
        var found: [Int: FoundEpisode] = [:]
        var history: [EpisodePlay] = []
        var historyPage = 10
        var down: Set<String> = []
        /// What happens while a search is under way, at the last of so many.
        var meanwhile: (searches: Int, act: @Sendable () async -> Void)?
        /// They answer after an hour.
        var hangs: Set<String> = []
        var asked: [String] = []
        var words: [TrackerWord] = []
        var tellError: (any Error)?
        /// The call at which the program dies.
        var fuse: Int?
        var onFuse: (@Sendable () -> Void)?
    }

    static let now = Instant(seconds: 1_767_268_800)

    static let harbour = entry("The Harbour", 2008, ShowIDs(tmdb: 41, tvdb: 52, imdb: "tt0000063"), seasons: [3, 2])
    /// Two of one name.
    static let ferry = entry("Ferry", 1994, ShowIDs(tmdb: 71, tvdb: 72), seasons: [2])
    static let newFerry = entry("Ferry", 2019, ShowIDs(tmdb: 81, tvdb: 82), seasons: [2])

    /// Episode n of season s has the TMDB number 1000 × show + 100 × s + n.
    static func entry(_ title: String, _ year: Int, _ ids: ShowIDs, seasons: [Int]) -> CatalogueEntry {
        var episodes: [KnownEpisode] = []
        for (place, length) in seasons.enumerated() {
            for number in 1...length {
                let id = 1000 * (ids.tmdb ?? 0) + 100 * (place + 1) + number
                episodes.append(
                    KnownEpisode(
                        season: place + 1, number: number, title: "\(title) \(place + 1).\(number)",
                        airedOn: Day(year: year + place, month: 1, day: 1) + 7 * number, runtime: 40,
                        ids: ShowIDs(tmdb: id)))
            }
        }
        return CatalogueEntry(title, year: year, ids: ids, hasEnded: true, episodes: episodes)
    }

    let clock = VirtualClock(now)
    let folder: String
    let wishes: TrackerWishes
    private let world = Mutex(World())
    private let open = Mutex<(Database, Tracker)?>(nil)

    private init(_ wishes: TrackerWishes) throws {
        self.wishes = wishes
        folder = FileManager.default.temporaryDirectory.path + "/autoplex-sitting-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    static func run(
        _ wishes: TrackerWishes = TrackerWishes(isOn: true, isForEverybody: true),
        _ body: (Sitting) async throws -> Void
    ) async throws {
        let sitting = try Sitting(wishes)
        try await sitting.start()
        try await body(sitting)
        await sitting.database.close()
    }

    var database: Database { open.withLock { $0!.0 } }
    var tracker: Tracker { open.withLock { $0!.1 } }

    /// As a program that was killed and begins anew.
    func start() async throws {
        if let old = open.withLock({ $0 }) { await old.0.close() }
        let database = try await Database.open(
            path: folder + "/autoplex.db", clock: clock, schemas: [.trackerCatalogue, .trackerMarks, .tracker])
        let effects = Effects(database, isDryRun: false)
        let tracker = Tracker(database, effects: effects, wishes: wishes, sources: sources, acts: acts)
        try await effects.settleInterrupted(tracker.verifies)
        open.withLock { $0 = (database, tracker) }
    }

    func set(_ change: @Sendable (inout World) -> Void) { world.withLock { change(&$0) } }
    func see<Value>(_ look: @Sendable (World) -> Value) -> Value where Value: Sendable { world.withLock { look($0) } }
    var told: [String] { see { $0.words.map { $0.report.title.plainText } } }
    var asked: [String] { see { $0.asked } }

    // MARK: Steps

    static func play(
        _ show: String = "The Harbour", _ season: Int? = 1, _ number: Int? = 1, key: String = "10",
        account: String = "1",
        at: Instant = now, change: (inout EpisodePlay) -> Void = { _ in }
    ) -> EpisodePlay {
        var play = EpisodePlay(
            source: .plex, account: .init(id: account, name: account == "1" ? "anna" : "ben"),
            place: .init(server: "srv", episode: "\(key)-\(season ?? 0)-\(number ?? 0)", show: key), showTitle: show,
            season: season, number: number, title: "\(show) \(season ?? 0).\(number ?? 0)", runtime: .minutes(40),
            at: at)
        change(&play)
        return play
    }

    @discardableResult
    func told(_ play: EpisodePlay, key: String? = nil) async throws -> LogRow? {
        let told = Told(
            key: key ?? "\(play.place.episode):\(play.account.id ?? ""):\(play.at.milliseconds)", source: play.source,
            event: "media.scrobble", payload: Array("{}".utf8), reading: .event(play),
            receivedAt: max(clock.now, play.at))
        guard case .new(let id) = try await tracker.take(told) else { return nil }
        try await tracker.work()
        return try await tracker.logBook.one(id)
    }

    func pass(_ duration: Duration) async throws {
        await clock.advance(by: duration)
        try await tracker.work()
    }

    func marks(of person: Int64 = 1) async throws -> [String] {
        try await ListBook(database).history(of: person, most: 100_000)
            .map { "\($0.title) \($0.episode.code) \($0.mark.plays)" }.sorted()
    }

    // MARK: The world through closures

    private func ask(_ what: String) -> Bool {
        world.withLock { world in
            world.asked.append(what)
            if let fuse = world.fuse {
                world.fuse = fuse > 0 ? fuse - 1 : nil
                if fuse == 0 {
                    world.onFuse?()
                    return false
                }
            }
            return !world.down.contains(String(what.prefix { $0 != " " }))
        }
    }

    private func answer<Value: Sendable>(
        _ what: String, _ look: @Sendable (World) -> Value?
    ) -> Reading<Value> {
        guard ask(what) else { return .unknown(why: "\(what) does not answer") }
        return see(look).map { .known($0) } ?? .absent
    }

    private func letHappen() async {
        let act = world.withLock { world -> (@Sendable () async -> Void)? in
            guard let meanwhile = world.meanwhile else { return nil }
            world.meanwhile = meanwhile.searches > 1 ? (meanwhile.searches - 1, meanwhile.act) : nil
            return meanwhile.searches == 1 ? meanwhile.act : nil
        }
        await act?()
    }

    private var sources: TrackerSources {
        TrackerSources(
            person: { account, _, _ in self.answer("person") { $0.people[account.id ?? ""] } },
            library: { place in self.answer("library \(place.show)") { $0.library[place.show] } },
            siblings: { play in self.answer("siblings") { $0.siblings[play.place.episode] } },
            leaves: { _, _ in
                guard self.ask("leaves") else { return .unknown(why: "down") }
                return self.see { $0.leaves }
            },
            find: { ids in self.answer("find") { world in ids.tvdb.flatMap { world.found[$0] } } },
            show: { ids, _ in
                self.answer("show \(ids.words)") { world in
                    world.shows.first { show in
                        let compared = show.ids.compared(with: ids)
                        return !compared.same.isEmpty && compared.different.isEmpty
                    }
                }
            },
            search: { title, _ in
                await self.letHappen()
                if self.see({ $0.hangs.contains("search") }) {
                    _ = self.ask("search")
                    try? await self.clock.sleep(for: .hours(1))
                    return .unknown(why: "too late")
                }
                return self.answer("search \(title)") { world in
                    let hits = world.shows.filter { $0.title.lowercased().contains(title.lowercased()) }
                    return hits.isEmpty
                        ? nil
                        : hits.map {
                            CatalogueEntry($0.title, year: $0.year, ids: ShowIDs(tmdb: $0.ids.tmdb))
                        }
                }
            },
            history: TrackerHistory("plex") { since, use in
                let all = self.see { world in
                    world.history.filter { since == nil || $0.at >= since! }.sorted { $0.at < $1.at }
                }
                let size = self.see { $0.historyPage }
                var read = 0
                while read < all.count {
                    guard self.ask("history") else { throw Silent() }
                    let page = Array(all[read..<min(all.count, read + size)])
                    read += page.count
                    try await use(page, page.last?.at ?? Sitting.now, Double(read) / Double(all.count))
                }
            },
            reread: { bytes, _ in
                String(decoding: bytes, as: UTF8.self) == "better" ? .event(Sitting.play()) : nil
            })
    }

    private var acts: TrackerActs {
        TrackerActs(
            tell: { word in
                try self.world.withLock { world in
                    if let error = world.tellError { throw error }
                    world.words.append(word)
                }
            }, name: { $0 == 1 ? "Anna" : "Ben" })
    }
}
