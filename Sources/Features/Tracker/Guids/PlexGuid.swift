// What Plex's and its agents' identifiers say, and of what: the new agents' ids are of the item itself, the old agents'
// guid of an episode holds the show's id, its season and its number. Unknown forms say nothing; none is an error.

package enum PlexGuid: Hashable, Sendable {
    /// Plex's own: good as a key across servers, and nothing outside knows it.
    case plex(String)
    /// Ids of whatever item has the guid: an episode's on an episode, a show's on a show.
    case item(ShowIDs)
    /// The show's, as the old agents write it on everything below the show.
    case show(ShowIDs, season: Int?, number: Int?)
    /// Seasons of another count than the catalogues': only an id table can tell.
    case anidb(Int, season: Int?, number: Int?)
    case none

    package init(_ text: String) {
        guard let cut = text.schemeEnd else {
            self = Self.imdb(text[...]).map { .item(ShowIDs(imdb: $0)) } ?? .none
            return
        }
        let scheme = text[..<cut].lowercased()
        let rest = text[text.utf8.index(cut, offsetBy: 3)...]
        let path = rest[
            ..<(rest.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? rest.endIndex)]
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        switch scheme {
        case "plex":
            guard parts.count == 2, ["show", "season", "episode"].contains(parts[0]), !parts[1].isEmpty else {
                self = .none; return
            }
            self = .plex("plex://\(parts[0])/\(parts[1])")
        case "tmdb", "tvdb", "imdb": self = Self.ids(scheme, parts[0]).map { .item($0) } ?? .none
        default: self = Self.agent(scheme, parts)
        }
    }

    private static func agent(_ scheme: String, _ parts: [Substring]) -> PlexGuid {
        let name = scheme.split(separator: ".").last.map(String.init) ?? ""
        let (season, number) = (whole(parts, 1), whole(parts, 2))
        switch name {
        case "thetvdb", "themoviedb", "imdb":
            let kind = ["thetvdb": "tvdb", "themoviedb": "tmdb"][name] ?? name
            return ids(kind, parts[0]).map { .show($0, season: season, number: number) } ?? .none
        case "hama": return hama(parts[0], season, number)
        default: return .none
        }
    }

    /// "tvdb-78857", "tvdb4-78857", "anidb-4563". Modes with a digit count seasons in their own way: of those only the id
    /// is good.
    private static func hama(_ text: Substring, _ season: Int?, _ number: Int?) -> PlexGuid {
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let id = Int(parts[1]), id > 0 else { return .none }
        switch parts[0] {
        case "tvdb": return .show(ShowIDs(tvdb: id), season: season, number: number)
        case "tvdb2", "tvdb3", "tvdb4", "tvdb5": return .show(ShowIDs(tvdb: id), season: nil, number: nil)
        case "anidb": return .anidb(id, season: season, number: number)
        case "anidb2", "anidb3", "anidb4": return .anidb(id, season: nil, number: nil)
        default: return .none
        }
    }

    private static func ids(_ kind: String, _ text: Substring) -> ShowIDs? {
        if kind == "imdb" { return imdb(text).map { ShowIDs(imdb: $0) } }
        guard let number = Int(text), number > 0 else { return nil }
        return kind == "tmdb" ? ShowIDs(tmdb: number) : ShowIDs(tvdb: number)
    }

    private static func imdb(_ text: Substring) -> String? {
        let digits = text.dropFirst(2)
        guard text.lowercased().hasPrefix("tt"), (5...12).contains(digits.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return "tt\(digits)"
    }

    /// 0 is a number: specials.
    private static func whole(_ parts: [Substring], _ place: Int) -> Int? {
        guard parts.indices.contains(place), let number = Int(parts[place]), number >= 0 else { return nil }
        return number
    }
}

extension String {
    /// Where "://" begins. Every play has half a dozen guids, and a search for any text is twenty times as dear.
    fileprivate var schemeEnd: Index? {
        var from = utf8.startIndex
        while let colon = utf8[from...].firstIndex(of: UInt8(ascii: ":")) {
            if utf8[colon...].starts(with: "://".utf8) { return colon }
            from = utf8.index(after: colon)
        }
        return nil
    }
}
