// What a model wrote and painted for each issue, and where it did not, why: asked once, so that everybody gets the same
// and a letter printed again says the same.

package import Storage

extension Schema {
    package static let newsletterWords = Schema(
        "newsletter_words",
        migrations: [
            """
            CREATE TABLE newsletter_words (
                issue BIGINT NOT NULL,
                language TEXT NOT NULL,
                -- A draft has the number of the issue it may become: the same number made again is another issue.
                issue_made_at BIGINT NOT NULL,
                -- NULL: there is none, and `why` says why.
                text TEXT,
                why TEXT,
                model TEXT NOT NULL,
                asked_at BIGINT NOT NULL,
                PRIMARY KEY (issue, language)
            );
            CREATE TABLE newsletter_banners (
                issue BIGINT PRIMARY KEY,
                issue_made_at BIGINT NOT NULL,
                -- A JPEG as it is shown; NULL: there is none, and `why` says why.
                picture BLOB,
                width BIGINT NOT NULL,
                height BIGINT NOT NULL,
                why TEXT,
                model TEXT NOT NULL,
                asked_at BIGINT NOT NULL
            );
            """
        ])
}
