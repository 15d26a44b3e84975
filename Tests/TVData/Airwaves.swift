// Both catalogues and both clients over real connections, all on one clock.

import HTTP
import Runtime
import Sockets
import StandIns
import Synchronization
import Testing

@testable import TVData

typealias Known = Television.Known

struct Airwaves: Sendable {
    let tmdbStandIn: TMDBStandIn
    let tvmazeStandIn: TVmazeStandIn
    let tmdb: TMDB
    let tvmaze: TVmaze
    let clock: VirtualClock
    let told: Told

    /// All that was written into the log.
    final class Told: Sendable {
        private let lines = Mutex<[String]>([])
        var text: String { lines.withLock { $0.joined(separator: "\n") } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    static func open(
        key: (TMDBStandIn) -> String = { $0.apiKey }, cache: AnswerCache = .none,
        _ body: (Airwaves) async throws -> Void
    ) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "stand-in", log: .silent)
        let television = Television.standard(of: .small(now: clock.now), now: clock.now)
        let tmdb = try await TMDBStandIn.start(loop: loop, clock: clock, television: television)
        let tvmaze = try await TVmazeStandIn.start(loop: loop, clock: clock, television: television)
        let http = try HTTPClient(userAgent: "Autoplex/test")
        let told = Told()
        let log = Log(level: .debug) { told.add($0) }
        let waves = Airwaves(
            tmdbStandIn: tmdb, tvmazeStandIn: tvmaze,
            tmdb: TMDB(address: tmdb.url, key: Secret(key(tmdb)), http: http, clock: clock, log: log, cache: cache),
            tvmaze: TVmaze(address: tvmaze.url, http: http, clock: clock, log: log, cache: cache), clock: clock,
            told: told)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(waves)) } catch { outcome = .failure(error) }
        await http.stop()
        await tmdb.stop()
        await tvmaze.stop()
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
                    if !Task.isCancelled { await clock.advance(by: .milliseconds(250)) }
                }
                return nil
            }
            defer { group.cancelAll() }
            let first = try await group.next()
            return try #require(first ?? nil)
        }
    }

    func failure<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async -> TVDataError.Trouble? {
        do { _ = try await moving(work) } catch { return (error as? TVDataError)?.trouble }
        return nil
    }
}
