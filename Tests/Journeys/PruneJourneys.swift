// A month with people who come and people who stop coming, over the real program: mails, messages, cards, the share at
// plex.tv, and the way back.

import HTTP
import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `Prune` {
    typealias People = HouseholdWorld.People

    struct Month {
        let evening: Evening
        let street: Street
        let clock: TravelClock
        let port: Int

        /// A day on which these watch something, and its look.
        @discardableResult
        func day(_ watching: [Int] = [People.ann, People.bo, People.chris, People.hana]) async throws -> ShownMessage {
            street.household.change { world in
                for person in watching { _ = world.addPlay(of: 101, by: person, started: clock.now - .hours(4)) }
            }
            clock.skip(.days(1))
            return try await evening.slash("plex prune run", in: House.admin)
        }

        func letters(to address: String) throws -> [LetterReading] {
            try street.mail.letters.entries.filter { $0.to == [address] }.map { try LetterReading($0.bytes) }
        }

        /// What was asked of plex.tv that changes anything.
        var changes: [String] {
            street.plexTV.requests.entries.filter { $0.method != "GET" }.map(\.route)
        }

        func press(_ label: String, on card: ShownMessage, as person: DiscordID = House.robin) async throws {
            let button = card.controls.first { $0["label"]?.string == label }
            let id = try #require(button?["custom_id"]?.string, "no \(label) on \(card.allText)")
            try await evening.discord.press(id, on: card.id, as: person)
        }
    }

    static func month(_ more: [String: String] = [:], _ body: (Month) async throws -> Void) async throws {
        let clock = TravelClock()
        var rules = DiscordRules.standard
        // Days pass between two words.
        rules.heartbeatInterval = .days(400)
        var world = HouseholdWorld.small(now: clock.now)
        // What runs is a sign of life.
        world.streams = []
        try await Evening.spend(rules: rules, in: world, by: clock) { evening in
            let street = try #require(evening.street)
            var settings = [
                "DRY_RUN": "false", "PRUNE": "on", "WELCOME": "true", "WARN_DAYS": "5", "KICK_DAYS": "8",
                "CHECK_INACTIVITY_SECS": "86400", "CHECK_NEW_USERS_SECS": "86400", "ADMIN_EMAIL": "robin@mail.example",
                "PRUNE_HERE_DAYS": "5", "PUBLIC_URL": "http://plex.example",
            ]
            settings.merge(more) { $1 }
            try await evening.run(settings) { port in
                // The looks of this test are its own.
                for job in ["prune", "prune-new"] {
                    _ = try await evening.slash("plex jobs pause", options: ["name": .string(job)], in: House.admin)
                }
                try await body(Month(evening: evening, street: street, clock: clock, port: port))
            }
        }
    }

    @Test func `warns who stopped watching, asks an admin, takes one share and gives it back`() async throws {
        try await Self.month { month in
            for _ in 0..<7 { try await month.day() }
            let warning = try #require(try month.letters(to: "dora@mail.example").first)
            #expect(warning.text.contains("Household") && warning.text.contains("http://plex.example/prune/here/"))
            #expect(month.changes == [], "a warning changes nothing")
            #expect(try month.letters(to: "ann@mail.example").isEmpty, "whoever watches hears nothing")

            var card: ShownMessage?
            for _ in 0..<7 where card == nil {
                try await month.day()
                card = await month.evening.discord.messages(in: House.admin, seenBy: House.robin)
                    .last { $0.allText.contains("Remove **Dora**?") }
            }
            let asked = try #require(card)
            #expect(month.changes == [], "nothing happens before somebody says so")
            try await month.press("Remove", on: asked)
            _ = try await month.street.plexTV.request("DELETE /api/servers/{}/shared_servers/{}")
            _ = try await month.evening.discord.nextMessage(in: House.admin, after: 0) {
                $0.allText.contains("The share of **Dora** was removed")
            }
            #expect(month.changes == ["DELETE /api/servers/{}/shared_servers/{}"])
            let goodbye = try #require(try month.letters(to: "dora@mail.example").last)
            #expect(goodbye.text.contains("ended") || goodbye.text.contains("removed"), "\(goodbye.text)")

            try await LedgerDesk.open(month.evening, month.port) { desk in
                let path = try await desk.entry("Takes the share")
                let typed = try desk.words(try await desk.page(path))
                #expect(typed == "prune undo dora")
                let (question, told) = try await desk.undo(path)
                #expect(question.contains("Invite them again"), "\(question)")
                #expect(told.contains("Dora is invited again"), "\(told)")
                #expect(month.changes.last == "POST /api/servers/{}/shared_servers")
                #expect(told.contains("They were invited again") && !told.contains(">Undo</button>"), "\(told)")
                let again = try await month.evening.ask("!plex \(typed)", in: House.admin)
                #expect(again.allText.contains("Dora"), "\(again.allText)")
                #expect(month.changes.count == 2)
            }
        }
    }

    @Test func `a button in the direct message gives more time, and only to whom it was sent`() async throws {
        try await Self.month { month in
            let others = [People.ann, People.bo, People.dora, People.hana]
            try await month.day(others)
            let linked = try await month.evening.slash(
                "plex link", options: ["who": .id(House.chris), "plex": .string("chris")], in: House.admin)
            #expect(linked.allText.contains("is **Chris** on Plex"), "\(linked.allText)")
            for _ in 0..<7 { try await month.day(others) }
            let channel = await month.evening.discord.directChannel(with: House.chris)
            let message = try await month.evening.discord.nextMessage(in: channel, after: 0) {
                $0.allText.contains("about to end")
            }
            try await month.press("I’m still here", on: message, as: House.chris)
            _ = try await month.evening.discord.requests.first {
                $0.form?.description.contains("Your place lasts until") == true
            }
            let own = try await month.evening.slash("plex me", as: House.chris)
            #expect(own.allText.contains("**5** days left"), "\(own.allText)")
        }
    }

    @Test func `welcomes who is new, once, and nobody who was there before`() async throws {
        try await Self.month { month in
            try await month.day()
            #expect(month.street.mail.letters.entries.isEmpty, "those are no news")

            month.clock.skip(.minutes(5))
            month.street.household.change { _ = $0.addMember("Ida", at: month.clock.now) }
            _ = try await month.evening.slash("plex jobs run", options: ["name": .string("prune-new")], in: House.admin)
            _ = try await month.evening.discord.nextMessage(in: House.admin, after: 0) {
                $0.allText.contains("**Ida** has joined")
            }
            _ = try await month.street.mail.letters.first { $0.to == ["ida@mail.example"] }
            try await month.day()
            let letters = try month.letters(to: "ida@mail.example")
            #expect(letters.count == 1)
            #expect(letters.first?.header("Subject").contains("Welcome") == true)
        }
    }

    @Test func `in a dry run nobody hears anything but the admins`() async throws {
        try await Self.month(["PRUNE": "dry"]) { month in
            for _ in 0..<12 { try await month.day() }
            #expect(month.street.mail.letters.entries.allSatisfy { $0.to == ["robin@mail.example"] })
            #expect(month.changes == [])
            let report = try await month.evening.slash("plex prune run", in: House.admin)
            #expect(report.allText.contains("Dora") && report.allText.contains("dry run"), "\(report.allText)")
        }
    }

    @Test func `while Tautulli fails nobody is judged, and the time does not count`() async throws {
        try await Self.month { month in
            for _ in 0..<3 { try await month.day() }
            await month.street.tautulli.fail("get_history", with: .status(500, .null), times: 1000)
            for _ in 0..<20 { try await month.day([]) }
            let doubt = try await month.evening.slash("plex prune status", in: House.admin)
            #expect(doubt.allText.contains("Tautulli"), "\(doubt.allText)")
            await month.street.tautulli.endFaults()
            try await month.day()
            #expect(try month.letters(to: "dora@mail.example").isEmpty)
            #expect(month.changes == [])
        }
    }
}
