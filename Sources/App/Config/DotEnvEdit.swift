// Changes settings in the text of a `.env` file and leaves everything else as it was: comments, unknown lines, the order,
// Windows line ends. What is new comes after its commented example where there is one, else at the end.

enum DotEnvEdit {
    static func setting(_ changes: [(name: String, value: String)], in text: String) -> String {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        // What follows the last line end is not a line.
        if lines.last == "" { lines.removeLast() }
        let end = lines.contains { $0.utf8.last == UInt8(ascii: "\r") } ? "\r" : ""
        var rest: [String] = []
        for (name, value) in changes {
            let line = "\(name)=\(quoted(value))\(end)"
            // The last one counts, as for whoever reads the file.
            if let place = lines.lastIndex(where: { self.name(in: $0) == name }) {
                let isExported = lines[place].drop(while: \.isWhitespace).hasPrefix("export ")
                lines[place] = (isExported ? "export " : "") + line
            } else if let place = lines.lastIndex(where: { example(in: $0) == name }) {
                lines.insert(line, at: place + 1)
            } else {
                rest.append(line)
            }
        }
        if !rest.isEmpty {
            if !lines.isEmpty { lines.append(end) }
            lines.append("# Written by autoplex setup." + end)
            lines += rest
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func name(in line: String) -> String? {
        var line = line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if line.hasPrefix("export ") { line = line.dropFirst(7).drop(while: \.isWhitespace) }
        guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { return nil }
        return line[..<equals].trimmingBlanks()
    }

    private static func example(in line: String) -> String? {
        line.hasPrefix("#") ? name(in: String(line.drop { $0 == "#" || $0.isWhitespace })) : nil
    }

    /// As `DotEnv` and Docker Compose read it back.
    static func quoted(_ value: String) -> String {
        let isPlain = value.unicodeScalars.allSatisfy { letter in
            letter.value > 32 && letter.value != 127 && !"\"'#$\\`".unicodeScalars.contains(letter)
                && !letter.properties.isWhitespace
        }
        if isPlain { return value }
        if !value.contains("'") { return "'\(value)'" }
        let escaped = value.reduce(into: "") { result, letter in
            if "\"\\$".contains(letter) { result.append("\\") }
            result.append(letter)
        }
        return "\"\(escaped)\""
    }
}
