// The one table of people, who proved to be whom, and the tokens they entrusted to us.

package import Storage

extension Schema {
    package static let people = Schema(
        "people",
        migrations: [
            """
            CREATE TABLE people (
                id INTEGER PRIMARY KEY,
                plex_id BIGINT UNIQUE,
                jellyfin_id TEXT UNIQUE,
                name TEXT NOT NULL,
                username TEXT NOT NULL,
                email TEXT NOT NULL,
                is_owner INTEGER NOT NULL,
                is_home INTEGER NOT NULL,
                is_managed INTEGER NOT NULL,
                access TEXT NOT NULL,
                share_id BIGINT,
                joined_at BIGINT,
                first_seen BIGINT NOT NULL
            );

            CREATE TABLE people_links (
                discord_id BIGINT PRIMARY KEY,
                person BIGINT NOT NULL REFERENCES people (id),
                -- "plex" when they signed in at plex.tv, "jellyfin" when by Quick Connect, else the admin who vouched:
                -- "discord:123".
                proof TEXT NOT NULL,
                linked_at BIGINT NOT NULL
            );
            CREATE INDEX people_links_by_person ON people_links (person);

            CREATE TABLE people_tokens (
                person BIGINT PRIMARY KEY REFERENCES people (id),
                sealed BLOB NOT NULL,
                stored_at BIGINT NOT NULL
            );
            """,
            """
            ALTER TABLE people ADD COLUMN jellyfin_name TEXT NOT NULL DEFAULT '';
            ALTER TABLE people ADD COLUMN jellyfin_access TEXT NOT NULL DEFAULT 'unknown';

            -- Somebody of Plex who proved to be somebody of Jellyfin too.
            CREATE TABLE people_joins (
                -- Has both accounts now.
                person BIGINT PRIMARY KEY REFERENCES people (id),
                -- The row the Jellyfin account had to itself: it waits for the day they part.
                alone BIGINT NOT NULL UNIQUE REFERENCES people (id),
                -- Who proved it, and how: as in people_links.
                discord_id BIGINT NOT NULL,
                proof TEXT NOT NULL,
                joined_at BIGINT NOT NULL
            );
            """,
            // "all", or the numbers of those shared; NULL until plex.tv told.
            "ALTER TABLE people ADD COLUMN libraries TEXT;",
            """
            -- As before, but an admin's word about the accounts needs nobody on Discord.
            CREATE TABLE people_joins_by_word (
                person BIGINT PRIMARY KEY REFERENCES people (id),
                alone BIGINT NOT NULL UNIQUE REFERENCES people (id),
                -- Who proved both; NULL: an admin said that they are one.
                discord_id BIGINT,
                proof TEXT NOT NULL,
                joined_at BIGINT NOT NULL
            );
            INSERT INTO people_joins_by_word (person, alone, discord_id, proof, joined_at)
                SELECT person, alone, discord_id, proof, joined_at FROM people_joins;
            DROP TABLE people_joins;
            ALTER TABLE people_joins_by_word RENAME TO people_joins;

            -- The row of Jellyfin alone that a link came along with when an admin joined it; NULL: it was made here.
            ALTER TABLE people_links ADD COLUMN alone BIGINT;
            """,
        ])
}
