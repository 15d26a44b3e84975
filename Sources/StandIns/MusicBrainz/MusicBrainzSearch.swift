// As much of the search server's query language as its users need (sheet §2): `field:"phrase" AND field:word`, or plain
// words. Ranks are relative to the best hit, which always has 100.

struct MusicBrainzSearch {
    private struct Clause {
        var field: String
        var words: [String]
    }

    private var clauses: [Clause] = []
    private var plain: [String] = []
    private var isBroken = false

    init(query: String, isPlain: Bool) {
        if isPlain {
            plain = SearchFold.words(query)
        } else if let parsed = Self.parse(query) {
            clauses = parsed
        } else if query.contains(":") {
            // The real one would guess. Finding nothing shows the client its missing backslash.
            isBroken = true
        } else {
            plain = SearchFold.words(query)
        }
    }

    /// What fits, best first, with ranks.
    func ranked<Item>(
        _ items: [Item], fields: (Item) -> [String: [String]]
    ) -> [(item: Item, rank: Int)] {
        let scored = items.map { ($0, score(fields($0))) }.filter { $0.1 > 0 }
        let best = scored.map(\.1).max() ?? 1
        return scored.enumerated()
            .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
            .map { ($0.element.0, Int(($0.element.1 / best * 100).rounded())) }
    }

    private func score(_ fields: [String: [String]]) -> Double {
        if isBroken { return 0 }
        if !plain.isEmpty {
            let there = Set((fields["release"] ?? fields["releasegroup"] ?? []) + (fields["artist"] ?? []))
                .reduce(into: Set<String>()) { $0.formUnion(SearchFold.words($1)) }
            let share = Double(plain.count { there.contains($0) }) / Double(plain.count)
            return share >= 0.5 ? share : 0
        }
        var total = 0.0
        for clause in clauses {
            let best = (fields[clause.field] ?? []).map { closeness(clause.words, SearchFold.words($0)) }.max() ?? 0
            if best == 0 { return 0 }
            total += best
        }
        return total
    }

    /// A phrase must stand in the field as it is; in a short field it weighs more.
    private func closeness(_ phrase: [String], _ field: [String]) -> Double {
        guard !phrase.isEmpty, field.count >= phrase.count else { return 0 }
        let starts = 0...(field.count - phrase.count)
        guard starts.contains(where: { Array(field[$0..<($0 + phrase.count)]) == phrase }) else { return 0 }
        return Double(phrase.count) / Double(field.count)
    }

    private static func parse(_ query: String) -> [Clause]? {
        var rest = Array(query)[...]
        var clauses: [Clause] = []
        while true {
            rest = rest.drop { $0 == " " }
            if rest.isEmpty { return clauses.isEmpty ? nil : clauses }
            if !clauses.isEmpty {
                guard rest.starts(with: "AND ") else { return nil }
                rest = rest.dropFirst(4).drop { $0 == " " }
            }
            let name = String(rest.prefix { $0.isLetter || $0.isNumber })
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty, rest.popFirst() == ":" else { return nil }
            guard let value = value(&rest) else { return nil }
            clauses.append(Clause(field: name, words: SearchFold.words(value)))
        }
    }

    private static func value(_ rest: inout ArraySlice<Character>) -> String? {
        let isPhrase = rest.first == "\""
        if isPhrase { rest = rest.dropFirst() }
        var text = ""
        while let character = rest.first {
            if isPhrase ? character == "\"" : character == " " { break }
            rest = rest.dropFirst()
            if character == "\\" {
                guard let escaped = rest.popFirst() else { return nil }
                text.append(escaped)
            } else if !isPhrase, "+&|!(){}[]^\"~*?:/".contains(character) {
                // A sign with a meaning of its own.
                return nil
            } else {
                text.append(character)
            }
        }
        if isPhrase, rest.popFirst() != "\"" { return nil }
        return text.isEmpty ? nil : text
    }
}

/// The index folds case, accents and signs, and takes & for "and".
enum SearchFold {
    static func words(_ text: String) -> [String] {
        var words: [String] = [""]
        for character in text.lowercased() {
            if let plain = letters[character] {
                words[words.count - 1].append(plain)
            } else if character == "&" {
                words += ["and", ""]
            } else if character == "'" || character == "’" {
                continue
            } else if character.isLetter || character.isNumber || (character.unicodeScalars.first?.value ?? 0) > 0x2600
            {
                words[words.count - 1].append(character)
            } else {
                words.append("")
            }
        }
        return words.filter { !$0.isEmpty }
    }

    private static let letters: [Character: Character] = {
        var letters: [Character: Character] = [:]
        for (plain, marked) in [
            "a": "àáâãäå", "c": "ç", "e": "èéêë", "i": "ìíîï", "n": "ñ", "o": "òóôõöø", "u": "ùúûü",
        ] {
            for letter in marked { letters[letter] = Character(plain) }
        }
        return letters
    }()
}

extension MusicBrainzCatalogue {
    private func names(_ ids: [String]) -> [String] {
        ids.flatMap { id in artists[id].map { [$0.name] + $0.aliases } ?? [] }
    }

    func fields(of release: Release) -> [String: [String]] {
        [
            "release": [release.title],
            "artist": names(release.artists) + [names(release.artists).joined(separator: " ")],
            "status": [release.status], "tracks": ["\(release.trackCount)"], "arid": release.artists,
            "reid": [release.id],
            "rgid": [release.group], "date": [release.date ?? ""], "country": [release.country ?? ""],
            "mediums": ["\(release.media.count)"],
        ]
    }

    func fields(of group: Group) -> [String: [String]] {
        [
            "releasegroup": [group.title], "artist": names(group.artists), "arid": group.artists, "rgid": [group.id],
            "primarytype": [group.primaryType], "firstreleasedate": [group.firstReleased],
        ]
    }
}
