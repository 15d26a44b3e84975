// How stand-ins post to us: once, as the real ones do, without a second try.

import HTTP

/// What was posted, and what came back.
package struct HookPost: Sendable {
    package let url: String
    package let body: [UInt8]
    package let type: String
    /// Nil: nobody answered.
    package let status: Int?
    package let answer: [UInt8]

    package var json: JSON? { try? JSON(parsing: body) }
}

struct HookPoster: Sendable {
    let posts = Chronicle<HookPost>()
    private let http: HTTPClient

    init(userAgent: String) throws { http = try HTTPClient(userAgent: userAgent) }

    @discardableResult
    func send(
        _ body: [UInt8], type: String, to url: String, _ headers: [(name: String, value: String)]
    ) async -> Int? {
        var request = HTTPRequest(
            "POST", url, headers: headers, body: .bytes(body, type: type), limits: HTTPLimits(total: .seconds(30)))
        request.mayBeRepeated = false
        let response = try? await http.send(request)
        posts.append(
            HookPost(url: url, body: body, type: type, status: response?.status, answer: response?.body ?? []))
        return response?.status
    }

    func stop() async { await http.stop() }
}
