// Who gets in, how often they may try, and what their cookie is worth.

import Domain
import Runtime
import Testing

@testable import Dashboard

@Suite struct `The dashboard's door` {
    private static let robin = Visitor(name: "Robin", discord: 5)

    @Test func `shows nobody anything before they have entered`() async throws {
        try await Visiting.open { visiting in
            for path in ["/dashboard", "/dashboard/people/7", "/dashboard/ledger.csv", "/dashboard/live"] {
                let answer = try await visiting.ask(path)
                #expect(answer.status == 303)
                #expect(answer.location.hasPrefix("/dashboard/login"))
                #expect(!answer.body.contains("Person 7"))
            }
            let there = try await visiting.ask("/dashboard/people/7")
            #expect(there.location == "/dashboard/login?to=people%2F7")
        }
    }

    @Test func `lets in by a link once, after a button and not by being looked at`() async throws {
        try await Visiting.open { visiting in
            let link = try await visiting.door.link(for: Self.robin)
            for _ in 1...3 {
                let look = try await visiting.ask(link)
                #expect(look.status == 200)
                #expect(look.cookie.isEmpty)
            }
            let entered = try await visiting.ask("POST", link)
            #expect(entered.status == 303)
            #expect(entered.location == "/dashboard")
            let page = try await visiting.ask("/dashboard", cookie: Visiting.pair(entered.cookie))
            #expect(page.status == 200)
            #expect(page.body.contains("Robin"))
            let again = try await visiting.ask("POST", link)
            #expect(again.status == 410)
            #expect(again.cookie.isEmpty)
            let look = try await visiting.ask(link)
            #expect(look.status == 410)
        }
    }

    @Test func `lets in one of all who come with the same link at once`() async throws {
        try await Visiting.open { visiting in
            let link = try await visiting.door.link(for: Self.robin)
            let cookies = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 1...8 { group.addTask { try await visiting.ask("POST", link).cookie } }
                return try await group.reduce(into: [String]()) { if !$1.isEmpty { $0.append($1) } }
            }
            #expect(cookies.count == 1)
        }
    }

    @Test func `forgets a link after ten minutes`() async throws {
        try await Visiting.open { visiting in
            let link = try await visiting.door.link(for: Self.robin)
            await visiting.clock.advance(by: .minutes(11))
            let answer = try await visiting.ask("POST", link)
            #expect(answer.status == 410)
        }
    }

    @Test func `lets in by the password, and by no other`() async throws {
        try await Visiting.open { visiting in
            let wrong = try await visiting.ask("POST", "/dashboard/login", form: [("password", "a long passwore")])
            #expect(wrong.status == 403)
            #expect(wrong.cookie.isEmpty)
            let cookie = try await visiting.logIn()
            let page = try await visiting.ask("/dashboard", cookie: cookie)
            #expect(page.status == 200)
        }
    }

    @Test func `takes no password where none is set`() async throws {
        try await Visiting.open(withPassword: false) { visiting in
            let page = try await visiting.ask("/dashboard/login")
            #expect(!page.body.contains("type=\"password\""))
            for word in ["", Visiting.password] {
                let answer = try await visiting.ask("POST", "/dashboard/login", form: [("password", word)])
                #expect(answer.status == 403)
            }
        }
    }

    @Test func `lets nobody guess: five wrong words, and the right one has to wait too`() async throws {
        try await Visiting.open { visiting in
            for _ in 1...5 {
                let answer = try await visiting.ask("POST", "/dashboard/login", form: [("password", "guess guess")])
                #expect(answer.status == 403)
            }
            let sixth = try await visiting.ask("POST", "/dashboard/login", form: [("password", Visiting.password)])
            #expect(sixth.status == 429)
            #expect(sixth.cookie.isEmpty)
            // Strangers who guess do not keep out whoever has a link.
            let entered = try await visiting.ask("POST", try await visiting.door.link(for: Self.robin))
            #expect(entered.status == 303)
            await visiting.clock.advance(by: .minutes(16))
            let later = try await visiting.ask("POST", "/dashboard/login", form: [("password", Visiting.password)])
            #expect(later.status == 303)
        }
    }

    @Test func `gives a cookie that no script reads and no other site sends with a form`() async throws {
        try await Visiting.open(proxies: "127.0.0.1") { visiting in
            let link = try await visiting.door.link(for: Self.robin)
            let plain = try await visiting.ask("POST", link).cookie
            #expect(plain.contains("; HttpOnly"))
            #expect(plain.contains("; SameSite=Lax"))
            #expect(plain.contains("; Path=/dashboard;"))
            #expect(!plain.contains("Secure"))
            let other = try await visiting.door.link(for: Self.robin)
            let secure = try await visiting.ask("POST", other, headers: [("X-Forwarded-Proto", "https")]).cookie
            #expect(secure.contains("; Secure"))
        }
    }

    @Test(arguments: ["", "x", String(repeating: "A", count: 43), String(repeating: "A", count: 4000), "%00", "a=b"])
    func `knows no forged cookie`(_ word: String) async throws {
        try await Visiting.open { visiting in
            let answer = try await visiting.ask("/dashboard", cookie: "autoplex_session=\(word)")
            #expect(answer.status == 303)
        }
    }

    @Test func `lets a session end: by leaving, by silence, and after half a day in any case`() async throws {
        try await Visiting.open { visiting in
            let first = try await visiting.logIn()
            let word = try await visiting.word(first)
            let left = try await visiting.ask("POST", "/dashboard/leave", cookie: first, form: [("word", word)])
            #expect(left.cookie.contains("Max-Age=0"))
            let gone = try await visiting.ask("/dashboard", cookie: first)
            #expect(gone.status == 303)

            let silent = try await visiting.logIn()
            await visiting.clock.advance(by: .minutes(121))
            let slept = try await visiting.ask("/dashboard", cookie: silent)
            #expect(slept.status == 303)

            let busy = try await visiting.logIn()
            for _ in 1...7 {
                await visiting.clock.advance(by: .minutes(100))
                let page = try await visiting.ask("/dashboard", cookie: busy)
                #expect(page.status == 200)
            }
            await visiting.clock.advance(by: .minutes(30))
            let over = try await visiting.ask("/dashboard", cookie: busy)
            #expect(over.status == 303)
        }
    }

    @Test func `leads on to the page that was wanted, and nowhere else`() async throws {
        try await Visiting.open { visiting in
            func led(_ to: String) async throws -> String {
                try await visiting.ask(
                    "POST", "/dashboard/login", form: [("password", Visiting.password), ("to", to)]
                ).location
            }
            let wanted = try await led("people/7")
            #expect(wanted == "/dashboard/people/7")
            for bad in ["//evil.example", "https://evil.example", "/etc", "../x", "a\r\nSet-Cookie: b=c"] {
                let there = try await led(bad)
                #expect(there == "/dashboard", "\(bad)")
            }
        }
    }

    @Test func `works under a reverse proxy's path, taken away or not`() async throws {
        try await Visiting.open(base: "/autoplex") { visiting in
            let link = try await visiting.door.link(for: Self.robin)
            #expect(link.hasPrefix("/autoplex/dashboard/enter/"))
            let entered = try await visiting.ask("POST", link)
            #expect(entered.location == "/autoplex/dashboard")
            #expect(entered.cookie.contains("Path=/autoplex/dashboard;"))
            for path in ["/autoplex/dashboard", "/dashboard"] {
                let page = try await visiting.ask(path, cookie: Visiting.pair(entered.cookie))
                #expect(page.status == 200)
                #expect(page.body.contains("href=\"/autoplex/dashboard/style.css"))
            }
        }
    }
}

