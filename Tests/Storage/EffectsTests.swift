// The one door out: what was asked for happens once, or it is known why it did not.

import Domain
import Runtime
import SQLite
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct EffectsTests {
    private let scene: Scene
    private let acts = Count()
    init() throws { scene = try Scene() }

    struct PlexIsDown: Error, CustomStringConvertible { let description = "Plex answered 500" }

    private func effect(_ key: String = "k", kind: String = "prune.remove", isDestructive: Bool = false) -> Effect {
        Effect(
            key: key, kind: kind, summary: "Removes Ann", actor: "job:prune", subject: "person:7",
            reason: "idle", evidence: #"{"days":90}"#, undo: "invite", isDestructive: isDestructive)
    }

    private func outcomes(_ database: Database) async throws -> [LedgerEntry.Outcome] {
        try await Ledger(database).entries().reversed().map(\.outcome)
    }

    // MARK: Once

    @Test func `the same key happens once`() async throws {
        let database = try await scene.open()
        let effects = Effects(database, isDryRun: false)
        #expect(try await effects.perform(effect()) { acts.add() } == .done)
        #expect(try await effects.perform(effect()) { acts.add() } == .alreadyDone)
        // Also by another process, later.
        await database.close()
        let later = try await scene.open()
        #expect(try await Effects(later, isDryRun: false).perform(effect()) { acts.add() } == .alreadyDone)
        #expect(acts.value == 1)
        #expect(try await outcomes(later) == [.done])
    }

    @Test func `a hundred at once with one key happen once`() async throws {
        let effects = Effects(try await scene.open(), isDryRun: false)
        let results = try await withThrowingTaskGroup(of: EffectResult.self) { group in
            for _ in 0..<100 {
                group.addTask { try await effects.perform(effect()) { acts.add() } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(acts.value == 1)
        #expect(results.count { $0 == .done } == 1)
        #expect(results.count { $0 == .alreadyDone } == 99)
    }

    @Test func `who comes while it is being done waits and shares the result`() async throws {
        let effects = Effects(try await scene.open(), isDryRun: false)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        async let first = effects.perform(effect()) {
            acts.add()
            begin.finish()
            for await _ in gate {}
            throw PlexIsDown()
        }
        for await _ in began {}
        async let second = effects.perform(effect()) { acts.add() }
        // Another key does not wait.
        #expect(try await effects.perform(effect("other")) {} == .done)
        open.finish()
        #expect(try await first == .failed("Plex answered 500"))
        let late = try await second
        // Either it waited, or it came after the first had failed and did it: never both at once.
        #expect(late == .failed("Plex answered 500") ? acts.value == 1 : late == .done && acts.value == 2)
    }

    @Test func `the intent is on the disk before the act begins`() async throws {
        let database = try await scene.open()
        let effects = Effects(database, isDryRun: false)
        let path = scene.path
        _ = try await effects.perform(effect()) {
            let other = try Connection.open(path, access: .readOnly)
            let seen = try other.row("SELECT subject, evidence, undo FROM ledger") { row in
                [try row.text("subject"), try row.text("evidence"), try row.text("undo")]
            }
            #expect(seen == ["person:7", #"{"days":90}"#, "invite"])
            acts.add()
        }
        #expect(acts.value == 1)
    }

    @Test func `what failed may be tried again, and the ledger has both`() async throws {
        let database = try await scene.open()
        let effects = Effects(database, isDryRun: false)
        #expect(try await effects.perform(effect()) { throw PlexIsDown() } == .failed("Plex answered 500"))
        #expect(try await effects.perform(effect()) { acts.add() } == .done)
        #expect(try await outcomes(database) == [.failed("Plex answered 500"), .done])
    }

    // MARK: Rules of the door

    @Test func `a dry run does nothing, says so in the ledger, and leaves the key free`() async throws {
        let database = try await scene.open()
        let dry = Effects(database, isDryRun: true)
        #expect(try await dry.perform(effect(isDestructive: true)) { acts.add() } == .dryRun)
        #expect(acts.value == 0)
        #expect(try await outcomes(database) == [.dryRun])
        #expect(try await Effects(database, isDryRun: false).perform(effect()) { acts.add() } == .done)
    }

    @Test func `a dry run asked again every half hour is one line in the ledger`() async throws {
        let database = try await scene.open()
        let dry = Effects(database, isDryRun: true)
        for _ in 0..<5 { #expect(try await dry.perform(effect()) { acts.add() } == .dryRun) }
        #expect(try await dry.perform(effect("other")) { acts.add() } == .dryRun)
        #expect(try await outcomes(database) == [.dryRun, .dryRun])
        // A refusal likewise; and what was thought between is not forgotten.
        let strict = Effects(database, isDryRun: false)
        for _ in 0..<3 { _ = try await strict.perform(effect(isDestructive: true)) { acts.add() } }
        _ = try await dry.perform(effect()) { acts.add() }
        #expect(try await outcomes(database) == [.dryRun, .dryRun, .refused("nobody approved it"), .dryRun])
        #expect(acts.value == 0)
    }

    @Test func `one feature may be dry while the others are not`() async throws {
        let effects = Effects(try await scene.open(), isDryRun: false, dryKinds: ["prune."])
        #expect(effects.isDry("prune.mail") && !effects.isDry("newsletter.send"))
        #expect(try await effects.perform(effect()) { acts.add() } == .dryRun)
        #expect(try await effects.perform(effect("n", kind: "newsletter.send")) { acts.add() } == .done)
        #expect(acts.value == 1)
    }

    @Test func `how an effect ended can be asked without performing it`() async throws {
        let effects = Effects(try await scene.open(), isDryRun: false)
        #expect(try await effects.outcome(of: "k") == nil)
        _ = try await effects.perform(effect()) { throw PlexIsDown() }
        #expect(try await effects.outcome(of: "k") == .failed("it did not happen"))
        _ = try await effects.perform(effect()) { throw Uncertain("timed out") }
        #expect(try await effects.outcome(of: "k") == .interrupted)
        try await effects.settleInterrupted(["prune.remove": { _ in .known(true) }])
        #expect(try await effects.outcome(of: "k") == .done)
    }

    @Test func `two doors to one database do not both open`() async throws {
        let database = try await scene.open()
        let (first, second) = (Effects(database, isDryRun: false), Effects(database, isDryRun: false))
        let inner = Count()
        let result = try await first.perform(effect()) {
            acts.add()
            // Nothing can say whether the first is still at it.
            let late = try await second.perform(effect()) { inner.add() }
            #expect(late == .interrupted)
        }
        #expect(result == .done && acts.value == 1 && inner.value == 0)
        #expect(try await second.perform(effect()) { inner.add() } == .alreadyDone)
        let results = try await withThrowingTaskGroup(of: EffectResult.self) { group in
            for number in 0..<20 {
                let door = number.isMultiple(of: 2) ? first : second
                group.addTask { try await door.perform(effect("many")) { acts.add() } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count { $0 == .done } == 1 && acts.value == 2)
    }

    @Test func `what is destructive needs an approval`() async throws {
        let database = try await scene.open()
        let strict = Effects(database, isDryRun: false)
        #expect(
            try await strict.perform(effect(isDestructive: true)) { acts.add() } == .refused("nobody approved it"))
        let asked = Effects(database, isDryRun: false) { effect in effect.subject == "person:7" }
        #expect(try await asked.perform(effect(isDestructive: true)) { acts.add() } == .done)
        #expect(try await outcomes(database) == [.refused("nobody approved it"), .done])
        #expect(acts.value == 1)
    }

    @Test func `a cap holds, also against many at once, until its period is over`() async throws {
        let database = try await scene.open()
        let effects = Effects(database, isDryRun: false, caps: [EffectCap("prune.remove", atMost: 3, per: .days(1))])
        // Failing takes no room.
        _ = try await effects.perform(effect("failing")) { throw PlexIsDown() }
        let results = try await withThrowingTaskGroup(of: EffectResult.self) { group in
            for number in 0..<10 { group.addTask { try await effects.perform(effect("\(number)")) { acts.add() } } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(acts.value == 3)
        let words = "the cap for prune.remove is 3 per day and it is reached"
        #expect(results.count { $0 == .refused(words) } == 7)
        #expect(try await effects.perform(effect("m", kind: "mail.send")) { acts.add() } == .done)
        await scene.clock.advance(by: .days(1))
        #expect(try await effects.perform(effect("next day")) { acts.add() } == .done)
    }

    // MARK: Interrupted

    static let findings: [(Reading<Bool>, EffectResult, happens: Bool)] = [
        (.known(true), .alreadyDone, false),
        (.known(false), .done, true),
        (.absent, .interrupted, false),
        (.unknown(why: "Plex does not answer"), .interrupted, false),
    ]

    @Test(arguments: findings)
    func `what may have happened is repeated only when verify says that it did not`(
        _ reading: Reading<Bool>, _ result: EffectResult, _ happens: Bool
    ) async throws {
        let database = try await scene.open()
        let effects = Effects(database, isDryRun: false)
        #expect(try await effects.perform(effect()) { throw Uncertain("timed out") } == .interrupted)
        #expect(try await effects.perform(effect()) { acts.add() } == .interrupted)
        #expect(acts.value == 0)
        let wanted = effect()
        try await effects.settleInterrupted([
            "prune.remove": { effect in
                #expect(effect == wanted)
                return reading
            }
        ])
        #expect(try await effects.perform(effect()) { acts.add() } == result)
        #expect(acts.value == (happens ? 1 : 0))
        #expect(try await effects.interrupted().isEmpty == (result != .interrupted))
    }

    @Test func `being stopped in the middle is not failing`() async throws {
        let database = try await scene.open()
        let effects = Effects(database, isDryRun: false)
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await effects.perform(effect()) {
                begin.finish()
                let (forever, _) = AsyncStream.makeStream(of: Void.self)
                for await _ in forever {}
                // What a client throws when its task goes away.
                throw PlexIsDown()
            }
        }
        for await _ in began {}
        task.cancel()
        #expect(try await task.value == .interrupted)
        #expect(try await outcomes(database) == [.interrupted])
        // What has not begun when the program stops does not begin.
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await effects.perform(effect("late")) { acts.add() }
        }
        late.cancel()
        #expect(try await late.value == .refused("Autoplex is stopping"))
        #expect(acts.value == 0)
    }

    @Test func `an outcome the disk did not take is written later, not forgotten`() async throws {
        let database = try await scene.open(busyTimeout: .zero)
        let effects = Effects(database, isDryRun: false)
        let path = scene.path
        let holder = Holder()
        await #expect(throws: StorageError.self) {
            try await effects.perform(effect()) {
                acts.add()
                try holder.lock(path)
            }
        }
        holder.release()
        // There is no verify for it, and none is needed.
        #expect(try await effects.perform(effect()) { acts.add() } == .alreadyDone)
        #expect(acts.value == 1)
        #expect(try await outcomes(database) == [.done])
    }

    @Test func `a person may say what happened`() async throws {
        let database = try await scene.open()
        let effects = Effects(database, isDryRun: false)
        for key in ["a", "b"] { _ = try await effects.perform(effect(key)) { throw Uncertain("timed out") } }
        try await effects.settle("a", happened: true, by: "discord:1")
        try await effects.settle("b", happened: false, by: "discord:1")
        #expect(try await effects.perform(effect("a")) { acts.add() } == .alreadyDone)
        #expect(try await effects.perform(effect("b")) { acts.add() } == .done)
        let history = try await Ledger(database).outcomes(of: 1)
        #expect(history.map(\.outcome) == [.interrupted, .done])
    }
}
