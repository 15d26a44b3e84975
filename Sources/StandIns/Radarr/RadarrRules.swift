// How this Radarr is set up: what its owner would choose in its settings.

import Runtime

package struct RadarrRules: Sendable {
    package struct Client: Sendable {
        package var id: Int
        package var name: String
        /// Serves only films that share one; empty: all that have no client of their own.
        package var tags: Set<Int>
        /// Into the cloud, instead of files on the disk.
        package var makesLinks: Bool

        package init(id: Int, name: String, tags: Set<Int> = [], makesLinks: Bool) {
            self.id = id
            self.name = name
            self.tags = tags
            self.makesLinks = makesLinks
        }
    }

    package struct Profile: Sendable {
        package var id: Int
        package var name: String
        package var wants: [HouseholdWorld.FilmQuality]
        package var cutoff: HouseholdWorld.FilmQuality
    }

    /// Where its Connect webhook posts to, and the headers its owner added.
    package struct Connect: Sendable {
        package var url: String
        package var headers: [(name: String, value: String)]
        package var onUpgrade: Bool

        package init(url: String, headers: [(name: String, value: String)] = [], onUpgrade: Bool = true) {
            self.url = url
            self.headers = headers
            self.onUpgrade = onUpgrade
        }
    }

    package var apiKey = "0f9e8d7c6b5a49382716051423324150"
    package var version = "6.0.3.10110"
    package var instance = "Radarr"
    /// "", "/radarr"
    package var urlBase = ""
    package var isStarting = false
    package var clients = [
        Client(id: 1, name: "rdtclient links", makesLinks: true),
        Client(id: 2, name: "rdtclient disk", tags: [HouseholdWorld.FilmTags.disk], makesLinks: false),
    ]
    package var profiles = [
        Profile(id: 4, name: "HD-1080p", wants: [.web720, .web1080, .bluray1080], cutoff: .bluray1080),
        Profile(id: 5, name: "Ultra-HD", wants: [.bluray1080, .bluray2160], cutoff: .bluray2160),
    ]
    package var connect: Connect?
    package var queueTime = Duration.milliseconds(200)
    /// For each film.
    package var searchTime = Duration.seconds(2)
    package var downloadTime = Duration.seconds(60)
    package var health: [(type: String, source: String, message: String)] = []
    package var journalLimit = 20_000

    package init() {}
    package static let standard = RadarrRules()
}
