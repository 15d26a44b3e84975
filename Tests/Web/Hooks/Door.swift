// A door with a server around it and an inbox behind it, for the tests of hooks.

import Domain
import FoundationEssentials
import HTTP
import HookMill
import Runtime
import Sockets
import Storage
import Synchronization
import Testing

@testable import Web

struct Door {
    let url: String
    let door: HookDoor
    let database: Database
    let inbox: Inbox
    let http: HTTPClient
    let clock: VirtualClock
    let notes: Mutex<[String]>.Box

    static let secret = "a-long-secret-of-nobody"

    static func open(_ body: (Door) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hooks-\(UInt32.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = VirtualClock()
        let database = try await Database.open(path: folder.path + "/db", clock: clock)
        let inbox = Inbox(database)
        let notes = Mutex<[String]>.Box()
        let door = HookDoor(
            secret: Secret(secret),
            source: HookSource(
                indifference: { $0.user.name?.lowercased() == "guest" ? "guest" : nil },
                accept: { key, payload in
                    try await inbox.accept(source: "downloads", key: key, payload: payload) != .duplicate
                }, note: { playback, why in notes.append("\(playback.film.title): \(why)") }), clock: clock,
            log: .silent)
        let loop = try EventLoop(name: "hooks", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: 0, routes: door.routes, headers: HookDoor.headers, limits: HookDoor.limits, log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await body(
                    Door(
                        url: "http://127.0.0.1:\(server.port)", door: door, database: database, inbox: inbox,
                        http: http,
                        clock: clock, notes: notes)))
        } catch { outcome = .failure(error) }
        await http.stop()
        await server.stop()
        await loop.stop()
        await database.close()
        try outcome.get()
    }

    struct Answer: Equatable, CustomStringConvertible {
        var status: Int
        var text: String
        var description: String { "\(status) \(text)" }
    }

    func post(
        _ body: String, to path: String = "/jellyfin/playback", type: String? = "text/plain; charset=utf-8",
        secret: String? = Door.secret, headers: [(name: String, value: String)] = [], method: String = "POST"
    ) async throws -> Answer {
        try await post(Array(body.utf8), to: path, type: type, secret: secret, headers: headers, method: method)
    }

    func post(
        _ body: [UInt8], to path: String = "/jellyfin/playback", type: String? = "text/plain; charset=utf-8",
        secret: String? = Door.secret, headers: [(name: String, value: String)] = [], method: String = "POST"
    ) async throws -> Answer {
        let own = secret.map { [(name: "X-Webhook-Secret", value: $0)] } ?? []
        let response = try await http.send(
            HTTPRequest(
                method, url + path, headers: own + headers,
                body: body.isEmpty ? .empty : .bytes(body, type: type ?? "")))
        return Answer(status: response.status, text: response.text)
    }

    /// A stop with some fields otherwise; nil: left out.
    static func stop(_ changes: KeyValuePairs<String, String?> = [:]) -> String {
        var lines: [(String, String)] = [
            ("NotificationType", "\"PlaybackStop\""), ("UtcTimestamp", "\"2026-01-01T11:59:00.1234567Z\""),
            ("Name", "\"Salt Road\""), ("ItemId", "\"f11a5e00000000000000000000000102\""), ("ItemType", "\"Movie\""),
            ("RunTimeTicks", "78600000000"), ("Year", "2023"), ("Provider_tmdb", "\"990102\""),
            ("Provider_imdb", "\"tt9910102\""), ("PlaybackPositionTicks", "76242000000"),
            ("PlayedToCompletion", "true"), ("NotificationUsername", "\"Robin\""),
            ("UserId", "\"8d2c4f6a1b3e4d5f90a1b2c3d4e5f601\""),
        ]
        for (key, value) in changes {
            lines.removeAll { $0.0 == key }
            if let value { lines.append((key, value)) }
        }
        return "{" + lines.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    var kept: [HookEvent] {
        get async throws {
            var events: [HookEvent] = []
            while let item = try await inbox.next(source: "downloads", now: clock.now) {
                events.append(try JSONDecoder().decode(HookEvent.self, from: Data(item.payload)))
                try await inbox.done(item.id)
            }
            return events
        }
    }

    var playbacks: [Playback] {
        get async throws {
            try await kept.compactMap { if case .playback(let playback) = $0 { playback } else { nil } }
        }
    }
}

extension Mutex where Value == [String] {
    /// Shared between a closure and its test.
    final class Box: Sendable {
        private let lines = Mutex<[String]>([])
        func append(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }
}
