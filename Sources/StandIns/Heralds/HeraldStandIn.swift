// Where notices go: ntfy, Gotify and an Apprise API, each a real server on loopback that takes and refuses what the real one
// does (`NtfyDesk`, `GotifyDesk`, `AppriseDesk`), and keeps what it took as a telephone would show it. A channel's webhook
// on Discord is the stand-in of Discord's own. They know nothing of the client they judge.

package import Runtime
package import Sockets

/// One request, and what it got. Of an address only the pattern: a topic or a key in it is a password.
package struct HeraldEntry: Sendable {
    /// "POST /", "POST /{}", "POST /message", "POST /notify/{}"
    package let route: String
    package let body: [UInt8]
    /// Nil when a fault swallowed the answer.
    package let status: Int?
    package let answer: String
}

/// What was taken.
package struct PushedNotice: Sendable, Equatable {
    package enum App: String, Sendable, CaseIterable { case ntfy, gotify = "Gotify", apprise = "Apprise" }

    package var app: App
    /// The topic, the application's name, or the configuration's key.
    package var place: String
    package var title: String
    package var text: String
    /// "3" of 1 to 5, "5" of 0 to 10, "warning": as each of them says it.
    package var weight: String
    package var tags: [String] = []
    package var link: String?
    package var at: Instant
    /// What the request called its parts, those that nobody here knows among them.
    package var fields: [String]

    package var json: JSON {
        [
            "app": .string(app.rawValue), "place": .string(place), "title": .string(title), "text": .string(text),
            "weight": .string(weight), "tags": .array(tags.map(JSON.string)), "link": .text(link),
            "at": .int(at.milliseconds), "fields": .array(fields.map(JSON.string)), "isUrgent": .bool(isUrgent),
        ]
    }

    /// What makes a telephone ring though it is laid aside.
    package var isUrgent: Bool {
        switch app {
        case .ntfy: ["4", "5"].contains(weight)
        case .gotify: Int(weight).map { $0 >= 8 } ?? false
        case .apprise: ["warning", "failure"].contains(weight)
        }
    }
}

struct HeraldAnswer {
    var route: String
    var response: ServerResponse
    /// Nil: nothing was taken.
    var notice: PushedNotice?
}

package protocol HeraldDesk: Sendable {
    /// What it reads of a request besides what every server reads.
    var headers: [String] { get }
    /// What NOTIFY_… is set to, of the server's own address.
    func address(at home: String) -> String
    /// The token beside it; nil: everything stands in the address.
    var token: String? { get }
}

protocol AnsweringDesk: HeraldDesk {
    func answer(_ request: ServerRequest, at now: Instant) -> HeraldAnswer
    var looks: Troubles.Looks { get }
}

package final class HeraldStandIn: Sendable {
    /// "http://127.0.0.1:PORT"
    package let home: String
    /// What Autoplex needs: NOTIFY_…_URL and NOTIFY_…_TOKEN.
    package let url: String
    package let token: String?
    package let port: Int
    package let requests: Chronicle<HeraldEntry>
    /// What was taken, in order.
    package let notices: Chronicle<PushedNotice>

    private let troubles: Troubles
    private let server: HTTPServer

    /// - Parameter notices: where to keep what it takes, when several write into one
    package static func ntfy(
        loop: EventLoop, clock: any Clock, port: Int = 0, rules: NtfyRules = .standard,
        notices: Chronicle<PushedNotice> = Chronicle(limit: 500), log: Log = .silent
    ) async throws(SocketError) -> HeraldStandIn {
        try await start(NtfyDesk(rules), loop, clock, port, notices, log)
    }

    package static func gotify(
        loop: EventLoop, clock: any Clock, port: Int = 0, rules: GotifyRules = .standard,
        notices: Chronicle<PushedNotice> = Chronicle(limit: 500), log: Log = .silent
    ) async throws(SocketError) -> HeraldStandIn {
        try await start(GotifyDesk(rules), loop, clock, port, notices, log)
    }

    package static func apprise(
        loop: EventLoop, clock: any Clock, port: Int = 0, rules: AppriseRules = .standard,
        notices: Chronicle<PushedNotice> = Chronicle(limit: 500), log: Log = .silent
    ) async throws(SocketError) -> HeraldStandIn {
        try await start(AppriseDesk(rules), loop, clock, port, notices, log)
    }

    private static func start(
        _ desk: some AnsweringDesk, _ loop: EventLoop, _ clock: any Clock, _ port: Int,
        _ notices: Chronicle<PushedNotice>,
        _ log: Log
    ) async throws(SocketError) -> HeraldStandIn {
        let requests = Chronicle<HeraldEntry>(limit: 2000)
        let troubles = Troubles(clock: clock, looks: desk.looks)
        let serve: @Sendable (ServerRequest) async -> ServerResponse = { request in
            // A fault is by route, and only the desk knows its routes; what a fault stops has not been taken.
            let answer = desk.answer(request, at: clock.now)
            func note(_ status: Int?, _ text: String) {
                requests.append(HeraldEntry(route: answer.route, body: request.body, status: status, answer: text))
            }
            let fault = troubles.take(answer.route)
            if let instead = await troubles.meet(fault, note) { return instead }
            if let notice = answer.notice { notices.append(notice) }
            return Troubles.send(answer.response, fault, note)
        }
        let path = "/{rest...}"
        let server = try await HTTPServer.start(
            on: loop, port: port,
            routes: [
                .get("/standin/notices") { _ in .json(JSON.array(notices.entries.map(\.json)).bytes) },
                .get(path, serve), .post(path, serve), .put(path, serve), .delete(path, serve),
            ], headers: desk.headers, log: log)
        return HeraldStandIn(desk, server, requests, notices, troubles)
    }

    private init(
        _ desk: some AnsweringDesk, _ server: HTTPServer, _ requests: Chronicle<HeraldEntry>,
        _ notices: Chronicle<PushedNotice>, _ troubles: Troubles
    ) {
        home = "http://127.0.0.1:\(server.port)"
        url = desk.address(at: "http://127.0.0.1:\(server.port)")
        token = desk.token
        port = server.port
        self.server = server
        self.requests = requests
        self.notices = notices
        self.troubles = troubles
    }

    package func stop() async {
        troubles.endStalls(forGood: true)
        await server.stop()
    }

    /// - Parameter route: such as "POST /message"; empty for any
    package func fail(_ route: String = "", with fault: HTTPFault, times: Int = 1) {
        troubles.order(fault, on: route, times: times)
    }

    package func endFaults() { troubles.end() }
}
