// What the program tells its owner: one line per event, for people (text) or machines (JSON). Secrets are masked here,
// at the last moment, so that no caller can forget it; control characters are written out, so that no stranger's text
// can forge a line.

package struct Log: Sendable {
    package enum Level: String, Sendable, Comparable, CaseIterable {
        case debug, info, warning, error

        private var weight: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        package static func < (a: Level, b: Level) -> Bool { a.weight < b.weight }
    }

    package enum Format: String, Sendable { case text, json }

    private let level: Level
    private let format: Format
    private let label: String
    private let mask: Mask
    private let clock: any Clock
    private let write: @Sendable (String) -> Void

    /// `write` gets whole lines, without the line end, from any thread.
    package init(
        level: Level = .info, format: Format = .text, secrets: [Secret] = [], clock: any Clock = SystemClock(),
        write: @escaping @Sendable (String) -> Void = StandardOutput.writeLine
    ) {
        self.init(level: level, format: format, label: "", mask: Mask(secrets), clock: clock, write: write)
    }

    private init(
        level: Level, format: Format, label: String, mask: Mask, clock: any Clock,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.level = level
        self.format = format
        self.label = label
        self.mask = mask
        self.clock = clock
        self.write = write
    }

    /// Says nothing.
    package static let silent = Log(write: { _ in })

    package func labelled(_ label: String) -> Log {
        Log(level: level, format: format, label: label, mask: mask, clock: clock, write: write)
    }

    package func debug(_ message: @autoclosure () -> String, _ fields: KeyValuePairs<String, String> = [:]) {
        if level <= .debug { put(.debug, message(), fields) }
    }
    package func info(_ message: @autoclosure () -> String, _ fields: KeyValuePairs<String, String> = [:]) {
        if level <= .info { put(.info, message(), fields) }
    }
    package func warning(_ message: @autoclosure () -> String, _ fields: KeyValuePairs<String, String> = [:]) {
        if level <= .warning { put(.warning, message(), fields) }
    }
    package func error(_ message: @autoclosure () -> String, _ fields: KeyValuePairs<String, String> = [:]) {
        put(.error, message(), fields)
    }

    /// For texts that leave by another door but must not carry a secret either.
    package func masked(_ text: String) -> String { mask(text) }

    /// A decision, in its one line.
    package func decided(_ decision: @autoclosure () -> DecisionLine, level: Level = .info) {
        guard self.level <= level else { return }
        let decision = decision()
        put(level, "\(decision.event) \(decision.outcome)", decision.fields)
    }

    private func put(_ level: Level, _ message: String, _ fields: KeyValuePairs<String, String>) {
        put(level, message, fields.map { ($0.key, $0.value) })
    }

    private func put(_ level: Level, _ message: String, _ fields: [(name: String, value: String)]) {
        let time = LocalTime.utc.iso8601(clock.now)
        switch format {
        case .text:
            var line = "\(time) \(level.rawValue.uppercased())"
            if !label.isEmpty { line += " [\(label)]" }
            line += " " + mask(message).withControlsWritten()
            for (name, value) in fields {
                line += " \(name)=" + Self.asField(mask(value).withControlsWritten())
            }
            write(line)
        case .json:
            var line = "{\"time\":\"\(time)\",\"level\":\"\(level.rawValue)\""
            if !label.isEmpty { line += ",\"label\":\(label.jsonQuoted())" }
            line += ",\"message\":\(mask(message).jsonQuoted())"
            for (name, value) in fields { line += ",\(name.jsonQuoted()):\(mask(value).jsonQuoted())" }
            write(line + "}")
        }
    }

    /// In quotes where it would not stand alone; a quote inside ends nothing, so that a value cannot forge a field.
    private static func asField(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { $0 != 0x20 && $0 != 0x22 && $0 != 0x3D }
        if isPlain { return value }
        return value.reduce(into: "\"") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : "\($1)" } + "\""
    }
}

/// Finds secrets in text, also as they look in an address. Byte by byte: as Characters, a secret followed by a combining
/// mark would be another word.
private struct Mask: Sendable {
    private let needles: [[UInt8]]
    private static let dots = Array("•••".utf8)

    init(_ secrets: [Secret]) {
        var needles: Set<String> = []
        // Very short ones would blank out ordinary words; a key that short protects nothing anyway.
        for secret in secrets.map({ $0.reveal() }) where secret.utf8.count >= 4 {
            needles.insert(secret)
            needles.insert(Self.percentEncoded(secret))
        }
        // The longer first, in case one holds another.
        self.needles = needles.map { Array($0.utf8) }.sorted { $0.count > $1.count }
    }

    func callAsFunction(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        var hidesSomething = false
        var index = 0
        while index < bytes.count {
            if let needle = needles.first(where: { $0[0] == bytes[index] && bytes[index...].starts(with: $0) }) {
                kept += Self.dots
                index += needle.count
                hidesSomething = true
            } else {
                kept.append(bytes[index])
                index += 1
            }
        }
        return hidesSomething ? String(decoding: kept, as: UTF8.self) : text
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { encoded, byte in
            let character = Character(Unicode.Scalar(byte))
            if byte < 128, character.isLetter || character.isNumber || "-._~".contains(character) {
                encoded.append(character)
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}

extension String {
    /// Control characters as `\n`, `\u{1b}`, so that the text stays on its line and a terminal obeys none of it.
    package func withControlsWritten() -> String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.isControl: text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// As a JSON string, quotes included (RFC 8259 §7).
    package func jsonQuoted() -> String {
        var text = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.isControl:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

extension Unicode.Scalar {
    /// C0, delete, C1, and the marks that turn the direction of text around.
    fileprivate var isControl: Bool {
        value < 32 || (127..<160).contains(value) || (0x202A...0x202E).contains(value)
            || (0x2066...0x2069).contains(value) || value == 0x2028 || value == 0x2029
    }
}
