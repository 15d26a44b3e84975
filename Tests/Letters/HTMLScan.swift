// Reads a letter's HTML as strictly as a test needs: its tags in order, what stands between them, what is open.

struct HTMLScan {
    struct Tag {
        var name: String
        var isEnd: Bool
        /// As written, names and all.
        var text: String

        func attribute(_ name: String) -> String? {
            guard let start = text.range(of: " \(name)=\"") else { return nil }
            return String(text[start.upperBound...].prefix { $0 != "\"" })
        }
    }

    private(set) var tags: [Tag] = []
    /// What a reader sees, and the alternative texts of pictures.
    private(set) var words = ""
    /// What is closed wrongly or never.
    private(set) var faults: [String] = []

    private static let lonely: Set<String> = ["meta", "img", "br", "hr", "!doctype"]

    init(_ html: String) {
        var rest = html[...]
        var open: [String] = []
        while let start = rest.firstIndex(of: "<") {
            if !["style", "title"].contains(open.last) { words += rest[..<start] }
            rest = rest[start...]
            if rest.hasPrefix("<!--") {
                guard let end = rest.range(of: "-->") else {
                    faults.append("a comment without end")
                    return
                }
                rest = rest[end.upperBound...]
                continue
            }
            guard let end = rest.firstIndex(of: ">") else {
                faults.append("a tag without end: \(rest.prefix(40))")
                return
            }
            let text = String(rest[rest.index(after: start)..<end])
            rest = rest[rest.index(after: end)...]
            let isEnd = text.hasPrefix("/")
            let name = text.dropFirst(isEnd ? 1 : 0).prefix { !$0.isWhitespace }.lowercased()
            let tag = Tag(name: name, isEnd: isEnd, text: text)
            tags.append(tag)
            words += " "
            if let alternative = tag.attribute("alt") { words += alternative + " " }
            if isEnd {
                if open.popLast() != name { faults.append("</\(name)> closes something else") }
            } else if !Self.lonely.contains(name) {
                open.append(name)
            }
        }
        if !open.isEmpty { faults.append("never closed: \(open)") }
    }

    func all(_ name: String) -> [Tag] { tags.filter { $0.name == name && !$0.isEnd } }

    /// Digits that stand together, in the order read.
    static func numbers(in text: String) -> [String] {
        text.replacing("&#847;", with: "").replacing("&#39;", with: "'").split { !$0.isASCII || !$0.isNumber }.map(
            String.init)
    }
}

extension String {
    fileprivate func range(of part: String) -> Range<String.Index>? { firstRange(of: part) }
}

extension Substring {
    fileprivate func range(of part: String) -> Range<Substring.Index>? { firstRange(of: part) }
}
