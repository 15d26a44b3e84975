// The newsletter's pages on a real server, with a database and one reader behind them.

import Crypto
import Domain
import FoundationEssentials
import HTTP
import Newsletter
import Runtime
import Sockets
import Storage
import Synchronization

@testable import Web

/// What the pages are shown; the test may change it.
final class Desktop: Sendable {
    struct State: Sendable {
        var mark = 1
        var notes: [String] = []
        var text = "As text"
        var failure: Pages.Trouble?
        var made = 0
    }
    private let state = Mutex(State())
    var now: State { state.withLock { $0 } }
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
}

struct Pages {
    struct Trouble: Error, CustomStringConvertible {
        let description: String
    }

    static let reader = Person(
        id: 7, plexID: 1007, name: "Ann <script>alert(1)</script> \"O'Hara\" 🎬", email: "ann@mail.example",
        access: .member, firstSeen: Instant(seconds: 0))

    let site: NewsletterSite
    let links: NewsletterLinks
    let consent: NewsletterConsent
    let clock: VirtualClock
    let desktop: Desktop
    private let port: Int

    static func open(_ body: (Pages) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/pages-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = VirtualClock()
        let database = try await Database.open(
            path: folder + "/a.db", clock: clock, schemas: [.newsletter, .newsletterSending])
        let consent = NewsletterConsent(database, mode: .optOut)
        let links = try NewsletterLinks(
            SealingKey(Secret(String(repeating: "0f", count: 32))), home: "https://a.example")
        let desktop = Desktop()
        let site = NewsletterSite(
            links: links, consent: consent, archive: IssueArchive(database), serverName: { "R&D <b>Plex</b>" },
            person: { $0 == reader.id ? reader : nil },
            printer: { _, number, address in
                number == 3 ? .init(html: "<p>Issue 3</p><img src=\"\(address("a.png"))\">", pictures: [picture]) : nil
            },
            looking: .init(
                mark: { desktop.now.mark },
                proof: { _, _, address in
                    if let failure = desktop.now.failure { throw failure }
                    desktop.change { $0.made += 1 }
                    let now = desktop.now
                    return NewsletterSite.Proof(
                        title: "Issue 3 for \(reader.name)", subject: "</title><b>Letter</b> \(now.mark)", size: "1 kB",
                        notes: now.notes, letter: .init(html: "<img src=\"\(address("a.png"))\">", pictures: [picture]),
                        text: now.text)
                }), clock: clock, log: .silent)
        let loop = try EventLoop(name: "web", log: .silent)
        let server = try await HTTPServer.start(on: loop, port: 0, routes: site.routes, log: .silent)
        let pages = Pages(
            site: site, links: links, consent: consent, clock: clock, desktop: desktop, port: server.port)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(pages)) } catch { outcome = .failure(error) }
        await server.stop()
        await loop.stop()
        await database.close()
        try outcome.get()
    }

    private static let picture = NewsletterSite.Issue.Picture(name: "a.png", type: "image/png", bytes: [1, 2, 3])

    func path(
        _ purpose: NewsletterLinks.Purpose, person: Int64 = reader.id, issue: Int = 0, lasts: Duration? = .days(1)
    ) -> String {
        links.path(purpose, for: .init(person: person, issue: issue, expires: lasts.map { clock.now + $0 }))
    }

    func ask(_ path: String) async throws -> HTTPResponse { try await ask("GET", path) }

    func ask(_ method: String, _ path: String, _ body: HTTPRequest.Body = .none) async throws -> HTTPResponse {
        let http = try HTTPClient(userAgent: "test")
        let answer: Result<HTTPResponse, HTTPError>
        do throws(HTTPError) {
            answer = .success(try await http.send(HTTPRequest(method, "http://127.0.0.1:\(port)\(path)", body: body)))
        } catch { answer = .failure(error) }
        await http.stop()
        return try answer.get()
    }

    func gets() async throws -> Bool {
        if case .sends = try await consent.standing(of: Self.reader) { true } else { false }
    }
}
