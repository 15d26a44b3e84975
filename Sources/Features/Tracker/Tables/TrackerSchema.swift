// The tables of the tracker beside its catalogue and its marks. What was told is a row before anything is made of it, and
// the row says what became of it.

package import Storage

extension Schema {
    package static let tracker = Schema(
        "tracker",
        migrations: [
            """
            CREATE TABLE tracker_log (
                id INTEGER PRIMARY KEY,
                key TEXT NOT NULL UNIQUE,
                received_at BIGINT NOT NULL,
                source TEXT NOT NULL,
                event TEXT NOT NULL,
                server TEXT NOT NULL,
                account TEXT NOT NULL,
                account_name TEXT NOT NULL,
                -- Whose own address it came by.
                door BIGINT,
                -- As it came, the first 64 KiB.
                payload BLOB NOT NULL,
                -- JSON of an EpisodePlay; empty: it is none.
                play TEXT NOT NULL,
                -- For people: the show and the episode as they were told.
                about TEXT NOT NULL,
                -- received, ignored, duplicate, waiting, marked, failed
                status TEXT NOT NULL,
                -- Which rule had that, in a word, and why, in a sentence.
                action TEXT NOT NULL,
                why TEXT NOT NULL,
                error TEXT NOT NULL,
                attempts BIGINT NOT NULL,
                -- When it is to be looked at; NULL: somebody or something else has to come first.
                due_at BIGINT,
                person BIGINT,
                show BIGINT,
                episode BIGINT,
                mapping BIGINT,
                conflict BIGINT,
                done_at BIGINT
            );
            CREATE INDEX tracker_log_due ON tracker_log (due_at) WHERE due_at IS NOT NULL;
            CREATE INDEX tracker_log_by_mapping ON tracker_log (mapping) WHERE mapping IS NOT NULL;
            CREATE INDEX tracker_log_by_conflict ON tracker_log (conflict) WHERE conflict IS NOT NULL;
            CREATE INDEX tracker_log_by_status ON tracker_log (status, action);

            -- Which of our shows a show of a library is.
            CREATE TABLE tracker_mappings (
                id INTEGER PRIMARY KEY,
                -- As it is called where it comes from.
                title TEXT NOT NULL,
                server TEXT NOT NULL,
                -- The library's own, good on all servers; empty: it has none.
                guid TEXT NOT NULL,
                show BIGINT NOT NULL,
                -- automatic, or who said so.
                said_by TEXT NOT NULL,
                -- Thousandths.
                confidence BIGINT NOT NULL,
                why TEXT NOT NULL,
                -- Where number and day of an episode disagree: number, day; empty: nobody was asked yet.
                counts_by TEXT NOT NULL,
                at BIGINT NOT NULL,
                undone_by TEXT NOT NULL,
                undone_at BIGINT
            );
            CREATE INDEX tracker_mappings_by_show ON tracker_mappings (show);
            -- By what it is known again. One that was undone gives its keys away.
            CREATE TABLE tracker_mapping_keys (
                key TEXT PRIMARY KEY,
                mapping BIGINT NOT NULL
            );
            CREATE INDEX tracker_mapping_keys_by_mapping ON tracker_mapping_keys (mapping);
            -- What it is not, by somebody's word: no machine says it again.
            CREATE TABLE tracker_denials (
                key TEXT NOT NULL,
                show BIGINT NOT NULL,
                PRIMARY KEY (key, show)
            );

            CREATE TABLE tracker_conflicts (
                id INTEGER PRIMARY KEY,
                kind TEXT NOT NULL,
                title TEXT NOT NULL,
                year BIGINT,
                server TEXT NOT NULL,
                -- JSON: the play it was seen with first, and the candidates with their reasons.
                sample TEXT NOT NULL,
                candidates TEXT NOT NULL,
                -- Of an episode's order: the mapping it is about.
                mapping BIGINT,
                -- open, solved, ignored
                state TEXT NOT NULL,
                show BIGINT,
                opened_at BIGINT NOT NULL,
                last_at BIGINT NOT NULL,
                decided_by TEXT NOT NULL,
                decided_at BIGINT,
                is_told INTEGER NOT NULL
            );
            CREATE INDEX tracker_conflicts_by_state ON tracker_conflicts (state, last_at);
            CREATE TABLE tracker_conflict_keys (
                key TEXT PRIMARY KEY,
                conflict BIGINT NOT NULL
            );
            CREATE INDEX tracker_conflict_keys_by_conflict ON tracker_conflict_keys (conflict);

            CREATE TABLE tracker_people (
                person BIGINT PRIMARY KEY,
                joined_at BIGINT NOT NULL,
                -- NULL: as the settings say.
                auto_add INTEGER,
                auto_watch INTEGER,
                -- What the person's address ends with, hashed.
                door BLOB UNIQUE,
                door_at BIGINT
            );

            CREATE TABLE tracker_followers (
                person BIGINT NOT NULL,
                show BIGINT NOT NULL,
                is_on INTEGER NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (person, show)
            );
            CREATE INDEX tracker_followers_by_show ON tracker_followers (show);

            -- Seasons seen to their end.
            CREATE TABLE tracker_finished (
                person BIGINT NOT NULL,
                show BIGINT NOT NULL,
                season BIGINT NOT NULL,
                at BIGINT NOT NULL,
                is_told INTEGER NOT NULL,
                PRIMARY KEY (person, show, season)
            );
            CREATE INDEX tracker_finished_untold ON tracker_finished (is_told) WHERE is_told = 0;

            -- How far each history was read.
            CREATE TABLE tracker_histories (
                name TEXT PRIMARY KEY,
                through BIGINT,
                -- Thousandths of the whole, of the reading under way or the last one.
                share BIGINT NOT NULL,
                taken BIGINT NOT NULL,
                began_at BIGINT NOT NULL,
                -- NULL: it has not come to its end.
                ended_at BIGINT,
                -- The first one, from its beginning on.
                first_ended_at BIGINT
            );

            -- When a library was last asked what somebody has seen of a show.
            CREATE TABLE tracker_looks (
                person BIGINT NOT NULL,
                mapping BIGINT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (person, mapping)
            );
            """,
            // As of tracker_tellings.
            "ALTER TABLE tracker_followers ADD COLUMN came_with BIGINT;",
            "ALTER TABLE tracker_people ADD COLUMN came_with BIGINT;",
        ])
}
