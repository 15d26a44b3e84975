// Welcomes are a wish of their own: a dry run of all keeps them, one of prune does not; and whoever was welcomed when they
// were of prune's kind is not welcomed again.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `A welcome` {
    private func arrival(in stage: Stage) async throws -> [PruneDeed] {
        _ = try await stage.prune.lookForNew()
        stage.change { $0.people.append(Stage.member(13, joined: Stage.start)) }
        return try await stage.prune.lookForNew().welcomed
    }

    @Test(arguments: PruneWishes.Mode.allCases)
    func `goes out whatever PRUNE is`(_ mode: PruneWishes.Mode) async throws {
        let wishes = Stage.wishes { wishes in
            wishes.mode = mode
            wishes.welcomes = true
        }
        try await Stage.open(wishes) { stage in
            let welcomed = try await arrival(in: stage)
            #expect(welcomed.map(\.end) == [.done])
            #expect(stage.journal == [.word("arrival"), .mail(.welcome, 14)])
            let actions = Set(try await stage.ledger(nil, 13).map(\.action))
            #expect(actions == [PruneKind.arrival, PruneKind.welcomeMail])
            let why = try await stage.prune.why(14).plainText
            #expect(why.contains(PruneKind.welcomeMail), "\(why)")
        }
    }

    @Test(arguments: PruneWishes.Mode.allCases)
    func `stays at home in a dry run of everything`(_ mode: PruneWishes.Mode) async throws {
        let wishes = Stage.wishes { wishes in
            wishes.mode = mode
            wishes.welcomes = true
        }
        try await Stage.open(wishes, dry: true) { stage in
            let welcomed = try await arrival(in: stage)
            #expect(welcomed.map(\.end) == [.dryRun])
            #expect(stage.journal == [])
        }
    }

    @Test(arguments: PruneWishes.Mode.allCases)
    func `is not sent where nobody wished it`(_ mode: PruneWishes.Mode) async throws {
        try await Stage.open(Stage.wishes { $0.mode = mode }) { stage in
            let welcomed = try await arrival(in: stage)
            #expect(welcomed == [])
            #expect(stage.journal == [])
        }
    }

    @Test(arguments: [true, false])
    func `of an older Autoplex is not sent again`(_ wasKnown: Bool) async throws {
        try await Stage.open(Stage.wishes { $0.welcomes = true }) { stage in
            _ = try await stage.prune.lookForNew()
            stage.change { $0.people.append(Stage.member(13, joined: Stage.start)) }
            // As it was written then, and perhaps cut off before the person was marked.
            for (kind, key) in [
                ("prune.tell", "prune.tell:arrival:14"), ("prune.mail", "prune.mail:welcome:14:0:1"),
            ] {
                _ = try await stage.effects.perform(
                    Effect(key: key, kind: kind, summary: "", actor: "prune", subject: "person:14")
                ) { if !wasKnown { throw Uncertain("cut off") } }
            }
            for _ in 0..<3 {
                stage.clock.move(by: .hours(2))
                _ = try await stage.prune.lookForNew()
            }
            #expect(stage.journal == [])
            let state = try await stage.prune.book.state()
            #expect(state.record(14)?.welcome == .done)
        }
    }

    @Test func `is taken out of the ledger with its person`() async throws {
        let wishes = Stage.wishes { wishes in
            wishes.welcomes = true
            wishes.forgetDays = 10
        }
        try await Stage.open(wishes) { stage in
            _ = try await arrival(in: stage)
            stage.change { _ = $0.people.removeLast() }
            _ = try await stage.prune.lookForNew()
            stage.clock.move(by: .days(11))
            try await stage.prune.anonymise()
            let entries = try await stage.ledger(nil, 13)
            #expect(!entries.isEmpty && entries.allSatisfy { $0.summary.isEmpty })
        }
    }
}
