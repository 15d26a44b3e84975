// The marked block in an album's summary (sheet §8): whole lines of its own, found again exactly, replaced in place,
// removed to the byte. Everything outside it is the owner's. Worked on as bytes: to Swift "\r\n" is one character and an
// accent composed of two equals one of one, and neither may be lost.

package struct SummaryBlock: Hashable, Sendable {
    package enum Place: String, Hashable, Sendable, CaseIterable {
        case top, bottom
    }

    package enum Outcome: Hashable, Sendable {
        /// It stands there already: nothing is to be written.
        case unchanged
        /// - separator: what was added between block and text; removing it wants it back. Nil when a block was replaced.
        case changed(summary: String, separator: String?)
        /// The marks are out of order; nothing is touched unless repaired. The sentence says how.
        case broken(String)
    }

    package static let start = "[Performers · autoplex]"
    package static let end = "[/Performers]"

    /// What stands between the marks, line by line.
    package var lines: [String]

    package init(lines: [String]) {
        // A line of a credit that is a mark would end the block too soon.
        self.lines = lines.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
            .filter { !SummaryText.isMark(Array($0.utf8)[...]) }
    }

    /// The credits, and where they come from.
    package init(_ credits: AlbumCredits, style: CreditLineStyle = .standard) {
        self.init(lines: [credits.line(style), credits.sourceLine])
    }

    /// The block that stands in a summary; nil when there is none or its marks are out of order.
    package init?(in summary: String) {
        let text = SummaryText(summary)
        guard case .one(let block) = text.blocks else { return nil }
        lines = text.inner(block)
    }

    /// Writes the block where it stands already, else at `place`.
    package func written(into summary: String, at place: Place = .bottom) -> Outcome {
        let text = SummaryText(summary)
        let new = text.joined([Self.start] + lines + [Self.end])
        switch text.blocks {
        case .broken(let why): return .broken(why)
        case .one(let old):
            if Array(text.bytes[old.range]) == new { return .unchanged }
            return .changed(summary: text.replacing(old.range, with: new), separator: nil)
        case .none:
            let separator = text.separator(at: place)
            let whole = place == .top ? new + separator + text.bytes : text.bytes + separator + new
            return .changed(
                summary: String(decoding: whole, as: UTF8.self), separator: String(decoding: separator, as: UTF8.self))
        }
    }

    /// Takes the block out.
    /// - Parameter separator: what was added with it; nil when nobody knows any more: then one blank line goes with it
    package static func removed(from summary: String, separator: String?) -> Outcome {
        let text = SummaryText(summary)
        switch text.blocks {
        case .broken(let why): return .broken(why)
        case .none: return .unchanged
        case .one(let block):
            let range = text.widened(block.range, by: separator.map { Array($0.utf8) })
            return .changed(summary: text.replacing(range, with: []), separator: nil)
        }
    }

    /// Puts the marks in order: of several blocks the first stays; a mark without its other half goes, with the line
    /// below it that says where our credits came from and what lies between. Text that may be the owner's stays.
    package static func repaired(_ summary: String) -> Outcome {
        var text = SummaryText(summary)
        guard case .broken = text.blocks else { return .unchanged }
        while let range = text.firstDamage { text = SummaryText(text.replacing(range, with: [])) }
        return .changed(summary: String(decoding: text.bytes, as: UTF8.self), separator: nil)
    }
}
