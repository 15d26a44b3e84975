// The newsletter on the web: past issues, leaving by one click, preferences, an admin's preview. Nobody logs in: each
// address was signed for one person and one purpose (NewsletterLinks), and opens nothing else.

package import Domain
package import Newsletter
package import Runtime
package import Sockets

/// What the pages are made of; wiring lends it.
package struct NewsletterSite: Sendable {
    /// An issue as a page, with the pictures it shows.
    package struct Issue: Sendable {
        package struct Picture: Sendable {
            package var name: String
            package var type: String
            package var bytes: [UInt8]

            package init(name: String, type: String, bytes: [UInt8]) {
                self.name = name
                self.type = type
                self.bytes = bytes
            }
        }
        package var html: String
        package var pictures: [Picture]

        package init(html: String, pictures: [Picture]) {
            self.html = html
            self.pictures = pictures
        }
    }

    /// Nil: there is no such issue, or nothing in it for this person.
    package typealias Printer =
        @Sendable (_ person: Int64, _ issue: Int, _ address: @escaping @Sendable (String) -> String) async throws
        -> Issue?

    /// A letter as it is sent, or would be, for an admin to look at.
    package struct Proof: Sendable {
        package var title: String
        package var subject: String
        package var size: String
        package var notes: [String]
        package var letter: Issue
        package var text: String

        package init(
            title: String, subject: String, size: String, notes: [String], letter: Issue, text: String
        ) {
            self.title = title
            self.subject = subject
            self.size = size
            self.notes = notes
            self.letter = letter
            self.text = text
        }
    }

    /// How an admin looks at letters, of issue 0: of whichever there is.
    package struct Looking: Sendable {
        /// Another one whenever the owner's templates are others.
        package var mark: @Sendable () -> Int
        package var proof:
            @Sendable (_ person: Int64, _ issue: Int, _ address: @escaping @Sendable (String) -> String) async throws ->
                Proof?

        package init(
            mark: @escaping @Sendable () -> Int,
            proof: @escaping @Sendable (Int64, Int, @escaping @Sendable (String) -> String) async throws -> Proof?
        ) {
            self.mark = mark
            self.proof = proof
        }
    }

    let links: NewsletterLinks
    /// What a reverse proxy puts in front of every path; or nothing.
    let base: String
    let consent: NewsletterConsent
    let archive: IssueArchive
    /// As the letters have it.
    let serverName: @Sendable () async -> String
    let person: @Sendable (Int64) async throws -> Person?
    let printer: Printer
    let looking: Looking
    let clock: any Clock
    let log: Log
    let shelf: PageShelf<Issue>
    let proofs: PageShelf<Proof>

    package init(
        links: NewsletterLinks, base: String = "", consent: NewsletterConsent, archive: IssueArchive,
        serverName: @escaping @Sendable () async -> String, person: @escaping @Sendable (Int64) async throws -> Person?,
        printer: @escaping Printer, looking: Looking, clock: any Clock, log: Log
    ) {
        self.links = links
        self.base = base
        self.consent = consent
        self.archive = archive
        self.serverName = serverName
        self.person = person
        self.printer = printer
        self.looking = looking
        self.clock = clock
        self.log = log.labelled("pages")
        shelf = PageShelf(most: 12, clock)
        proofs = PageShelf(most: 6, clock)
    }

    package var routes: [Route] {
        [
            route("GET", .unsubscribe, "", askWhetherToLeave),
            route("POST", .unsubscribe, "", leave),
            route("GET", .preferences, "", preferences),
            route("POST", .preferences, "", savePreferences),
            route("GET", .archive, "", archivePage),
            route("GET", .archive, "/{picture}", picture),
            .immediate(LiveScript.path) { _ in LiveScript.answer },
            route("GET", .templates, "/events", follow),
        ]
            + [.preview, .templates].flatMap { purpose in
                [
                    route("GET", purpose, "", frames), route("GET", purpose, "/letter", proofLetter),
                    route("GET", purpose, "/letter/{picture}", proofPicture), route("GET", purpose, "/text", proofText),
                ]
            }
    }

    typealias Bearer = NewsletterLinks.Bearer

    private func route(
        _ method: String, _ purpose: NewsletterLinks.Purpose, _ rest: String,
        _ answer: @escaping @Sendable (ServerRequest, Bearer) async throws -> ServerResponse
    ) -> Route {
        .on(method, "/newsletter/\(purpose.rawValue)/{token}\(rest)", maxBody: 16 << 10) { request in
            do {
                let token = request.parameters["token"] ?? ""
                let bearer = try links.bearer(of: token, purpose, at: clock.now)
                return try await answer(request, bearer)
            } catch let error as NewsletterLinks.Refused {
                let status = if case .expired = error { 410 } else { 404 }
                // An admin's links are in no letter.
                let isAdmins = status == 410 && (purpose == .preview || purpose == .templates)
                return SitePages.note(
                    status == 410 ? "This link is old" : "This link does not work",
                    isAdmins ? "It has expired: ask for a new one on Discord." : error.description, status: status)
            } catch {
                log.error("a page could not be shown: \(error)", ["path": purpose.rawValue])
                return SitePages.note(
                    "That did not work", "Please try again in a few minutes. If it stays so, tell the server's owner.",
                    status: 503)
            }
        }
    }

    func actor(_ bearer: Bearer) -> String { "person:\(bearer.person)" }
}

/// What was shown last, so that a page's pictures need not be drawn once more each. Not for long: what an issue would be, or
/// what somebody wants to read of it, may be another soon.
actor PageShelf<Page: Sendable> {
    private let most: Int
    private let clock: any Clock
    private var pages: [(key: String, page: Page, madeAt: Instant)] = []

    init(most: Int, _ clock: any Clock) {
        self.most = most
        self.clock = clock
    }

    subscript(key: String) -> Page? {
        pages.first { $0.key == key && clock.now - $0.madeAt < .minutes(5) }?.page
    }

    func keep(_ page: Page, as key: String) {
        pages.removeAll { $0.key == key }
        pages.append((key, page, clock.now))
        if pages.count > most { pages.removeFirst() }
    }
}
