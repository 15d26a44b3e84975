// What the stand-ins of MusicBrainz and Discogs share: a desk on the event loop at which requests come in one by one,
// meet their faults and go into the journal. What is answered is the service's own business.

import Runtime
import Sockets

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

struct RecordAnswer: Sendable {
    var status: Int
    var headers: [(String, String)] = []
    var json: JSON
}

protocol RecordService: Sendable {
    /// The request's name in the journal and for faults.
    func route(of request: ServerRequest) -> String
    mutating func answer(_ request: ServerRequest, now: Instant, uptime: Duration) -> RecordAnswer
}

actor RecordDesk<Service: RecordService>: LoopActor {
    nonisolated let loop: EventLoop
    nonisolated let clock: any Clock
    nonisolated let requests = Chronicle<RecordEntry>()
    private var service: Service
    private var faults = FaultBook()
    private var stalls: [CheckedContinuation<Void, Never>] = []
    private var isStopped = false

    init(loop: EventLoop, clock: any Clock, service: Service) {
        self.loop = loop
        self.clock = clock
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
        let fault = faults.take(route)
        switch fault {
        case .html502:
            note(502)
            return .html("<html><head><title>502 Bad Gateway</title></head><body>openresty</body></html>", status: 502)
        case .garbage:
            note(200)
            return .html("<!DOCTYPE html><html><title>Just a moment...</title></html>")
        case .status(let status, let json):
            note(status, json)
            return .json(json.bytes, status: status)
        case .tooMany(let seconds):
            note(429)
            return ServerResponse(status: 429, headers: [("Retry-After", String(seconds))])
        case .refuse:
            note(nil)
            return .dropped
        case .stall:
            note(nil)
            await stall()
            return .dropped
        case .slow(let duration): try? await clock.sleep(for: duration)
        case .truncated, .lostAnswer, nil: break
        }
        // The limiter stands at the door: it judges by when a request came, however long its answer takes.
        let answer = service.answer(request, now: clock.now, uptime: at)
        if case .lostAnswer = fault {
            note(nil, answer.json)
            return .dropped
        }
        note(answer.status, answer.json)
        let response = ServerResponse(
            status: answer.status, headers: [("Content-Type", "application/json; charset=utf-8")] + answer.headers,
            body: .bytes(answer.json.bytes))
        if case .truncated = fault { return response.cutInHalf }
        return response
    }

    func order(_ fault: HTTPFault, on route: String, times: Int) { faults.add(fault, on: route, times: times) }
    func endFaults() {
        faults.clear()
        endStalls()
    }
    func change(_ body: @Sendable (inout Service) -> Void) { body(&service) }

    func stop() {
        isStopped = true
        endStalls()
    }

    private func stall() async {
        guard !isStopped else { return }
        await withCheckedContinuation { stalls.append($0) }
    }

    private func endStalls() {
        for stalled in stalls { stalled.resume() }
        stalls = []
    }
}
