// Filters together (sheet plex.md §2): `&` is "and"; `push=1`, `or=1` and `pop=1` between them make groups of which one
// part must hold.

struct PlexFilterGroup: Sendable {
    private indirect enum Term: Sendable {
        case filter(PlexFilter)
        case group(PlexFilterGroup)
    }

    /// Joined by "or"; within, by "and".
    private var parts: [[Term]] = [[]]

    init(_ query: [(name: String, value: String)]) throws(PlexRefusal) {
        var open: [PlexFilterGroup] = []
        var current = PlexFilterGroup()
        for (name, value) in query {
            switch name {
            case "push":
                open.append(current)
                current = PlexFilterGroup()
            case "or": current.parts.append([])
            case "pop":
                guard var outer = open.popLast() else { throw .badRequest }
                outer.add(.group(current))
                current = outer
            default: if let filter = try PlexFilter(name, value) { current.add(.filter(filter)) }
            }
        }
        guard open.isEmpty else { throw .badRequest }
        self = current
    }

    private init() {}

    private mutating func add(_ term: Term) { parts[parts.count - 1].append(term) }

    var isEmpty: Bool { parts.allSatisfy(\.isEmpty) }

    func holds(for item: HouseholdWorld.Item, in view: PlexView) -> Bool {
        parts.contains { part in
            part.allSatisfy { term in
                switch term {
                case .filter(let filter): filter.holds(for: item, in: view)
                case .group(let group): group.holds(for: item, in: view)
                }
            }
        }
    }

    /// Ids that every match is among: they need no search through half a million.
    var exactKeys: Set<Int>? {
        guard parts.count == 1 else { return nil }
        for case .filter(let filter) in parts[0] where filter.field == .id && filter.level == nil {
            if filter.comparison == .plain { return Set(filter.values.compactMap { Int($0) }) }
        }
        return nil
    }
}
