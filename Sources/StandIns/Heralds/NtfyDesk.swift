// ntfy 2.13 as its server answers who publishes (docs.ntfy.sh/publish, server/server.go, server/errors.go): by headers or
// query to /TOPIC, by JSON to /; each refusal with a number of its own. Closed to strangers, as one with `auth-file` and
// `auth-default-access: deny-all`, and without attachments, so that what is too long is refused.

import Runtime
import Sockets
import Synchronization

package struct NtfyRules: Sendable {
    /// Who may publish where.
    package var topics: Set<String> = ["household"]
    /// `tk_` and 29 letters; nil: everybody may publish everywhere.
    package var token: String? = "tk_standin0000000000000000000000"
    package var logins: [String: String] = ["robin": "open-sesame-ntfy"]
    /// Bytes of a message; what reaches it would be an attachment.
    package var messageLimit = 4096
    /// How many requests at once, and how long until there is one more.
    package var burst = 60
    package var replenish = Duration.seconds(5)

    package init() {}
    package static let standard = NtfyRules()
}

final class NtfyDesk: AnsweringDesk {
    private struct Budget {
        var left: Int
        var filledAt: Instant?
        var lastNumber = 0
    }

    private let rules: NtfyRules
    private let budget: Mutex<Budget>

    init(_ rules: NtfyRules) {
        self.rules = rules
        budget = Mutex(Budget(left: rules.burst))
    }

    /// Every name of a parameter also counts as a header.
    var headers: [String] { Self.names.values.flatMap { $0 }.filter { !["title"].contains($0) } + ["Title"] }
    func address(at home: String) -> String { "\(home)/\(rules.topics.min() ?? "household")" }
    var token: String? { rules.token }
    var looks: Troubles.Looks {
        Troubles.Looks(
            gateway: .html("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", status: 502),
            garbage: .bytes(Array("{\"id\": \"x".utf8), type: "application/json"),
            busy: { _ in (NtfyRefusal.tooMany.response, nil) })
    }

    private static let names = [
        "title": ["x-title", "title", "t"], "message": ["x-message", "message", "m"],
        "priority": ["x-priority", "priority", "prio", "p"], "tags": ["x-tags", "tags", "tag", "ta"],
        "click": ["x-click", "click"], "icon": ["x-icon", "icon"], "markdown": ["x-markdown", "markdown", "md"],
        "attach": ["x-attach", "attach", "a"], "filename": ["x-filename", "filename", "file", "f"],
        "email": ["x-email", "x-e-mail", "email", "e-mail", "mail", "e"], "call": ["x-call", "call"],
        "delay": ["x-delay", "delay", "x-at", "at", "x-in", "in"], "actions": ["x-actions", "actions", "action"],
    ]
    private static let jsonFields: Set<String> = [
        "topic", "title", "message", "priority", "tags", "click", "icon", "actions", "attach", "markdown", "filename",
        "email", "call", "cache", "firebase", "delay",
    ]
    private static let reserved: Set<String> = [
        "docs", "static", "file", "app", "metrics", "account", "settings", "signup", "login", "v1",
    ]

    func answer(_ request: ServerRequest, at now: Instant) -> HeraldAnswer {
        let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        let route: String
        switch parts.count {
        case 1 where parts[0].isEmpty: route = "\(request.method) /"
        case 1: route = "\(request.method) /{}"
        default: route = "\(request.method) /{}/\(parts.dropFirst().joined(separator: "/"))"
        }
        do throws(NtfyRefusal) {
            let who = try authenticated(request)
            let letter = try read(request, parts)
            try spend(at: now)
            try authorize(who, to: letter.topic)
            return HeraldAnswer(route: route, response: try publish(letter, at: now), notice: notice(letter, now))
        } catch { return HeraldAnswer(route: route, response: error.response) }
    }

    // MARK: Who

    /// Nil: nobody said who they are. Somebody who says it wrongly gets no further.
    private func authenticated(_ request: ServerRequest) throws(NtfyRefusal) -> String? {
        guard let token = rules.token else { return nil }
        let field = (request.headers["authorization"] ?? "").trimmed
        if field.hasPrefix("Bearer") {
            guard String(field.dropFirst(6)).trimmed == token else { throw .unauthorized }
            return "token"
        }
        guard field.hasPrefix("Basic ") else { return nil }
        let login = MailText.base64(String(field.dropFirst(6)).trimmed) ?? ""
        let halves = login.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard halves.count == 2, rules.logins[halves[0]] == halves[1] || (halves[0].isEmpty && halves[1] == token)
        else {
            throw .unauthorized
        }
        return halves[0]
    }

