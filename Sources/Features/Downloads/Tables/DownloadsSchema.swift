// The tables of downloads. A decision is a row before anything is done about it, and the row says where that stands.

package import Storage

extension Schema {
    package static let downloads = Schema(
        "downloads",
        migrations: [
            """
            -- One playing and what became of it, for each Radarr that has the film.
            CREATE TABLE downloads_cases (
                id INTEGER PRIMARY KEY,
                -- The playing's own key.
                play_key TEXT NOT NULL,
                instance TEXT NOT NULL,
                at BIGINT NOT NULL,
                film_key TEXT NOT NULL,
                -- JSON, as what follows by these names.
                film TEXT NOT NULL,
                playback TEXT NOT NULL,
                user_key TEXT NOT NULL,
                user_name TEXT NOT NULL,
                -- See DownloadCase.State.
                state TEXT NOT NULL,
                -- download, ask, wait, no, unknown; empty until it is judged
                decision TEXT NOT NULL,
                rule TEXT NOT NULL,
                why TEXT NOT NULL,
                evidence TEXT NOT NULL,
                trace TEXT NOT NULL,
                judged_at BIGINT,
                -- How often it was watched, as far as is known.
                plays BIGINT NOT NULL,
                -- Of the Radarr that searches.
                target TEXT NOT NULL,
                movie_id BIGINT,
                step TEXT NOT NULL,
                attempt BIGINT NOT NULL,
                command_id BIGINT,
                former_root TEXT NOT NULL,
                download_id TEXT NOT NULL,
                release_title TEXT NOT NULL,
                size BIGINT,
                path TEXT NOT NULL,
                -- How it ended, or what it waits for, in words.
                outcome TEXT NOT NULL,
                tries BIGINT NOT NULL,
                due_at BIGINT,
                searched_at BIGINT,
                ended_at BIGINT,
                said_by TEXT NOT NULL,
                -- What people are still to be told of it: ask, start, end; empty: nothing.
                untold TEXT NOT NULL,
                UNIQUE (play_key, instance)
            );
            CREATE INDEX downloads_cases_due ON downloads_cases (due_at);
            CREATE INDEX downloads_cases_by_film ON downloads_cases (film_key, id);

            -- Our own ledger of films watched to their end by people who are tracked.
            CREATE TABLE downloads_plays (
                id INTEGER PRIMARY KEY,
                play_key TEXT NOT NULL UNIQUE,
                film_key TEXT NOT NULL,
                title TEXT NOT NULL,
                user_key TEXT NOT NULL,
                source TEXT NOT NULL,
                at BIGINT NOT NULL
            );
            CREATE INDEX downloads_plays_by_film ON downloads_plays (film_key, at);

            CREATE TABLE downloads_overrides (
                film_key TEXT PRIMARY KEY,
                film TEXT NOT NULL,
                -- always, never, ask
                word TEXT NOT NULL,
                said_by TEXT NOT NULL,
                at BIGINT NOT NULL
            );

            -- What indexers said, so that they are not asked again for a day.
            CREATE TABLE downloads_seeders (
                film_key TEXT PRIMARY KEY,
                -- NULL: none gave a number
                count BIGINT,
                at BIGINT NOT NULL
            );

            -- Files on disk that nobody watches.
            CREATE TABLE downloads_proposals (
                id INTEGER PRIMARY KEY,
                instance TEXT NOT NULL,
                movie_id BIGINT NOT NULL,
                file_id BIGINT NOT NULL,
                film_key TEXT NOT NULL,
                film TEXT NOT NULL,
                path TEXT NOT NULL,
                size BIGINT,
                -- asked, approved, deleted, kept, failed
                state TEXT NOT NULL,
                -- As it was judged, in words.
                why TEXT NOT NULL,
                last_watched_at BIGINT,
                asked_at BIGINT NOT NULL,
                decided_by TEXT NOT NULL,
                decided_at BIGINT,
                is_told INTEGER NOT NULL
            );
            CREATE INDEX downloads_proposals_by_film ON downloads_proposals (film_key);
            """
        ])
}
