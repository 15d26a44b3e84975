// A verdict comes within five seconds, whoever is silent; and what was not said is called unknown, with its reason.

import Domain
@testable import Downloads
import Runtime
import Testing

@Suite(.timeLimit(.minutes(1))) struct `A verdict in five seconds` {
    private static let whole = Duration.seconds(5)

    private static func inputs(_ one: DownloadCase, _ rule: FilmRule) -> String {
        one.trace.first { $0.rule == rule }?.inputs ?? ""
    }

    /// Time passes only while somebody is waited for.
    private static func patiently<Value: Sendable>(
        _ stage: Stage, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask { [clock = stage.clock] in
                while !Task.isCancelled {
                    await clock.sleepers(atLeast: 1)
                    await clock.advance(by: .milliseconds(100))
                }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() { if let value { return value } }
            throw CancellationError()
        }
    }

    @Test(arguments: [
        ["item", "film", "plays", "space"], ["film"], ["item"], ["plays"], ["queue", "history", "space"],
        ["item", "plays", "queue", "history", "space"],
    ])
    func `whoever is silent`(silent: [String]) async throws {
        try await Stage.run { stage in
            stage.set { world in
                world.films[0].rating = FilmRating(7.5, votes: 90_000, source: "IMDb")
                world.plays = [PlayTally("Jellystat", .known(1))]
                world.silent = Set(silent)
            }
            let one = try #require(try await Self.patiently(stage) { try await stage.watch() })
            let judged = try #require(one.judgedAt)
            #expect(judged - Films.now < Self.whole, "\(judged - Films.now)")
            #expect(one.trace.map(\.rule) == FilmRule.allCases)
            let rules: [String: FilmRule] = [
                "film": .radarr, "item": .favourite, "plays": .rewatch, "queue": .queue, "history": .deleted,
                "space": .space,
            ]
            // Of a film that no Radarr named there is no queue to ask for.
            for who in silent {
                let rule = try #require(rules[who])
                #expect(Self.inputs(one, rule).contains("no answer in time"), "\(who): \(Self.inputs(one, rule))")
            }
            // Whoever did answer is heard.
            if !silent.contains("film") { #expect(Self.inputs(one, .radarr).contains("Radarr has it")) }
        }
    }

    @Test func `who they are is asked at the door and again, and both are soon over`() async throws {
        try await Stage.run { stage in
            stage.set { $0.silent = ["users", "item", "film", "plays"] }
            let one = try #require(try await Self.patiently(stage) { try await stage.watch { $0.user.name = nil } })
            let judged = try #require(one.judgedAt)
            #expect(judged - Films.now < Self.whole, "\(judged - Films.now)")
            #expect(one.state == .waiting && one.why == "no answer in time")
        }
    }

    @Test func `eight evenings end at once, and all of them are judged`() async throws {
        try await Stage.run { stage in
            stage.set { $0.silent = ["item", "film", "plays"] }
            for number in 1...8 {
                _ = try await stage.downloads.take(Stage.playback(FilmIDs(tmdb: 500 + number, title: "Film \(number)")))
            }
            try await Self.patiently(stage) { try await stage.downloads.judgeDue() }
            let all = try await stage.downloads.book.latest(20)
            #expect(all.count == 8)
            for one in all { #expect(try #require(one.judgedAt) - Films.now < Self.whole) }
        }
    }

    @Test func `those judged together do not share the last place of a day`() async throws {
        try await Stage.run({ $0.perDay = 1 }) { stage in
            var other = Stage.entry
            (other.id, other.ids) = (8, FilmIDs(tmdb: 200, title: "Other", year: 2024))
            stage.set { [other] in $0.films.append(other) }
            _ = try await stage.downloads.take(Stage.playback())
            _ = try await stage.downloads.take(Stage.playback(other.ids))
            try await stage.downloads.work()
            #expect(stage.journal == ["search Radarr 7"])
        }
    }

    @Test func `a Radarr that is long in saying why it took nothing keeps no other film waiting`() async throws {
        try await Stage.run { stage in
            var other = Stage.entry
            (other.id, other.ids) = (8, FilmIDs(tmdb: 200, title: "Other", year: 2024))
            stage.set { [other] world in
                world.films.append(other)
                world.silent = ["releases"]
                world.command = .known(CommandState(status: "completed", message: "0 reports downloaded"))
            }
            try await stage.watch()
            await stage.clock.advance(by: .seconds(6))
            let following = Task { try await stage.downloads.work() }
            await stage.clock.sleepers(atLeast: 1)
            _ = try await stage.downloads.take(Stage.playback(other.ids, at: stage.clock.now))
            try await stage.downloads.judgeDue()
            let newest = try await stage.newest()
            #expect(newest.decision == "download")
            following.cancel()
            try? await following.value
        }
    }
}
