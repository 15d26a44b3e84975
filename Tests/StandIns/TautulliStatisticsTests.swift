// Tautulli's own counts (sheet §5), computed from what was played.

import Runtime
import StandIns
import Testing

private typealias People = HouseholdWorld.People
private typealias Music = HouseholdWorld.Music

@Suite struct `Tautulli's statistics` {
    private func desk() -> TautulliDesk {
        var desk = TautulliDesk()
        desk.play(105, by: People.ann, daysAgo: 1)
        desk.play(105, by: People.bo, daysAgo: 2)
        desk.play(106, by: People.ann, daysAgo: 3)
        desk.play(106, by: People.ann, daysAgo: 4)
        desk.play(106, by: People.ann, daysAgo: 5)
        desk.play(30_002, by: People.bo, daysAgo: 2)
        desk.play(30_003, by: People.bo, daysAgo: 2, hour: 1)
        desk.play(2_001, by: People.chris, daysAgo: 2)
        desk.play(107, by: People.ann, daysAgo: 60)
        return desk
    }

    @Test func `are a list of lists, or one when one is named`() {
        var desk = desk()
        let all = desk.data("get_home_stats")
        #expect(all.array?.compactMap { $0["stat_id"]?.string }.contains("top_music") == true)
        let one = desk.data("get_home_stats", [("stat_id", "top_movies")])
        #expect(one["stat_type"]?.string == "total_plays")
        #expect(desk.data("get_home_stats", [("stat_id", "popular_movies")])["stat_type"] == nil)
        #expect(desk.data("get_home_stats", [("stat_id", "top_hats")]).array?.isEmpty == true)
    }

    @Test func `count plays, and people where it is about people`() {
        var desk = desk()
        let top = desk.data("get_home_stats", [("stat_id", "top_movies")])["rows"]
        #expect(top?.array?.map { $0["rating_key"]?.int } == [106, 105])
        #expect(top?[0]?["total_plays"]?.int == 3)
        #expect(top?[0]?["users_watched"]?.string == "")
        let popular = desk.data("get_home_stats", [("stat_id", "popular_movies")])["rows"]
        #expect(popular?.array?.map { $0["rating_key"]?.int } == [105, 106])
        #expect(popular?[0]?["users_watched"]?.int == 2)
        #expect(popular?[0]?["total_duration"] == nil)
    }

    @Test func `name the artist in music`() {
        var desk = desk()
        let top = desk.data("get_home_stats", [("stat_id", "top_music")])["rows"]?[0]
        #expect(top?["title"]?.string == "The Lantern Quintet")
        #expect(top?["rating_key"]?.int == Music.lanternQuintet)
        #expect(top?["total_plays"]?.int == 2)
    }

    @Test func `narrow down to a person, a library, a count, a span`() {
        var desk = desk()
        func keys(_ parameters: [(String, String)]) -> [Int?]? {
            desk.data("get_home_stats", [("stat_id", "top_movies")] + parameters)["rows"]?.array?
                .map { $0["rating_key"]?.int }
        }
        #expect(keys([("user_id", "\(People.bo)")]) == [105])
        #expect(keys([("stats_count", "1")]) == [106])
        #expect(keys([("time_range", "90")]) == [106, 105, 107])
        #expect(keys([("time_range", "0")]) == [])
        #expect(keys([("section_id", "2")]) == [])
        #expect(keys([("stats_type", "duration")]) == [106, 105])
    }

    @Test func `refuse the windows this version cannot do`() {
        var desk = desk()
        let answer = desk.call("get_home_stats", [("after", "2026-01-01")])
        #expect(answer.status == 400)
        #expect(answer.message == nil)
    }

    @Test func `find the most streams at once`() {
        var desk = TautulliDesk()
        for (person, hour) in [(People.ann, 0), (People.bo, 1), (People.chris, 6)] {
            desk.play(105, by: person, daysAgo: 1, hour: Int64(hour))
        }
        let row = desk.data("get_home_stats", [("stat_id", "most_concurrent")])["rows"]?[0]
        #expect(row?["count"]?.int == 2)
        #expect(row?["started"]?.string == String((desk.now - .days(1) + .hours(1)).seconds))
    }

