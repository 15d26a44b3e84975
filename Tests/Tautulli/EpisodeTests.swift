// Episodes as Tautulli tells of them: by its notifier, and in its history.

import Domain
import Runtime
import StandIns
import Synchronization
import Tautulli
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Episodes by Tautulli` {
    static let arrival = Instant(seconds: 1_767_268_800)

    /// Our text, filled in as Tautulli does it: all of it texts.
    static func filled(_ changes: [String: String] = [:]) -> [UInt8] {
        var values = [
            "action": "watched", "username": "ann", "user_id": "4100002", "media_type": "episode",
            "show_name": "The Long Tide", "show_year": "2018", "season_num": "1", "episode_num": "5",
            "episode_name": "Salted \\\"Ledger\\\"", "air_date": "2018-04-30", "themoviedb_id": "91002",
            "thetvdb_id": "391002", "imdb_id": "tt9510002", "guid": "plex://episode/5d77",
            "rating_key": "3105", "grandparent_rating_key": "3000", "server_machine_id": "4e6f", "duration": "45",
            "unixtime": "1767268740",
        ]
        values.merge(changes) { $1 }
        var text = TautulliEpisodeHook.template
        for (key, value) in values { text = text.replacing("\"{\(key)}\"", with: "\"\(value)\"") }
        return [UInt8](text.utf8)
    }

    static func play(_ changes: [String: String] = [:]) -> EpisodePlay? {
        guard case .event(let play) = TautulliEpisodeHook.read(filled(changes), arrival: arrival) else { return nil }
        return play
    }

    /// Whoever pastes another text than the one we read is told nothing for years.
    @Test func `its text stands in the docs as the code has it`() throws {
        let file = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let docs = String(decoding: try Files.read(file + "/docs/tracker.md"), as: UTF8.self)
        let lines = docs.split(separator: "\n", omittingEmptySubsequences: false)
        let begin = try #require(lines.firstIndex { $0.contains("{\"action\": \"{action}\"") })
        let end = try #require(lines[begin...].firstIndex { $0.hasSuffix("```") })
        let indent = lines[begin].prefix { $0 == " " }
        let text = lines[begin..<end].map { $0.hasPrefix(indent) ? $0.dropFirst(indent.count) : $0 }
        #expect(text.joined(separator: "\n") == TautulliEpisodeHook.template)
    }

    @Test func `its notifier tells the show's own ids and year`() throws {
        let play = try #require(Self.play())
        #expect(play.showGuids == ["tmdb://91002", "tvdb://391002", "imdb://tt9510002"])
        #expect(play.guids == ["plex://episode/5d77"])
        #expect((play.showTitle, play.showYear) == ("The Long Tide", 2018))
        #expect((play.season, play.number, play.title) == (1, 5, "Salted \"Ledger\""))
        #expect(play.account == .init(id: "4100002", name: "ann"))
        #expect(play.place == .init(server: "4e6f", episode: "3105", show: "3000"))
        #expect(play.at == Instant(seconds: 1_767_268_740))
        // Not filled in by this Tautulli: the minutes are.
        #expect(play.runtime == .minutes(45))
        #expect(play.source == .tautulli)
    }

    @Test func `what Tautulli does not know is not there`() throws {
        let play = try #require(
            Self.play([
                "themoviedb_id": "", "thetvdb_id": "", "imdb_id": "", "show_year": "{show_year}", "season_num": "0",
                "episode_num": "6-10", "air_date": "30 April", "unixtime": "", "duration": "",
            ]))
        #expect(play.showGuids == [])
        #expect((play.showYear, play.season, play.number, play.airedOn) == (nil, 0, nil, nil))
        #expect((play.at, play.runtime) == (Self.arrival, nil))
    }

    @Test func `what is no watched episode is ignored, and why`() {
        func why(_ changes: [String: String]) -> String? {
            guard case .ignored(let why, _) = TautulliEpisodeHook.read(Self.filled(changes), arrival: Self.arrival)
            else { return nil }
            return why
        }
        #expect(why(["media_type": "movie"]) == "not an episode: a film")
        #expect(why(["media_type": "track"]) == "not an episode: music")
        #expect(why(["action": "stop"])?.hasPrefix("stop is not the end") == true)
        #expect(
            TautulliEpisodeHook.read([UInt8](#"{"action":"test"}"#.utf8), arrival: Self.arrival) == .test)
        guard case .refused = TautulliEpisodeHook.read([UInt8]("{}".utf8), arrival: Self.arrival) else {
            Issue.record("believed")
            return
        }
    }

    @Test func `its history tells the episodes that were seen to their end`() async throws {
        var world = HouseholdWorld.small(now: House.now)
        world.plays = []
        try await House.open(world: world) { house in
            house.play(2_001, daysAgo: 100)
            house.play(2_002, daysAgo: 40)
            house.play(2_003, daysAgo: 3, percent: 30)
            house.play(101, daysAgo: 2)
            house.play(2_004, daysAgo: 1)
            let box = Mutex<(plays: [EpisodePlay], through: Instant?, shares: [Double])>(([], nil, []))
            try await house.tautulli.readEpisodePlays(after: nil, until: House.now, server: "4e6f") {
                plays, through, share in
                box.withLock {
                    $0.plays += plays
                    $0.through = through
                    $0.shares.append(share)
                }
            }
            let (plays, through, shares) = box.withLock { ($0.plays, $0.through, $0.shares) }
            #expect(plays.map(\.place.episode) == ["2001", "2002", "2004"])
            #expect(through == House.now)
            #expect(shares == shares.sorted() && shares.last == 1 && shares.count > 2)
            let first = try #require(plays.first)
            #expect(first.account.id == "\(House.People.ann)")
            #expect((first.showTitle, first.season, first.number) == ("Harbour Street", 1, 1))
            #expect(first.place.show == "201")
        }
    }
}
