// Who is who, from a word on Discord: linking oneself on Plex and Jellyfin, an admin's word, and letting go again.

import HTTP
import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `A person with a Jellyfin account` {
    typealias Accounts = HouseholdWorld.JellyfinPeople

    static func evening(_ body: (Evening, Street) async throws -> Void) async throws {
        try await evening { evening, street, _ in try await body(evening, street) }
    }

    static func evening(_ body: (Evening, Street, Int) async throws -> Void) async throws {
        try await Evening.spend(in: .small(now: SystemClock().now)) { evening in
            let street = try #require(evening.street)
            try await evening.run { port in try await body(evening, street, port) }
        }
    }

    /// Asks for a code, types it as that account, presses the button.
    static func link(
        _ evening: Evening, _ street: Street, as person: DiscordID, account: String
    ) async throws -> ShownMessage {
        let card = try await evening.slash("plex link", options: ["service": "jellyfin"], as: person)
        let code = try #require(street.jellyfin.openCodes.first)
        await street.jellyfin.approve(code: code, as: account)
        return try await press(evening, card, as: person)
    }

    /// Presses the first button and waits for what becomes of the card, however busy the machine.
    static func press(_ evening: Evening, _ card: ShownMessage, as person: DiscordID) async throws -> ShownMessage {
        let button = try #require(card.controls.first?["custom_id"]?.string)
        _ = try await evening.discord.press(button, on: card.id, as: person)
        return try await evening.discord.message(card.id) { !$0.allText.contains("Who are you on") }
    }

    /// Presses it and waits for what only the presser is told beside the card.
    static func pressInVain(
        _ evening: Evening, _ card: ShownMessage, as person: DiscordID, hears: String
    ) async throws {
        let button = try #require(card.controls.first?["custom_id"]?.string)
        _ = try await evening.discord.press(button, on: card.id, as: person)
        _ = try await evening.discord.nextMessage(in: House.media, after: card.id) { $0.allText.contains(hears) }
    }

    /// Looks who is there, and returns what the admins are told of it.
    @discardableResult
    static func census(_ evening: Evening) async throws -> ShownMessage {
        _ = try await evening.ask("!plex jobs run people")
        return try await evening.discord.nextMessage(in: House.admin, after: 0) {
            $0.allText.contains("Perhaps the same people")
        }
    }

    @Test func `proves it by a code, sees it, and lets go of it`() async throws {
        try await Self.evening { evening, street in
            let card = try await evening.slash("plex link", options: ["service": "jellyfin"], as: House.ann)
            let code = try #require(street.jellyfin.openCodes.first)
            #expect(card.isEphemeral && card.allText.contains("Who are you on Jellyfin?"))
            #expect(card.allText.contains(code) && card.allText.contains("Household's Jellyfin"))
            try await Self.pressInVain(evening, card, as: House.ann, hears: "Jellyfin has not told me yet")
            await street.jellyfin.approve(code: code, as: Accounts.ann)
            let welcome = try await Self.press(evening, card, as: House.ann)
            #expect(welcome.allText.contains("Welcome, Ann"), "\(welcome.allText)")
            #expect(street.jellyfin.signedIn.isEmpty)

            let me = try await evening.slash("plex whoami", as: House.ann)
            #expect(me.allText.contains("you typed a code into Jellyfin"), "\(me.allText)")
            #expect(me.allText.contains("I hold no token of yours."))
            // Their plays are Plex's and Tautulli's to tell, who do not know them.
            let plays = try await evening.ask("!plex completion The Lantern Quintet", as: House.ann)
            #expect(plays.allText.contains("Robin has listened to"), "\(plays.allText)")
            let gone = try await evening.slash("plex unlink", options: ["service": "jellyfin"], as: House.ann)
            #expect(gone.allText.contains("Unlinked"))
            let nobody = try await evening.slash("plex whoami", as: House.ann)
            #expect(nobody.allText.contains("I do not know who you are on Plex or Jellyfin"), "\(nobody.allText)")
        }
    }

    @Test func `is one person once both are proved, and why says so`() async throws {
        try await Self.evening { evening, street in
            try await Self.census(evening)
            let word = try await evening.slash("plex link", options: ["who": .id(House.bo), "plex": "bo"])
            #expect(word.allText.contains("is **Bo Tanner** on Plex"), "\(word.allText)")
            let welcome = try await Self.link(evening, street, as: House.bo, account: Accounts.tanner)
            #expect(welcome.allText.contains("Welcome, Bo Tanner"), "\(welcome.allText)")
            let me = try await evening.slash("plex whoami", as: House.bo)
            for word in ["tanner", "shared with you", "an admin said so", "you typed a code into Jellyfin"] {
                #expect(me.allText.contains(word), "\(me.allText)")
            }
            let why = try await evening.slash("plex why")
            #expect(why.allText.contains("tanner on Jellyfin is Bo Tanner on Plex"), "\(why.allText)")
            // Somebody else with the same account gets nothing of it.
            let second = try await Self.link(evening, street, as: House.chris, account: Accounts.tanner)
            #expect(second.allText.contains("tanner on Jellyfin is linked to somebody else here"), "\(second.allText)")
        }
    }

    @Test func `is linked by an admin's word, and by no other's`() async throws {
        try await Self.evening { evening, _ in
            let hint = try await Self.census(evening)
            #expect(hint.allText.contains("**Ann** on Jellyfin may be **Ann** on Plex"), "\(hint.allText)")

            let refused = try await evening.ask("!plex link <@\(House.ann)> --jellyfin Ines", as: House.chris)
            #expect(refused.allText.contains("Only admins"), "\(refused.allText)")
            let name = try await evening.ask("!plex link --jellyfin Ines", as: House.bo)
            #expect(name.allText.contains("A name proves nothing"), "\(name.allText)")
            let misspelt = try await evening.ask("!plex link <@\(House.ann)> --jellyfin Inez")
            #expect(misspelt.allText.contains("Did you mean **Ines**?"), "\(misspelt.allText)")
            let nobody = try await evening.ask("!plex link <@\(House.ann)> ines")
            #expect(nobody.allText.contains("on Plex"), "\(nobody.allText)")

            let done = try await evening.slash(
                "plex link", options: ["who": .id(House.ann), "plex": "ann", "jellyfin": "ann"])
            #expect(done.allText.contains("is **Ann** on Plex") && done.allText.contains("is **Ann** on Jellyfin"))
            let me = try await evening.slash("plex whoami", as: House.ann)
            #expect(me.allText.contains("an admin said so") && me.allText.contains("Jellyfin linked"), "\(me.allText)")
            let taken = try await evening.ask("!plex link <@\(House.bo)> --jellyfin ann")
            #expect(taken.allText.contains("linked to somebody else"), "\(taken.allText)")
            let other = try await evening.ask("!plex unlink jellyfin <@\(House.ann)>", as: House.chris)
            #expect(other.allText.contains("Only admins"), "\(other.allText)")
            let parted = try await evening.slash(
                "plex unlink", options: ["service": "jellyfin", "who": .id(House.ann)])
            #expect(parted.allText.contains("Unlinked"), "\(parted.allText)")
        }
    }

    @Test func `hears what is wrong when Jellyfin is away, and nothing is linked`() async throws {
        try await Self.evening { evening, street in
            await street.jellyfin.changeRules { $0.hasQuickConnect = false }
            let off = try await evening.slash("plex link", options: ["service": "jellyfin"], as: House.chris)
            #expect(off.allText.contains("Quick Connect is switched off"), "\(off.allText)")
            await street.jellyfin.changeRules { $0.hasQuickConnect = true }
            let card = try await evening.slash("plex link", options: ["service": "jellyfin"], as: House.ann)
            let code = try #require(street.jellyfin.openCodes.first)
            await street.jellyfin.approve(code: code, as: Accounts.ann)
            await street.jellyfin.fail("POST /Users/AuthenticateWithQuickConnect", with: .html502)
            try await Self.pressInVain(evening, card, as: House.ann, hears: "That did not work")
            // The card is open still, and the code good.
            let welcome = try await Self.press(evening, card, as: House.ann)
            #expect(welcome.allText.contains("Welcome, Ann"), "\(welcome.allText)")
        }
    }

    @Test func `never sees the key, a secret or a token`() async throws {
        try await Self.evening { evening, street in
            var said = try await Self.link(evening, street, as: House.ann, account: Accounts.ann).allText
            for command in ["whoami", "status", "unlink", "why"] {
                said += try await evening.ask("!plex \(command)").allText
            }
            said += evening.logbook.lines.joined()
            #expect(!said.contains(street.jellyfin.apiKey))
            for entry in street.jellyfin.requests.entries {
                for secret in entry.query.filter({ $0.name == "secret" }).map(\.value) {
                    #expect(!said.contains(secret))
                }
            }
        }
    }

    @Test func `is told of by status and check`() async throws {
        try await Self.evening { evening, street in
            let settings = try evening.application().settings
            let http = try HTTPClient(userAgent: "test")
            let fine = await Service.jellyfin.look(with: settings, http: http)
            await street.jellyfin.changeRules { $0.hasQuickConnect = false }
            let off = await Service.jellyfin.look(with: settings, http: http)
            await street.jellyfin.changeRules { $0.apiKey = "another" }
            let refused = await Service.jellyfin.look(with: settings, http: http)
            await http.stop()
            #expect(fine == .fine("Household's Jellyfin 10.11.5"))
            #expect(off == .fine("Household's Jellyfin 10.11.5, Quick Connect is off"))
            #expect(refused == .wrong("Jellyfin answered 401: check JELLYFIN_API_KEY"))
        }
    }
}
