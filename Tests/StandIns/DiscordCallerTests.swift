// Who may ask at all, and how often (sheet §3: base, errors, rate limits).

import Runtime
import StandIns
import Testing

@Suite struct DiscordCallerTests {
    @Test func `without the right token everything is 401`() {
        var desk = Desk()
        #expect(desk.ask("GET", "/users/@me") { $0.authorization = nil }.status == 401)
        #expect(desk.ask("GET", "/users/@me") { $0.authorization = "Bot wrong" }.status == 401)
        #expect(desk.ask("GET", "/users/@me") { $0.authorization = DiscordRules.standard.token }.status == 401)
        #expect(desk.ask("GET", "/gateway") { $0.authorization = nil }.status == 200)
        #expect(desk.ask("GET", "/users/@me").json?["id"]?.id == Household.autoplex)
    }

    @Test func `strange clients are blocked, but not at webhooks`() {
        var desk = Desk()
        #expect(desk.ask("GET", "/users/@me") { $0.userAgent = "curl/8" }.code == 40333)
        #expect(desk.ask("GET", "/webhooks/1/a") { $0.userAgent = "curl/8" }.code == 10015)
    }

    @Test func `an empty POST without a length is a proxy's 411`() {
        var desk = Desk()
        let answer = desk.ask("POST", "/channels/\(Household.media)/typing") { $0.contentLength = nil }
        #expect(answer.status == 411)
        guard case .html = answer.body else {
            Issue.record("not HTML")
            return
        }
        #expect(desk.ask("POST", "/channels/\(Household.media)/typing").status == 204)
    }

    @Test func `bodies must be of a known type and readable`() {
        var desk = Desk()
        let path = "/channels/\(Household.media)/messages"
        #expect(desk.ask("POST", path, ["content": "a"]) { $0.contentType = "text/plain" }.code == 50035)
        #expect(desk.ask("POST", path, ["content": "a"]) { $0.isUnreadable = true }.code == 50109)
        #expect(
            desk.ask("POST", path, ["content": "a"]) { $0.contentType = "application/json; charset=utf-8" }.status
                == 200)
    }

    @Test func `unknown paths and methods are told apart`() {
        var desk = Desk()
        #expect(desk.ask("GET", "/nothing/here").status == 404)
        #expect(desk.ask("POST", "/users/@me", [:]).status == 405)
        #expect(Desk.fault(desk.ask("GET", "/channels/abc"))?.code == "NUMBER_TYPE_COERCE")
    }

    @Test func `a bucket runs empty, refills, and belongs to its channel`() {
        var desk = Desk { $0.limits.isOn = true }
        let path = "/channels/\(Household.media)/messages"
        for left in (0..<5).reversed() {
            let answer = desk.ask("POST", path, ["content": "a"])
            #expect(answer.status == 200)
            #expect(answer.header("X-RateLimit-Remaining") == "\(left)")
        }
        let limited = desk.ask("POST", path, ["content": "a"])
        #expect(limited.status == 429)
        #expect(limited.header("X-RateLimit-Scope") == "user")
        #expect(limited.header("Retry-After") == "5")
        #expect(limited.header("Via") == "1.1 google")
        #expect(limited.json?["retry_after"]?.number == 5)
        #expect(limited.json?["global"]?.bool == false)
        let elsewhere = desk.ask("POST", "/channels/\(Household.offTopic)/messages", ["content": "a"])
        #expect(elsewhere.status == 200)
        #expect(elsewhere.header("X-RateLimit-Bucket") == limited.header("X-RateLimit-Bucket"))
        desk.pass(.seconds(5))
        #expect(desk.ask("POST", path, ["content": "a"]).status == 200)
    }

    @Test func `more than fifty a second are stopped everywhere but at webhooks`() {
        var desk = Desk { $0.limits.isOn = true }
        for _ in 0..<50 { #expect(desk.ask("GET", "/users/\(Household.ann)").status == 200) }
        let limited = desk.ask("GET", "/users/\(Household.bo)")
        #expect(limited.status == 429)
        #expect(limited.json?["global"]?.bool == true)
        #expect(limited.header("X-RateLimit-Global") == "true")
        #expect(desk.ask("GET", "/webhooks/1/a").status == 404)
        desk.pass(.seconds(1))
        #expect(desk.ask("GET", "/users/\(Household.bo)").status == 200)
    }

    @Test func `ordered limits come as ordered`() {
        var desk = Desk()
        desk.api.limits.force(.shared, on: "GET /users/@me", retryAfter: .seconds(60), times: 1)
        let limited = desk.ask("GET", "/users/@me")
        #expect(limited.header("X-RateLimit-Scope") == "shared")
        #expect(limited.header("X-RateLimit-Reset-After") == "3.000")
        #expect(limited.json?["retry_after"]?.number == 60)
        #expect(desk.ask("GET", "/users/@me").status == 200)
        #expect(desk.api.limits.refusedCount == 0)
    }

    @Test func `too many refusals end in the ban of the address`() {
        var desk = Desk { $0.limits.refusedLimit = 3 }
        for _ in 0..<3 { desk.ask("GET", "/users/@me") { $0.authorization = nil } }
        let banned = desk.ask("GET", "/users/@me")
        #expect(banned.status == 429)
        #expect(banned.header("Via") == nil)
        #expect(banned.json == nil)
        desk.pass(.minutes(10))
        #expect(desk.ask("GET", "/users/@me").status == 200)
    }
}
