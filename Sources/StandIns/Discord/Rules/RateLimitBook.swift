// Discord's rate limits as a bot sees them (sheet §3): a bucket per route and top-level id with its headers, a global
// limit, 429 of three scopes, and the ban for too many refused requests. The bucket's hash does not contain the
// top-level id, as the real one does not.

package import Runtime

package struct RateLimitBook: Sendable {
    package enum Scope: String, Sendable { case user, shared, global }

    package struct Limit: Sendable {
        package var requests: Int
        package var per: Duration
        package init(_ requests: Int, per: Duration) {
            self.requests = requests
            self.per = per
        }
    }

    package enum Verdict: Sendable {
        case pass(headers: [(String, String)])
        case limited(scope: Scope, retryAfter: Duration, headers: [(String, String)])
        /// The ban of the whole address: HTML, without `Via`.
        case banned
    }

    private struct Bucket {
        var left: Int
        var resetsAt: Instant
    }

    package var isOn = true
    package var globalPerSecond = 50
    /// Answers of 401, 403 and 429 within ten minutes that lead to the ban.
    package var refusedLimit = 10_000
    /// How far the server's wall clock is off, seen in `X-RateLimit-Reset` only.
    package var clockSkew: Duration = .zero
    /// Set by a test that wants a tighter or wider bucket; keyed by route, such as "POST /channels/{}/messages".
    package var overrides: [String: Limit] = [:]

    private var buckets: [String: Bucket] = [:]
    private var lastSecond: [Instant] = []
    private var refused: [Instant] = []
    private var forced: [(route: String, scope: Scope, retryAfter: Duration, times: Int)] = []
    package private(set) var refusedCount = 0

    package init() {}

    /// The next `times` requests on the route (empty: on any) get a 429 of that scope.
    package mutating func force(_ scope: Scope, on route: String, retryAfter: Duration, times: Int) {
        forced.append((route, scope, retryAfter, times))
    }

    /// - Parameters:
    ///   - route: method and template without ids
    ///   - major: the top-level id: channel, server, or webhook with its token
    ///   - isExempt: interaction answers and follow-ups do not count against the global limit
    package mutating func admit(route: String, major: String, isExempt: Bool, now: Instant) -> Verdict {
        refused.removeAll { now - $0 >= .minutes(10) }
        if refused.count >= refusedLimit { return .banned }

        if let index = forced.firstIndex(where: { $0.route.isEmpty || $0.route == route }) {
            let (_, scope, retryAfter, _) = forced[index]
            forced[index].times -= 1
            if forced[index].times <= 0 { forced.remove(at: index) }
            var headers = headers(route: route, limit: limit(of: route), left: 0, resetsAt: now + retryAfter, now: now)
            // Seen at the real one: for a shared limit Reset-After can be far shorter than the body's retry_after.
            if scope == .shared { headers.removeAll { $0.0 == "X-RateLimit-Reset-After" } }
            if scope == .shared { headers.append(("X-RateLimit-Reset-After", seconds(retryAfter / 20))) }
            return .limited(scope: scope, retryAfter: retryAfter, headers: headers)
        }
        guard isOn else { return .pass(headers: []) }

        if !isExempt {
            lastSecond.removeAll { now - $0 >= .seconds(1) }
            if lastSecond.count >= globalPerSecond, let first = lastSecond.first {
                return .limited(scope: .global, retryAfter: .seconds(1) - (now - first), headers: [])
            }
            lastSecond.append(now)
        }

        guard let limit = limit(of: route) else { return .pass(headers: []) }
        let key = hash(of: route) + "/" + major
        var bucket = buckets[key] ?? Bucket(left: limit.requests, resetsAt: now + limit.per)
        if bucket.resetsAt <= now { bucket = Bucket(left: limit.requests, resetsAt: now + limit.per) }
        defer { buckets[key] = bucket }
        guard bucket.left > 0 else {
            return .limited(
                scope: .user, retryAfter: bucket.resetsAt - now,
                headers: headers(route: route, limit: limit, left: 0, resetsAt: bucket.resetsAt, now: now))
        }
        bucket.left -= 1
        return .pass(
            headers: headers(route: route, limit: limit, left: bucket.left, resetsAt: bucket.resetsAt, now: now))
    }

    package mutating func noteRefused(now: Instant) {
        refused.append(now)
        refusedCount += 1
    }

    private func headers(route: String, limit: Limit?, left: Int, resetsAt: Instant, now: Instant) -> [(String, String)]
    {
        guard let limit else { return [] }
        return [
            ("X-RateLimit-Limit", String(limit.requests)), ("X-RateLimit-Remaining", String(left)),
            ("X-RateLimit-Reset", seconds(.milliseconds((resetsAt + clockSkew).milliseconds))),
            ("X-RateLimit-Reset-After", seconds(resetsAt - now)), ("X-RateLimit-Bucket", hash(of: route)),
        ]
    }

    /// Seconds with three decimals.
    private func seconds(_ duration: Duration) -> String {
        let total = max(0, duration.milliseconds)
        let fraction = String(total % 1000)
        return "\(total / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }

    private func limit(of route: String) -> Limit? { overrides[route] ?? Self.limits[Self.family(route)] }

    /// Sixteen hex digits that look like Discord's and stay the same for a route (FNV-1a).
    private func hash(of route: String) -> String {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Self.family(route).utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Routes that share one bucket.
    private static func family(_ route: String) -> String {
        route.contains("/reactions/") ? "PUT /channels/{}/messages/{}/reactions" : route
    }

    /// The real sizes are not published and change; these are what has been seen often. A route that is not here
    /// sends no headers, as some real ones do not.
    private static let limits: [String: Limit] = [
        "POST /channels/{}/messages": Limit(5, per: .seconds(5)),
        "PATCH /channels/{}/messages/{}": Limit(5, per: .seconds(5)),
        "DELETE /channels/{}/messages/{}": Limit(5, per: .seconds(1)),
        "GET /channels/{}/messages": Limit(5, per: .seconds(5)),
        "GET /channels/{}/messages/{}": Limit(5, per: .seconds(5)),
        "POST /channels/{}/messages/bulk-delete": Limit(1, per: .seconds(1)),
        "POST /channels/{}/typing": Limit(5, per: .seconds(5)),
        "PUT /channels/{}/messages/{}/reactions": Limit(1, per: .milliseconds(250)),
        "POST /users/@me/channels": Limit(10, per: .seconds(10)),
        "GET /gateway/bot": Limit(2, per: .seconds(5)),
        "GET /users/@me": Limit(30, per: .seconds(30)),
        "GET /guilds/{}": Limit(5, per: .seconds(5)),
        "GET /guilds/{}/members/{}": Limit(5, per: .seconds(1)),
        "PUT /applications/{}/commands": Limit(5, per: .seconds(20)),
        "PUT /applications/{}/guilds/{}/commands": Limit(5, per: .seconds(20)),
        "POST /webhooks/{}/{}": Limit(5, per: .seconds(2)),
        "PATCH /webhooks/{}/{}/messages/{}": Limit(5, per: .seconds(2)),
    ]
}
