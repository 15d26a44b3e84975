// Gathering (rule 1): rated tracks and what is in a playlist, in the rules' own small values. All of it or an error; a
// list that came short is never taken for the whole (rule 2).

internal import Plex
internal import Runtime

enum PlaylistReader {
    /// Page by page, because fifty thousand of Plex's own items would fill the memory.
    private static func walk<Row, Kept>(
        _ pages: PlexPages<Row>, _ keep: (Row) -> Kept?
    ) async throws(PlexError) -> [Kept] {
        var kept: [Kept] = []
        var iterator = pages.makeAsyncIterator()
        while let page = try await iterator.next() {
            if let why = page.unreadable.first { throw .unreadable(why) }
            if page.isFreshStart { kept.removeAll() }
            for row in page.rows { if let one = keep(row) { kept.append(one) } }
        }
        return kept
    }

    static func songs(atLeast rating: Double, in section: Int, _ plex: Plex) async throws(PlexError) -> [PlaylistSong] {
        let bound = rating == rating.rounded() ? "\(Int(rating))" : "\(rating)"
        let pages = plex.items(.track, in: section, where: [("userRating>", bound)], sortedBy: "userRating:desc")
        return try await walk(pages) { item in
            guard item.kind == .track else { return nil }
            return PlaylistSong(
                item.ratingKey, name: name(of: item), rating: item.userRating, ratedAt: item.lastRatedAt?.seconds,
                addedAt: item.addedAt?.seconds)
        }
    }

    static func places(of playlist: PlexPlaylist, _ plex: Plex) async throws(PlexError) -> [PlaylistPlace] {
        try await walk(try plex.entryPages(of: playlist)) { entry in
            entry.id.map { PlaylistPlace($0, entry.item.ratingKey, name: name(of: entry.item)) }
        }
    }

    static func name(of item: PlexItem) -> String {
        let title = item.title.isEmpty ? "track \(item.ratingKey)" : item.title
        return item.performer.isEmpty ? title : "\(item.performer) – \(title)"
    }
}
