// The music commands' own tables.

package import Storage

extension Schema {
    package static let music = Schema(
        "music",
        migrations: [
            """
            -- What MusicBrainz and Discogs answered, by the full address that was asked.
            CREATE TABLE music_answers (
                url TEXT PRIMARY KEY,
                body BLOB NOT NULL,
                kept_until BIGINT NOT NULL
            );
            CREATE INDEX music_answers_by_end ON music_answers (kept_until);
            """
        ])
}
