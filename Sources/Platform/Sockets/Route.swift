// Which handler answers which path. A pattern is a path with `{name}` for one segment and `{name...}` for the rest:
// "/channels/{id}/messages", "/static/{path...}".

package struct Route: Sendable {
    enum Action: Sendable {
        /// On the loop's thread: for what costs nothing and waits for nothing.
        case immediate(@Sendable (ServerRequest) -> ServerResponse)
        case handler(@Sendable (ServerRequest) async -> ServerResponse)
        /// On the loop's thread too, but it may wait.
        case quick(@Sendable (ServerRequest) async -> ServerResponse)
        case webSocket(@Sendable (ServerRequest, WebSocket) -> WebSocketHandlers)
    }

    private enum Segment: Sendable {
        case fixed(String)
        case parameter(String)
        case rest(String)
    }

    let method: String
    private let segments: [Segment]
    /// Content types it takes; nil: any.
    let accepts: [String]?
    let maxBody: Int
    /// Of forms only these parts are kept, and `maxBody` is what a part may have.
    private(set) var keptParts: Set<String>?
    let action: Action

    private init(_ method: String, _ pattern: String, accepts: [String]? = nil, maxBody: Int = 0, _ action: Action) {
        self.method = method
        segments = pattern.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { segment in
            guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return .fixed(String(segment)) }
            let name = segment.dropFirst().dropLast()
            return name.hasSuffix("...") ? .rest(String(name.dropLast(3))) : .parameter(String(name))
        }
        self.accepts = accepts
        self.maxBody = maxBody
        self.action = action
    }

    package typealias Handler = @Sendable (ServerRequest) async -> ServerResponse

    /// Answers HEAD too.
    package static func get(_ pattern: String, _ handler: @escaping Handler) -> Route {
        Route("GET", pattern, .handler(handler))
    }
    /// GET, answered on the loop's thread; never with events. A name of its own, for the compiler would take any closure
    /// that happens not to wait for one of these.
    package static func immediate(
        _ pattern: String, _ answer: @escaping @Sendable (ServerRequest) -> ServerResponse
    ) -> Route {
        Route("GET", pattern, .immediate(answer))
    }
    package static func on(
        _ method: String, _ pattern: String, accepts: [String]? = nil, maxBody: Int = 1 << 20,
        _ handler: @escaping Handler
    ) -> Route {
        Route(method, pattern, accepts: accepts, maxBody: maxBody, .handler(handler))
    }
    package static func post(
        _ pattern: String, accepts: [String]? = nil, maxBody: Int = 1 << 20, _ handler: @escaping Handler
    ) -> Route {
        on("POST", pattern, accepts: accepts, maxBody: maxBody, handler)
    }
    /// One that computes next to nothing between its waits: it has the loop's thread, and everybody else waits meanwhile.
    package static func quick(
        _ method: String, _ pattern: String, maxBody: Int = 1 << 20, _ handler: @escaping Handler
    ) -> Route {
        Route(method, pattern, maxBody: maxBody, .quick(handler))
    }
    /// For forms that come with pictures nobody wants: the named parts are kept while the rest passes by
    /// (`ServerRequest.sifted`). A body that is no form is taken whole, as ever.
    /// - Parameter maxBody: of a part, and of a body that is no form
    package static func sifting(
        _ pattern: String, keeping parts: Set<String>, maxBody: Int, _ handler: @escaping Handler
    ) -> Route {
        var route = on("POST", pattern, maxBody: maxBody, handler)
        route.keptParts = parts
        return route
    }
    package static func put(
        _ pattern: String, accepts: [String]? = nil, maxBody: Int = 1 << 20, _ handler: @escaping Handler
    ) -> Route {
        on("PUT", pattern, accepts: accepts, maxBody: maxBody, handler)
    }
    package static func patch(
        _ pattern: String, accepts: [String]? = nil, maxBody: Int = 1 << 20, _ handler: @escaping Handler
    ) -> Route {
        on("PATCH", pattern, accepts: accepts, maxBody: maxBody, handler)
    }
    package static func delete(_ pattern: String, _ handler: @escaping Handler) -> Route {
        on("DELETE", pattern, handler)
    }
    /// `open` runs on the loop's thread; it may send to the socket at once.
    package static func webSocket(
        _ pattern: String, _ open: @escaping @Sendable (ServerRequest, WebSocket) -> WebSocketHandlers
    ) -> Route {
        Route("GET", pattern, .webSocket(open))
    }

    var isQuick: Bool { if case .quick = action { true } else { false } }

    /// Of a form of which most passes by.
    static let longestSifted = 128 << 20

    func longest(_ contentType: String?) -> Int {
        keptParts != nil && contentType == "multipart/form-data" ? Self.longestSifted : maxBody
    }

    var isWebSocket: Bool { if case .webSocket = action { true } else { false } }

    /// A path as it is compared.
    static func parts(_ path: String) -> ArraySlice<Substring> {
        path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    }

    /// The parameters when the path fits.
    func match(_ parts: ArraySlice<Substring>) -> [String: String]? {
        var found: [String: String] = [:]
        var parts = parts
        for segment in segments {
            if case .rest(let name) = segment {
                found[name] = parts.joined(separator: "/")
                return found
            }
            guard let part = parts.popFirst() else { return nil }
            switch segment {
            case .fixed(let text): guard text == part else { return nil }
            case .parameter(let name):
                guard !part.isEmpty else { return nil }
                found[name] = String(part)
            case .rest: break
            }
        }
        return parts.isEmpty ? found : nil
    }
}

/// All routes of a server.
struct RouteTable: Sendable {
    enum Found: Sendable {
        case route(Route, [String: String])
        case wrongMethod(allowed: [String])
        case nothing
    }

    let routes: [Route]

    func find(_ method: String, _ path: String, upgrading: Bool = false) -> Found {
        var allowed: Set<String> = []
        let parts = Route.parts(path)
        for route in routes where route.isWebSocket == upgrading {
            guard let parameters = route.match(parts) else { continue }
            if route.method == method || (route.method == "GET" && method == "HEAD") {
                return .route(route, parameters)
            }
            allowed.insert(route.method)
            if route.method == "GET" { allowed.insert("HEAD") }
        }
        return allowed.isEmpty ? .nothing : .wrongMethod(allowed: allowed.sorted())
    }
}
