// What an admin does with an issue on its way, and what everybody says about their own letter; and who may count it.

import HTTP
import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `A newsletter on its way` {
    /// An hour between two letters: whatever is done comes between the first and the second.
    static let settings = ["DRY_RUN": "false", "NEWSLETTER_CONSENT": "opt-out", "NEWSLETTER_PACE": "3600"]

    static func say(_ verb: String, as person: DiscordID = House.robin, _ evening: Evening) async throws -> String {
        try await evening.slash("plex newsletter \(verb)", as: person).allText
    }

    static func metric(_ name: String, _ port: Int) async throws -> Double? {
        let page = try await `A newsletter`.page("/metrics", on: port)
        return page.text.split(separator: "\n").first { $0.hasPrefix("autoplex_newsletter_\(name) ") }
            .flatMap { Double($0.split(separator: " ").last ?? "") }
    }

    static func counts(
        _ name: String, _ value: Double, _ port: Int, at place: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await metric(name, port)
        #expect(found == value, "\(name)", sourceLocation: place)
    }

    @Test func `is held, gone on with and given up, and counted meanwhile`() async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            let street = try #require(evening.street)
            try await evening.run(Self.settings) { port in
                try await `A newsletter`.link(evening)
                for (verb, none) in [
                    ("hold", "Nothing is being sent"), ("resume", "Nothing is stopped"),
                    ("abandon", "Nothing is on its way"),
                ] {
                    let refused = try await Self.say(verb, as: House.bo, evening)
                    #expect(refused.contains("for admins only"), "\(refused)")
                    let word = try await Self.say(verb, evening)
                    #expect(word.contains(none), "\(word)")
                }
                let known = try await Self.metric("readers", port)
                let readers = try #require(known)
                #expect(readers > 2)
                try await Self.counts("letters_waiting", 0, port)

                _ = try await Self.say("test", evening)
                let card = try await evening.slash("plex newsletter send")
                let button = try #require(card.controls.first?["custom_id"]?.string)
                try await evening.discord.press(button, on: card.id, as: House.robin)
                _ = try await street.mail.letters.first { $0.number == 2 }
                // The letter's row is written a moment after the mail server took it.
                var sent: Double?
                while sent != 1 { sent = try await Self.metric("letters_total{outcome=\"sent\"}", port) }
                try await Self.counts("issues{state=\"sending\"}", 1, port)
                try await Self.counts("letters_waiting", readers - 1, port)
                let status = try await evening.slash("plex status")
                #expect(status.allText.contains("Newsletter: Issue 1: being sent, 1 of"), "\(status.allText)")

                let held = try await Self.say("hold", evening)
                #expect(held.contains("Stopped") && held.contains("1 sent"), "\(held)")
                try await Self.counts("issues{state=\"held\"}", 1, port)
                let resumed = try await Self.say("resume", evening)
                #expect(resumed.contains("Issue 1 goes on"), "\(resumed)")
                let again = try await Self.say("resume", evening)
                #expect(again.contains("Nothing is stopped"), "\(again)")
                let ended = try await Self.say("abandon", evening)
                #expect(ended.contains("Given up") && ended.contains("1 sent"), "\(ended)")
                let none = try await Self.say("abandon", evening)
                #expect(none.contains("Nothing is on its way"), "\(none)")
                #expect(street.mail.letters.entries.count == 2, "the test, and one letter")
                let page = try await `A newsletter`.page("/metrics", on: port)
                #expect(!page.text.contains("Robin") && !page.text.contains("mail.example"))
            }
        }
    }

    @Test func `is everybody's own to take or leave`() async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            try await evening.run(Self.settings) { _ in
                try await `A newsletter`.link(evening)
                let shown = try await Self.say("preferences", evening)
                #expect(shown.contains("You get it") && shown.contains("has not set PUBLIC_URL"), "\(shown)")
                let left = try await Self.say("unsubscribe", evening)
                #expect(left.contains("You get no newsletter any more"), "\(left)")
                let twice = try await Self.say("unsubscribe", evening)
                #expect(twice.contains("as before"), "\(twice)")
                // An admin may say no for somebody, not bring back who left.
                let back = try await evening.slash("plex newsletter subscribe", options: ["person": "robin"])
                #expect(back.allText.contains("only they can come back"), "\(back.allText)")
                let own = try await Self.say("subscribe", evening)
                #expect(own.contains("You get the newsletter from now on"), "\(own)")
                let other = try await evening.slash("plex newsletter unsubscribe", options: ["person": "ann"])
                #expect(other.allText.contains("Ann gets no newsletter any more"), "\(other.allText)")
                let stranger = try await evening.slash(
                    "plex newsletter unsubscribe", options: ["person": "ann"], as: House.bo)
                #expect(stranger.allText.contains("Only admins may do that"), "\(stranger.allText)")
                let unknown = try await Self.say("preferences", as: House.bo, evening)
                #expect(unknown.contains("I do not know who you are"), "\(unknown)")
            }
            try await evening.run(Self.settings.merging(["PUBLIC_URL": "https://plex.example"]) { $1 }, times: 2) {
                port in
                let shown = try await evening.slash("plex newsletter preferences")
                let link = try #require(shown.allText.split(separator: "https://plex.example").dropFirst().first)
                let page = try await `A newsletter`.page(String(link.prefix { $0 != ">" && $0 != ")" }), on: port)
                #expect(page.status == 200 && page.text.contains("For Robin."), "\(link) \(page.status)")
            }
        }
    }

    @Test func `has templates that are checked, and a page for them`() async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            try await evening.run(Self.settings) { port in
                try await `A newsletter`.link(evening)
                let none = try await Self.say("templates", evening)
                #expect(none.contains("All are the built-in ones"), "\(none)")
                let folder = evening.folder + "/templates/newsletter"
                try Files.makeFolder(folder)
                try Files.write(Array("<p>\n{{#totals}}</p>".utf8), to: folder + "/hero.mustache")
                let wrong = try await Self.say("templates", evening)
                #expect(wrong.contains("hero.mustache, line 2, column 1"), "\(wrong)")
                let link = try #require(wrong.split(separator: "http://127.0.0.1:0").dropFirst().first)
                let page = try await `A newsletter`.page(String(link.prefix { $0 != "`" }), on: port)
                #expect(page.status == 200 && page.text.contains("hero.mustache, line 2, column 1"))
                #expect(page.text.contains("Issue 1 for Robin"))
            }
        }
    }
}
