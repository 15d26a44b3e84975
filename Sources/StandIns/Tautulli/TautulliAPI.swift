// API v2 as a pure machine: a call, the world and the time go in, an answer comes out (sheet §1). The commands stand in
// API/, a file for each part of the sheet.

package import Runtime

package struct TautulliCall: Sendable {
    package var method: String
    /// Percent-decoded, without the query.
    package var path: String
    package var parameters: [(name: String, value: String)]

    package init(_ method: String, _ path: String, _ parameters: [(name: String, value: String)] = []) {
        self.method = method
        self.path = path
        self.parameters = parameters
    }

    var command: String? { parameters.first { $0.name == "cmd" }?.value }
}

package struct TautulliAnswer: Sendable {
    package var status: Int
    package var type: String
    package var bytes: [UInt8]
    package var headers: [(String, String)] = []
    /// A stream that was ended by this call.
    package var endedSession: String?

    package var json: JSON? { try? JSON(parsing: bytes) }
    package var data: JSON? { json?["response"]?["data"] }

    static func json(_ status: Int, _ json: JSON) -> TautulliAnswer {
        TautulliAnswer(status: status, type: "application/json;charset=UTF-8", bytes: json.bytes)
    }
    static func html(_ status: Int, _ page: String) -> TautulliAnswer {
        TautulliAnswer(status: status, type: "text/html;charset=utf-8", bytes: Array(page.utf8))
    }
}

/// What a command gives back.
enum TautulliOutcome {
    case data(JSON, message: String? = nil)
    case picture([UInt8], type: String)
    /// 400 without a word: no picture.
    case noPicture
    case ended(session: String)
}

enum TautulliRefusal: Error {
    /// 400, with or without a reason.
    case refused(String?)
    /// 500 "Check the logs for errors".
    case crashed
}

