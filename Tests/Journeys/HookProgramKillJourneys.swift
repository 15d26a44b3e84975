// The program itself is killed (SIGKILL) in the middle of a flood of hooks, and again at the moment it has asked Radarr and
// not yet heard: everything it acknowledged is decided afterwards, and Radarr was asked once for each film.

import FoundationEssentials
import Runtime
import StandIns
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Downloads whose program is killed` {
    typealias Films = HouseholdWorld.Films

    static let settings = [
        "DRY_RUN": "false", "DOWNLOADS": "on", "TRACKED_USER_NAME": "robin", "WEBHOOK_SECRET": "open-sesame",
        "DOWNLOADS_PREPARE": "none",
        // Each step of a case is a line then.
        "LOG_LEVEL": "debug",
    ]
    /// Worth keeping, each by another rule; those of the first life, and those of the second.
    static let titles = [[Films.classic, Films.rare, Films.family], [Films.tagged, Films.old, Films.edition]]

    /// Each of another hour, so that none is a repetition.
    static func end(_ number: Int, now: Instant) -> Instant { now - .hours(5 * Int64(number)) }

    static func stop(_ number: Int, of films: [HouseholdWorld.Film], now: Instant) -> [UInt8] {
        let film = films[number % films.count]
        return Array(
            """
            {"NotificationType":"PlaybackStop","UtcTimestamp":"\(LocalTime.utc.iso8601(end(number, now: now)))",
            "Name":"\(film.title)","ItemId":"\(film.jellyfinID)","ItemType":"Movie","Year":\(film.year),
            "Provider_tmdb":"\(film.tmdb)","RunTimeTicks":\(film.minutes * 600_000_000),
            "PlaybackPositionTicks":\(film.minutes * 590_000_000),"PlayedToCompletion":true,
            "NotificationUsername":"robin","UserId":"\(HouseholdWorld.JellyfinPeople.robin)"}
            """.utf8)
    }

    @Test func `forgets no hook and asks Radarr once for each film`() async throws {
        let now = Instant(seconds: SystemClock().now.seconds)
        var rules = DiscordRules.standard
        rules.identifySpacing = .zero
        try await Evening.spend(rules: rules, in: .small(now: now)) { evening in
            let street = try #require(evening.street)
            let films = try Self.titles.map { titles in
                try titles.map { title in try #require(street.household.read { $0.film(titled: title) }) }
            }
            var acknowledged: [Int] = []
            for life in 0...1 {
                let child = try Child(evening.settings(Self.settings), in: evening.folder + "/life-\(life)")
                defer { child.kill() }
                let url = try await Self.address(of: child)
                let asked = street.radarr.requests.end
                let own = films[life]
                acknowledged += try await HookFlood.pour(
                    url, secret: "open-sesame", from: life * 1000, until: 40,
                    hook: { Self.stop($0 % 1000 + life * 100, of: own, now: now) },
                    then: { if life == 0 { child.kill() } }
                ).map { $0 % 1000 + life * 100 }
                // It has the request, and nobody has told the program so.
                if life == 1 { _ = try await street.radarr.request("POST /api/v3/command", from: asked) }
            }
            #expect(acknowledged.count >= 80)
            let child = try Child(evening.settings(Self.settings), in: evening.folder + "/life-2")
            defer { child.kill() }
            try await Self.idle(child, evening.folder)
            child.kill()
            try await Self.check(evening, acknowledged.map { Self.end($0, now: now) })
            let searches = street.radarr.requests.entries.filter { $0.route == "POST /api/v3/command" }
            for film in films.joined() {
                let own = searches.filter { $0.json?["movieIds"]?[0]?.int == film.id }
                #expect(own.count == 1, "\(film.title): \(own.map { String(decoding: $0.body, as: UTF8.self) })")
            }
        }
    }

    private static func address(of child: Child) async throws -> String {
        let line = try await child.word(between: "listening", and: "\n")
        let port = line.reversed().drop { !$0.isNumber }.prefix { $0.isNumber }
        return "http://127.0.0.1:" + String(port.reversed())
    }

    /// Returns when nothing waits any more: each time it says that it has done something, its tables are looked at.
    private static func idle(_ child: Child, _ folder: String) async throws {
        _ = try await address(of: child)
        let database = try await Database.open(path: folder + "/autoplex.db")
        try await child.logbook.until {
            let waiting = try await database.read { db in
                try db.row(
                    """
                    SELECT (SELECT COUNT(*) FROM inbox WHERE source = 'downloads' AND state <> 'done')
                        + (SELECT COUNT(*) FROM downloads_cases WHERE state IN ('judging', 'searching'))
                    """
                ) { try $0.int(0) } ?? 1
            }
            return waiting > 0 ? nil : ()
        }
        await database.close()
    }

    private static func check(_ evening: Evening, _ ends: [Instant]) async throws {
        let database = try await Database.open(path: evening.folder + "/autoplex.db")
        let (kept, undone, decided) = try await database.read { db in
            (
                try db.rows("SELECT key FROM inbox WHERE source = 'downloads'") { row in try row.text("key") },
                try db.rows("SELECT why FROM inbox WHERE source = 'downloads' AND state <> 'done'") { row in
                    try row.text("why")
                },
                try db.rows("SELECT at FROM downloads_cases WHERE decision <> ''") { row in try row.instant("at") }
            )
        }
        await database.close()
        #expect(undone == [])
        #expect(Set(kept).count == kept.count && kept.count >= ends.count)
        let lost = Set(ends).subtracting(decided)
        #expect(lost.isEmpty, "\(ends.count) were acknowledged, \(decided.count) decided")
    }
}
