// Asks Plex for the albums somebody may mean (sheet plex.md §2). Both of Plex's searches are asked, unless the first finds
// what was typed to the letter: the section's "contains" takes a comma for "or", the hub search forgives a slip of the pen.

internal import Domain
internal import MusicBrainz
package import Plex

package struct AlbumSearch: Sendable {
    let plex: Plex

    package init(_ plex: Plex) { self.plex = plex }

    package func find(_ typed: String) async throws(PlexError) -> AlbumFinding {
        let query = AlbumQuery(typed)
        guard !query.words.isEmpty else { return .none(like: []) }
        if let key = query.ratingKey { return try await byKey(key, query) }
        let sections = try await plex.sections().filter(\.isMusic)
        return try await find(query, in: sections)
    }

    /// "1999" is an album too: a number that is both is asked about.
    private func byKey(_ key: String, _ query: AlbumQuery) async throws(PlexError) -> AlbumFinding {
        var keyed: PlexItem?
        do throws(PlexError) { keyed = try await plex.item(key) } catch {
            guard case .notFound = error else { throw error }
        }
        let sections = try await plex.sections().filter(\.isMusic)
        let titled = try await find(query, in: sections)
        guard let keyed, keyed.kind == .album else {
            if case .none = titled, let keyed { return .one(keyed) }
            return titled
        }
        switch titled {
        case .one(let album) where album.ratingKey != key && Folding.folded(album.title) == key:
            return .several([keyed, album])
        default: return .one(keyed)
        }
    }

    private func find(_ query: AlbumQuery, in sections: [PlexSection]) async throws(PlexError) -> AlbumFinding {
        var candidates: [PlexItem] = []
        for title in titles(query) {
            for section in sections {
                candidates += try await plex.search(.album, titled: title, in: section.id)
            }
        }
        // To the letter, and the only one of that name: no slip of the pen to forgive. Plex's other search is the dear one.
        if case .one(let album) = query.finding(among: candidates), query.isWritten(album) { return .one(album) }
        let music = Set(sections.map(\.id))
        func isMusic(_ item: PlexItem) -> Bool { item.sectionID.map(music.contains) ?? true }
        var artists: [PlexItem] = []
        for words in hubWords(query) {
            for item in try await plex.hubSearch(words, kinds: [.album, .artist], limit: 20) where isMusic(item) {
                if item.kind == .album { candidates.append(item) } else { artists.append(item) }
            }
        }
        var finding = query.finding(among: candidates)
        // Misspelt: perhaps the artist was not.
        if case .none = finding {
            candidates += try await albums(of: artists, query)
            finding = query.finding(among: candidates)
        }
        return finding
    }

    private func titles(_ query: AlbumQuery) -> [String] {
        var titles: [String] = []
        for meaning in query.meanings where !titles.contains(meaning.title) { titles.append(meaning.title) }
        return Array(titles.prefix(4))
    }

    private func hubWords(_ query: AlbumQuery) -> [String] {
        var all = titles(query)
        for meaning in query.meanings { if let artist = meaning.artist, !all.contains(artist) { all.append(artist) } }
        return Array(all.prefix(6))
    }

    private func albums(of artists: [PlexItem], _ query: AlbumQuery) async throws(PlexError) -> [PlexItem] {
        let names = Set(query.meanings.compactMap(\.artist).map { Folding.foldedName($0) })
        var albums: [PlexItem] = []
        for artist in artists where names.contains(Folding.foldedName(AlbumQuery.cleaned(artist.title))) {
            albums += try await plex.children(of: artist.ratingKey)
        }
        if albums.isEmpty {
            // The title's longest word alone still finds it when another is misspelt.
            let words = query.words.split(separator: " ").filter { $0.count >= 4 }.sorted { $0.count > $1.count }
            for word in words.prefix(2) {
                albums += try await plex.hubSearch(String(word), kinds: [.album], limit: 20)
            }
        }
        return albums
    }

    /// For autocompletion: one request.
    package func suggestions(_ typed: String) async throws(PlexError) -> [PlexItem] {
        let query = AlbumQuery(typed)
        guard query.words.count >= 2 else { return [] }
        let title = query.meanings.last?.title ?? query.words
        let sections = try await plex.hubSearch(title, kinds: [.album], limit: 25)
        return sections
    }
}
