// How this Tautulli is set up: what its owner would choose in its settings (sheet §1–§4).

package import Runtime

package struct TautulliRules: Sendable {
    /// 32 characters, or Tautulli would not take it itself.
    package var apiKey = "7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d"
    package var isAPIOn = true
    /// "/tautulli" where it stands behind a proxy; else empty.
    package var httpRoot = ""
    /// The host's: days of the history are its days.
    package var zone = LocalTime.utc
    /// Percent of a movie, an episode or a track.
    package var watchedPercent = 85
    /// What `grouping` and `include_activity` are when nobody says.
    package var groupsHistory = true
    package var includesActivity = true
    /// Plex does not answer Tautulli.
    package var plexIsDown = false
    /// Off: who came and went shows only after `refresh_users_list`, as between two of the real one's refreshes.
    package var noticesPeopleAtOnce = true
    /// The owner has a Plex Pass: streams can be ended.
    package var hasPlexPass = true
    /// Off: its database fails. Many a command then succeeds and tells of nothing.
    package var databaseWorks = true
    package var version = "v2.17.2"
    package var journalLimit = 20_000

    package init() {}

    package static let standard = TautulliRules()
}
