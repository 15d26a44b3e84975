// The API without a socket: requests as the bot makes them, at a time the test sets.

import Runtime
import StandIns

typealias Household = DiscordWorld.Household

struct Desk {
    var api: DiscordAPI
    var now = Instant(seconds: 1_767_225_600)

    init(_ change: (inout DiscordAPI) -> Void = { _ in }) {
        api = DiscordAPI(world: .small)
        api.limits.isOn = false
        api.world.now = now
        change(&api)
    }

    mutating func pass(_ duration: Duration) {
        now = now + duration
        api.world.now = now
    }

    /// A request with everything a good bot sends.
    @discardableResult
    mutating func ask(
        _ method: String, _ path: String, _ form: JSON? = nil, files: [UploadedFile] = [],
        query: [(name: String, value: String)] = [], but change: (inout APIRequest) -> Void = { _ in }
    ) -> APIAnswer {
        var request = APIRequest(method, path)
        request.authorization = "Bot \(api.token)"
        request.userAgent = "DiscordBot (https://example.org, 1)"
        request.query = query
        request.form = form
        request.files = files
        request.contentLength = form.map { $0.bytes.count } ?? 0
        if form != nil { request.contentType = "application/json" }
        change(&request)
        return api.answer(request, now: now)
    }

    /// The first leaf of a 50035's tree: its path with dots, and its code.
    static func fault(_ answer: APIAnswer) -> (path: String, code: String)? {
        guard answer.json?["code"]?.int == 50035, let errors = answer.json?["errors"] else { return nil }
        return leaf(errors, [])
    }

    private static func leaf(_ node: JSON, _ path: [String]) -> (path: String, code: String)? {
        if let code = node["_errors"]?[0]?["code"]?.string { return (path.joined(separator: "."), code) }
        for (key, value) in node.fields?.members ?? [] {
            if let found = leaf(value, path + [key]) { return found }
        }
        return nil
    }
}

extension APIAnswer {
    var code: Int? { json?["code"]?.int }
    var id: DiscordID? { json?["id"]?.id }
    func header(_ name: String) -> String? { headers.last { $0.0 == name }?.1 }
}
