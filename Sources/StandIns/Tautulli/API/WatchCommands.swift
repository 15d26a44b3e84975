// Who played how much (sheet §4, §5): of a person, of an item. Plays are counted by sittings unless told otherwise.

import Runtime

extension TautulliAPI {
    static let watchCommands: [String: Command] = [
        "get_user_watch_time_stats": { api, visit in
            guard let id = visit["user_id"].flatMap({ Int($0) }), api.rules.databaseWorks else { return .data([]) }
            return .data(api.watchTime(api.book.rows.filter { $0.userID == id }, visit))
        },
        "get_item_watch_time_stats": { api, visit in
            guard let rows = api.rows(ofItem: visit["rating_key"]) else { return .data([]) }
            return .data(api.watchTime(rows, visit))
        },
        "get_library_watch_time_stats": { api, visit in
            guard let id = visit["section_id"].flatMap({ Int($0) }), api.rules.databaseWorks else { return .data([]) }
            return .data(api.watchTime(api.book.rows.filter { $0.item.item.section == id }, visit))
        },
        "get_user_player_stats": { api, visit in
            guard let id = visit["user_id"].flatMap({ Int($0) }), api.rules.databaseWorks else { return .data([]) }
            return .data(api.playerStats(api.book.rows.filter { $0.userID == id }, visit))
        },
        "get_item_user_stats": { api, visit in
            guard let rows = api.rows(ofItem: visit["rating_key"]) else { return .data([]) }
            return .data(api.userStats(rows, visit))
        },
        "get_library_user_stats": { api, visit in
            guard let id = visit["section_id"].flatMap({ Int($0) }), api.rules.databaseWorks else { return .data([]) }
            return .data(api.userStats(api.book.rows.filter { $0.item.item.section == id }, visit))
        },
    ]

    /// An item's own plays or those of what is in it.
    private func rows(ofItem key: String?) -> [TautulliRow]? {
        guard rules.databaseWorks, let key = key.flatMap({ Int($0) }) else { return nil }
        return book.rows.filter { row in
            row.item.item.ratingKey == key || row.item.parentKey == key || row.item.grandparentKey == key
        }
    }

    func count(_ rows: some Sequence<TautulliRow>, _ visit: Visit) -> Int {
        visit.isSet("grouping", or: rules.groupsHistory)
            ? Set(rows.map(\.reference)).count : rows.reduce(0) { count, _ in count + 1 }
    }

    private func watchTime(_ rows: [TautulliRow], _ visit: Visit) -> JSON {
        let spans = (visit.filled("query_days") ?? "1,7,30,0").split(separator: ",").map { Int($0.trimmed) ?? 0 }
        return .array(
            spans.map { days in
                let since = Int(visit.now.seconds) - days * 86_400
                let found = days > 0 ? rows.filter { $0.stopped >= since } : rows
                let total = found.reduce(0) { $0 + $1.played }
                return [
                    "query_days": .number(days), "total_time": .number(total),
                    "total_plays": .number(total == 0 ? 0 : count(found, visit)),
                ]
            })
    }

    private func playerStats(_ rows: [TautulliRow], _ visit: Visit) -> JSON {
        let players = Dictionary(grouping: rows) { $0.device.name }.map { name, rows in
            (name: name, rows: rows, plays: count(rows, visit))
        }
        return .array(
            players.sorted { ($1.plays, $0.name) < ($0.plays, $1.name) }.enumerated().map { index, player in
                let platform = player.rows.last?.device.platform ?? ""
                return [
                    "player_name": .string(player.name), "platform": .string(platform),
                    "platform_name": .string(Self.platformName(platform)), "total_plays": .number(player.plays),
                    "total_time": .number(player.rows.reduce(0) { $0 + $1.played }), "result_id": .number(index),
                ]
            })
    }

    private func userStats(_ rows: [TautulliRow], _ visit: Visit) -> JSON {
        let people = Dictionary(grouping: rows, by: \.userID).compactMap { id, rows in
            book.user(id).map { (user: $0, rows: rows, plays: count(rows, visit)) }
        }
        return .array(
            people.sorted { ($1.plays, $0.user.row) < ($0.plays, $1.user.row) }.map { person in
                [
                    "friendly_name": .string(person.user.shownName), "user_id": .number(person.user.person.id),
                    "user_thumb": .string(Self.thumb(person.user)), "username": .string(person.user.username),
                    "total_plays": .number(person.plays),
                    "total_time": .number(person.rows.reduce(0) { $0 + $1.played }),
                ]
            })
    }

    /// The name of the platform's picture.
    static func platformName(_ platform: String) -> String {
        let known = [
            ("android", "android"), ("ios", "ios"), ("webos", "lg"), ("tizen", "samsung"), ("roku", "roku"),
            ("firefox", "firefox"), ("chrome", "chrome"), ("safari", "safari"), ("windows", "windows"),
            ("linux", "linux"), ("macos", "macos"),
        ]
        let lower = platform.lowercased()
        return known.first { lower.contains($0.0) }?.1 ?? "default"
    }
}
