// A show's episodes as its catalogue lists them now. One that moved to another number keeps its row, and so its marks; one
// that is gone from the list stays for the marks it has.

internal import Domain
internal import Storage

extension CatalogueBook {
    static func write(_ episodes: [KnownEpisode], of show: Int64, _ db: borrowing Session) throws(StorageError) {
        let before = try db.rows("SELECT * FROM tracker_episodes WHERE show = $1", show, decode: episode)
        // Two on one place: the first is meant.
        var places: Set<[Int]> = []
        let listed = episodes.filter {
            $0.season >= 0 && $0.number >= 0 && places.insert([$0.season, $0.number]).inserted
        }
        var rows: [(row: Int64?, episode: KnownEpisode)] = []
        var taken: Set<Int64> = []
        for episode in listed {
            let row =
                before.first { !taken.contains($0.id) && isOne($0.ids, episode.ids) }
                ?? before.first {
                    !taken.contains($0.id) && $0.season == episode.season && $0.number == episode.number
                        && !isOther($0.ids, episode.ids)
                }
            if let row { taken.insert(row.id) }
            rows.append((row?.id, episode))
        }
        // Out of the way first: two that change places would meet on one.
        try db.run("UPDATE tracker_episodes SET number = -1 - id, is_gone = 1 WHERE show = $1", show)
        for (row, episode) in rows {
            if let row {
                try db.run(
                    """
                    UPDATE tracker_episodes SET season = $2, number = $3, absolute = $4, title = $5, aired_on = $6,
                        runtime = $7, tmdb = $8, tvdb = $9, imdb = $10, tvmaze = $11, is_gone = 0
                    WHERE id = $1
                    """, row, episode.season, episode.number, episode.absolute, episode.title, episode.airedOn?.number,
                    episode.runtime, episode.ids.tmdb, episode.ids.tvdb, episode.ids.imdb, episode.ids.tvmaze)
            } else {
                try db.run(
                    """
                    INSERT INTO tracker_episodes (show, season, number, absolute, title, aired_on, runtime, tmdb, tvdb,
                        imdb, tvmaze, is_gone)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0)
                    """, show, episode.season, episode.number, episode.absolute, episode.title, episode.airedOn?.number,
                    episode.runtime, episode.ids.tmdb, episode.ids.tvdb, episode.ids.imdb, episode.ids.tvmaze)
            }
        }
    }

    private static func isOne(_ a: ShowIDs, _ b: ShowIDs) -> Bool {
        let ids = a.compared(with: b)
        return !ids.same.isEmpty && ids.different.isEmpty
    }

    private static func isOther(_ a: ShowIDs, _ b: ShowIDs) -> Bool {
        let ids = a.compared(with: b)
        return ids.same.isEmpty && !ids.different.isEmpty
    }
}
