// Playlists as they are changed (sheet plex.md §4). What only plain ones can bear is refused on smart ones with 400, but
// new items for a smart one replace its rule: whoever does not look at `smart` first destroys it.

import Runtime

enum PlexPlaylistEdits {
    typealias World = HouseholdWorld

    private static func view(_ caller: PlexCaller, _ world: World) -> PlexView {
        PlexView(world: world, caller: caller)
    }

    private static func index(_ caller: PlexCaller, _ world: World, plainOnly: Bool = false) throws(PlexRefusal) -> Int
    {
        let playlist = try view(caller, world).playlist(caller.call.parameters[0])
        guard let index = world.playlists.firstIndex(where: { $0.ratingKey == playlist.ratingKey }) else {
            throw .notFound
        }
        if plainOnly, playlist.isSmart { throw .badRequest }
        return index
    }

    static func create(_ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) -> PlexAnswer {
        guard let title = caller.call["title"], !title.isEmpty, let type = caller.call["type"],
            ["audio", "video", "photo"].contains(type)
        else { throw .badRequest }
        let isSmart = caller.call["smart"] == "1"
        let address = try caller.call["uri"].map { uri throws(PlexRefusal) in
            try PlexAddress(uri, machine: world.machineID)
        }
        if isSmart, address?.isFilter != true { throw .badRequest }
        var playlist = World.Playlist(
            ratingKey: world.newNumber(), person: caller.person.id, title: title, isSmart: isSmart, entries: [],
            addedAt: caller.now, updatedAt: caller.now)
        playlist.type = type
        playlist.summary = caller.call["summary"] ?? ""
        if let address, isSmart {
            _ = try address.keys(in: view(caller, world))
            playlist.filter = address.path
        } else if let address {
            let keys = try keys(of: address, for: type, caller, world)
            guard !keys.isEmpty else { throw .badRequest }
            append(keys, to: &playlist, caller.rules, &world)
        }
        world.playlists.append(playlist)
        return view(caller, world).answer(with: playlist)
    }

    static func addItems(_ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) -> PlexAnswer {
        let index = try index(caller, world)
        guard let uri = caller.call["uri"] else { throw .badRequest }
        let address = try PlexAddress(uri, machine: world.machineID)
        var playlist = world.playlists[index]
        playlist.updatedAt = caller.now
        if playlist.isSmart {
            playlist.filter = address.path
            world.playlists[index] = playlist
            return view(caller, world).answer(with: playlist)
        }
        let keys = try keys(of: address, for: playlist.type, caller, world)
        guard !keys.isEmpty else { throw .badRequest }
        let added = append(keys, to: &playlist, caller.rules, &world)
        world.playlists[index] = playlist
        return view(caller, world).answer(
            with: playlist,
            ["leafCountAdded": .number(added), "leafCountRequested": .number(max(address.count, keys.count))])
    }

    /// Music on a list of music, pictures on one of pictures.
    private static func keys(
        of address: PlexAddress, for type: String, _ caller: PlexCaller, _ world: World
    ) throws(PlexRefusal) -> [Int] {
        let keys = try address.keys(in: view(caller, world))
        let fits = keys.allSatisfy { key in world.items[key].map { ($0.kind == .track) == (type == "audio") } ?? false }
        guard fits else { throw .badRequest }
        return keys
    }

    @discardableResult
    private static func append(
        _ keys: [Int], to playlist: inout World.Playlist, _ rules: PlexRules, _ world: inout World
    ) -> Int {
        var present = Set(playlist.entries.map(\.ratingKey))
        var added = 0
        for key in keys {
            let isNew = present.insert(key).inserted
            if !isNew, rules.skipsDuplicates { continue }
            playlist.entries.append(World.Playlist.Entry(id: world.newNumber(), ratingKey: key))
            added += 1
        }
        return added
    }

    static func clear(_ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) -> PlexAnswer {
        try change(caller, &world) { playlist throws(PlexRefusal) in playlist.entries = [] }
    }

    static func removeItem(_ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) -> PlexAnswer {
        try change(caller, &world) { playlist throws(PlexRefusal) in
            let place = try place(caller.call.parameters[1], in: playlist)
            playlist.entries.remove(at: place)
        }
    }

    static func moveItem(_ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) -> PlexAnswer {
        try change(caller, &world) { playlist throws(PlexRefusal) in
            let entry = playlist.entries.remove(at: try place(caller.call.parameters[1], in: playlist))
            // Behind nothing is in front of everything.
            guard let after = caller.call["after"] else { return playlist.entries.insert(entry, at: 0) }
            playlist.entries.insert(entry, at: try place(after, in: playlist) + 1)
        }
    }

    private static func place(_ id: String, in playlist: World.Playlist) throws(PlexRefusal) -> Int {
        guard let number = Int(id), let place = playlist.entries.firstIndex(where: { $0.id == number }) else {
            throw .notFound
        }
        return place
    }

    private static func change(
        _ caller: PlexCaller, _ world: inout World, _ act: (inout World.Playlist) throws(PlexRefusal) -> Void
    ) throws(PlexRefusal) -> PlexAnswer {
        let index = try index(caller, world, plainOnly: true)
        var playlist = world.playlists[index]
        try act(&playlist)
        playlist.updatedAt = caller.now
        world.playlists[index] = playlist
        let answer = view(caller, world).answer(with: playlist)
        if playlist.entries.isEmpty, !caller.rules.keepsEmptyPlaylists { world.playlists.remove(at: index) }
        return answer
    }

    static func rename(_ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) -> PlexAnswer {
        let index = try index(caller, world)
        let title = caller.call["title.value"] ?? caller.call["title"]
        let summary = caller.call["summary.value"] ?? caller.call["summary"]
        guard title != nil || summary != nil, title?.isEmpty != true else { throw .badRequest }
        if let title { world.playlists[index].title = title }
        if let summary { world.playlists[index].summary = summary }
        world.playlists[index].updatedAt = caller.now
        return .empty
    }

    static func delete(_ caller: PlexCaller, _ world: inout World) throws(PlexRefusal) -> PlexAnswer {
        world.playlists.remove(at: try index(caller, world))
        return PlexAnswer(status: 204, body: .none)
    }
}
