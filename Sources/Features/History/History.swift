// A copy of Tautulli's history, so that a question about everything somebody ever played costs Tautulli nothing but what
// is new since the last one. Read in closed windows of time, each kept in one step together with how far it reaches: a
// stop in the middle loses one window's work and nothing else.

package import Domain
package import Runtime
package import Storage
package import Tautulli

package struct History: Sendable {
    private static let mark = "history.read-through"

    let database: Database
    private let tautulli: Tautulli
    private let clock: any Clock

    package init(_ database: Database, tautulli: Tautulli) {
        self.database = database
        self.tautulli = tautulli
        clock = database.clock
    }

    /// Reads what is new. With `fully` everything is read again, and what Tautulli no longer has goes: its owner may
    /// have deleted it there.
    package func catchUp(fully: Bool = false) async throws {
        let began = clock.now
        let known = fully ? nil : try await readThrough()
        try await tautulli.readPlays(after: known, until: began) { plays, window, reached in
            try await keep(plays, of: window, through: reached)
        }
        // Only after a reading that reached its end: a half one proves nothing about the other half.
        guard fully else { return }
        try await database.write { db in
            try db.run("DELETE FROM history_plays WHERE read_at < $1 AND started < $1", began)
        }
    }

    package func readThrough() async throws(StorageError) -> Instant? {
        try await Remembered(database).get(Self.mark).flatMap(Int64.init).map { Instant(milliseconds: $0) }
    }

    private func keep(
        _ plays: [TautulliPlay], of window: Range<Instant>, through reached: Instant
    ) async throws {
        let now = clock.now
        try await database.write { db in
            for play in plays { try Self.save(play, at: now, db) }
            // A window is read whole or not at all: what is not in it any more was deleted.
            try db.run(
                "DELETE FROM history_plays WHERE started >= $1 AND started < $2 AND read_at < $3", window.lowerBound,
                window.upperBound, now)
            try Remembered.set(Self.mark, "\(reached.milliseconds)", at: now, db)
        }
    }

    /// A row read again may say other things than before: its owner can mend titles and keys in Tautulli.
    private static func save(
        _ play: TautulliPlay, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        try db.run(
            """
            INSERT INTO history_plays (id, user_id, media_type, rating_key, parent_key, grandparent_key, guid, title,
                parent_title, grandparent_title, original_title, item_index, parent_index, started, stopped, played_ms,
                percent, is_watched, read_at, sitting, year, is_live, decision)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23)
            ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, media_type = excluded.media_type,
                rating_key = excluded.rating_key, parent_key = excluded.parent_key,
                grandparent_key = excluded.grandparent_key, guid = excluded.guid, title = excluded.title,
                parent_title = excluded.parent_title, grandparent_title = excluded.grandparent_title,
                original_title = excluded.original_title, item_index = excluded.item_index,
                parent_index = excluded.parent_index, started = excluded.started, stopped = excluded.stopped,
                played_ms = excluded.played_ms, percent = excluded.percent, is_watched = excluded.is_watched,
                read_at = excluded.read_at, sitting = excluded.sitting, year = excluded.year,
                is_live = excluded.is_live, decision = excluded.decision
            """, play.id, play.userID, play.mediaType.rawValue, play.ratingKey, play.parentRatingKey,
            play.grandparentRatingKey, play.guid, play.title, play.parentTitle, play.grandparentTitle,
            play.originalTitle, play.index, play.parentIndex, play.started, play.stopped, play.played.milliseconds,
            play.percentComplete, play.isWatched, now, play.sitting, play.year, play.isLiveTV,
            play.decision?.rawValue ?? "")
    }

    /// Every track a person ever played, each once, with how often. Times of their plex.tv id.
    package func tracks(of user: Int) async throws(StorageError) -> [Heard] {
        try await database.read { db in
            try db.rows(
                """
                SELECT rating_key, grandparent_key, guid, title, parent_title, grandparent_title, original_title,
                    item_index, parent_index, COUNT(*) AS plays, MAX(started) AS last
                FROM history_plays WHERE user_id = $1 AND media_type = 'track'
                GROUP BY rating_key, grandparent_key, guid, title, parent_title, grandparent_title, original_title,
                    item_index, parent_index
                """, user
            ) { row in
                Heard(
                    ratingKey: try row.optionalInt("rating_key").map(String.init),
                    artistKey: try row.optionalInt("grandparent_key").map(String.init), guid: try row.text("guid"),
                    title: try row.text("title"), album: try row.text("parent_title"),
                    artist: try row.text("grandparent_title"), performer: try row.text("original_title"),
                    index: try row.optionalInt("item_index"), disc: try row.optionalInt("parent_index"),
                    plays: try row.int("plays"), last: try row.instant("last"))
            }
        }
    }
}
