// get_home_stats (sheet §5): the lists of the home page, computed from the history.

import Runtime

extension TautulliAPI {
    static let statisticsCommands: [String: Command] = [
        "get_home_stats": { api, visit throws(TautulliRefusal) in
            // Broken in this version: they end in an error without a word.
            guard visit.filled("before") == nil, visit.filled("after") == nil else { throw .refused(nil) }
            guard api.rules.databaseWorks else { return .data([]) }
            let all = Self.stats.map(\.id)
            let asked = visit.filled("stat_id")
            let stats = all.filter { asked == nil || $0 == asked }.map { api.stat($0, visit) }
            if asked != nil { return .data(stats.first ?? []) }
            return .data(.array(stats))
        }
    ]

    private static let stats: [(id: String, title: String, hasType: Bool)] = [
        ("top_movies", "Most Watched Movies", true), ("popular_movies", "Most Popular Movies", false),
        ("top_tv", "Most Watched TV Shows", true), ("popular_tv", "Most Popular TV Shows", false),
        ("top_music", "Most Played Artists", true), ("popular_music", "Most Popular Artists", false),
        ("last_watched", "Recently Watched", false), ("top_libraries", "Most Active Libraries", true),
        ("top_users", "Most Active Users", true), ("top_platforms", "Most Active Platforms", true),
        ("most_concurrent", "Most Concurrent Streams", false),
    ]

    /// A line: some plays counted together.
    struct Tally {
        let rows: [TautulliRow]
        let plays: Int
        let played: Int
        let users: Int
        let lastPlay: Int
        /// The newest, whose item stands for all.
        let last: TautulliRow
    }

    private func stat(_ id: String, _ visit: Visit) -> JSON {
        let days = visit.castNumber("time_range", or: 30)
        let count = visit.castNumber("stats_count", or: 10)
        let start = visit.castNumber("stats_start", or: 0)
        let isByDuration = visit["stats_type"] == "duration"
        let since = Int(visit.now.seconds) - days * 86_400
        let user = visit.filled("user_id").flatMap { Int($0) }
        let section = visit.filled("section_id").flatMap { Int($0) }
        let rows = book.rows.filter { row in
            days > 0 && row.stopped >= since && row.stopped <= Int(visit.now.seconds)
                && (section == nil || row.item.item.section == section)
        }
        let own = rows.filter { user == nil || $0.userID == user }
        let known = Self.stats.first { $0.id == id }
        var json: JSON = ["stat_id": .string(id)]
        if known?.hasType == true { json["stat_type"] = isByDuration ? "total_duration" : "total_plays" }
        json["stat_title"] = .string(known?.title ?? "")
        func cut(_ lines: [JSON]) -> JSON { .array(Array(lines.dropFirst(start).prefix(count))) }
        func tops(
            _ rows: [TautulliRow], by key: (TautulliRow) -> String, _ line: (Tally) -> JSON
        ) -> JSON {
            cut(tallies(rows, by: key, isByDuration: isByDuration, visit).map(line))
        }
        func popular(
            _ rows: [TautulliRow], by key: (TautulliRow) -> String, _ line: (Tally) -> JSON
        ) -> JSON {
            let tallies = tallies(rows, by: key, isByDuration: false, visit)
            // Sorted stably: plays decide among those with as many listeners.
            let ranked = tallies.enumerated().sorted { ($1.element.users, $0.offset) < ($0.element.users, $1.offset) }
            return cut(ranked.map { line($0.element) })
        }
        let kind = { (kind: HouseholdWorld.Kind) in own.filter { $0.item.item.kind == kind } }
        json["rows"] =
            switch id {
            case "top_movies": tops(kind(.movie), by: Self.movie) { titleLine($0, isPopular: false) }
            case "popular_movies": popular(kind(.movie), by: Self.movie) { titleLine($0, isPopular: true) }
            case "top_tv": tops(kind(.episode), by: Self.owner) { titleLine($0, isPopular: false) }
            case "popular_tv": popular(kind(.episode), by: Self.owner) { titleLine($0, isPopular: true) }
            case "top_music": tops(kind(.track), by: Self.performer) { titleLine($0, isPopular: false) }
            case "popular_music": popular(kind(.track), by: Self.performer) { titleLine($0, isPopular: true) }
            case "top_libraries": tops(own, by: { String($0.item.item.section) }) { libraryLine($0) }
            case "top_users": tops(own, by: { String($0.userID) }) { userLine($0) }
            case "top_platforms": tops(own, by: \.device.platform) { platformLine($0) }
            case "last_watched": cut(lastWatched(own))
            // Whoever was asked for: this one counts everybody.
            default: .array(mostConcurrent(rows))
            }
        return json
    }

    private static func movie(_ row: TautulliRow) -> String { "\(row.item.fullTitle)\u{0}\(row.item.year ?? 0)" }
    private static func owner(_ row: TautulliRow) -> String { row.item.artist }
    static func performer(_ row: TautulliRow) -> String {
        "\(row.item.item.originalTitle)\u{0}\(row.item.artist)"
    }

    private func tallies(
        _ rows: [TautulliRow], by key: (TautulliRow) -> String, isByDuration: Bool, _ visit: Visit
    ) -> [Tally] {
        let tallies = Dictionary(grouping: rows, by: key).compactMap { _, rows -> Tally? in
            guard let last = rows.max(by: { $0.started < $1.started }) else { return nil }
            return Tally(
                rows: rows, plays: count(rows, visit), played: rows.reduce(0) { $0 + $1.played },
                users: Set(rows.map(\.userID)).count, lastPlay: last.started, last: last)
        }
        return tallies.sorted { a, b in
            let (first, second) = isByDuration ? (a.played, b.played) : (a.plays, b.plays)
            return (second, b.lastPlay, b.last.id) < (first, a.lastPlay, a.last.id)
        }
    }

    private func lastWatched(_ rows: [TautulliRow]) -> [JSON] {
        let watched = rows.filter { row in
            (row.item.item.kind == .movie || row.item.item.kind == .episode) && row.percent >= rules.watchedPercent
        }
        return watched.sorted { ($1.started, $1.id) < ($0.started, $0.id) }.map { row in
            var line = itemLine(row)
            for (key, value): (String, JSON) in [
                ("user", .string(row.username)), ("friendly_name", .string(book.user(row.userID)?.shownName ?? "")),
                ("user_id", .number(row.userID)), ("user_thumb", .string(book.user(row.userID).map(Self.thumb) ?? "")),
                ("section_id", .number(row.item.item.section)), ("rating", .string(row.item.rating)),
                ("last_watch", .number(row.started)), ("player", .string(row.device.name)),
            ] { line[key] = value }
            return line
        }
    }
}
