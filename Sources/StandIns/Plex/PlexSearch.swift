// `/hubs/search` (sheet plex.md §2): three of each kind unless told otherwise, forgiving about spelling, and with items
// that merely have to do with what was found. Whoever wants one artist looks at type and title himself.

import Runtime

extension PlexView {
    func search() throws(PlexRefusal) -> PlexAnswer {
        guard let query = call["query"], !query.isEmpty else { throw .badRequest }
        let limit = max(0, call.number("limit") ?? 3)
        var sections = sections
        if let wanted = call["sectionId"] { sections = [try section(wanted)] }
        let kinds: [Kind] = [.movie, .show, .episode, .artist, .album, .track].filter { kind in
            sections.contains { $0.kind.levels.contains(kind) }
        }
        let wanted = query.lowercased()
        var artists: [Item] = []
        let hubs = kinds.map { kind -> PlexElement in
            var hits: [(item: Item, score: Double, reason: Item?)] = []
            for section in sections where section.kind.levels.contains(kind) {
                for key in world.keys(of: kind, in: section.key) {
                    guard let item = world.items[key] else { continue }
                    let score = Self.likeness(item.title.lowercased(), wanted)
                    if score > 0.3 { hits.append((item, score, nil)) }
                }
            }
            if kind == .artist { artists = hits.map(\.item) }
            if kind == .album || kind == .track {
                let known = Set(hits.map(\.item.ratingKey))
                for artist in artists.prefix(limit) {
                    let keys =
                        kind == .album ? world.childKeys(of: artist.ratingKey) : world.leafKeys(of: artist.ratingKey)
                    for key in keys where !known.contains(key) {
                        if let item = world.items[key] { hits.append((item, 0.2, artist)) }
                    }
                }
            }
            let best = hits.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
                .map(\.element)
            return hub(kind, best.prefix(limit), of: best.count)
        }
        return .tree(container([:], hubs))
    }

    private func hub(
        _ kind: Kind, _ hits: ArraySlice<(item: Item, score: Double, reason: Item?)>, of all: Int
    ) -> PlexElement {
        PlexElement(
            "Hub",
            [
                "title": .text(kind.word + "s"), "type": .text(kind.word), "hubIdentifier": .text(kind.word),
                "context": "hub.search", "size": .number(hits.count), "more": .flag(all > hits.count), "style": "shelf",
            ],
            hits.map { hit in
                var element = element(hit.item)
                element.add(["score": .text(String(hit.score))])
                if let reason = hit.reason {
                    element.add([
                        "reason": .text(reason.kind.word), "reasonTitle": .text(reason.title),
                        "reasonID": "\(reason.ratingKey)",
                    ])
                }
                return element
            })
    }

    /// 1 for the same, less for what begins or contains it, least for a slip of the pen.
    private static func likeness(_ title: String, _ wanted: String) -> Double {
        if title == wanted { return 1 }
        if title.hasPrefix(wanted) { return 0.8 }
        if title.contains(wanted) { return 0.6 }
        return wanted.utf8.count > 3 && isOneSlipApart(Array(title.utf8), Array(wanted.utf8)) ? 0.5 : 0
    }

    private static func isOneSlipApart(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard abs(a.count - b.count) <= 1 else { return false }
        var front = 0
        while front < min(a.count, b.count), a[front] == b[front] { front += 1 }
        var back = 0
        while back < min(a.count, b.count) - front, a[a.count - 1 - back] == b[b.count - 1 - back] { back += 1 }
        return max(a.count, b.count) - front - back <= 1
    }
}
