// What an answer means. Its status and body decide; its Content-Type does not, for in front of the limiter pages come in
// JSON's place (sheet §1).

internal import HTTP
internal import Runtime

enum MusicBrainzAnswer: Sendable {
    case body([UInt8])
    /// Asking again gives the same.
    case no(MusicBrainzError)
    /// The queue stops for a while and asks again.
    case trouble(MusicBrainzError, retryAfter: Duration?)

    init(_ outcome: Result<HTTPResponse, HTTPError>, what: String, now: Instant) {
        switch outcome {
        case .failure(.cancelled): self = .no(.cancelled)
        case .failure(.badAddress(let why)): self = .no(.unreachable("\(why): check MUSICBRAINZ_URL"))
        case .failure(let error): self = .trouble(.unreachable("\(error)"), retryAfter: nil)
        case .success(let response): self.init(response, what: what, now: now)
        }
    }

    private init(_ response: HTTPResponse, what: String, now: Instant) {
        let said = Wire.read(Wire.Fault.self, response.body)?.error
        let status = response.status
        switch status {
        case 200: self = .body(response.body)
        case 429, 503:
            let asked = response.retryAfter(now: now)
            self = .trouble(.busy(for: max(asked ?? .zero, .seconds(1))), retryAfter: asked)
        case 408, 500...599:
            let why = said ?? Self.portrait(of: response.body)
            self = .trouble(.unreachable("it answered \(status), \(why)"), retryAfter: response.retryAfter(now: now))
        // A "no" counts only in MusicBrainz's own words; a proxy's page knows nothing about releases.
        case 404 where said != nil: self = .no(.notFound(what))
        case 400 where said != nil: self = .no(.invalid(said ?? ""))
        case 403: self = .no(.refused(said ?? "it answered \(status)"))
        case 300..<400: self = .no(.unreadable("it points elsewhere (\(status)): check MUSICBRAINZ_URL"))
        default:
            let portrait = Self.portrait(of: response.body)
            self = .no(.unreadable("it answered \(status), \(said ?? portrait): check MUSICBRAINZ_URL"))
        }
    }

    var retryAfter: Duration? { if case .trouble(_, let asked) = self { asked } else { nil } }

    /// What came instead of an answer, short enough for a log line.
    static func portrait(of body: [UInt8]) -> String {
        let start = String(decoding: body.prefix(300), as: UTF8.self)
            .split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        if start.isEmpty { return "nothing" }
        if start.hasPrefix("<") { return "a page: \(start.prefix(80))" }
        return "\(body.count) bytes that begin \(start.prefix(60))"
    }
}
