// What the newsletter's command asks of the rest of the house.

package import Domain
package import Newsletter
package import People
package import Runtime

package struct NewsletterPreview: Sendable {
    package enum Which: Hashable, Sendable {
        /// Of the period that is over.
        case last
        /// As far as the running period has come.
        case running
        case issue(Int)
    }

    package var issue: IssueFacts
    package var report: Report
    package var subject: String
    package var html: String
    package var eml: [UInt8]
    package var pictures: [Report.Attachment]
    /// What was left out, what could not be drawn.
    package var notes: [String]

    package init(
        issue: IssueFacts, report: Report, subject: String, html: String, eml: [UInt8], pictures: [Report.Attachment],
        notes: [String]
    ) {
        self.issue = issue
        self.report = report
        self.subject = subject
        self.html = html
        self.eml = eml
        self.pictures = pictures
        self.notes = notes
    }
}

/// The owner's templates, as they are in their folder now.
package struct NewsletterTemplatesLook: Sendable {
    package var folder: String
    package var files: [String]
    /// What is there to mend, with file and line.
    package var notes: [String]

    package init(folder: String, files: [String], notes: [String]) {
        self.folder = folder
        self.files = files
        self.notes = notes
    }
}

package struct NewsletterSource: Sendable {
    package var post: NewsletterPost
    package var people: People
    package var links: NewsletterLinks
    /// The cron form; nil: never by itself.
    package var schedule: String?
    package var hasMail: Bool
    package var clock: any Clock
    package var latest: @Sendable () async throws -> IssueFacts?
    package var make: @Sendable () async throws -> IssueFacts
    package var next: @Sendable () async throws -> Instant?
    package var preview: @Sendable (Person, NewsletterPreview.Which) async throws -> NewsletterPreview
    package var templates: @Sendable (Person) async throws -> NewsletterTemplatesLook
    /// Of our pages on the machine itself.
    package var port: Int
    package var issue: @Sendable (Int) async throws -> IssueFacts?
    package var highlights: @Sendable (IssueFacts) async throws -> Report
    /// Lets the post go to work at once.
    package var go: @Sendable (_ by: String) async -> Void

    package init(
        post: NewsletterPost, people: People, links: NewsletterLinks, schedule: String?, hasMail: Bool,
        clock: any Clock, latest: @escaping @Sendable () async throws -> IssueFacts?,
        make: @escaping @Sendable () async throws -> IssueFacts, next: @escaping @Sendable () async throws -> Instant?,
        preview: @escaping @Sendable (Person, NewsletterPreview.Which) async throws -> NewsletterPreview,
        templates: @escaping @Sendable (Person) async throws -> NewsletterTemplatesLook, port: Int,
        issue: @escaping @Sendable (Int) async throws -> IssueFacts?,
        highlights: @escaping @Sendable (IssueFacts) async throws -> Report,
        go: @escaping @Sendable (String) async -> Void
    ) {
        self.post = post
        self.people = people
        self.links = links
        self.schedule = schedule
        self.hasMail = hasMail
        self.clock = clock
        self.latest = latest
        self.make = make
        self.next = next
        self.preview = preview
        self.templates = templates
        self.port = port
        self.issue = issue
        self.highlights = highlights
        self.go = go
    }
}
