// What Radarr and Prowlarr have in common, for they are of one family: the key, the forms of their refusals, how they are
// asked. What each is asked stands in its own room.
//
// Only reads are tried again. The key travels in `X-Api-Key`, where no log of a server or proxy sees it.

package import HTTP
package import LooseJSON
package import Runtime

package struct Servarr: Sendable {
    package let clock: any Clock
    package let log: Log
    /// "Radarr", and what its settings begin with: "RADARR".
    private let service: ServarrError.Service
    private let base: String
    private let key: Secret
    private let http: HTTPClient
    private let patience: RetryPolicy
    private let chance: @Sendable () -> Double

    /// - Parameter url: with the URL base if the program has one: "http://host:7878/radarr"
    package init(
        service: ServarrError.Service, url: String, apiKey: Secret, http: HTTPClient, clock: any Clock, log: Log,
        patience: RetryPolicy, chance: @escaping @Sendable () -> Double
    ) {
        var base = Substring(url)
        while base.hasSuffix("/") { base = base.dropLast() }
        self.base = String(base)
        self.service = service
        key = apiKey
        self.http = http
        self.clock = clock
        self.log = log
        self.patience = patience
        self.chance = chance
    }

    /// The answer as it is: for lists too long to stand in memory as a tree.
    package func bytes(_ call: ServarrCall) async throws(ServarrError) -> [UInt8] { try await exchange(call).body }

    package func ask(_ call: ServarrCall) async throws(ServarrError) -> Loose {
        let body = try await bytes(call)
        do { return try Loose(body, deepest: 64) } catch { throw unreadable(call, body) }
    }

    /// A list, where anything else is no answer.
    package func list<Value>(
        _ call: ServarrCall, of read: (Loose) -> Value?
    ) async throws(ServarrError) -> [Value] {
        let body = try await bytes(call)
        var values: [Value] = []
        var strangers = 0
        do {
            try Loose.each(of: body, deepest: 64) { element in
                if let value = read(element) { values.append(value) } else { strangers += 1 }
            }
        } catch { throw unreadable(call, body) }
        // One that cannot be read might be the one that was asked for.
        if strangers > 0 { throw failed(.unreadable("\(call.what): \(strangers) of them make no sense")) }
        return values
    }

    package func send(_ call: ServarrCall) async throws(ServarrError) { _ = try await exchange(call) }

    package func failed(_ trouble: ServarrError.Trouble) -> ServarrError {
        ServarrError(service: service, trouble: trouble)
    }

    private func exchange(_ call: ServarrCall) async throws(ServarrError) -> HTTPResponse {
        let outcome: Result<HTTPResponse, HTTPError>
        do throws(HTTPError) { outcome = .success(try await sent(call)) } catch { outcome = .failure(error) }
        switch outcome {
        case .failure(let error): throw failed(ServarrError.Trouble(error))
        case .success(let response) where response.isSuccess: return response
        case .success(let response):
            log.debug("\(service.name) refuses", ["call": call.what, "status": "\(response.status)"])
            throw failed(ServarrError.Trouble(status: response.status, body: response.body, to: call.what))
        }
    }

    private func sent(_ call: ServarrCall) async throws(HTTPError) -> HTTPResponse {
        var request = HTTPRequest(
            call.method, base + call.target,
            headers: [("Accept", "application/json"), ("X-Api-Key", key.reveal())], body: call.body)
        // Quiet for as long as it searches: a limit on silence would end what is going well.
        request.limits = HTTPLimits(
            connect: .seconds(10), total: call.patience, stall: call.patience, maxBody: 64 << 20)
        guard call.method == "GET" else {
            request.mayBeRepeated = false
            return try await http.send(request)
        }
        guard call.mayBeAskedAgain else { return try await http.send(request) }
        return try await http.send(request, retrying: patience, clock: clock, chance: chance)
    }

    private func unreadable(_ call: ServarrCall, _ body: [UInt8]) -> ServarrError {
        switch body.first {
        case nil: failed(.unreadable("\(call.what): the answer was empty"))
        case UInt8(ascii: "<"): failed(.wrongAddress("a web page instead of \(call.what)"))
        default: failed(.unreadable("\(call.what): not the JSON it should be"))
        }
    }
}
