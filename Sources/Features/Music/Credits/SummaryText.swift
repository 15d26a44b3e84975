// A summary cut into lines without losing a byte, and the marks among them.

struct SummaryText {
    struct Line {
        /// Without what ends it.
        var content: Range<Int>
        /// Where the next one begins.
        var next: Int
    }

    struct Block {
        /// From the first byte of the start mark to the last of the end mark; what ends that line is the owner's.
        var range: Range<Int>
        var lines: Range<Int>
    }

    enum Blocks {
        case none
        case one(Block)
        case broken(String)
    }

    let bytes: [UInt8]
    private let lines: [Line]
    private let newline: [UInt8]

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ summary: String) {
        bytes = Array(summary.utf8)
        var lines: [Line] = []
        var begin = 0
        while begin <= bytes.count {
            let end = bytes[begin...].firstIndex(of: Self.lineFeed) ?? bytes.count
            let isCarriage = end > begin && bytes[end - 1] == Self.carriageReturn
            lines.append(Line(content: begin..<(isCarriage ? end - 1 : end), next: end + 1))
            begin = end + 1
        }
        self.lines = lines
        // As the text has it: the first line's end tells.
        let first = lines[0]
        newline = first.next - first.content.upperBound == 2 ? [Self.carriageReturn, Self.lineFeed] : [Self.lineFeed]
    }

    // MARK: Marks

    private enum Mark { case start, end }

    static func isMark(_ line: ArraySlice<UInt8>) -> Bool { mark(line) != nil }

    private static func mark(_ line: ArraySlice<UInt8>) -> Mark? {
        // Plex or an editor may leave blanks behind a line.
        let bare = line.drop { $0 == 32 || $0 == 9 }
        let text = bare.dropLast(bare.reversed().prefix { $0 == 32 || $0 == 9 }.count)
        if text.elementsEqual(SummaryBlock.start.utf8) { return .start }
        return text.elementsEqual(SummaryBlock.end.utf8) ? .end : nil
    }

    private var marks: [(line: Int, mark: Mark)] {
        lines.indices.compactMap { index in Self.mark(bytes[lines[index].content]).map { (index, $0) } }
    }

    private func block(_ first: Int, _ last: Int) -> Block {
        Block(range: lines[first].content.lowerBound..<lines[last].content.upperBound, lines: first..<(last + 1))
    }

    /// Pairs in order, and the line of a mark without its other half.
    private var pairs: (blocks: [Block], stray: (line: Int, mark: Mark)?) {
        var blocks: [Block] = []
        var open: Int?
        for (line, mark) in marks {
            switch (mark, open) {
            case (.start, nil): open = line
            case (.start, let first?): return (blocks, (first, .start))
            case (.end, let first?):
                blocks.append(block(first, line))
                open = nil
            case (.end, nil): return (blocks, (line, .end))
            }
        }
        return (blocks, open.map { ($0, .start) })
    }

    var blocks: Blocks {
        let (blocks, stray) = pairs
        switch stray?.mark {
        case .start: return .broken("the summary has a line \(SummaryBlock.start) that no \(SummaryBlock.end) follows")
        case .end: return .broken("the summary has a line \(SummaryBlock.end) without its beginning")
        case nil: break
        }
        if blocks.count > 1 { return .broken("the summary has \(blocks.count) blocks of performers") }
        return blocks.first.map(Blocks.one) ?? .none
    }

    /// What to take out first to bring the marks in order; nil when they are.
    var firstDamage: Range<Int>? {
        let (blocks, stray) = pairs
        if let stray {
            let last = stray.mark == .start ? lastLineOfOurs(after: stray.line) : stray.line
            return widened(block(stray.line, last).range, by: nil)
        }
        return blocks.count > 1 ? widened(blocks[1].range, by: nil) : nil
    }

    /// A block whose end is lost reaches as far as the line that names its source, if that is near; else only the mark
    /// is surely ours.
    private func lastLineOfOurs(after start: Int) -> Int {
        for index in (start + 1)..<(start + 4) where lines.indices.contains(index) {
            let line = bytes[lines[index].content]
            if Self.mark(line) != nil { break }
            let isSource = ["MusicBrainz release ", "Data provided by Discogs, "].contains {
                line.starts(with: $0.utf8)
            }
            if isSource { return index }
        }
        return start
    }

    func inner(_ block: Block) -> [String] {
        block.lines.dropFirst().dropLast().map { String(decoding: bytes[lines[$0].content], as: UTF8.self) }
    }

    // MARK: Writing

    func joined(_ lines: [String]) -> [UInt8] { Array(lines.map { Array($0.utf8) }.joined(separator: newline)) }

    func replacing(_ range: Range<Int>, with new: [UInt8]) -> String {
        String(decoding: bytes[..<range.lowerBound] + new + bytes[range.upperBound...], as: UTF8.self)
    }

    /// What is missing to exactly one blank line between the text and the block.
    func separator(at place: SummaryBlock.Place) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        let ends =
            place == .bottom
            ? bytes.reversed().prefix { $0 == Self.lineFeed || $0 == Self.carriageReturn }
                .count { $0 == Self.lineFeed }
            : bytes.prefix { $0 == Self.lineFeed || $0 == Self.carriageReturn }.count { $0 == Self.lineFeed }
        return Array(repeatElement(newline, count: max(0, 2 - ends)).joined())
    }

    /// The block with the separator that came with it, on whichever side there is text.
    func widened(_ range: Range<Int>, by separator: [UInt8]?) -> Range<Int> {
        let separators = separator.map { [$0] } ?? [newline + newline, newline]
        for separator in separators where !separator.isEmpty {
            let before = bytes[..<range.lowerBound]
            let after = bytes[range.upperBound...]
            // At the bottom it stands before the block, at the top behind it.
            if after.isEmpty, before.reversed().starts(with: separator.reversed()) {
                return (range.lowerBound - separator.count)..<range.upperBound
            }
            if before.isEmpty, after.starts(with: separator) {
                return range.lowerBound..<(range.upperBound + separator.count)
            }
        }
        if separator == nil || !(separator ?? []).isEmpty { return inTheMidst(range, separator) }
        return range
    }

    /// The owner has written on around the block since: of two blank lines one goes.
    private func inTheMidst(_ range: Range<Int>, _ separator: [UInt8]?) -> Range<Int> {
        let gap = separator ?? newline + newline
        let before = bytes[..<range.lowerBound]
        if before.reversed().starts(with: gap.reversed()) {
            return (range.lowerBound - gap.count)..<range.upperBound
        }
        if bytes[range.upperBound...].starts(with: gap) {
            return range.lowerBound..<(range.upperBound + gap.count)
        }
        return range
    }
}
