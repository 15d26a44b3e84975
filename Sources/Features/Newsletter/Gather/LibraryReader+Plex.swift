// The libraries, asked of Plex itself: what was added since a moment, how much there is (sheet plex.md §2).

package import Plex
internal import Domain
internal import Runtime

extension LibraryReader {
    /// More new things than these are a library moved in, and nobody reads a list of them.
    static let mostNews = 20_000
    /// More artists are not asked about: each is a request of its own.
    static let mostArtists = 400

    package static func plex(_ plex: Plex) -> LibraryReader {
        LibraryReader(
            shelves: { await reading { try await plex.sections().compactMap(LibraryShelf.init) } },
            news: { shelf, since in await reading { try await news(plex, shelf, since) } },
            size: { shelf in await reading { try await size(plex, shelf) } },
            parts: { titles in await parts(plex, titles) },
            sections: { titles in await reading { try await sections(plex, titles) } })
    }

    static func reading<Value>(_ read: () async throws -> Value) async -> Reading<Value> {
        do { return .known(try await read()) } catch { return .unknown(why: "\(error)") }
    }

    private static func news(_ plex: Plex, _ shelf: LibraryShelf, _ since: Instant) async throws -> [NewItem] {
        let pages = plex.items(
            shelf.newestKind, in: shelf.section, where: [("addedAt>", "\(since.seconds)")], sortedBy: "addedAt:desc")
        var items: [NewItem] = []
        for try await page in pages {
            if page.isFreshStart { items.removeAll() }
            if let why = page.unreadable.first { throw LibraryTrouble.unreadable(why) }
            // Plex's own filter is checked again: one that ignores it would make everything new.
            items += page.rows.compactMap { NewItem($0) }.filter { $0.addedAt >= since }
            if items.count >= mostNews { break }
        }
        return items
    }

    private static func size(_ plex: Plex, _ shelf: LibraryShelf) async throws -> LibrarySize {
        let items = try await count(plex, shelf.kind.itemKind, shelf.section)
        let leaves: Int? =
            if let leaf = shelf.kind.leafKind { try await count(plex, leaf, shelf.section) } else { nil }
        return LibrarySize(
            section: shelf.section, name: shelf.name, kind: shelf.kind.rawValue, items: items, leaves: leaves)
    }

    /// The first page says how many there are.
    private static func count(
        _ plex: Plex, _ kind: PlexKind, _ section: Int, where fields: [(name: String, value: String)] = []
    ) async throws -> Int {
        var frugal = plex
        frugal.pageSize = 1
        for try await page in frugal.items(kind, in: section, where: fields) {
            guard let total = page.total else { throw LibraryTrouble.noTotal }
            return total
        }
        return 0
    }

    private static func sections(_ plex: Plex, _ titles: [FactsTitle]) async throws -> [FactsTitle: Int] {
        let items = try await plex.items(titles.compactMap { $0.ratingKey.map(String.init) })
        let byKey = Dictionary(items.map { ($0.ratingKey, $0.sectionID) }) { first, _ in first }
        var found: [FactsTitle: Int] = [:]
        for title in titles { found[title] = title.ratingKey.flatMap { byKey["\($0)"] ?? nil } }
        return found
    }

    private static func parts(_ plex: Plex, _ titles: [FactsTitle]) async -> [FactsTitle: Reading<Int>] {
        var found: [FactsTitle: Reading<Int>] = [:]
        let keyed = titles.filter { $0.ratingKey != nil }
        for title in titles where title.ratingKey == nil { found[title] = .absent }
        let items = await reading { try await plex.items(keyed.compactMap { $0.ratingKey.map(String.init) }) }
        switch items {
        case .absent: break
        case .unknown(let why): for title in keyed { found[title] = .unknown(why: why) }
        case .known(let items):
            let byKey = Dictionary(items.map { ($0.ratingKey, $0) }) { first, _ in first }
            var artists = 0
            for title in keyed {
                guard let item = byKey["\(title.ratingKey ?? 0)"] else {
                    // Gone from the library.
                    found[title] = .absent
                    continue
                }
                if let leaves = item.leafCount {
                    found[title] = .known(leaves)
                } else if let section = item.sectionID, item.kind == .artist, artists < mostArtists {
                    artists += 1
                    found[title] = await reading {
                        try await count(plex, .track, section, where: [("artist.id", item.ratingKey)])
                    }
                } else {
                    found[title] = .unknown(why: "Plex does not tell how many there are")
                }
            }
        }
        return found
    }
}

enum LibraryTrouble: Error, CustomStringConvertible {
    case noTotal
    case unreadable(String)

    var description: String {
        switch self {
        case .noTotal: "Plex did not tell how many there are"
        case .unreadable(let why): why
        }
    }
}

extension LibraryShelf.Kind {
    var itemKind: PlexKind {
        switch self {
        case .movie: .movie
        case .show: .show
        case .artist: .artist
        }
    }
    var leafKind: PlexKind? {
        switch self {
        case .movie: nil
        case .show: .episode
        case .artist: .track
        }
    }
}

extension LibraryShelf {
    init?(_ section: PlexSection) {
        // Photos and the like are no library of things that are played.
        guard let kind = Kind(rawValue: section.kind.name) else { return nil }
        self.init(section: section.id, name: section.title, kind: kind)
    }

    /// What comes in one by one.
    var newestKind: PlexKind {
        switch kind {
        case .movie: .movie
        case .show: .episode
        case .artist: .album
        }
    }
}

extension NewItem {
    init?(_ item: PlexItem) {
        guard let kind = Addition.Kind(rawValue: item.kind.name), let addedAt = item.addedAt else { return nil }
        self.init(
            kind, item.title, ratingKey: Int(item.ratingKey), parentKey: item.parentRatingKey.flatMap { Int($0) },
            grandparentKey: item.grandparentRatingKey.flatMap { Int($0) }, parentTitle: item.parentTitle,
            grandparentTitle: item.grandparentTitle, index: item.index, parentIndex: item.parentIndex, year: item.year,
            summary: item.summary, genres: item.genres, thumb: item.thumb, grandparentThumb: item.grandparentThumb,
            addedAt: addedAt)
    }
}
