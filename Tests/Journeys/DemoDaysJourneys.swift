// The days of the demo: nobody moves but the clock, and what must happen in a fortnight happens by the program's own jobs.

import HTTP
import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(3))) struct `Days in the demo` {
    typealias People = HouseholdWorld.People

    static func spend(
        _ more: [String: String] = [:], _ body: (Evening, Street, DemoDays, _ port: Int) async throws -> Void
    ) async throws {
        let clock = TravelClock()
        var rules = DiscordRules.standard
        rules.endsSilentSessions = false
        try await Evening.spend(rules: rules, in: .small(now: clock.now), by: clock) { evening in
            let street = try #require(evening.street)
            let days = DemoDays(clock, street)
            var settings = [
                "DRY_RUN": "false", "PRUNE": "on", "WELCOME": "true", "WARN_DAYS": "10", "KICK_DAYS": "13",
                "CHECK_INACTIVITY_SECS": "\(DemoDays.step.milliseconds / 1000)", "PUBLIC_URL": "http://plex.example",
            ]
            settings.merge(more) { $1 }
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let plain = try evening.application(settings) { port.yield($0) }
            let application = Application(
                settings: plain.settings, token: plain.token, clock: plain.clock, lineClock: SystemClock(),
                log: plain.log,
                meeting: { await days.meet($0) }, listening: plain.listening)
            let program = Task { try await application.run() }
            let outcome: Result<Void, any Error>
            do {
                try await evening.discord.identified(times: 1)
                _ = try await evening.discord.requests.first { $0.method == "PUT" && $0.status == 200 }
                for await port in ports {
                    try await body(evening, street, days, port)
                    break
                }
                outcome = .success(())
            } catch { outcome = .failure(error) }
            program.cancel()
            let end = await program.result
            try outcome.get()
            try end.get()
        }
    }

    private static func letters(_ street: Street, to address: String) throws -> [LetterReading] {
        try street.mail.letters.entries.filter { $0.to == [address] }.map { try LetterReading($0.bytes) }
    }

    @Test func `bring a warning, a card and a good-bye to who watches nothing, and nothing to who does`() async throws {
        try await Self.spend { evening, street, days, port in
            let first = try await days.skip(1)
            #expect(first == "A day has passed.")
            #expect(!street.household.read { $0.plays.isEmpty } && street.household.read { $0.streams.isEmpty })
            let later = try await days.skip(10)
            #expect(later == "10 days have passed.")
            let warning = try #require(try Self.letters(street, to: "dora@mail.example").first)
            #expect(warning.header("Subject").contains("your access ends"))
            #expect(try Self.letters(street, to: "ann@mail.example").isEmpty)

            var card: ShownMessage?
            for _ in 0..<6 where card == nil {
                _ = try await days.skip(1)
                card = await evening.discord.messages(in: House.admin, seenBy: House.robin)
                    .last { $0.allText.contains("Remove **Dora**?") }
            }
            let button = try #require(card?.controls.first { $0["label"]?.string == "Remove" })
            try await evening.discord.press(
                try #require(button["custom_id"]?.string), on: try #require(card).id, as: House.robin)
            _ = try await evening.discord.nextMessage(in: House.admin, after: 0) {
                $0.allText.contains("The share of **Dora** was removed")
            }
            let goodbye = try #require(try Self.letters(street, to: "dora@mail.example").last)
            #expect(goodbye.text.contains("We have not seen you watch anything yet. That is 1"), "\(goodbye.text)")
            #expect(goodbye.header("Subject").contains("has ended"))
            #expect(street.household.read { $0.person(People.dora)?.shareID } == nil)
            let page = try await `A newsletter`.page("/metrics", on: port)
            for line in [
                "autoplex_prune_removals_total 1", "autoplex_prune_warnings_total 1",
                "autoplex_prune_looks_total{outcome=\"unknown\"}", "autoplex_prune_people{verdict=\"active\"}",
                "autoplex_prune_last_good_look_timestamp_seconds",
            ] { #expect(page.text.contains("\n" + line), "\(line)") }
            let pruning = page.text.split(separator: "\n").filter { $0.contains("prune") }.joined().lowercased()
            for name in ["ann", "dora", "hana"] { #expect(!pruning.contains("\"\(name)")) }
            let status = try await evening.slash("plex status", in: House.admin)
            #expect(status.allText.contains("Prune: "), "\(status.allText)")
        }
    }

    @Test func `bring somebody new, who is welcomed`() async throws {
        try await Self.spend(["PRUNE": "dry"]) { _, street, days, _ in
            let said = try await days.newcomer.act()
            #expect(said.contains("Ida"))
            let letter = try #require(try Self.letters(street, to: "ida@mail.example").first)
            #expect(letter.header("Subject").contains("Welcome"))
        }
    }
}
