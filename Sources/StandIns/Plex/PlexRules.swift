// How this Plex behaves where servers differ or nobody knows (the sheet's question marks): to be set by the test.

package struct PlexRules: Sendable {
    /// While starting up everything answers 503.
    package var isStarting = false
    /// Without it streams cannot be ended from afar: 401 (sheet plex.md §3).
    package var hasPlexPass = true
    /// Ids already on a playlist are skipped (sheet plex.md §4: reported, not documented); else they come twice.
    package var skipsDuplicates = true
    /// Whether a playlist without items stays.
    package var keepsEmptyPlaylists = true
    /// Bytes of path and query, encoded. Playlists were refused at some 300 ids of six digits (sheet plex.md §4).
    package var longestPlaylistURL = 3_000
    package var longestURL = 12_000
    /// The most items one answer holds, whatever was asked for; nil: no limit.
    package var longestPage: Int?
    /// Old servers, and some endpoints of new ones, do not know about paging.
    package var ignoresPaging = false
    /// Between two signs of life on an idle WebSocket; zero: none.
    package var keepAlive = Duration.seconds(5)
    package var journalLimit = 20_000
    /// Set up by accounts of plex.tv, each for itself.
    package var webhooks: [PlexWebhook] = []

    package init() {}

    package static let standard = PlexRules()
}
