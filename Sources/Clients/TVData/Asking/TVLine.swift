// The line to a catalogue: one request at a time, at its pace, again after what may pass, and what was answered lately not
// at all. The key joins the request here, after everything that is kept, logged or told.

internal import HTTP
internal import LooseJSON
internal import Runtime

actor TVLine {
    /// How the catalogue knows us.
    enum Login: Sendable {
        case none
        /// `Authorization: Bearer`
        case bearer(Secret)
        /// In the address, as TMDB's first keys have to.
        case query(String, Secret)
    }

    nonisolated let catalogue: TVCatalogue
    private let base: String
    private let login: Login
    private let http: HTTPClient
    private let clock: any Clock
    private let log: Log
    private let cache: AnswerCache
    /// Longer than this nobody is kept waiting by a pause.
    private let patience: Duration
    private let turnstile = Turnstile()
    private var pace: TVPace

    /// In all, the first included.
    private static let attempts = 3

    init(
        _ catalogue: TVCatalogue, base: String, login: Login, pace: TVPace, http: HTTPClient, clock: any Clock,
        log: Log, cache: AnswerCache, patience: Duration
    ) {
        var address = Substring(base)
        while address.last == "/" { address.removeLast() }
        self.catalogue = catalogue
        self.base = String(address)
        self.login = login
        self.pace = pace
        self.http = http
        self.clock = clock
        self.log = log.labelled(catalogue.rawValue.lowercased())
        self.cache = cache
        self.patience = patience
    }

    func ask<Value: Sendable>(
        _ question: TVQuestion, _ read: @Sendable (Loose) -> Value?
    ) async throws(TVDataError) -> Value {
        try await exchange(question) { answer in
            if case .body(let body) = answer, let json = try? Loose(body, deepest: 64) { read(json) } else { nil }
        }
    }

    /// Where the question leads.
    func lookUp<Value: Sendable>(
        _ question: TVQuestion, _ read: @Sendable (String) -> Value?
    ) async throws(TVDataError) -> Value {
        try await exchange(question) { answer in
            if case .elsewhere(let place) = answer { read(place) } else { nil }
        }
    }

    private func exchange<Value: Sendable>(
        _ question: TVQuestion, _ read: @Sendable (TVAnswer) -> Value?
    ) async throws(TVDataError) -> Value {
        if let kept = await kept(question, read) { return kept }
        do { try await turnstile.enter(isUrgent: question.isUrgent) } catch { throw failed(.cancelled) }
        defer { turnstile.leave() }
        // Whoever stood before us may have asked the same.
        if let kept = await kept(question, read) { return kept }
        return try await insist(question, read)
    }

    private func kept<Value: Sendable>(_ question: TVQuestion, _ read: @Sendable (TVAnswer) -> Value?) async -> Value? {
        guard !question.isFresh, let body = await cache.get(base + question.target) else { return nil }
        return read(.body(body))
    }

    private func insist<Value: Sendable>(
        _ question: TVQuestion, _ read: @Sendable (TVAnswer) -> Value?
    ) async throws(TVDataError) -> Value {
        var attempt = 1
        while true {
            try await pause()
            pace.started(now: clock.uptime)
            let answer = TVAnswer(await send(question), to: question, of: catalogue, now: clock.now)
            if let value = read(answer) {
                if case .body(let body) = answer { await cache.put(base + question.target, body, question.keepFor) }
                return value
            }
            let trouble = try judge(answer, question, attempt)
            log.warning("no answer", ["why": "\(trouble)", "attempt": "\(attempt)", "what": question.what])
            if attempt >= Self.attempts { throw trouble }
            attempt += 1
        }
    }

    /// What may pass is returned, after the pause for it was noted; everything else is thrown.
    private func judge(_ answer: TVAnswer, _ question: TVQuestion, _ attempt: Int) throws(TVDataError) -> TVDataError {
        let backoff = Duration.seconds(1 << (attempt - 1))
        switch answer {
        case .no(let trouble): throw failed(trouble)
        case .slowDown(let asked):
            pace.rest(for: max(asked ?? .seconds(10), .seconds(1)), now: clock.uptime)
            return failed(.busy(for: pace.wait(now: clock.uptime)))
        case .trouble(let trouble):
            pace.rest(for: backoff, now: clock.uptime)
            return failed(trouble)
        case .elsewhere:
            throw failed(.unreadable("\(question.what): it points elsewhere: check \(catalogue.address)"))
        case .body(let body):
            pace.rest(for: backoff, now: clock.uptime)
            return failed(.unreadable("\(question.what): \(TVAnswer.portrait(of: body))"))
        }
    }

    private func pause() async throws(TVDataError) {
        let wait = pace.wait(now: clock.uptime)
        guard wait > .zero else { return }
        guard wait <= patience else { throw failed(.busy(for: wait)) }
        do { try await clock.sleep(for: wait) } catch { throw failed(.cancelled) }
    }

    private func send(_ question: TVQuestion) async -> Result<HTTPResponse, HTTPError> {
        var headers = [(name: "Accept", value: "application/json")]
        var url = base + question.target
        switch login {
        case .none: break
        case .bearer(let token): headers.append(("Authorization", "Bearer \(token.reveal())"))
        case .query(let name, let key):
            url += (question.target.contains("?") ? "&" : "?") + String(queryOf: [(name: name, value: key.reveal())])
        }
        let limits = HTTPLimits(total: .seconds(40), maxBody: 32 << 20)
        let request = HTTPRequest("GET", url, headers: headers, limits: limits)
        do throws(HTTPError) { return .success(try await http.send(request)) } catch { return .failure(error) }
    }

    private func failed(_ trouble: TVDataError.Trouble) -> TVDataError { TVDataError(catalogue, trouble) }
}
