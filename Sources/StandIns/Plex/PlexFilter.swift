// Filters of `…/all` (sheet plex.md §2, operators): "userRating>=8", "title==AC/DC", "artist.id=7", "addedAt>>=-30d".
// Fields without a level belong to the type that is asked for. What this does not know it refuses with 400, where the
// real server may quietly list everything.

import Runtime

struct PlexFilter: Sendable {
    enum Operator: Sendable {
        /// Contains for text, equals for the rest.
        case plain
        case not
        case equals, notEquals
        case less, lessOrEqual, more, moreOrEqual
        case begins, ends
    }

    enum Field: String, Sendable {
        case id, guid, title, titleSort, originalTitle, summary, genre, userRating, viewCount, year, index, duration
        case addedAt, updatedAt, lastViewedAt, lastRatedAt, originallyAvailableAt, unwatched, unmatched

        enum Sort { case text, number, date, tag, flag }

        var sort: Sort {
            switch self {
            case .title, .titleSort, .originalTitle, .summary: .text
            case .userRating, .viewCount, .year, .index, .duration: .number
            case .addedAt, .updatedAt, .lastViewedAt, .lastRatedAt, .originallyAvailableAt: .date
            case .id, .guid, .genre: .tag
            case .unwatched, .unmatched: .flag
            }
        }
    }

    var level: HouseholdWorld.Kind?
    var field: Field
    var comparison: Operator
    /// One of them must hold.
    var values: [String]

    /// Nil for arguments that are no filters.
    init?(_ name: String, _ value: String) throws(PlexRefusal) {
        let ignored = ["type", "sort", "limit", "group", "uri"]
        let quiet = ["X-Plex-", "include", "exclude", "checkFiles", "async", "skipRefresh"]
        guard !ignored.contains(name), !quiet.contains(where: name.hasPrefix) else { return nil }
        var key = name[...]
        var value = value[...]
        var marks = ""
        while let last = key.last, "<>!=_".contains(last) {
            // libwebsockets makes "_" of an encoded "=" in a name.
            marks = String(last == "_" ? "=" : last) + marks
            key.removeLast()
        }
        if value.first == "=", marks.allSatisfy({ $0 == "!" }) {
            marks += "="
            value.removeFirst()
        }
        let halves = key.split(separator: ".", omittingEmptySubsequences: false)
        guard let word = halves.last, let field = Field(rawValue: String(word)), halves.count <= 2 else {
            throw .badRequest
        }
        if halves.count == 2 {
            guard let level = HouseholdWorld.Kind.named(halves[0]) else { throw .badRequest }
            self.level = level
        }
        self.field = field
        comparison = try Self.comparison(marks, for: field.sort)
        // Also where the comma was encoded: reported, and to be reckoned with (sheet plex.md §2).
        values = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    private static func comparison(_ marks: String, for sort: Field.Sort) throws(PlexRefusal) -> Operator {
        switch (sort, marks) {
        case (_, ""): return .plain
        case (_, "!") where sort != .flag: return .not
        case (.text, "="): return .equals
        case (.text, "!="): return .notEquals
        case (.text, "<"): return .begins
        case (.text, ">"): return .ends
        case (.number, ">>"), (.date, ">>"): return .more
        case (.number, "<<"), (.date, "<<"): return .less
        case (.number, ">"), (.date, ">"): return .moreOrEqual
        case (.number, "<"), (.date, "<"): return .lessOrEqual
        default: throw .badRequest
        }
    }
}

extension PlexFilter {
    func holds(for item: HouseholdWorld.Item, in view: PlexView) -> Bool {
        guard let level, level != item.kind else { return holds(forItself: item, in: view) }
        let levels = item.kind.levels
        guard let asked = levels.firstIndex(of: level), let own = levels.firstIndex(of: item.kind) else { return false }
        if asked < own {
            let above = asked == own - 1 ? view.world.parent(of: item) : view.world.grandparent(of: item)
            return above.map { holds(forItself: $0, in: view) } ?? false
        }
        // A level below: at least one of them.
        var below = view.world.children(of: item.ratingKey)
        if asked == own + 2 { below = below.flatMap { view.world.children(of: $0.ratingKey) } }
        return below.contains { holds(forItself: $0, in: view) }
    }

