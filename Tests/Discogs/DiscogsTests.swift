// The client over real connections to the stand-in, both on one clock.

@testable import Discogs
import HTTP
import Runtime
import Sockets
import StandIns
import Synchronization
import Testing

typealias Known = DiscogsCatalogue.Known

struct Crate: Sendable {
    let standIn: DiscogsStandIn
    let client: DiscogsClient
    let clock: VirtualClock

    static func open(token: String?? = .none, _ body: (Crate) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "stand-in", log: .silent)
        let standIn = try await DiscogsStandIn.start(loop: loop, clock: clock)
        let http = try HTTPClient(userAgent: "nobody")
        let token: String? =
            switch token {
            case .none: standIn.token
            case .some(let given): given
            }
        let client = DiscogsClient(
            address: standIn.url, userAgent: "Autoplex/test", token: token.map { Secret($0) }, http: http, clock: clock,
            log: .silent)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(Crate(standIn: standIn, client: client, clock: clock))) } catch {
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
                    if !Task.isCancelled { await clock.advance(by: .seconds(1)) }
                }
                return nil
            }
            defer { group.cancelAll() }
            let first = try await group.next()
            return try #require(first ?? nil)
        }
    }

    func failure<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async -> DiscogsError? {
        do { _ = try await moving(work) } catch { return error as? DiscogsError }
        return nil
    }

    var asked: [RecordEntry] { standIn.requests.entries }
}

@Suite(.timeLimit(.minutes(1))) struct `Discogs` {
    @Test func `finds a release by artist and title`() async throws {
        try await Crate.open { crate in
            let hits = try await crate.client.search(artist: "Mira Solen", title: "Room with No Clock")
            #expect(hits.map(\.id) == [Known.roomWithNoClock])
            #expect(hits.first?.artist == "Mira Solen")
            #expect(hits.first?.title == "Room with No Clock")
            #expect(hits.first?.year == 2018)
            let nothing = try await crate.client.search(artist: "Mira Solen", title: "Nothing & Everything + 1")
            #expect(nothing == [])
            #expect(crate.asked.last?.queryValue("release_title") == "Nothing & Everything + 1")
        }
    }

    @Test func `brings a release with its tracks and credits`() async throws {
        try await Crate.open { crate in
            let release = try await crate.client.release(Known.tideTables)
            #expect(release.title == "Tide Tables")
            #expect(release.artists.map(\.name) == ["Mira Solen"])
            // Headings are no tracks.
            #expect(release.tracks.map(\.position) == ["A1", "A2", "A3", "B1", "B2"])
            #expect(release.tracks[0].milliseconds == 221_000)
            #expect(release.tracks[3].credits.map(\.name) == ["Ivo Lindqvist"])
            let credits = release.credits
            #expect(credits.map(\.name) == ["Mira Solen", "The Brown", "Uncle Fen", "Ada Quill", "Selma Ferro"])
            #expect(credits[0].roles.map(\.name) == ["Vocals", "Acoustic Guitar", "Written-By"])
            #expect(credits[2].id == nil)
            #expect(credits[4].printedAs == "S. Ferro")
            #expect(release.tracks(of: credits[0]) == nil)
            #expect(release.tracks(of: credits[1]) == [0, 1, 2])
            #expect(release.tracks(of: credits[2]) == [1, 4])
        }
    }

    @Test func `walks the parts of a suite and takes null for no credits`() async throws {
        try await Crate.open { crate in
            let suite = try await crate.client.release(Known.roomWithNoClock)
            #expect(suite.tracks.map(\.position) == ["1", "2", "3", "4", "5", "6"])
            #expect(suite.tracks(of: suite.credits[2]) == [1, 3, 4, 5])
            let bare = try await crate.client.release(Known.signalsNoise)
            #expect(bare.credits == [])
        }
    }

    @Test func `sends the token in a header only`() async throws {
        try await Crate.open { crate in
            _ = try await crate.client.search(artist: "x", title: "y")
            #expect(crate.asked[0].authorization == "Discogs token=\(crate.standIn.token)")
            #expect(crate.asked[0].queryValue("token") == nil)
            #expect(crate.asked[0].userAgent == "Autoplex/test")
        }
    }

    @Test func `searches with a token only, and says so`() async throws {
        try await Crate.open(token: .some(nil)) { crate in
            let failure = await crate.failure { try await crate.client.search(artist: "x", title: "y") }
            #expect(failure == .needsToken)
            #expect("\(DiscogsError.needsToken)".contains("DISCOGS_TOKEN"))
            let release = try await crate.client.release(Known.tideTables)
            #expect(release.title == "Tide Tables")
        }
        try await Crate.open(token: "wrong") { crate in
            let failure = await crate.failure { try await crate.client.release(Known.tideTables) }
            #expect(failure == .badToken)
        }
    }

    @Test func `stays within what it is allowed`() async throws {
        try await Crate.open(token: .some(nil)) { crate in
            try await crate.moving {
                for _ in 1...60 { _ = try await crate.client.release(Known.signalsNoise, isFresh: true) }
            }
            #expect(crate.asked.count == 60)
            #expect(crate.asked.allSatisfy { $0.status == 200 })
            let starts = crate.asked.map(\.at)
            #expect(zip(starts.dropFirst(25), starts).allSatisfy { $0 - $1 >= .seconds(60) })
        }
    }

    @Test func `obeys the headers when others spend from the same allowance`() async throws {
        try await Crate.open { crate in
            await crate.standIn.spend(58)
            try await crate.moving {
                for _ in 1...4 { _ = try await crate.client.release(Known.signalsNoise, isFresh: true) }
            }
            #expect(crate.asked.map(\.status) == [200, 200, 200, 200])
            #expect(crate.asked[2].at - crate.asked[1].at >= .seconds(59))
        }
    }

    @Test func `waits out a 429`() async throws {
        try await Crate.open { crate in
            await crate.standIn.fail(with: .status(429, ["message": "You are making requests too quickly."]))
            let release = try await crate.moving { try await crate.client.release(Known.tideTables) }
            #expect(release.title == "Tide Tables")
            #expect(crate.asked.map(\.status) == [429, 200])
            #expect(crate.asked[1].at - crate.asked[0].at >= .seconds(60))
        }
    }

    @Test(arguments: [HTTPFault.html502, .garbage, .truncated, .refuse])
    func `asks again on a bad day`(fault: HTTPFault) async throws {
        try await Crate.open { crate in
            await crate.standIn.fail(with: fault)
            let release = try await crate.moving { try await crate.client.release(Known.tideTables) }
            #expect(release.title == "Tide Tables")
        }
    }

    @Test func `takes pages for trouble and a missing release for a no`() async throws {
        try await Crate.open { crate in
            await crate.standIn.fail(with: .garbage, times: 3)
            let failure = await crate.failure { try await crate.client.release(Known.tideTables) }
            guard case .unreadable = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
            #expect(crate.asked.count == 3)
            let missing = await crate.failure { try await crate.client.release(1) }
            #expect(missing == .notFound("release 1"))
            #expect(crate.asked.count == 4)
        }
    }
}

