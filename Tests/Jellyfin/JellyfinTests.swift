// The client of Jellyfin against its stand-in.

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@testable import Jellyfin

@Suite(.timeLimit(.minutes(1))) struct JellyfinTests {
    typealias Ids = HouseholdWorld.JellyfinPeople

    struct House {
        let jellyfin: Jellyfin
        let standIn: JellyfinStandIn
        let clock: VirtualClock
        let http: HTTPClient

        func client(key: String? = nil, url: String? = nil) -> Jellyfin {
            Jellyfin(
                url: url ?? standIn.url, apiKey: Secret(key ?? standIn.apiKey),
                identity: JellyfinIdentity(deviceID: "test, \"1\"", version: "1"), http: http, clock: clock,
                log: .silent, patience: RetryPolicy(attempts: 1))
        }
    }

    static func with(_ body: (House) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "jellyfin", log: .silent)
        let standIn = try await JellyfinStandIn.start(
            loop: loop, clock: clock, household: Household(.small(now: clock.now)))
        let http = try HTTPClient(userAgent: "test")
        let jellyfin = Jellyfin(
            url: standIn.url + "/", apiKey: Secret(standIn.apiKey),
            identity: JellyfinIdentity(deviceID: "test, \"1\"", version: "1"), http: http, clock: clock, log: .silent,
            patience: RetryPolicy(attempts: 1))
        let house = House(jellyfin: jellyfin, standIn: standIn, clock: clock, http: http)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(house)) } catch { outcome = .failure(error) }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    /// What a call throws; nil: nothing.
    static func error(_ body: () async throws -> Void) async -> JellyfinError? {
        do { try await body() } catch { return error as? JellyfinError }
        return nil
    }

    @Test func `it says which server it is`() async throws {
        try await Self.with { house in
            let server = try await house.jellyfin.systemInfo()
            #expect(server.name == "Household's Jellyfin" && server.version == "10.11.5" && server.id.count == 32)
        }
    }

    @Test func `everybody with an account is told, also who is hidden or disabled`() async throws {
        try await Self.with { house in
            let users = try await house.jellyfin.users()
            #expect(users.map(\.name) == ["Ann", "Ines", "Kit", "Robin", "tanner"])
            #expect(users.filter(\.isDisabled).map(\.id) == [Ids.kit])
            #expect(users.filter(\.isAdministrator).map(\.id) == [Ids.robin])
            #expect(users[0].lastActivity == house.clock.now - .days(1) && users[4].lastActivity == nil)
            #expect(users[0].hasPassword == true)
            await house.standIn.changeRules { $0.tellsOfPasswords = false }
            let newer = try await house.jellyfin.users()
            #expect(newer[0].hasPassword == nil)
        }
    }

    @Test func `who we are reaches the server whole, and the key only where it is needed`() async throws {
        try await Self.with { house in
            _ = try await house.jellyfin.users()
            _ = try await house.jellyfin.initiateQuickConnect()
            let asked = house.standIn.requests.entries
            #expect(asked.map(\.deviceID) == ["test, \"1\"", "test, \"1\""])
            #expect(asked.map(\.client) == ["Autoplex", "Autoplex"])
            #expect(asked.map(\.hasToken) == [true, false])
        }
    }

    @Test func `a wrong key is told from a server that is not there`() async throws {
        try await Self.with { house in
            let wrong = await Self.error { _ = try await house.client(key: "wrong").users() }
            #expect(wrong == .rejectedKey && wrong.map { "\($0)".contains("JELLYFIN_API_KEY") } == true)
            let nobody = await Self.error { _ = try await house.client(url: "http://127.0.0.1:1").users() }
            guard case .unreachable = nobody else { Issue.record("\(String(describing: nobody))"); return }
        }
    }

    static let badDays: [(HTTPFault, JellyfinError)] = [
        (.status(403, .null), .forbidden("the users")), (.status(404, .null), .notFound("the users")),
        (.status(400, .null), .invalid("the users")), (.status(503, .null), .busy(status: 503)),
        (.html502, .busy(status: 502)),
        (
            .status(302, .null),
            .refused(status: 302, "the users: it points elsewhere, check JELLYFIN_URL and its base path")
        ),
        (.garbage, .unreadable("the users: a web page instead of JSON")),
        (.status(200, []), .unreadable("the users: nobody, where there is always an administrator")),
        (
            .status(200, [["Id": "8d2c4f6a1b3e4d5f90a1b2c3d4e5f601"]]),
            .unreadable("the users: not the JSON it should be")
        ),
        (.status(200, ["Users": []]), .unreadable("the users: not the JSON it should be")),
    ]

    @Test(arguments: badDays.indices) func `a bad answer is never an empty list`(_ index: Int) async throws {
        try await Self.with { house in
            let (fault, expected) = Self.badDays[index]
            await house.standIn.fail("GET /Users", with: fault)
            let error = await Self.error { _ = try await house.jellyfin.users() }
            #expect(error == expected)
        }
    }

    @Test func `ids are one text however they are written, and odd forms are read`() async throws {
        try await Self.with { house in
            await house.standIn.fail(
                "GET /Users",
                with: .status(
                    200,
                    [
                        [
                            "Id": "8D2C4F6A-1B3E-4D5F-90A1-B2C3D4E5F601", "Name": "Robin",
                            "Policy": ["IsAdministrator": "True", "IsDisabled": 0], "LastActivityDate": "nonsense",
                        ]
                    ]))
            let users = try await house.jellyfin.users()
            #expect(users == [JellyfinUser(id: Ids.robin, name: "Robin", isAdministrator: true)])
        }
    }

    // MARK: Quick Connect

    @Test func `a code typed elsewhere says who typed it, and nothing stays behind`() async throws {
        try await Self.with { house in
            let isOn = try await house.jellyfin.isQuickConnectEnabled()
            #expect(isOn)
            let begun = try await house.jellyfin.initiateQuickConnect()
            #expect(begun.code.count == 6 && begun.expiresAt == house.clock.now + .minutes(10))
            let early = try await house.jellyfin.state(ofQuickConnect: begun.secret)
            #expect(early == .waiting)
            let tooEarly = await Self.error { _ = try await house.jellyfin.signIn(withQuickConnect: begun.secret) }
            #expect(tooEarly == .notFound("the sign-in by Quick Connect"))
            await house.standIn.approve(code: begun.code, as: Ids.ines)
            let later = try await house.jellyfin.state(ofQuickConnect: begun.secret)
            #expect(later == .approved)
            let session = try await house.jellyfin.signIn(withQuickConnect: begun.secret)
            #expect(session.user.id == Ids.ines && session.user.name == "Ines")
            #expect(house.standIn.signedIn == [Ids.ines])
            let theirs = house.jellyfin.acting(as: session.token)
            try await theirs.signOut()
            #expect(house.standIn.signedIn.isEmpty)
            // Twice is as good as once.
            try await theirs.signOut()
        }
    }

    @Test func `a code runs out`() async throws {
        try await Self.with { house in
            let begun = try await house.jellyfin.initiateQuickConnect()
            await house.clock.advance(by: .minutes(10) + .seconds(1))
            let state = try await house.jellyfin.state(ofQuickConnect: begun.secret)
            #expect(state == .expired)
        }
    }

    @Test func `Quick Connect that is switched off is not a wrong key`() async throws {
        try await Self.with { house in
            let begun = try await house.jellyfin.initiateQuickConnect()
            await house.standIn.changeRules { $0.hasQuickConnect = false }
            let isOn = try await house.jellyfin.isQuickConnectEnabled()
            #expect(!isOn)
            let errors = [
                await Self.error { _ = try await house.jellyfin.initiateQuickConnect() },
                await Self.error { _ = try await house.jellyfin.state(ofQuickConnect: begun.secret) },
                await Self.error { _ = try await house.jellyfin.signIn(withQuickConnect: begun.secret) },
            ]
            #expect(errors == [.quickConnectIsOff, .quickConnectIsOff, .quickConnectIsOff])
        }
    }

    @Test func `no error tells a key or a secret`() async throws {
        try await Self.with { house in
            let begun = try await house.jellyfin.initiateQuickConnect()
            for fault: HTTPFault in [.html502, .refuse, .truncated, .garbage, .status(500, .null)] {
                await house.standIn.fail(with: fault, times: 2)
                let error = await Self.error { _ = try await house.jellyfin.state(ofQuickConnect: begun.secret) }
                await house.standIn.endFaults()
                #expect(error != nil && !"\(String(describing: error))".contains(begun.secret.reveal()))
            }
        }
    }
}
