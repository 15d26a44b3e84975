// The tables of sending: what people chose, whom nothing may be sent, how far each issue is, and what became of each
// letter. The issues themselves are in NewsletterSchema.

package import Storage

extension Schema {
    package static let newsletterSending = Schema(
        "newsletter_sending",
        migrations: [
            """
            CREATE TABLE newsletter_choices (
                person BIGINT PRIMARY KEY,
                -- subscribed, unsubscribed; NULL: never said, has only preferences.
                wish TEXT,
                -- discord, link, mail, admin
                how TEXT,
                -- "discord:123", "person:7"
                chosen_by TEXT,
                chosen_at BIGINT,
                -- Sections they do not want, as JSON.
                without TEXT NOT NULL,
                -- Whether others may read their name.
                is_named INTEGER NOT NULL
            );

            -- Kept apart from people, so that a row deleted and made again changes nothing.
            CREATE TABLE newsletter_suppressions (
                -- SHA-256 of an address or of an account.
                mark TEXT NOT NULL,
                -- unsubscribed, bounced, admin: each is lifted by itself.
                why TEXT NOT NULL,
                detail TEXT NOT NULL,
                said_by TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (mark, why)
            );

            CREATE TABLE newsletter_sendings (
                issue BIGINT PRIMARY KEY,
                -- approval, sending, held, sent, abandoned, skipped
                state TEXT NOT NULL,
                why TEXT NOT NULL,
                began_by TEXT NOT NULL,
                began_at BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                -- The mail server's trouble, in a row: since when, how often, and until when it is left alone.
                paused_until BIGINT,
                troubles BIGINT NOT NULL,
                troubled_since BIGINT,
                -- Letters refused for good, in a row.
                refusals BIGINT NOT NULL
            );

            CREATE TABLE newsletter_letters (
                issue BIGINT NOT NULL,
                person BIGINT NOT NULL,
                -- waiting, sent, none, unclear
                state TEXT NOT NULL,
                -- On while the letter is being handed over: found on at a start, nobody knows how it ended.
                is_under_way INTEGER NOT NULL,
                attempts BIGINT NOT NULL,
                first_at BIGINT,
                next_at BIGINT,
                -- Why there is none, or why it waits.
                reason TEXT NOT NULL,
                detail TEXT NOT NULL,
                message_id TEXT NOT NULL,
                -- Of the address it went to.
                mark TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (issue, person)
            );
            CREATE INDEX newsletter_letters_due ON newsletter_letters (issue, state, next_at);
            CREATE INDEX newsletter_letters_by_time ON newsletter_letters (at);
            CREATE INDEX newsletter_letters_by_person ON newsletter_letters (person);

            CREATE TABLE newsletter_tests (
                id INTEGER PRIMARY KEY,
                issue BIGINT NOT NULL,
                person BIGINT NOT NULL,
                -- begun, sent, failed, unclear, dry
                state TEXT NOT NULL,
                why TEXT NOT NULL,
                at BIGINT NOT NULL
            );
            """
        ])
}
