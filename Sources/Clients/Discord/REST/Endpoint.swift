// One call of Discord's API, described before it is sent: where, what, whether it may happen twice, and what to tell the
// owner when it is refused.

internal import FoundationEssentials
internal import HTTP
internal import Runtime

struct Endpoint: Sendable {
    enum Repetition: Sendable {
        /// Happening twice changes nothing more: reads, edits, deletions, and posts with a nonce.
        case harmless
        /// The second time Discord says 40060, which then means that the first one arrived.
        case refused
        case harmful
    }

    var method: String
    /// "/channels/{}/messages/{}": each `{}` is one of `parts`, percent-encoded.
    var template: String
    var parts: [String]
    var query: [(name: String, value: String)] = []
    var body = HTTPRequest.Body.none
    var major: RateLimiter.Major?
    var repetition = Repetition.harmless
    /// For the server's audit log.
    var reason: String?
    /// What the bot wanted: "Discord does not let the bot … in #media".
    var purpose: String
    /// What it would have needed there.
    var needs: Permissions = []
    /// How long it is worth waiting for limits and retries.
    var patience: Duration = .minutes(2)
    var limits = HTTPLimits(connect: .seconds(10), total: .seconds(30), stall: .seconds(15))

    init(
        _ method: String, _ template: String, _ parts: [any CustomStringConvertible] = [],
        major: RateLimiter.Major? = nil, purpose: String, needs: Permissions = []
    ) {
        self.method = method
        self.template = template
        self.parts = parts.map(\.description)
        self.major = major
        self.purpose = purpose
        self.needs = needs
        if method != "GET" && method != "DELETE" { body = .empty }
    }

    var route: RateLimiter.Route { RateLimiter.Route(method: method, template: template, major: major) }

    var path: String {
        var path = ""
        var rest = parts[...]
        for piece in template.split(separator: "/") {
            path += "/" + (piece == "{}" ? (rest.popFirst() ?? "").percentEncoded() : String(piece))
        }
        return path.asking(query)
    }

    /// JSON, or with files a form of JSON and files (sheet §3, Files).
    mutating func carry(_ value: some Encodable, files: [MessageDraft.File] = []) throws(DiscordError) {
        let json: [UInt8]
        do { json = [UInt8](try JSONEncoder().encode(value)) } catch {
            throw .invalid("the bot cannot write this message: it holds something that is not JSON")
        }
        guard !files.isEmpty else {
            body = .json(json)
            return
        }
        // The brackets in the part's name must stand as they are; the client does not escape them.
        body = .multipart(
            [HTTPRequest.Part(name: "payload_json", type: "application/json", bytes: json)]
                + files.enumerated().map { index, file in
                    HTTPRequest.Part(name: "files[\(index)]", filename: file.name, type: file.type, bytes: file.bytes)
                })
        limits.total = .minutes(3)
    }
}
