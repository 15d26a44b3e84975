// The people as Tautulli knows them (sheet §4). It never says when somebody joined, and `isActive` is what plex.tv said at
// the last refresh.

package import Runtime

package struct TautulliUser: Sendable, Equatable {
    /// The plex.tv id; 0 is the pseudo user "Local".
    package var id: Int
    package var username: String
    /// What the owner calls them; the username where nothing else is set.
    package var friendlyName: String
    /// Managed users have none.
    package var email: String?
    package var thumb: String
    /// plex.tv listed a share (or this is the owner) when Tautulli last looked.
    package var isActive: Bool
    package var isAdmin: Bool
    package var isHome: Bool?
    package var isRestricted: Bool?
    package var keepsHistory: Bool
    /// Hidden within Tautulli, which says nothing about the share. Only `user(_:)` ever tells of such.
    package var isDeleted: Bool
    package var sharedLibraries: [Int]

    package var isPerson: Bool { id != 0 }
}

/// A line of the users' table: when somebody was last seen playing, and what.
package struct TautulliUserRow: Sendable, Equatable {
    package var id: Int
    package var username: String
    package var friendlyName: String
    package var plays: Int
    package var played: Duration
    /// The start of the last play that was written down: no login, no end of a stream, blind to what runs now. Nil may
    /// well be a new member.
    package var lastSeen: Instant?
    package var lastPlayed: String?
    package var mediaType: TautulliMediaType?
    package var ratingKey: Int?
    package var player: String
    package var platform: String
    package var isActive: Bool
    package var keepsHistory: Bool
}

package struct TautulliWatchTime: Sendable, Equatable {
    /// 0: ever.
    package var days: Int
    package var plays: Int
    package var played: Duration
}

package struct TautulliPlayerStat: Sendable, Equatable {
    package var player: String
    package var platform: String
    package var plays: Int
    package var played: Duration
}

package struct TautulliUserStat: Sendable, Equatable {
    package var userID: Int
    package var friendlyName: String
    package var plays: Int
    package var played: Duration
}

extension Tautulli {
    /// All of them: the owner, the removed (not active), and the pseudo user Local; not those hidden within Tautulli.
    package func users() async throws(TautulliError) -> [TautulliUser] {
        let users = try await ask("get_users", as: [TautulliUser].self)
        // The owner and Local are always there; nobody means that the database failed.
        guard !users.isEmpty else { throw .crashed }
        return users
    }

    /// Nil when Tautulli knows nobody by this id. For such it answers with the user Local, and success.
    package func user(_ id: Int) async throws(TautulliError) -> TautulliUser? {
        let user = try await ask("get_user", [("user_id", String(id))], as: TautulliUser.self)
        if user.id == id { return user }
        // The same is said where its database failed: ask another way before believing it.
        return try await users().first { $0.id == id }
    }

    package func usersTable() async throws(TautulliError) -> [TautulliUserRow] {
        var rows: [Int: TautulliUserRow] = [:]
        var start = 0
        while true {
            let page = try await ask(
                "get_users_table",
                [
                    // By name, not by when they were last seen: that changes while we read.
                    ("order_column", "username"), ("order_dir", "asc"), ("start", String(start)), ("length", "1000"),
                ], .heavy, as: UsersPage.self)
            guard page.isWhole else { throw .crashed }
            for row in page.rows { rows[row.id] = row }
            start += page.rows.count
            if start >= page.total { break }
            guard !page.rows.isEmpty else { throw .incomplete("\(page.total) users are there and \(start) were told") }
        }
        return rows.values.sorted { ($0.username, $0.id) < ($1.username, $1.id) }
    }

    /// Zeros for a person Tautulli does not know. 0 days: ever.
    package func watchTime(
        of userID: Int, days: [Int] = [1, 7, 30, 0]
    ) async throws(TautulliError) -> [TautulliWatchTime] {
        try await watchTime("get_user_watch_time_stats", ("user_id", String(userID)), days)
    }

