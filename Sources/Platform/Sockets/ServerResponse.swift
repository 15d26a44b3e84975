// What a handler answers.

package struct ServerResponse: Sendable {
    package enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Read and sent in pieces.
        case file(path: String)
        /// Sent piece by piece as they come, until the stream or the client ends; ends the connection.
        case events(AsyncStream<[UInt8]>)
        /// For stand-ins that play a bad day: the head promises all the bytes, and the line ends before they are there.
        case cut([UInt8], after: Int)
        /// Likewise: the line ends without a word.
        case dropped
    }

    package var status: Int
    package var headers: [(String, String)]
    package var body: Body

    package init(status: Int, headers: [(String, String)] = [], body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func text(_ text: String, status: Int = 200) -> ServerResponse {
        bytes([UInt8](text.utf8), type: "text/plain; charset=utf-8", status: status)
    }
    package static func html(_ text: String, status: Int = 200) -> ServerResponse {
        bytes([UInt8](text.utf8), type: "text/html; charset=utf-8", status: status)
    }
    package static func json(_ bytes: [UInt8], status: Int = 200) -> ServerResponse {
        .bytes(bytes, type: "application/json", status: status)
    }
    package static let notFound = fault(404)
    package static func bytes(_ bytes: [UInt8], type: String, status: Int = 200) -> ServerResponse {
        ServerResponse(status: status, headers: [("Content-Type", type)], body: .bytes(bytes))
    }
    /// Server-sent events (HTML standard, 9.2).
    package static func events(_ pieces: AsyncStream<[UInt8]>) -> ServerResponse {
        ServerResponse(
            status: 200, headers: [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")],
            body: .events(pieces))
    }

    /// An error in one plain sentence.
    static func fault(_ status: Int, _ headers: [(String, String)] = []) -> ServerResponse {
        var response = text("\(status) \(reason(status))\n", status: status)
        response.headers += headers
        return response
    }

    /// No name or value can end its line and begin another.
    var isWellFormed: Bool {
        headers.allSatisfy { name, value in
            !name.isEmpty && name.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: ":") }
                && value.utf8.allSatisfy { $0 >= 32 && $0 != 127 }
        }
    }

    static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        default: "Status"
        }
    }
}
