// get_history of the stand-in (sheet §3): what is written down, how it is counted, how its pages shift.

import Runtime
import StandIns
import Testing

private typealias People = HouseholdWorld.People
private typealias Music = HouseholdWorld.Music

@Suite struct `Tautulli's history` {
    @Test func `a track's row has the album's picture and the artist in its full title`() throws {
        var desk = TautulliDesk()
        let id = desk.play(30_002, paused: .seconds(30))
        let history = desk.history()
        let row = try #require(history["data"]?[0])
        #expect(row["row_id"]?.int == id)
        #expect(row["reference_id"]?.int == id)
        #expect(row["full_title"]?.string == "Lantern Walk - The Lantern Quintet")
        #expect(row["thumb"]?.string?.hasPrefix("/library/metadata/3101/thumb/") == true)
        #expect(row["grandparent_rating_key"]?.int == Music.lanternQuintet)
        #expect(row["year"]?.int == 1961)
        #expect(row["paused_counter"]?.int == 30)
        let length = (desk.world.items[30_002]?.milliseconds ?? 0) / 1000
        #expect(row["duration"]?.int == length)
        #expect(row["watched_status"]?.description == "1")
        #expect(row["group_ids"]?.string == "\(id)")
        #expect(row["state"]?.isNull == true)
        #expect(history["draw"]?.int == 1)
    }

    @Test func `a compilation's track names its performer`() {
        var desk = TautulliDesk()
        let key = desk.world.childKeys(of: Music.compilation)[0]
        desk.play(key)
        #expect(desk.history()["data"]?[0]?["full_title"]?.string == "Tide Tables - Mira Solen")
    }

    @Test func `a movie has empty text for what it is not in`() throws {
        var desk = TautulliDesk()
        desk.play(105)
        let row = try #require(desk.history()["data"]?[0])
        for key in ["parent_rating_key", "grandparent_rating_key", "media_index", "parent_media_index"] {
            #expect(row[key]?.string == "", "\(key)")
        }
    }

    @Test(arguments: [(105, 1, 0), (105, 3, 1), (30_002, 3, 0), (30_002, 20, 1)])
    func `what was hardly played is not written down`(key: Int, percent: Int, rows: Int) {
        var desk = TautulliDesk()
        desk.play(key, percent: percent)
        #expect(desk.history()["recordsTotal"]?.int == rows)
    }

    @Test func `nor is what somebody plays whose history is not kept`() {
        var desk = TautulliDesk()
        desk.call("edit_user", [("user_id", "\(People.ann)"), ("friendly_name", "Annie")])
        desk.play(105)
        desk.play(106, by: People.bo)
        #expect(desk.history()["recordsTotal"]?.int == 1)
    }

    @Test(arguments: [(20, "0"), (22, "0.25"), (50, "0.5"), (70, "0.75"), (84, "0.75"), (85, "1")])
    func `watched is told in quarters of the threshold`(percent: Int, status: String) {
        var desk = TautulliDesk()
        desk.play(105, percent: percent)
        #expect(desk.history()["data"]?[0]?["watched_status"]?.description == status)
    }

    @Test func `what was left halfway and gone on with is one sitting`() throws {
        var desk = TautulliDesk()
        let first = desk.play(105, daysAgo: 3, percent: 40)
        let second = desk.play(105, daysAgo: 2)
        let third = desk.play(105, daysAgo: 1)
        let grouped = desk.data("get_history", [("include_activity", "0")])
        #expect(grouped["recordsFiltered"]?.int == 2)
        #expect(grouped["recordsTotal"]?.int == 3)
        let sitting = try #require(grouped["data"]?[1])
        #expect(sitting["group_ids"]?.string == "\(first),\(second)")
        #expect(sitting["group_count"]?.int == 2)
        let rows = desk.history()["data"]?.array ?? []
        #expect(rows.map { $0["reference_id"]?.int } == [third, first, first])
        #expect(sitting["started"]?.int == rows[2]["started"]?.int)
        #expect(sitting["date"]?.int == rows[1]["started"]?.int)
    }

    @Test func `running streams are mixed in unless told not to`() throws {
        var desk = TautulliDesk()
        desk.play(105)
        desk.world.streams = HouseholdWorld.small(now: desk.now).streams
        let mixed = desk.data("get_history", [("grouping", "0")])
        let running = mixed["data"]?.array?.filter { $0["row_id"]?.isNull == true } ?? []
        #expect(running.count == 5)
        #expect(running[0]["state"]?.string != nil)
        #expect(running[0]["session_key"]?.int != nil)
        #expect(mixed["recordsFiltered"]?.int == 6)
        #expect(desk.history()["recordsFiltered"]?.int == 1)
    }

