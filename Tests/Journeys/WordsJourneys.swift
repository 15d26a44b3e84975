// A model's words and picture on their way into letters: asked for once, checked, kept; and letters that are whole without.

import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `A newsletter with a model's words` {
    /// What everybody's letter says above the numbers.
    static let intro = "It was a good week on the server, with something for everybody."

    /// Looks, tests and sends; then every letter that went out.
    static func letters(
        _ evening: Evening, _ street: Street, _ more: [String: String] = [:], restarts: Bool = false
    ) async throws -> [LetterReading] {
        let settings = [
            "DRY_RUN": "false", "NEWSLETTER_CONSENT": "opt-out", "NEWSLETTER_PACE": "0", "AI_TEXT_SECONDS": "5",
        ].merging(more) { $1 }
        try await evening.run(settings) { _ in
            try await `A newsletter`.link(evening)
            let test = try await evening.slash("plex newsletter test")
            #expect(test.allText.contains("Sent to you"), "\(test.allText)")
        }
        try await evening.run(settings, times: 2) { _ in
            _ = try await evening.slash("plex newsletter preview")
            let card = try await evening.slash("plex newsletter send")
            let button = try #require(card.controls.first?["custom_id"]?.string)
            try await evening.discord.press(button, on: card.id, as: House.robin)
            _ = try await evening.discord.nextMessage(in: House.admin) { $0.allText.contains("is sent") }
        }
        let letters = try street.mail.letters.entries.map { try LetterReading($0.bytes) }
        #expect(letters.count > 2)
        for letter in letters {
            #expect(letter.text.contains("Your week") || letter.text.contains("== "), "not a whole letter")
        }
        return letters
    }

    static func asked(_ route: String, _ street: Street) -> Int {
        // Not what the endpoint refused as said in another way than its own.
        street.wordsmith.requests.entries.count { $0.route == route && $0.status == 200 }
    }

    @Test func `has an introduction and a banner, asked for once and the same for all`() async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            let street = try #require(evening.street)
            let letters = try await Self.letters(evening, street)
            // It speaks of all the libraries: not to whom some are not shared.
            let whole = letters.filter { $0.text.contains(Self.intro) }
            #expect(whole.count > 1 && whole.count < letters.count, "\(whole.count) of \(letters.count)")
            for letter in letters {
                #expect(letter.html.contains(Self.intro) == letter.text.contains(Self.intro))
                #expect(letter.pictures.contains { $0.contentID.hasPrefix("banner") })
            }
            #expect(Self.asked("POST /chat/completions", street) == 1)
            #expect(Self.asked("POST /images/generations", street) == 1)
            // Nobody's name leaves the house.
            let told = try #require(street.wordsmith.requests.entries.first { $0.route.hasSuffix("completions") })
            let words = told.messages.map(\.text).joined()
            #expect(!words.contains("Bo Tanner") && !words.contains("mail.example"))
        }
    }

    @Test func `has none where the model invents a number, after being told once`() async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            let street = try #require(evening.street)
            street.wordsmith.say("What a week it was on the server: all of you together watched 98765 films in it.")
            for letter in try await Self.letters(evening, street, ["AI_IMAGE_MODEL": ""]) {
                #expect(!letter.text.contains("98765") && !letter.html.contains("98765"))
            }
            #expect(Self.asked("POST /chat/completions", street) == 2)
            #expect(evening.logbook.lines.contains { $0.contains("without introduction") && $0.contains("98765") })
        }
    }

    @Test func `has none where the model hangs, and goes out all the same`() async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            let street = try #require(evening.street)
            await street.wordsmith.fail("POST /chat/completions", with: .stall, times: 100)
            await street.wordsmith.fail("POST /images/generations", with: .garbage, times: 100)
            for letter in try await Self.letters(evening, street) {
                #expect(!letter.text.contains(Self.intro))
                #expect(!letter.pictures.contains { $0.contentID.hasPrefix("banner") })
            }
            #expect(evening.logbook.lines.contains { $0.contains("without introduction") })
        }
    }
}
