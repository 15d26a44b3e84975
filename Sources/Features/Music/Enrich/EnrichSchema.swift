// The tables of the summaries: what was written where, and how far each album has come.

package import Storage

extension Schema {
    package static let enrich = Schema(
        "enrich",
        migrations: [
            """
            -- Every change of a summary, written down before it is tried. Summaries are bytes here: they are the owner's,
            -- and go back exactly as they came.
            CREATE TABLE enrich_changes (
                id INTEGER PRIMARY KEY,
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                library TEXT NOT NULL,
                rating_key TEXT NOT NULL,
                name TEXT NOT NULL,
                -- write, remove, repair, undo
                action TEXT NOT NULL,
                -- open, done, failed, undone
                state TEXT NOT NULL,
                old_summary BLOB NOT NULL,
                old_locked INTEGER NOT NULL,
                new_hash TEXT NOT NULL,
                -- What was put between block and text; NULL when no block was added.
                separator TEXT,
                -- Whether the field was locked before there was a block.
                base_locked INTEGER NOT NULL,
                source TEXT NOT NULL
            );
            CREATE INDEX enrich_changes_by_album ON enrich_changes (rating_key, library, id);

            -- What is known of each album, so that a long run goes on where it was cut off.
            CREATE TABLE enrich_albums (
                library TEXT NOT NULL,
                rating_key TEXT NOT NULL,
                name TEXT NOT NULL,
                -- written, there, nobody, asks, failed, due, declined
                state TEXT NOT NULL,
                why TEXT NOT NULL,
                source TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (library, rating_key)
            );

            CREATE TABLE enrich_runs (
                id INTEGER PRIMARY KEY,
                scope TEXT NOT NULL,
                artist TEXT,
                name TEXT NOT NULL,
                actor TEXT NOT NULL,
                began_at BIGINT NOT NULL,
                ended_at BIGINT
            );
            """
        ])
}
