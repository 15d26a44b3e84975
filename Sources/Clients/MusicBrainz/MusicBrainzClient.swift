// MusicBrainz's web service, version 2 (sheet §1): one question at a time, at a walking pace, and none that was answered
// lately. The questions themselves stand in the extension beside it.

package import HTTP
package import Runtime

package actor MusicBrainzClient {
    package static let home = "https://musicbrainz.org/ws/2"

    nonisolated let base: String
    private let userAgent: String
    private let http: HTTPClient
    private let clock: any Clock
    private let log: Log
    private let cache: AnswerCache
    /// A wait above this is an answer: the caller has something better to do.
    private let patience: Duration

    private var pacer: RequestPacer
    private let turnstile = Turnstile()
    /// The last question that got no answer and when, for the status command.
    package private(set) var lastTrouble: (at: Instant, error: MusicBrainzError)?

    /// - Parameters:
    ///   - address: a mirror's, with or without `/ws/2`
    ///   - pause: from one request to the next; nil: what the address asks for. A mirror of one's own has no limiter,
    ///     MusicBrainz itself does, and gets no less than its due.
    package init(
        address: String = MusicBrainzClient.home, userAgent: String, pause: Duration? = nil, http: HTTPClient,
        clock: any Clock, log: Log, cache: AnswerCache = .none, patience: Duration = .seconds(120)
    ) {
        base = Self.base(address)
        self.userAgent = userAgent
        self.http = http
        self.clock = clock
        self.log = log.labelled("musicbrainz")
        self.cache = cache
        self.patience = patience
        pacer = RequestPacer(spacing: Self.spacing(base, asked: pause))
    }

    /// Where its API is, told with or without the `/ws/2`.
    package static func base(_ address: String) -> String {
        var base = Substring(address)
        while base.last == "/" { base.removeLast() }
        return base.hasSuffix("/ws/2") ? String(base) : base + "/ws/2"
    }

    /// A little more than a second: the limiter counts by its own clock.
    static func spacing(_ base: String, asked: Duration?) -> Duration {
        let due = Duration.milliseconds(1100)
        let rest = base.drop { $0 != "/" }.drop { $0 == "/" }
        let host = rest.prefix { $0 != "/" && $0 != ":" }.lowercased()
        let isHome = host == "musicbrainz.org" || host.hasSuffix(".musicbrainz.org")
        return isHome ? max(due, asked ?? due) : asked ?? .zero
    }

    /// - Parameters:
    ///   - path: with its query, as it goes on the wire and into the cache
    ///   - what: named when it does not exist
    ///   - read: nil when the body is not what was asked for
    func ask<Value: Sendable>(
        _ path: String, what: String, keepFor: Duration, isFresh: Bool = false,
        read: @Sendable ([UInt8]) -> Value?
    ) async throws(MusicBrainzError) -> Value {
        let url = "\(base)\(path)"
        if !isFresh, let kept = await cache.get(url), let value = read(kept) { return value }
        do { try await turnstile.enter() } catch { throw .cancelled }
        defer { turnstile.leave() }
        // Whoever was before us in the line may have asked the same.
        if !isFresh, let kept = await cache.get(url), let value = read(kept) { return value }
        let (value, body) = try await insist(url, what: what, read: read)
        await cache.put(url, body, keepFor)
        return value
    }

    private func insist<Value: Sendable>(
        _ url: String, what: String, read: @Sendable ([UInt8]) -> Value?
    ) async throws(MusicBrainzError) -> (Value, [UInt8]) {
        var attempt = 1
        while true {
            try await pause()
            pacer.started(now: clock.uptime)
            let outcome = await exchange(url)
            let answer = MusicBrainzAnswer(outcome, what: what, now: clock.now)
            let trouble: MusicBrainzError
            switch answer {
            case .body(let body):
                if let value = read(body) {
                    pacer.answered()
                    return (value, body)
                }
                trouble = .unreadable(MusicBrainzAnswer.portrait(of: body))
            case .no(let error):
                if error != .cancelled { pacer.answered() }
                throw error
            case .trouble(let error, _): trouble = error
            }
            lastTrouble = (clock.now, trouble)
            log.warning("no answer", ["why": trouble.description, "attempt": "\(attempt)", "what": what])
            if case .giveUp = pacer.failed(attempt: attempt, retryAfter: answer.retryAfter, now: clock.uptime) {
                throw trouble
            }
            attempt += 1
        }
    }

    private func pause() async throws(MusicBrainzError) {
        let wait = pacer.wait(now: clock.uptime)
        guard wait > .zero else { return }
        guard wait <= patience else { throw .busy(for: wait) }
        do { try await clock.sleep(for: wait) } catch { throw .cancelled }
    }

    private func exchange(_ url: String) async -> Result<HTTPResponse, HTTPError> {
        let request = HTTPRequest(
            "GET", url, headers: [(name: "User-Agent", value: userAgent), (name: "Accept", value: "application/json")])
        do throws(HTTPError) { return .success(try await http.send(request)) } catch { return .failure(error) }
    }
}
