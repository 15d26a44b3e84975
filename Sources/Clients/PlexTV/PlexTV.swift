// plex.tv, Plex's account service (sheet plex.md §8). The calls stand in the extensions beside this; here a request is
// built, waits its turn, is sent and judged.
//
// plex.tv limits bursts without saying how, so requests go one after another, and after a 429 all of them wait. Only reads
// are tried again.

internal import FoundationEssentials
package import HTTP
package import Runtime
internal import XML

package struct PlexTV: Sendable {
    let clientIdentifier: String
    let product: String
    let clock: any Clock
    let base: String
    private let clientsBase: String
    private let token: Secret?
    private let headers: [(name: String, value: String)]
    private let http: HTTPClient
    private let log: Log
    private let patience: RetryPolicy
    private let chance: @Sendable () -> Double
    private let turnstile: Turnstile
    private let pause: PlexTVPause

    /// Pauses of 1, 2, 4 … 60 seconds.
    package static let patience = RetryPolicy(attempts: 5, firstDelay: .seconds(1), longestDelay: .seconds(60))

    /// `clientIdentifier`: the same for the life of an installation; a PIN answers only to the one that made it.
    /// `clientsURL`: where newer calls live; nil is `https://clients.plex.tv` beside the real plex.tv, else `url`.
    package init(
        url: String = "https://plex.tv", clientsURL: String? = nil, token: Secret?, clientIdentifier: String,
        version: String, product: String = "Autoplex", http: HTTPClient, clock: any Clock, log: Log,
        patience: RetryPolicy = PlexTV.patience,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        base = url.hasSuffix("/") ? String(url.dropLast()) : url
        clientsBase = clientsURL ?? (base == "https://plex.tv" ? "https://clients.plex.tv" : base)
        self.token = token
        self.clientIdentifier = clientIdentifier
        self.product = product
        headers = [
            ("Accept", "application/json"),
            ("X-Plex-Client-Identifier", clientIdentifier),
            ("X-Plex-Product", product),
            ("X-Plex-Version", version),
            ("X-Plex-Platform", "Linux"),
            ("X-Plex-Device", "Server"),
            ("X-Plex-Device-Name", product),
        ]
        self.http = http
        self.clock = clock
        self.log = log.labelled("plex.tv")
        self.patience = patience
        self.chance = chance
        turnstile = Turnstile()
        pause = PlexTVPause()
    }

    private init(_ other: PlexTV, token: Secret?) {
        clientIdentifier = other.clientIdentifier
        product = other.product
        clock = other.clock
        base = other.base
        clientsBase = other.clientsBase
        self.token = token
        headers = other.headers
        http = other.http
        log = other.log
        patience = other.patience
        chance = other.chance
        turnstile = other.turnstile
        pause = other.pause
    }

    /// plex.tv as someone else, such as whoever has just signed in by PIN.
    package func acting(as token: Secret) -> PlexTV { PlexTV(self, token: token) }

    // MARK: Asking

    func json<Value: Decodable>(_ call: PlexTVCall, as type: Value.Type = Value.self) async throws(PlexTVError) -> Value
    {
        let response = try await exchange(call)
        do { return try JSONDecoder().decode(Value.self, from: Data(response.body)) } catch {
            throw .unreadable("\(call.what): \(Self.form(of: response.body))")
        }
    }

    /// `root`: the name the outermost element must have, else it is another kind of answer.
    func xml(_ call: PlexTVCall, root: String) async throws(PlexTVError) -> XMLElement {
        let response = try await exchange(call)
        let element: XMLElement
        do throws(XMLError) { element = try XMLElement.parse(response.body) } catch {
            throw .unreadable("\(call.what): \(error)")
        }
        guard element.name == root else {
            throw .unreadable("\(call.what): <\(element.name.prefix(40))> instead of <\(root)>")
        }
        return element
    }

    func send(_ call: PlexTVCall) async throws(PlexTVError) { _ = try await exchange(call) }

    private func exchange(_ call: PlexTVCall) async throws(PlexTVError) -> HTTPResponse {
        let outcome: Result<HTTPResponse, HTTPError>
        do { try await turnstile.enter() } catch { throw .cancelled }
        do throws(PlexTVError) { try await keepPause() } catch {
            turnstile.leave()
            throw error
        }
        do throws(HTTPError) { outcome = .success(try await sent(call)) } catch { outcome = .failure(error) }
        if case .success(let response) = outcome, response.status == 429 {
            pause.begin(response.retryAfter(now: clock.now), at: clock.now)
        }
        turnstile.leave()
        switch outcome {
        case .failure(let error): throw PlexTVError(error)
        case .success(let response) where response.isSuccess:
            try Self.check(response.body, call.what)
            return response
        case .success(let response):
            log.debug("plex.tv refuses", ["call": call.what, "status": "\(response.status)"])
            throw PlexTVError(status: response.status, body: response.body, to: call.what)
        }
    }

    /// Waits where plex.tv asked for it a moment ago; where it asked for long, it is not asked at all.
    private func keepPause() async throws(PlexTVError) {
        guard let left = pause.left(at: clock.now) else { return }
        guard left <= patience.longestRetryAfter else { throw .tooMany }
        do { try await clock.sleep(for: left) } catch { throw .cancelled }
    }

    /// The older addresses say some failures with status 200, and whoever stands between us and plex.tv (a hotel, a
    /// proxy) answers with a page of its own: neither is a success, least of all of a write.
    private static func check(_ body: [UInt8], _ what: String) throws(PlexTVError) {
        guard body.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") else { return }
        let start = String(decoding: body.prefix(400), as: UTF8.self).lowercased()
        if start.contains("<html") { throw .unreadable("\(what): a web page instead of an answer") }
        guard start.contains("<response"), let element = try? XMLElement.parse(body), element.name == "Response",
            let code = element["code"].flatMap({ Int($0) }), code >= 400
        else { return }
        throw PlexTVError(status: code, body: body, to: what)
    }

    private func sent(_ call: PlexTVCall) async throws(HTTPError) -> HTTPResponse {
        var request = HTTPRequest(
            call.method, (call.isOnClients ? clientsBase : base) + call.target, headers: headers, body: call.body)
        request.limits = HTTPLimits(connect: .seconds(10), total: .seconds(60), stall: .seconds(30), maxBody: 32 << 20)
        if call.needsToken, let token { request.headers.append(("X-Plex-Token", token.reveal())) }
        guard call.isRead else {
            request.mayBeRepeated = false
            return try await http.send(request)
        }
        return try await http.send(request, retrying: patience, clock: clock, chance: chance)
    }

    private static func form(of body: [UInt8]) -> String {
        switch body.first {
        case nil: "the answer was empty"
        case UInt8(ascii: "<"): "a page of XML or HTML instead of JSON"
        default: "not the JSON it should be"
        }
    }
}
