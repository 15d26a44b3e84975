// Gotify 2.9 as its server answers an application that posts a message (gotify.net/api-docs, api/message.go,
// auth/authentication.go, error/handler.go): the token in the query, in X-Gotify-Key or as a bearer's, JSON or a form, and
// every refusal of one shape.

import Runtime
import Sockets
import Synchronization

package struct GotifyRules: Sendable {
    /// Applications by their tokens: "A" and fourteen letters.
    package var applications = ["AstandinGotify0": "Autoplex"]
    /// Of somebody's telephone: it reads, and posts only where it says for which application.
    package var client = "CstandinGotify0"

    package init() {}
    package static let standard = GotifyRules()
}

final class GotifyDesk: AnsweringDesk {
    private let rules: GotifyRules
    private let lastNumber = Mutex(0)

    init(_ rules: GotifyRules) { self.rules = rules }

    let headers = ["X-Gotify-Key"]
    func address(at home: String) -> String { home }
    var token: String? { rules.applications.keys.min() }
    var looks: Troubles.Looks {
        Troubles.Looks(
            gateway: .html("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", status: 502),
            garbage: .bytes(Array("{\"id\": 1, \"ap".utf8), type: "application/json; charset=utf-8"),
            busy: { seconds in (ServerResponse(status: 429, headers: [("Retry-After", "\(seconds)")]), nil) })
    }

    private struct Refusal: Error {
        var status: Int
        var why: String

        var response: ServerResponse {
            let names = [400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"]
            let json: JSON = [
                "error": .string(names[status] ?? ""), "errorCode": .int(Int64(status)),
                "errorDescription": .string(why),
            ]
            return .bytes(json.bytes, type: "application/json; charset=utf-8", status: status)
        }
    }

    private struct Message {
        var title = ""
        var text = ""
        var priority: Int?
        var application: Int?
        var extras: JSON?
        var fields: [String] = []
    }

    func answer(_ request: ServerRequest, at now: Instant) -> HeraldAnswer {
        let route = "\(request.method) \(request.path)"
        guard request.path == "/message" else {
            return HeraldAnswer(route: route, response: Refusal(status: 404, why: "page not found").response)
        }
        do throws(Refusal) {
            let application = try authenticated(request)
            guard request.method == "POST" else { throw Refusal(status: 404, why: "page not found") }
            let message = try read(request)
            if message.text.isEmpty { throw Refusal(status: 400, why: "Field 'message' is required") }
            guard let application else {
                throw Refusal(
                    status: 400,
                    why: message.application == nil
                        ? "appid is required when not authenticating with an application token" : "appid not found")
            }
            return accepted(message, application, route, now)
        } catch { return HeraldAnswer(route: route, response: error.response) }
    }

    /// The application's name; nil: it is somebody's telephone.
    private func authenticated(_ request: ServerRequest) throws(Refusal) -> String? {
        let bearer = request.headers["authorization"].flatMap { field in
            field.lowercased().hasPrefix("bearer ") ? String(field.dropFirst(7)) : nil
        }
        // The first that is there counts, be it right or wrong.
        let given = [request.queryValue("token"), request.headers["x-gotify-key"], bearer].compactMap { $0 }
            .first { !$0.isEmpty }
        if let given, let name = rules.applications[given] { return name }
        if given == rules.client { return nil }
        throw Refusal(
            status: 401,
            why: "you need to provide a valid access token or user credentials to access this api")
    }

    private func read(_ request: ServerRequest) throws(Refusal) -> Message {
        guard request.contentType == "application/json" else { return try read(form: request) }
        if request.body.isEmpty { throw Refusal(status: 400, why: "EOF") }
        guard let json = try? JSON(parsing: request.body) else {
            throw Refusal(status: 400, why: "invalid character looking for beginning of value")
        }
        guard let fields = json.fields else {
            throw Refusal(
                status: 400, why: "json: cannot unmarshal \(Self.kind(json)) into Go value of type model.CreateMessage")
        }
        var message = Message(fields: fields.members.map(\.key))
        for (key, value) in fields.members where !value.isNull {
            switch key {
            case "title": message.title = try Self.text(value, key)
            case "message": message.text = try Self.text(value, key)
            case "priority": message.priority = try Self.number(value, key, "int")
            case "appid": message.application = try Self.number(value, key, "uint")
            case "extras":
                guard value.fields != nil else { throw Self.mismatch(value, key, "map[string]interface {}") }
                message.extras = value
            default: continue
            }
        }
        return message
    }

    private func read(form request: ServerRequest) throws(Refusal) -> Message {
        var fields = request.query + request.formFields
        if request.contentType == "multipart/form-data", let parts = try? request.multipart().parts {
            fields += parts.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }
        }
        var message = Message(fields: fields.map(\.name))
        for (name, value) in fields {
            switch name {
            case "title": message.title = value
            case "message": message.text = value
            case "priority", "appid":
                guard let number = Int(value.isEmpty ? "0" : value) else {
                    throw Refusal(status: 400, why: "strconv.ParseInt: parsing \"\(value)\": invalid syntax")
                }
                if name == "priority" { message.priority = number } else { message.application = number }
            default: continue
            }
        }
        return message
    }

    private static func text(_ value: JSON, _ key: String) throws(Refusal) -> String {
        guard let text = value.string else { throw mismatch(value, key, "string") }
        return text
    }

    private static func number(_ value: JSON, _ key: String, _ type: String) throws(Refusal) -> Int {
        guard case .int(let number) = value else { throw mismatch(value, key, type) }
        return Int(number)
    }

    private static func mismatch(_ value: JSON, _ key: String, _ type: String) -> Refusal {
        Refusal(
            status: 400,
            why: "json: cannot unmarshal \(kind(value)) into Go struct field CreateMessage.\(key) of type \(type)")
    }

    private static func kind(_ json: JSON) -> String {
        switch json {
        case .null: "null"
        case .bool: "bool"
        case .int, .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    private func accepted(_ message: Message, _ application: String, _ route: String, _ now: Instant) -> HeraldAnswer {
        let number = lastNumber.withLock { number in
            number += 1
            return number
        }
        let title = message.title.trimmed.isEmpty ? application : message.title
        var json: JSON = [
            "id": .int(Int64(number)), "appid": 1, "message": .string(message.text), "title": .string(title),
            "priority": .int(Int64(message.priority ?? 0)),
        ]
        if let extras = message.extras { json["extras"] = extras }
        json["date"] = .string(now.iso)
        return HeraldAnswer(
            route: route, response: .bytes(json.bytes, type: "application/json; charset=utf-8"),
            notice: PushedNotice(
                app: .gotify, place: application, title: title, text: message.text,
                weight: "\(message.priority ?? 0)",
                link: message.extras?["client::notification"]?["click"]?["url"]?.string, at: now,
                fields: message.fields))
    }
}
