// The polite ways to be told to stop: SIGTERM from a supervisor, SIGINT from the keyboard (signal(7), sigwait(3)).

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

package enum Signals {
    /// First thing in the program, before any thread is made: the signals then wait for `stream()` instead of killing.
    package static func block() {
        var stops = stopSignals()
        unsafe pthread_sigmask(SIG_BLOCK, &stops, nil)
        // A connection that is gone shows itself as an error of write, which is handled where it happens.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Each stop signal as it comes. Once in a program.
    package static func stream() -> AsyncStream<StopSignal> {
        AsyncStream { continuation in
            let thread = try? SystemThread.start(named: "signals") {
                while true {
                    var stops = stopSignals()
                    var signal: Int32 = 0
                    guard unsafe sigwait(&stops, &signal) == 0 else { continue }
                    guard case .enqueued = continuation.yield(signal == SIGINT ? .interrupt : .terminate) else {
                        return
                    }
                }
            }
            thread?.detach()
        }
    }

    private static func stopSignals() -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGTERM)
        unsafe sigaddset(&set, SIGINT)
        return set
    }
}
