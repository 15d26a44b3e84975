// The tables of this room. Ledger and ledger_outcomes only ever grow: an outcome is a row of its own, so that what was
// thought at each moment stays readable.

extension Schema {
    package static let storage = Schema(
        "storage",
        migrations: [
            """
            CREATE TABLE ledger (
                id INTEGER PRIMARY KEY,
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                action TEXT NOT NULL,
                subject TEXT NOT NULL,
                summary TEXT NOT NULL,
                reason TEXT NOT NULL,
                evidence TEXT NOT NULL,
                effect_key TEXT,
                undo TEXT
            );
            CREATE INDEX ledger_by_subject ON ledger (subject, id);
            CREATE INDEX ledger_by_effect_key ON ledger (effect_key, id);

            CREATE TABLE ledger_outcomes (
                id INTEGER PRIMARY KEY,
                entry BIGINT NOT NULL REFERENCES ledger (id),
                at BIGINT NOT NULL,
                outcome TEXT NOT NULL,
                why TEXT NOT NULL
            );
            CREATE INDEX ledger_outcomes_by_entry ON ledger_outcomes (entry, id);

            CREATE TABLE effects (
                key TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                state TEXT NOT NULL,
                entry BIGINT NOT NULL REFERENCES ledger (id),
                at BIGINT NOT NULL,
                is_destructive INTEGER NOT NULL
            );
            CREATE INDEX effects_by_kind ON effects (kind, at);
            CREATE INDEX effects_by_state ON effects (state);

            CREATE TABLE inbox (
                id INTEGER PRIMARY KEY,
                source TEXT NOT NULL,
                key TEXT NOT NULL,
                payload BLOB NOT NULL,
                received_at BIGINT NOT NULL,
                state TEXT NOT NULL,
                attempts INTEGER NOT NULL,
                due_at BIGINT NOT NULL,
                worker TEXT,
                why TEXT NOT NULL,
                UNIQUE (source, key)
            );
            CREATE INDEX inbox_by_state ON inbox (source, state, due_at);

            CREATE TABLE job_runs (
                id INTEGER PRIMARY KEY,
                job TEXT NOT NULL,
                due_at BIGINT NOT NULL,
                started_at BIGINT NOT NULL,
                finished_at BIGINT,
                outcome TEXT,
                why TEXT NOT NULL,
                note TEXT NOT NULL,
                opening TEXT NOT NULL
            );
            CREATE INDEX job_runs_by_job ON job_runs (job, id);

            CREATE TABLE job_pauses (
                job TEXT PRIMARY KEY,
                since BIGINT NOT NULL
            );

            CREATE TABLE remembered (
                key TEXT PRIMARY KEY,
                value TEXT NOT NULL,
                changed_at BIGINT NOT NULL
            );
            """,
            // Empty while the pause lasts. Afterwards it tells what fell into the pause, which nobody wants made up for.
            "ALTER TABLE job_pauses ADD COLUMN ended_at BIGINT",
        ])
}
