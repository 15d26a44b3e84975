// Questions about the lines of a template's text, on bytes: UTF-8 never hides a newline or a blank in a letter.

enum Blanks {
    static let newline = UInt8(ascii: "\n")

    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    static func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || byte == newline || byte == UInt8(ascii: "\r") }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.drop { isSpace($0) }
        guard let last = start.lastIndex(where: { !isSpace($0) }) else { return start.prefix(0) }
        return start[...last]
    }

    /// Where the line of `offset` begins, if only blanks stand between.
    static func lineStart(_ source: [UInt8], before offset: Int) -> Int? {
        var at = offset
        while at > 0, isBlank(source[at - 1]) { at -= 1 }
        return at == 0 || source[at - 1] == newline ? at : nil
    }

    /// Where the next line begins, if only blanks stand before it. The end of the text ends a line.
    static func nextLine(_ source: [UInt8], after offset: Int) -> Int? {
        var at = offset
        while at < source.count, isBlank(source[at]) { at += 1 }
        if at < source.count, source[at] == UInt8(ascii: "\r") { at += 1 }
        if at == source.count { return at }
        return source[at] == newline ? at + 1 : nil
    }

    /// The blanks that every line has which holds anything; nil where no line does.
    static func commonIndentation(_ lines: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var fewest: ArraySlice<UInt8>?
        for line in lines.split(separator: newline) {
            let blanks = line.prefix { isBlank($0) }
            guard line.count > blanks.count, line[blanks.endIndex] != UInt8(ascii: "\r") else { continue }
            if blanks.count < fewest?.count ?? .max { fewest = blanks }
        }
        return fewest
    }
}
