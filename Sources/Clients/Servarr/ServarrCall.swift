// One request, described before it is sent.

package import HTTP
package import LooseJSON

package struct ServarrCall: Sendable {
    package var method: String
    package var path: String
    /// A list goes as the same name several times (ASP.NET's way).
    package var query: [(name: String, value: String)]
    package var body = HTTPRequest.Body.none
    /// What it is about, for the person who reads of its failure.
    package var what: String
    package var patience = Duration.seconds(60)
    /// Off where asking costs others something, as every search does.
    package var mayBeAskedAgain = true

    package init(_ method: String = "GET", _ path: String, _ query: [(String, String)] = [], what: String) {
        self.method = method
        self.path = path
        self.query = query.map { ($0.0, $0.1) }
        self.what = what
        if method != "GET" && method != "DELETE" { body = .empty }
    }

    package func saying(_ json: JSONText) -> ServarrCall {
        var call = self
        call.body = .json(json.bytes)
        return call
    }

    var target: String { path.asking(query) }
}
