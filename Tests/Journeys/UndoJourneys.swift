// What the Ledger tells of is taken back from the dashboard, and by the words it shows when they are typed: real program,
// real HTTP, the feature's own door.

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@testable import App

/// An admin before the dashboard's Ledger.
struct LedgerDesk {
    typealias Guest = `The dashboard of a running program`.Visitor

    let guest: Guest

    static func open(
        _ evening: Evening, _ port: Int, _ body: (LedgerDesk) async throws -> Void
    ) async throws {
        try await `The dashboard of a running program`.enter(evening, port: port) { visitor in
            try await body(LedgerDesk(guest: visitor))
        }
    }

    /// The newest entry of that action's words.
    func entry(_ about: String) async throws -> String {
        let page = try await guest.ask("/dashboard/ledger?about=\(about.percentEncoded())").text
        let mark = "/dashboard/ledger/"
        var rest = page[...]
        while let start = rest.firstRange(of: mark) {
            rest = rest[start.upperBound...]
            let number = rest.prefix { $0.isNumber }
            if !number.isEmpty { return mark + number }
        }
        Issue.record("nothing about \(about)")
        return mark
    }

    func page(_ path: String) async throws -> String { try await guest.ask(path).text }

    /// What is to be typed.
    func words(_ page: String) throws -> String {
        let start = try #require(page.firstRange(of: "To undo, say"))
        let code = try #require(page[start.upperBound...].firstRange(of: "<code>"))
        return String(page[code.upperBound...].prefix { $0 != "<" }).replacing("&quot;", with: "\"")
    }

    /// Presses Undo: the question, and what is told after the yes.
    func undo(_ path: String) async throws -> (question: String, told: String) {
        let shown = try await page(path)
        let form = [
            ("word", Guest.field("word", in: shown)), ("entry", Guest.field("entry", in: shown)),
            ("here", String(path.dropFirst("/dashboard/".count))),
        ]
        // Nobody but a page of theirs.
        let stranger = try await guest.ask("/dashboard/ledger/undo", form: [("entry", form[1].1), ("sure", "yes")])
        #expect(stranger.status == 403)
        let question = try await guest.ask("/dashboard/ledger/undo", form: form)
        #expect(question.status == 200)
        let answer = try await guest.ask("/dashboard/ledger/undo", form: form + [("sure", "yes")])
        #expect(answer.status == 303)
        let place = try #require(answer.headers["Location"])
        return (question.text, try await page(place))
    }
}

