// Which artist somebody means. Libraries may each have one of the same name.

internal import Domain
package import Plex

package enum ArtistFinding: Hashable, Sendable {
    case one(PlexItem)
    case several([PlexItem])
    case none(like: [PlexItem])
}

extension Enrichment {
    package func findArtist(_ typed: String) async throws -> ArtistFinding {
        do { return try await artist(AlbumQuery(typed)) } catch { throw EnrichTrouble.of(error) }
    }

    private func artist(_ query: AlbumQuery) async throws(PlexError) -> ArtistFinding {
        guard !query.words.isEmpty else { return .none(like: []) }
        if let key = query.ratingKey, let item = try await artist(key: key) { return .one(item) }
        var seen: Set<String> = []
        var artists: [PlexItem] = []
        for section in try await plex.sections() where section.isMusic {
            artists += try await plex.search(.artist, titled: query.words, in: section.id)
        }
        artists += try await plex.hubSearch(query.words, kinds: [.artist], limit: 20)
        artists = artists.filter { seen.insert($0.ratingKey).inserted }
        let wanted = Folding.foldedName(query.words)
        let same = artists.filter { Folding.foldedName(AlbumQuery.cleaned($0.title)) == wanted }
        if same.count == 1 { return .one(same[0]) }
        if same.count > 1 { return .several(same) }
        return .none(like: Array(artists.prefix(AlbumQuery.mostOffered)))
    }

    private func artist(key: String) async throws(PlexError) -> PlexItem? {
        do throws(PlexError) {
            let item = try await plex.item(key)
            return item.kind == .artist ? item : nil
        } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
    }

    package func artistSuggestions(_ typed: String) async throws -> [PlexItem] {
        let query = AlbumQuery(typed)
        guard query.words.count >= 2 else { return [] }
        return try await plex.hubSearch(query.words, kinds: [.artist], limit: 25)
    }
}

extension Enrichment {
    /// All of them: an artist's `children` are only what Plex counts as albums proper, without singles and live ones.
    func albums(of artist: PlexItem) async throws(PlexError) -> [PlexItem] {
        guard let section = artist.sectionID else { return try await plex.children(of: artist.ratingKey) }
        return try await plex.albums(ofArtist: artist.ratingKey, in: section)
    }

    /// Their name, and how many albums there are to do.
    package func size(ofArtist key: String) async throws -> (name: String, albums: Int) {
        do {
            let item = try await plex.item(key)
            guard item.kind == .artist else { throw EnrichTrouble.notAnArtist(title: item.title) }
            return (item.title, try await albums(of: item).count)
        } catch { throw EnrichTrouble.of(error) }
    }
}
