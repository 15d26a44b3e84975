// Who reads the log finds each decision in it once, with the number under which all of it can be looked up, and nobody's name:
// the real program is made to decide, and its lines are held against its own tables.

import FoundationEssentials
import Runtime
import StandIns
import Storage
import Testing

@testable import App

/// The lines of an evening that tell a decision.
private struct Told {
    let all: [[String: String]]

    init(_ evening: Evening) throws {
        all = try evening.logbook.lines.map { try JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
            .filter { $0["event"] != nil }
    }

    func of(_ event: String, _ outcome: String? = nil) -> [[String: String]] {
        all.filter { $0["event"] == event && (outcome == nil || $0["outcome"] == outcome) }
    }

    /// Each is whole, none is there twice, and the Ledger has no row of which no line tells.
    func check(_ evening: Evening) async throws {
        for line in all {
            let ids = ["ledger", "case", "row", "request", "card"].filter { line[$0] != nil }
            #expect(!ids.isEmpty && line["outcome"]?.isEmpty == false, "\(line)")
            #expect(line["rule"]?.isEmpty == false, "\(line)")
        }
        #expect(Set(ledger).count == ledger.count, "\(ledger.sorted())")
        let database = try await Database.open(path: evening.folder + "/autoplex.db")
        func ids(_ sql: String) async throws -> Set<Int64> {
            Set(try await database.read { db in try db.rows(sql) { try $0.int64(0) } })
        }
        let decided = try await ids("SELECT DISTINCT entry FROM ledger_outcomes")
        // A line comes a moment after its row.
        try await evening.logbook.until { try decided.isSubset(of: Told(evening).ledger) ? () : nil }
        let known = try await ids("SELECT id FROM ledger")
        #expect(known.isSuperset(of: ledger))
        await database.close()
    }

    private var ledger: [Int64] {
        all.filter { $0["event"] != "effect.settled" }.compactMap { $0["ledger"].flatMap { Int64($0) } }
    }

    /// Neither people nor films nor addresses.
    func names(nobodyOf words: [String]) {
        for line in all {
            for (field, value) in line where field != "why" {
                for word in words { #expect(!value.contains(word), "\(word): \(line)") }
            }
        }
    }
}

@Suite(.timeLimit(.minutes(2))) struct `Every decision is one line of the log` {
    typealias Films = HouseholdWorld.Films
    static let json = ["LOG_FORMAT": "json"]
    static let names = ["Robin", "Dora", "Chris", "Gus", "@mail.example", Films.family, Films.classic, Films.never]

    @Test func `verdicts on films, an admin's word, and a right that is missing`() async throws {
        try await `Downloads`.cinema(["DOWNLOADS_ASK": "family"].merging(Self.json) { $1 }) { cinema in
            let evening = cinema.evening
            try cinema.watch(Films.never)
            try cinema.watch(Films.fewSeeders)
            try cinema.watch(Films.family)
            let card = try await cinema.word("Download **\(Films.family)")
            let button = try #require(card.controls.first { $0["label"]?.string == "Download" }?["custom_id"]?.string)
            try await evening.discord.press(button, on: card.id, as: House.robin)
            _ = try await cinema.word("is on disk")
            let refused = try await evening.ask("!plex jobs run backup", as: House.ann)
            #expect(refused.allText.contains("admins"), "\(refused.allText)")
            // The program has ended what it was at when it has answered this.
            _ = try await evening.slash("plex jobs pause", options: ["name": .string("people")], in: House.admin)
            // The indexers are asked before it is decided about one of the three.
            let verdicts = try await evening.logbook.until {
                let verdicts = try Told(evening).of("downloads.verdict").filter { $0["level"] == "info" }
                return Set(verdicts.map { $0["case"] }).count == 3 ? verdicts : nil
            }
            let told = try Told(evening)
            try await told.check(evening)
            #expect(Set(verdicts.map { [$0["case"], $0["outcome"]] }).count == verdicts.count, "\(verdicts)")
            #expect(verdicts.filter { $0["outcome"] == "no" }.count == 1, "\(verdicts)")
            #expect(verdicts.filter { $0["outcome"] == "ask" }.count == 1)
            #expect(!told.of("downloads.downloaded", "done").isEmpty)
            #expect(told.of("command.refused").map { $0["subject"] } == ["jobs run"])
            let word = told.all.filter {
                $0["by"] == "discord:\(House.robin)" && $0["event"]?.hasPrefix("downloads") == true
            }
            #expect(!word.isEmpty, "\(told.all)")
            told.names(nobodyOf: Self.names)
        }
    }

    @Test func `letters of the newsletter, and who leaves it`() async throws {
        try await Evening.spend(in: `A newsletter`.world()) { evening in
            let street = try #require(evening.street)
            let more = [
                "DRY_RUN": "false", "NEWSLETTER_CONSENT": "opt-out", "NEWSLETTER_PACE": "0",
                "PUBLIC_URL": "http://plex.example",
            ]
            try await evening.run(more.merging(Self.json) { $1 }) { _ in
                try await `A newsletter`.link(evening)
                _ = try await evening.slash("plex newsletter test")
                let card = try await evening.slash("plex newsletter send")
                let button = try #require(card.controls.first?["custom_id"]?.string)
                try await evening.discord.press(button, on: card.id, as: House.robin)
                _ = try await evening.discord.nextMessage(in: House.admin, after: 0) { $0.allText.contains("is sent") }
                _ = try await evening.slash("plex newsletter unsubscribe", as: House.robin)
                let told = try Told(evening)
                try await told.check(evening)
                let letters = told.of("newsletter.send", "done").filter { $0["key"] != nil }
                #expect(letters.count == street.mail.letters.entries.count - 1, "\(told.all)")
                #expect(Set(letters.map { $0["key"] }).count == letters.count)
                #expect(told.of("people.link").count == 1)
                #expect(told.of("newsletter.unsubscribe").count == 1, "\(told.all)")
                told.names(nobodyOf: Self.names)
            }
        }
    }

    @Test func `warnings and removals`() async throws {
        try await `Prune`.month(Self.json) { month in
            var card: ShownMessage?
            for _ in 0..<14 where card == nil {
                try await month.day()
                card = await month.evening.discord.messages(in: House.admin, seenBy: House.robin)
                    .last { $0.allText.contains("Remove **Dora**?") }
            }
            try await month.press("Remove", on: try #require(card))
            _ = try await month.evening.discord.nextMessage(in: House.admin, after: 0) {
                $0.allText.contains("The share of **Dora** was removed")
            }
            let told = try Told(month.evening)
            try await told.check(month.evening)
            #expect(told.of("prune.approved").count == 1, "\(told.all)")
            #expect(told.all.contains { $0["key"]?.hasPrefix("prune.remove") == true && $0["outcome"] == "done" })
            #expect(told.all.contains { $0["key"]?.contains("warn") == true }, "\(told.all)")
            told.names(nobodyOf: Self.names)
        }
    }

    @Test func `what becomes of a play that a hook told`() async throws {
        try await `The tracker`.evening(Self.json) { evening, street, port in
            _ = try await evening.logbook.first { $0.contains("the history is read") }
            let given = try await evening.slash("plex tracker url")
            let secret = try #require(given.allText.split(separator: "/api/plex/webhook/").last?.prefix(48))
            await street.plex.changeRules { rules in
                rules.webhooks = [
                    PlexWebhook(
                        url: "http://127.0.0.1:\(port)/api/plex/webhook/\(secret)",
                        person: HouseholdWorld.People.robin)
                ]
            }
            let key = try #require(
                street.household.read { world in
                    let seen = Set(world.plays.filter { $0.person == HouseholdWorld.People.robin }.map(\.ratingKey))
                    return world.leafKeys(of: 33_000).first { !seen.contains($0) }
                })
            _ = await street.plex.tell("media.scrobble", of: key, by: HouseholdWorld.People.robin)
            _ = try await evening.logbook.first {
                $0.contains("\"event\":\"tracker.play\",\"outcome\":\"marked\"") && $0.contains("\"level\":\"info\"")
            }
            let told = try Told(evening)
            try await told.check(evening)
            let plays = told.of("tracker.play").filter { $0["level"] == "info" }
            #expect(plays.count == 1 && plays.first?["row"] != nil && plays.first?["episode"] != nil, "\(plays)")
            #expect(!evening.logbook.lines.joined().contains(String(secret)))
            told.names(nobodyOf: ["Meridian", "Allotment", "@mail.example"])
        }
    }
}
