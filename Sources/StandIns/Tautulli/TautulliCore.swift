// The stand-in's actor, on the thread of its server's loop: requests in, faults on the way, the journal.

import Runtime
import Sockets

/// A request as it was answered. The key is left out of it, and where it stood is told: it has no business in a URL.
package struct TautulliEntry: Sendable {
    /// "get_history"; empty where no command was named.
    package var command: String
    package var parameters: [String: String]
    package var method: String
    package var path: String
    package var hasKeyInURL: Bool
    /// X-Api-Key, at which this version does not look.
    package var hasKeyInHeader: Bool
    /// Nil: no answer was given.
    package var status: Int?
}

actor TautulliCore: LoopActor {
    nonisolated let loop: EventLoop
    nonisolated let requests: Chronicle<TautulliEntry>
    nonisolated let clock: any Clock
    nonisolated let household: Household

    private var api: TautulliAPI
    private var faults = FaultBook()
    private var stalls: [CheckedContinuation<Void, Never>] = []
    private var isStopped = false

    init(loop: EventLoop, clock: any Clock, household: Household, rules: TautulliRules) {
        self.loop = loop
        self.clock = clock
        self.household = household
        requests = Chronicle(limit: rules.journalLimit)
        api = TautulliAPI(rules: rules)
        api.look(at: household.read { $0 })
    }

    var rules: TautulliRules { api.rules }
    func change(_ change: @Sendable (inout TautulliRules) -> Void) { change(&api.rules) }
    func order(_ fault: HTTPFault, on command: String, times: Int) { faults.add(fault, on: command, times: times) }

    func endFaults() {
        faults.clear()
        endStalls()
    }

    func endStalls() {
        for stall in stalls { stall.resume() }
        stalls = []
    }

    func stop() {
        isStopped = true
        endStalls()
    }

    // MARK: Serving

    func serve(_ request: ServerRequest) async -> ServerResponse {
        if request.method == "PUT", request.headers["content-length"] == nil { return ServerResponse(status: 411) }
        var parameters = request.query
        switch request.contentType {
        case "application/x-www-form-urlencoded": parameters += request.formFields
        case "multipart/form-data":
            let parts = (try? request.multipart().parts) ?? []
            parameters += parts.map { (name: $0.name, value: String(decoding: $0.bytes, as: UTF8.self)) }
        default: break
        }
        let call = TautulliCall(request.method, request.path, parameters)
        let hasKeyInURL = request.query.contains { $0.name == "apikey" }
        let fault = faults.take(call.command ?? "")
        func note(_ status: Int?) {
            let named = Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first }
            requests.append(
                TautulliEntry(
                    command: call.command ?? "", parameters: named.filter { $0.key != "apikey" && $0.key != "cmd" },
                    method: request.method, path: request.path, hasKeyInURL: hasKeyInURL,
                    hasKeyInHeader: request.headers["x-api-key"] != nil, status: status))
        }
        switch fault {
        case .html502:
            note(502)
            return .html("<html><head><title>502 Bad Gateway</title></head></html>", status: 502)
        case .garbage:
            note(200)
            return .bytes(Array(#"{"response": {"result": "succ"#.utf8) + [0xFF, 0], type: "application/json")
        case .status(let status, let json):
            note(status)
            return .json(json.bytes, status: status)
        case .tooMany(let seconds):
            note(429)
            return ServerResponse(status: 429, headers: [("Retry-After", String(seconds))])
        case .refuse:
            note(nil)
            return .dropped
        case .stall:
            note(nil)
            if !isStopped { await withCheckedContinuation { stalls.append($0) } }
            return .dropped
        case .slow(let pause): try? await clock.sleep(for: pause)
        case .truncated, .lostAnswer, nil: break
        }
        let answer = api.answer(call, world: household.read { $0 }, now: clock.now)
        if let session = answer.endedSession {
            household.change { world in world.streams.removeAll { $0.sessionID == session } }
        }
        if case .lostAnswer = fault {
            note(nil)
            return .dropped
        }
        note(answer.status)
        let response = ServerResponse(
            status: answer.status,
            headers: [("Content-Type", answer.type), ("Set-Cookie", "tautulli_session_household=1; Path=/")]
                + answer.headers,
            body: .bytes(answer.bytes))
        if case .truncated = fault { return response.cutInHalf }
        return response
    }
}
