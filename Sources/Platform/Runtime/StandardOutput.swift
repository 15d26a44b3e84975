// Lines to the terminal or the container's log. One write per line, so that lines of several threads do not mix.

internal import Glibc

package enum StandardOutput {
    @Sendable package static func writeLine(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

    static func write(_ text: String, to file: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            // Nobody reads any more: there is no one left to tell.
            guard written > 0 || (written < 0 && errno == EINTR) else { return }
            bytes = bytes.dropFirst(max(0, written))
        }
    }
}

package enum Program {
    /// For a person at the terminal, apart from what was asked for.
    package static func complain(_ text: String) { StandardOutput.write(text + "\n", to: STDERR_FILENO) }

    package static func exit(_ code: Int32) -> Never { Glibc.exit(code) }
}
