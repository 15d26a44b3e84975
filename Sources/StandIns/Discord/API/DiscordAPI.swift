// The REST side as a pure machine: a request and the time go in, an answer comes out, and what it changed stands in the
// world's outbox. No socket, no clock: the whole of it can be tried in a test by calling `answer`.

package import Runtime

package struct APIRequest: Sendable {
    package var method: String
    /// Percent-decoded, after `/api/v10`.
    package var path: String
    package var query: [(name: String, value: String)] = []
    package var authorization: String?
    package var userAgent: String?
    package var contentType: String?
    /// Nil when the header is missing.
    package var contentLength: Int?
    /// The form: a JSON body, or `payload_json` of a multipart one.
    package var form: JSON?
    /// There was a body, and it was no JSON.
    package var isUnreadable = false
    package var files: [UploadedFile] = []

    package init(_ method: String, _ path: String) {
        self.method = method
        self.path = path
    }

    func queryValue(_ name: String) -> String? { query.last { $0.name == name }?.value }
    func isSet(_ name: String) -> Bool { ["1", "true", "True"].contains(queryValue(name) ?? "") }
}

package struct APIAnswer: Sendable {
    package enum Body: Sendable {
        case none
        case json(JSON)
        case html(String)
    }
    package var status: Int
    package var headers: [(String, String)] = []
    package var body: Body

    package init(_ status: Int, _ body: Body, headers: [(String, String)] = []) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    package static let noContent = APIAnswer(204, .none)
    package static func ok(_ json: JSON) -> APIAnswer { APIAnswer(200, .json(json)) }

    package var json: JSON? { if case .json(let json) = body { json } else { nil } }
}

package struct DiscordAPI: Sendable {
    package var world: DiscordWorld
    package var rules: DiscordRules
    package var limits = RateLimitBook()
    /// Session starts of the day, shown by `/gateway/bot` and counted by the gateway.
    package var identifies = IdentifyBook()
    /// Where the gateway is, known once the server listens.
    package var gatewayURL = "ws://127.0.0.1"
    /// The bot's token; a token reset changes it.
    package var token: String

    package init(world: DiscordWorld, rules: DiscordRules = .standard) {
        self.world = world
        self.rules = rules
        token = rules.token
    }

    /// One call of one endpoint: the request, and what stood in the template's places.
    struct Call {
        var request: APIRequest
        var places: [String]
        var now: Instant
        var form: JSON { request.form ?? [:] }

        func id(_ index: Int) throws(APIError) -> DiscordID {
            guard let id = DiscordID(places[index]) else {
                throw APIError(
                    400, 50035, "Invalid Form Body",
                    errors: [
                        "_errors": [
                            ["code": "NUMBER_TYPE_COERCE", "message": "Value \"\(places[index])\" is not snowflake."]
                        ]
                    ])
            }
            return id
        }
    }

    package mutating func answer(_ request: APIRequest, now: Instant) -> APIAnswer {
        world.now = now
        var answer = judge(request, now: now)
        if [401, 403].contains(answer.status) { limits.noteRefused(now: now) }
        // Its absence on a 429 is how a client tells the ban of its address (sheet §3, Rate limits).
        if !answer.headers.contains(where: { $0.0 == "no-via" }) { answer.headers.append(("Via", "1.1 google")) }
        answer.headers.removeAll { $0.0 == "no-via" }
        return answer
    }

    private mutating func judge(_ request: APIRequest, now: Instant) -> APIAnswer {
        guard let (endpoint, places) = Endpoint.find(request.method, request.path) else {
            let error: APIError = Endpoint.knows(path: request.path) ? .methodNotAllowed : .notFound
            return APIAnswer(error.status, .json(error.body))
        }
        let major = endpoint.isTokenRoute ? places.prefix(2).joined(separator: "/") : places.first ?? ""
        switch limits.admit(route: endpoint.name, major: major, isExempt: endpoint.isTokenRoute, now: now) {
        case .banned:
            return APIAnswer(
                429,
                .html("<html><title>Access denied | discord.com used Cloudflare to restrict access</title></html>"),
                headers: [("no-via", ""), ("Retry-After", "600")])
        case .limited(let scope, let retryAfter, var headers):
            if scope != .shared { limits.noteRefused(now: now) }
            if scope == .global { headers.append(("X-RateLimit-Global", "true")) }
            headers.append(("X-RateLimit-Scope", scope.rawValue))
            headers.append(("Retry-After", String((retryAfter.milliseconds + 999) / 1000)))
            return APIAnswer(
                429,
                .json([
                    "message": scope == .shared
                        ? "The resource is being rate limited." : "You are being rate limited.",
                    "retry_after": .double(Double(retryAfter.milliseconds) / 1000), "global": .bool(scope == .global),
                ]), headers: headers)
        case .pass(let headers):
            var answer = perform(endpoint, places, request, now: now)
            answer.headers += headers
            return answer
        }
    }

    private mutating func perform(
        _ endpoint: Endpoint, _ places: [String], _ request: APIRequest, now: Instant
    ) -> APIAnswer {
        if ["POST", "PUT"].contains(request.method), request.contentLength == nil {
            return APIAnswer(
                411,
                .html(
                    "<!DOCTYPE html><html lang=en><title>Error 411 (Length Required)!!1</title>"
                        + "<p>POST requests require a <code>Content-length</code> header.</html>"))
        }
        do throws(APIError) {
            if endpoint.needsToken { try checkCaller(request) }
            if (request.contentLength ?? 0) > MessageForm.requestLimit { throw .tooLarge }
            if (request.contentLength ?? 0) > 0, request.method != "GET" { try checkBody(request) }
            return try endpoint.perform(&self, Call(request: request, places: places, now: now))
        } catch {
            return APIAnswer(error.status, .json(error.body))
        }
    }

    private func checkCaller(_ request: APIRequest) throws(APIError) {
        guard request.authorization == "Bot \(token)" else { throw .unauthorized }
        if rules.checksUserAgent, request.userAgent?.hasPrefix("DiscordBot (") != true {
            throw APIError(403, 40333, "internal network error")
        }
    }

    private func checkBody(_ request: APIRequest) throws(APIError) {
        let type = request.contentType.map { String($0.prefix { $0 != ";" }).trimmed.lowercased() } ?? ""
        let known = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]
        guard known.contains(type) else { throw .badContentType }
        if request.isUnreadable { throw .notJSON }
    }
}
