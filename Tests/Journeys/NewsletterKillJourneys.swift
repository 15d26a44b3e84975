// The program itself is killed (SIGKILL), over and over, while it sends a newsletter, and started again: what people find
// in their mailboxes, and what the admins are told.

import Runtime
import StandIns
import Testing

// Seven starts of a program take their time where much else runs.
@Suite(.timeLimit(.minutes(5))) struct `A newsletter whose sender is killed` {
    static let settings = [
        "DRY_RUN": "false", "NEWSLETTER_CONSENT": "opt-out", "NEWSLETTER_PACE": "0", "AI_TEXT_MODEL": "",
        "AI_IMAGE_MODEL": "",
    ]

    /// The mail server holds still there until the program is dead.
    static let holds: [(reader: String, moment: MailMoment, fault: MailFault, copies: Int)] = [
        // It has the letter and has not said so.
        ("reader08", .letter, .keptAnswer, 1),
        // It has the letter, and throws it away.
        ("reader12", .letter, .hang, 0),
        // It was just told that a letter comes.
        ("reader16", .data, .hang, 0),
    ]

    static func world() -> HouseholdWorld {
        var world = `A newsletter`.world()
        for number in 10..<34 {
            world.addMember("Reader\("\(number - 9)".leftPadded)", at: SystemClock().now - .days(100))
        }
        return world
    }

    @Test func `reaches everybody once, or not, and says whom`() async throws {
        var rules = DiscordRules.standard
        rules.identifySpacing = .zero
        try await Evening.spend(rules: rules, in: Self.world()) { evening in
            let street = try #require(evening.street)
            let mail = street.mail
            for hold in Self.holds { mail.fail(hold.moment, with: hold.fault, to: "\(hold.reader)@mail.example") }
            try await Self.live(evening, 1) {
                try await `A newsletter`.link(evening)
                let test = try await evening.slash("plex newsletter test")
                #expect(test.allText.contains("Sent to you"), "\(test.allText)")
                let card = try await evening.slash("plex newsletter send")
                let button = try #require(card.controls.first?["custom_id"]?.string, "\(card.allText)")
                try await evening.discord.press(button, on: card.id, as: House.robin)
                _ = try await mail.letters.first { $0.number == 4 }
            }
            // Wherever it happens to be.
            try await Self.live(evening, 2) {
                try await Self.goOn(evening)
                _ = try await mail.letters.first { $0.number == 7 }
            }
            var ended: Set<Int> = []
            for life in 3...5 {
                try await Self.live(evening, life) {
                    try await Self.goOn(evening)
                    let known = ended
                    ended.insert(
                        try await mail.requests.first { $0.answer == "(hangs)" && !known.contains($0.line) }.line)
                }
            }
            try await Self.live(evening, 6) {
                try await Self.goOn(evening)
                let end = try await evening.discord.nextMessage(in: House.admin, after: 0) {
                    $0.allText.contains("Issue 1 of the newsletter is sent")
                }
                #expect(end.allText.contains("may have arrived"), "\(end.allText)")
                let status = try await evening.slash("plex newsletter status").allText
                try Self.check(mail, status)
            }
            // Nothing is left to be done, whoever asks.
            let letters = mail.letters.end
            try await Self.live(evening, 7) {
                try await Self.goOn(evening)
                let again = try await evening.slash("plex newsletter send")
                #expect(again.allText.contains("was begun before"), "\(again.allText)")
            }
            #expect(mail.letters.end == letters)
        }
    }

    private static func check(_ mail: MailStandIn, _ status: String) throws {
        // The first went to the admin alone, as a test.
        let copies = Dictionary(grouping: mail.letters.entries.dropFirst().flatMap(\.to)) { $0 }.mapValues(\.count)
        let trouble = try #require(status.split(separator: "Trouble with issue 1").dropFirst().first, "\(status)")
        #expect(trouble.contains("may have arrived, and is not sent again"), "\(status)")
        for number in 1...24 {
            let name = "Reader\("\(number)".leftPadded)"
            let found = copies["\(name.lowercased())@mail.example"] ?? 0
            #expect(trouble.contains(name) ? found <= 1 : found == 1, "\(name): \(found) copies\n\(status)")
        }
        for hold in holds {
            #expect(copies["\(hold.reader)@mail.example"] ?? 0 == hold.copies, "\(hold.reader)")
            #expect(trouble.lowercased().contains(hold.reader), "\(hold.reader)\n\(status)")
        }
        #expect(copies.values.allSatisfy { $0 == 1 } && copies.count > 24)
    }

    /// Runs the program while `body` lasts, and kills it.
    private static func live(_ evening: Evening, _ life: Int, _ body: () async throws -> Void) async throws {
        let child = try Child(evening.settings(settings), in: evening.folder)
        defer { child.kill() }
        do {
            try await evening.discord.identified(times: life)
            _ = try await evening.discord.requests.first { $0.method == "PUT" && $0.status == 200 }
            try await body()
        } catch {
            Issue.record("life \(life): \(error)\n\(child.words)")
            throw error
        }
    }

    /// What comes by itself within five minutes.
    private static func goOn(_ evening: Evening) async throws {
        let answer = try await evening.ask("!plex jobs run newsletter-post")
        #expect(answer.allText.contains("newsletter-post"), "\(answer.allText)")
    }
}

extension String {
    fileprivate var leftPadded: String { count < 2 ? "0\(self)" : self }
}
