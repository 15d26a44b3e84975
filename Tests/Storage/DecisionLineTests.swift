// Every decision that the Ledger keeps is one line of the log, with the Ledger's number, the key, the rule and the outcome,
// and without the names that the Ledger's own words hold.

import Runtime
import Storage
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct `The line of a decision` {
    private final class Lines: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        var decisions: [String] { all.filter { $0.contains("event=") } }
        func write(_ line: String) { kept.withLock { $0.append(line) } }
    }

    private let scene: Scene
    private let lines = Lines()
    init() throws { scene = try Scene() }

    private func open() async throws -> Database {
        let log = Log(level: .debug, clock: scene.clock, write: { [lines] in lines.write($0) })
        return try await Database.open(path: scene.path, clock: scene.clock, log: log)
    }

    private static func effect(_ kind: String = "letters.send", destructive: Bool = false) -> Effect {
        Effect(
            key: "\(kind):7", kind: kind, summary: "A letter to Anna", actor: "job:letters", subject: "person:7",
            reason: "subscribed: Anna said so", evidence: #"{"mail":"anna@example.org"}"#, isDestructive: destructive)
    }

    private struct Broken: Error, CustomStringConvertible { let description = "no mail server" }

    enum Course: String, CaseIterable { case done, failed, uncertain, dry, unapproved, capped }

    @Test(arguments: Course.allCases)
    func `an effect is one line, however it ends`(_ course: Course) async throws {
        let database = try await open()
        let effects = Effects(
            database, isDryRun: course == .dry,
            caps: course == .capped ? [EffectCap("letters.send", atMost: 0, per: .days(1))] : [])
        for _ in 1...2 where course != .failed {
            // The second time nothing new is decided.
            _ = try await effects.perform(Self.effect(destructive: course == .unapproved)) {
                if course == .uncertain { throw Uncertain("no answer") }
            }
        }
        if course == .failed { _ = try await effects.perform(Self.effect()) { throw Broken() } }
        let outcome: [Course: String] = [
            .done: "done", .failed: "failed", .uncertain: "interrupted", .dry: "dryRun", .unapproved: "refused",
            .capped: "refused",
        ]
        let said = lines.decisions.filter { $0.contains("event=letters.send") }
        #expect(said.count == 1, "\(lines.all)")
        let line = try #require(said.first)
        for part in [
            "outcome=\(outcome[course] ?? "")", "ledger=1", "key=letters.send:7", "rule=subscribed", "subject=person:7",
            "by=job:letters",
        ] { #expect(line.contains(part), "\(line)") }
        if course == .failed { #expect(line.contains("WARNING") && line.contains("no mail server"), "\(line)") }
        for secret in ["Anna", "anna@example.org"] { #expect(!lines.all.joined().contains(secret), "\(lines.all)") }
        await database.close()
    }

    @Test func `what the Ledger takes in is said once it is on the disk, and not when it came to nothing`() async throws
    {
        let database = try await open()
        let entry = LedgerEntry(
            at: scene.clock.now, actor: "discord:1", action: "people.link", subject: "person:7",
            summary: "Anna is Anna", reason: "decided by Anna", rule: "an admin's word")
        let ledger = Ledger(database)
        let id = try await ledger.append(entry)
        await #expect(throws: (any Error).self) {
            try await database.write { db in
                _ = try Ledger.append(entry, db)
                throw Broken()
            }
        }
        let said = lines.decisions
        #expect(said.count == 1 && said.first?.contains("ledger=\(id)") == true, "\(said)")
        #expect(said.first?.contains("rule=\"an admin's word\"") == true && !said.joined().contains("Anna"), "\(said)")
        await database.close()
    }
}