@Suite(.timeLimit(.minutes(2))) struct `Undo from the dashboard` {
    static func hasButton(_ page: String) -> Bool { page.contains(">Undo</button>") }

    @Test func `takes back what a playlist's run did, once, and not in a dry run`() async throws {
        try await Evening.spend { evening in
            let loop = try EventLoop(name: "plex", log: .silent)
            let plex = try await PlexStandIn.start(loop: loop, clock: SystemClock(), household: Household(.small()))
            let settings = ["PLEX_URL": plex.url, "PLEX_TOKEN": plex.token]
            let lists = { plex.household.read { $0.playlists.count } }
            try await evening.run(settings.merging(["DRY_RUN": "false"]) { $1 }) { _ in
                _ = try await evening.slash("plex sync_playlists run")
            }
            let made = lists()
            #expect(made > 0)
            try await evening.run(settings.merging(["DRY_RUN": "true"]) { $1 }, times: 2) { port in
                try await LedgerDesk.open(evening, port) { desk in
                    let path = try await desk.entry("playlists.")
                    let (_, told) = try await desk.undo(path)
                    #expect(told.contains("told warning"), "\(told)")
                    #expect(lists() == made)
                    // What was only tried has nothing to take back.
                    _ = try await evening.slash("plex sync_playlists run", options: ["force": true])
                }
            }
            try await evening.run(settings.merging(["DRY_RUN": "false"]) { $1 }, times: 3) { port in
                try await LedgerDesk.open(evening, port) { desk in
                    let page = try await desk.guest.ask("/dashboard/ledger?about=playlists.create&outcome=done").text
                    let number = try #require(page.firstRange(of: "/dashboard/ledger/"))
                    let path = "/dashboard/ledger/" + page[number.upperBound...].prefix { $0.isNumber }
                    let entry = try await desk.page(path)
                    #expect(Self.hasButton(entry), "\(entry)")
                    let typed = try await evening.ask("!plex \(try desk.words(entry)) --dry-run")
                    #expect(typed.allText.contains("would"), "\(typed.allText)")
                    let (question, told) = try await desk.undo(path)
                    #expect(question.contains("Take back the whole run"), "\(question)")
                    #expect(told.contains("is gone again"), "\(told)")
                    #expect(lists() == made - 1)
                    #expect(told.contains("That run was taken back") && !Self.hasButton(told), "\(told)")
                    let last = try await desk.page(try await desk.entry("playlists.delete"))
                    #expect(last.contains("discord:\(House.robin)"), "by the visitor's name")
                    #expect(last.contains("This took an earlier run back") && !Self.hasButton(last), "\(last)")
                    let anew = try await evening.ask("!plex \(try desk.words(last))")
                    #expect(anew.allText.contains("is made"), "\(anew.allText)")
                }
            }
            await plex.stop()
            await loop.stop()
        }
    }

    @Test func `pauses what was let go on, says a word about a film again, and unlinks`() async throws {
        let settings = ["DOWNLOADS": "dry", "TRACKED_USER_NAME": "robin"]
        try await Evening.spend(in: .small(now: SystemClock().now)) { evening in
            try await evening.run(settings) { port in
                _ = try await evening.ask("!plex jobs run people")
                _ = try await evening.ask("!plex jobs pause backup")
                _ = try await evening.ask("!plex link <@\(House.bo)> bo")
                let said = try await evening.ask("!plex downloads override never Salt Road", in: House.admin)
                #expect(said.allText.contains("Salt Road"), "\(said.allText)")
                try await LedgerDesk.open(evening, port) { desk in
                    let pause = try await desk.undo(try await desk.entry("jobs.pause"))
                    #expect(pause.told.contains("will run again"), "\(pause.told)")
                    #expect(pause.told.contains("It runs again already") && !Self.hasButton(pause.told))

                    let word = try await desk.entry("downloads.override")
                    let typed = try desk.words(try await desk.page(word))
                    #expect(typed.hasPrefix("downloads override rules tmdb:"), "\(typed)")
                    let back = try await desk.undo(word)
                    #expect(back.told.contains("Something else was said about this film since"), "\(back.told)")
                    let again = try await evening.ask("!plex \(typed)", in: House.admin)
                    #expect(again.allText.contains("Salt Road"), "\(again.allText)")

                    let link = try await desk.entry("people.link")
                    let unlink = try desk.words(try await desk.page(link))
                    #expect(unlink == "unlink \(House.bo)")
                    let gone = try await desk.undo(link)
                    #expect(gone.told.contains("Unlinked"), "\(gone.told)")
                    #expect(gone.told.contains("That link is gone") && !Self.hasButton(gone.told))
                    let nobody = try await evening.ask("!plex \(unlink)")
                    #expect(nobody.allText.contains("They are not linked"), "\(nobody.allText)")
                }
            }
        }
    }

    @Test func `takes a mapping of the tracker back with its marks`() async throws {
        try await `The tracker`.evening { evening, _, port in
            _ = try await `The tracker`.question(evening)
            try await `The tracker`.read(evening)
            try await LedgerDesk.open(evening, port) { desk in
                let questions = try await desk.page("/dashboard/tracker/conflicts")
                #expect(questions.contains("The Allotment (2003)"), "\(questions)")
                let answered = try await desk.guest.ask(
                    "/dashboard/tracker/answer",
                    form: [
                        ("word", LedgerDesk.Guest.field("word", in: questions)),
                        ("conflict", LedgerDesk.Guest.field("conflict", in: questions)), ("choice", "pick:0"),
                        ("here", "tracker"),
                    ])
                #expect(answered.status == 303)
                let path = try await desk.entry("tracker.map")
                let typed = try desk.words(try await desk.page(path))
                #expect(typed.hasPrefix("tracker unmap "))
                let (question, told) = try await desk.undo(path)
                #expect(question.contains("with every mark that came by it"), "\(question)")
                #expect(told.contains("That mapping was taken back") && !Self.hasButton(told), "\(told)")
                let again = try await evening.ask("!plex \(typed)", in: House.admin)
                #expect(again.allText.contains("no such mapping"), "\(again.allText)")
            }
        }
    }
}
