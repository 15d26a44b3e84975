// Which film is meant, across programs that each number it their own way. Folders move and titles repeat, so TMDb's
// number comes first, then IMDb's, and only then title and year.

package struct FilmIDs: Hashable, Sendable, Codable {
    package var tmdb: Int?
    /// "tt" and digits.
    package var imdb: String?
    package var title: String
    package var year: Int?

    /// What is no number of TMDb's or IMDb's is dropped, so that a template's placeholder names no film.
    package init(tmdb: Int? = nil, imdb: String? = nil, title: String, year: Int? = nil) {
        self.tmdb = tmdb.flatMap { $0 > 0 ? $0 : nil }
        self.imdb = imdb.flatMap(Self.imdbID)
        self.title = title
        self.year = year.flatMap { (1870...2200).contains($0) ? $0 : nil }
    }

    /// The same film has the same key as long as the same ids are known of it.
    package var key: String {
        if let tmdb { return "tmdb:\(tmdb)" }
        if let imdb { return "imdb:\(imdb)" }
        return "title:\(Self.folded(title)):\(year.map { "\($0)" } ?? "")"
    }

    /// "Alien (1979)"
    package var name: String { year.map { "\(title) (\($0))" } ?? title }

    /// Whether two sets of ids mean one film: the first kind that both know decides; of titles the year may be one off.
    /// Nil: neither number is known to both, and the titles differ or a year is missing, so nobody can say.
    package func isSame(as other: FilmIDs) -> Bool? {
        if let tmdb, let others = other.tmdb { return tmdb == others }
        if let imdb, let others = other.imdb { return imdb == others }
        guard let year, let others = other.year else { return nil }
        return Self.folded(title) == Self.folded(other.title) && abs(year - others) <= 1
    }

    package static func folded(_ title: String) -> String { Folding.folded(title) }

    private static func imdbID(_ text: String) -> String? {
        var digits = text.utf8[...]
        if digits.count > 2, digits.first.map({ $0 | 0x20 }) == UInt8(ascii: "t"),
            digits.dropFirst().first.map({ $0 | 0x20 }) == UInt8(ascii: "t")
        {
            digits = digits.dropFirst(2)
        }
        guard 5...12 ~= digits.count, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            digits.contains(where: { $0 != UInt8(ascii: "0") })
        else { return nil }
        return "tt\(Substring(digits))"
    }
}
