// The `.env` file: NAME=value lines as Docker Compose reads them. Quotes, `export`, comments, Windows line ends and a
// byte order mark are taken; a line that cannot be read is named by its number, and never shown, as it may hold a secret.

enum DotEnv {
    struct Problem: Error, Equatable, CustomStringConvertible {
        let line: Int
        let why: String
        var description: String { "line \(line): \(why)" }
    }

    static func parse(_ text: String) throws(Problem) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : Substring(text)
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var line = raw.drop(while: \.isWhitespace)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("export ") { line = line.dropFirst(7).drop(while: \.isWhitespace) }
            guard let equals = line.firstIndex(of: "=") else {
                throw Problem(line: index + 1, why: "there is no = (write NAME=value)")
            }
            let name = line[..<equals].trimmingBlanks()
            let isName = !name.isEmpty && name.allSatisfy { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
            guard isName, name.first?.isNumber == false else {
                throw Problem(line: index + 1, why: "the name before = may hold only letters, digits and _")
            }
            found.append((name, try value(line[line.index(after: equals)...], line: index + 1)))
        }
        return found
    }

    private static func value(_ raw: Substring, line: Int) throws(Problem) -> String {
        let raw = raw.drop(while: \.isWhitespace)
        guard let quote = raw.first, quote == "\"" || quote == "'" else {
            return unquoted(raw)
        }
        var value = ""
        var rest = raw.dropFirst()
        while let character = rest.popFirst() {
            if character == quote {
                let tail = rest.drop(while: \.isWhitespace)
                guard tail.isEmpty || tail.hasPrefix("#") else {
                    throw Problem(line: line, why: "there is text after the closing quote")
                }
                return value
            }
            if character == "\\", quote == "\"", let next = rest.popFirst() {
                switch next {
                case "n": value.append("\n")
                case "t": value.append("\t")
                case "\"", "\\", "$": value.append(next)
                default: value += "\\\(next)"
                }
            } else {
                value.append(character)
            }
        }
        throw Problem(line: line, why: "the opening quote \(quote) is never closed")
    }

    /// A `#` after a blank begins a comment; within a word it belongs to the value (passwords have them).
    private static func unquoted(_ raw: Substring) -> String {
        var end = raw.startIndex
        var previousIsBlank = true
        while end < raw.endIndex, !(raw[end] == "#" && previousIsBlank) {
            previousIsBlank = raw[end].isWhitespace
            end = raw.index(after: end)
        }
        return raw[..<end].trimmingBlanks()
    }
}

extension Substring {
    func trimmingBlanks() -> String {
        guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[...last].drop(while: \.isWhitespace))
    }
}
