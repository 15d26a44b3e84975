// A server that answers what the test says, for answers no well-behaved Plex would give. The stand-in plays the
// well-behaved one (LiveTests).

import HTTP
import Plex
import Runtime
import Sockets
import Synchronization

struct Script {
    struct Asked: Sendable {
        var method: String
        var path: String
        var query: [(name: String, value: String)]
        var start: Int?
        var size: Int?
        var token: String?
        var accept: String?

        subscript(name: String) -> String? { query.first { $0.name == name }?.value }
        /// `GET /path?a=b&c=d`, decoded.
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

    let plex: Plex
    let asked: Journal
    let clock: VirtualClock

    static let token = "a-very-secret-token"

    /// `answer` gets the request and how many came before it.
    static func run(
        attempts: Int = 1, pageSize: Int = 3, _ answer: @escaping @Sendable (Asked, Int) -> ServerResponse,
        _ body: (Script) async throws -> Void
    ) async throws {
        let journal = Journal()
        let handler: Route.Handler = { request in
            let asked = Asked(
                method: request.method, path: request.path, query: request.query,
                start: request.headers["x-plex-container-start"].flatMap { Int($0) },
                size: request.headers["x-plex-container-size"].flatMap { Int($0) },
                token: request.headers["x-plex-token"], accept: request.headers["accept"])
            return answer(asked, journal.append(asked))
        }
        let loop = try EventLoop(name: "script", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: 0, routes: ["GET", "POST", "PUT", "DELETE"].map { .on($0, "/{rest...}", handler) },
            headers: ["X-Plex-Container-Start", "X-Plex-Container-Size", "X-Plex-Token"], keepsNewlines: true,
            log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let clock = VirtualClock()
        var plex = Plex(
            url: "http://127.0.0.1:\(server.port)/", token: Secret(token), clientIdentifier: "test-1", version: "1",
            http: http, clock: clock, log: .silent, patience: RetryPolicy(attempts: attempts), chance: { 0 })
        plex.pageSize = pageSize
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(Script(plex: plex, asked: journal, clock: clock))) } catch {
            outcome = .failure(error)
        }
        await http.stop()
        await server.stop()
        await loop.stop()
        try outcome.get()
    }
}

extension ServerResponse {
    /// A container with these attributes and rows, as JSON text.
    static func container(_ attributes: String, _ rows: [String]? = nil, of name: String = "Metadata") -> ServerResponse
    {
        let list = rows.map { "\(attributes.isEmpty ? "" : ",")\"\(name)\":[\($0.joined(separator: ","))]" } ?? ""
        return .json(Array("{\"MediaContainer\":{\(attributes)\(list)}}".utf8))
    }

    /// One page of these tracks, as a well-behaved server gives it.
    static func page(of keys: [Int], _ asked: Script.Asked) -> ServerResponse {
        let start = min(asked.start ?? 0, keys.count)
        let rows = keys[start...].prefix(asked.size ?? keys.count)
        return .container(
            "\"size\":\(rows.count),\"offset\":\(start),\"totalSize\":\(keys.count)", rows.map { track($0) })
    }

    static func track(_ key: Int, _ more: String = "") -> String {
        "{\"ratingKey\":\"\(key)\",\"type\":\"track\",\"title\":\"Track \(key)\"\(more.isEmpty ? "" : "," + more)}"
    }
}

/// What the call throws; nil when it does not.
func failure(_ call: () async throws -> Void) async -> PlexError? {
    do { try await call() } catch { return error as? PlexError }
    return nil
}
