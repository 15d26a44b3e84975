// Where a model's words and banners are kept, with the reasons for those that are not there.

package import Runtime
internal import Storage

/// An introduction, or why there is none.
package struct IssueIntro: Hashable, Sendable {
    /// Nil: the letter goes without.
    package var text: String?
    /// Nil where there is a text.
    package var why: String?
    package var model: String
    package var askedAt: Instant

    package init(text: String?, why: String? = nil, model: String, askedAt: Instant) {
        self.text = text
        self.why = why
        self.model = model
        self.askedAt = askedAt
    }
}

/// A banner as it is shown, a JPEG, or why there is none.
package struct IssueBanner: Hashable, Sendable {
    package var jpeg: [UInt8]?
    /// In pixels.
    package var width: Int
    package var height: Int
    package var why: String?
    package var model: String
    package var askedAt: Instant

    package init(
        jpeg: [UInt8]?, width: Int = 0, height: Int = 0, why: String? = nil, model: String, askedAt: Instant
    ) {
        self.jpeg = jpeg
        self.width = width
        self.height = height
        self.why = why
        self.model = model
        self.askedAt = askedAt
    }
}

struct WordsShelf: Sendable {
    let database: Database

    func intro(_ issue: IssueFacts, _ language: String) async throws(StorageError) -> IssueIntro? {
        let (number, madeAt) = (issue.number, issue.madeAt)
        return try await database.read { db in
            try db.row(
                """
                SELECT text, why, model, asked_at FROM newsletter_words
                WHERE issue = $1 AND language = $2 AND issue_made_at = $3
                """, number, language, madeAt
            ) { row in
                IssueIntro(
                    text: try row.optionalText("text"), why: try row.optionalText("why"),
                    model: try row.text("model"), askedAt: try row.instant("asked_at"))
            }
        }
    }

    func keep(_ intro: IssueIntro, of issue: IssueFacts, _ language: String) async throws(StorageError) {
        let (number, madeAt) = (issue.number, issue.madeAt)
        try await database.write { db in
            try db.run(
                """
                INSERT INTO newsletter_words (issue, language, issue_made_at, text, why, model, asked_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (issue, language) DO UPDATE SET issue_made_at = excluded.issue_made_at,
                    text = excluded.text, why = excluded.why, model = excluded.model, asked_at = excluded.asked_at
                """, number, language, madeAt, intro.text, intro.why, intro.model, intro.askedAt)
        }
    }

    func banner(_ issue: IssueFacts) async throws(StorageError) -> IssueBanner? {
        let (number, madeAt) = (issue.number, issue.madeAt)
        return try await database.read { db in
            try db.row(
                """
                SELECT picture, width, height, why, model, asked_at FROM newsletter_banners
                WHERE issue = $1 AND issue_made_at = $2
                """, number, madeAt
            ) { row in
                IssueBanner(
                    jpeg: try row.optionalBytes("picture"), width: try row.int("width"), height: try row.int("height"),
                    why: try row.optionalText("why"), model: try row.text("model"),
                    askedAt: try row.instant("asked_at"))
            }
        }
    }

    func keep(_ banner: IssueBanner, of issue: IssueFacts) async throws(StorageError) {
        let (number, madeAt) = (issue.number, issue.madeAt)
        try await database.write { db in
            try db.run(
                """
                INSERT INTO newsletter_banners (issue, issue_made_at, picture, width, height, why, model, asked_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (issue) DO UPDATE SET issue_made_at = excluded.issue_made_at,
                    picture = excluded.picture, width = excluded.width, height = excluded.height, why = excluded.why,
                    model = excluded.model, asked_at = excluded.asked_at
                """, number, madeAt, banner.jpeg, banner.width, banner.height, banner.why, banner.model,
                banner.askedAt)
        }
    }
}
