// What Jellyfin answers, and in which of its four forms it says no.

import Sockets

enum JellyfinAnswer: Sendable {
    case json(JSON, status: Int = 200)
    /// 204, and the 401 of a call that needs a token.
    case empty(status: Int)
    /// An exception nobody expected: never with its reason.
    case crash(status: Int)
    /// What cannot be understood: an RFC 9110 problem.
    case problem(status: Int, title: String)

    /// Said by the call itself: one sentence, as JSON.
    static func no(_ status: Int, _ sentence: String) -> JellyfinAnswer { .json(.string(sentence), status: status) }

    var response: ServerResponse {
        switch self {
        case .json(let json, let status):
            .bytes(json.bytes, type: "application/json; charset=utf-8", status: status)
        case .empty(let status): ServerResponse(status: status)
        case .crash(let status):
            .bytes(Array("Error processing request.".utf8), type: "text/plain", status: status)
        case .problem(let status, let title):
            .bytes(
                JSON.object(
                    JSON.Fields([
                        (key: "type", value: "https://tools.ietf.org/html/rfc9110#section-15.5.1"),
                        (key: "title", value: .string(title)), (key: "status", value: .int(Int64(status))),
                    ])
                ).bytes, type: "application/problem+json; charset=utf-8", status: status)
        }
    }
}