    private func authorize(_ who: String?, to topic: String) throws(NtfyRefusal) {
        if Self.reserved.contains(topic) { throw .topicDisallowed }
        guard rules.token != nil else { return }
        guard who != nil, rules.topics.contains(topic) else { throw .forbidden }
    }

    private func spend(at now: Instant) throws(NtfyRefusal) {
        let hasOne = budget.withLock { budget in
            let since = budget.filledAt.map { now - $0 } ?? .zero
            let more = rules.replenish > .zero ? since.milliseconds / rules.replenish.milliseconds : 0
            if budget.filledAt == nil || more > 0 {
                budget.left = min(rules.burst, budget.left + Int(more))
                budget.filledAt = now
            }
            guard budget.left > 0 else { return false }
            budget.left -= 1
            return true
        }
        if !hasOne { throw .tooMany }
    }

    // MARK: What

    private struct Letter {
        var topic: String
        var values: [String: String]
        var tags: [String]
        var body: [UInt8]
        var fields: [String]
    }

    private func read(_ request: ServerRequest, _ parts: [String]) throws(NtfyRefusal) -> Letter {
        let isWrite = ["POST", "PUT"].contains(request.method)
        if isWrite, parts == [""] { return try readJSON(request) }
        let topic = parts[0]
        let isSimple = parts.count == 1 && isWrite
        let isByLink = parts.count == 2 && ["publish", "send", "trigger"].contains(parts[1])
        guard isSimple || (isByLink && request.method == "GET"), Self.isTopic(topic) else { throw .notFound }
        var values: [String: String] = [:]
        for (name, spellings) in Self.names {
            // Encoded words are read, and what HTTP itself calls a priority is none.
            let heard =
                spellings.compactMap { request.headers[$0].map { MailText.decoded($0).trimmed } }
                + spellings.compactMap { request.queryValue($0)?.trimmed }
            values[name] = heard.first { !$0.isEmpty && !(name == "priority" && $0.hasPrefix("u=")) }
        }
        return Letter(
            topic: topic, values: values, tags: Self.list(values["tags"]), body: request.body,
            fields: values.keys.sorted())
    }

    private func readJSON(_ request: ServerRequest) throws(NtfyRefusal) -> Letter {
        guard request.body.count <= rules.messageLimit * 2 else { throw .jsonTooLarge }
        guard let json = try? JSON(parsing: request.body), let fields = json.fields else { throw .jsonInvalid }
        var values: [String: String] = [:]
        // Each of its own kind and no other, as Go reads it; what it does not know it passes over.
        for (key, value) in fields.members where !value.isNull && Self.jsonFields.contains(key) {
            switch key {
            case "priority":
                guard let number = value.int else { throw .jsonInvalid }
                if number != 0 { values[key] = "\(number)" }
            case "markdown":
                guard let flag = value.bool else { throw .jsonInvalid }
                if flag { values[key] = "yes" }
            case "tags", "actions":
                guard let list = value.array else { throw .jsonInvalid }
                if key == "tags", list.contains(where: { $0.string == nil }) { throw .jsonInvalid }
                if key == "tags" { values[key] = list.compactMap(\.string).joined(separator: ",") }
            default:
                guard let text = value.string else { throw .jsonInvalid }
                values[key] = text
            }
        }
        let topic = values.removeValue(forKey: "topic") ?? ""
        guard Self.isTopic(topic) else { throw .topicInvalid }
        let body = Array((values.removeValue(forKey: "message") ?? "").utf8)
        // What it hands on to itself as headers may be said in real headers too.
        for name in ["priority", "tags", "click", "icon", "delay", "markdown"] where values[name] == nil {
            values[name] = request.headers["x-\(name)"]
        }
        return Letter(
            topic: topic, values: values, tags: Self.list(values["tags"]), body: body,
            fields: fields.members.map(\.key))
    }

