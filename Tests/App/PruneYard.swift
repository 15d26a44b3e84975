// A household with everything prune asks about it, and the questions.

import Crypto
import Domain
import FoundationEssentials
import HTTP
import History
import People
import Plex
import PlexTV
import Prune
import Runtime
import Sockets
import StandIns
import Storage
import Synchronization
import Tautulli
import Testing

@testable import App

struct PruneYard {
    let household: Household
    let plex: PlexStandIn
    let plexTV: PlexTVStandIn
    let tautulli: TautulliStandIn
    let clock: VirtualClock
    let outside: PruneOutside
    let sources: PruneSources
    let stopFile: String
    let http: HTTPClient

    /// As the owner does in Tautulli.
    func tell(_ command: String, user: Int) async throws {
        let query = "apikey=\(tautulli.apiKey)&cmd=\(command)&user_id=\(user)"
        let answer = try await http.send(HTTPRequest("GET", "\(tautulli.url)/api/v2?\(query)"))
        #expect(answer.status == 200)
    }

    func read<Value: Sendable>(_ body: (HouseholdWorld) -> Value) -> Value { household.read(body) }

    /// What a question comes to when every pause in it is skipped.
    func hurried<Value>(_ question: () async throws -> Value) async rethrows -> Value {
        let mover = Task { [clock] in
            while !Task.isCancelled {
                await clock.sleepers(atLeast: 1)
                await clock.advance(by: .seconds(40))
            }
        }
        defer { mover.cancel() }
        return try await question()
    }

    static func open(_ story: (PruneYard) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/prune-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = VirtualClock()
        let loop = try EventLoop(name: "household", log: .silent)
        let household = Household(.small(now: clock.now))
        let plexStandIn = try await PlexStandIn.start(loop: loop, clock: clock, household: household)
        let tvStandIn = try await PlexTVStandIn.start(
            loop: loop, clock: clock, household: household, plex: plexStandIn.url)
        let tautulliStandIn = try await TautulliStandIn.start(loop: loop, clock: clock, household: household)
        let http = try HTTPClient(userAgent: "test")
        let database = try await Database.open(path: folder + "/a.db", clock: clock, schemas: [.people, .history])
        let once = RetryPolicy(attempts: 1)
        let plex = Plex(
            url: plexStandIn.url, token: Secret(plexStandIn.token), clientIdentifier: "test-1", version: "1",
            http: http, clock: clock, log: .silent, patience: once)
        let plexTV = PlexTV(
            url: tvStandIn.url, token: Secret(tvStandIn.token), clientIdentifier: "test-1", version: "1", http: http,
            clock: clock, log: .silent, patience: once)
        let tautulli = Tautulli(
            url: tautulliStandIn.url, apiKey: Secret(tautulliStandIn.apiKey), http: http, clock: clock, log: .silent,
            chance: { 0 })
        let people = People(database, key: .random())
        let outside = PruneOutside(
            plex: plex, plexTV: plexTV, tautulli: tautulli, history: History(database, tautulli: tautulli),
            people: people,
            scan: PeopleScan(people: people, plex: plex, plexTV: plexTV, tautulli: tautulli, clock: clock),
            clock: clock)
        let stopFile = folder + "/prune.stop"
        let yard = PruneYard(
            household: household, plex: plexStandIn, plexTV: tvStandIn, tautulli: tautulliStandIn, clock: clock,
            outside: outside,
            sources: outside.sources(stopFile: stopFile) { _ in .unknown(why: "no Discord here") }, stopFile: stopFile,
            http: http)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await story(yard)) } catch { outcome = .failure(error) }
        await database.close()
        await http.stop()
        await tautulliStandIn.stop()
        await tvStandIn.stop()
        await plexStandIn.stop()
        await loop.stop()
        try outcome.get()
    }
}

final class Box<Value: Sendable>: Sendable {
    private let content: Mutex<Value>
    init(_ value: Value) { content = Mutex(value) }
    var value: Value { content.withLock { $0 } }
    func set(_ value: Value) { content.withLock { $0 = value } }
}
