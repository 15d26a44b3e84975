// What an answer says about limits. Discord's own answers carry `Via` and JSON; a 429 without them comes from
// Cloudflare in front of it and means that the address is banned (sheet §3, Rate limits 6; §8).

import FoundationEssentials
import HTTP

struct RateAnswer: Equatable, Sendable {
    struct Headers: Equatable, Sendable {
        var limit: Int
        var remaining: Int
        var resetAfter: Duration
    }

    enum Scope: Equatable, Sendable {
        /// This bucket only: what Discord calls user and shared.
        case bucket
        case global
    }

    enum Kind: Equatable, Sendable {
        case fine
        /// 401 or 403. With a token of an interaction, 401 only means that it has expired.
        case refused(isTokenUnknown: Bool)
        case limited(Scope, Duration)
        case banned(Duration)
        /// The webhook or interaction is gone for good.
        case deadToken
    }

    var hash: String?
    var headers: Headers?
    var kind: Kind
    /// Neither a lost line nor a page of the machines in front of Discord.
    var isFromDiscord: Bool

    static let lost = RateAnswer(hash: nil, headers: nil, kind: .fine, isFromDiscord: false)

    init(hash: String? = nil, headers: Headers? = nil, kind: Kind = .fine, isFromDiscord: Bool = true) {
        self.hash = hash
        self.headers = headers
        self.kind = kind
        self.isFromDiscord = isFromDiscord
    }

    init(_ response: HTTPResponse) {
        hash = response.headers["X-RateLimit-Bucket"]
        if let limit = response.headers["X-RateLimit-Limit"].flatMap({ Int($0) }),
            let remaining = response.headers["X-RateLimit-Remaining"].flatMap({ Int($0) }),
            let reset = response.headers["X-RateLimit-Reset-After"].flatMap({ Double($0) })
        {
            headers = Headers(limit: max(1, limit), remaining: max(0, remaining), resetAfter: Self.pause(reset))
        }
        isFromDiscord = response.status < 500
        switch response.status {
        // A 401 without Discord's JSON is some proxy's and says nothing about our token.
        case 401: kind = .refused(isTokenUnknown: ErrorBody(response.body) != nil)
        case 403: kind = .refused(isTokenUnknown: false)
        case 404: kind = [10015, 10062].contains(ErrorBody(response.body)?.code) ? .deadToken : .fine
        case 429: kind = Self.tooMany(response)
        default: kind = .fine
        }
    }

    private struct TooMany: Decodable {
        var retry_after: Double?
        var global: Bool?
    }

    private static func tooMany(_ response: HTTPResponse) -> Kind {
        let header = response.headers["Retry-After"].flatMap { Double($0) }
        guard response.headers["Via"] != nil,
            let body = try? JSONDecoder().decode(TooMany.self, from: Data(response.body))
        else {
            // Minutes to an hour, whatever is asked.
            return .banned(pause(min(max(header ?? 900, 300), 3600)))
        }
        let pause = pause(body.retry_after ?? header ?? 1)
        let isGlobal =
            body.global == true || response.headers["X-RateLimit-Scope"] == "global"
            || response.headers["X-RateLimit-Global"] == "true"
        return .limited(isGlobal ? .global : .bucket, pause)
    }

    /// Whole milliseconds, rounded up: a request that is a hair too early costs another 429.
    private static func pause(_ seconds: Double) -> Duration {
        guard seconds.isFinite, seconds > 0 else { return .zero }
        return .milliseconds(Int64((min(seconds, 86400) * 1000).rounded(.up)))
    }
}
