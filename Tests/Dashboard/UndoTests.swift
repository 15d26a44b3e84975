// The Undo button of an entry: where somebody can take it back, after a question, for a page of ours only; else a sentence.

import Domain
import Runtime
import Storage
import Testing

@testable import Dashboard

@Suite struct `An entry of the ledger` {
    private static func entry(
        _ action: String = "lamps.on", _ outcome: LedgerEntry.Outcome = .done, undo: String? = "lamps off <hall>"
    ) -> LedgerEntry {
        LedgerEntry(
            at: Instant(seconds: 1_800_000_000), actor: "discord:1", action: action, subject: "lamp:1",
            summary: "Lights <the> lamp", outcome: outcome, undo: undo)
    }

    @Test func `is taken back after a question, by whoever is logged in`() async throws {
        try await Visiting.open { visiting in
            let id = try await visiting.ledger.append(Self.entry())
            let cookie = try await visiting.logIn()
            let word = try await visiting.word(cookie)
            let page = try await visiting.ask("/dashboard/ledger/\(id)", cookie: cookie)
            #expect(page.body.contains(">Undo</button>") && page.body.contains("<code>lamps off &lt;hall&gt;</code>"))
            let form = [("word", word), ("here", "ledger/\(id)"), ("entry", "\(id)")]
            let question = try await visiting.ask("POST", "/dashboard/ledger/undo", cookie: cookie, form: form)
            #expect(question.status == 200 && question.body.contains("Take this back: Lights &lt;the&gt; lamp?"))
            #expect(visiting.rooms.now.undone.isEmpty)
            let done = try await visiting.ask(
                "POST", "/dashboard/ledger/undo", cookie: cookie, form: form + [("sure", "yes")])
            #expect(done.status == 303)
            let told = try await visiting.ask(done.location, cookie: cookie)
            #expect(told.body.contains("The lamp is off again"))
            #expect(visiting.rooms.now.undone == ["\(id) by dashboard"])
        }
    }

    @Test func `is not taken back for a stranger, for another site, or by a form of no page`() async throws {
        try await Visiting.open { visiting in
            let id = try await visiting.ledger.append(Self.entry())
            let cookie = try await visiting.logIn()
            let word = try await visiting.word(cookie)
            let form = [("entry", "\(id)"), ("sure", "yes")]
            let stranger = try await visiting.ask("POST", "/dashboard/ledger/undo", form: form + [("word", word)])
            #expect(stranger.status == 303 && stranger.location.contains("login"))
            let wordless = try await visiting.ask("POST", "/dashboard/ledger/undo", cookie: cookie, form: form)
            #expect(wordless.status == 403)
            let other = try await visiting.ask(
                "POST", "/dashboard/ledger/undo", cookie: cookie, form: form + [("word", word)],
                headers: [("Origin", "https://evil.example")])
            #expect(other.status == 403)
            let looked = try await visiting.ask("/dashboard/ledger/undo?entry=\(id)&sure=yes", cookie: cookie)
            #expect(looked.status == 404 || looked.status == 405)
            #expect(visiting.rooms.now.undone.isEmpty)
        }
    }

    @Test(arguments: [
        (LedgerEntry.Outcome.done, "It was dark again anyway." as String?, "It was dark again anyway."),
        (.dryRun, nil, "It was only tried"), (.failed("no"), nil, "Nothing happened."),
        (.refused("no"), nil, "Nothing happened."), (.intended, nil, "still under way"),
    ])
    func `says why it cannot be taken back, and offers nothing`(
        _ outcome: LedgerEntry.Outcome, _ obstacle: String?, _ words: String
    ) async throws {
        try await Visiting.open { visiting in
            visiting.rooms.change { $0.obstacle = obstacle.map { "\($0)" } }
            let id = try await visiting.ledger.append(Self.entry("lamps.on", outcome))
            let cookie = try await visiting.logIn()
            let page = try await visiting.ask("/dashboard/ledger/\(id)", cookie: cookie)
            #expect(page.body.contains(words) && !page.body.contains(">Undo</button>"), "\(page.body)")
            // A page that was open for long still has the button.
            let form = [("word", try await visiting.word(cookie)), ("entry", "\(id)"), ("sure", "yes")]
            let late = try await visiting.ask("POST", "/dashboard/ledger/undo", cookie: cookie, form: form)
            let told = try await visiting.ask(late.location, cookie: cookie)
            #expect(told.body.contains("told warning") || told.status == 200)
            #expect(visiting.rooms.now.undone.isEmpty)
        }
    }

    @Test func `of what nobody can take back has no button and no sentence`() async throws {
        try await Visiting.open { visiting in
            let cookie = try await visiting.logIn()
            for entry in [Self.entry("doors.open"), Self.entry(undo: nil)] {
                let id = try await visiting.ledger.append(entry)
                let page = try await visiting.ask("/dashboard/ledger/\(id)", cookie: cookie)
                #expect(!page.body.contains(">Undo</button>") && !page.body.contains("It cannot be taken back"))
            }
        }
    }

    @Test func `is found by whom it is about, and by when`() async throws {
        try await Visiting.open { visiting in
            var (four, forty) = (Self.entry(), Self.entry())
            (four.subject, four.summary) = ("person:4", "About four")
            (forty.subject, forty.summary) = ("person:40", "About forty")
            four.at = visiting.clock.now
            forty.at = visiting.clock.now - .days(9)
            for entry in [four, forty] { _ = try await visiting.ledger.append(entry) }
            let cookie = try await visiting.logIn()
            let one = try await visiting.ask("/dashboard/ledger?about=person:4", cookie: cookie).body
            #expect(one.contains("About four") && !one.contains("About forty"))
            let week = try await visiting.ask("/dashboard/ledger?days=7", cookie: cookie).body
            #expect(week.contains("About four") && !week.contains("About forty"))
            let month = try await visiting.ask("/dashboard/ledger.csv?days=31&about=about", cookie: cookie).body
            #expect(month.contains("About four") && month.contains("About forty"))
        }
    }

    @Test func `stands on pages that lead back to the chat, where there is one`() async throws {
        try await Visiting.open(base: "/autoplex") { visiting in
            let page = try await visiting.ask("/autoplex/dashboard", cookie: try await visiting.logIn())
            #expect(page.body.contains("<a href=\"/autoplex/chat/\">Chat</a>"))
        }
    }
}
