// The libraries where there is no access to Plex itself: Tautulli asks Plex, and where Plex is down it says so (sheet
// tautulli.md §5, §6). It lists a season that came as a whole as one, and may leave out what is older.

internal import Domain
internal import Runtime
package import Tautulli

extension LibraryReader {
    package static func tautulli(_ tautulli: Tautulli) -> LibraryReader {
        LibraryReader(
            shelves: { await reading { try await tautulli.libraries().compactMap(LibraryShelf.init) } },
            news: { shelf, since in await reading { try await news(tautulli, shelf, since) } },
            size: { shelf in await reading { try await size(tautulli, shelf) } },
            parts: { titles in await parts(tautulli, titles) },
            sections: { titles in await reading { try await sections(tautulli, titles) } })
    }

    private static func news(_ tautulli: Tautulli, _ shelf: LibraryShelf, _ since: Instant) async throws -> [NewItem] {
        let length = 200
        var found: [NewItem] = []
        var seen: Set<Int> = []
        while found.count < mostNews {
            let page = try await tautulli.recentlyAdded(length, section: shelf.section, start: seen.count)
            let new = page.filter { seen.insert($0.ratingKey).inserted }
            found += new.compactMap { NewItem($0) }.filter { $0.addedAt >= since }
            // The newest come first: what is older than we want ends it.
            let isPast = page.contains { ($0.addedAt ?? since) < since }
            if new.isEmpty || isPast || page.count < length { break }
        }
        return found
    }

    private static func size(_ tautulli: Tautulli, _ shelf: LibraryShelf) async throws -> LibrarySize {
        guard let library = try await tautulli.libraries().first(where: { $0.sectionID == shelf.section }) else {
            throw LibraryTrouble.noTotal
        }
        return LibrarySize(
            section: shelf.section, name: shelf.name, kind: shelf.kind.rawValue, items: library.count,
            leaves: library.childCount)
    }

    /// Each is a request of its own, so the rest stays not found.
    private static let mostTitles = 300

    private static func sections(_ tautulli: Tautulli, _ titles: [FactsTitle]) async throws -> [FactsTitle: Int] {
        var found: [FactsTitle: Int] = [:]
        for title in titles.prefix(mostTitles) {
            guard let key = title.ratingKey else { continue }
            found[title] = try await tautulli.metadata(of: key)?.sectionID
        }
        return found
    }

    /// Tautulli counts only what stands directly beneath an item: seasons and albums.
    private static func parts(
        _ tautulli: Tautulli, _ titles: [FactsTitle]
    ) async -> [FactsTitle: Reading<Int>] {
        Dictionary(titles.map { ($0, .unknown(why: "Tautulli does not tell how many there are")) }) { first, _ in first
        }
    }
}

extension LibraryShelf {
    init?(_ library: TautulliLibrary) {
        guard library.isActive, let kind = Kind(rawValue: library.kind.rawValue) else { return nil }
        self.init(section: library.sectionID, name: library.name, kind: kind)
    }
}

extension NewItem {
    init?(_ item: TautulliItem) {
        guard let kind = Addition.Kind(rawValue: item.mediaType.rawValue), let addedAt = item.addedAt else {
            return nil
        }
        self.init(
            kind, item.title, ratingKey: item.ratingKey, parentKey: item.parentRatingKey,
            grandparentKey: item.grandparentRatingKey, parentTitle: item.parentTitle,
            grandparentTitle: item.grandparentTitle, index: item.index, parentIndex: item.parentIndex, year: item.year,
            summary: item.summary, genres: item.genres, thumb: item.thumb.isEmpty ? nil : item.thumb,
            grandparentThumb: item.grandparentThumb.isEmpty ? nil : item.grandparentThumb, children: item.childCount,
            addedAt: addedAt)
    }
}
