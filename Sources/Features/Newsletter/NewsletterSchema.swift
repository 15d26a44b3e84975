// The issues as they were made, and how large the libraries were at the end of each day.

package import Storage

extension Schema {
    package static let newsletter = Schema(
        "newsletter",
        migrations: [
            """
            CREATE TABLE newsletter_issues (
                number BIGINT PRIMARY KEY,
                rhythm TEXT NOT NULL,
                -- "2026-11-09"
                first_day TEXT NOT NULL,
                last_day TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                -- IssueFacts as JSON.
                facts TEXT NOT NULL,
                -- A period has one issue, however often somebody asks for it to be made.
                UNIQUE (rhythm, first_day)
            );
            CREATE TABLE newsletter_personal (
                issue BIGINT NOT NULL REFERENCES newsletter_issues (number),
                person BIGINT NOT NULL,
                -- PersonalFacts as JSON.
                facts TEXT NOT NULL,
                PRIMARY KEY (issue, person)
            );
            CREATE TABLE newsletter_sizes (
                day TEXT NOT NULL,
                section BIGINT NOT NULL,
                name TEXT NOT NULL,
                kind TEXT NOT NULL,
                items BIGINT NOT NULL,
                leaves BIGINT,
                PRIMARY KEY (section, day)
            );
            """,
            """
            CREATE TABLE newsletter_posters (
                -- Plex's path of the picture, which names the item and mostly its version, and the size it was made in.
                key TEXT PRIMARY KEY,
                jpeg BLOB NOT NULL,
                bytes BIGINT NOT NULL,
                made_at BIGINT NOT NULL,
                used_at BIGINT NOT NULL
            );
            """,
        ])
}
