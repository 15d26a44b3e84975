// A real server on loopback that answers like OpenAI's API (platform.openai.com/docs/api-reference: chat, images, models),
// stricter than most that speak it. It knows nothing of the client it judges.

package import Runtime
package import Sockets

/// One request, and what it got.
package struct WordsmithEntry: Sendable {
    /// Such as "POST /chat/completions", without the version.
    package let route: String
    /// Nil: none, or none that is JSON.
    package let body: JSON?
    package let authorization: String?
    /// Nil when a fault swallowed the answer.
    package let status: Int?

    /// What the request's messages say, in order.
    package var messages: [(role: String, text: String)] {
        (body?["messages"]?.array ?? []).map { ($0["role"]?.string ?? "", $0["content"]?.string ?? "") }
    }
}

package final class WordsmithStandIn: HTTPStandIn {
    /// What AI_BASE_URL is set to: "http://127.0.0.1:PORT/v1"
    package let url: String
    package let port: Int
    package let apiKey: String?
    package let requests: Chronicle<WordsmithEntry>

    package var troubles: Troubles { desk.troubles }

    private let desk: WordsmithDesk
    private let server: HTTPServer

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, rules: WordsmithRules = .standard, log: Log = .silent
    ) async throws(SocketError) -> WordsmithStandIn {
        let desk = WordsmithDesk(clock: clock, rules: rules)
        let server = try await HTTPServer.start(
            on: loop, port: port,
            routes: Route.any { request in await desk.serve(request) }, log: log)
        return WordsmithStandIn(desk: desk, server: server, apiKey: rules.apiKey)
    }

    private init(desk: WordsmithDesk, server: HTTPServer, apiKey: String?) {
        self.desk = desk
        self.server = server
        self.apiKey = apiKey
        port = server.port
        url = "http://127.0.0.1:\(server.port)/v1"
        requests = desk.requests
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        await server.stop()
    }

    /// 429 so many times.
    /// - Parameter retryAfter: in seconds; nil: it does not say
    package func beBusy(times: Int = 1, retryAfter: Int? = nil) {
        desk.change { $0.refusals += Array(repeating: .tooMany(retryAfter), count: times) }
    }

    package func changeRules(_ change: (inout WordsmithRules) -> Void) { desk.change { change(&$0.rules) } }

    /// What is said next, one after the other, the last one for ever.
    package func say(_ texts: String...) { desk.change { $0.rules.says = texts } }

    package func request(_ route: String, from start: Int = 0) async throws -> WordsmithEntry {
        try await requests.first(from: start) { $0.route == route }
    }
}