    private func publish(_ letter: Letter, at now: Instant) throws(NtfyRefusal) -> ServerResponse {
        for (name, refusal) in [("attach", NtfyRefusal.attachmentURL), ("icon", .iconURL)] {
            if let address = letter.values[name], !address.hasPrefix("http://"), !address.hasPrefix("https://") {
                throw refusal
            }
        }
        if letter.values["email"] != nil { throw .noEmail }
        if letter.values["call"] != nil { throw .noCalls }
        if let said = letter.values["priority"], Self.priority(said) == nil { throw .priorityInvalid }
        let isFile = letter.values["filename"] != nil && letter.values["attach"] == nil
        if isFile || letter.body.count >= rules.messageLimit || String(validating: letter.body, as: UTF8.self) == nil {
            throw .attachmentsDisallowed
        }
        let number = budget.withLock { budget in
            budget.lastNumber += 1
            return budget.lastNumber
        }
        var json: JSON = [
            "id": .string("standin\(number.padded(5))"), "time": .int(now.seconds),
            "expires": .int((now + .hours(12)).seconds), "event": "message", "topic": .string(letter.topic),
        ]
        if let title = letter.values["title"] { json["title"] = .string(title) }
        json["message"] = .string(text(letter))
        if let priority = letter.values["priority"].flatMap(Self.priority) { json["priority"] = .int(Int64(priority)) }
        if !letter.tags.isEmpty { json["tags"] = .array(letter.tags.map(JSON.string)) }
        if let click = letter.values["click"] { json["click"] = .string(click) }
        if letter.values["markdown"] != nil { json["content_type"] = "text/markdown" }
        return .bytes(json.bytes + [UInt8(ascii: "\n")], type: "application/json")
    }

    private func text(_ letter: Letter) -> String {
        let body = String(decoding: letter.body, as: UTF8.self).trimmed
        let said = body.isEmpty ? letter.values["message"]?.replacing("\\n", with: "\n") ?? "" : body
        return said.isEmpty ? "triggered" : said
    }

    private func notice(_ letter: Letter, _ now: Instant) -> PushedNotice {
        PushedNotice(
            app: .ntfy, place: letter.topic, title: letter.values["title"] ?? "", text: text(letter),
            weight: "\(letter.values["priority"].flatMap(Self.priority) ?? 3)", tags: letter.tags,
            link: letter.values["click"], at: now, fields: letter.fields)
    }

    private static func isTopic(_ text: String) -> Bool {
        1...64 ~= text.utf8.count
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    private static func priority(_ text: String) -> Int? {
        switch text.trimmed.lowercased() {
        case "1", "min": 1
        case "2", "low": 2
        case "3", "default": 3
        case "4", "high": 4
        case "5", "max", "urgent": 5
        default: nil
        }
    }
}

/// {"code", "http", "error", "link"}
struct NtfyRefusal: Error {
    var code: Int
    var words: String
    var link: String?

    var response: ServerResponse {
        var json: JSON = [
            "code": .int(Int64(code)), "http": .int(Int64(code / 100)), "error": .string(words),
        ]
        if let link { json["link"] = .string("https://ntfy.sh/docs/\(link)") }
        return .bytes(json.bytes + [UInt8(ascii: "\n")], type: "application/json", status: code / 100)
    }

    static let noEmail = NtfyRefusal(
        code: 40001, words: "e-mail notifications are not enabled", link: "config/#e-mail-notifications")
    static let priorityInvalid = NtfyRefusal(
        code: 40007, words: "invalid priority parameter", link: "publish/#message-priority")
    static let topicInvalid = NtfyRefusal(code: 40009, words: "invalid request: topic invalid")
    static let topicDisallowed = NtfyRefusal(code: 40010, words: "invalid request: topic name is not allowed")
    static let attachmentURL = NtfyRefusal(
        code: 40013, words: "invalid request: attachment URL is invalid", link: "publish/#attachments")
    static let attachmentsDisallowed = NtfyRefusal(
        code: 40014, words: "invalid request: attachments not allowed", link: "config/#attachments")
    static let iconURL = NtfyRefusal(
        code: 40021, words: "invalid request: icon URL is invalid", link: "publish/#icons")
    static let jsonInvalid = NtfyRefusal(
        code: 40024, words: "invalid request: request body must be valid JSON")
    static let noCalls = NtfyRefusal(
        code: 40032, words: "invalid request: calling is disabled", link: "config/#phone-calls")
    static let unauthorized = NtfyRefusal(code: 40101, words: "unauthorized", link: "publish/#authentication")
    static let forbidden = NtfyRefusal(code: 40301, words: "forbidden", link: "publish/#authentication")
    static let notFound = NtfyRefusal(code: 40401, words: "page not found")
    static let jsonTooLarge = NtfyRefusal(code: 41303, words: "JSON body too large")
    static let tooMany = NtfyRefusal(
        code: 42901, words: "limit reached: too many requests", link: "publish/#limitations")
}
