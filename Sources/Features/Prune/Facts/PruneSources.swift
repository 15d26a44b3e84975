// What prune asks the outside, and never changes there. Each answer is known, absent or unknown (rule 2); wiring fills
// them from plex.tv, Plex, Tautulli's mirrored history and Discord.

package import Domain
package import Runtime

/// The newest sign of somebody in a history.
package struct LastPlay: Hashable, Sendable, Codable {
    /// When it ended, or was last seen going on.
    package var at: Instant
    package var title: String

    package init(at: Instant, title: String) {
        self.at = at
        self.title = title
    }
}

/// Tautulli's history in a few numbers.
package struct HistoryPulse: Hashable, Sendable {
    /// The end of the newest play of anybody; nil: there is none.
    package var newest: Instant?
    /// As Tautulli counts them.
    package var rows: Int
    /// By plex.tv number.
    package var accounts: [Int: LastPlay]

    package init(newest: Instant?, rows: Int, accounts: [Int: LastPlay]) {
        self.newest = newest
        self.rows = rows
        self.accounts = accounts
    }
}

/// What runs on the server now.
package struct PruneStream: Hashable, Sendable {
    /// As the server counts accounts: its owner is 1.
    package var account: Int
    /// What the server ends it by.
    package var session: String
    package var title: String

    package init(account: Int, session: String, title: String) {
        self.account = account
        self.session = session
        self.title = title
    }
}

/// Everything needed to give somebody back what they had.
package struct ShareSnapshot: Hashable, Sendable, Codable {
    package struct Library: Hashable, Sendable, Codable {
        /// plex.tv's global number, which invitations take.
        package var id: Int
        package var title: String

        package init(id: Int, title: String) {
            self.id = id
            self.title = title
        }
    }

    package var machine: String
    package var shareID: Int
    /// plex.tv's number of the person.
    package var account: Int
    package var username: String
    package var email: String
    package var hasAllLibraries: Bool
    package var libraries: [Library]
    /// Rights and filters under plex.tv's own names: "allowSync": "1", "filterMovies": "label=kids".
    package var settings: [String: String]

    package init(
        machine: String, shareID: Int, account: Int, username: String = "", email: String = "",
        hasAllLibraries: Bool = false, libraries: [Library], settings: [String: String] = [:]
    ) {
        self.machine = machine
        self.shareID = shareID
        self.account = account
        self.username = username
        self.email = email
        self.hasAllLibraries = hasAllLibraries
        self.libraries = libraries
        self.settings = settings
    }
}

package struct PruneSources: Sendable {
    /// Everybody plex.tv lists for this server at this moment: owner, Home, members and invited. Read anew each time; an
    /// older list is not an answer.
    package var people: @Sendable () async -> Reading<[Person]>
    /// The same people as they were last known, without asking anybody: for looking, never for acting.
    package var known: @Sendable () async -> Reading<[Person]>
    /// Tautulli's, after what is new was read.
    package var history: @Sendable () async -> Reading<HistoryPulse>
    /// Plex's own history since then, by account: it has the plays that are too short for Tautulli.
    package var plexHistory: @Sendable (_ since: Instant) async -> Reading<[Int: LastPlay]>
    package var streams: @Sendable () async -> Reading<[PruneStream]>
    /// The machine identifier of the Plex server; unknown while it belongs to nobody.
    package var server: @Sendable () async -> Reading<String>
    /// The share of this server they have now, from a list that is believed; absent: they have none.
    package var share: @Sendable (Person) async -> Reading<ShareSnapshot>
    /// Roles of a Discord user; absent: not in the guild.
    package var roles: @Sendable (UInt64) async -> Reading<[UInt64]>
    /// The Discord users linked to somebody.
    package var discord: @Sendable (Person) async -> Reading<[UInt64]>
    /// Whether the stop file lies there: a sentence, or nil. Asked before every effect.
    package var stopFile: @Sendable () -> String?

    package init(
        people: @escaping @Sendable () async -> Reading<[Person]>,
        known: (@Sendable () async -> Reading<[Person]>)? = nil,
        history: @escaping @Sendable () async -> Reading<HistoryPulse>,
        plexHistory: @escaping @Sendable (Instant) async -> Reading<[Int: LastPlay]>,
        streams: @escaping @Sendable () async -> Reading<[PruneStream]>,
        server: @escaping @Sendable () async -> Reading<String>,
        share: @escaping @Sendable (Person) async -> Reading<ShareSnapshot>,
        roles: @escaping @Sendable (UInt64) async -> Reading<[UInt64]> = { _ in .unknown(why: "no Discord is set") },
        discord: @escaping @Sendable (Person) async -> Reading<[UInt64]> = { _ in .known([]) },
        stopFile: @escaping @Sendable () -> String? = { nil }
    ) {
        self.people = people
        self.known = known ?? people
        self.history = history
        self.plexHistory = plexHistory
        self.streams = streams
        self.server = server
        self.share = share
        self.roles = roles
        self.discord = discord
        self.stopFile = stopFile
    }
}
