// The people (sheet §4): the pseudo user Local who answers for strangers, the removed who stay, the hidden who are only
// told of by id, and the settings that an edit sets to 0 unless it says otherwise.

import Runtime

extension TautulliAPI {
    static let userCommands: [String: Command] = [
        "get_users": { api, visit in .data(api.users(visit)) },
        "get_user": { api, visit throws(TautulliRefusal) in try api.user(visit) },
        "get_user_names": { api, visit in
            var names: [JSON] = [["user_id": 0, "friendly_name": "Local"]]
            names += api.book.users.filter { !$0.isDeleted }.map {
                ["user_id": .number($0.person.id), "friendly_name": .string($0.shownName)]
            }
            return .data(.array(names))
        },
        "get_users_table": { api, visit throws(TautulliRefusal) in try api.usersTable(visit) },
        "refresh_users_list": { api, visit in
            if !visit.rules.plexIsDown { api.book.refreshUsers(visit.world) }
            return .data(.bool(!visit.rules.plexIsDown))
        },
        "edit_user": { api, visit throws(TautulliRefusal) in
            guard let id = visit["user_id"].flatMap({ Int($0) }) else { throw .refused(nil) }
            let name = visit.filled("friendly_name")
            api.book.changeUser(id) { user in
                user.friendlyName = name == user.username ? nil : name
                // Whatever an edit does not mention is taken for off.
                user.notifies = visit.castNumber("do_notify", or: 0) != 0
                user.keepsHistory = visit.castNumber("keep_history", or: 0) != 0
                user.allowsGuest = visit.castNumber("allow_guest", or: 0) != 0
            }
            return .data("Successfully updated user.")
        },
        "delete_all_user_history": { api, visit throws(TautulliRefusal) in
            let ids = try api.usersToDelete(visit)
            api.book.deleteRows { ids.contains($0.userID) }
            return .data([:], message: "Deleted user history.")
        },
        "delete_user": { api, visit throws(TautulliRefusal) in
            let ids = try api.usersToDelete(visit)
            api.book.deleteRows { ids.contains($0.userID) }
            for id in ids {
                api.book.changeUser(id) { user in
                    user.isDeleted = true
                    user.keepsHistory = false
                    user.notifies = false
                }
            }
            return .data([:], message: "Deleted user.")
        },
        "undelete_user": { api, visit throws(TautulliRefusal) in
            let isDone = api.book.changeUser(visit.castNumber("user_id", or: -1)) { user in
                user.isDeleted = false
                user.keepsHistory = true
                user.notifies = true
            }
            guard isDone else { throw .refused("Unable to re-add user. Invalid user_id or username.") }
            return .data([:], message: "Re-added user with user_id \(visit["user_id"] ?? "").")
        },
    ]

    private func usersToDelete(_ visit: Visit) throws(TautulliRefusal) -> Set<Int> {
        if let rows = visit.list("row_ids") {
            return Set(book.users.filter { rows.contains(String($0.row)) }.map(\.person.id))
        }
        guard let id = visit.filled("user_id") else { throw .refused("No user id or row ids received.") }
        guard let id = Int(id), id >= 0 else { throw .refused("Failed to delete user(s).") }
        return [id]
    }

    static func thumb(_ user: TautulliBook.User) -> String { "https://plex.tv/users/\(user.person.uuid)/avatar" }

    private static let local: JSON = [
        "row_id": 1, "user_id": 0, "username": "Local", "friendly_name": "Local", "thumb": .null, "email": .null,
        "is_active": 1, "is_admin": 0, "is_home_user": .null, "is_allow_sync": .null, "is_restricted": .null,
        "do_notify": 1, "keep_history": 1, "allow_guest": 0, "shared_libraries": [], "filter_all": .null,
        "filter_movies": .null, "filter_tv": .null, "filter_music": .null, "filter_photos": .null,
    ]

    private func users(_ visit: Visit) -> JSON {
        guard rules.databaseWorks else { return [] }
        return .array(
            [Self.local]
                + book.users.filter { !$0.isDeleted }.map { user in
                    var json = json(of: user, visit)
                    json["thumb"] = .string(Self.thumb(user))
                    for filter in ["filter_all", "filter_movies", "filter_tv", "filter_music", "filter_photos"] {
                        json[filter] = ""
                    }
                    return json
                })
    }

    func json(of user: TautulliBook.User, _ visit: Visit) -> JSON {
        let person = user.person
        let sections = person.sections.isEmpty ? visit.world.sections.map(\.key) : person.sections
        return [
            "row_id": .number(user.row), "user_id": .number(person.id), "username": .string(user.username),
            "friendly_name": .string(user.shownName), "email": .string(person.email),
            "is_active": .claim(user.isActive), "is_admin": .claim(person.isOwner),
            "is_home_user": .claim(person.isHome), "is_allow_sync": .claim(person.isOwner),
            "is_restricted": .claim(person.isManaged), "do_notify": .claim(user.notifies),
            "keep_history": .claim(user.keepsHistory), "allow_guest": .claim(user.allowsGuest),
            "shared_libraries": .texts(sections.map(String.init)),
        ]
    }

