// What a form may do: only from a page of ours, for the session it was made for, and after a question where it hurts.

import Domain
import Testing

@testable import Dashboard

@Suite struct `A form of the dashboard` {
    @Test func `does what it says and tells it on the page it stood on`() async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            let word = try await visiting.word(cookie)
            let done = try await visiting.ask(
                "POST", "/dashboard/do", cookie: cookie,
                form: [("word", word), ("here", "people/7"), ("who", "<b>Ann</b>")])
            #expect(done.status == 303)
            #expect(done.location.hasPrefix("/dashboard/people/7?told="))
            let page = try await visiting.ask(done.location, cookie: cookie)
            #expect(page.body.contains("Done for &lt;b&gt;Ann&lt;/b&gt;."))
            let once = try await visiting.ask(done.location, cookie: cookie)
            #expect(!once.body.contains("Done for"))
            #expect(visiting.rooms.now.done.count == 1)
        }
    }

    @Test func `does nothing without the word of its own session`() async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            let others = try await visiting.word(try await visiting.logIn())
            for word in ["", "x", others] {
                let answer = try await visiting.ask("POST", "/dashboard/do", cookie: cookie, form: [("word", word)])
                #expect(answer.status == 403)
            }
            let none = try await visiting.ask("POST", "/dashboard/do", cookie: cookie)
            #expect(none.status == 403)
            let stranger = try await visiting.ask("POST", "/dashboard/do", form: [("word", others)])
            #expect(stranger.status == 303)
            #expect(visiting.rooms.now.done.isEmpty)
        }
    }

    @Test(arguments: [
        [("Origin", "https://evil.example")], [("Origin", "null")], [("Sec-Fetch-Site", "cross-site")],
        [("Sec-Fetch-Site", "same-site")],
    ])
    func `does nothing for another site`(_ headers: [(String, String)]) async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            let word = try await visiting.word(cookie)
            let answer = try await visiting.ask(
                "POST", "/dashboard/do", cookie: cookie, form: [("word", word)], headers: headers)
            #expect(answer.status == 403)
            #expect(visiting.rooms.now.done.isEmpty)
            let login = try await visiting.ask(
                "POST", "/dashboard/login", form: [("password", Visiting.password)], headers: headers)
            #expect(login.status == 403)
            #expect(login.cookie.isEmpty)
        }
    }

    @Test func `asks first where it hurts`() async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            let word = try await visiting.word(cookie)
            let asked = try await visiting.ask(
                "POST", "/dashboard/danger", cookie: cookie, form: [("word", word), ("who", "\"><script>")])
            #expect(asked.status == 200)
            #expect(asked.body.contains("Really?"))
            #expect(asked.body.contains("value=\"&quot;&gt;&lt;script&gt;\""))
            #expect(visiting.rooms.now.done.isEmpty)
            let sure = try await visiting.ask(
                "POST", "/dashboard/danger", cookie: cookie, form: [("word", word), ("sure", "yes")])
            #expect(sure.status == 303)
            #expect(visiting.rooms.now.done.count == 1)
        }
    }

    @Test func `that is refused says why`() async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            let word = try await visiting.word(cookie)
            let answer = try await visiting.ask("POST", "/dashboard/refuse", cookie: cookie, form: [("word", word)])
            let page = try await visiting.ask(answer.location, cookie: cookie)
            #expect(page.body.contains("Not today."))
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "x\r\nA: b", "../../etc", "<script>"])
    func `leads back to no other place than ours`(_ here: String) async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            let word = try await visiting.word(cookie)
            let answer = try await visiting.ask(
                "POST", "/dashboard/do", cookie: cookie, form: [("word", word), ("here", here)])
            #expect(answer.location.hasPrefix("/dashboard?told="))
        }
    }

    @Test func `may bring a file, under the same conditions`() async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            let word = try await visiting.word(cookie)
            let strange = try await visiting.ask(
                "POST", "/dashboard/take", cookie: cookie, form: [("word", "x")], file: [1])
            #expect(strange.status == 403)
            let large = try await visiting.ask(
                "POST", "/dashboard/take", cookie: cookie, form: [("word", word)],
                file: [UInt8](repeating: 0x61, count: 300_000))
            #expect(large.status == 413)
            #expect(visiting.rooms.now.done.isEmpty)
            let taken = try await visiting.ask(
                "POST", "/dashboard/take", cookie: cookie, form: [("word", word)],
                file: [UInt8](repeating: 0x61, count: 100_000))
            #expect(taken.status == 303)
            #expect(visiting.rooms.now.done.first?["list"]?.count == 100_000)
        }
    }

    @Test func `has a size, and a kind`() async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            let large = try await visiting.ask(
                "POST", "/dashboard/do", cookie: cookie, form: [("word", String(repeating: "x", count: 100_000))])
            #expect(large.status == 413)
            #expect(visiting.rooms.now.done.isEmpty)
        }
    }
}
