// A Plex Media Server (sheet plex.md §1–6). The calls stand in the extensions beside this; here a request is built, sent
// and judged. A value without state: copies are cheap, and `acting(as:)` is the same server seen with another's token.
//
// Reads are tried again after passing faults; writes never are, because a write whose answer was lost may have happened:
// the caller reads again and sends what is still missing.

package import HTTP
package import Runtime

package struct Plex: Sendable {
    private let base: String
    private let token: Secret
    private let headers: [(name: String, value: String)]
    private let http: HTTPClient
    private let clock: any Clock
    private let log: Log
    private let chance: @Sendable () -> Double

    /// How many rows a list is read at a time.
    package var pageSize = 500
    /// For reads; less of it where somebody waits for the answer.
    package var patience: RetryPolicy

    /// `clientIdentifier`: the same for the life of an installation; Plex lists us by it under Authorized Devices.
    package init(
        url: String, token: Secret, clientIdentifier: String, version: String, product: String = "Autoplex",
        http: HTTPClient, clock: any Clock, log: Log, patience: RetryPolicy = .standard,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        base = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.token = token
        // The token only ever travels as a header: addresses end in other programs' logs.
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
        self.log = log.labelled("plex")
        self.patience = patience
        self.chance = chance
    }

    private init(_ other: Plex, token: Secret) {
        base = other.base
        self.token = token
        headers = other.headers
        http = other.http
        clock = other.clock
        log = other.log
        patience = other.patience
        chance = other.chance
        pageSize = other.pageSize
    }

    /// The same server through another account's token: ratings, play counts and playlists are then that account's.
    package func acting(as token: Secret) -> Plex { Plex(self, token: token) }

    // MARK: Asking

    /// The `MediaContainer` of the answer.
    func read(_ call: PlexCall) async throws(PlexError) -> PlexAnswer {
        try PlexAnswer(await exchange(call), to: call)
    }

    func bytes(_ call: PlexCall) async throws(PlexError) -> [UInt8] {
        try await exchange(call).body
    }

    /// A write; its answer is often empty.
    func write(_ call: PlexCall) async throws(PlexError) {
        _ = try await exchange(call)
    }

    private func exchange(_ call: PlexCall) async throws(PlexError) -> HTTPResponse {
        let response: HTTPResponse
        do throws(HTTPError) { response = try await send(call) } catch { throw PlexError(error) }
        guard response.isSuccess else {
            log.debug("Plex refuses", ["call": call.name, "status": "\(response.status)"])
            throw PlexError(status: response.status, to: call.what)
        }
        return response
    }

    private func send(_ call: PlexCall) async throws(HTTPError) -> HTTPResponse {
        var request = HTTPRequest(call.method, base + call.target, headers: headers + call.headers)
        if call.needsToken { request.headers.append(("X-Plex-Token", token.reveal())) }
        request.limits = call.limits
        guard call.isRead else {
            request.body = .empty
            request.mayBeRepeated = false
            return try await http.send(request)
        }
        return try await http.send(request, retrying: patience, clock: clock, chance: chance)
    }
}
