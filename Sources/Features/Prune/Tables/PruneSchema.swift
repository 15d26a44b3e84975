// The tables of prune. Nothing in them is ever a permission by itself: what may be done is judged anew from all of them.

package import Storage

extension Schema {
    package static let prune = Schema(
        "prune",
        migrations: [
            """
            CREATE TABLE prune_marks (
                -- See PruneMarks.
                key TEXT PRIMARY KEY,
                value TEXT NOT NULL,
                at BIGINT NOT NULL
            );

            CREATE TABLE prune_people (
                person BIGINT PRIMARY KEY,
                plex_id BIGINT,
                name TEXT NOT NULL,
                share_id BIGINT,
                -- The beginning of this membership, as far as it was seen.
                known_at BIGINT NOT NULL,
                -- As plex.tv says.
                joined_at BIGINT,
                -- When a believed list no longer had them.
                gone_at BIGINT,
                -- none, due, done
                welcome TEXT NOT NULL,
                is_vip INTEGER NOT NULL,
                vip_by TEXT NOT NULL,
                -- The first of the looks that found them inactive, and what they stood on then.
                looked_at BIGINT,
                look_stamp BIGINT
            );

            CREATE TABLE prune_sightings (
                person BIGINT NOT NULL,
                -- tautulli, plex, stream
                source TEXT NOT NULL,
                at BIGINT NOT NULL,
                title TEXT NOT NULL,
                PRIMARY KEY (person, source)
            );

            -- When everything was seen good. They may overlap, after a clock that went back.
            CREATE TABLE prune_observed (
                id INTEGER PRIMARY KEY,
                from_at BIGINT NOT NULL,
                to_at BIGINT NOT NULL
            );

            CREATE TABLE prune_leaves (
                id INTEGER PRIMARY KEY,
                person BIGINT NOT NULL,
                -- hold, pause
                kind TEXT NOT NULL,
                from_at BIGINT NOT NULL,
                to_at BIGINT NOT NULL,
                said_by TEXT NOT NULL
            );
            CREATE INDEX prune_leaves_by_person ON prune_leaves (person);

            CREATE TABLE prune_heres (
                id INTEGER PRIMARY KEY,
                person BIGINT NOT NULL,
                at BIGINT NOT NULL,
                -- discord, link, command
                way TEXT NOT NULL
            );
            CREATE INDEX prune_heres_by_person ON prune_heres (person);

            CREATE TABLE prune_told (
                -- The effect's.
                key TEXT PRIMARY KEY,
                person BIGINT NOT NULL,
                -- welcome, reminder, warning, removal, invitation
                kind TEXT NOT NULL,
                -- What they stood on.
                stamp BIGINT NOT NULL,
                day BIGINT NOT NULL,
                number BIGINT NOT NULL,
                -- mail, discord:1, admin
                way TEXT NOT NULL,
                -- sending, sent, failed, unclear, imported
                state TEXT NOT NULL,
                -- The date it says.
                removal_at BIGINT,
                tries BIGINT NOT NULL,
                at BIGINT NOT NULL,
                why TEXT NOT NULL,
                -- On when they came back since: the next lapse is told anew.
                is_over INTEGER NOT NULL
            );
            CREATE INDEX prune_told_by_person ON prune_told (person);
            CREATE INDEX prune_told_open ON prune_told (is_over, person);

            -- What the daemon that was here before had done, by plex.tv number.
            CREATE TABLE prune_imported (
                plex_id BIGINT PRIMARY KEY,
                welcomed_at BIGINT,
                warned_at BIGINT,
                removed_at BIGINT
            );

            CREATE TABLE prune_cases (
                id INTEGER PRIMARY KEY,
                person BIGINT NOT NULL,
                plex_id BIGINT NOT NULL,
                share_id BIGINT NOT NULL,
                stamp BIGINT NOT NULL,
                -- asked, approved, ignored, withdrawn, removing, failed, removed, gone
                state TEXT NOT NULL,
                why TEXT NOT NULL,
                -- As it was judged: JSON.
                evidence TEXT NOT NULL,
                asked_at BIGINT NOT NULL,
                -- Counts the cards shown.
                asked BIGINT NOT NULL,
                decided_by TEXT NOT NULL,
                decided_at BIGINT,
                ignored_until BIGINT,
                -- Of the share, before it was touched: JSON.
                snapshot TEXT,
                tries BIGINT NOT NULL,
                -- Which engine is at it, and since when.
                claimed_by TEXT NOT NULL,
                begun_at BIGINT,
                removed_at BIGINT,
                -- Off while somebody is still to be told, or a stream to be ended.
                is_closed INTEGER NOT NULL,
                invitations BIGINT NOT NULL,
                undone_at BIGINT
            );
            CREATE INDEX prune_cases_by_person ON prune_cases (person, share_id);
            CREATE INDEX prune_cases_by_state ON prune_cases (state);
            """
        ])
}
