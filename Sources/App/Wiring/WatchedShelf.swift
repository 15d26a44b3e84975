// Who watched what when, and everybody's favourites, read once for a whole look at the disk: asking about each film by
// itself would be a thousand questions.

internal import Domain
internal import Downloads
internal import History
internal import Jellyfin
internal import Plex
internal import Runtime

actor WatchedShelf {
    private struct Shelf: Sendable {
        var watched: [(ids: FilmIDs, at: Instant)] = []
        var favourites: [FilmIDs] = []
        /// Of films, by folded title.
        var plexWatched: [String: [(year: Int?, at: Instant)]] = [:]
    }

    private let jellyfin: Jellyfin?
    private let plex: Plex?
    private let history: History?
    private let keep: Duration
    private let clock: any Clock
    private var shelf: (at: Instant, reading: Reading<Shelf>)?

    init(jellyfin: Jellyfin?, plex: Plex?, history: History?, keep: Duration, clock: any Clock) {
        self.jellyfin = jellyfin
        self.plex = plex
        self.history = history
        self.keep = keep
        self.clock = clock
    }

    func lastWatched(_ film: FilmIDs) async -> Reading<Instant> {
        switch await read() {
        case .unknown(let why): return .unknown(why: why)
        case .absent: return .absent
        case .known(let shelf):
            // What may be the film counts as it: this keeps films.
            let jellyfin = shelf.watched.filter { $0.ids.isSame(as: film) ?? Self.isAlike($0.ids, film) }.map(\.at)
            let plex = shelf.plexWatched[FilmIDs.folded(film.title), default: []].filter { play in
                guard let year = play.year, let own = film.year else { return true }
                return abs(year - own) <= 1
            }.map(\.at)
            return (jellyfin + plex).max().map { .known($0) } ?? .absent
        }
    }

    func isFavourite(_ film: FilmIDs) async -> Reading<Bool> {
        await read().map { shelf in shelf.favourites.contains { $0.isSame(as: film) ?? Self.isAlike($0, film) } }
    }

    private static func isAlike(_ a: FilmIDs, _ b: FilmIDs) -> Bool {
        FilmIDs.folded(a.title) == FilmIDs.folded(b.title)
    }

    private func read() async -> Reading<Shelf> {
        if let shelf, clock.now - shelf.at < .minutes(15) { return shelf.reading }
        let reading = await look()
        // What failed is asked again sooner.
        if case .known = reading { shelf = (clock.now, reading) }
        return reading
    }

    private func look() async -> Reading<Shelf> {
        guard jellyfin != nil || history != nil else { return .unknown(why: "neither Jellyfin nor Tautulli is set up") }
        var shelf = Shelf()
        do {
            if let jellyfin {
                for user in try await jellyfin.users() {
                    for item in try await jellyfin.playedFilms(of: user.id, most: 20_000) {
                        // Watched, and nobody knows when: as good as now.
                        shelf.watched.append((item.ids, item.state?.lastPlayed ?? clock.now))
                    }
                    shelf.favourites += try await jellyfin.favouriteFilms(of: user.id, most: 20_000).map(\.ids)
                }
            }
            if let plex { shelf.favourites += try await Self.starred(plex) }
            if let history {
                try await history.catchUp()
                let since = clock.now - keep
                try await history.plays(before: clock.now) { plays in
                    for play in plays where play.kind == .movie && play.started >= since {
                        shelf.plexWatched[FilmIDs.folded(play.title), default: []].append((play.year, play.started))
                    }
                }
            }
        } catch { return .unknown(why: "\(error)") }
        return .known(shelf)
    }

    /// What the owner gave all the stars there are; Plex tells nobody else's.
    private static func starred(_ plex: Plex) async throws -> [FilmIDs] {
        var films: [FilmIDs] = []
        for section in try await plex.sections() where section.kind == .movie {
            let best = plex.items(.movie, in: section.id, where: [("userRating>", "10")], withGuids: true)
            films += try await best.all().filter { ($0.userRating ?? 0) >= 10 }.map {
                LibraryItem($0, isOwner: true).ids
            }
        }
        return films
    }
}
