// The dashboard on a real server, with a database behind it and pages of the test's own, visited as a browser would: with
// a cookie, and no further than one redirect.

import Crypto
import Domain
import FoundationEssentials
import HTTP
import Runtime
import Sockets
import Storage
import Synchronization

@testable import Dashboard

/// What the test's pages show and what their deeds have done.
final class Rooms: Sendable {
    struct State: Sendable {
        var blocks: [Block] = [.words("Hello")]
        var done: [[String: String]] = []
        var fails = false
        /// Why an entry of the Ledger cannot be taken back.
        var obstacle: Prose?
        /// Who took which entry back.
        var undone: [String] = []
    }
    private let state = Mutex(State())
    var now: State { state.withLock { $0 } }
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
}

struct Visiting {
    static let password = "a long password"
    /// Made once: scrypt takes its time.
    private static let hash = PasswordHash(of: Secret(password))

    let rooms: Rooms
    let ledger: Ledger
    let door: DashboardDoor
    let clock: VirtualClock
    let http: HTTPClient
    let home: String

    struct Trouble: Error, CustomStringConvertible { let description: String }

    static func open(
        base: String = "", proxies: String = "", withPassword: Bool = true,
        _ body: (Visiting) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/dashboard-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = VirtualClock()
        let database = try await Database.open(path: folder + "/a.db", clock: clock, schemas: [.dashboard])
        let door = try DashboardDoor(
            database: database, key: SealingKey(Secret(String(repeating: "0f", count: 32))),
            password: withPassword ? hash : nil, proxies: try TrustedProxies(proxies), base: base,
            isPublicSecure: false, clock: clock, log: .silent)
        let rooms = Rooms()
        let ledger = Ledger(database)
        let ledgers = LedgerPages(ledger: ledger, undoings: [undoing(rooms)])
        let dashboard = try Dashboard(
            door: door, pages: pages(rooms) + ledgers.pages, deeds: deeds(rooms) + ledgers.deeds,
            papers: ledgers.papers, neighbour: ("Chat", "/chat/"),
            waiting: { 3 }, place: .utc, now: { clock.now }, clock: clock, log: .silent)
        let loop = try EventLoop(name: "web", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: 0, base: base, routes: dashboard.routes, headers: Dashboard.headers, log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await body(
                    Visiting(
                        rooms: rooms, ledger: ledger, door: door, clock: clock, http: http,
                        home: "http://127.0.0.1:\(server.port)")))
        } catch { outcome = .failure(error) }
        await http.stop()
        await server.stop()
        await loop.stop()
        await database.close()
        try outcome.get()
    }

    private static func pages(_ rooms: Rooms) -> [Page] {
        [
            Page("", in: .overview, title: "Overview") { _ in
                if rooms.now.fails { throw Trouble(description: "the key is s3cret") }
                return rooms.now.blocks
            },
            Page("people/{person}", in: .people, title: "A person") { visit in
                visit.parameters["person"] == "7" ? [.words("Person 7")] : nil
            },
        ]
    }

    private static func undoing(_ rooms: Rooms) -> Undoing {
        Undoing(
            ["lamps."], obstacle: { _ in rooms.now.obstacle },
            undo: { entry, actor in
                rooms.change { $0.undone.append("\(entry.id) by \(actor)") }
                return (Report("The lamp is off again"), .done)
            })
    }

    private static func deeds(_ rooms: Rooms) -> [Deed] {
        [
            Deed("do") { visit in
                rooms.change { $0.done.append(visit.fields) }
                return Deed.Answer("Done for \(visit.fields["who"] ?? "").")
            },
            Deed("danger", question: { _ in "Really?" }) { visit in
                rooms.change { $0.done.append(visit.fields) }
                return Deed.Answer("Gone.")
            },
            Deed("take", maxBody: 200_000) { visit in
                rooms.change { $0.done.append(["list": String(decoding: visit.files["list"] ?? [], as: UTF8.self)]) }
                return Deed.Answer("Taken.")
            },
            Deed("refuse") { _ in throw Refusal("Not today.") },
        ]
    }

    // MARK: Asking

    struct Answer {
        var status: Int
        var body: String
        var location: String
        var cookie: String
        var headers: [String: String]
    }

    func ask(_ path: String, cookie: String? = nil, headers: [(String, String)] = []) async throws -> Answer {
        try await ask("GET", path, cookie: cookie, headers: headers)
    }

    func ask(
        _ method: String, _ path: String, cookie: String? = nil, form: [(String, String)] = [], file: [UInt8]? = nil,
        headers: [(String, String)] = []
    ) async throws -> Answer {
        var all = headers
        if let cookie { all.append(("Cookie", cookie)) }
        var request = HTTPRequest(
            method, home + path,
            body: method == "POST" ? .form(form.map { (name: $0.0, value: $0.1) }) : .none)
        if let file {
            request.body = .multipart(
                form.map { .init(name: $0.0, type: "text/plain", bytes: Array($0.1.utf8)) }
                    + [.init(name: "list", filename: "list.csv", type: "text/csv", bytes: file)])
        }
        for (name, value) in all { request.headers.append((name, value)) }
        let response = try await http.send(request)
        var seen: [String: String] = [:]
        for name in [
            "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Cache-Control", "Referrer-Policy",
            "Content-Type", "Content-Disposition",
        ] { seen[name] = response.headers[name] }
        return Answer(
            status: response.status, body: String(decoding: response.body, as: UTF8.self),
            location: response.headers["Location"] ?? "", cookie: response.headers["Set-Cookie"] ?? "", headers: seen)
    }

    /// The cookie of a session.
    func logIn(_ headers: [(String, String)] = []) async throws -> String {
        let answer = try await ask("POST", "/dashboard/login", form: [("password", Self.password)], headers: headers)
        return Self.pair(answer.cookie)
    }

    static func pair(_ cookie: String) -> String { String(cookie.prefix { $0 != ";" }) }

    /// The word that the page's forms carry.
    func word(_ cookie: String) async throws -> String {
        let page = try await ask("/dashboard", cookie: cookie).body
        guard let start = page.firstRange(of: "name=\"word\" value=\"") else { return "" }
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }
}
