// Who has seen what. What was told is kept as it was told; the marks are worked out from it and can be worked out again.

package import Storage

extension Schema {
    package static let trackerMarks = Schema(
        "tracker_marks",
        migrations: [
            """
            CREATE TABLE tracker_tellings (
                id INTEGER PRIMARY KEY,
                person BIGINT NOT NULL,
                show BIGINT NOT NULL,
                episode BIGINT NOT NULL,
                at BIGINT NOT NULL,
                view_count BIGINT,
                -- Milliseconds.
                runtime BIGINT,
                source TEXT NOT NULL,
                -- The mapping by which it came here; a wrong one takes its tellings with it.
                mapping BIGINT,
                UNIQUE (person, episode, at, source)
            );
            CREATE INDEX tracker_tellings_by_mapping ON tracker_tellings (mapping);

            CREATE TABLE tracker_marks (
                person BIGINT NOT NULL,
                show BIGINT NOT NULL,
                episode BIGINT NOT NULL,
                first_at BIGINT NOT NULL,
                last_at BIGINT NOT NULL,
                plays BIGINT NOT NULL,
                -- A date somebody put there stays, whatever is told.
                by_hand_at BIGINT,
                PRIMARY KEY (person, episode)
            );
            CREATE INDEX tracker_marks_by_show ON tracker_marks (person, show);
            """,
            """
            -- Not seen after all: what is told of the time before counts no more.
            CREATE TABLE tracker_unwatched (
                person BIGINT NOT NULL,
                episode BIGINT NOT NULL,
                until BIGINT NOT NULL,
                PRIMARY KEY (person, episode)
            );
            CREATE INDEX tracker_marks_by_last ON tracker_marks (person, last_at);
            """,
            """
            -- The number they had before they became one with this person, where it was told of that; NULL: of them.
            ALTER TABLE tracker_tellings ADD COLUMN came_with BIGINT;
            CREATE INDEX tracker_tellings_that_came ON tracker_tellings (came_with) WHERE came_with IS NOT NULL;
            """,
        ])
}
