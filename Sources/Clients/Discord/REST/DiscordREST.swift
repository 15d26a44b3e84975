// Discord's HTTP API v10 (sheet §3). The limiter inside decides when a request may leave; this actor sleeps, wakes,
// sends and tries again as it is told. The calls themselves stand in the extensions beside it.

internal import FoundationEssentials
package import HTTP
package import Runtime

package actor DiscordREST {
    private let api: String
    private let token: Secret
    private let http: HTTPClient
    private let clock: any Clock
    private let log: Log
    private let chance: @Sendable () -> Double
    private let userAgent: String
    /// A channel's name for error texts, from whoever knows the guilds.
    private let channelName: @Sendable (Snowflake) -> String?

    private var limiter = RateLimiter()
    private var parked: [RateLimiter.Ticket: AsyncStream<Void>.Continuation] = [:]
    /// The last request that failed and when, for the status command.
    package private(set) var lastError: (at: Instant, error: DiscordError)?

    package init(
        api: String = "https://discord.com/api/v10", token: Secret, http: HTTPClient, clock: any Clock, log: Log,
        version: String = "1", home: String = "https://example.org/autoplex",
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        channelName: @escaping @Sendable (Snowflake) -> String? = { _ in nil }
    ) {
        self.api = api.hasSuffix("/") ? String(api.dropLast()) : api
        self.token = token
        self.http = http
        self.clock = clock
        self.log = log.labelled("discord")
        self.chance = chance
        self.channelName = channelName
        // The form is checked: any other may be shut out (code 40333).
        userAgent = "DiscordBot (\(home), \(version))"
    }

    // MARK: Asking

    func fetch<Value: Decodable & Sendable>(_ endpoint: Endpoint) async throws(DiscordError) -> Value {
        try await perform(endpoint) { response in try? JSONDecoder().decode(Value.self, from: Data(response.body)) }
    }

    func send(_ endpoint: Endpoint) async throws(DiscordError) {
        try await perform(endpoint) { _ in () }
    }

    /// `read` makes the value of a successful answer; nil: unreadable.
    private func perform<Value: Sendable>(
        _ endpoint: Endpoint, _ read: (HTTPResponse) -> Value?
    ) async throws(DiscordError) -> Value {
        do throws(DiscordError) { return try await persist(endpoint, read) } catch {
            if error != .cancelled { lastError = (clock.now, error) }
            throw error
        }
    }

    private func persist<Value: Sendable>(
        _ endpoint: Endpoint, _ read: (HTTPResponse) -> Value?
    ) async throws(DiscordError) -> Value {
        let giveUpAt = clock.uptime + endpoint.patience
        var persistence = Persistence(endpoint)
        var isAgain = false
        while true {
            let ticket = try await admission(endpoint, isAgain, giveUpAt)
            let outcome = await exchange(endpoint)
            let answer = (try? outcome.get()).map(RateAnswer.init) ?? .lost
            limiter.answered(ticket, answer, now: clock.uptime)
            wake()
            note(answer, endpoint)

            let response = try? outcome.get()
            let value = response.flatMap { $0.isSuccess ? read($0) : nil }
            switch persistence.next(after: outcome, isReadable: value != nil, chance: chance()) {
            case .done:
                if let value { return value }
                // An earlier try had arrived; what it said is lost. Callers of such calls want no value.
                if let nothing = () as? Value { return nothing }
                throw .unavailable("its answer was lost")
            case .again(let pause):
                isAgain = true
                guard clock.uptime + pause < giveUpAt else { throw failure(outcome, answer, endpoint) }
                log.debug("asking Discord again", ["call": endpoint.route.name])
                do { try await clock.sleep(for: pause) } catch { throw .cancelled }
            case .giveUp: throw failure(outcome, answer, endpoint)
            }
        }
    }

    /// Returns when the limiter lets it go.
    private func admission(
        _ endpoint: Endpoint, _ isAgain: Bool, _ giveUpAt: Duration
    ) async throws(DiscordError) -> RateLimiter.Ticket {
        let ticket = limiter.join(endpoint.route, again: isAgain, now: clock.uptime)
        while true {
            let verdict = limiter.next(ticket, now: clock.uptime)
            wake()
            switch verdict {
            case .go: return ticket
            case .refused(let refusal): throw DiscordError(refusal)
            case .wait(let pause):
                guard clock.uptime + pause <= giveUpAt else {
                    leave(ticket)
                    throw .rateLimited(for: pause)
                }
                do { try await clock.sleep(for: pause) } catch {
                    leave(ticket)
                    throw .cancelled
                }
            case .queue:
                await park(ticket)
                if Task.isCancelled {
                    leave(ticket)
                    throw .cancelled
                }
            }
        }
    }

    /// Until woken or cancelled: a stream ends by itself when its task is cancelled.
    private func park(_ ticket: RateLimiter.Ticket) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        parked[ticket] = continuation
        for await _ in stream { break }
        parked[ticket] = nil
    }

    private func leave(_ ticket: RateLimiter.Ticket) {
        limiter.leave(ticket)
        wake()
    }

    private func wake() {
        for ticket in limiter.takeWoken() { parked[ticket]?.yield() }
    }

    private func exchange(_ endpoint: Endpoint) async -> Result<HTTPResponse, HTTPError> {
        // Fields set here replace the HTTP client's own.
        var headers = [(name: "User-Agent", value: userAgent), (name: "Accept", value: "application/json")]
        // Routes with a token in their path take no other; sending one would tie them to the bot's limits.
        if !endpoint.route.isInteraction { headers.append(("Authorization", "Bot \(token.reveal())")) }
        if let reason = endpoint.reason, !reason.isEmpty {
            let short = DiscordLimits.cut(reason, to: DiscordLimits.auditReason)
            headers.append(("X-Audit-Log-Reason", short.percentEncoded()))
        }
        var request = HTTPRequest(
            endpoint.method, api + endpoint.path, headers: headers, body: endpoint.body, limits: endpoint.limits)
        if case .harmful = endpoint.repetition { request.mayBeRepeated = false }
        do throws(HTTPError) { return .success(try await http.send(request)) } catch { return .failure(error) }
    }

    // MARK: Telling

    private func note(_ answer: RateAnswer, _ endpoint: Endpoint) {
        switch answer.kind {
        case .limited(let scope, let pause):
            log.warning(
                "Discord asks to slow down",
                ["call": endpoint.route.name, "scope": "\(scope)", "seconds": "\(pause.inSeconds)"])
        case .banned(let pause):
            log.error("Discord has shut out this internet address", ["seconds": "\(pause.inSeconds)"])
        default: break
        }
    }

    private func failure(
        _ outcome: Result<HTTPResponse, HTTPError>, _ answer: RateAnswer, _ endpoint: Endpoint
    ) -> DiscordError {
        if case .limited(_, let pause) = answer.kind { return .rateLimited(for: pause) }
        if case .banned(let pause) = answer.kind { return .banned(for: pause) }
        switch outcome {
        case .failure(let error): return DiscordError(error)
        case .success(let response) where response.isSuccess: return .unavailable("its answer cannot be read")
        case .success(let response) where (300..<400).contains(response.status):
            return .unavailable("it points elsewhere (\(response.status)): check DISCORD_API_URL")
        case .success(let response): return DiscordError(response, to: endpoint, place: place(of: endpoint))
        }
    }

    private func place(of endpoint: Endpoint) -> String {
        switch endpoint.major {
        case .channel(let id): channelName(id).map { "#\($0)" } ?? "channel \(id)"
        case .guild: "the server"
        case .interaction, nil: "this channel"
        }
    }
}