@Suite struct `Where a request comes from` {
    @Test func `is what a trusted proxy says, and never what a stranger says`() throws {
        let proxies = try TrustedProxies("172.18.0.0/16, ::1, 10.1.2.3")
        for address in ["172.18.0.1", "172.18.255.255", "::1", "10.1.2.3", "::ffff:10.1.2.3"] {
            #expect(proxies.contain(address), "\(address)")
        }
        for address in ["172.19.0.1", "10.1.2.4", "::2", "", "x", "172.18.0.1, 10.1.2.3"] {
            #expect(!proxies.contain(address), "\(address)")
        }
        let none = try TrustedProxies("")
        #expect(!none.contain("127.0.0.1"))
    }

    @Test(arguments: ["172.18.0.0/33", "10.0.0/8", "proxy", "::1/129", "10.0.0.1/-1"])
    func `is not told by what is no network`(_ text: String) {
        #expect(throws: TrustedProxies.NotANetwork.self) { try TrustedProxies(text) }
    }

    @Test func `counts wrong passwords by the client behind the proxy, not by the proxy`() async throws {
        try await Visiting.open(proxies: "127.0.0.1") { visiting in
            func attempt(_ client: String, _ word: String) async throws -> Int {
                try await visiting.ask(
                    "POST", "/dashboard/login", form: [("password", word)],
                    // What the client itself wrote in front is not believed.
                    headers: [("X-Forwarded-For", "1.2.3.\(Int.random(in: 0...255)), \(client)")]
                ).status
            }
            for _ in 1...5 { _ = try await attempt("203.0.113.9", "guess guess") }
            let same = try await attempt("203.0.113.9", Visiting.password)
            let other = try await attempt("203.0.113.10", Visiting.password)
            #expect(same == 429)
            #expect(other == 303)
        }
    }
}

@Suite struct `Tries to log in` {
    private let start = Instant(seconds: 1_800_000_000)

    @Test func `are few from one address and not many from all`() {
        var attempts = Attempts()
        for number in 0..<Attempts.mostFromAll { attempts.failed("10.0.0.\(number)", at: start) }
        #expect(attempts.wait("10.9.9.9", at: start + .minutes(1)) == .minutes(14))
        #expect(attempts.wait("10.9.9.9", at: start + .minutes(16)) == nil)
    }

    @Test func `are forgiven by the right word`() {
        var attempts = Attempts()
        for _ in 0..<Attempts.mostFromOne { attempts.failed("a", at: start) }
        #expect(attempts.wait("a", at: start) == Attempts.window)
        attempts.forgive("a")
        #expect(attempts.wait("a", at: start) == nil)
    }

    @Test func `of a clock that was ahead do not lock anybody out`() {
        var attempts = Attempts()
        for _ in 0..<9 { attempts.failed("a", at: start + .days(400)) }
        #expect(attempts.wait("a", at: start) == nil)
    }
}
