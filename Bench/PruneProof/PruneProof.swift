// Lives through thousands of worlds, each from its seed, and says which of them prune has hurt (`make prune-proof`).
//   prune-proof [--seeds N] [--from N]      that many, on every core
//   prune-proof --seed N [--people N] [--days N]   one, told step by step

internal import FoundationEssentials
internal import PruneWorld
internal import Runtime
internal import Synchronization

@main struct PruneProof {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        guard let options = Options(words) else {
            StandardOutput.writeLine("usage: prune-proof [--seeds N] [--from N] | --seed N [--people N] [--days N]")
            Program.exit(64)
        }
        let memory = (try? Files.exists("/dev/shm")) == true ? "/dev/shm" : "/tmp"
        // Of its own: the same worlds may be lived through beside it.
        let folder = "\(memory)/prune-proof-\(UInt64.random(in: .min ... .max))"
        do { try Files.makeFolder(folder) } catch {
            Program.complain("\(error)")
            Program.exit(1)
        }
        if let seed = options.seed {
            let plan = WorldPlan(seed, people: options.people, days: options.days)
            let outcome = await World.run(plan, in: folder, keepsTrace: true)
            for line in outcome.trace { StandardOutput.writeLine(line) }
            StandardOutput.writeLine("\(outcome.people) people, \(outcome.days) days: \(outcome.tally)")
            for violation in outcome.violations { StandardOutput.writeLine("VIOLATED: \(violation)") }
            try? FileManager.default.removeItem(atPath: folder)
            Program.exit(outcome.violations.isEmpty ? 0 : 1)
        }
        let isWell = await manyWorlds(options, folder)
        try? FileManager.default.removeItem(atPath: folder)
        Program.exit(isWell ? 0 : 1)
    }

    private static func manyWorlds(_ options: Options, _ folder: String) async -> Bool {
        let started = SystemClock().uptime
        let seeds = Seeds(options.from..<options.from + options.seeds)
        let (failed, tally) = await withTaskGroup(of: ([PruneOutcome], Truth.Tally).self) { group in
            for _ in 0..<options.workers { group.addTask { await live(seeds, folder) } }
            var all: ([PruneOutcome], Truth.Tally) = ([], Truth.Tally())
            for await part in group { all = (all.0 + part.0, all.1 + part.1) }
            return all
        }
        if let worst = failed.min(by: { $0.seed < $1.seed }) { await shrink(worst, folder) }
        let seconds = Int((SystemClock().uptime - started).inSeconds)
        StandardOutput.writeLine("\(options.seeds) worlds in \(seconds) s, \(failed.count) hurt somebody: \(tally)")
        return failed.isEmpty
    }

    private static func live(_ seeds: Seeds, _ folder: String) async -> ([PruneOutcome], Truth.Tally) {
        var (failed, tally): ([PruneOutcome], Truth.Tally) = ([], Truth.Tally())
        while let seed = seeds.next() {
            let outcome = await World.run(WorldPlan(seed), in: folder)
            tally = tally + outcome.tally
            guard let violation = outcome.violations.first else { continue }
            failed.append(outcome)
            StandardOutput.writeLine("seed \(seed): \(violation)")
            StandardOutput.writeLine("  make prune-proof SEED=\(seed)")
        }
        return (failed, tally)
    }

    /// Fewer people and days with which the same seed still fails.
    private static func shrink(_ outcome: PruneOutcome, _ folder: String) async {
        var (people, days) = (outcome.people, outcome.days)
        func fails(_ people: Int, _ days: Int) async -> Bool {
            await !World.run(WorldPlan(outcome.seed, people: people, days: days), in: folder).violations.isEmpty
        }
        while people > 1, await fails(people / 2, days) { people /= 2 }
        while people > 1, await fails(people - 1, days) { people -= 1 }
        while days > 1, await fails(people, days / 2) { days /= 2 }
        StandardOutput.writeLine(
            "the smallest found: make prune-proof SEED=\(outcome.seed) PEOPLE=\(people) DAYS=\(days)")
    }
}

private struct Options {
    var seeds: UInt64 = 10_000
    var from: UInt64 = 0
    var seed: UInt64?
    var people: Int?
    var days: Int?
    var workers = 4

    init?(_ words: [String]) {
        var rest = words[...]
        while let word = rest.popFirst() {
            guard let value = rest.popFirst(), let number = UInt64(value) else { return nil }
            switch word {
            case "--seeds": seeds = number
            case "--from": from = number
            case "--seed": seed = number
            case "--people": people = Int(number)
            case "--days": days = Int(number)
            case "--workers": workers = Int(number)
            default: return nil
            }
        }
    }
}

/// Each once, whoever asks.
private final class Seeds: Sendable {
    private let rest: Mutex<Range<UInt64>>

    init(_ seeds: Range<UInt64>) { rest = Mutex(seeds) }

    func next() -> UInt64? { rest.withLock { $0.popFirst() } }
}