    @Test func `put every play under its day`() throws {
        var desk = desk()
        let chart = desk.data("get_plays_by_date", [("time_range", "7")])
        #expect(chart["categories"]?.array?.count == 7)
        #expect(chart["categories"]?[6]?.string == "2026-01-01")
        let movies = chart["series"]?.array?.first { $0["name"]?.string == "Movies" }
        #expect(movies?["data"] == [0, 1, 1, 1, 1, 1, 0])
        let total = chart["series"]?.array?.first { $0["name"]?.string == "Total" }
        #expect(total?["data"] == [0, 1, 1, 1, 4, 1, 0])
        #expect(chart["series"]?.array?.contains { $0["name"]?.string == "Live TV" } == false)
    }

    @Test func `put every play under its weekday and hour in the host's time zone`() throws {
        var desk = TautulliDesk()
        desk.api.rules.zone = try #require(LocalTime(zone: "Asia/Tokyo"))
        // Saturday evening in London, Sunday morning in Tokyo.
        desk.now = try #require(LocalTime.instant(iso8601: "2026-03-08T12:00:00Z"))
        let evening = try #require(LocalTime.instant(iso8601: "2026-03-07T22:30:00Z"))
        desk.world.addPlay(of: 105, by: People.ann, started: evening)
        let week = desk.data("get_plays_by_dayofweek")
        #expect(week["categories"]?[0]?.string == "Sunday")
        #expect(week["series"]?[1]?["data"] == [1, 0, 0, 0, 0, 0, 0])
        let hours = desk.data("get_plays_by_hourofday")
        #expect(hours["categories"]?[7]?.string == "07")
        #expect(hours["series"]?[1]?["data"]?[7]?.int == 1)
        #expect(desk.data("get_plays_per_month", [("time_range", "2")])["categories"] == ["Feb 2026", "Mar 2026"])
    }

    @Test func `tell streams by what was done to them`() {
        var desk = TautulliDesk()
        desk.world.addPlay(of: 105, by: People.ann, started: desk.now - .hours(4), decision: .transcode)
        desk.world.addPlay(of: 106, by: People.bo, started: desk.now - .hours(4))
        let chart = desk.data("get_stream_type_by_top_10_users")
        #expect(chart["categories"] == ["Bo Tanner", "ann"])
        #expect(chart["series"]?.array?.map { $0["name"]?.string } == ["Direct Play", "Direct Stream", "Transcode"])
        #expect(chart["series"]?[2]?["data"] == [0, 1])
    }

    @Test func `count who played an item, an artist too`() {
        var desk = desk()
        let listeners = desk.data("get_item_user_stats", [("rating_key", "\(Music.lanternQuintet)")])
        #expect(listeners.array?.count == 1)
        #expect(listeners[0]?["user_id"]?.int == People.bo)
        #expect(listeners[0]?["total_plays"]?.int == 2)
        let times = desk.data("get_item_watch_time_stats", [("rating_key", "106"), ("query_days", "7,0")])
        #expect(times.array?.map { $0["total_plays"]?.int } == [3, 3])
    }
}

@Suite struct `Tautulli's libraries` {
    @Test func `count what is in them, in text`() throws {
        var desk = TautulliDesk()
        let libraries = desk.data("get_libraries").array ?? []
        #expect(libraries.map { $0["section_type"]?.string } == ["movie", "show", "artist", "artist"])
        #expect(libraries[0]["count"]?.string == "20")
        #expect(libraries[0]["child_count"] == nil)
        #expect(libraries[2]["parent_count"]?.string != nil)
        #expect(desk.data("get_library_names")[0]?["section_id"]?.int == 1)
    }

    @Test func `describe a track with its album's year`() {
        var desk = TautulliDesk()
        let track = desk.data("get_metadata", [("rating_key", "30002")])
        #expect(track["rating_key"]?.string == "30002")
        #expect(track["year"]?.string == "1961")
        #expect(track["genres"] == ["Jazz"])
        #expect(track["children_count"]?.int == 0)
        #expect(desk.data("get_metadata", [("rating_key", "999999")]).description == "{}")
    }

