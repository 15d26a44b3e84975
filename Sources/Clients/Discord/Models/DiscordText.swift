// Other people's text inside Discord's markdown (sheet §6): titles, names and arguments must come out as they were
// typed, never as a ping, a link, a heading or an open bold. Inside code, backslashes do not work and other rules hold.

package import Runtime

package enum DiscordText {
    /// Somebody's text, to stand outside code.
    package static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isLineStart = true
        /// Digits at the start of a line: followed by a dot they would open a numbered list.
        var isLineNumber = false
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() where !isUnwanted(scalar) {
            switch scalar {
            case "\n":
                result.append(scalar)
                isLineStart = true
                isLineNumber = false
                continue
            case " ", "\t":
                result.append(scalar)
                // Indented markers open lists too.
                if !isLineStart { isLineNumber = false }
                continue
            case "@":
                result.append(contentsOf: "\\@".unicodeScalars)
                if startsMassMention(scalars[(index + 1)...]) { result.append(zeroWidthSpace) }
            case "\\", "*", "_", "~", "|", "`", "<", ">", "#", "[", "]", ":":
                result.append("\\")
                result.append(scalar)
            case "-" where isLineStart, "+" where isLineStart:
                result.append("\\")
                result.append(scalar)
            case ".", ")":
                // "12.3 MB" is no list.
                if isLineNumber, endsWord(scalars[(index + 1)...]) { result.append("\\") }
                result.append(scalar)
            default:
                result.append(scalar)
            }
            let isDigit = ("0"..."9").contains(scalar)
            isLineNumber = isDigit && (isLineStart || isLineNumber)
            isLineStart = false
        }
        return String(result)
    }

    private static func endsWord(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let next = rest.first(where: { !isUnwanted($0) }) else { return true }
        return [" ", "\t", "\n"].contains(next)
    }

    /// Somebody's text as an inline code span, on one line.
    package static func code(_ text: String) -> String {
        let inner = text.unicodeScalars.filter { !isUnwanted($0) || $0 == "\n" }
            .map { $0 == "`" ? graveAccent : $0 == "\n" ? " " : $0 }
        // An empty span would show its own backticks.
        return "`\(inner.isEmpty ? String(zeroWidthSpace) : String(String.UnicodeScalarView(inner)))`"
    }

    /// Many lines in fixed width, at most `limit` code points with the fences: what does not fit is cut inside them, for
    /// a lost fence would swallow the rest of the message.
    package static func block(_ text: String, limit: Int = DiscordLimits.content) -> String {
        var inner = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isUnwanted(scalar) {
            inner.append(scalar == "`" ? graveAccent : scalar)
        }
        let opening = "```\n"
        let closing = "\n```"
        let body = DiscordLimits.cut(String(inner), to: limit - opening.count - closing.count)
        return opening + (body.isEmpty ? String(zeroWidthSpace) : body) + closing
    }

    package enum TimeStyle: String, Sendable {
        case relative = "R"
        case date = "D"
        case time = "t"
        case dateAndTime = "f"
    }

    /// A moment that every reader sees in their own time zone.
    package static func time(_ instant: Instant, _ style: TimeStyle = .dateAndTime) -> String {
        "<t:\(instant.seconds):\(style.rawValue)>"
    }

    package static func mention(user: Snowflake) -> String { "<@\(user)>" }
    package static func mention(role: Snowflake) -> String { "<@&\(role)>" }
    package static func mention(channel: Snowflake) -> String { "<#\(channel)>" }

    private static let zeroWidthSpace: Unicode.Scalar = "\u{200B}"
    /// Looks like a backtick and is none.
    private static let graveAccent: Unicode.Scalar = "\u{2CB}"

    /// Control characters, and those that turn the direction of the text after them.
    private static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x09: false
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func startsMassMention(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        let word = String(String.UnicodeScalarView(rest.prefix(8))).lowercased()
        return word.hasPrefix("everyone") || word.hasPrefix("here")
    }
}
