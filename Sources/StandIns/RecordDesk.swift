// What the stand-ins of public catalogues share: a desk on the event loop at which requests come in one by one,
// meet their faults and go into the journal. What is answered is the service's own business.

package import Runtime
package import Sockets

/// One request, and what it got.
package struct RecordEntry: Sendable {
    /// Such as "GET /release/{}" or "GET /release?query"; of unknown paths the path itself.
    package let route: String
    package let path: String
    package let query: [(name: String, value: String)]
    package let userAgent: String?
    package let authorization: String?
    /// Nil when a fault swallowed the answer.
    package let status: Int?
    package let answer: JSON?
    /// On the stand-in's clock, to measure the pace by.
    package let at: Duration

    package func queryValue(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

package struct RecordAnswer: Sendable {
    var status: Int
    var headers: [(String, String)] = []
    var json: JSON
}

package protocol RecordService: Sendable {
    associatedtype Rules: Sendable
    /// Under which it lives: "/3"; empty: the root.
    static var path: String { get }
    var rules: Rules { get set }
    /// The request's name in the journal and for faults.
    func route(of request: ServerRequest) -> String
    mutating func answer(_ request: ServerRequest, now: Instant, uptime: Duration) -> RecordAnswer
}

actor RecordDesk<Service: RecordService>: LoopActor {
    nonisolated let loop: EventLoop
    nonisolated let clock: any Clock
    nonisolated let requests = Chronicle<RecordEntry>()
    nonisolated let troubles: Troubles
    private var service: Service

    init(loop: EventLoop, clock: any Clock, service: Service) {
        self.loop = loop
        self.clock = clock
        troubles = Troubles(clock: clock, looks: .records)
        self.service = service
    }

    func serve(_ request: ServerRequest) async -> ServerResponse {
        let route = service.route(of: request)
        let at = clock.uptime
        func note(_ status: Int?, _ answer: JSON? = nil) {
            requests.append(
                RecordEntry(
                    route: route, path: request.path, query: request.query, userAgent: request.headers["user-agent"],
                    authorization: request.headers["authorization"], status: status, answer: answer, at: at))
        }
        let fault = troubles.take(route)
        if let instead = await troubles.meet(fault, note) { return instead }
        // The limiter stands at the door: it judges by when a request came, however long its answer takes.
        let answer = service.answer(request, now: clock.now, uptime: at)
        let response = ServerResponse(
            status: answer.status, headers: [("Content-Type", "application/json; charset=utf-8")] + answer.headers,
            body: .bytes(answer.json.bytes))
        return Troubles.send(response, fault, answer.json, note)
    }

    func change(_ body: @Sendable (inout Service) -> Void) { body(&service) }
}

extension Troubles.Looks {
    fileprivate static let records = Troubles.Looks(
        gateway: .html(
            "<html><head><title>502 Bad Gateway</title></head><body>openresty</body></html>", status: 502),
        garbage: .html("<!DOCTYPE html><html><title>Just a moment...</title></html>"),
        busy: { (ServerResponse(status: 429, headers: [("Retry-After", String($0))]), nil) })
}
