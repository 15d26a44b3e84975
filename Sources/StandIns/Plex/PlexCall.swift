// A request on its way through the stand-ins of Plex and plex.tv, and what becomes of it.

import Runtime
import Sockets

struct PlexCall: Sendable {
    static let headers = [
        "X-Plex-Token", "X-Plex-Client-Identifier", "X-Plex-Product", "X-Plex-Version", "X-Plex-Platform",
        "X-Plex-Device", "X-Plex-Device-Name", "X-Plex-Container-Start", "X-Plex-Container-Size",
    ]

    var method: String
    var path: String
    var query: [(name: String, value: String)]
    var headers: [String: String]
    var body: [UInt8]
    /// What stood in the route's braces.
    var parameters: [String] = []

    init(_ request: ServerRequest) {
        method = request.method
        path = request.path
        query = request.query
        body = request.body
        var headers: [String: String] = [:]
        for name in Self.headers + ["Accept", "Content-Type", "User-Agent"] {
            headers[name.lowercased()] = request.headers[name]
        }
        self.headers = headers
    }

    subscript(name: String) -> String? { query.last { $0.name == name }?.value }
    func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    /// Every X-Plex header may come in the query as well (sheet plex.md §1).
    func plex(_ name: String) -> String? { headers["x-plex-" + name.lowercased()] ?? self["X-Plex-" + name] }

    var token: String? { plex("Token") }
    var wantsJSON: Bool { headers["accept"]?.lowercased().contains("application/json") == true }

    /// How long path and query were on the line: the server hands them over decoded.
    var encodedLength: Int {
        func length(_ text: String) -> Int {
            text.utf8.reduce(0) { sum, byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "~"):
                    sum + 1
                default: sum + 3
                }
            }
        }
        return query.reduce(path.utf8.count) { $0 + length($1.name) + length($1.value) + 2 }
    }
}

struct PlexAnswer: Sendable {
    enum Body: Sendable {
        case tree(PlexElement)
        /// Written by hand where an answer knows one format only.
        case json(JSON)
        case xml(PlexElement)
        case bytes([UInt8], type: String)
        case html
        case none
    }

    var status = 200
    var body: Body
    var headers: [(String, String)] = []
    /// What the WebSocket's listeners hear of it.
    var news: [JSON] = []

    static let empty = PlexAnswer(body: .none)
    static func tree(_ tree: PlexElement, status: Int = 200) -> PlexAnswer {
        PlexAnswer(status: status, body: .tree(tree))
    }

    func response(asJSON: Bool) -> ServerResponse {
        var response: ServerResponse
        switch body {
        case .tree(let tree):
            response =
                asJSON
                ? .bytes(tree.json, type: "application/json", status: status)
                : .bytes(tree.xml, type: "text/xml;charset=utf-8", status: status)
        case .json(let json): response = .bytes(json.bytes, type: "application/json; charset=utf-8", status: status)
        case .xml(let tree): response = .bytes(tree.xml, type: "application/xml; charset=utf-8", status: status)
        case .bytes(let bytes, let type): response = .bytes(bytes, type: type, status: status)
        case .html:
            let title = "\(status) \(Self.reason(status))"
            let page = "<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>"
            response = .bytes(Array(page.utf8), type: "text/html", status: status)
        // Also success says text/html when there is nothing to say (sheet plex.md §1).
        case .none:
            response = ServerResponse(status: status, headers: [("Content-Type", "text/html")], body: .bytes([]))
        }
        response.headers += headers
        return response
    }

    private static func reason(_ status: Int) -> String {
        let words = [
            400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
            409: "Conflict", 414: "URI Too Long", 500: "Internal Server Error", 503: "Service Unavailable",
        ]
        return words[status] ?? "Error"
    }
}

/// Why a request is not answered as it was meant.
struct PlexRefusal: Error {
    let status: Int

    static let badRequest = PlexRefusal(status: 400)
    static let unauthorized = PlexRefusal(status: 401)
    static let forbidden = PlexRefusal(status: 403)
    static let notFound = PlexRefusal(status: 404)

    var answer: PlexAnswer { PlexAnswer(status: status, body: .html) }
}
