// When and how long after to ask again. Only for requests that may safely happen twice; whether one may is the caller's
// knowledge. Pure: time and chance come from outside.

package import Runtime

package struct RetryPolicy: Sendable {
    /// In all, the first included.
    package var attempts: Int
    package var firstDelay: Duration
    package var longestDelay: Duration
    /// A `Retry-After` above this is an answer, not a reason to wait.
    package var longestRetryAfter: Duration

    package init(
        attempts: Int = 4, firstDelay: Duration = .seconds(1), longestDelay: Duration = .seconds(30),
        longestRetryAfter: Duration = .seconds(60)
    ) {
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.longestRetryAfter = longestRetryAfter
    }

    package static let standard = RetryPolicy()

    /// How long to wait before trying again after attempt number `attempt` (from 1) ended so; nil when that is the end.
    package func delay(
        after attempt: Int, _ outcome: Result<HTTPResponse, HTTPError>, chance: Double
    ) -> Duration? {
        guard attempt < attempts else { return nil }
        switch outcome {
        case .success(let response):
            guard [408, 429, 500, 502, 503, 504].contains(response.status) else { return nil }
            if let asked = response.headers["Retry-After"].flatMap({ Double($0) }), asked >= 0 {
                let wait = Duration.milliseconds(Int64(min(asked, 1e9) * 1000))
                return wait <= longestRetryAfter ? wait : nil
            }
        case .failure(.unreachable), .failure(.timedOut): break
        case .failure: return nil
        }
        // Full jitter keeps many clients that failed together from coming back together.
        let ceiling = min(longestDelay, firstDelay * (1 << min(attempt - 1, 16)))
        return .milliseconds(Int64(ceiling.inSeconds * (0.5 + chance / 2) * 1000))
    }
}

extension HTTPClient {
    /// Sends a request that may safely happen twice, again after a passing fault.
    package func send(
        _ request: HTTPRequest, retrying policy: RetryPolicy, clock: any Clock,
        chance: @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) async throws(HTTPError) -> HTTPResponse {
        var attempt = 1
        while true {
            let outcome: Result<HTTPResponse, HTTPError>
            do throws(HTTPError) { outcome = .success(try await send(request)) } catch { outcome = .failure(error) }
            guard let wait = policy.delay(after: attempt, outcome, chance: chance()) else { return try outcome.get() }
            do { try await clock.sleep(for: wait) } catch { throw .cancelled }
            attempt += 1
        }
    }
}
