// What to ask for, from the narrowest question to the widest (sheet §2, Query ladder). The caller climbs down only when
// a rung gives nothing it would accept.

package struct SearchRung: Hashable, Sendable {
    package enum Index: String, Sendable {
        case releases = "release"
        /// The editions of the best groups are what the caller gets.
        case groups = "release-group"
    }

    package var index: Index
    package var query: String
    /// Plain words for a forgiving search instead of a Lucene query.
    package var isPlain: Bool

    package init(_ index: Index, _ query: String, isPlain: Bool = false) {
        self.index = index
        self.query = query
        self.isPlain = isPlain
    }
}

package enum SearchLadder {
    /// - Parameter tracks: leaves out the rung that asks for it when unknown.
    package static func rungs(title: String, artist: String, tracks: Int?) -> [SearchRung] {
        let artist = Lucene.clean(artist)
        let title = Lucene.clean(title)
        guard !title.isEmpty else { return [] }
        let bare = withoutBrackets(title)
        let isVarious = ["various artists", "various", "va"].contains(artist.lowercased())
        let by: String
        if isVarious, let various = MBID.variousArtists {
            by = " AND arid:\(various)"
        } else {
            by = artist.isEmpty ? "" : " AND artist:\(Lucene.phrase(artist))"
        }
        let named = "release:\(Lucene.phrase(title))\(by) AND status:official"
        var rungs: [SearchRung] = []
        if let tracks, tracks > 0 { rungs.append(SearchRung(.releases, "\(named) AND tracks:\(tracks)")) }
        rungs.append(SearchRung(.releases, named))
        rungs.append(SearchRung(.groups, "releasegroup:\(Lucene.phrase(bare))\(by)"))
        let words = (isVarious ? bare : "\(artist) \(bare)").trimmed
        rungs.append(SearchRung(.releases, Lucene.words(words), isPlain: true))
        return rungs
    }

    /// "Blue Harbour (Remastered) [2011]" is "Blue Harbour"; a title that is nothing but brackets stays.
    package static func withoutBrackets(_ title: String) -> String {
        var kept = ""
        var closers: [Character] = []
        let pairs: [Character: Character] = ["(": ")", "[": "]", "{": "}"]
        for character in title {
            if let closer = pairs[character] {
                closers.append(closer)
            } else if character == closers.last {
                closers.removeLast()
            } else if closers.isEmpty {
                kept.append(character)
            }
        }
        // An opening bracket that never closes would swallow the rest of the title.
        if !closers.isEmpty { return title }
        var words = kept.split(separator: " ")
        for (first, second) in Self.endings where words.count > 2 {
            let end = words.suffix(2).map { $0.lowercased() }
            if end[0] == first, second.map({ $0 == end[1] }) ?? (Int(end[1]) != nil) { words.removeLast(2) }
        }
        while let last = words.last, words.count > 1, ["-", "–", "—", ":", ","].contains(last) { words.removeLast() }
        let bare = words.joined(separator: " ")
        return bare.isEmpty ? title : bare
    }

    /// What people add to titles without brackets: "Disc 1", "Deluxe Edition".
    private static let endings: [(String, String?)] = [
        ("disc", nil), ("cd", nil), ("deluxe", "edition"), ("expanded", "edition"), ("remastered", "edition"),
        ("anniversary", "edition"), ("deluxe", "version"),
    ]
}

enum Lucene {
    /// A quoted phrase: inside quotes only the quote and the backslash have a meaning.
    static func phrase(_ text: String) -> String {
        "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }

    /// For the forgiving parser, which would still take `-word` as "without": no sign has a meaning there that we want.
    static func words(_ text: String) -> String {
        String(text.map { specials.contains($0) ? " " : $0 }).trimmed
    }

    private static let specials: Set<Character> = [
        "+", "-", "&", "|", "!", "(", ")", "{", "}", "[", "]", "^", "\"", "~", "*", "?", ":", "\\", "/",
    ]

    /// Without control characters and the marks that only turn the direction of writing.
    static func clean(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 32 || 127...159 ~= $0.value ? " " : $0 }
                    .filter {
                        !(0x200B...0x200F ~= $0.value || 0x202A...0x202E ~= $0.value || 0x2066...0x2069 ~= $0.value)
                    }
            )
        ).split(separator: " ").joined(separator: " ")
    }
}

extension String {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
