// One question to a catalogue, and what its answer means.

internal import HTTP
internal import LooseJSON
internal import Runtime

struct TVQuestion: Sendable {
    /// With the query, without the key: what it is kept under.
    var target: String
    /// "show 1399", for the person who reads of its failure.
    var what: String
    var keepFor: Duration = .hours(6)
    /// Asked though an answer is kept.
    var isFresh = false
    /// Before all that nobody waits for.
    var isUrgent = false
}

enum TVAnswer: Sendable {
    case body([UInt8])
    /// It stands there.
    case elsewhere(String)
    case no(TVDataError.Trouble)
    case slowDown(Duration?)
    /// May be otherwise when asked again.
    case trouble(TVDataError.Trouble)

    init(_ outcome: Result<HTTPResponse, HTTPError>, to question: TVQuestion, of catalogue: TVCatalogue, now: Instant) {
        switch outcome {
        case .failure(.cancelled): self = .no(.cancelled)
        case .failure(.badAddress(let why)): self = .no(.unreachable("\(why): check \(catalogue.address)"))
        case .failure(.tooLarge(_, let limit)):
            self = .no(.unreadable("\(question.what) is longer than \(limit) bytes"))
        case .failure(let error): self = .trouble(.unreachable("\(error)"))
        case .success(let response): self.init(response, to: question, of: catalogue, now: now)
        }
    }

    private init(_ response: HTTPResponse, to question: TVQuestion, of catalogue: TVCatalogue, now: Instant) {
        let said = Self.words(response.body)
        switch response.status {
        case 200: self = .body(response.body)
        case 301, 302, 303, 307, 308:
            self =
                response.headers["Location"].map { .elsewhere($0) }
                ?? .trouble(.unreadable("\(question.what): it points nowhere"))
        case 429: self = .slowDown(response.retryAfter(now: now))
        case 401, 403: self = said != nil ? .no(.badKey) : .trouble(Self.strange(response, catalogue))
        // A "no" counts only in the catalogue's own words: a proxy says 404, too.
        case 404:
            self = Self.isJSON(response) ? .no(.notFound(question.what)) : .trouble(Self.strange(response, catalogue))
        case 408, 500...599:
            let words = said ?? Self.portrait(of: response.body)
            self = .trouble(.unreachable("it answered \(response.status), \(words)"))
        case 400..<500 where said != nil: self = .no(.invalid("\(question.what): \(said ?? "")"))
        default: self = .trouble(Self.strange(response, catalogue))
        }
    }

    private static func strange(_ response: HTTPResponse, _ catalogue: TVCatalogue) -> TVDataError.Trouble {
        .unreadable("it answered \(response.status), \(portrait(of: response.body)): check \(catalogue.address)")
    }

    private static func isJSON(_ response: HTTPResponse) -> Bool { (try? Loose(response.body)) != nil }

    /// TMDB's "status_message", TVmaze's "message".
    private static func words(_ body: [UInt8]) -> String? {
        guard body.count < 1 << 14, let json = try? Loose(body) else { return nil }
        return (json.text("status_message") ?? json.text("message")).map { String($0.prefix(200)) }
    }

    static func portrait(of body: [UInt8]) -> String {
        let start = String(decoding: body.prefix(300), as: UTF8.self)
            .split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        if start.isEmpty { return "nothing" }
        return start.hasPrefix("<")
            ? "a page: \(start.prefix(80))" : "\(body.count) bytes that begin \(start.prefix(60))"
    }
}
