// Gathering (rule 1): rated tracks and what is in a playlist, in the rules' own small values. All of it or an error; a
// list that came short is never taken for the whole (rule 2).

internal import Plex
internal import Runtime

enum PlaylistReader {
    /// Page by page, because fifty thousand of Plex's own items would fill the memory.
    static func songs(atLeast rating: Double, in section: Int, _ plex: Plex) async throws(PlexError) -> [PlaylistSong] {
        let bound = rating == rating.rounded() ? "\(Int(rating))" : "\(rating)"
        let pages = plex.items(
            .track, in: section, where: [("userRating>", bound)], sortedBy: "userRating:desc")
        var songs: [PlaylistSong] = []
        var iterator = pages.makeAsyncIterator()
        while let page = try await iterator.next() {
            if let why = page.unreadable.first { throw .unreadable(why) }
            if page.isFreshStart { songs.removeAll() }
            for item in page.rows where item.kind == .track {
                songs.append(
                    PlaylistSong(
                        item.ratingKey, name: name(of: item), rating: item.userRating,
                        ratedAt: item.lastRatedAt?.seconds, addedAt: item.addedAt?.seconds))
            }
        }
        return songs
    }

    static func places(of playlist: PlexPlaylist, _ plex: Plex) async throws(PlexError) -> [PlaylistPlace] {
        try await plex.entries(of: playlist).compactMap { entry in
            entry.id.map { PlaylistPlace($0, entry.item.ratingKey, name: name(of: entry.item)) }
        }
    }

    static func name(of item: PlexItem) -> String {
        let title = item.title.isEmpty ? "track \(item.ratingKey)" : item.title
        return item.performer.isEmpty ? title : "\(item.performer) – \(title)"
    }
}
