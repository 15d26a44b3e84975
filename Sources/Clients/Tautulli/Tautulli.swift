// Tautulli's API v2 (sheet §1). The key gives full power over Tautulli: it travels in a POST form, where no log of a
// server or proxy sees it. The questions themselves stand in the extensions beside this file.

package import HTTP
package import Runtime

package actor Tautulli {
    /// How long a question may take and how often it may be asked.
    struct Patience: Sendable {
        var total: Duration
        var attempts: Int
        var firstDelay: Duration
        var isUrgent = false

        /// A person waits for it.
        static let prompt = Patience(total: .seconds(20), attempts: 2, firstDelay: .milliseconds(300), isUrgent: true)
        static let plain = Patience(total: .seconds(60), attempts: 3, firstDelay: .seconds(1))
        /// 200,000 rows take Tautulli 9 seconds, on a slow machine far more.
        static let heavy = Patience(total: .seconds(180), attempts: 3, firstDelay: .seconds(2))
        /// What must not happen twice.
        static let once = Patience(total: .seconds(30), attempts: 1, firstDelay: .zero, isUrgent: true)
        /// The same, where Tautulli rewrites its whole database for it.
        static let onceAtLength = Patience(total: .seconds(300), attempts: 1, firstDelay: .zero)
    }

    typealias Parameters = [(name: String, value: String)]

    private let url: String
    private let apiKey: Secret
    private let http: HTTPClient
    private let clock: any Clock
    private let log: Log
    private let chance: @Sendable () -> Double
    /// It answers every question under one lock of its own: questions in parallel only slow each other and cost it memory
    /// (sheet §1, §3 Speed).
    private let turnstile = Turnstile()

    /// - Parameter url: where Tautulli's pages are, with the HTTP root if it has one: "http://host:8181"
    package init(
        url: String, apiKey: Secret, http: HTTPClient, clock: any Clock, log: Log,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        var base = Substring(url)
        while base.hasSuffix("/") { base = base.dropLast() }
        self.url = base + "/api/v2"
        self.apiKey = apiKey
        self.http = http
        self.clock = clock
        self.log = log.labelled("tautulli")
        self.chance = chance
    }

    // MARK: Asking

    func ask<Value: Decodable & Sendable>(
        _ command: String, _ parameters: Parameters = [], _ patience: Patience = .plain,
        as type: Value.Type = Value.self
    ) async throws(TautulliError) -> Value {
        let response = try await response(command, parameters, patience)
        return try Answer.read(Value.self, status: response.status, body: response.body, to: command)
    }

    /// Where Plex being down looks like an empty answer (sheet §7): nil only after Plex has been seen to answer and the
    /// question was asked once more, for it may have come back in between.
    func askPlex<Value: Decodable & Sendable>(
        _ command: String, _ parameters: Parameters = [], as type: Value.Type = Value.self,
        isEmpty: @Sendable (Value) -> Bool = { _ in false }
    ) async throws(TautulliError) -> Value? {
        for isLastTry in [false, true] {
            let told = try await ask(command, parameters, .plain, as: Told<Value>.self)
            if case .value(let value) = told, !isEmpty(value) { return value }
            if isLastTry { break }
            let identity = try await ask("get_server_identity", [], .plain, as: Told<ServerIdentity>.self)
            guard case .value = identity else { throw .plexIsDown }
        }
        return nil
    }

    func response(
        _ command: String, _ parameters: Parameters, _ patience: Patience
    ) async throws(TautulliError) -> HTTPResponse {
        do { try await turnstile.enter(isUrgent: patience.isUrgent) } catch { throw .cancelled }
        defer { turnstile.leave() }
        let request = request(command, parameters, patience)
        var attempt = 1
        while true {
            let outcome: Result<HTTPResponse, HTTPError>
            do throws(HTTPError) { outcome = .success(try await http.send(request)) } catch {
                outcome = .failure(error)
            }
            guard let pause = pause(after: attempt, outcome, patience) else {
                switch outcome {
                case .success(let response): return response
                case .failure(let error): throw TautulliError(error)
                }
            }
            log.debug("asking again", ["command": command, "attempt": "\(attempt + 1)"])
            do { try await clock.sleep(for: pause) } catch { throw .cancelled }
            attempt += 1
        }
    }

    private func request(_ command: String, _ parameters: Parameters, _ patience: Patience) -> HTTPRequest {
        // Quiet for as long as it thinks: a limit on silence would end what is going well.
        let limits = HTTPLimits(connect: .seconds(10), total: patience.total, stall: patience.total, maxBody: 64 << 20)
        let form = [(name: "apikey", value: apiKey.reveal()), (name: "cmd", value: command)] + parameters
        // Since 2.18 a header carries it too, which older ones do not look at.
        let headers = [(name: "X-Api-Key", value: apiKey.reveal())]
        var request = HTTPRequest("POST", url, headers: headers, body: .form(form), limits: limits)
        request.mayBeRepeated = patience.attempts > 1
        return request
    }

    private func pause(
        after attempt: Int, _ outcome: Result<HTTPResponse, HTTPError>, _ patience: Patience
    ) -> Duration? {
        // A crash happens again (sheet §1): the same question is answered the same way.
        if case .success(let response) = outcome, response.status == 500 { return nil }
        let policy = RetryPolicy(attempts: patience.attempts, firstDelay: patience.firstDelay)
        return policy.delay(after: attempt, outcome, chance: chance())
    }
}
