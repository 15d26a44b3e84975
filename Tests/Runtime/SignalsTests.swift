// Being told to stop: politely once, and for good the second time. In a process of its own, which gets the signals.

import Glibc
import Runtime
import Testing

@Suite(.timeLimit(.minutes(1))) struct SignalsTests {
    @Test(arguments: [SIGTERM, SIGINT])
    func `a stop is told, not obeyed by the kernel`(_ number: Int32) async {
        await #expect(processExitsWith: .exitCode(7)) { [number = number as Int32] in
            Signals.catchStops()
            kill(getpid(), number)
            for await signal in Signals.stream() {
                let expected: StopSignal = number == SIGINT ? .interrupt : .terminate
                Program.exit(signal == expected ? 7 : 8)
            }
        }
    }

    @Test func `a second stop is heard even when nobody listens any more`() async {
        await #expect(processExitsWith: .exitCode(9)) {
            Signals.catchStops()
            let signals = Signals.stream { _ in Program.exit(9) }
            kill(getpid(), SIGTERM)
            for await _ in signals { break }
            kill(getpid(), SIGTERM)
            // Hangs in something that no cancelling reaches.
            while true { pause() }
        }
    }

    @Test func `writing to a connection that is gone does not kill`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            Signals.catchStops()
            var ends: [Int32] = [0, 0]
            guard unsafe pipe(&ends) == 0 else { Program.exit(1) }
            close(ends[0])
            let byte: UInt8 = 0
            let written = unsafe withUnsafePointer(to: byte) { unsafe write(ends[1], $0, 1) }
            Program.exit(written == -1 && errno == EPIPE ? 0 : 2)
        }
    }
}
