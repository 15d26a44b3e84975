// The loose forms of Discogs' credits: roles in a list with remarks in brackets, ranges of tracks, names with numbers.

package struct DiscogsRole: Hashable, Sendable {
    /// "Bass"
    package var name: String
    /// "Double Bass, Electric"; empty mostly.
    package var detail: String

    package init(_ name: String, detail: String = "") {
        self.name = name
        self.detail = detail
    }

    /// Commas part roles only outside brackets: "Bass [Double Bass, Electric], Vocals".
    package static func all(in text: String) -> [DiscogsRole] {
        var roles: [DiscogsRole] = []
        var name = ""
        var detail = ""
        var depth = 0
        func end() {
            let role = DiscogsRole(name.tidy, detail: detail.tidy)
            if !role.name.isEmpty { roles.append(role) }
            name = ""
            detail = ""
        }
        for character in text {
            switch character {
            case "[":
                if depth > 0 { detail.append(character) }
                depth += 1
            case "]" where depth > 0:
                depth -= 1
                if depth > 0 { detail.append(character) }
            case "," where depth == 0: end()
            default:
                if depth > 0 { detail.append(character) } else { name.append(character) }
            }
        }
        end()
        return roles
    }
}

enum TrackRange {
    /// "A1, A3 to A5" over the positions as listed; nil: nothing said, or nothing that can be found among them.
    static func indices(_ text: String, among positions: [String]) -> Set<Int>? {
        let places = Dictionary(
            positions.enumerated().map { ($1.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        var found: Set<Int> = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == ";" }) {
            let words = part.split(separator: " ").map { $0.lowercased() }
            if words.count == 3, ["to", "-", "–"].contains(words[1]) {
                if let first = places[words[0]], let last = places[words[2]], first <= last {
                    found.formUnion(first...last)
                }
            } else if let place = places[words.joined(separator: " ")] {
                found.insert(place)
            } else if let ends = dashed(words.joined()), let first = places[ends.0], let last = places[ends.1],
                first <= last
            {
                found.formUnion(first...last)
            }
        }
        return found.isEmpty ? nil : found
    }

    /// "A3-A5". Positions such as "1-02" hold a dash themselves and have been looked up as they are before.
    private static func dashed(_ text: String) -> (String, String)? {
        let ends = text.split(separator: "-")
        return ends.count == 2 ? (String(ends[0]), String(ends[1])) : nil
    }
}

enum DiscogsName {
    /// "Brown, The (2)" is "The Brown": the number only tells namesakes apart.
    static func plain(_ name: String) -> String {
        var name = name.tidy
        if name.hasSuffix(")"), let open = name.lastIndex(of: "("), open > name.startIndex {
            let inside = name[name.index(after: open)...].dropLast()
            if !inside.isEmpty, inside.allSatisfy({ ("0"..."9").contains($0) }) { name = String(name[..<open]).tidy }
        }
        for article in ["The", "A", "An"] where name.hasSuffix(", \(article)") {
            return "\(article) \(name.dropLast(article.count + 2))"
        }
        return name
    }
}

extension String {
    fileprivate var tidy: String { split(separator: " ").joined(separator: " ") }
}
