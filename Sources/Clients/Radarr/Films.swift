// Finding films. Radarr has no question by IMDb's number; its lookup has, and says which of what it finds is its own.

package import Domain
internal import HTTP
internal import LooseJSON
internal import Servarr

extension Radarr {
    /// All of them: many megabytes in a large collection.
    package func films() async throws(RadarrError) -> [RadarrFilm] {
        // Its word for each picture's address on its own disk costs it a look at the disk.
        let query = [("excludeLocalCovers", "true")]
        return try await server.list(ServarrCall("GET", "/api/v3/movie", query, what: "the films")) { RadarrFilm($0) }
    }

    /// Nil: not in Radarr.
    package func film(tmdb: Int) async throws(RadarrError) -> RadarrFilm? {
        let call = ServarrCall("GET", "/api/v3/movie", [("tmdbId", "\(tmdb)")], what: "the film TMDb \(tmdb)")
        let found = try await server.list(call) { RadarrFilm($0) }
        // A Radarr that does not know the filter would answer with all.
        guard found.allSatisfy({ $0.ids.tmdb == tmdb }), found.count < 2 else {
            throw server.failed(.unreadable("\(call.what): \(found.count) films where one was asked for"))
        }
        return found.first
    }

    /// By Radarr's own number. Nil: it has gone.
    package func film(_ id: Int) async throws(RadarrError) -> RadarrFilm? {
        let call = ServarrCall("GET", "/api/v3/movie/\(id)", what: "the film number \(id)")
        let answer: Loose
        do throws(RadarrError) { answer = try await server.ask(call) } catch {
            if case .notFound = error.trouble { return nil }
            throw error
        }
        guard let film = RadarrFilm(answer), film.id == id else { throw server.failed(.unreadable(call.what)) }
        return film
    }

    /// What the films' service on the internet finds: those in Radarr come as Radarr has them, with their `id`.
    package func lookUp(imdb: String) async throws(RadarrError) -> [RadarrFilm] { try await lookUp("imdb:\(imdb)") }
    package func lookUp(tmdb: Int) async throws(RadarrError) -> [RadarrFilm] { try await lookUp("tmdb:\(tmdb)") }
    package func lookUp(title: String, year: Int? = nil) async throws(RadarrError) -> [RadarrFilm] {
        try await lookUp(year.map { "\(title) \($0)" } ?? title)
    }

    private func lookUp(_ term: String) async throws(RadarrError) -> [RadarrFilm] {
        let call = ServarrCall("GET", "/api/v3/movie/lookup", [("term", term)], what: "a lookup of \(term)")
        return try await server.list(call) { RadarrFilm($0) }
    }

    /// Asked anew, where a stored film's may be half a year old. Never says whether the film is in Radarr.
    package func freshFilm(tmdb: Int) async throws(RadarrError) -> RadarrFilm {
        let query = [("tmdbId", "\(tmdb)")]
        let call = ServarrCall("GET", "/api/v3/movie/lookup/tmdb", query, what: "the film TMDb \(tmdb)")
        guard let film = RadarrFilm(try await server.ask(call)) else { throw server.failed(.unreadable(call.what)) }
        return film
    }

    /// The film meant, in Radarr: by TMDb's number, then IMDb's, then title and year within one. Several that fit: none.
    package func film(_ ids: FilmIDs) async throws(RadarrError) -> RadarrFind {
        if let tmdb = ids.tmdb { return try await film(tmdb: tmdb).map(RadarrFind.found) ?? .absent }
        if let imdb = ids.imdb {
            let known = try await lookUp(imdb: imdb).filter(\.isInRadarr)
            return known.count > 1 ? .ambiguous(known) : known.first.map(RadarrFind.found) ?? .absent
        }
        guard ids.year != nil else { return .ambiguous([]) }
        let fitting = try await films().filter { ids.isSame(as: $0.ids) == true }
        // The year as told counts before its neighbours.
        let exact = fitting.filter { $0.ids.year == ids.year }
        let best = exact.isEmpty ? fitting : exact
        return best.count > 1 ? .ambiguous(best) : best.first.map(RadarrFind.found) ?? .absent
    }
}

/// What a search for one film came to.
package enum RadarrFind: Hashable, Sendable {
    case found(RadarrFilm)
    case absent
    /// Nobody can say which; with none: there was too little to go by.
    case ambiguous([RadarrFilm])
}
