// The bot's own tables: what stands behind buttons and menus, so that they work after a restart.

package import Storage

extension Schema {
    package static let bot = Schema(
        "bot",
        migrations: [
            """
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
            """
        ])
}
