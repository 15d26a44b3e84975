// What somebody watches in Plex comes into their list, by the history and by hooks, and what is not sure is asked.

import Bot
import Commands
import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `The tracker` {
    static func evening(
        _ more: [String: String] = [:], _ body: (Evening, Street, Int) async throws -> Void
    ) async throws {
        try await Evening.spend(in: .watching(now: SystemClock().now)) { evening in
            let street = try #require(evening.street)
            var settings = ["TRACKER": "on", "TRACKER_PEOPLE": "everybody", "PUBLIC_URL": "https://plex.example.org"]
            settings.merge(more) { $1 }
            try await evening.run(settings) { port in try await body(evening, street, port) }
        }
    }

    /// The first look reads two years of history; the one show that is not sure is asked about on the way.
    static func question(_ evening: Evening) async throws -> ShownMessage {
        try await evening.discord.nextMessage(in: House.admin, after: 0) { $0.allText.contains("The Allotment") }
    }

    /// Until the history is read, however busy the machine.
    static func read(_ evening: Evening) async throws {
        _ = try await evening.logbook.first { $0.contains("the history is read") }
    }

    @Test func `reads what was watched before, says what comes next, and asks what is not sure`() async throws {
        try await Self.evening { evening, _, _ in
            let card = try await Self.question(evening)
            #expect(card.allText.contains("Which show is **The Allotment**"), "\(card.allText)")
            try await Self.read(evening)
            let next = try await evening.ask("!plex tracker")
            #expect(next.allText.contains("Meridian Hospital"), "\(next.allText)")
            let progress = try await evening.ask("!plex tracker progress")
            #expect(
                progress.allText.contains("Coppergate") && progress.allText.contains("8 of 8"), "\(progress.allText)")
            let values = card.controls.first?["options"]?.array?.compactMap { $0["label"]?.string } ?? []
            #expect(values.prefix(2).allSatisfy { $0.hasPrefix("The Allotment (") }, "\(values)")
            #expect(values.suffix(3) == ["Search another", "In no catalogue", "Ignore the show"], "\(values)")
            let conflicts = try await evening.ask("!plex tracker conflicts", in: House.admin)
            #expect(conflicts.allText.contains("3 plays wait"), "\(conflicts.allText)")
            let menu = try #require(card.controls.first?["custom_id"]?.string)
            _ = try await evening.discord.choose(
                ["\(values.count - 3)"], in: menu, on: card.id, as: House.robin)
            _ = try await evening.discord.nextMessage(in: House.admin, after: card.id) {
                $0.allText.contains("looks for it by its name")
            }
            let british = try #require(values.firstIndex { $0.contains("2003") })
            _ = try await evening.discord.choose(["\(british)"], in: menu, on: card.id, as: House.robin)
            let mapped = try await evening.discord.message(card.id) { $0.allText.contains("episodes were marked") }
            #expect(mapped.allText.contains("3 episodes were marked"), "\(mapped.allText)")
            let season = try await evening.ask("!plex tracker season 1 The Allotment")
            #expect(season.allText.contains("3 of 6 seen"), "\(season.allText)")
            let status = try await evening.ask("!plex status")
            #expect(status.allText.contains("plays marked"), "\(status.allText)")
        }
    }

    @Test func `can be used as the examples say`() async throws {
        try await Self.evening { evening, _, _ in
            try await Self.read(evening)
            for command in CommandList.examples where command.hasPrefix("tracker") {
                let answer = try await evening.ask("!plex \(command)", in: House.admin)
                for trouble in ["That did not work", "not set yet", "There is no", "Usage:"] {
                    #expect(!answer.allText.contains(trouble), "\(command): \(answer.allText)")
                }
            }
        }
    }

    @Test func `without a key it is TVmaze that is asked`() async throws {
        try await Self.evening(["TMDB_API_KEY": ""]) { evening, street, _ in
            try await Self.read(evening)
            let progress = try await evening.ask("!plex tracker progress")
            #expect(progress.allText.contains("Meridian Hospital"), "\(progress.allText)")
            #expect(street.tmdb.requests.entries.isEmpty)
        }
    }

    @Test func `what is played is marked by the hook of its own address, once`() async throws {
        try await Self.evening { evening, street, port in
            try await Self.read(evening)
            let given = try await evening.slash("plex tracker url")
            let secret = try #require(given.allText.split(separator: "/api/plex/webhook/").last?.prefix(48))
            #expect(given.isEphemeral && given.allText.contains("https://plex.example.org/"), "\(given.allText)")
            await street.plex.changeRules { rules in
                rules.webhooks = [
                    PlexWebhook(
                        url: "http://127.0.0.1:\(port)/api/plex/webhook/\(secret)",
                        person: HouseholdWorld.People.robin)
                ]
            }
            // The next of the hospital, told twice.
            let key = try #require(
                street.household.read { world in
                    let seen = Set(world.plays.filter { $0.person == HouseholdWorld.People.robin }.map(\.ratingKey))
                    return world.leafKeys(of: 33_000).first { !seen.contains($0) }
                })
            let before = try await evening.ask("!plex tracker show Meridian Hospital")
            let posts = await street.plex.watch(key, by: HouseholdWorld.People.robin)
            #expect(posts.allSatisfy { $0.status == 200 }, "\(posts)")
            _ = await street.plex.tell("media.scrobble", of: key, by: HouseholdWorld.People.robin)
            _ = try await evening.logbook.first {
                // What the history told is said at debug.
                $0.contains(" INFO ") && $0.contains("event=tracker.play outcome=marked")
            }
            let after = try await evening.ask("!plex tracker show Meridian Hospital").allText
            #expect(before.allText.contains("12 of 20 seen") && after.contains("13 of 20 seen"), "\(after)")
            let log = try await evening.ask("!plex tracker log", in: House.admin)
            #expect(log.allText.contains("only media.scrobble counts"), "\(log.allText)")
            let again = try await evening.slash("plex tracker url", options: ["rotate": true])
            #expect(again.allText.contains("void"), "\(again.allText)")
            let refused = await street.plex.tell("media.scrobble", of: key, by: HouseholdWorld.People.robin)
            #expect(refused.allSatisfy { $0.status == 401 }, "\(refused)")
        }
    }

    @Test func `is told who has finished a season, in its channel`() async throws {
        try await Self.evening(["TRACKER_CHANNEL": "\(House.media)"]) { evening, _, _ in
            let word = try await evening.discord.nextMessage(in: House.media, after: 0) {
                $0.allText.contains("has finished season")
            }
            #expect(word.allText.contains("of **"), "\(word.allText)")
        }
    }
}
