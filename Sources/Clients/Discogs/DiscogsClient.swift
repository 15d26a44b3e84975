// Discogs' web service (sheet §7), for albums MusicBrainz knows no players of. One request at a time, within what its
// headers allow.

package import HTTP
package import Runtime

package actor DiscogsClient {
    package static let home = "https://api.discogs.com"

    private let base: String
    private let userAgent: String
    private let token: Secret?
    private let http: HTTPClient
    private let clock: any Clock
    private let log: Log
    private let cache: AnswerCache
    private let patience: Duration

    private var allowance: DiscogsAllowance
    private let turnstile = Turnstile()
    package private(set) var lastTrouble: (at: Instant, error: DiscogsError)?

    /// In all, the first included.
    private static let attempts = 3

    /// - Parameter token: optional; without it searching is refused and the allowance smaller
    package init(
        address: String = DiscogsClient.home, userAgent: String, token: Secret? = nil, http: HTTPClient,
        clock: any Clock, log: Log, cache: AnswerCache = .none, patience: Duration = .seconds(120)
    ) {
        var base = Substring(address)
        while base.last == "/" { base.removeLast() }
        self.base = String(base)
        self.userAgent = userAgent
        self.token = token.flatMap { $0.isEmpty ? nil : $0 }
        self.http = http
        self.clock = clock
        self.log = log.labelled("discogs")
        self.cache = cache
        self.patience = patience
        allowance = DiscogsAllowance(limit: self.token == nil ? 25 : 60)
    }

    package func release(_ id: Int, isFresh: Bool = false) async throws(DiscogsError) -> DiscogsRelease {
        try await ask("/releases/\(id)", what: "release \(id)", keepFor: .days(30), isFresh: isFresh) {
            DiscogsRelease(json: $0)
        }
    }

    /// - Parameter year: leave it out where Plex may know another than the pressing's
    package func search(artist: String, title: String, year: Int? = nil) async throws(DiscogsError) -> [DiscogsHit] {
        var path = "/database/search?type=release"
        if !artist.isEmpty { path += "&artist=\(artist.percentEncoded())" }
        path += "&release_title=\(title.percentEncoded())"
        if let year { path += "&year=\(year)" }
        return try await ask(path + "&per_page=50&page=1", what: "such release", keepFor: .days(1), isFresh: false) {
            Wire.read(Wire.Page.self, $0)?.results?.compactMap(DiscogsHit.init)
        }
    }

    private func ask<Value: Sendable>(
        _ path: String, what: String, keepFor: Duration, isFresh: Bool, read: @Sendable ([UInt8]) -> Value?
    ) async throws(DiscogsError) -> Value {
        let url = base + path
        if !isFresh, let kept = await cache.get(url), let value = read(kept) { return value }
        do { try await turnstile.enter() } catch { throw .cancelled }
        defer { turnstile.leave() }
        if !isFresh, let kept = await cache.get(url), let value = read(kept) { return value }
        let (value, body) = try await insist(url, what: what, read: read)
        await cache.put(url, body, keepFor)
        return value
    }

    private func insist<Value: Sendable>(
        _ url: String, what: String, read: @Sendable ([UInt8]) -> Value?
    ) async throws(DiscogsError) -> (Value, [UInt8]) {
        var attempt = 1
        while true {
            try await pause()
            allowance.started(now: clock.uptime)
            let answer = DiscogsAnswer(await exchange(url), what: what, hasToken: token != nil, now: clock.now)
            allowance.heard(limit: answer.limit, remaining: answer.remaining, now: clock.uptime)
            let trouble: DiscogsError
            switch answer.meaning {
            case .body(let body):
                if let value = read(body) { return (value, body) }
                trouble = .unreadable(DiscogsAnswer.portrait(of: body))
                allowance.refused(retryAfter: .seconds(1 << attempt), now: clock.uptime)
            case .no(let error): throw error
            case .slowDown(let asked):
                allowance.refused(retryAfter: asked, now: clock.uptime)
                trouble = .busy(for: allowance.wait(now: clock.uptime))
            case .trouble(let error):
                trouble = error
                allowance.refused(retryAfter: .seconds(1 << attempt), now: clock.uptime)
            }
            lastTrouble = (clock.now, trouble)
            log.warning("no answer", ["why": trouble.description, "attempt": "\(attempt)", "what": what])
            if attempt >= Self.attempts { throw trouble }
            attempt += 1
        }
    }

    private func pause() async throws(DiscogsError) {
        let wait = allowance.wait(now: clock.uptime)
        guard wait > .zero else { return }
        guard wait <= patience else { throw .busy(for: wait) }
        do { try await clock.sleep(for: wait) } catch { throw .cancelled }
    }

    private func exchange(_ url: String) async -> Result<HTTPResponse, HTTPError> {
        var headers = [(name: "User-Agent", value: userAgent), (name: "Accept", value: "application/json")]
        // Never in the address: addresses are kept and logged.
        if let token { headers.append(("Authorization", "Discogs token=\(token.reveal())")) }
        let request = HTTPRequest("GET", url, headers: headers)
        do throws(HTTPError) { return .success(try await http.send(request)) } catch { return .failure(error) }
    }
}
