// Who played last when: asked every half hour about a history of any length, so it is read off an index and never counted
// through.

package import Runtime
package import Storage

extension History {
    /// The newest play of each account, by plex.tv id.
    package struct Newest: Hashable, Sendable {
        /// When it ended.
        package var at: Instant
        /// "The show: the episode", "the artist: the track", or the film.
        package var title: String

        package init(at: Instant, title: String) {
            self.at = at
            self.title = title
        }
    }

    package func newestPlays() async throws(StorageError) -> [Int: Newest] {
        try await database.read { db in
            let rows = try db.rows(Self.newestOfEach) { row in
                let (title, above) = (try row.text(2), try row.text(3))
                let name = above.isEmpty ? title : "\(above): \(title)"
                return (try row.int(0), Newest(at: try row.instant(1), title: name))
            }
            return Dictionary(rows) { first, _ in first }
        }
    }

    // From one account to the next larger, and of each the last entry of the index: two steps into a tree for an account,
    // however much it played. GROUP BY would walk through every play.
    package static let newestOfEach = """
        WITH RECURSIVE accounts (id) AS (
            SELECT MIN(user_id) FROM history_plays
            UNION ALL
            SELECT (SELECT MIN(user_id) FROM history_plays WHERE user_id > accounts.id) FROM accounts
            WHERE accounts.id IS NOT NULL
        )
        SELECT accounts.id, play.stopped, play.title, play.grandparent_title
        FROM accounts JOIN history_plays AS play ON play.id = (
            SELECT id FROM history_plays WHERE user_id = accounts.id ORDER BY stopped DESC LIMIT 1
        )
        """
}
