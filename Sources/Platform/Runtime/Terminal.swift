// Talking with somebody at a terminal: a line that is typed, and one that is typed without being seen (termios(3)). From a
// pipe both are plain lines.

internal import Glibc

/// How the terminal was before anything was hidden, for the handler below, which may touch nothing else.
private nonisolated(unsafe) var before = termios()
private nonisolated(unsafe) var isHidden: Int32 = 0

package enum Terminal {
    /// Whether somebody sits there, as against a pipe or a file.
    package static var isThere: Bool { isatty(STDIN_FILENO) == 1 }

    /// Without an end of line after it, for questions.
    package static func ask(_ text: String) {
        StandardOutput.write(text, to: STDOUT_FILENO)
    }

    /// Nil: there are no more lines.
    package static func line() -> String? { readLine(strippingNewline: true) }

    /// What is typed does not show, whatever becomes of the program meanwhile: see `stopAtOnce`.
    package static func hiddenLine() -> String? {
        guard isThere, unsafe tcgetattr(STDIN_FILENO, &before) == 0 else { return line() }
        var quiet = unsafe before
        quiet.c_lflag &= ~tcflag_t(ECHO)
        unsafe isHidden = 1
        guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0 else { return line() }
        defer {
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            unsafe isHidden = 0
            // The Enter that was typed did not show either.
            ask("\n")
        }
        return line()
    }

    /// From here on Ctrl-C and SIGTERM end the program in the middle of a question, and the terminal is left as it was.
    package static func stopAtOnce() {
        for number in [SIGTERM, SIGINT] {
            var action = sigaction()
            // Both calls may be made in a handler (signal-safety(7)).
            unsafe action.__sigaction_handler.sa_handler = { number in
                if unsafe isHidden == 1 { unsafe tcsetattr(STDIN_FILENO, TCSANOW, &before) }
                _exit(128 + number)
            }
            unsafe sigaction(number, &action, nil)
        }
    }
}
