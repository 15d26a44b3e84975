// What an answer of Discogs means, and what its headers say about the allowance.

internal import HTTP
internal import Runtime

struct DiscogsAnswer: Sendable {
    enum Meaning: Sendable {
        case body([UInt8])
        case no(DiscogsError)
        case slowDown(retryAfter: Duration?)
        case trouble(DiscogsError)
    }

    var meaning: Meaning
    var limit: Int?
    var remaining: Int?

    init(_ outcome: Result<HTTPResponse, HTTPError>, what: String, hasToken: Bool, now: Instant) {
        switch outcome {
        case .failure(.cancelled): meaning = .no(.cancelled)
        case .failure(.badAddress(let why)): meaning = .no(.unreachable("\(why): check DISCOGS_URL"))
        case .failure(let error): meaning = .trouble(.unreachable("\(error)"))
        case .success(let response):
            limit = response.headers["X-Discogs-Ratelimit"].flatMap { Int($0) }
            remaining = response.headers["X-Discogs-Ratelimit-Remaining"].flatMap { Int($0) }
            meaning = Self.meaning(of: response, what: what, hasToken: hasToken, now: now)
        }
    }

    private static func meaning(of response: HTTPResponse, what: String, hasToken: Bool, now: Instant) -> Meaning {
        let said = Wire.read(Wire.Fault.self, response.body)?.message
        return switch response.status {
        case 200: .body(response.body)
        case 429: .slowDown(retryAfter: response.retryAfter(now: now))
        case 401: .no(hasToken ? .badToken : .needsToken)
        // A "no" counts only in Discogs' own words.
        case 404 where said != nil: .no(.notFound(what))
        case 400..<500 where said != nil: .no(.invalid(said ?? ""))
        case 408, 500...599:
            .trouble(.unreachable("it answered \(response.status), \(said ?? portrait(of: response.body))"))
        default:
            .no(.unreadable("it answered \(response.status), \(portrait(of: response.body)): check DISCOGS_URL"))
        }
    }

    static func portrait(of body: [UInt8]) -> String {
        let start = String(decoding: body.prefix(300), as: UTF8.self)
            .split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        if start.isEmpty { return "nothing" }
        return start.hasPrefix("<")
            ? "a page: \(start.prefix(80))" : "\(body.count) bytes that begin \(start.prefix(60))"
    }
}
