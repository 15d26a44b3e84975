// The long fuzz of the readers of hooks (`make fuzz`): seeds without end, or as many as asked for. A trap ends the process
// and names its seed by the last line printed; what a reader believed wrongly is printed whole.

import HookMill
import Runtime

@main struct HookFuzz {
    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count <= 2, words.allSatisfy({ UInt64($0) != nil }) else {
            StandardOutput.writeLine("usage: hook-fuzz [HOW MANY SEEDS] [FIRST SEED]")
            Program.exit(64)
        }
        let count = words.first.flatMap { UInt64($0) } ?? 200
        let first = words.dropFirst().first.flatMap { UInt64($0) } ?? 1
        let clock = SystemClock()
        let start = clock.uptime
        var (bodies, events, faulty) = (0, 0, 0)
        for seed in first..<(first + count) {
            // Before it is ground: this line is what remains of a trap.
            if seed % 20 == 1 || count < 20 { StandardOutput.writeLine("seed \(seed) …") }
            var mill = HookMill(seed: seed)
            let faults = mill.grind(5_000)
            bodies += mill.bodies
            events += mill.events
            faulty += faults.count
            for fault in faults.prefix(5) { StandardOutput.writeLine("seed \(seed): \(fault)") }
        }
        let seconds = (clock.uptime - start).inSeconds
        StandardOutput.writeLine(
            "\(bodies) bodies from \(count) seeds, \(events) believed, \(faulty) wrongly, \(Int(seconds)) s")
        Program.exit(faulty == 0 ? 0 : 1)
    }
}
