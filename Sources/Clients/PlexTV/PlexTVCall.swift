// One request to plex.tv, described before it is sent.

internal import HTTP

struct PlexTVCall: Sendable {
    var method: String
    var path: String
    var query: [(name: String, value: String)]
    var body = HTTPRequest.Body.none
    /// What it is about, for the person who reads of its failure.
    var what: String
    var needsToken = true
    /// On clients.plex.tv rather than plex.tv.
    var isOnClients = false

    init(_ method: String, _ path: String, _ query: [(String, String)] = [], what: String) {
        self.method = method
        self.path = path
        self.query = query.map { ($0.0, $0.1) }
        self.what = what
        if method != "GET" { body = .empty }
    }

    var isRead: Bool { method == "GET" }

    var target: String { path.asking(query) }
}
