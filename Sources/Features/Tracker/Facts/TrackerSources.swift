// What the tracker asks the outside, and never changes there. Each answer is known, absent or unknown (rule 2): absent
// also where there is nobody to ask, and unknown has the event wait.

package import Domain
package import Runtime

/// A show as the library has it: its own ids and year, which no hook tells.
package struct LibraryShow: Hashable, Sendable {
    package var title: String
    package var originalTitle: String?
    package var year: Int?
    package var guids: [String]
    package var network: String?
    package var country: String?

    package init(
        title: String, originalTitle: String? = nil, year: Int? = nil, guids: [String] = [], network: String? = nil,
        country: String? = nil
    ) {
        self.title = title
        self.originalTitle = originalTitle
        self.year = year
        self.guids = guids
        self.network = network
        self.country = country
    }
}

/// An episode that a catalogue knows by one of its own ids.
package struct FoundEpisode: Hashable, Sendable {
    package var show: ShowIDs
    package var episode: ShowIDs
    package var season: Int
    package var number: Int

    package init(show: ShowIDs, episode: ShowIDs = ShowIDs(), season: Int, number: Int) {
        self.show = show
        self.episode = episode
        self.season = season
        self.number = number
    }
}

/// An episode in somebody's library, and whether they have seen it there.
package struct LibraryEpisode: Hashable, Sendable {
    package var play: EpisodePlay
    package var isWatched: Bool

    package init(_ play: EpisodePlay, isWatched: Bool) {
        self.play = play
        self.isWatched = isWatched
    }
}

/// What was played before anybody told us, oldest first.
package struct TrackerHistory: Sendable {
    /// A piece of it, the moment to go on from, and how much of it has been read by then, 0…1.
    package typealias Use = @Sendable (_ plays: [EpisodePlay], _ next: Instant, _ share: Double) async throws -> Void

    package var name: String
    /// Nil: from its beginning.
    package var read: @Sendable (_ since: Instant?, _ use: @escaping Use) async throws -> Void

    package init(_ name: String, read: @escaping @Sendable (Instant?, @escaping Use) async throws -> Void) {
        self.name = name
        self.read = read
    }
}

package struct TrackerSources: Sendable {
    /// Whose account it is; absent: nobody's we know. `door`: whose own address it came by.
    package var person: @Sendable (EpisodePlay.Account, _ server: String, _ door: Int64?) async -> Reading<Int64>
    package var library: @Sendable (EpisodePlay.Place) async -> Reading<LibraryShow>
    /// The other episodes of the file that was played, as plays of their own; nil: there is nobody to ask.
    package var siblings: (@Sendable (EpisodePlay) async -> Reading<[EpisodePlay]>)?
    /// Everything of a show that the library has, as that person has seen it.
    package var leaves: @Sendable (_ person: Int64, EpisodePlay.Place) async -> Reading<[LibraryEpisode]>
    /// By an episode's ids.
    package var find: @Sendable (ShowIDs) async -> Reading<FoundEpisode>
    /// Whole, with its episodes, by a show's ids. `isFresh`: not as it was told before.
    package var show: @Sendable (ShowIDs, _ isFresh: Bool) async -> Reading<CatalogueEntry>
    /// Of that name; their episodes are not asked for.
    package var search: @Sendable (_ title: String, _ year: Int?) async -> Reading<[CatalogueEntry]>
    /// Who keeps a history of what was played; nil: nobody is asked.
    package var history: TrackerHistory?
    /// Everybody who was known by two numbers and is one person: the number of before, and theirs.
    package var joins: @Sendable () async -> Reading<[Int64: Int64]>
    /// A hook that was not understood, read anew.
    package var reread: @Sendable (_ payload: [UInt8], _ arrival: Instant) -> HookReading<EpisodePlay>?

    package init(
        person: @escaping @Sendable (EpisodePlay.Account, String, Int64?) async -> Reading<Int64>,
        library: @escaping @Sendable (EpisodePlay.Place) async -> Reading<LibraryShow> = { _ in .absent },
        siblings: (@Sendable (EpisodePlay) async -> Reading<[EpisodePlay]>)? = nil,
        leaves: @escaping @Sendable (Int64, EpisodePlay.Place) async -> Reading<[LibraryEpisode]> = { _, _ in .absent },
        find: @escaping @Sendable (ShowIDs) async -> Reading<FoundEpisode> = { _ in .absent },
        show: @escaping @Sendable (ShowIDs, Bool) async -> Reading<CatalogueEntry> = { _, _ in .absent },
        search: @escaping @Sendable (String, Int?) async -> Reading<[CatalogueEntry]> = { _, _ in .absent },
        history: TrackerHistory? = nil, joins: @escaping @Sendable () async -> Reading<[Int64: Int64]> = { .absent },
        reread: @escaping @Sendable ([UInt8], Instant) -> HookReading<EpisodePlay>? = { _, _ in nil }
    ) {
        self.person = person
        self.library = library
        self.siblings = siblings
        self.leaves = leaves
        self.find = find
        self.show = show
        self.search = search
        self.history = history
        self.joins = joins
        self.reread = reread
    }
}
