// How many share a film: the most of all torrents of it. Indexers that cannot search by a film's number are silently
// skipped by such a search, so the title is tried as well, and what that finds must say by its own numbers, or by title
// and year, that it is the film.

package import Domain
internal import HTTP
internal import LooseJSON
internal import Runtime
internal import Servarr

package enum ProwlarrSeeders: Hashable, Sendable {
    case known(Int, indexer: String)
    /// In words: nothing was found, which may be the indexers' fault.
    case unknown(String)
}

extension Prowlarr {
    package func seeders(of film: FilmIDs) async throws(ProwlarrError) -> ProwlarrSeeders {
        var found = try await releases(byNumberOf: film)
        if Self.most(found) == nil { found = try await releases(byTitleOf: film) }
        if let most = Self.most(found) { return .known(most.seeders, indexer: most.indexer) }
        if !found.isEmpty { return .unknown("Prowlarr found \(film.name), but no torrent that says how many share it") }
        let resting = try await restingIndexers().count
        return .unknown(
            "Prowlarr found no release of \(film.name)"
                + (resting > 0 ? "; \(resting) indexers are resting after failures" : ", which proves nothing"))
    }

    /// Empty where the film has no number.
    package func releases(byNumberOf film: FilmIDs) async throws(ProwlarrError) -> [ProwlarrRelease] {
        let terms = [film.imdb.map { "{ImdbId:\($0)}" }, film.tmdb.map { "{TmdbId:\($0)}" }].compactMap { $0 }
        guard !terms.isEmpty else { return [] }
        // The braces are read in a search of type `movie` only.
        return try await search(terms.joined(), type: "movie").filter { Self.fits($0, film, isTrusted: true) }
    }

    package func releases(byTitleOf film: FilmIDs) async throws(ProwlarrError) -> [ProwlarrRelease] {
        let query = film.year.map { "\(film.title) \($0)" } ?? film.title
        return try await search(query, type: "search").filter { Self.fits($0, film, isTrusted: false) }
    }

    private func search(_ query: String, type: String) async throws(ProwlarrError) -> [ProwlarrRelease] {
        // 2000 is "Movies"; -2 means every torrent indexer.
        let fields = [
            ("query", query), ("type", type), ("categories", "2000"), ("indexerIds", "-2"), ("limit", "100"),
            ("offset", "0"),
        ]
        var call = ServarrCall("GET", "/api/v1/search", fields, what: "a search for \(query)")
        call.mayBeAskedAgain = false
        return try await server.list(call) { ProwlarrRelease($0) }
    }

    /// `isTrusted`: the film was asked for by its number, so what says nothing is taken for it.
    static func fits(_ release: ProwlarrRelease, _ film: FilmIDs, isTrusted: Bool) -> Bool {
        if let imdb = release.imdb, let wanted = film.imdb { return imdb == wanted }
        if let tmdb = release.tmdb, let wanted = film.tmdb { return tmdb == wanted }
        if isTrusted { return true }
        // "Some.Film.1968.1080p.WEB": the title's words, and right after them the year.
        guard let year = film.year else { return false }
        let words = self.words(of: release.title)
        let title = self.words(of: film.title)
        guard !title.isEmpty, words.starts(with: title), let after = words.dropFirst(title.count).first else {
            return false
        }
        return after == "\(year)"
    }

    /// Releases have dots for blanks; what stands in a title for an abbreviation falls apart in both alike.
    private static func words(of title: String) -> [Substring] {
        FilmIDs.folded(title.replacing(".", with: " ").replacing("_", with: " ")).split(separator: " ")
    }

    static func most(_ releases: [ProwlarrRelease]) -> (seeders: Int, indexer: String)? {
        releases.filter(\.isTorrent).compactMap { release in
            release.seeders.map { (seeders: $0, indexer: release.indexer) }
        }
        .max { $0.seeders < $1.seeders }
    }
}
