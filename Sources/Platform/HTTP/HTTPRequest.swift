// What goes out and what comes back, as values. Any status is an answer; only what gave no answer is an HTTPError.

package struct HTTPRequest: Sendable {
    package enum Body: Sendable {
        case none
        /// Explicitly nothing, with `Content-Length: 0`: some servers answer 411 to a POST or PUT without it.
        case empty
        case bytes([UInt8], type: String)
        case multipart([Part])

        package static func json(_ bytes: [UInt8]) -> Body { .bytes(bytes, type: "application/json") }
        package static func form(_ fields: [(name: String, value: String)]) -> Body {
            .bytes([UInt8](String(queryOf: fields).utf8), type: "application/x-www-form-urlencoded")
        }
    }

    package struct Part: Sendable {
        package var name: String
        package var filename: String?
        package var type: String
        package var bytes: [UInt8]

        package init(name: String, filename: String? = nil, type: String, bytes: [UInt8]) {
            self.name = name
            self.filename = filename
            self.type = type
            self.bytes = bytes
        }
    }

    package var method: String
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: Body
    package var limits: HTTPLimits
    /// Off unless asked: a redirect can carry a request, and what it authorises, to a stranger.
    package var followsRedirects: Bool
    /// False where happening twice does harm: libcurl itself repeats a request, a POST too, when a reused connection dies
    /// before the first byte of the answer. Such a request gets a connection of its own.
    package var mayBeRepeated = true

    package init(
        _ method: String = "GET", _ url: String, headers: [(name: String, value: String)] = [], body: Body = .none,
        limits: HTTPLimits = .standard, followsRedirects: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.followsRedirects = followsRedirects
    }
}

/// How long and how much one request may take.
package struct HTTPLimits: Sendable {
    package var connect: Duration
    package var total: Duration
    /// Give up when nothing moves for this long, even within `total`.
    package var stall: Duration
    /// Decoded bytes of the answer's body.
    package var maxBody: Int

    package init(
        connect: Duration = .seconds(10), total: Duration = .seconds(60), stall: Duration = .seconds(20),
        maxBody: Int = 32 << 20
    ) {
        self.connect = connect
        self.total = total
        self.stall = stall
        self.maxBody = maxBody
    }

    package static let standard = HTTPLimits()
}

package struct HTTPResponse: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    package let body: [UInt8]

    package init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var isSuccess: Bool { (200..<300).contains(status) }
    package var text: String { String(decoding: body, as: UTF8.self) }
}

/// Header fields in the order they came; names compare without case, as servers spell them as they like.
package struct HTTPHeaders: Sendable {
    package private(set) var fields: [(name: String, value: String)]

    package init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    package subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }

    package mutating func append(name: String, value: String) { fields.append((name, value)) }
}
