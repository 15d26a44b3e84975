// A scheduled issue asks an admin before it goes out, with a card that outlives the program and is answered once.

import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `A newsletter that waits for a yes` {
    /// The admin channel is one that everybody reads, so that everybody can try the buttons.
    static let settings = [
        "DRY_RUN": "false", "NEWSLETTER_CONSENT": "opt-out", "NEWSLETTER_PACE": "0",
        "PUBLIC_URL": "http://plex.example", "NEWSLETTER_APPROVAL": "true", "NEWSLETTER_SCHEDULE": "0 8 1 1 *",
        "DISCORD_ADMIN_CHANNEL": "\(House.media)",
    ]

    static func untilAsked(_ body: (Evening, Street, ShownMessage) async throws -> Void) async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            let street = try #require(evening.street)
            var card: ShownMessage?
            try await evening.run(settings) { _ in
                try await `A newsletter`.link(evening)
                let test = try await evening.slash("plex newsletter test")
                #expect(test.allText.contains("Sent to you"), "\(test.allText)")
                _ = try await evening.ask("!plex jobs run newsletter")
                card = try await evening.discord.nextMessage(in: House.media) {
                    $0.allText.contains("waits for your word")
                }
                // Another look at what is due asks nobody again.
                _ = try await evening.ask("!plex jobs run newsletter-post")
            }
            try await body(evening, street, try #require(card))
        }
    }

    static func button(_ label: String, of card: ShownMessage) throws -> String {
        try #require(card.controls.first { $0["label"]?.string == label }?["custom_id"]?.string)
    }

    /// What somebody is told who pressed.
    static func press(
        _ label: String, of card: ShownMessage, as person: DiscordID, _ evening: Evening
    ) async throws -> ShownMessage {
        let pressed = try await evening.discord.press(button(label, of: card), on: card.id, as: person)
        return try await evening.discord.nextMessage(in: House.media, after: pressed) { $0.isEphemeral }
    }

    @Test func `is looked at, left to admins, and sent once, after a restart as well`() async throws {
        try await Self.untilAsked { evening, street, card in
            try await evening.run(Self.settings, times: 2) { _ in
                let stranger = try await Self.press("Send", of: card, as: House.bo, evening)
                #expect(stranger.allText.contains("It is for admins"), "\(stranger.allText)")
                let shown = try await Self.press("Preview", of: card, as: House.robin, evening)
                #expect(shown.allText.contains("For Robin"), "\(shown.allText)")
                #expect(street.mail.letters.entries.count == 1, "only the test was sent so far")

                try await evening.discord.press(Self.button("Send", of: card), on: card.id, as: House.robin)
                let decided = try await evening.discord.message(card.id) { $0.allText.contains("Decision") }
                #expect(decided.allText.contains("on the way") && decided.controls.isEmpty, "\(decided.allText)")
                _ = try await evening.discord.nextMessage(in: House.media) { $0.allText.contains("is sent") }
                let mailboxes = street.mail.letters.entries.dropFirst().flatMap(\.to)
                #expect(mailboxes.contains("ann@mail.example"))
                #expect(Set(mailboxes).count == mailboxes.count)
            }
            let cards = await evening.discord.messages(in: House.media).filter {
                $0.allText.contains("waits for your word")
            }
            #expect(cards.count == 1)
        }
    }

    @Test func `is skipped for good, whatever is asked later`() async throws {
        try await Self.untilAsked { evening, street, card in
            try await evening.run(Self.settings, times: 2) { _ in
                try await evening.discord.press(
                    Self.button("Skip this issue", of: card), on: card.id, as: House.robin)
                let decided = try await evening.discord.message(card.id) { $0.allText.contains("Decision") }
                #expect(decided.allText.contains("Nobody gets it"), "\(decided.allText)")
                let status = try await evening.slash("plex newsletter status")
                #expect(status.allText.contains("skipped"), "\(status.allText)")
                _ = try await evening.ask("!plex jobs run newsletter")
                let later = try await evening.slash("plex newsletter send")
                #expect(later.allText.contains("was begun before"), "\(later.allText)")
                #expect(street.mail.letters.entries.count == 1)
            }
        }
    }
}
