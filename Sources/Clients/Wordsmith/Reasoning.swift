// Models that reason aloud put it between `<think>` and `</think>` before the answer. The opening mark may be missing,
// where the server's template has already written it; the closing one, where the tokens ran out.

enum Reasoning {
    private static let names = ["think", "thinking", "reasoning"]

    static func stripped(_ text: String) -> String {
        var rest = Substring(text)
        for name in names {
            if let end = rest.lastRange(of: "</\(name)>") { rest = rest[end.upperBound...] }
            if let start = rest.firstRange(of: "<\(name)>") { rest = rest[..<start.lowerBound] }
        }
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

extension Substring {
    fileprivate func firstRange(of word: String) -> Range<Index>? { ranges(of: word).first }
    fileprivate func lastRange(of word: String) -> Range<Index>? { ranges(of: word).last }
}
