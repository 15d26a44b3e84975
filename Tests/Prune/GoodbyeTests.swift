// What the last letter says, what an old letter's button can still do, and how people are named in words to admins.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `A letter` {
    @Test func `of good-bye says how long nothing was watched, and when they were last seen`() async throws {
        try await Stage.open(Stage.week) { stage in
            try await stage.live(.days(1))
            stage.play(1, "The Last Film")
            let seen = stage.clock.now
            try await stage.live(.days(10))
            let removal = try #require(try await stage.openCase())
            let answer = try await stage.prune.approve(removal.id, by: "discord:1")
            #expect(answer.end == .done)
            let goodbye = try #require(stage.now.notices.last { $0.kind == .removal })
            #expect(goodbye.lastSeenAt == seen && goodbye.lastTitle == "The Last Film")
            #expect((6...10).contains(goodbye.idleDays ?? 0))
            let words = goodbye.message(server: "The House").report.plainText
            #expect(words.contains("The Last Film") && words.contains("ask the owner"))
        }
    }

    @Test func `is about one lapse, and so is its button`() async throws {
        try await Stage.open(Stage.week) { stage in
            try await stage.live(.days(5))
            let first = try #require(stage.now.notices.last { $0.kind == .warning })
            let standing = try #require(try await stage.prune.standing(of: 2))
            #expect(first.lapse == standing.baseline.at)
            let subject = try #require(PruneCardSubject(first.message(server: "x").subject))
            #expect(subject.person == 2 && subject.isOfLapse(from: standing.baseline.at))
            stage.play(1)
            try await stage.live(.days(5))
            let second = try #require(stage.now.notices.last { $0.kind == .warning })
            let now = try #require(try await stage.prune.standing(of: 2)).baseline.at
            #expect(second.lapse == now && first.lapse != now)
            #expect(!subject.isOfLapse(from: now))
            #expect(PruneCardSubject("{\"person\":2}")?.isOfLapse(from: now) == true, "as older messages had it")
        }
    }

    @Test func `to admins names people where the ledger has their numbers`() async throws {
        try await Stage.open(Stage.week) { stage in
            _ = try await stage.prune.lookForNew()
            _ = try await stage.prune.vip(3, true, by: "discord:77")
            _ = try await stage.prune.stop(by: "discord:88")
            func people(_ reports: [Report]) -> [UInt64] {
                reports.flatMap { $0.lines + $0.fields.map(\.value) }.flatMap(\.parts).compactMap { part in
                    if case .person(let id, _) = part { id } else { nil }
                }
            }
            // Another one knows it from the tables.
            let (other, _) = try await stage.another()
            let pages = try await other.status().pages()
            #expect(Set(people(pages)) == [77, 88])
            let refusal = try await other.approve(1, by: "discord:1").report
            #expect(people([refusal]) == [88])
            let why = try await stage.prune.why(3)
            #expect(people([why]).contains(77))
        }
    }
}

@Suite(.timeLimit(.minutes(2))) struct `What is counted` {
    @Test func `are people by verdict, warnings, removals and looks`() async throws {
        try await Stage.open(Stage.week) { stage in
            try await stage.live(.days(1))
            stage.change { $0.historyFault = .unknown(why: "Tautulli is away") }
            _ = try await stage.prune.scan()
            stage.change { $0.historyFault = nil }
            try await stage.live(.days(10))
            let removal = try #require(try await stage.openCase())
            _ = try await stage.prune.approve(removal.id, by: "discord:1")
            let tally = try await stage.prune.tally()
            #expect(tally.people.values.reduce(0, +) == 12 && tally.people["immune"] == 1)
            #expect(tally.people["active"] == 11 && tally.people["inactive"] == 0)
            #expect(tally.warnings == 1 && tally.removals == 1)
            #expect(tally.unknownLooks == 1 && tally.goodLooks == 44)
            #expect(tally.lastGoodLook == stage.clock.now)
            let line = try #require(try await stage.prune.status().line).plainText
            #expect(line.hasPrefix("Prune: 11 people count, 0 warned"), "\(line)")
        }
    }
}
