// One request to Jellyfin, described before it is sent.

internal import HTTP

struct JellyfinCall: Sendable {
    var method: String
    var path: String
    var query: [(name: String, value: String)]
    var body = HTTPRequest.Body.none
    /// What it is about, for the person who reads of its failure.
    var what: String
    /// Off where anybody may ask: a 401 then has nothing to do with the key.
    var needsToken = true

    init(_ method: String, _ path: String, _ query: [(String, String)] = [], what: String) {
        self.method = method
        self.path = path
        self.query = query.map { ($0.0, $0.1) }
        self.what = what
        if method != "GET" { body = .empty }
    }

    var target: String { path.asking(query) }
}
