// The indentation in force while a template is walked. The specification indents a partial before it is rendered, so
// only lines as written are moved, never lines inside a value.

struct LineLayout {
    /// Goes before every line.
    private(set) var indentation: [UInt8] = []
    /// Blanks at the beginning of every line that are not printed.
    private var cut = 0
    /// The indentation of the line to come is printed already.
    var isLineOpen = false

    mutating func write(_ text: Template.Text, to output: inout [UInt8]) {
        guard !indentation.isEmpty || cut > 0 else {
            isLineOpen = false
            output += text.bytes
            return
        }
        var rest = text.bytes[...]
        var beginsLine = text.beginsLine
        repeat {
            let end = rest.firstIndex(of: Blanks.newline).map { $0 + 1 } ?? rest.endIndex
            var line = rest[..<end]
            rest = rest[end...]
            if beginsLine {
                line = afterCut(line)
                // An empty line stays empty.
                let isEmptyLine = line.first == Blanks.newline || line.first == UInt8(ascii: "\r")
                if !isLineOpen, !isEmptyLine { output += indentation }
            }
            isLineOpen = false
            output += line
            beginsLine = true
        } while !rest.isEmpty
    }

    private func afterCut(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.dropFirst(line.prefix(cut).prefix { Blanks.isBlank($0) }.count)
    }

    private func indented(by blanks: [UInt8]) -> [UInt8] { indentation + afterCut(blanks[...]) }

    /// In a partial or parent: within a line it begins anew, on a line of its own it is moved by what stands before it.
    func included(after blanks: [UInt8]?) -> LineLayout {
        var layout = LineLayout()
        if let blanks {
            layout.indentation = indented(by: blanks)
            layout.isLineOpen = isLineOpen
        }
        return layout
    }

    /// From a block to what was given for it: those lines move from where they were written to where the block stands.
    mutating func enter(_ given: Template.Block, inPlaceOf block: Template.Block, output: inout [UInt8]) {
        switch block.position {
        case .withinLine:
            isLineOpen = given.beginsLine
        case .firstOnLine(let blanks):
            indentation = indented(by: blanks)
            isLineOpen = given.beginsLine
        case .ownLine(let blanks):
            indentation = indented(by: blanks)
            // A content that begins within a line has no line beginning that would print it.
            if !given.beginsLine {
                if !isLineOpen { output += indentation }
                isLineOpen = false
            }
        }
        cut = given.ownIndentation
    }
}
