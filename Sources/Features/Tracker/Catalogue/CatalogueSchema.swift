// Shows, their names and their episodes. Names are found by threes of letters: of a hundred thousand shows the few that
// are worth a look, without reading the others.

package import Storage

extension Schema {
    package static let trackerCatalogue = Schema(
        "tracker_catalogue",
        migrations: [
            """
            CREATE TABLE tracker_shows (
                id INTEGER PRIMARY KEY,
                title TEXT NOT NULL,
                year BIGINT,
                network TEXT,
                country TEXT,
                tmdb BIGINT UNIQUE,
                tvdb BIGINT UNIQUE,
                imdb TEXT UNIQUE,
                tvmaze BIGINT UNIQUE,
                -- As the catalogue says: running, ended, or empty.
                status TEXT NOT NULL,
                poster TEXT NOT NULL,
                added_at BIGINT NOT NULL,
                -- When the catalogue was asked last, and when it is to be asked again.
                refreshed_at BIGINT,
                due_at BIGINT
            );
            CREATE INDEX tracker_shows_due ON tracker_shows (due_at);

            CREATE TABLE tracker_names (
                show BIGINT NOT NULL,
                -- The title is 0.
                place BIGINT NOT NULL,
                name TEXT NOT NULL,
                -- Without an article: what namesakes share.
                name_key TEXT NOT NULL,
                PRIMARY KEY (show, place)
            );
            CREATE INDEX tracker_names_by_key ON tracker_names (name_key);

            CREATE TABLE tracker_grams (
                gram TEXT NOT NULL,
                show BIGINT NOT NULL,
                PRIMARY KEY (gram, show)
            );
            CREATE INDEX tracker_grams_by_show ON tracker_grams (show);
            -- In how many shows each is: the rarest lead to the fewest.
            CREATE TABLE tracker_gram_counts (
                gram TEXT PRIMARY KEY,
                shows BIGINT NOT NULL
            );

            CREATE TABLE tracker_episodes (
                id INTEGER PRIMARY KEY,
                show BIGINT NOT NULL,
                season BIGINT NOT NULL,
                number BIGINT NOT NULL,
                absolute BIGINT,
                title TEXT NOT NULL,
                -- The day's number, as Domain counts days.
                aired_on BIGINT,
                runtime BIGINT,
                tmdb BIGINT,
                tvdb BIGINT,
                imdb TEXT,
                tvmaze BIGINT,
                -- The catalogue does not have it any more; what was marked stays.
                is_gone INTEGER NOT NULL,
                UNIQUE (show, season, number)
            );
            CREATE INDEX tracker_episodes_tmdb ON tracker_episodes (tmdb);
            CREATE INDEX tracker_episodes_tvdb ON tracker_episodes (tvdb);
            CREATE INDEX tracker_episodes_imdb ON tracker_episodes (imdb);
            CREATE INDEX tracker_episodes_aired ON tracker_episodes (aired_on);
            """
        ])
}
