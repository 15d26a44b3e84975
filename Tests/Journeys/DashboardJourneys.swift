// An admin asks the bot for a link, enters the dashboard, and decides there what waits: the real program behind real HTTP.

import HTTP
import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `The dashboard of a running program` {
    struct Visitor {
        let http: HTTPClient
        let home: String
        var cookie = ""

        func ask(_ path: String, form: [(String, String)]? = nil) async throws -> HTTPResponse {
            try await http.send(
                HTTPRequest(
                    form == nil ? "GET" : "POST", home + path, headers: [(name: "Cookie", value: cookie)],
                    body: form.map { .form($0.map { (name: $0.0, value: $0.1) }) } ?? .none))
        }

        static func field(_ name: String, in page: String) -> String {
            guard let start = page.firstRange(of: "name=\"\(name)\" value=\"") else { return "" }
            return String(page[start.upperBound...].prefix { $0 != "\"" })
        }
    }

    /// By the link that the bot gives, as an admin would.
    static func enter(
        _ evening: Evening, port: Int, _ body: (Visitor) async throws -> Void
    ) async throws {
        let answer = try await evening.slash("plex dashboard")
        #expect(answer.isEphemeral)
        let text = answer.allText
        let start = try #require(text.firstRange(of: "/dashboard/enter/"))
        let path = String(text[start.lowerBound...].prefix { !$0.isWhitespace && $0 != ")" && $0 != ">" })
        let http = try HTTPClient(userAgent: "test")
        let outcome: Result<Void, any Error>
        do {
            var visitor = Visitor(http: http, home: "http://127.0.0.1:\(port)")
            let entered = try await visitor.ask(path, form: [])
            #expect(entered.status == 303)
            visitor.cookie = String((entered.headers["Set-Cookie"] ?? "").prefix { $0 != ";" })
            outcome = .success(try await body(visitor))
        } catch { outcome = .failure(error) }
        await http.stop()
        try outcome.get()
    }

    @Test func `is opened by a link from Discord, and a card decided there is decided on Discord`() async throws {
        try await `A newsletter that waits for a yes`.untilAsked { evening, street, card in
            try await evening.run(`A newsletter that waits for a yes`.settings, times: 2) { port in
                try await Self.enter(evening, port: port) { visitor in
                    let page = try await visitor.ask("/dashboard/approvals").text
                    #expect(page.contains("waits for your word"))
                    let form = [
                        ("word", Visitor.field("word", in: page)), ("card", Visitor.field("card", in: page)),
                        ("here", "approvals"),
                    ]
                    let value = try #require(Self.value(of: "Skip this issue", in: page))
                    var answer = try await visitor.ask(
                        "/dashboard/approvals/decide", form: form + [("choice", value)])
                    // What weighs is asked about once more.
                    if answer.status == 200 {
                        answer = try await visitor.ask(
                            "/dashboard/approvals/decide", form: form + [("choice", value), ("sure", "yes")])
                    }
                    #expect(answer.status == 303)
                    let decided = try await evening.discord.message(card.id) { $0.allText.contains("Decision") }
                    #expect(decided.allText.contains("Nobody gets it"), "\(decided.allText)")
                    let empty = try await visitor.ask("/dashboard/approvals").text
                    #expect(empty.contains("Nothing waits for you."))
                    let ledger = try await visitor.ask("/dashboard/ledger?about=newsletter").text
                    #expect(ledger.contains("discord:\(House.robin)"))
                }
            }
        }
    }

    /// The value of the button with that label.
    private static func value(of label: String, in page: String) -> String? {
        guard let end = page.firstRange(of: "\">\(label)</button>") else { return nil }
        let before = page[..<end.lowerBound]
        return before.split(separator: "\"").last.map(String.init)
    }

    @Test func `shows every page, and no secret on any of them`() async throws {
        let secrets = ["DASHBOARD_PASSWORD": "a-secret-of-the-test", "WEBHOOK_SECRET": "another-secret-of-it"]
        let settings = secrets.merging(["PRUNE": "dry", "DOWNLOADS": "dry", "TRACKED_USER_NAME": "robin"]) { $1 }
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            let hidden = evening.settings(secrets).filter { name, _ in
                ["_TOKEN", "_KEY", "_SECRET", "_PASSWORD"].contains { name.hasSuffix($0) }
            }
            #expect(hidden.count > 4)
            try await evening.run(settings) { port in
                try await Self.enter(evening, port: port) { visitor in
                    for path in [
                        "", "/approvals", "/newsletter", "/newsletter/letter/0/1", "/prune", "/prune/chart",
                        "/prune/settings", "/prune/1", "/downloads", "/downloads/films?film=Salt", "/downloads/stats",
                        "/downloads/proposals", "/people", "/people/1", "/jobs", "/ledger", "/settings",
                        "/settings?all=yes", "/settings/check",
                    ] {
                        let answer = try await visitor.ask("/dashboard" + path)
                        #expect(answer.status == 200, "\(path)")
                        for (name, secret) in hidden {
                            #expect(!answer.text.contains(secret), "\(name) is on \(path)")
                        }
                    }
                }
            }
        }
    }

    @Test func `tests one service by itself, and one that is not there is said to be so`() async throws {
        try await Evening.spend(in: .small(now: SystemClock().now)) { evening in
            try await evening.run { port in
                try await Self.enter(evening, port: port) { visitor in
                    let all = try await visitor.ask("/dashboard/settings/check").text
                    let address = "/dashboard/settings/check?service=Plex"
                    #expect(all.contains("href=\"\(address)\"") && all.contains("<strong>Tautulli</strong>"))
                    let one = try await visitor.ask(address).text
                    #expect(one.contains("Plex, by itself") && one.contains("<strong>Plex</strong>"), "\(one)")
                    #expect(!one.contains("<strong>Tautulli</strong>") && !one.contains("CONFIG_DIR"))
                    let none = try await visitor.ask("/dashboard/settings/check?service=%3Cb%3Eother").text
                    #expect(none.contains("There is no such service") && !none.contains("<b>other"), "\(none)")
                }
            }
        }
    }

    @Test func `is for admins, and off where the owner says so`() async throws {
        try await Evening.spend { evening in
            try await evening.run(["DASHBOARD": "off"]) { port in
                let stranger = try await evening.slash("plex dashboard", as: House.bo)
                #expect(stranger.allText.contains("is for admins"))
                let admin = try await evening.slash("plex dashboard")
                #expect(admin.allText.contains("DASHBOARD"))
                let http = try HTTPClient(userAgent: "test")
                let page: Result<HTTPResponse, any Error>
                do {
                    page = .success(try await http.send(HTTPRequest("GET", "http://127.0.0.1:\(port)/dashboard")))
                } catch {
                    page = .failure(error)
                }
                await http.stop()
                let status = try page.get().status
                #expect(status == 404)
            }
        }
    }
}
