-- A database as Autoplex 0.1.0 leaves it, with a row in every table that holds what people would miss. Never changed: what was
-- released stays as it was.
CREATE TABLE schema_versions (name TEXT PRIMARY KEY, version INTEGER NOT NULL, changed_at BIGINT NOT NULL);
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
ALTER TABLE job_pauses ADD COLUMN ended_at BIGINT;
CREATE TABLE bot_cards (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- JSON: the choices, and how they are laid out.
    face TEXT NOT NULL,
    -- Whose card it is; NULL: anybody of the level.
    owner BIGINT,
    level INTEGER NOT NULL,
    channel BIGINT,
    message BIGINT,
    made_at BIGINT NOT NULL,
    expires_at BIGINT,
    -- 0 open, 1 being decided, 2 decided
    state INTEGER NOT NULL DEFAULT 0,
    choice TEXT,
    decided_by BIGINT,
    decider TEXT,
    decided_at BIGINT
);
CREATE INDEX bot_cards_by_expiry ON bot_cards (expires_at);
CREATE INDEX bot_cards_by_state ON bot_cards (state);
CREATE TABLE bot_pages (
    card TEXT NOT NULL REFERENCES bot_cards (id) ON DELETE CASCADE,
    page INTEGER NOT NULL,
    -- JSON: the report without its picture.
    report TEXT NOT NULL,
    picture BLOB,
    picture_name TEXT,
    picture_text TEXT,
    picture_is_small INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (card, page)
);
INSERT INTO schema_versions VALUES ('storage', 2, 1790000000000), ('bot', 1, 1790000000000);
INSERT INTO ledger (at, actor, action, subject, summary, reason, evidence) VALUES (1790000000000, 'discord:1', 'jobs.run', 'job:backup', 'backup', '', '{}');
INSERT INTO ledger_outcomes (entry, at, outcome, why) VALUES (1, 1790000000000, 'done', '');
INSERT INTO job_pauses (job, since) VALUES ('services', 1790000000000);
INSERT INTO job_runs (job, due_at, started_at, finished_at, outcome, why, note, opening) VALUES ('backup', 1790000000000, 1790000000000, 1790000001000, 'ok', '', '', 'x');
INSERT INTO remembered VALUES ('plex.client', 'autoplex-0123', 1790000000000);
INSERT INTO bot_cards (id, kind, subject, face, level, made_at) VALUES ('card', 'prune.approval', '{}', '{"choices":[],"layout":{"buttons":{}}}', 2, 1790000000000);
