// A client and the stand-in it asks over a real socket, both on one clock that the test moves.

import HTTP
import MusicBrainz
import Runtime
import Sockets
import StandIns
import Synchronization
import Testing

typealias Known = MusicBrainzCatalogue.Known
typealias People = MusicBrainzCatalogue.People

struct Archive: Sendable {
    let standIn: MusicBrainzStandIn
    let client: MusicBrainzClient
    let http: HTTPClient
    let clock: VirtualClock
    let lines: Lines

    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func append(_ line: String) { lines.withLock { $0.append(line) } }
        var text: String { lines.withLock { $0.joined(separator: "\n") } }
    }

    static func open(
        userAgent: String = "Autoplex/test ( robin@example.org )", pause: Duration = .milliseconds(1100),
        rules: MusicBrainzRules = .standard, cache: AnswerCache = .none, _ body: (Archive) async throws -> Void
    ) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "stand-in", log: .silent)
        let standIn = try await MusicBrainzStandIn.start(loop: loop, clock: clock, rules: rules)
        let http = try HTTPClient(userAgent: "nobody")
        let lines = Lines()
        let client = MusicBrainzClient(
            address: standIn.url, userAgent: userAgent, pause: pause, http: http, clock: clock,
            log: Log(level: .debug, clock: clock, write: { lines.append($0) }), cache: cache)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await body(Archive(standIn: standIn, client: client, http: http, clock: clock, lines: lines)))
        } catch {
            outcome = .failure(error)
        }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    /// The work, with the clock moved on whenever somebody sleeps on it.
    func moving<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask { [clock] in
                while !Task.isCancelled {
                    await clock.sleepers(atLeast: 1)
                    if !Task.isCancelled { await clock.advanceToNext() }
                }
                return nil
            }
            defer { group.cancelAll() }
            let first = try await group.next()
            return try #require(first ?? nil)
        }
    }

    /// What the question throws; nil when it does not.
    func failure<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async -> MusicBrainzError? {
        do { _ = try await moving(work) } catch { return error as? MusicBrainzError }
        return nil
    }

    var asked: [RecordEntry] { standIn.requests.entries }
    /// From one request's start to the next.
    var gaps: [Duration] { zip(asked.dropFirst(), asked).map { $0.at - $1.at } }

    static func mbid(_ text: String) throws -> MBID { try #require(MBID(text)) }
}

/// A cache that only lasts as long as the test.
final class Shelf: Sendable {
    private let kept = Mutex<[String: [UInt8]]>([:])
    private let spans = Mutex<[Duration]>([])

    var cache: AnswerCache {
        AnswerCache(
            get: { [self] url in kept.withLock { $0[url] } },
            put: { [self] url, body, span in
                kept.withLock { $0[url] = body }
                spans.withLock { $0.append(span) }
            })
    }
    var keptFor: [Duration] { spans.withLock { $0 } }
    func spoil() { kept.withLock { kept in for url in kept.keys { kept[url] = Array("{\"id\":".utf8) } } }
}