@Suite struct `The allowance` {
    @Test func `is kept even when no answer says how much is left`() {
        var allowance = DiscogsAllowance(limit: 2)
        for second in [0, 10] {
            #expect(allowance.wait(now: .seconds(second)) == .zero)
            allowance.started(now: .seconds(second))
        }
        #expect(allowance.wait(now: .seconds(20)) == .seconds(40))
        #expect(allowance.wait(now: .seconds(60)) == .zero)
        allowance.started(now: .seconds(60))
        #expect(allowance.wait(now: .seconds(61)) == .seconds(9))
    }

    @Test func `is what the answers say it is`() {
        var allowance = DiscogsAllowance(limit: 60)
        allowance.started(now: .zero)
        allowance.heard(limit: 1, remaining: 5, now: .seconds(1))
        #expect(allowance.wait(now: .seconds(1)) == .seconds(59))
    }
}

@Suite struct `The text of credits` {
    @Test(arguments: [
        ("Bass [Double Bass, Electric], Vocals", ["Bass", "Vocals"]), ("Drums", ["Drums"]), ("", []),
        ("Written-By, Producer [All Tracks, Except [3, 4]], Piano", ["Written-By", "Producer", "Piano"]),
        (" , Flute,, ", ["Flute"]), ("Guitar [never closed, Bass", ["Guitar"]),
        ("Odd] Role, Bells", ["Odd] Role", "Bells"]),
    ])
    func `parts roles outside brackets`(text: String, names: [String]) {
        #expect(DiscogsRole.all(in: text).map(\.name) == names)
    }

    @Test func `keeps the remark`() {
        #expect(
            DiscogsRole.all(in: "Bass [Double Bass, Electric]") == [
                DiscogsRole("Bass", detail: "Double Bass, Electric")
            ])
    }

    @Test(arguments: [
        ("A1, A3 to A5", Set([0, 2, 3, 4])), ("a1", Set([0])), ("A2-A4", Set([1, 2, 3])), ("B1 - A1", nil),
        ("", nil), ("all", nil), ("A5 to B1", Set([4, 5])), ("Z9, A1", Set([0])),
    ])
    func `expands ranges of tracks in their listed order`(text: String, expected: Set<Int>?) {
        #expect(TrackRange.indices(text, among: ["A1", "A2", "A3", "A4", "A5", "B1"]) == expected)
    }

    @Test func `knows positions that hold a dash`() {
        #expect(TrackRange.indices("1-02, 2-01", among: ["1-01", "1-02", "2-01"]) == [1, 2])
    }

    @Test(arguments: [
        ("Brown, The (2)", "The Brown"), ("Persuader, The", "The Persuader"), ("Care Company (2)", "Care Company"),
        ("Sunn O)))", "Sunn O)))"), ("(3)", "(3)"), ("Max (Drums)", "Max (Drums)"), ("  Ann   Lee ", "Ann Lee"),
    ])
    func `takes off what only tells namesakes apart`(name: String, expected: String) {
        #expect(DiscogsName.plain(name) == expected)
    }
}