    private mutating func user(_ visit: Visit) throws(TautulliRefusal) -> TautulliOutcome {
        guard let asked = visit.filled("user_id") else { throw .refused(nil) }
        if Int(asked).flatMap({ book.user($0) }) == nil, !rules.plexIsDown { book.refreshUsers(visit.world) }
        guard rules.databaseWorks, let user = Int(asked).flatMap({ book.user($0) }) else {
            return .data([
                "row_id": 0, "user_id": 0, "username": "Local", "friendly_name": "Local",
                "user_thumb": "interfaces/default/images/gravatar-default-80x80.png", "email": "", "is_active": 1,
                "is_admin": "", "is_home_user": 0, "is_allow_sync": 0, "is_restricted": 0, "do_notify": 0,
                "keep_history": 1, "allow_guest": 0, "deleted_user": 0, "shared_libraries": [], "last_seen": .null,
            ])
        }
        var json = json(of: user, visit)
        json["user_thumb"] = .string(Self.thumb(user))
        json["deleted_user"] = .claim(user.isDeleted)
        let lastSeen = book.rows.filter { $0.userID == user.person.id }.map(\.started).max()
        json["last_seen"] = visit.isSet("include_last_seen", or: false) ? .numberOrNull(lastSeen) : .null
        return .data(json)
    }

    private func usersTable(_ visit: Visit) throws(TautulliRefusal) -> TautulliOutcome {
        let start = try visit.number("start", or: 0)
        let length = try visit.number("length", or: 25)
        guard rules.databaseWorks else {
            return .data(["recordsFiltered": 0, "recordsTotal": 0, "draw": 0, "data": []])
        }
        let rows = Dictionary(grouping: book.rows, by: \.userID)
        let isGrouping = visit.isSet("grouping", or: rules.groupsHistory)
        var lines: [JSON] = [nobodysLine]
        lines += book.users.filter { !$0.isDeleted }.map { user in
            line(of: user, rows[user.person.id] ?? [], isGrouping: isGrouping)
        }
        if let wanted = visit.filled("search")?.lowercased() {
            lines = lines.filter { line in
                ["friendly_name", "username", "email", "title", "last_played", "player", "platform", "ip_address"]
                    .contains { line[$0]?.string?.lowercased().contains(wanted) == true }
            }
        }
        let column = visit["order_column"] ?? "friendly_name"
        let isDescending = visit["order_dir"] == "desc"
        lines = lines.enumerated().sorted { a, b in
            let (first, second) = (Self.sortKey(a.element[column]), Self.sortKey(b.element[column]))
            if first == second { return a.offset < b.offset }
            return isDescending ? second < first : first < second
        }.map(\.element)
        return .data([
            "recordsFiltered": .number(lines.count), "recordsTotal": .number(book.users.count + 1),
            "data": .array(Self.page(lines, start: start, length: length)), "draw": 1,
        ])
    }

    /// Nothing, then numbers, then text without case, as SQLite sorts.
    private static func sortKey(_ value: JSON?) -> (Int, Double, String) {
        switch value {
        case .string(let text): (2, 0, text.lowercased())
        case .int(let number): (1, Double(number), "")
        default: (0, 0, "")
        }
    }

    private var nobodysLine: JSON {
        var line = unplayed
        for (key, value): (String, JSON) in [
            ("row_id", 1), ("user_id", 0), ("username", "Local"), ("friendly_name", "Local"), ("title", .null),
            ("email", .null), ("do_notify", 1), ("keep_history", 1), ("allow_guest", 0), ("is_active", 1),
        ] { line[key] = value }
        return line
    }

    /// Of somebody who never played: nothing known.
    private var unplayed: JSON {
        var line: JSON = [
            "row_id": 0, "user_id": 0, "username": "", "friendly_name": "", "title": .null, "email": "",
            "user_thumb": "interfaces/default/images/gravatar-default-80x80.png", "plays": 0, "duration": 0,
        ]
        for key in [
            "last_seen", "last_played", "history_row_id", "ip_address", "platform", "player", "rating_key",
            "media_type", "thumb", "parent_title", "year", "media_index", "parent_media_index", "live",
            "originally_available_at", "guid", "transcode_decision",
        ] { line[key] = .null }
        for key in ["do_notify", "keep_history", "allow_guest", "is_active"] { line[key] = 0 }
        return line
    }

    private func line(of user: TautulliBook.User, _ rows: [TautulliRow], isGrouping: Bool) -> JSON {
        var line = unplayed
        func set(_ values: [(String, JSON)]) { for (key, value) in values { line[key] = value } }
        set([
            ("row_id", .number(user.row)), ("user_id", .number(user.person.id)), ("username", .string(user.username)),
            ("friendly_name", .string(user.shownName)),
            ("title", user.person.title == user.username ? .null : .string(user.person.title)),
            ("email", .string(user.person.email)), ("user_thumb", .string(Self.thumb(user))),
            ("do_notify", .claim(user.notifies)), ("keep_history", .claim(user.keepsHistory)),
            ("allow_guest", .claim(user.allowsGuest)), ("is_active", .claim(user.isActive)),
        ])
        guard let last = rows.max(by: { $0.started < $1.started }) else { return line }
        let plays = isGrouping ? Set(rows.map(\.reference)).count : rows.count
        set([
            ("plays", .number(plays)), ("duration", .number(rows.reduce(0) { $0 + $1.played })),
            ("last_seen", .number(last.started)), ("last_played", .string(last.item.fullTitle)),
            ("history_row_id", .numberOrNull(rows.map(\.id).max())), ("ip_address", .string(last.device.address)),
            ("platform", .string(last.device.platform)), ("player", .string(last.device.name)),
            ("rating_key", .number(last.item.item.ratingKey)), ("media_type", .string(last.item.mediaType)),
            ("thumb", .string(last.item.historyThumb)), ("parent_title", .string(last.item.parent?.title ?? "")),
            ("year", .numberOrEmpty(last.item.year)), ("media_index", .numberOrEmpty(last.item.item.index)),
            ("parent_media_index", .numberOrEmpty(last.item.parentIndex)), ("live", 0),
            ("originally_available_at", .string(last.item.released)), ("guid", .string(last.item.item.guid)),
            ("transcode_decision", .string(last.decision.rawValue)),
        ])
        return line
    }
}
