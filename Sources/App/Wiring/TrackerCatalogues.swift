// The catalogues as the tracker asks them: TMDB where there is a key, TVmaze where there is none, and where a show was
// put onto a list before the key came.

internal import Domain
internal import Runtime
internal import TVData
internal import Tracker

extension TrackerOutside {
    /// Only TMDB knows an episode by numbers of others.
    func find(_ ids: ShowIDs) async -> Reading<FoundEpisode> {
        guard let tmdb else { return .absent }
        return await asking {
            let asked: [(id: String, at: TMDB.Elsewhere)] =
                (ids.tvdb.map { [("\($0)", .tvdb)] } ?? []) + (ids.imdb.map { [($0, .imdb)] } ?? [])
            for one in asked {
                let found = try await tmdb.find(one.id, at: one.at).episodes
                if found.count == 1 {
                    return .known(
                        FoundEpisode(
                            show: ShowIDs(tmdb: found[0].show), episode: ShowIDs(found[0].episode.ids),
                            season: found[0].episode.season, number: found[0].episode.number))
                }
            }
            return .absent
        }
    }

    func show(_ ids: ShowIDs, _ isFresh: Bool) async -> Reading<CatalogueEntry> {
        await asking {
            if let tmdb, let number = try await number(of: ids, tmdb) {
                return .known(CatalogueEntry(try await tmdb.wholeShow(number, isFresh: isFresh)))
            }
            guard let number = try await number(of: ids, tvmaze) else { return .absent }
            return .known(CatalogueEntry(try await tvmaze.wholeShow(number, isFresh: isFresh)))
        }
    }

    private func number(of ids: ShowIDs, _ tmdb: TMDB) async throws -> Int? {
        if let number = ids.tmdb { return number }
        if let id = ids.tvdb, let show = try await tmdb.find("\(id)", at: .tvdb).shows.first { return show.ids.tmdb }
        if let id = ids.imdb, let show = try await tmdb.find(id, at: .imdb).shows.first { return show.ids.tmdb }
        return nil
    }

    private func number(of ids: ShowIDs, _ tvmaze: TVmaze) async throws -> Int? {
        if let number = ids.tvmaze { return number }
        if let id = ids.tvdb, let number = try await number("\(id)", .tvdb) { return number }
        if let id = ids.imdb, let number = try await number(id, .imdb) { return number }
        return nil
    }

    private func number(_ id: String, _ elsewhere: TVmaze.Elsewhere) async throws -> Int? {
        do { return try await tvmaze.number(id, at: elsewhere) } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    func search(_ title: String) async -> Reading<[CatalogueEntry]> {
        await asking {
            let shows =
                if let tmdb { try await tmdb.searchAll(title) } else { try await tvmaze.search(title) }
            return shows.isEmpty ? .absent : .known(shows.map { CatalogueEntry($0) })
        }
    }
}

extension ShowIDs {
    fileprivate init(_ ids: TVIDs) { self.init(tmdb: ids.tmdb, tvdb: ids.tvdb, imdb: ids.imdb, tvmaze: ids.tvmaze) }
}

extension CatalogueEntry {
    init(_ show: TVShow) {
        self.init(
            show.title, names: [show.originalTitle].compactMap(\.self) + show.otherNames, year: show.year,
            network: show.network, country: show.country, ids: ShowIDs(show.ids), hasEnded: show.hasEnded,
            poster: show.poster,
            episodes: show.episodes?.map { episode in
                KnownEpisode(
                    season: episode.season, number: episode.number, absolute: episode.absolute, title: episode.title,
                    airedOn: episode.airedOn, runtime: episode.minutes, ids: ShowIDs(episode.ids))
            })
    }
}
