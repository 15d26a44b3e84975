// What people and admins see of the newsletter besides the letter: past issues, an admin's look at somebody's, the schedule.

import HTTP
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(2))) struct `A newsletter to look at` {
    static let settings = [
        "DRY_RUN": "false", "NEWSLETTER_CONSENT": "opt-out", "NEWSLETTER_PACE": "0",
        "PUBLIC_URL": "https://plex.example", "AI_TEXT_MODEL": "", "AI_IMAGE_MODEL": "",
    ]

    /// Where a link leads, without the public address.
    static func path(_ purpose: String, in text: String) throws -> String {
        let start = "https://plex.example/newsletter/\(purpose)/"
        let rest = try #require(text.split(separator: start, maxSplits: 1).dropFirst().first, "\(text)")
        return "/newsletter/\(purpose)/" + rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }

    static func files(_ answer: ShownMessage) -> [String] {
        answer.json["attachments"]?.array?.compactMap { $0["filename"]?.string } ?? []
    }

    @Test func `is shown to an admin for anybody, at two widths, before there is an issue and after`() async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            let street = try #require(evening.street)
            try await evening.run(Self.settings) { port in
                try await `A newsletter`.link(evening)
                let ann = try await evening.slash("plex newsletter preview", options: ["person": "ann"])
                #expect(ann.allText.contains("For Ann"), "\(ann.allText)")
                #expect(Self.files(ann).contains("newsletter-1.eml") && Self.files(ann).contains("newsletter-1.html"))
                let early = try await `A newsletter`.page(try Self.path("preview", in: ann.allText), on: port)
                #expect(early.status == 200 && early.text.contains("Issue 1 for Ann"), "\(early.status)")
                let nobody = try await evening.slash("plex newsletter preview", options: ["person": "zoe"])
                #expect(nobody.allText.contains("zoe"), "\(nobody.allText)")

                let running = try await evening.slash("plex newsletter preview", options: ["running": true])
                #expect(running.allText.contains("For Robin"), "\(running.allText)")
                #expect(!running.allText.contains("/newsletter/preview/"), "no page follows the running week")
                #expect(running.allText != ann.allText && street.mail.letters.entries.isEmpty)

                _ = try await evening.slash("plex newsletter test")
                let bo = try await evening.slash("plex newsletter preview", options: ["person": "bo"])
                let look = try Self.path("preview", in: bo.allText)
                let page = try await `A newsletter`.page(look, on: port)
                for width in [375, 700] { #expect(page.text.contains("width=\"\(width)\"")) }
                let letter = try await `A newsletter`.page(look + "/letter", on: port)
                let text = try await `A newsletter`.page(look + "/text", on: port)
                #expect(letter.status == 200 && letter.text.contains("Your week") && !letter.text.contains("cid:"))
                #expect(text.status == 200 && text.text.contains("Your week"))
            }
        }
    }

    @Test func `keeps past issues for those who had them, once they went out`() async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            let street = try #require(evening.street)
            try await evening.run(Self.settings) { port in
                try await `A newsletter`.link(evening)
                _ = try await evening.slash("plex newsletter test")
                let test = try LetterReading(try #require(street.mail.letters.entries.first).bytes)
                let all = try Self.path(
                    "archive", in: try #require(test.text.split(separator: "All issues").last.map(String.init)))
                let none = try await `A newsletter`.page(all, on: port)
                #expect(none.text.contains("There is none for you yet."), "made, and sent to nobody")

                let card = try await evening.slash("plex newsletter send")
                let button = try #require(card.controls.first?["custom_id"]?.string)
                try await evening.discord.press(button, on: card.id, as: House.robin)
                _ = try await evening.discord.nextMessage(in: House.admin) { $0.allText.contains("is sent") }
                let list = try await `A newsletter`.page(all, on: port)
                let line = try #require(list.text.split(separator: "No. 1 · Week of ").first, "\(list.text)")
                let link = try #require(line.split(separator: "href=\"").last?.prefix { $0 != "\"" })
                #expect(list.text.contains("As they were sent."))
                let issue = try await `A newsletter`.page(String(link), on: port)
                #expect(issue.status == 200 && issue.text.contains("Your week"), "\(link) \(issue.status)")
                #expect(issue.text.contains(" src=\"\(link)/") && !issue.text.contains("cid:"))
            }
        }
    }

    @Test(arguments: ["off", "0 8 * * 1"])
    func `says when the next one is made`(_ schedule: String) async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            try await evening.run(Self.settings.merging(["NEWSLETTER_SCHEDULE": schedule]) { $1 }) { _ in
                try await `A newsletter`.link(evening)
                let stranger = try await evening.slash("plex newsletter schedule", as: House.bo)
                #expect(stranger.allText.contains("for admins only"), "\(stranger.allText)")
                let said = try await evening.slash("plex newsletter schedule")
                guard schedule != "off" else {
                    #expect(said.allText.contains("only sent when you say so"), "\(said.allText)")
                    return
                }
                #expect(said.allText.contains("The next issue is made <t:"), "\(said.allText)")
                _ = try await evening.slash("plex newsletter test")
                let made = try await evening.slash("plex newsletter schedule")
                #expect(made.allText.contains("The last one was issue 1"), "\(made.allText)")
                _ = try await evening.slash("plex jobs pause", options: ["name": "newsletter"])
                let paused = try await evening.slash("plex newsletter schedule")
                #expect(paused.allText.contains("It is paused"), "\(paused.allText)")
            }
        }
    }
}
