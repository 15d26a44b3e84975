// The polite ways to be told to stop: SIGTERM from a supervisor, SIGINT from the keyboard (signal-safety(7), pipe(7)).
//
// A handler that writes one byte into a pipe, and a thread that reads it. Blocking the signals and waiting for them with
// sigwait would be simpler, but the main thread of a Swift program ends up in libdispatch, which lets every signal
// through again: the first SIGTERM would kill.

internal import CLinux
internal import Glibc

package enum StopSignal: Sendable, CustomStringConvertible {
    case terminate, interrupt

    package var description: String {
        switch self {
        case .terminate: "SIGTERM"
        case .interrupt: "SIGINT"
        }
    }
}

/// Where the handler writes. A handler may touch nothing else.
private nonisolated(unsafe) var pipeEnd: Int32 = -1

package enum Signals {
    /// First thing in the program. A stop signal that comes before anybody listens is not lost.
    package static func catchStops() {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { return }
        unsafe readEnd = ends[0]
        unsafe pipeEnd = ends[1]
        for number in [SIGTERM, SIGINT] {
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = { number in
                let before = errno
                var byte = UInt8(number)
                _ = unsafe write(pipeEnd, &byte, 1)
                errno = before
            }
            action.sa_flags = SA_RESTART
            unsafe sigaction(number, &action, nil)
        }
        // A connection that is gone shows itself as an error of write, which is handled where it happens.
        signal(SIGPIPE, SIG_IGN)
    }

    private nonisolated(unsafe) static var readEnd: Int32 = -1

    /// Each stop signal as it comes. Once in a program. Who sends a second one no longer wants to wait: `insisted` is
    /// called on a thread of its own, whatever the rest of the program hangs in.
    package static func stream(
        insisted: @escaping @Sendable (StopSignal) -> Void = { _ in }
    ) -> AsyncStream<StopSignal> {
        AsyncStream { continuation in
            let file = unsafe readEnd
            let thread = try? SystemThread.start(named: "signals") {
                var byte: UInt8 = 0
                var isStopping = false
                while true {
                    let count = unsafe read(file, &byte, 1)
                    if count < 0, errno == EINTR { continue }
                    guard count == 1 else { return }
                    let signal: StopSignal = Int32(byte) == SIGINT ? .interrupt : .terminate
                    if isStopping { insisted(signal) }
                    isStopping = true
                    continuation.yield(signal)
                }
            }
            thread?.detach()
        }
    }
}
