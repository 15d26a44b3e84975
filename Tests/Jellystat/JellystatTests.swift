// The client of Jellystat against its stand-in, and what rows come to.

import Domain
import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@testable import Jellystat

@Suite(.timeLimit(.minutes(1))) struct JellystatTests {
    typealias Films = HouseholdWorld.Films
    typealias People = HouseholdWorld.JellyfinPeople

    static func with(
        key: String? = nil, _ body: (Jellystat, JellystatStandIn, VirtualClock) async throws -> Void
    ) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "jellystat", log: .silent)
        let standIn = try await JellystatStandIn.start(
            loop: loop, clock: clock, household: Household(.small(now: clock.now)))
        let http = try HTTPClient(userAgent: "test")
        let jellystat = Jellystat(
            url: standIn.url, apiKey: Secret(key ?? standIn.apiKey), http: http, clock: clock, log: .silent,
            patience: RetryPolicy(attempts: 1))
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(jellystat, standIn, clock)) } catch { outcome = .failure(error) }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    static func error(_ body: () async throws -> Void) async -> JellystatError? {
        do { try await body() } catch { return error as? JellystatError }
        return nil
    }

    @Test(arguments: [false, true])
    func `a film's rows are told since a moment, by old and new`(isOld: Bool) async throws {
        try await Self.with { jellystat, standIn, clock in
            await standIn.changeRules { $0.isOld = isOld }
            let film = try #require(standIn.household.read { $0.film(titled: Films.poor) })
            let all = try await jellystat.history(item: film.jellyfinID, since: clock.now - .days(90))
            #expect(all.rows.map(\.userName) == ["Ann", "Robin"] && all.rows[0].played == .seconds(film.minutes * 59))
            let late = try await jellystat.history(item: film.jellyfinID, since: clock.now - .days(15))
            #expect(late.rows.count == 1)
            #expect(all.rows(of: .init(id: People.robin, name: "somebody else")).count == 1)
            #expect(all.rows(of: .init(id: nil, name: "ANN")).count == 1)
            try await jellystat.check()
        }
    }

    @Test func `many pages are one history`() async throws {
        try await Self.with { jellystat, standIn, clock in
            let film = try #require(standIn.household.read { $0.film(titled: Films.classic) })
            standIn.household.change { world in
                for number in 0..<250 {
                    world.addFilmPlay(
                        of: film.jellyfinID, by: People.robin, ended: clock.now - .hours(Int64(number + 1)), seconds: 60
                    )
                }
            }
            let all = try await jellystat.history(item: film.jellyfinID, since: clock.now - .days(90))
            #expect(all.rows.count == 250 && standIn.requests.entries.count == 3)
            #expect(all.rows.first?.ended == clock.now - .hours(1))
        }
    }

    @Test func `each refusal is told by what can be done about it`() async throws {
        try await Self.with(key: "wrong") { jellystat, standIn, clock in
            #expect(await Self.error { try await jellystat.check() } == .rejectedKey("Invalid API key"))
            await standIn.changeRules { $0.apiKey = nil }
            #expect(await Self.error { try await jellystat.check() } == .rejectedKey("no key has been made yet"))
        }
        try await Self.with { jellystat, standIn, _ in
            for (fault, check) in [
                (HTTPFault.status(503, .null), { $0 == .busy(status: 503) }),
                (.garbage, { if case .unreadable = $0 { true } else { false } }),
                (.refuse, { if case .unreachable = $0 { true } else { false } }),
                (.status(200, ["rows": []]), { if case .unreadable = $0 { true } else { false } }),
                (.status(404, ["error": "Not Found"]), { if case .wrongAddress = $0 { true } else { false } }),
            ] as [(HTTPFault, (JellystatError?) -> Bool)] {
                // Twice: on a line that was in use libcurl itself asks once more.
                await standIn.fail(with: fault, times: 2)
                let error = await Self.error { try await jellystat.check() }
                await standIn.endFaults()
                #expect(check(error), "\(String(describing: error))")
            }
        }
    }

    // MARK: Counting

    static func row(_ seconds: Int, endedMinutesAgo minutes: Int64, episode: String? = nil) -> JellystatRow {
        JellystatRow(
            id: "\(minutes)", userID: People.robin, userName: "Robin", itemID: "x", episodeID: episode,
            played: .seconds(seconds), ended: now - .minutes(minutes), client: "", device: "")
    }
    static let now = Instant(seconds: 1_767_268_800)

    @Test func `a film seen in two sittings is seen once`() {
        let count = { (rows: [JellystatRow]) in
            JellystatCount.watches(rows, runtime: .minutes(100), before: Self.now).count
        }
        #expect(count([Self.row(5_400, endedMinutesAgo: 60)]) == 1)
        #expect(count([Self.row(5_399, endedMinutesAgo: 60)]) == 0)
        #expect(count([Self.row(3_000, endedMinutesAgo: 900), Self.row(2_400, endedMinutesAgo: 60)]) == 1)
        #expect(count([Self.row(3_000, endedMinutesAgo: 900), Self.row(2_000, endedMinutesAgo: 60)]) == 0)
        #expect(count([Self.row(6_000, endedMinutesAgo: 900), Self.row(6_000, endedMinutesAgo: 60)]) == 2)
    }

    @Test func `the event that asks is not one before it, and an episode is no film`() {
        let rows = [Self.row(6_000, endedMinutesAgo: 1), Self.row(6_000, endedMinutesAgo: 60, episode: "e")]
        #expect(JellystatCount.watches(rows, runtime: .minutes(100), before: Self.now) == [])
        #expect(JellystatCount.watches([Self.row(6_000, endedMinutesAgo: 60)], runtime: .zero, before: Self.now) == [])
    }
}
