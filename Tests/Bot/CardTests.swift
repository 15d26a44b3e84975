// Buttons and menus: who may, once, after a restart, too late; pages, confirmations and approvals.

import Discord
import Domain
import Runtime
import Storage
import Synchronization
import Testing

@testable import Bot

@Suite(.timeLimit(.minutes(1))) struct CardTests {
    static let pages = Scripted(Signature("pages", "P")) { _ in
        .pages(
            (1...3).map { n in
                Report(
                    "Part \(n)", lines: ["text \(n)"], footer: "foot",
                    picture: n == 2 ? Report.Picture(name: "p.png", bytes: [9], alternative: "chart") : nil)
            })
    }
    static let remove = Scripted(Signature("remove", "R")) { _ in
        .card(
            .confirmation(of: Report("Remove everything?"), kind: "remove", subject: #"{"list":7}"#, act: "Remove"))
    }

    /// The button whose label says so.
    func button(_ label: String, of said: Recorder.Said) -> Component.Button? {
        for case .row(let parts) in said.draft?.components ?? [] {
            for case .button(let button) in parts where button.label.contains(label) { return button }
        }
        return nil
    }
    func id(_ label: String, of said: Recorder.Said) throws -> String {
        try #require(button(label, of: said)?.customID)
    }

    @Test func `pages turn by buttons, with their pictures`() async throws {
        try await Stage.with([Self.pages]) { stage in
            stage.say("!plex pages")
            let first = try await stage.recorder.hears("Part 1")
            #expect(first.text.contains("foot · Page 1 of 3"))
            #expect(button("First", of: first)?.isDisabled == true && button("Back", of: first)?.isDisabled == true)
            #expect(Set(Stage.customIDs(first)).count == 4, "custom ids are unique in a message")

            stage.press(try id("Next", of: first))
            let second = try await stage.recorder.hears("Part 2")
            guard case .responded(_, .update(let draft)) = second else { Issue.record("no update"); return }
            #expect(draft.files.map(\.bytes) == [[9]])

            stage.press(try id("Last", of: second))
            let third = try await stage.recorder.hears("Part 3")
            #expect(third.draft?.files.isEmpty == true)
            #expect(button("Next", of: third)?.isDisabled == true && button("Last", of: third)?.isDisabled == true)
        }
    }

    @Test func `only the caller or an admin may press`() async throws {
        let (lines, line) = AsyncStream.makeStream(of: String.self)
        try await Stage.with([Self.pages], log: Log(write: { line.yield($0) })) { stage in
            stage.say("!plex pages")
            let first = try await stage.recorder.hears("Part 1")
            stage.press(try id("Next", of: first), as: Stage.ben)
            let refusal = try await stage.recorder.hears("not yours to press")
            #expect(refusal.draft?.isEphemeral == true)
            stage.press(try id("Next", of: first), as: Stage.admin)
            try await stage.recorder.hears("Part 2")
        }
        line.finish()
        var refusals: [String] = []
        for await line in lines where line.contains("event=press.refused") { refusals.append(line) }
        #expect(refusals.count == 1 && refusals[0].contains("by=discord:\(Stage.ben)"), "\(refusals)")
    }

    @Test func `buttons work after a restart`() async throws {
        try await withFolder { folder in
            var next = ""
            let clock = VirtualClock()
            try await Stage.with([Self.pages], database: folder + "/kept.db", clock: clock) { stage in
                stage.say("!plex pages")
                next = try id("Next", of: try await stage.recorder.hears("Part 1"))
            }
            try await Stage.with([Self.pages], database: folder + "/kept.db", clock: clock) { stage in
                stage.press(next)
                try await stage.recorder.hears("Part 2")
            }
        }
    }

    @Test func `expired pages say so and lose their buttons`() async throws {
        try await Stage.with([Self.pages]) { stage in
            stage.say("!plex pages")
            let next = try id("Next", of: try await stage.recorder.hears("Part 1"))
            await stage.clock.advance(by: .days(1))
            stage.press(next)
            let late = try await stage.recorder.hears("Expired: ask again")
            #expect(late.draft?.components == [])
        }
    }

    @Test(arguments: [
        "page:x:1:next", "card:x:0", "menu:x", "page:x:-1:n", "card::", "nonsense", "card:x:99999999999999999999",
    ])
    func `a button nobody knows is told so`(customID: String) async throws {
        try await Stage.with([Self.pages]) { stage in
            stage.press(customID, values: ["0"])
            let answer = try await stage.recorder.hears("I no longer know this one")
            #expect(answer.draft?.isEphemeral == true)
        }
    }

    @Test func `a confirmation acts once, and cancelling does not`() async throws {
        let acts = Mutex<[String]>([])
        let handler = CardHandler.confirmation("remove") { decision in
            acts.withLock { $0.append(decision.subject) }
            return Report("Removed.")
        }
        try await Stage.with([Self.remove], cards: [handler]) { stage in
            stage.say("!plex remove")
            let card = try await stage.recorder.hears("Remove everything?")
            #expect(button("Remove", of: card)?.style == .danger)
            stage.press(try id("Remove", of: card))
            let done = try await stage.recorder.hears("Removed.")
            #expect(done.draft?.components == [])
            stage.press(try id("Remove", of: card))
            try await stage.recorder.hears("already been decided")
            #expect(acts.withLock { $0 } == [#"{"list":7}"#])
        }
        try await Stage.with([Self.remove], cards: [handler]) { stage in
            stage.say("!plex remove")
            stage.press(try id("Cancel", of: try await stage.recorder.hears("Remove everything?")))
            try await stage.recorder.hears("Nothing was changed")
            #expect(acts.withLock { $0.count } == 1)
        }
    }

    @Test func `a confirmation that expired does not act`() async throws {
        let handler = CardHandler.confirmation("remove") { _ in Report("Removed.") }
        try await Stage.with([Self.remove], cards: [handler]) { stage in
            stage.say("!plex remove")
            let card = try await stage.recorder.hears("Remove everything?")
            await stage.clock.advance(by: .minutes(15))
            stage.press(try id("Remove", of: card))
            let late = try await stage.recorder.hears("Expired: ask again")
            #expect(late.draft?.components == [] && late.text.contains("Remove everything?"))
        }
    }

    @Test func `a menu chooses by its value`() async throws {
        let choose = Scripted(Signature("choose", "C")) { _ in
            .card(
                Card(
                    Report("Which?"), kind: "choose",
                    choices: [
                        .init("One", value: String(repeating: "long", count: 50)),
                        .init("Two", value: "2", detail: "the second"),
                    ],
                    layout: .menu(prompt: "Choose one")))
        }
        let handler = CardHandler("choose") { .replaced(Report("chosen: \($0.choice.label)")) }
        try await Stage.with([choose], cards: [handler]) { stage in
            stage.say("!plex choose")
            let card = try await stage.recorder.hears("Which?")
            let menu = try #require(Stage.customIDs(card).first)
            stage.press(menu, values: ["1"])
            try await stage.recorder.hears("Two")
        }
    }

    @Test func `a slow decision is acknowledged first and edited after`() async throws {
        let door = Door()
        let handler = CardHandler.confirmation("remove") { _ in
            try await door.wait()
            return Report("Removed.")
        }
        try await Stage.with([Self.remove], cards: [handler]) { stage in
            stage.say("!plex remove")
            stage.press(try id("Remove", of: try await stage.recorder.hears("Remove everything?")))
            await stage.clock.sleepers(atLeast: 1)
            while !stage.recorder.said.contains(where: {
                if case .responded(_, .deferredUpdate) = $0 { true } else { false }
            }) {
                await stage.clock.advance(by: .milliseconds(250))
            }
            door.open()
            let done = try await stage.recorder.hears("Removed.")
            guard case .editedOriginal = done else { Issue.record("not edited"); return }
        }
    }

    // MARK: Approvals

    static func approval(
        _ choices: [Card.Choice] = [.init("Remove", value: "remove", weight: .danger), .init("Keep", value: "keep")]
    ) -> Card {
        Card(
            Report("Remove ann?", fields: [Report.Field("Last seen", "long ago")]), kind: "approve",
            subject: "person:7", choices: choices)
    }

    @Test func `an approval is decided once when two admins press at once, shown and recorded`() async throws {
        let acts = Mutex<[String]>([])
        let handler = CardHandler.approval("approve") { decision in
            acts.withLock { $0.append(decision.choice.value) }
            return "It is so."
        }
        let manners = Manners(access: AccessRules(adminUsers: [Stage.ann, Stage.ben]))
        try await Stage.with([], cards: [handler], manners: manners) { stage in
            try await stage.desk.post(.card(Self.approval()), in: 888)
            let card = try await stage.recorder.hears("Remove ann?")
            guard case .posted(888, _) = card else { Issue.record("not posted"); return }
            stage.press(try id("Remove", of: card), as: Stage.ann)
            stage.press(try id("Keep", of: card), as: Stage.ben)
            let decided = try await stage.recorder.hears("It is so.")
            try await stage.recorder.hears("already been decided")
            #expect(acts.withLock { $0.count } == 1)
            #expect(decided.text.contains("Last seen") && decided.text.contains("Decision"))
            #expect(decided.draft?.components == [])

            let rows = try await Ledger(stage.database).entries()
            #expect(rows.count == 1)
            #expect(
                rows.first?.subject == "person:7" && rows.first?.action == "approve" && rows.first?.outcome == .done)
            #expect(["discord:\(Stage.ann)", "discord:\(Stage.ben)"].contains(rows.first?.actor ?? ""))
        }
    }

    @Test func `an approval may be decided elsewhere, once, and its message says so`() async throws {
        let acts = Mutex<[String]>([])
        let handler = CardHandler.approval("approve") { decision in
            acts.withLock { $0.append(decision.choice.value) }
            return "It is so."
        }
        try await Stage.with([], cards: [handler]) { stage in
            try await stage.desk.post(.card(Self.approval()), in: 888)
            try await stage.recorder.hears("Remove ann?")
            let open = try await stage.desk.openCards()
            #expect(open.map(\.choices.count) == [2])
            let card = try #require(open.first)
            let admin = Caller(id: Stage.ann, name: "Ann", level: .admin, guild: nil, channel: 888)
            let member = Caller(id: Stage.ben, name: "Ben", level: .member, guild: nil, channel: 888)
            let refused = try await stage.desk.decide(card.id, "remove", by: member, log: .silent)
            #expect(refused.title.plainText == "This is not yours to press.")
            _ = try await stage.desk.decide(card.id, "remove", by: admin, log: .silent)
            let shown = try await stage.recorder.hears("It is so.")
            #expect(shown.draft?.components == [])
            let again = try await stage.desk.decide(card.id, "keep", by: admin, log: .silent)
            #expect(again.title.plainText == "This has already been decided.")
            #expect(acts.withLock { $0 } == ["remove"])
            let left = try await stage.desk.openCards()
            #expect(left.isEmpty)
        }
    }

    @Test func `a member may not approve`() async throws {
        let handler = CardHandler.approval("approve") { _ in "It is so." }
        try await Stage.with([], cards: [handler]) { stage in
            try await stage.desk.post(.card(Self.approval()), in: 888)
            let card = try await stage.recorder.hears("Remove ann?")
            stage.press(try id("Remove", of: card))
            try await stage.recorder.hears("It is for admins")
        }
    }

    @Test func `what fails stays open, and both the failure and the second try are recorded`() async throws {
        let tries = Mutex(0)
        let handler = CardHandler.approval("approve") { _ in
            let number = tries.withLock { tries in
                tries += 1
                return tries
            }
            if number == 1 { throw RouterTests.Trouble() }
            return "It is so."
        }
        try await Stage.with([], cards: [handler]) { stage in
            try await stage.desk.post(.card(Self.approval()), in: 888)
            let card = try await stage.recorder.hears("Remove ann?")
            stage.press(try id("Remove", of: card), as: Stage.admin)
            let failure = try await stage.recorder.hears("That did not work")
            #expect(failure.draft?.isEphemeral == true)
            stage.press(try id("Remove", of: card), as: Stage.admin)
            try await stage.recorder.hears("It is so.")
            let outcomes = try await Ledger(stage.database).entries().map(\.outcome)
            #expect(outcomes == [.done, .failed("Tautulli answered 401: check TAUTULLI_API_KEY")])
        }
    }

    @Test func `what was decided before a crash is carried out after it, and shown`() async throws {
        try await withFolder { folder in
            let path = folder + "/kept.db"
            let clock = VirtualClock()
            let handler = CardHandler.approval("approve") { decision in
                decision.isRepeated ? "After the crash." : "At once."
            }
            var card = ""
            try await Stage.with([], cards: [handler], database: path, clock: clock) { stage in
                try await stage.desk.post(.card(Self.approval()), in: 888)
                card = try id("Remove", of: try await stage.recorder.hears("Remove ann?"))
                stage.press("nonsense")
                try await stage.recorder.hears("I no longer know this one")
                // The program dies between the decision and the deed.
                guard case .choice(let number, _) = CustomID(card) else { return }
                let admin = Caller(id: Stage.admin, name: "chief", level: .admin, guild: Stage.guild, channel: 888)
                #expect(try await stage.desk.book.claim(number, choice: "remove", by: admin))
            }
            try await Stage.with([], cards: [handler], database: path, clock: clock) { stage in
                let shown = try await stage.recorder.hears("After the crash.")
                guard case .edited = shown else { Issue.record("not shown on the card"); return }
                #expect(shown.text.contains("Remove ann?"))
                stage.press(card, as: Stage.admin)
                try await stage.recorder.hears("already been decided")
            }
        }
    }

    @Test func `twenty-five choices make five rows, and labels are cut`() async throws {
        let choices = (0..<25).map { Card.Choice(String(repeating: "label \($0) ", count: 30), value: "\($0)") }
        let handler = CardHandler.approval("approve") { _ in "" }
        try await Stage.with([], cards: [handler]) { stage in
            try await stage.desk.post(.card(Self.approval(choices)), in: 888)
            let card = try await stage.recorder.hears("Remove ann?")
            #expect(card.draft?.components.count == 5)
            #expect(Set(Stage.customIDs(card)).count == 25)
            #expect(Stage.customIDs(card).allSatisfy { $0.count <= 100 })
        }
    }

    @Test func `cards long expired are swept away`() async throws {
        try await Stage.with([Self.pages]) { stage in
            for round in 0..<3 {
                stage.say("!plex pages")
                while await stage.router.health.answered <= round { await Task.yield() }
                await stage.clock.advance(by: .days(40))
            }
            let cards = try await stage.database.read { db in
                try db.row("SELECT COUNT(*) AS n FROM bot_cards") { row in try row.int("n") }
            }
            let pages = try await stage.database.read { db in
                try db.row("SELECT COUNT(*) AS n FROM bot_pages") { row in try row.int("n") }
            }
            #expect(cards == 1 && pages == 3)
        }
    }
}
