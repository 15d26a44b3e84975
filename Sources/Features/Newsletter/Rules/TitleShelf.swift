// What is one title. Keys do not tell: an item that was removed and added again has others. So, as in Tautulli's own lists,
// a movie is its name and year, a show its name, an artist the album's artist (docs/newsletter-numbers.md §3).

internal import Domain
internal import Runtime

struct TitleShelf: Sendable {
    struct Entry: Sendable {
        var title: FactsTitle
        /// Of the play its key was taken from: the newest.
        var seen: Instant
        var seenIn: Int64
    }

    struct Key: Hashable, Sendable {
        var kind: FactsTitle.Kind
        var name: String
        var year: Int?
    }

    private(set) var entries: [Entry] = []
    private var places: [Key: Int32] = [:]

    subscript(place: Int32) -> FactsTitle { entries[Int(place)].title }

    func place(_ kind: FactsTitle.Kind, named name: String, year: Int? = nil) -> Int32? {
        places[Key(kind: kind, name: name, year: year)]
    }

    mutating func place(of play: Play) -> Int32 {
        let (key, ratingKey) = Self.key(of: play)
        let place: Int32
        if let known = places[key] {
            place = known
        } else {
            place = Int32(entries.count)
            places[key] = place
            entries.append(
                Entry(
                    title: FactsTitle(key.kind, key.name, year: key.year, ratingKey: ratingKey), seen: play.started,
                    seenIn: play.id))
            return place
        }
        let entry = entries[Int(place)]
        if ratingKey != nil, (entry.seen, entry.seenIn) < (play.started, play.id) || entry.title.ratingKey == nil {
            entries[Int(place)].title.ratingKey = ratingKey
            entries[Int(place)].seen = play.started
            entries[Int(place)].seenIn = play.id
        }
        return place
    }

    /// Each title's place among all by name, year and kind: equals in all that counts stand in this order, whatever order
    /// the rows came in.
    func order() -> [Int] {
        let sorted = entries.indices.sorted { a, b in
            let (first, second) = (entries[a].title, entries[b].title)
            return (first.name, first.year ?? 0, first.kind.rawValue)
                < (second.name, second.year ?? 0, second.kind.rawValue)
        }
        var order = [Int](repeating: 0, count: entries.count)
        for (place, title) in sorted.enumerated() { order[title] = place }
        return order
    }

    private static func key(of play: Play) -> (Key, ratingKey: Int?) {
        switch play.kind {
        case .movie: return (Key(kind: .movie, name: shown(play.title), year: play.year), play.ratingKey)
        case .episode: return (Key(kind: .show, name: shown(play.grandparentTitle)), play.grandparentKey)
        case .track:
            // A sampler has no artist: those on it have, but no place of their own in the library.
            if play.grandparentTitle == "Various Artists", !play.originalTitle.isEmpty {
                return (Key(kind: .artist, name: play.originalTitle), nil)
            }
            return (Key(kind: .artist, name: shown(play.grandparentTitle)), play.grandparentKey)
        case .other:
            let name = play.grandparentTitle.isEmpty ? play.title : play.grandparentTitle
            return (Key(kind: .other, name: shown(name)), play.grandparentKey ?? play.ratingKey)
        }
    }

    private static func shown(_ name: String) -> String { name.isEmpty ? "Untitled" : name }
}
