// An Apprise API as its server answers (github.com/caronc/apprise-api, apprise_api/api/views.py and forms.py): to
// /notify/KEY for who is configured under a key, to /notify for addresses that come along; JSON or a form; in JSON or in
// words, as the one who asks would have it.

import Runtime
import Sockets

package struct AppriseRules: Sendable {
    /// The configurations by their keys, with the tags that somebody in them has.
    package var configurations: [String: Set<String>] = ["household": ["admins"]]
    /// Those of whom somebody cannot be reached: 424.
    package var unreachable: Set<String> = ["holiday"]

    package init() {}
    package static let standard = AppriseRules()
}

final class AppriseDesk: AnsweringDesk {
    private static let types: Set<String> = ["info", "success", "warning", "failure"]
    private static let formats: Set<String> = ["text", "markdown", "html"]
    private let rules: AppriseRules

    init(_ rules: AppriseRules) { self.rules = rules }

    let headers = ["X-Apprise-ID", "X-Apprise-Recursion-Count"]
    func address(at home: String) -> String { "\(home)/notify/\(rules.configurations.keys.min() ?? "household")" }
    var token: String? { nil }
    var looks: Troubles.Looks {
        Troubles.Looks(
            gateway: .html("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", status: 502),
            garbage: .bytes(Array("{\"error\": nu".utf8), type: "application/json"),
            busy: { seconds in (ServerResponse(status: 429, headers: [("Retry-After", "\(seconds)")]), nil) })
    }

    func answer(_ request: ServerRequest, at now: Instant) -> HeraldAnswer {
        let parts = request.path.split(separator: "/").map(String.init)
        let route = parts.count == 2 ? "\(request.method) /\(parts[0])/{}" : "\(request.method) \(request.path)"
        func no(_ status: Int, _ why: String) -> HeraldAnswer {
            HeraldAnswer(route: route, response: said(status, why, to: request))
        }
        guard parts.first == "notify", parts.count == 1 || (parts.count == 2 && Self.isKey(parts[1])) else {
            return HeraldAnswer(
                route: route,
                response: .html("<h1>Not Found</h1><p>The requested resource was not found.</p>", status: 404))
        }
        guard request.method == "POST" else {
            return HeraldAnswer(
                route: route, response: ServerResponse(status: 405, headers: [("Allow", "POST, OPTIONS")]))
        }
        let content: [String: JSON]
        switch read(request) {
        case .success(let fields): content = fields
        case .failure(let refusal): return no(400, refusal.why)
        }
        let body = content["body"]?.string ?? request.queryValue("body") ?? ""
        let title = content["title"]?.string ?? request.queryValue("title") ?? ""
        let type = content["type"]?.string ?? "info"
        guard !body.isEmpty, Self.types.contains(type) else { return no(400, "Payload lacks minimum requirements") }
        if let format = content["format"]?.string, !format.isEmpty, !Self.formats.contains(format) {
            return no(400, "An invalid body input format was specified")
        }
        let tag = (content["tag"] ?? content["tags"])?.string ?? request.queryValue("tag") ?? ""
        let key: String
        if parts.count == 2 {
            key = parts[1]
            guard let tags = rules.configurations[key] ?? (rules.unreachable.contains(key) ? [] : nil) else {
                return no(204, "There was no configuration found")
            }
            if rules.unreachable.contains(key) || (!tag.isEmpty && !tags.contains(tag)) {
                return no(424, "One or more notification could not be sent")
            }
        } else {
            key = ""
            let addresses = content["urls"]?.string ?? content["urls"]?[0]?.string ?? ""
            guard addresses.contains("://") else { return no(204, "There was no valid URLs provided to notify") }
        }
        return HeraldAnswer(
            route: route, response: said(200, nil, to: request),
            notice: PushedNotice(
                app: .apprise, place: key, title: title, text: body, weight: type, tags: tag.isEmpty ? [] : [tag],
                at: now, fields: content.keys.sorted()))
    }

    private struct Refusal: Error { var why: String }

    private func read(_ request: ServerRequest) -> Result<[String: JSON], Refusal> {
        let isJSON = ["application/json", "text/json", "application/x-json"].contains(request.contentType)
        if isJSON {
            guard let fields = (try? JSON(parsing: request.body))?.fields else {
                return .failure(Refusal(why: "Invalid JSON Payload provided"))
            }
            let content = Dictionary(fields.members.map { ($0.key, $0.value) }) { $1 }
            return content.isEmpty ? .failure(Refusal(why: "Bad FORM Payload provided")) : .success(content)
        }
        var fields: [(name: String, value: String)] = []
        if request.contentType == "application/x-www-form-urlencoded" { fields = request.formFields }
        if request.contentType == "multipart/form-data", let parts = try? request.multipart().parts {
            fields = parts.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }
        }
        // A form is checked before it is looked at; what is wrong with it, it does not say.
        let limits = ["title": 250, "body": 32_768]
        let isWell = fields.allSatisfy { name, value in
            switch name {
            case "type": value.isEmpty || Self.types.contains(value)
            case "format": value.isEmpty || Self.formats.contains(value)
            default: limits[name].map { value.unicodeScalars.count <= $0 } ?? true
            }
        }
        guard isWell else { return .failure(Refusal(why: "Bad FORM Payload provided")) }
        // What is left out is empty there, and of the first kind.
        var content: [String: JSON] = [:]
        for (name, value) in fields where !value.isEmpty { content[name] = .string(value) }
        return .success(content)
    }

    /// With 204 nothing is said.
    private func said(_ status: Int, _ error: String?, to request: ServerRequest) -> ServerResponse {
        if status == 204 { return ServerResponse(status: 204) }
        let accepts = request.headers["accept"] ?? ""
        let wantsJSON =
            accepts.hasPrefix("application/json") || accepts.hasPrefix("text/json")
            || ((accepts.isEmpty || accepts.hasPrefix("*/*")) && request.contentType == "application/json")
        guard wantsJSON else {
            return .bytes(Array((error ?? "").utf8), type: "text/plain", status: status)
        }
        var json: JSON = ["error": .text(error)]
        if [200, 424].contains(status) { json["details"] = [] }
        return .bytes(json.bytes, type: "application/json", status: status)
    }

    private static func isKey(_ text: String) -> Bool {
        1...128 ~= text.count && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }
}
