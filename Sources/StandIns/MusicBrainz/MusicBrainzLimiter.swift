// The limiter in front of MusicBrainz (sheet §1): who are you, how fast do you ask, is the site busy. Refused requests
// count too: while an address asks too fast, EVERY one of its requests is refused.

import Runtime
import Sockets

struct MusicBrainzLimiter: Sendable {
    /// Requests that have not drained yet; one drains each `spacing`.
    private var level = 0.0
    private var last: Duration?
    private var dice = SeededDice(seed: 503)

    /// The refusal, or nil: come in.
    mutating func refusal(
        _ request: ServerRequest, rules: MusicBrainzRules, busyFor: inout Int, now: Instant, uptime: Duration
    ) -> RecordAnswer? {
        let agent = request.headers["user-agent"] ?? ""
        if agent.allSatisfy({ $0 == " " }) || ["Java/", "Python-urllib/"].contains(where: agent.hasPrefix) {
            return Self.refused(
                403,
                "Your request has been denied because your client has not identified itself. Please see "
                    + "https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting",
                [("x-ratelimit-who", "ua-missing")])
        }
        if isTooFast(rules, uptime) {
            return Self.refused(
                503,
                "Your requests are exceeding the allowable rate limit. Please see "
                    + "https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting for more information.",
                [
                    ("x-ratelimit-zone", "ws ip=\(request.peer)"), ("x-ratelimit-limit", "22"),
                    ("x-ratelimit-remaining", "0"), ("retry-after", "1"),
                ])
        }
        let isUnlucky = rules.busyOneIn.map { Int.random(in: 0..<max(1, $0), using: &dice) == 0 } ?? false
        guard isUnlucky || busyFor > 0 else { return nil }
        busyFor = max(0, busyFor - 1)
        let isSearch = request.queryValue("query") != nil
        return Self.refused(
            503, "The MusicBrainz web server is currently busy. Please try again later.",
            [
                ("x-ratelimit-zone", isSearch ? "search-global" : "global"), ("x-ratelimit-limit", "15"),
                ("x-ratelimit-remaining", "9"), ("x-ratelimit-reset", "\(now.seconds + 1)"), ("retry-after", "0"),
            ])
    }

    private mutating func isTooFast(_ rules: MusicBrainzRules, _ uptime: Duration) -> Bool {
        guard rules.spacing > .zero else { return false }
        if let last { level = max(0, level - max(.zero, uptime - last).inSeconds / rules.spacing.inSeconds) }
        last = uptime
        // On average one; a tenth of one forgives the network's jitter.
        let isTooFast = level > 0.1
        level = min(level + 1, 3)
        return isTooFast
    }

    private static func refused(_ status: Int, _ error: String, _ headers: [(String, String)]) -> RecordAnswer {
        RecordAnswer(
            status: status, headers: [("x-mb-rate-limiter", "lua"), ("server", "openresty")] + headers,
            json: ["error": .string(error)])
    }
}
