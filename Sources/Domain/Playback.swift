// Somebody's playing came to something, as a hook or a poll tells it: what was sent, free of the sender's spelling.
// What it comes to is the downloads' business; nothing here is trusted beyond having been said.

package import Runtime

package struct Playback: Hashable, Sendable, Codable {
    package enum Source: String, Hashable, Sendable, Codable, CaseIterable {
        case jellyfin, plex, tautulli
    }

    package enum Kind: Hashable, Sendable, Codable {
        case stop
        /// The sender's own word for it.
        case other(String)
    }

    package enum ItemKind: Hashable, Sendable, Codable {
        case film, episode
        case other(String)
    }

    package struct User: Hashable, Sendable, Codable {
        /// As the source numbers its people; of Jellyfin 32 small hexadecimal digits.
        package var id: String?
        package var name: String?

        package init(id: String? = nil, name: String? = nil) {
            self.id = id.flatMap { $0.isEmpty ? nil : $0 }
            self.name = name.flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    package var source: Source
    package var kind: Kind
    package var user: User
    package var itemKind: ItemKind
    package var film: FilmIDs
    /// The source's own number of the item.
    package var itemID: String
    /// The version of the film that was played, where there are several.
    package var mediaSourceID: String?
    package var runtime: Duration?
    package var position: Duration?
    /// What the source itself says about having come to the end; nil: nothing.
    package var saidWatched: Bool?
    /// When it ended. What came without a time, or with one of the future, has that of its arrival.
    package var at: Instant
    package var client: String
    package var device: String

    package init(
        source: Source, kind: Kind = .stop, user: User = User(), itemKind: ItemKind = .film, film: FilmIDs,
        itemID: String = "", mediaSourceID: String? = nil, runtime: Duration? = nil, position: Duration? = nil,
        saidWatched: Bool? = nil, at: Instant, client: String = "", device: String = ""
    ) {
        self.source = source
        self.kind = kind
        self.user = user
        self.itemKind = itemKind
        self.film = film
        self.itemID = itemID
        self.mediaSourceID = mediaSourceID
        self.runtime = runtime
        self.position = position
        self.saidWatched = saidWatched
        self.at = at
        self.client = client
        self.device = device
    }

    /// Of somebody's film, and since when another report of it is the same one: the film's runtime, at least a quarter
    /// of an hour.
    package var duplicateWindow: Duration { max(runtime ?? .minutes(15), .minutes(15)) }

    /// How whoever keeps duplicates apart names it: the same stop sent again has the same key, another stop another.
    package var key: String {
        let who = user.id ?? user.name.map(FilmIDs.folded) ?? "?"
        let what = itemID.isEmpty ? film.key : itemID
        return "\(source.rawValue):\(who):\(what):\(at.milliseconds):\(position?.milliseconds ?? -1)"
    }

    /// How the time a sender gave is taken: none, or more than five minutes ahead of ours, is the arrival's.
    package static func time(said: Instant?, arrival: Instant) -> Instant {
        guard let said, said <= arrival + .minutes(5) else { return arrival }
        return said
    }
}
