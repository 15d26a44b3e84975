// One request to Plex, described before it is sent. Names of fields carry the first half of Plex's operators
// (`userRating>` and value 8 make `userRating>=8`), so they are encoded like the values (sheet §2, Encoding).

internal import HTTP
internal import Runtime

struct PlexCall: Sendable {
    var method = "GET"
    /// Already encoded.
    var path: String
    var query: [(name: String, value: String)] = []
    var headers: [(name: String, value: String)] = []
    /// What it is about, for the person who reads of its failure: "album 12221".
    var what: String
    var needsToken = true
    /// Big libraries let one wait: the server may sort half a million rows before its first byte.
    var limits = HTTPLimits(connect: .seconds(10), total: .seconds(180), stall: .seconds(90), maxBody: 64 << 20)

    init(_ method: String = "GET", _ path: String, _ query: [(String, String)] = [], what: String) {
        self.method = method
        self.path = path
        self.query = query.map { ($0.0, $0.1) }
        self.what = what
        if method != "GET" { limits = HTTPLimits(total: .seconds(60), stall: .seconds(60), maxBody: 8 << 20) }
    }

    var isRead: Bool { method == "GET" }

    /// Without the query.
    var name: String { "\(method) \(path)" }

    var target: String { path.asking(query) }
}
