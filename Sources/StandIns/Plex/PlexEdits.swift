// Stars, views and summaries (sheet plex.md §4, §5).

import Runtime

enum PlexEdits {
    typealias World = HouseholdWorld

    /// The item of `key`, asked for as the library's own plug-in.
    private static func item(_ caller: PlexCaller, _ world: World) throws(PlexRefusal) -> World.Item {
        guard let key = caller.call["key"], caller.call["identifier"] == "com.plexapp.plugins.library" else {
            throw .badRequest
        }
        return try PlexView(world: world, caller: caller).item(key)
    }

    static func rate(_ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) -> PlexAnswer {
        guard let rating = caller.call["rating"].flatMap({ Double($0) }), rating == -1 || 0...10 ~= rating else {
            throw .badRequest
        }
        let person = caller.person.id, now = caller.now
        world.change(try item(caller, world).ratingKey) { item in
            item.ratings[person] = rating < 0 ? nil : rating
            item.ratedAt[person] = rating < 0 ? nil : now
        }
        return .empty
    }

    /// Marks as played or not, which makes no row in the history.
    static func mark(_ caller: PlexCaller, _ world: inout World, isPlayed: Bool) throws(PlexRefusal) -> PlexAnswer {
        let person = caller.person.id
        world.change(try item(caller, world).ratingKey) { item in
            item.views[person] = isPlayed ? (item.views[person] ?? 0) + 1 : nil
        }
        return .empty
    }

    /// The older form: of a section, by kind. Without `id` it changes EVERY item of that kind, as the real one does.
    static func editSection(_ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) -> PlexAnswer {
        let view = PlexView(world: world, caller: caller)
        let section = try view.section(caller.call.parameters[0])
        guard let kind = caller.call.number("type").flatMap(World.Kind.init(rawValue:)),
            section.kind.levels.contains(kind)
        else { throw .badRequest }
        var keys = world.keys(of: kind, in: section.key)
        if let ids = caller.call["id"] {
            let wanted = Set(ids.split(separator: ",").compactMap { Int($0) })
            keys = keys.filter { wanted.contains($0) }
            guard !keys.isEmpty else { throw .notFound }
        }
        try edit(keys, caller, &world)
        return .empty
    }

    /// The newer form: ids in the path.
    static func editItems(_ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) -> PlexAnswer {
        let view = PlexView(world: world, caller: caller)
        var keys: [Int] = []
        for word in caller.call.parameters[0].split(separator: ",") { keys.append(try view.item(word).ratingKey) }
        try edit(keys, caller, &world)
        return .empty
    }

    private static func edit(_ keys: [Int], _ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) {
        var changes: [(field: Substring, part: Substring, value: String)] = []
        for (name, value) in caller.call.query where !name.hasPrefix("X-Plex-") && !["type", "id"].contains(name) {
            let halves = name.split(separator: ".")
            guard halves.count == 2, ["summary", "title"].contains(halves[0]), ["value", "locked"].contains(halves[1])
            else { throw .badRequest }
            changes.append((halves[0], halves[1], value))
        }
        guard !changes.isEmpty else { throw .badRequest }
        for key in keys {
            world.change(key) { item in
                for (field, part, value) in changes {
                    switch (field, part) {
                    case ("summary", "value"): item.summary = value
                    case ("summary", _): item.isSummaryLocked = value == "1"
                    case ("title", "value"): item.title = value
                    default: break
                    }
                }
            }
        }
    }
}
