// A Jellyfin server, 10.9 to 12.0. The calls stand in the extensions beside this; here a request is built, sent and judged.
//
// Of the ways to show a token only `Authorization: MediaBrowser …` works in every version: the `X-Emby-…` headers and
// `api_key` are switched off by the upgrade to 12.0 (AuthorizationContext). Only reads are tried again.

internal import FoundationEssentials
package import HTTP
package import Runtime

package struct Jellyfin: Sendable {
    let clock: any Clock
    let log: Log
    private let base: String
    private let token: Secret
    private let identity: JellyfinIdentity
    private let http: HTTPClient
    private let patience: RetryPolicy
    private let chance: @Sendable () -> Double

    /// - Parameters:
    ///   - url: with the base path if the server has one: "http://host:8096/jellyfin"
    ///   - apiKey: counts as an administrator and is nobody's: calls about a person must name them
    package init(
        url: String, apiKey: Secret, identity: JellyfinIdentity, http: HTTPClient, clock: any Clock, log: Log,
        patience: RetryPolicy = .standard,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        var base = Substring(url)
        while base.hasSuffix("/") { base = base.dropLast() }
        self.base = String(base)
        token = apiKey
        self.identity = identity
        self.http = http
        self.clock = clock
        self.log = log.labelled("jellyfin")
        self.patience = patience
        self.chance = chance
    }

    private init(_ other: Jellyfin, token: Secret) {
        clock = other.clock
        log = other.log
        base = other.base
        self.token = token
        identity = other.identity
        http = other.http
        patience = other.patience
        chance = other.chance
    }

    /// The same server as somebody else, such as whoever has just signed in.
    package func acting(as token: Secret) -> Jellyfin { Jellyfin(self, token: token) }

    // MARK: Asking

    func json<Value: Decodable>(
        _ call: JellyfinCall, as type: Value.Type = Value.self
    ) async throws(JellyfinError) -> Value {
        let response = try await exchange(call)
        do { return try JSONDecoder().decode(Value.self, from: Data(response.body)) } catch {
            throw .unreadable("\(call.what): \(Self.form(of: response.body))")
        }
    }

    func send(_ call: JellyfinCall) async throws(JellyfinError) { _ = try await exchange(call) }

    private func exchange(_ call: JellyfinCall) async throws(JellyfinError) -> HTTPResponse {
        let outcome: Result<HTTPResponse, HTTPError>
        do throws(HTTPError) { outcome = .success(try await sent(call)) } catch { outcome = .failure(error) }
        switch outcome {
        case .failure(let error): throw JellyfinError(error)
        case .success(let response) where response.isSuccess: return response
        case .success(let response):
            log.debug("Jellyfin refuses", ["call": call.what, "status": "\(response.status)"])
            throw JellyfinError(status: response.status, to: call.what)
        }
    }

    private func sent(_ call: JellyfinCall) async throws(HTTPError) -> HTTPResponse {
        let request = request(call)
        guard call.method == "GET" else { return try await http.send(request) }
        return try await http.send(request, retrying: patience, clock: clock, chance: chance)
    }

    private func request(_ call: JellyfinCall) -> HTTPRequest {
        var request = HTTPRequest(
            call.method, base + call.target,
            headers: [
                ("Accept", "application/json"),
                ("Authorization", identity.authorization(with: call.needsToken ? token : nil)),
            ], body: call.body)
        request.limits = HTTPLimits(connect: .seconds(10), total: .seconds(60), stall: .seconds(30), maxBody: 32 << 20)
        if call.method != "GET" { request.mayBeRepeated = false }
        return request
    }

    private static func form(of body: [UInt8]) -> String {
        switch body.first {
        case nil: "the answer was empty"
        case UInt8(ascii: "<"): "a web page instead of JSON"
        default: "not the JSON it should be"
        }
    }
}
