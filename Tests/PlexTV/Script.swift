// A server that answers what the test says, for answers no well-behaved plex.tv would give. The stand-in plays the
// well-behaved one (LiveTests).

import HTTP
import PlexTV
import Runtime
import Sockets
import Synchronization

struct Script {
    struct Asked: Sendable {
        var method: String
        var path: String
        var query: [(name: String, value: String)]
        var token: String?
        var client: String?
        var body: String

        var line: String {
            let fields = query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
            return "\(method) \(path)" + (fields.isEmpty ? "" : "?" + fields)
        }
    }

    final class Journal: Sendable {
        private let entries = Mutex<[Asked]>([])
        var all: [Asked] { entries.withLock { $0 } }
        var lines: [String] { all.map(\.line) }
        /// How many came before this one.
        func append(_ asked: Asked) -> Int {
            entries.withLock { entries in
                entries.append(asked)
                return entries.count - 1
            }
        }
    }

    let tv: PlexTV
    let asked: Journal
    let clock: VirtualClock

    static let token = "a-very-secret-token"

    static func run(
        attempts: Int = 1, _ answer: @escaping @Sendable (Asked, Int) -> ServerResponse,
        _ body: (Script) async throws -> Void
    ) async throws {
        let journal = Journal()
        let handler: Route.Handler = { request in
            let asked = Asked(
                method: request.method, path: request.path, query: request.query,
                token: request.headers["x-plex-token"], client: request.headers["x-plex-client-identifier"],
                body: String(decoding: request.body, as: UTF8.self))
            return answer(asked, journal.append(asked))
        }
        let loop = try EventLoop(name: "script", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: 0, routes: ["GET", "POST", "PUT", "DELETE"].map { .on($0, "/{rest...}", handler) },
            headers: ["X-Plex-Client-Identifier", "X-Plex-Token"], log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let clock = VirtualClock()
        let tv = PlexTV(
            url: "http://127.0.0.1:\(server.port)", token: Secret(token), clientIdentifier: "test-1", version: "1",
            http: http, clock: clock, log: .silent, patience: RetryPolicy(attempts: attempts), chance: { 0 })
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(Script(tv: tv, asked: journal, clock: clock))) } catch {
            outcome = .failure(error)
        }
        await http.stop()
        await server.stop()
        await loop.stop()
        try outcome.get()
    }
}

extension ServerResponse {
    static func xml(_ text: String, status: Int = 200) -> ServerResponse {
        .bytes(Array(text.utf8), type: "application/xml", status: status)
    }
    static func json(_ text: String, status: Int = 200) -> ServerResponse { .json(Array(text.utf8), status: status) }
}

/// What the call throws; nil when it does not.
func failure(_ call: () async throws -> Void) async -> PlexTVError? {
    do { try await call() } catch { return error as? PlexTVError }
    return nil
}
