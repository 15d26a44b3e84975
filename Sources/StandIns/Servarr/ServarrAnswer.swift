// What Radarr and Prowlarr answer, and in which of their forms they say no (sheet §4, Error bodies): an empty 401, a list of
// faults, a problem object, or one message.

import Runtime
import Sockets

enum ServarrAnswer: Sendable {
    case json(JSON, status: Int = 200)
    case empty(status: Int)
    /// 400: what was asked is wrong, field by field.
    case invalid(property: String, message: String, attempted: JSON = .string(""))
    /// 400, 404, 415: the framework's own words.
    case problem(status: Int, title: String)
    case message(status: Int, String)
    /// To the address with the URL base.
    case elsewhere(String)

    static let notFound = ServarrAnswer.problem(status: 404, title: "Not Found")
    static let starting = ServarrAnswer.json(
        ["errorMessage": "The program is starting up, please try again later"], status: 503)

    var response: ServerResponse {
        switch self {
        case .json(let json, let status): .bytes(json.bytes, type: "application/json; charset=utf-8", status: status)
        case .empty(let status): ServerResponse(status: status)
        case .invalid(let property, let message, let attempted):
            .bytes(
                JSON.array([
                    [
                        "propertyName": .string(property), "errorMessage": .string(message),
                        "attemptedValue": attempted, "severity": "error", "errorCode": "NotEmptyValidator",
                    ]
                ]).bytes, type: "application/json; charset=utf-8", status: 400)
        case .problem(let status, let title):
            .bytes(
                JSON.object(
                    JSON.Fields([
                        (key: "type", value: "https://tools.ietf.org/html/rfc9110#section-15.5.5"),
                        (key: "title", value: .string(title)), (key: "status", value: .int(Int64(status))),
                        (key: "traceId", value: "00-4e6f7420612072656172206d6163-01"),
                    ])
                ).bytes, type: "application/problem+json; charset=utf-8", status: status)
        case .message(let status, let text):
            .bytes(
                (["message": .string(text), "description": .string("NzbDrone: \(text)")] as JSON).bytes,
                type: "application/json; charset=utf-8", status: status)
        case .elsewhere(let address): ServerResponse(status: 307, headers: [("Location", address)])
        }
    }
}

/// A request as ASP.NET reads it: names of queries in any case, several values as the same name repeated.
struct ServarrCall: Sendable {
    let method: String
    let path: String
    let query: [(name: String, value: String)]
    let body: [UInt8]
    let contentType: String?
    let key: String?
    var parameters: [String] = []

    init(_ request: ServerRequest) {
        method = request.method
        path = request.path
        query = request.query
        body = request.body
        contentType = request.contentType
        let bearer = request.headers["authorization"].flatMap { header in
            header.hasPrefix("Bearer ") ? String(header.dropFirst(7)) : nil
        }
        // The query wins, even when it is wrong.
        key = request.query.first { $0.name.lowercased() == "apikey" }?.value ?? request.headers["x-api-key"] ?? bearer
    }

    static let headers = ["X-Api-Key"]

    subscript(name: String) -> String? { query.first { $0.name.lowercased() == name.lowercased() }?.value }
    func all(_ name: String) -> [String] { query.filter { $0.name.lowercased() == name.lowercased() }.map(\.value) }
    func whole(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    /// The body as JSON, or why not.
    var json: Result<JSON, Refusal> {
        guard let contentType,
            ["application/json", "text/json"].contains(contentType) || contentType.hasSuffix("+json")
        else { return .failure(Refusal(answer: .problem(status: 415, title: "Unsupported Media Type"))) }
        guard let json = try? JSON(parsing: body) else {
            return .failure(Refusal(answer: .problem(status: 400, title: "One or more validation errors occurred.")))
        }
        return .success(json)
    }

    struct Refusal: Error { let answer: ServarrAnswer }
}

/// One request, and what it got.
package struct ServarrEntry: Sendable {
    /// Method and template, such as "POST /api/v3/command"; of unknown paths the path itself.
    package let route: String
    package let query: [(name: String, value: String)]
    package let body: [UInt8]
    /// Nil when a fault swallowed the answer.
    package let status: Int?
    package let answer: String

    package var json: JSON? { try? JSON(parsing: body) }
}

extension Troubles.Looks {
    static let servarr = Troubles.Looks(
        gateway: .html("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", status: 502),
        garbage: .bytes(Array("[{\"title\": \"Sal".utf8), type: "application/json; charset=utf-8"),
        status: { status, json in
            json.isNull
                ? ServarrAnswer.empty(status: status).response
                : .bytes(json.bytes, type: "application/json; charset=utf-8", status: status)
        },
        busy: { seconds in (ServerResponse(status: 429, headers: [("Retry-After", "\(seconds)")]), nil) })
}

extension JSON {
    static func date(_ instant: Instant) -> JSON { .string(instant.iso) }
    static func date(_ instant: Instant?) -> JSON? { instant.map { .string($0.iso) } }
}
