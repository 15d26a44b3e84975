// The Ledger keeps what it acknowledged, whatever happens to the process, and finds it again.

import Glibc
import Runtime
import SQLite
import Storage
import Synchronization
import Testing

@Suite struct LedgerTests {
    private let scene: Scene
    init() throws { scene = try Scene() }

    private func entry(_ subject: String, actor: String = "job:prune", action: String = "remove") -> LedgerEntry {
        LedgerEntry(at: scene.clock.now, actor: actor, action: action, subject: subject)
    }

    @Test(arguments: [
        LedgerEntry.Outcome.intended, .done, .failed("Plex answered 500"), .refused("too many"), .interrupted, .dryRun,
    ])
    func `an entry comes back as it was written`(_ outcome: LedgerEntry.Outcome) async throws {
        let ledger = Ledger(try await scene.open())
        var entry = LedgerEntry(
            at: scene.clock.now, actor: "discord:1", action: "remove", subject: "person:7", summary: "Removes Søren",
            reason: "idle for 90 days", evidence: #"{"lastPlay":null}"#, outcome: outcome, effectKey: "k",
            undo: "invite")
        entry.id = try await ledger.append(entry)
        #expect(try await ledger.entries() == [entry])
    }

    @Test func `what one asks for is found, newest first, page by page`() async throws {
        let ledger = Ledger(try await scene.open())
        for number in 1...5 {
            try await ledger.append(entry("person:\(number % 2)", actor: "discord:\(number)"))
            await scene.clock.advance(by: .days(1))
        }
        #expect(try await ledger.entries(matching: LedgerFilter(subject: "person:1")).map(\.id) == [5, 3, 1])
        #expect(try await ledger.entries(matching: LedgerFilter(subject: "person:1"), limit: 2).map(\.id) == [5, 3])
        #expect(try await ledger.entries(matching: LedgerFilter(subject: "person:1"), before: 3).map(\.id) == [1])
        #expect(try await ledger.entries(matching: LedgerFilter(actor: "discord:2")).map(\.id) == [2])
        #expect(try await ledger.entries(matching: LedgerFilter(action: "nothing")).isEmpty)
        let since = scene.clock.now - .days(3)
        #expect(try await ledger.entries(matching: LedgerFilter(since: since)).map(\.id) == [5, 4, 3])
        let window = LedgerFilter(since: since, until: since + .days(1))
        #expect(try await ledger.entries(matching: window).map(\.id) == [3])
    }

    @Test func `text that looks like SQL is text`() async throws {
        let ledger = Ledger(try await scene.open())
        let nasty = "'; DROP TABLE ledger; --"
        try await ledger.append(entry(nasty))
        #expect(try await ledger.entries(matching: LedgerFilter(subject: nasty)).map(\.subject) == [nasty])
    }

    /// The child process appends from four tasks at once, prints each number after it was acknowledged, and is killed at
    /// a moment that has nothing to do with what it is at.
    @Test(.timeLimit(.minutes(2)), arguments: [0, 1, 7, 40, 150, 400])
    func `kill -9 loses no acknowledged row`(_ least: Int) async throws {
        let result = try await #require(
            processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]
        ) { [path = scene.path as String, least = least as Int] in
            let ledger = Ledger(try await Database.open(path: path))
            let acknowledged = Count()
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<4 {
                    group.addTask {
                        while true {
                            let subject = "row \(UInt64.random(in: .min ... .max))"
                            let entry = LedgerEntry(
                                at: Instant(seconds: 0), actor: "task \(task)", action: "append", subject: subject)
                            guard let id = try? await ledger.append(entry) else { return }
                            // One write(2) for a line, so that no line is torn.
                            let line = Array("acknowledged \(id) \(subject)\n".utf8)
                            _ = unsafe write(STDOUT_FILENO, line, line.count)
                            acknowledged.add()
                        }
                    }
                }
                while acknowledged.value < least { await Task.yield() }
                for _ in 0..<Int.random(in: 0..<200_000) { _ = acknowledged.value }
                kill(getpid(), SIGKILL)
            }
        }
        let lines = String(decoding: result.standardOutputContent, as: UTF8.self).split(separator: "\n")
        let promised = lines.filter { $0.hasPrefix("acknowledged ") }.map { $0.split(separator: " ", maxSplits: 2) }
        #expect(promised.count >= least)

        let database = try await scene.open()
        let entries = try await Ledger(database).entries(limit: .max)
        let found = Dictionary(uniqueKeysWithValues: entries.map { ("\($0.id)", $0) })
        for row in promised {
            let entry = try #require(found[String(row[1])], "row \(row[1]) was acknowledged and is gone")
            #expect(entry.subject == row[2])
            #expect(entry.outcome == .done)
        }
        // No gap and nothing half: each number once, from 1.
        #expect(entries.reversed().map(\.id) == (0..<entries.count).map { Int64($0 + 1) })
        #expect(try Connection.open(scene.path, access: .readOnly).firstDamage(thorough: true) == nil)
    }
}
