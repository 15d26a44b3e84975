// One row: a person's sitting, or several that Jellystat made one of (less than an hour apart, not yet 80 % seen). Texts
// that look like numbers arrive as numbers, ids of people among them, which then are no ids any more.

package import Domain
internal import LooseJSON
package import Runtime

package struct JellystatRow: Hashable, Sendable, Identifiable {
    package var id: String
    /// 32 small hexadecimal digits. Nil: it arrived as a number, and only the name is left to tell who it was.
    package var userID: String?
    package var userName: String
    package var itemID: String
    /// Of films nil.
    package var episodeID: String?
    package var played: Duration
    /// The sitting's end.
    package var ended: Instant
    package var client: String
    package var device: String
}

package struct JellystatHistory: Hashable, Sendable {
    /// Newest first. Empty proves nothing.
    package var rows: [JellystatRow]

    package init(rows: [JellystatRow]) { self.rows = rows }

    package func rows(of user: Playback.User) -> [JellystatRow] { rows.filter { $0.isOf(user) } }
}

extension JellystatRow {
    /// The id decides where both have one; else the name, in whatever case.
    package func isOf(_ user: Playback.User) -> Bool {
        if let userID, let id = user.id { return userID == id }
        guard let name = user.name else { return false }
        return userName.lowercased() == name.lowercased()
    }

    init?(_ json: Loose) {
        guard let id = json.text("Id"), let ended = json.instant("ActivityDateInserted"),
            let seconds = json.number("PlaybackDuration"), 0..<1e9 ~= seconds
        else { return nil }
        self.id = id
        userID = json.text("UserId").flatMap(Self.guid)
        userName = json.text("UserName") ?? ""
        itemID = json.text("NowPlayingItemId").flatMap { Self.guid($0) ?? $0 } ?? ""
        episodeID = json.text("EpisodeId")
        played = .milliseconds(Int64(seconds * 1000))
        self.ended = ended
        client = json.text("Client") ?? ""
        device = json.text("DeviceName") ?? ""
    }

    private static func guid(_ text: String) -> String? {
        let digits = text.lowercased().filter { $0 != "-" }
        return digits.utf8.count == 32 && digits.allSatisfy(\.isHexDigit) ? digits : nil
    }
}

/// What rows come to, in finished plays.
package enum JellystatCount {
    /// - Parameters:
    ///   - rows: one person's of one film
    ///   - share: of the runtime, from which a play counts: 0.9
    ///   - before: rows that end within two minutes of this moment or later are the event that asks, not one before it
    package static func watches(
        _ rows: [JellystatRow], runtime: Duration, share: Double = 0.9, before event: Instant
    ) -> [Instant] {
        let whole = runtime.inSeconds * share
        guard whole > 0 else { return [] }
        var watches: [Instant] = []
        var pieces = 0.0
        for row in rows.sorted(by: { $0.ended < $1.ended })
        where row.episodeID == nil && row.ended < event - .minutes(2) {
            let seconds = row.played.inSeconds
            if seconds >= whole {
                watches.append(row.ended)
                continue
            }
            // In two sittings or more: counted at the end of the one that completes it.
            pieces += seconds
            if pieces >= whole {
                watches.append(row.ended)
                pieces = 0
            }
        }
        return watches
    }
}
