// What may go wrong with Tautulli, and the sentence for whoever must act; the key is in none of them.

import HTTP
import Runtime
import StandIns
import Tautulli
import Testing

private typealias People = HouseholdWorld.People

@Suite(.timeLimit(.minutes(1))) struct `Trouble with Tautulli` {
    @Test func `a wrong key says which setting to check`() async throws {
        try await House.open(key: "0123456789abcdef0123456789abcdef") { house in
            let error = await #expect(throws: TautulliError.self) { try await house.tautulli.ping() }
            #expect(error?.description == "Tautulli answered 400 Invalid apikey: check TAUTULLI_API_KEY")
            // Asked once: another try would be as wrong.
            #expect(house.asked == ["arnold"])
        }
    }

    @Test func `a wrong root is a wrong address`() async throws {
        var rules = TautulliRules.standard
        rules.httpRoot = "/tautulli"
        try await House.open(rules: rules, path: "/elsewhere") { house in
            let error = await #expect(throws: TautulliError.self) { _ = try await house.tautulli.users() }
            guard case .wrongAddress = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.description.contains("TAUTULLI_URL") == true)
        }
    }

    @Test func `a root is kept, a slash at its end forgiven`() async throws {
        var rules = TautulliRules.standard
        rules.httpRoot = "/tautulli"
        try await House.open(rules: rules, path: "/") { house in try await house.tautulli.ping() }
    }

    @Test func `an API that is switched off says where to switch it on`() async throws {
        var rules = TautulliRules.standard
        rules.isAPIOn = false
        try await House.open(rules: rules) { house in
            let error = await #expect(throws: TautulliError.self) { try await house.tautulli.ping() }
            #expect(error == .refused("API not enabled"))
            #expect(error?.description.contains("Web Interface") == true)
        }
    }

    static let answers: [(status: Int, body: String, error: TautulliError)] = [
        (500, #"{"response":{"result":"error","message":"Check the logs for errors","data":{}}}"#, .crashed),
        (
            400, #"{"response":{"result":"error","message":null,"data":{}}}"#,
            .refused("the command, without saying why")
        ),
        (401, #"{"response":{"result":"error","message":"Invalid apikey","data":{}}}"#, .rejectedKey("Invalid apikey")),
        (
            200, #"{"response":{"result":"error","message":"Please use the /api/v2 endpoint.","data":{}}}"#,
            .refused("Please use the /api/v2 endpoint.")
        ),
        (200, "<html>Welcome</html>", .wrongAddress("what answers at that address is not Tautulli's API")),
        (302, "", .wrongAddress("that address only points elsewhere (302)")),
        (404, "<html></html>", .wrongAddress("there is no Tautulli API at that address (404)")),
        (200, #"{"response":{"result":"success","message":null,"data":{"yes":1}}}"#, .unreadable("get_users")),
        (200, #"{"response":{"result":"succ"#, .unreadable("get_users")),
        (200, #"{"response":{"result":"success","message":null,"data":[]}}"#, .crashed),
    ]

    @Test(arguments: answers.indices)
    func `is told by its kind`(index: Int) async throws {
        let answer = Self.answers[index]
        try await hearing(answer.status, answer.body) { tautulli in
            await #expect(throws: answer.error) { _ = try await tautulli.users() }
        }
    }

    @Test func `of nobody being there is told after a few tries`() async throws {
        try await House.open { house in
            await house.standIn.fail("", with: .refuse, times: 9)
            let error = await house.failure { tautulli throws(TautulliError) in try await tautulli.users() }
            guard case .unreachable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(house.asked.count >= 3)
        }
    }

    @Test(arguments: [HTTPFault.html502, .truncated, .refuse])
    func `that passes is waited for`(fault: HTTPFault) async throws {
        try await House.open { house in
            await house.standIn.fail("get_users", with: fault)
            let error = await house.failure { tautulli throws(TautulliError) in try await tautulli.users() }
            #expect(error == nil)
        }
    }

    @Test func `of its own making is not asked for twice`() async throws {
        try await House.open { house in
            let crash: JSON = ["response": ["result": "error", "message": "Check the logs for errors", "data": [:]]]
            await house.standIn.fail("get_users", with: .status(500, crash))
            let error = await house.failure { tautulli throws(TautulliError) in try await tautulli.users() }
            #expect(error == .crashed)
            #expect(house.asked.count == 1)
        }
    }

    @Test func `never shows the key, which stands in no URL`() async throws {
        try await House.open { house in
            house.play(30_002)
            _ = try await house.tautulli.users()
            _ = try await house.tautulli.plays(of: HouseholdWorld.Music.lanternQuintet, by: People.ann)
            _ = try await house.tautulli.activity()
            #expect(house.standIn.requests.entries.count == 3)
            #expect(house.standIn.requests.entries.allSatisfy { !$0.hasKeyInURL && $0.method == "POST" })
            // For Tautulli 2.18, whose own client sends it there.
            #expect(house.standIn.requests.entries.allSatisfy { $0.hasKeyInHeader })
            for fault in [HTTPFault.garbage, .refuse, .html502] {
                await house.standIn.fail("", with: fault, times: 5)
                let error = await house.failure { tautulli throws(TautulliError) in try await tautulli.users() }
                await house.standIn.endFaults()
                #expect(error != nil)
                #expect(
                    "\(String(reflecting: error)) \(error?.description ?? "")".contains(house.standIn.apiKey) == false)
            }
        }
    }

    @Test func `does not make questions go other than one at a time`() async throws {
        try await House.open { house in
            await house.standIn.fail("get_users", with: .stall)
            let mark = house.standIn.requests.end
            let first = Task { try await house.tautulli.users() }
            _ = try await house.standIn.requests.first(from: mark) { $0.command == "get_users" }
            let second = Task { try await house.tautulli.ping() }
            let third = Task { try await house.tautulli.serverInfo() }
            // A cancelled one leaves the line without being asked.
            third.cancel()
            await #expect(throws: TautulliError.cancelled) { _ = try await third.value }
            // By the time another client's questions are answered, ours would have come too.
            let other = Tautulli(
                url: house.standIn.url, apiKey: Secret(house.standIn.apiKey), http: house.http, clock: house.clock,
                log: .silent)
            for _ in 0..<5 { _ = try await other.info() }
            #expect(house.asked.filter { $0 != "get_tautulli_info" } == ["get_users"])
            first.cancel()
            await #expect(throws: TautulliError.cancelled) { _ = try await first.value }
            try await second.value
            #expect(house.asked.filter { $0 != "get_tautulli_info" } == ["get_users", "arnold"])
        }
    }
}