    package func watchTime(
        ofItem ratingKey: Int, days: [Int] = [1, 7, 30, 0]
    ) async throws(TautulliError) -> [TautulliWatchTime] {
        try await watchTime("get_item_watch_time_stats", ("rating_key", String(ratingKey)), days)
    }

    private func watchTime(
        _ command: String, _ subject: (name: String, value: String), _ days: [Int]
    ) async throws(TautulliError) -> [TautulliWatchTime] {
        guard !days.isEmpty else { return [] }
        let asked = (name: "query_days", value: days.map(String.init).joined(separator: ","))
        let told = try await ask(command, [subject, asked], .heavy, as: [TautulliWatchTime].self)
        // Who never played has zeros for every span; no lines at all is a failed query.
        guard told.count == days.count else { throw .crashed }
        return told
    }

    /// Who played an item (an artist, a show), and how much.
    package func listeners(ofItem ratingKey: Int) async throws(TautulliError) -> [TautulliUserStat] {
        try await ask("get_item_user_stats", [("rating_key", String(ratingKey))], .heavy)
    }

    package func players(of userID: Int) async throws(TautulliError) -> [TautulliPlayerStat] {
        try await ask("get_user_player_stats", [("user_id", String(userID))], .heavy)
    }
}

struct UsersPage: Decodable {
    /// As with the history's pages.
    let isWhole: Bool
    let total: Int
    let rows: [TautulliUserRow]

    init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        isWhole = fields.whole("draw") != 0
        // Not recordsTotal: that counts the hidden ones too.
        total = try fields.decode(Int.self, forKey: "recordsFiltered")
        rows = try fields.list("data")
    }
}

extension TautulliUser: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        let username = fields.text("username")
        self.init(
            id: try fields.decode(Int.self, forKey: "user_id"), username: username,
            friendlyName: fields.filledText("friendly_name") ?? username, email: fields.filledText("email"),
            thumb: fields.filledText("thumb") ?? fields.text("user_thumb"), isActive: fields.flag("is_active"),
            isAdmin: fields.flag("is_admin"), isHome: fields.claim("is_home_user"),
            isRestricted: fields.claim("is_restricted"), keepsHistory: fields.flag("keep_history"),
            isDeleted: fields.flag("deleted_user"),
            sharedLibraries: fields.texts("shared_libraries").compactMap { Int($0) })
    }
}

extension TautulliUserRow: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        let username = fields.text("username")
        self.init(
            id: try fields.decode(Int.self, forKey: "user_id"), username: username,
            friendlyName: fields.filledText("friendly_name") ?? username, plays: fields.whole("plays") ?? 0,
            played: fields.seconds("duration") ?? .zero, lastSeen: fields.instant("last_seen"),
            lastPlayed: fields.filledText("last_played"), mediaType: fields.word("media_type"),
            ratingKey: fields.whole("rating_key"), player: fields.text("player"), platform: fields.text("platform"),
            isActive: fields.flag("is_active"), keepsHistory: fields.flag("keep_history"))
    }
}

extension TautulliWatchTime: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        self.init(
            days: try fields.decode(Int.self, forKey: "query_days"), plays: fields.whole("total_plays") ?? 0,
            played: fields.seconds("total_time") ?? .zero)
    }
}

extension TautulliPlayerStat: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        self.init(
            player: fields.text("player_name"), platform: fields.text("platform"),
            plays: fields.whole("total_plays") ?? 0, played: fields.seconds("total_time") ?? .zero)
    }
}

extension TautulliUserStat: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        let username = fields.text("username")
        self.init(
            userID: try fields.decode(Int.self, forKey: "user_id"),
            friendlyName: fields.filledText("friendly_name") ?? username, plays: fields.whole("total_plays") ?? 0,
            played: fields.seconds("total_time") ?? .zero)
    }
}
