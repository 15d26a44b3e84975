// The newsletter from a word on Discord to the mailboxes, and back by the links in it, over a real mail server's dialogue.

import HTTP
import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `A newsletter` {
    typealias People = HouseholdWorld.People

    /// Ann and Bo saw the same film in the week that is over, Ann an album besides.
    static func world() -> HouseholdWorld {
        let now = SystemClock().now
        var world = HouseholdWorld.small(now: now)
        let week = now - .days(7)
        for (person, item) in [(People.ann, 101), (People.bo, 101), (People.robin, 102)] {
            _ = world.addPlay(of: item, by: person, started: week)
        }
        return world
    }

    static func evening(_ body: (Evening, Street, Int) async throws -> Void) async throws {
        try await Evening.spend(in: world()) { evening in
            let street = try #require(evening.street)
            let more = [
                "DRY_RUN": "false", "NEWSLETTER_CONSENT": "opt-out", "NEWSLETTER_PACE": "0",
                "PUBLIC_URL": "http://plex.example",
            ]
            try await evening.run(more) { port in
                try await link(evening)
                try await body(evening, street, port)
            }
        }
    }

    /// Who is who, before anything is asked.
    static func link(_ evening: Evening) async throws {
        _ = try await evening.ask("!plex jobs run people")
        var isKnown = false
        while !isKnown {
            let word = try await evening.slash("plex link", options: ["who": .id(House.robin), "plex": "robin"])
            isKnown = word.allText.contains("is **Robin** on Plex")
        }
    }

    static func page(_ path: String, on port: Int, _ method: String = "GET") async throws -> HTTPResponse {
        let http = try HTTPClient(userAgent: "test")
        let body: HTTPRequest.Body = method == "POST" ? .form([("List-Unsubscribe", "One-Click")]) : .none
        let answer = try await http.send(HTTPRequest(method, "http://127.0.0.1:\(port)\(path)", body: body))
        await http.stop()
        return answer
    }

    /// Where a link of the letter leads, without the public address.
    static func path(_ purpose: String, in letter: LetterReading) throws -> String {
        let start = "http://plex.example/newsletter/\(purpose)/"
        let rest = try #require(letter.text.split(separator: start, maxSplits: 1).dropFirst().first)
        return "/newsletter/\(purpose)/" + rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }

    @Test func `is tried by an admin, sent once to everybody, and left by its link`() async throws {
        try await Self.evening { evening, street, port in
            let early = try await evening.slash("plex newsletter send")
            #expect(early.allText.contains("one goes to you"), "\(early.allText)")
            let test = try await evening.slash("plex newsletter test")
            #expect(test.allText.contains("Sent to you"), "\(test.allText)")
            let first = try #require(street.mail.letters.entries.first)
            #expect(first.to == ["robin@mail.example"])

            let card = try await evening.slash("plex newsletter send")
            #expect(card.allText.contains("people get it"), "\(card.allText)")
            let button = try #require(card.controls.first?["custom_id"]?.string)
            try await evening.discord.press(button, on: card.id, as: House.robin)
            _ = try await evening.discord.nextMessage(in: House.admin, after: 0) { $0.allText.contains("is sent") }

            let letters = try street.mail.letters.entries.dropFirst().map { ($0.to, try LetterReading($0.bytes)) }
            let mailboxes = letters.flatMap(\.0)
            #expect(Set(mailboxes).count == mailboxes.count && mailboxes.contains("ann@mail.example"))
            // Gus was invited and has not come; Fay has no address.
            #expect(!mailboxes.contains("gus@mail.example") && !mailboxes.contains("fay@mail.example"))
            let ann = try #require(letters.first { $0.0 == ["ann@mail.example"] }).1
            #expect(ann.text.contains("Bo Tanner") && ann.html.contains("cid:"))

            let leave = try Self.path("unsubscribe", in: ann)
            let asked = try await Self.page(leave, on: port)
            #expect(asked.status == 200 && asked.text.contains("Leave the newsletter?"))
            // Called as in the letter: as Plex calls itself.
            #expect(ann.text.contains("part of Household") && asked.text.contains("about Household."))
            let status = try await evening.slash("plex newsletter status")
            #expect(!status.allText.contains("unsubscribed"), "\(status.allText)")
            let left = try await Self.page(leave, on: port, "POST")
            #expect(left.status == 200 && left.text.contains("You have left the newsletter"))
            let after = try await evening.slash("plex newsletter status")
            #expect(after.allText.contains("Ann"), "\(after.allText)")
            let again = try await evening.slash("plex newsletter send")
            #expect(again.allText.contains("was begun before"), "\(again.allText)")

            let issue = try await Self.page(try Self.path("archive", in: ann), on: port)
            #expect(issue.status == 200 && issue.headers["content-security-policy"]?.contains("script") == false)
            let other = try await Self.page(
                leave.split(separator: "unsubscribe").joined(separator: "archive"), on: port)
            #expect(other.status == 404, "a link of one purpose opens another")
            let broken = try await Self.page(String(leave.dropLast(2)), on: port)
            #expect(broken.status == 404 && broken.text.contains("This link does not work"))
        }
    }

    @Test func `is shown as it would be sent, and to nobody else`() async throws {
        try await Self.evening { evening, street, _ in
            let shown = try await evening.slash("plex newsletter preview")
            #expect(shown.allText.contains("For Robin"), "\(shown.allText)")
            let files = shown.json["attachments"]?.array?.compactMap { $0["filename"]?.string } ?? []
            #expect(files.contains { $0.hasSuffix(".eml") } && files.contains { $0.hasSuffix(".html") }, "\(files)")
            let stranger = try await evening.slash("plex newsletter preview", options: ["person": "ann"], as: House.bo)
            #expect(stranger.allText.contains("Only admins"), "\(stranger.allText)")
            #expect(street.mail.letters.entries.isEmpty)
        }
    }
}
