// Some of the worlds of `make prune-proof`, so that a mistake is seen before the ten thousand run.

import FoundationEssentials
import PruneWorld
import Runtime
import Testing

@Suite struct `Prune in many worlds` {
    /// In memory where there is such a place, and of its own: the same tests may run beside these.
    private func inFolder(_ body: (String) async -> Void) async throws {
        let memory = (try? Files.exists("/dev/shm")) == true ? "/dev/shm" : "/tmp"
        let folder = "\(memory)/autoplex-worlds-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        await body(folder)
        try FileManager.default.removeItem(atPath: folder)
    }

    /// Small ones: a debug build takes ten times as long.
    @Test(.timeLimit(.minutes(5)), arguments: 0..<10) func `hurts nobody`(_ part: UInt64) async throws {
        try await inFolder { folder in
            for seed in part * 20..<part * 20 + 20 where seed % 100 != 7 {
                let plan = WorldPlan(seed)
                guard plan.people < 8, plan.days < 14 else { continue }
                let outcome = await World.run(plan, in: folder)
                #expect(outcome.violations == [], "make prune-proof SEED=\(seed)")
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `goes the same way each time`() async throws {
        try await inFolder { folder in
            let plan = WorldPlan(12)
            let first = await World.run(plan, in: folder, keepsTrace: true)
            let second = await World.run(plan, in: folder, keepsTrace: true)
            #expect(first.trace == second.trace && first.trace.count > 100)
        }
    }
}
