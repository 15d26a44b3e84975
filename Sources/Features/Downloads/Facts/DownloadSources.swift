// What downloads ask the outside, and never change there. Each answer is known, absent or unknown (rule 2).

package import Domain
package import Runtime

/// A command of Radarr's, as it stands.
package struct CommandState: Hashable, Sendable {
    /// queued, started, completed, failed, aborted, cancelled, orphaned
    package var status: String
    package var message: String
    package var exception: String

    package init(status: String, message: String = "", exception: String = "") {
        self.status = status
        self.message = message
        self.exception = exception
    }
}

package struct QueueItem: Hashable, Sendable, Codable {
    package var downloadID: String
    package var title: String
    /// What Radarr says is the matter; empty: nothing.
    package var trouble: String
    /// It will not go on by itself.
    package var isStuck: Bool
    package var size: Int64?

    package init(
        downloadID: String = "", title: String, trouble: String = "", isStuck: Bool = false, size: Int64? = nil
    ) {
        self.downloadID = downloadID
        self.title = title
        self.trouble = trouble
        self.isStuck = isStuck
        self.size = size
    }
}

package struct HistoryEvent: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case grabbed(release: String)
        case imported(path: String)
        case failed(String)
        /// By a person or a cleaner; not because a better file took its place.
        case deleted(path: String)
    }
    package var kind: Kind
    package var at: Instant
    package var downloadID: String
    package var size: Int64?

    package init(_ kind: Kind, at: Instant, downloadID: String = "", size: Int64? = nil) {
        self.kind = kind
        self.at = at
        self.downloadID = downloadID
        self.size = size
    }
}

/// Something an indexer offers, as Radarr judges it.
package struct Release: Hashable, Sendable {
    package var guid: String
    package var indexerID: Int
    package var title: String
    package var size: Int64
    package var seeders: Int?
    /// Why Radarr would not take it by itself; empty: it would.
    package var rejections: [String]

    package init(
        guid: String, indexerID: Int, title: String, size: Int64 = 0, seeders: Int? = nil, rejections: [String] = []
    ) {
        self.guid = guid
        self.indexerID = indexerID
        self.title = title
        self.size = size
        self.seeders = seeders
        self.rejections = rejections
    }
}

package struct DownloadSources: Sendable {
    /// The Radarrs whose word about a film is asked, each for itself.
    package var instances: [String]
    /// All of them, the one that only keeps included.
    package var everywhere: [String]
    /// Which of them may call themselves so in what they post; empty: none is known to.
    package var called: @Sendable (_ itself: String) async -> [String]
    /// What lies at a path that a Radarr named, as we see it ourselves; absent: none of our folders is that one.
    package var look: @Sendable (_ path: String) async -> Reading<FileSight>
    /// Of a source's people, to know the tracked ones by id.
    package var users: @Sendable (Playback.Source) async -> Reading<[Playback.User]>
    package var item: @Sendable (Playback) async -> Reading<LibraryItem>
    package var film: @Sendable (_ instance: String, FilmIDs) async -> FilmFinding
    /// Watches of this person and film since then, without the playing this is about; the engine adds that one.
    package var plays: @Sendable (Playback, FilmIDs, _ runtime: Duration?, _ since: Instant) async -> [PlayTally]
    /// Nil: there is nobody to ask.
    package var seeders: (@Sendable (FilmIDs) async -> Reading<Int>)?
    /// Free bytes of that folder's disk.
    package var space: @Sendable (_ instance: String, _ root: String) async -> Reading<Int64>
    package var queue: @Sendable (_ instance: String, _ film: Int) async -> Reading<[QueueItem]>
    package var history: @Sendable (_ instance: String, _ film: Int) async -> Reading<[HistoryEvent]>
    /// Absent: that Radarr has forgotten it.
    package var command: @Sendable (_ instance: String, Int) async -> Reading<CommandState>
    /// The newest search for the film that Radarr remembers to have been told of since then.
    package var search: @Sendable (_ instance: String, _ film: Int, _ since: Instant) async -> Reading<Int>
    package var releases: @Sendable (_ instance: String, _ film: Int) async -> Reading<[Release]>
    /// Every film there.
    package var films: @Sendable (_ instance: String) async -> Reading<[FilmEntry]>
    /// When anybody last watched any of it; absent: never, as far as anybody knows.
    package var lastWatched: @Sendable (FilmEntry) async -> Reading<Instant>
    package var isFavourite: @Sendable (FilmEntry) async -> Reading<Bool>

    package init(
        instances: [String], everywhere: [String]? = nil,
        called: @escaping @Sendable (String) async -> [String] = { _ in [] },
        look: @escaping @Sendable (String) async -> Reading<FileSight> = { _ in .absent },
        users: @escaping @Sendable (Playback.Source) async -> Reading<[Playback.User]> = { _ in .absent },
        item: @escaping @Sendable (Playback) async -> Reading<LibraryItem> = { _ in .absent },
        film: @escaping @Sendable (String, FilmIDs) async -> FilmFinding,
        plays: @escaping @Sendable (Playback, FilmIDs, Duration?, Instant) async -> [PlayTally] = { _, _, _, _ in [] },
        seeders: (@Sendable (FilmIDs) async -> Reading<Int>)? = nil,
        space: @escaping @Sendable (String, String) async -> Reading<Int64>,
        queue: @escaping @Sendable (String, Int) async -> Reading<[QueueItem]>,
        history: @escaping @Sendable (String, Int) async -> Reading<[HistoryEvent]>,
        command: @escaping @Sendable (String, Int) async -> Reading<CommandState>,
        search: @escaping @Sendable (String, Int, Instant) async -> Reading<Int>,
        releases: @escaping @Sendable (String, Int) async -> Reading<[Release]>,
        films: @escaping @Sendable (String) async -> Reading<[FilmEntry]> = { _ in .absent },
        lastWatched: @escaping @Sendable (FilmEntry) async -> Reading<Instant> = { _ in
            .unknown(why: "nobody was asked")
        },
        isFavourite: @escaping @Sendable (FilmEntry) async -> Reading<Bool> = { _ in
            .unknown(why: "nobody was asked")
        }
    ) {
        self.instances = instances
        self.everywhere = everywhere ?? instances
        self.called = called
        self.look = look
        self.users = users
        self.item = item
        self.film = film
        self.plays = plays
        self.seeders = seeders
        self.space = space
        self.queue = queue
        self.history = history
        self.command = command
        self.search = search
        self.releases = releases
        self.films = films
        self.lastWatched = lastWatched
        self.isFavourite = isFavourite
    }
}
