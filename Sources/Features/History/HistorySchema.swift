// Tautulli's history, kept here row by row under Tautulli's own numbers.

package import Storage

extension Schema {
    package static let history = Schema(
        "history",
        migrations: [
            """
            CREATE TABLE history_plays (
                id BIGINT PRIMARY KEY,
                user_id BIGINT NOT NULL,
                media_type TEXT NOT NULL,
                rating_key BIGINT,
                parent_key BIGINT,
                grandparent_key BIGINT,
                guid TEXT NOT NULL,
                title TEXT NOT NULL,
                parent_title TEXT NOT NULL,
                grandparent_title TEXT NOT NULL,
                original_title TEXT NOT NULL,
                item_index BIGINT,
                parent_index BIGINT,
                started BIGINT NOT NULL,
                stopped BIGINT NOT NULL,
                played_ms BIGINT NOT NULL,
                percent BIGINT NOT NULL,
                is_watched INTEGER NOT NULL,
                -- When it was last read: what a whole reading did not meet again is gone.
                read_at BIGINT NOT NULL
            );
            CREATE INDEX history_plays_by_user ON history_plays (user_id, media_type, started);
            CREATE INDEX history_plays_by_start ON history_plays (started);
            """,
            // What is there already knows nothing of these: all of it is read once more.
            """
            ALTER TABLE history_plays ADD COLUMN sitting BIGINT;
            ALTER TABLE history_plays ADD COLUMN year BIGINT;
            ALTER TABLE history_plays ADD COLUMN is_live INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE history_plays ADD COLUMN decision TEXT NOT NULL DEFAULT '';
            DELETE FROM remembered WHERE key = 'history.read-through';
            """,
            "CREATE INDEX history_plays_by_end ON history_plays (user_id, stopped);",
        ])
}
