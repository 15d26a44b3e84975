// What a page shows, and what it can never show: markup that came from outside, a secret in a failure, somebody else's.

import Domain
import Runtime
import Storage
import Testing

@testable import Dashboard

@Suite struct `A page of the dashboard` {
    private static let evil = "<img src=x onerror=alert(1)>\"'&"

    @Test func `shows every name that comes from outside as text`() async throws {
        try await Visiting.open { visiting in
            let evil = Self.evil
            visiting.rooms.change { state in
                state.blocks = [
                    .heading(evil, id: "x"), .words("\(evil) \(strong: evil) \(code: evil)"),
                    .words(Prose(parts: [.block(evil), .person(discord: 1, name: evil)])),
                    .words("\(link: evil, to: "javascript:alert(1)") \(link: evil, to: "https://a.example/\(evil)")"),
                    .report(
                        Report(
                            "\(evil)", lines: ["\(evil)"], fields: [Report.Field("\(evil)", "\(evil)")],
                            footer: "\(evil)",
                            picture: Report.Picture(name: evil, bytes: [0x89, 0x50, 0x4E, 0x47], alternative: evil))),
                    .figures([Block.Figure(evil, evil, "\(evil)")]),
                    .table(
                        Block.Table(
                            evil, [.init(evil)], rows: [.init([.init("\(evil)")])], empty: "\(evil)")),
                    .form(
                        Block.Form(
                            "do",
                            [
                                .hidden(name: "a", value: evil), .text(name: "b", label: evil, value: evil, hint: evil),
                                .choice(name: "c", label: evil, of: [.init(evil, evil)], value: evil),
                            ], buttons: [.init(evil, value: evil)])),
                    .views([.init(evil, path: "x", isShown: true)]),
                ]
            }
            let page = try await visiting.ask("/dashboard", cookie: try await visiting.logIn())
            #expect(page.status == 200)
            #expect(!page.body.contains("<img src=x"))
            #expect(!page.body.contains("onerror=alert(1)>"))
            #expect(!page.body.contains("javascript:"))
            #expect(page.body.contains("&lt;img src=x onerror=alert(1)&gt;"))
        }
    }

    @Test func `allows a browser nothing but our own files`() async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            for path in ["/dashboard", "/dashboard/login", "/dashboard/people/8"] {
                let page = try await visiting.ask(path, cookie: cookie)
                let policy = page.headers["Content-Security-Policy"] ?? ""
                #expect(policy.contains("default-src 'none'"))
                #expect(policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(
                    !page.body.contains("<style") && !page.body.contains(" style=") && !page.body.contains("onclick"))
                #expect(page.headers["Cache-Control"] == "no-store")
                #expect(page.headers["X-Content-Type-Options"] == "nosniff")
            }
        }
    }

    @Test func `that is not there is said to be so`() async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            let missing = try await visiting.ask("/dashboard/people/8", cookie: cookie)
            #expect(missing.status == 404)
            #expect(missing.body.contains("There is no such page"))
            for path in ["/dashboard/../secret", "/dashboard/%2e%2e/%2e%2e/etc/passwd", "/dashboard/pictures/..%2fx"] {
                let answer = try await visiting.ask(path, cookie: cookie)
                #expect([303, 400, 403, 404].contains(answer.status), "\(path)")
                #expect(!answer.body.contains("root:"))
            }
        }
    }

    @Test func `that fails tells nothing of how`() async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            visiting.rooms.change { $0.fails = true }
            let page = try await visiting.ask("/dashboard", cookie: cookie)
            #expect(page.status == 503)
            #expect(!page.body.contains("s3cret"))
        }
    }

    @Test func `shows a report's picture to those who are logged in, and to nobody else`() async throws {
        try await Visiting.open { visiting in
            let bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3]
            visiting.rooms.change {
                $0.blocks = [
                    .report(
                        Report("Chart", picture: Report.Picture(name: "c.png", bytes: bytes, alternative: "A chart")))
                ]
            }
            let cookie = try await visiting.logIn()
            let page = try await visiting.ask("/dashboard", cookie: cookie)
            let start = try #require(page.body.firstRange(of: "src=\"/dashboard/pictures/"))
            let path = "/dashboard/pictures/" + page.body[start.upperBound...].prefix { $0 != "\"" }
            let shown = try await visiting.ask(path, cookie: cookie)
            #expect(shown.headers["Content-Type"] == "image/png")
            let stranger = try await visiting.ask(path)
            #expect(stranger.status == 303)
        }
    }

    @Test func `counts in its menu what waits`() async throws {
        try await Visiting.open { visiting in
            let page = try await visiting.ask("/dashboard", cookie: try await visiting.logIn())
            #expect(page.body.contains("aria-current=\"page\">Overview"))
            #expect(page.body.contains("Ledger"))
            #expect(!page.body.contains(">Tracker<"))
        }
    }

    @Test func `gives the ledger away as a file`() async throws {
        try await Visiting.open { visiting in
            let paper = try await visiting.ask("/dashboard/ledger.csv", cookie: try await visiting.logIn())
            #expect(paper.headers["Content-Disposition"] == "attachment; filename=\"autoplex-ledger.csv\"")
            #expect(paper.body.hasPrefix("number,at,actor"))
        }
    }
}

@Suite struct `The ledger as CSV` {
    @Test func `has a line for each entry, and gives a spreadsheet no formula`() {
        let entry = LedgerEntry(
            id: 4, at: Instant(seconds: 1_800_000_000), actor: "discord:1", action: "a.b", subject: "person:1",
            summary: "Removes “Ann, the first”", reason: "=1+1", outcome: .failed("no"))
        #expect(
            LedgerCSV.text([entry]).hasSuffix(
                "4,2027-01-15T08:00:00Z,discord:1,a.b,person:1,\"Removes “Ann, the first”\",\"'=1+1\",failed,\r\n"))
    }
}

@Suite struct `Time on a page` {
    @Test(arguments: [
        (Duration.seconds(-30), "a moment ago"), (.seconds(30), "in a moment"), (.minutes(-1), "1 minute ago"),
        (.hours(-30), "1 day ago"), (.days(3), "in 3 days"), (.days(-800), "2 years ago"),
    ])
    func `is said as people say it`(_ span: Duration, _ words: String) {
        #expect(ProseData.distance(span) == words)
    }
}
