// Comma-separated values (RFC 4180), as spreadsheets write and read them: fields in quotes may hold commas, quotes and
// line ends. A field that a spreadsheet would take for a formula is written with an apostrophe in front, as OWASP advises
// ("CSV Injection"), and read without it.

package enum CSVText {
    private static let formulaStarts: Set<Character> = ["=", "+", "-", "@", "\t", "\r"]

    package static func line(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\r\n" }

    private static func field(_ text: String) -> String {
        // One that begins with the apostrophe already gets another, or it would be lost on the way back.
        let isFormula = text.first.map { formulaStarts.contains($0) || $0 == "'" || $0 == "\r\n" } ?? false
        let safe = isFormula ? "'" + text : text
        let needsQuotes =
            isFormula || safe.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
            || safe.first == " " || safe.last == " "
        return needsQuotes ? "\"\(safe.replacing("\"", with: "\"\""))\"" : safe
    }

    /// What a field means, without the apostrophe that was put in front.
    private static func meant(_ text: String) -> String {
        guard text.first == "'", let next = text.dropFirst().first else { return text }
        return formulaStarts.contains(next) || next == "'" || next == "\r\n" ? String(text.dropFirst()) : text
    }

    /// Rows of fields; empty lines are none. `separator`: some spreadsheets write semicolons. Nil: a quote that never ends.
    package static func rows(_ text: String, separator: Unicode.Scalar = ",") -> [[String]]? {
        var rows: [[String]] = []
        var row: [String] = []
        var field = String.UnicodeScalarView()
        var (isQuoted, wasQuoted) = (false, false)
        func endField() {
            row.append(meant(String(field)))
            field = String.UnicodeScalarView()
            wasQuoted = false
        }
        func endRow() {
            endField()
            if row != [""] { rows.append(row) }
            row = []
        }
        var scalars = text.unicodeScalars[...]
        // A mark some programs put in front.
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        while let scalar = scalars.popFirst() {
            if isQuoted {
                guard scalar == "\"" else { field.append(scalar); continue }
                if scalars.first == "\"" {
                    field.append("\"")
                    scalars.removeFirst()
                } else {
                    isQuoted = false
                }
            } else if scalar == "\"", field.isEmpty, !wasQuoted {
                (isQuoted, wasQuoted) = (true, true)
            } else if scalar == separator {
                endField()
            } else if scalar == "\n" || scalar == "\r" {
                if scalar == "\r", scalars.first == "\n" { scalars.removeFirst() }
                endRow()
            } else {
                field.append(scalar)
            }
        }
        if isQuoted { return nil }
        if !field.isEmpty || wasQuoted || !row.isEmpty { endRow() }
        return rows
    }
}