    @Test func `tell what is new, albums in music, and nothing unless asked how many`() {
        var desk = TautulliDesk()
        let asked = [("count", "3"), ("media_type", "artist")]
        let albums = desk.data("get_recently_added", asked)["recently_added"]?.array ?? []
        #expect(albums.map { $0["media_type"]?.string } == ["album", "album", "album"])
        let times = albums.compactMap { $0["added_at"]?.string.flatMap { Int($0) } }
        #expect(times == times.sorted(by: >))
        #expect(desk.data("get_recently_added")["recently_added"]?.array?.isEmpty == true)
        let section = desk.data("get_recently_added", [("count", "50"), ("section_id", "4")])["recently_added"]
        #expect(section?.array?.allSatisfy { $0["section_id"]?.string == "4" } == true)
    }

    @Test func `hand out pictures, or 400 without a word`() {
        var desk = TautulliDesk()
        let asked = [
            ("img", "/library/metadata/105/thumb/1"), ("width", "20"), ("height", "30"), ("img_format", "jpg"),
        ]
        let picture = desk.call("pms_image_proxy", asked)
        #expect(picture.type == "image/jpeg")
        #expect(picture.bytes.starts(with: [0xFF, 0xD8]))
        // From the cache, and mislabelled.
        #expect(desk.call("pms_image_proxy", asked).type == "image/png")
        let none = desk.call("pms_image_proxy", [("img", "/library/metadata/999/thumb/1")])
        #expect(none.status == 400)
        #expect(none.bytes.isEmpty)
        let stock = desk.call("pms_image_proxy", [("img", "/library/metadata/999/thumb/1"), ("fallback", "poster")])
        #expect(stock.status == 200)
    }
}

@Suite struct `Tautulli's activity` {
    @Test func `is nearly all text, sorted as text`() throws {
        var desk = TautulliDesk()
        desk.world.streams = HouseholdWorld.small(now: desk.now).streams
        desk.world.streams[1].sessionKey = 21
        let activity = desk.data("get_activity")
        #expect(activity["stream_count"]?.string == "5")
        #expect(activity["sessions"]?.array?.map { $0["session_key"]?.string } == ["1", "21", "3", "4", "5"])
        #expect(activity["stream_count_transcode"]?.int == 3)
        #expect(activity["stream_count_direct_play"]?.int == 2)
        #expect(activity["total_bandwidth"]?.int == 48_900)
        #expect(activity["lan_bandwidth"]?.int == 19_000)
        let first = try #require(activity["sessions"]?[0])
        #expect(first["user_id"]?.int == People.robin)
        #expect(first["view_offset"]?.string == String(41 * 60_000))
        #expect(first["progress_percent"]?.string == "29")
        #expect(first["video_full_resolution"]?.string == "4k")
        #expect(first["local"]?.int == 1)
        let third = try #require(activity["sessions"]?[2])
        #expect(third["transcode_hw_decoding"]?.int == 1)
        #expect(third["stream_video_full_resolution"]?.string == "1080p")
        #expect(third["transcode_speed"]?.string == "3.4")
        #expect(third["quality_profile"]?.string == "8 Mbps 1080p")
        // Of a track's picture it says what it says of every other.
        #expect(activity["sessions"]?[1]?["video_full_resolution"]?.string == "p")
        #expect(third["video_decision"]?.string == "transcode")
        #expect(desk.data("get_activity", [("session_key", "21")])["session_key"]?.string == "21")
        #expect(desk.data("get_activity", [("session_key", "99")]).description == "{}")
    }

    @Test func `a stream can be ended, with a Plex Pass and Plex there`() {
        var desk = TautulliDesk()
        desk.world.streams = HouseholdWorld.small(now: desk.now).streams
        let asked = [("session_id", desk.world.streams[0].sessionID)]
        let done = desk.call("terminate_session", asked)
        #expect(done.message == "Session terminated.")
        #expect(done.endedSession == desk.world.streams[0].sessionID)
        #expect(desk.call("terminate_session", [("session_id", "nope")]).status == 400)
        desk.api.rules.hasPlexPass = false
        #expect(desk.call("terminate_session", asked).status == 400)
        desk.api.rules.plexIsDown = true
        #expect(desk.call("terminate_session", asked).status == 500)
    }
}
