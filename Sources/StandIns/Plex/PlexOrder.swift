// `sort=userRating:desc,titleSort`, with `:nullsLast` (sheet plex.md §2).

import Runtime

struct PlexOrder: Sendable {
    private enum Key: Sendable {
        case number(PlexFilter.Field)
        case title(above: Int)
        case year(above: Int)
    }

    private enum Rank: Sendable {
        case nothing
        case number(Double)
        case text(String)
    }

    private var key: Key
    private var isDescending: Bool
    private var nullsLast: Bool

    /// Without being told, what stands at the top of a library comes by title; the rest as it was added.
    static func read(_ text: String?, for kind: HouseholdWorld.Kind) throws(PlexRefusal) -> [PlexOrder] {
        guard let text, !text.isEmpty else {
            return kind.levels.first == kind
                ? [PlexOrder(key: .title(above: 0), isDescending: false, nullsLast: false)] : []
        }
        var order: [PlexOrder] = []
        for piece in text.split(separator: ",") {
            let words = piece.split(separator: ":")
            guard let name = words.first, words.dropFirst().allSatisfy({ ["asc", "desc", "nullsLast"].contains($0) })
            else { throw .badRequest }
            let halves = name.split(separator: ".")
            var above = 0
            if halves.count == 2 {
                guard let level = HouseholdWorld.Kind.named(halves[0]), let own = kind.levels.firstIndex(of: kind),
                    let asked = kind.levels.firstIndex(of: level), asked <= own
                else { throw .badRequest }
                above = own - asked
            }
            let key: Key
            switch (halves.last ?? "", above) {
            case ("titleSort", _), ("title", _): key = .title(above: above)
            case ("year", _): key = .year(above: above)
            case (let word, 0):
                guard let field = PlexFilter.Field(rawValue: String(word)), field.sort == .number || field.sort == .date
                else { throw .badRequest }
                key = .number(field)
            default: throw .badRequest
            }
            order.append(
                PlexOrder(key: key, isDescending: words.contains("desc"), nullsLast: words.contains("nullsLast")))
        }
        return order
    }

    private func rank(of item: HouseholdWorld.Item, in view: PlexView) -> Rank {
        func ancestor(_ above: Int) -> HouseholdWorld.Item? {
            above == 0 ? item : above == 1 ? view.world.parent(of: item) : view.world.grandparent(of: item)
        }
        switch key {
        case .number(let field): return field.number(of: item, in: view).map(Rank.number) ?? .nothing
        case .title(let above): return ancestor(above).map { .text($0.sortTitle.lowercased()) } ?? .nothing
        case .year(let above): return ancestor(above)?.year.map { .number(Double($0)) } ?? .nothing
        }
    }

    /// Less than zero: a first.
    private func compare(_ a: Rank, _ b: Rank) -> Int {
        let sign = isDescending ? -1 : 1
        switch (a, b) {
        case (.nothing, .nothing): return 0
        case (.nothing, _): return nullsLast ? 1 : -sign
        case (_, .nothing): return nullsLast ? -1 : sign
        case (.number(let a), .number(let b)): return a == b ? 0 : a < b ? -sign : sign
        case (.text(let a), .text(let b)): return a == b ? 0 : a < b ? -sign : sign
        default: return 0
        }
    }

    /// Equals keep their order.
    static func sort(_ items: [HouseholdWorld.Item], by order: [PlexOrder], in view: PlexView) -> [Int] {
        guard !order.isEmpty else { return items.map(\.ratingKey) }
        let ranked = items.map { item in (key: item.ratingKey, ranks: order.map { $0.rank(of: item, in: view) }) }
        return ranked.enumerated().sorted { a, b in
            for (index, order) in order.enumerated() {
                let sign = order.compare(a.element.ranks[index], b.element.ranks[index])
                if sign != 0 { return sign < 0 }
            }
            return a.offset < b.offset
        }.map(\.element.key)
    }
}
