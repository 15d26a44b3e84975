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
    nonisolated let troubles: Troubles

    private var api: TautulliAPI

    init(loop: EventLoop, clock: any Clock, household: Household, rules: TautulliRules) {
        self.loop = loop
        self.clock = clock
        self.household = household
        requests = Chronicle(limit: rules.journalLimit)
        troubles = Troubles(clock: clock, looks: .tautulli)
        api = TautulliAPI(rules: rules)
        api.look(at: household.read { $0 })
    }

    var rules: TautulliRules { api.rules }
    func change(_ change: @Sendable (inout TautulliRules) -> Void) { change(&api.rules) }

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
        let fault = troubles.take(call.command ?? "")
        func note(_ status: Int?, _: JSON?) {
            let named = Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first }
            requests.append(
                TautulliEntry(
                    command: call.command ?? "", parameters: named.filter { $0.key != "apikey" && $0.key != "cmd" },
                    method: request.method, path: request.path, hasKeyInURL: hasKeyInURL,
                    hasKeyInHeader: request.headers["x-api-key"] != nil, status: status))
        }
        if let instead = await troubles.meet(fault, note) { return instead }
        let answer = api.answer(call, world: household.read { $0 }, now: clock.now)
        if let session = answer.endedSession {
            household.change { world in world.streams.removeAll { $0.sessionID == session } }
        }
        let response = ServerResponse(
            status: answer.status,
            headers: [("Content-Type", answer.type), ("Set-Cookie", "tautulli_session_household=1; Path=/")]
                + answer.headers,
            body: .bytes(answer.bytes))
        return Troubles.send(response, fault, nil, note)
    }
}

extension Troubles.Looks {
    fileprivate static let tautulli = Troubles.Looks(
        gateway: .html("<html><head><title>502 Bad Gateway</title></head></html>", status: 502),
        garbage: .bytes(Array(#"{"response": {"result": "succ"#.utf8) + [0xFF, 0], type: "application/json"),
        busy: { (ServerResponse(status: 429, headers: [("Retry-After", String($0))]), nil) })
}