    private func holds(forItself item: HouseholdWorld.Item, in view: PlexView) -> Bool {
        let isNegated = comparison == .not || comparison == .notEquals
        let anyHolds = values.contains { value in
            switch field.sort {
            case .text: Self.compare(text(of: item), comparison, value)
            case .tag: tags(of: item, in: view).contains(value)
            case .flag: (value == "1") == flag(of: item, in: view)
            case .number: Self.compare(number(of: item, in: view), comparison, Double(value))
            case .date: Self.compare(number(of: item, in: view), comparison, Self.date(value, now: view.caller.now))
            }
        }
        return isNegated ? !anyHolds : anyHolds
    }

    private static func compare(_ text: String, _ comparison: Operator, _ wanted: String) -> Bool {
        let text = text.lowercased(), wanted = wanted.lowercased()
        switch comparison {
        case .equals, .notEquals: return text == wanted
        case .begins: return text.hasPrefix(wanted)
        case .ends: return text.hasSuffix(wanted)
        default: return text.contains(wanted)
        }
    }

    /// What is not set compares with nothing.
    private static func compare(_ number: Double?, _ comparison: Operator, _ wanted: Double?) -> Bool {
        guard let number, let wanted else { return false }
        switch comparison {
        case .more: return number > wanted
        case .moreOrEqual: return number >= wanted
        case .less: return number < wanted
        case .lessOrEqual: return number <= wanted
        default: return number == wanted
        }
    }

    private func text(of item: HouseholdWorld.Item) -> String {
        switch field {
        case .titleSort: item.sortTitle
        case .originalTitle: item.originalTitle
        case .summary: item.summary
        default: item.title
        }
    }

    private func tags(of item: HouseholdWorld.Item, in view: PlexView) -> [String] {
        switch field {
        case .id: [String(item.ratingKey)]
        case .guid: [item.guid] + item.guids
        default: item.genres.map { String(view.world.genreID($0)) }
        }
    }

    private func flag(of item: HouseholdWorld.Item, in view: PlexView) -> Bool {
        field == .unwatched ? item.views[view.viewer.id] ?? 0 == 0 : item.guid.hasPrefix("local://")
    }

    private func number(of item: HouseholdWorld.Item, in view: PlexView) -> Double? {
        field.number(of: item, in: view)
    }

    /// Seconds since 1970, "2026-01-31", or "-30d" (s m h d w mon y).
    static func date(_ text: String, now: Instant) -> Double? {
        if text.hasPrefix("-") {
            let units: [(String, Int64)] = [
                ("mon", 2_592_000), ("y", 31_536_000), ("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1),
            ]
            for (unit, seconds) in units where text.hasSuffix(unit) {
                guard let count = Int64(text.dropFirst().dropLast(unit.count)) else { return nil }
                return Double(now.seconds - count * seconds)
            }
            return nil
        }
        if let seconds = Double(text) { return seconds }
        return CivilDay(text).map { Double($0.seconds) }
    }
}

extension PlexFilter.Field {
    func number(of item: HouseholdWorld.Item, in view: PlexView) -> Double? {
        switch self {
        case .userRating: item.ratings[view.viewer.id]
        case .viewCount: Double(item.views[view.viewer.id] ?? 0)
        case .year: item.year.map(Double.init)
        case .index: item.index.map(Double.init)
        case .duration: Double(item.milliseconds)
        case .addedAt: Double(item.addedAt.seconds)
        case .updatedAt: Double(item.updatedAt)
        case .lastViewedAt: view.lastViews[item.ratingKey].map { Double($0.seconds) }
        case .lastRatedAt: item.ratedAt[view.viewer.id].map { Double($0.seconds) }
        case .originallyAvailableAt: item.released.flatMap { CivilDay($0) }.map { Double($0.seconds) }
        default: nil
        }
    }
}

extension HouseholdWorld.Kind {
    static let allKinds: [HouseholdWorld.Kind] = [.movie, .show, .season, .episode, .artist, .album, .track]
    static func named(_ word: some StringProtocol) -> HouseholdWorld.Kind? { allKinds.first { $0.word == word } }
}
