// What a Radarr tells of its own accord ("Connect") about a film: that it took a release, that a file came to be where
// it says, that one is gone. The proof that a download ended, beside what its queue and history say when asked.

package import Runtime

package struct ImportNotice: Hashable, Sendable, Codable {
    package enum Event: Hashable, Sendable, Codable {
        case grab(release: String, size: Int64?)
        /// `path`: of the file, as that Radarr sees it.
        case imported(path: String, size: Int64?, isUpgrade: Bool)
        case deleted(path: String?)
        /// The sender's own word for it.
        case other(String)
    }

    package var event: Event
    /// As that Radarr calls itself.
    package var instance: String
    /// Its own number of the film; 0: none was given.
    package var movieID: Int
    package var film: FilmIDs
    package var downloadID: String?
    package var at: Instant

    package init(
        event: Event, instance: String, movieID: Int = 0, film: FilmIDs, downloadID: String? = nil, at: Instant
    ) {
        self.event = event
        self.instance = instance
        self.movieID = movieID
        self.film = film
        self.downloadID = downloadID
        self.at = at
    }
}
