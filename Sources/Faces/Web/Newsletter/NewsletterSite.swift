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

    let links: NewsletterLinks
    let consent: NewsletterConsent
    let archive: IssueArchive
    let serverName: String
    let person: @Sendable (Int64) async throws -> Person?
    let printer: Printer
    let clock: any Clock
    let log: Log
    let shelf = IssueShelf()

    package init(
        links: NewsletterLinks, consent: NewsletterConsent, archive: IssueArchive, serverName: String,
        person: @escaping @Sendable (Int64) async throws -> Person?, printer: @escaping Printer, clock: any Clock,
        log: Log
    ) {
        self.links = links
        self.consent = consent
        self.archive = archive
        self.serverName = serverName
        self.person = person
        self.printer = printer
        self.clock = clock
        self.log = log.labelled("pages")
    }

    package var routes: [Route] {
        [
            route("GET", .unsubscribe, "", askWhetherToLeave),
            route("POST", .unsubscribe, "", leave),
            route("GET", .preferences, "", preferences),
            route("POST", .preferences, "", savePreferences),
            route("GET", .archive, "", archivePage),
            route("GET", .archive, "/{picture}", picture),
            route("GET", .preview, "", previewFrames),
            route("GET", .preview, "/letter", previewLetter),
            route("GET", .preview, "/letter/{picture}", picture),
        ]
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
                return SitePages.note(
                    status == 410 ? "This link is old" : "This link does not work", error.description, status: status)
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

/// The issues shown last, so that a page's pictures need not be drawn once more each.
actor IssueShelf {
    private static let most = 12
    private var issues: [(key: String, issue: NewsletterSite.Issue)] = []

    subscript(key: String) -> NewsletterSite.Issue? { issues.first { $0.key == key }?.issue }

    func keep(_ issue: NewsletterSite.Issue, as key: String) {
        issues.removeAll { $0.key == key }
        issues.append((key, issue))
        if issues.count > Self.most { issues.removeFirst() }
    }
}
