// The commands about people and music, from a word on Discord to what Plex, Tautulli and the others were asked.

import Bot
import Commands
import Domain
import Jobs
import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `A person with a Plex account` {
    typealias People = HouseholdWorld.People

    /// Two years of plays take a while to make up, so they are made once.
    static let world = HouseholdWorld.lived(now: SystemClock().now)

    static func evening(_ more: [String: String] = [:], _ body: (Evening, Street) async throws -> Void) async throws {
        try await Evening.spend(in: world) { evening in
            let street = try #require(evening.street)
            try await evening.run(more) { _ in try await body(evening, street) }
        }
    }

    @Test func `can use every command as its examples say`() async throws {
        try await Self.evening { evening, _ in
            for command in CommandList.examples {
                let answer = try await evening.ask("!plex \(command)")
                for trouble in ["That did not work", "not set yet", "There is no command", "Usage:"] {
                    #expect(!answer.allText.contains(trouble), "\(command): \(answer.allText)")
                }
            }
        }
    }

    @Test func `signs in at Plex, and is answered about their own plays from then on`() async throws {
        try await Self.evening { evening, street in
            let before = try await evening.ask("!plex completion The Lantern Quintet", as: House.ann)
            #expect(before.allText.contains("Robin has listened to"), "\(before.allText)")

            let card = try await evening.slash("plex link", as: House.ann)
            #expect(card.isEphemeral && card.allText.contains("Who are you on Plex?"))
            let button = try #require(card.controls.first?["custom_id"]?.string)
            let early = try await evening.discord.answer(
                to: evening.discord.press(button, on: card.id, as: House.ann))
            #expect(early.allText.contains("Plex has not told me yet"))
            let code = try #require(street.plexTV.openPins.first)
            await street.plexTV.approve(pin: code, as: People.ann)
            try await evening.discord.press(button, on: card.id, as: House.ann)
            let welcome = try await evening.discord.message(card.id) { !$0.allText.contains("Who are you on") }
            #expect(welcome.allText.contains("Welcome, Ann"), "\(welcome.allText)")

            let after = try await evening.ask("!plex completion The Lantern Quintet", as: House.ann)
            #expect(after.allText.contains("You have listened to"), "\(after.allText)")
            #expect(after.allText.contains("of The Lantern Quintet's collection on this server."))
        }
    }

    @Test func `costs Plex no cover twice`() async throws {
        try await Self.evening { evening, street in
            var covers: [Int] = []
            for _ in 0..<2 {
                let answer = try await evening.ask("!plex completion The Lantern Quintet")
                #expect(answer.allText.contains("of The Lantern Quintet's collection"), "\(answer.allText)")
                covers.append(street.plex.requests.entries.count { $0.path.hasPrefix("/photo/") })
            }
            #expect(covers == [4, 4])
        }
    }

    @Test func `is asked which artist, and helped with a misspelt one`() async throws {
        try await Self.evening { evening, _ in
            let which = try await evening.ask("!plex completion juno")
            #expect(which.allText.contains("Which"), "\(which.allText)")
            let misspelt = try await evening.ask("!plex completion lantrn quintet")
            #expect(
                misspelt.allText.contains("Did you mean `!plex completion The Lantern Quintet`?"), "\(misspelt.allText)"
            )
            let nasty = try await evening.ask("!plex completion @everyone **x**")
            #expect(!nasty.allText.contains("@everyone"), "\(nasty.allText)")
        }
    }

    @Test func `hears what is wrong when Plex or Tautulli fails, and nothing is changed`() async throws {
        try await Self.evening { evening, street in
            _ = try await evening.ask("!plex completion The Lantern Quintet")
            await street.tautulli.fail("get_history", with: .status(500, .null), times: 100)
            let stale = try await evening.ask("!plex completion The Lantern Quintet")
            #expect(stale.allText.contains("the newest plays may be missing"), "\(stale.allText)")
            await street.plex.fail("", with: .status(401, .null), times: 1000)
            let refused = try await evening.ask("!plex completion The Lantern Quintet")
            #expect(refused.allText.contains(#"check PLEX\_TOKEN"#), "\(refused.allText)")
            #expect(!street.plex.requests.entries.contains { ["PUT", "POST", "DELETE"].contains($0.method) })
        }
    }

    @Test func `never sees a secret of the house`() async throws {
        try await Self.evening { evening, street in
            var said = ""
            for command in CommandList.examples { said += try await evening.ask("!plex \(command)").allText }
            said += evening.logbook.lines.joined()
            let secrets =
                street.household.read { $0.people.map(\.token) } + [street.tautulli.apiKey, street.discogs.token]
            for secret in secrets { #expect(!said.contains(secret)) }
        }
    }
}
