// The setting PLAYLISTS, one line for people: `My Top Rated: >=4; Five Stars: =5, newest first`. A part is a name, a
// colon, the stars, and what else matters, with commas between. Quotes keep names whole that have such marks in them.

package struct PlaylistWishError: Error, Equatable, Sendable, CustomStringConvertible {
    package let what: String

    init(_ what: String) { self.what = what }

    package var description: String { "\(what). For example: \(PlaylistWishes.example)" }
}

package enum PlaylistWishes {
    package static let standard = "My Top Rated: >=4"
    package static let example = "My Top Rated: >=4; Five Stars: =5, newest first; Quiet: 3.5-4.5, in Jazz, limit 200"

    /// Empty text: no playlists.
    package static func read(_ text: String) throws(PlaylistWishError) -> [PlaylistWish] {
        var wishes: [PlaylistWish] = []
        for part in pieces(of: text, at: ";") where !part.trimmed.isEmpty {
            let wish = try wish(part)
            if wishes.contains(where: { $0.title == wish.title }) {
                throw PlaylistWishError("Two playlists are called “\(wish.title)”")
            }
            wishes.append(wish)
        }
        return wishes
    }

    private static func wish(_ part: String) throws(PlaylistWishError) -> PlaylistWish {
        let halves = pieces(of: part, at: ":")
        guard halves.count > 1, let rules = halves.last else {
            throw PlaylistWishError("“\(part.trimmed)” says no stars: a colon and the stars go behind the name")
        }
        // A name may have colons of its own.
        let title = halves.dropLast().joined(separator: ":").trimmed.unquoted
        guard !title.isEmpty else { throw PlaylistWishError("“\(part.trimmed)” has no name before the colon") }
        var words = pieces(of: rules, at: ",").map(\.trimmed)[...]
        guard let range = stars(words.popFirst() ?? "") else {
            throw PlaylistWishError("“\(rules.trimmed)” does not begin with stars from 0.5 to 5, such as >=4 or =5")
        }
        var wish = PlaylistWish(title, least: range.lowerBound, most: range.upperBound)
        for word in words where !word.isEmpty { try take(word, into: &wish) }
        return wish
    }

    private static func take(_ word: String, into wish: inout PlaylistWish) throws(PlaylistWishError) {
        let lowered = word.lowercased()
        switch lowered {
        case "best first", "by rating": wish.order = .rating
        case "newest first": wish.order = .newest
        case "keep order", "order kept": wish.order = .keep
        default:
            if lowered.hasPrefix("in ") {
                wish.sections.append(String(word.dropFirst(3)).trimmed.unquoted)
            } else if lowered.hasPrefix("limit "), let limit = Int(lowered.dropFirst(6).trimmed), limit > 0 {
                wish.limit = limit
            } else {
                throw PlaylistWishError(
                    "“\(word)” is not understood: it may be best first, newest first, keep order, limit and a number, "
                        + "or in and a library")
            }
        }
    }

    /// In Plex's ratings. Half a star is the least there is: Plex's 0 means not rated.
    private static func stars(_ text: String) -> ClosedRange<Double>? {
        var text = text.lowercased()
        for word in ["stars", "star", "★"] where text.hasSuffix(word) {
            text = String(text.dropLast(word.count))
            break
        }
        func number(_ text: some StringProtocol) -> Double? {
            guard let stars = Double(text.trimmed), (0.5...5).contains(stars) else { return nil }
            return stars * 2
        }
        for sign in [">=", "≥"] where text.hasPrefix(sign) {
            return number(text.dropFirst(sign.count)).map { $0...10 }
        }
        for sign in ["<=", "≤"] where text.hasPrefix(sign) {
            return number(text.dropFirst(sign.count)).map { 1...$0 }
        }
        if text.hasPrefix("=") { return number(text.dropFirst()).map { $0...$0 } }
        let ends = text.split(separator: "-")
        guard ends.count == 2, let least = number(ends[0]), let most = number(ends[1]), least <= most else {
            return nil
        }
        return least...most
    }

    /// What stands between the marks, except those in quotes. A quote begins only where a word does: 12" is none.
    private static func pieces(of text: String, at mark: Character) -> [String] {
        var pieces = [""]
        var isQuoted = false
        var previous: Character = " "
        for character in text {
            if character == "\"", isQuoted || !(previous.isLetter || previous.isNumber) { isQuoted.toggle() }
            if character == mark, !isQuoted {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].append(character)
            }
            previous = character
        }
        return pieces
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        let start = drop { $0.isWhitespace }
        let end = start.reversed().drop { $0.isWhitespace }
        return String(end.reversed())
    }

    fileprivate var unquoted: String {
        count >= 2 && first == "\"" && last == "\"" ? String(dropFirst().dropLast()) : String(self)
    }
}