    @Test(arguments: [("0", 0), ("-1", 2), ("2", 2), ("25", 3)])
    func `lengths have their quirks`(length: String, rows: Int) {
        var desk = TautulliDesk()
        for day in 1...3 { desk.play(105, daysAgo: Int64(day)) }
        let page = desk.data("get_history", [("grouping", "0"), ("include_activity", "0"), ("length", length)])
        #expect(page["data"]?.array?.count == rows)
        #expect(page["recordsFiltered"]?.int == 3)
        let past = desk.history([("start", "9")])
        #expect(past["data"]?.array?.isEmpty == true)
        #expect(desk.history([("start", "-1")])["data"]?.array?.isEmpty == true)
    }

    @Test func `filters take lists and hold together`() {
        var desk = TautulliDesk()
        desk.play(105, by: People.ann)
        desk.play(105, by: People.bo)
        desk.play(30_002, by: People.bo)
        func count(_ parameters: [(String, String)]) -> Int? {
            var desk = desk
            return desk.history(parameters)["recordsFiltered"]?.int
        }
        #expect(count([("user_id", "\(People.bo)")]) == 2)
        #expect(count([("user_id", "\(People.ann), \(People.bo)")]) == 3)
        #expect(count([("user", "bo")]) == 2)
        #expect(count([("user", "Bo Tanner")]) == 0)
        #expect(count([("user_id", "\(People.bo)"), ("media_type", "track")]) == 1)
        #expect(count([("grandparent_rating_key", "\(Music.lanternQuintet)")]) == 1)
        #expect(count([("section_id", "1")]) == 2)
        #expect(count([("guid", "plex://movie/")]) == 2)
        #expect(count([("search", "lantern walk")]) == 1)
        #expect(count([("user_id", "nobody")]) == 0)
    }

    @Test func `days are those of the host's time zone, both ends in`() throws {
        let zone = try #require(LocalTime(zone: "Pacific/Auckland"))
        var desk = TautulliDesk { $0.zone = zone }
        // Noon of the first in London is the morning of the second there.
        desk.now = try #require(LocalTime.instant(iso8601: "2026-02-01T23:00:00Z"))
        desk.world.addPlay(of: 105, by: People.ann, started: desk.now - .hours(11))
        #expect(desk.history([("after", "2026-02-02")])["recordsFiltered"]?.int == 1)
        #expect(desk.history([("before", "2026-02-01")])["recordsFiltered"]?.int == 0)
        let window = [("after", "2026-02-02"), ("before", "2026-02-02")]
        #expect(desk.history(window)["recordsFiltered"]?.int == 1)
        #expect(desk.history([("start_date", "2026-02-02")])["recordsFiltered"]?.int == 1)
    }

    @Test func `new plays shift the pages`() {
        var desk = TautulliDesk()
        for day in 1...4 { desk.play(105, daysAgo: Int64(day)) }
        let page = [("grouping", "0"), ("include_activity", "0"), ("start", "2"), ("length", "2")]
        func ids(_ json: JSON) -> [Int?]? { json["data"]?.array?.map { $0["row_id"]?.int } }
        let before = ids(desk.data("get_history", page))
        desk.play(106, daysAgo: 0, hour: -3)
        let after = ids(desk.data("get_history", page))
        #expect(before?.first == after?.last)
        #expect(before != after)
    }

    @Test func `an item that has gone keeps its rows and its names`() throws {
        var desk = TautulliDesk()
        desk.play(30_002)
        desk.call("arnold")
        desk.world.remove(Music.lanternQuintet)
        let row = try #require(desk.history()["data"]?[0])
        #expect(row["grandparent_title"]?.string == "The Lantern Quintet")
        #expect(row["grandparent_rating_key"]?.int == Music.lanternQuintet)
    }

    @Test func `rows can be deleted, and so can rows that are not there`() {
        var desk = TautulliDesk()
        let id = desk.play(105)
        desk.play(106)
        #expect(desk.call("delete_history", [("row_ids", "\(id),999999")]).message == "Deleted history.")
        #expect(desk.history()["recordsTotal"]?.int == 1)
        #expect(desk.call("delete_history").message == "No row ids received.")
    }

    @Test(arguments: [
        (0, "0"), (182, "3 mins 2 secs"), (3_143_280, "36 days 9 hrs 8 mins"), (3600, "1 hr"),
        (5_654, "1 hr 34 mins 14 secs"),
    ])
    func `totals are in words`(seconds: Int, words: String) throws {
        var desk = TautulliDesk()
        if seconds > 0 {
            desk.world.change(105) { $0.milliseconds = seconds * 1000 }
            desk.world.addPlay(of: 105, by: People.ann, started: desk.now - .seconds(Int64(seconds)))
        }
        #expect(desk.history()["total_duration"]?.string == words)
    }

    @Test func `a database that fails looks like no history at all, but for one zero`() {
        var desk = TautulliDesk()
        desk.play(105)
        desk.api.rules.databaseWorks = false
        let answer = desk.call("get_history")
        #expect(answer.status == 200)
        #expect(answer.data?["recordsTotal"]?.int == 0)
        #expect(answer.data?["draw"]?.int == 0)
    }
}