package struct TautulliAPI: Sendable {
    package var rules: TautulliRules
    var book = TautulliBook()
    var shownPictures: Set<String> = []

    package init(rules: TautulliRules = .standard) { self.rules = rules }

    /// One call of one command.
    struct Visit {
        let parameters: [String: String]
        let world: HouseholdWorld
        let now: Instant
        let rules: TautulliRules

        subscript(_ name: String) -> String? { parameters[name] }

        func filled(_ name: String) -> String? {
            guard let value = parameters[name], !value.isEmpty else { return nil }
            return value
        }

        /// A number where text makes Tautulli stumble.
        func number(_ name: String, or standard: Int) throws(TautulliRefusal) -> Int {
            guard let text = parameters[name] else { return standard }
            guard let number = Int(text.trimmed) else { throw .crashed }
            return number
        }

        /// A number where text counts as 0.
        func castNumber(_ name: String, or standard: Int) -> Int {
            parameters[name].map { Int($0.trimmed) ?? 0 } ?? standard
        }

        func isSet(_ name: String, or standard: Bool) -> Bool {
            guard let text = filled(name) else { return standard }
            return ["1", "true", "yes", "on"].contains(text.lowercased())
        }

        /// "1, 2" as a comma list; nil when there is none.
        func list(_ name: String) -> Set<String>? {
            guard let text = filled(name) else { return nil }
            return Set(text.split(separator: ",").map { $0.trimmed })
        }
    }

    package mutating func answer(_ call: TautulliCall, world: HouseholdWorld, now: Instant) -> TautulliAnswer {
        look(at: world)
        guard call.path.hasPrefix(rules.httpRoot) else {
            return .html(404, "<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>")
        }
        switch String(call.path.dropFirst(rules.httpRoot.count)) {
        case "/api/v2", "/api/v2/": return command(call, world: world, now: now)
        case "/api", "/api/", "/api/v1", "/api/v1/":
            return Self.envelope(200, "error", "Please use the /api/v2 endpoint.", [:])
        case "/status", "/status/": return .json(200, ["result": "success", "message": "Ok"])
        default:
            return .json(
                404,
                [
                    "status": "404 Not Found", "message": .string("The path '\(call.path)' was not found."),
                    "error": true,
                ])
        }
    }

    /// What happened since the last question.
    mutating func look(at world: HouseholdWorld) {
        if rules.noticesPeopleAtOnce || book.users.isEmpty { book.refreshUsers(world) }
        book.log(world, watchedPercent: rules.watchedPercent)
    }

    private mutating func command(_ call: TautulliCall, world: HouseholdWorld, now: Instant) -> TautulliAnswer {
        var parameters: [String: String] = [:]
        for (name, value) in call.parameters {
            // Twice the same name becomes a list, and no command expects one.
            guard parameters.updateValue(value, forKey: name) == nil else { return Self.refusal(.refused(nil)) }
        }
        guard rules.isAPIOn else { return Self.refusal(.refused("API not enabled")) }
        let known = Self.commands.keys.sorted().joined(separator: ", ")
        guard let apiKey = parameters.removeValue(forKey: "apikey") else {
            return Self.refusal(.refused("Parameter apikey is required"))
        }
        // Looked at before the key is.
        guard let name = parameters.removeValue(forKey: "cmd") else {
            return Self.refusal(.refused("Parameter cmd is required. Possible commands are: \(known)"))
        }
        guard let perform = Self.commands[name] else {
            return Self.refusal(.refused("Unknown command: \(name). Possible commands are: \(known)"))
        }
        guard apiKey == rules.apiKey else { return Self.refusal(.refused("Invalid apikey")) }
        // The real one speaks XML too; whoever wants it is told early that this one does not.
        guard (parameters["out_type"] ?? "json") == "json" else { return .html(501, "This stand-in speaks JSON only.") }
        let callback = parameters["callback"]
        let visit = Visit(parameters: parameters, world: world, now: now, rules: rules)
        do throws(TautulliRefusal) {
            let answer = Self.answer(to: try perform(&self, visit))
            return callback.map { answer.padded(with: $0) } ?? answer
        } catch {
            return Self.refusal(error)
        }
    }

    private static func answer(to outcome: TautulliOutcome) -> TautulliAnswer {
        switch outcome {
        case .data(let data, let message): return envelope(200, "success", message, data)
        case .picture(let bytes, let type):
            return TautulliAnswer(
                status: 200, type: type, bytes: bytes, headers: [("Cache-Control", "max-age=2592000")])
        case .noPicture: return .html(400, "")
        case .ended(let session):
            var answer = envelope(200, "success", "Session terminated.", [:])
            answer.endedSession = session
            return answer
        }
    }

    private static func refusal(_ refusal: TautulliRefusal) -> TautulliAnswer {
        switch refusal {
        case .refused(let message): envelope(400, "error", message, [:])
        case .crashed: envelope(500, "error", "Check the logs for errors", [:])
        }
    }

    private static func envelope(_ status: Int, _ result: String, _ message: String?, _ data: JSON) -> TautulliAnswer {
        .json(status, ["response": ["result": .string(result), "message": .text(message), "data": data]])
    }
}

extension TautulliAnswer {
    /// JSONP.
    fileprivate func padded(with callback: String) -> TautulliAnswer {
        var answer = self
        answer.type = "application/javascript"
        answer.bytes = Array("\(callback)(".utf8) + bytes + Array(");".utf8)
        return answer
    }
}

extension JSON {
    static func number(_ number: Int) -> JSON { .int(Int64(number)) }
    /// Tautulli's empty string for what is not there.
    static func numberOrEmpty(_ number: Int?) -> JSON { number.map { .int(Int64($0)) } ?? "" }
    static func numberOrNull(_ number: Int?) -> JSON { number.map { .int(Int64($0)) } ?? .null }
    /// A number written as text, as in everything that comes straight from Plex.
    static func digits(_ number: Int?) -> JSON { number.map { .string(String($0)) } ?? "" }
    static func claim(_ claim: Bool) -> JSON { .int(claim ? 1 : 0) }
    static func texts(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
}
