// Playlists as they are read (sheet plex.md §4). They belong to the account whose token made them: for everyone else they
// are not there. Titles are not unique.

import Runtime

extension PlexView {
    typealias Playlist = HouseholdWorld.Playlist

    func playlist(_ parameter: String) throws(PlexRefusal) -> Playlist {
        guard let key = Int(parameter), let playlist = world.playlists.first(where: { $0.ratingKey == key }),
            playlist.person == viewer.id
        else { throw .notFound }
        return playlist
    }

    func playlists() throws(PlexRefusal) -> PlexAnswer {
        var found = world.playlists.filter { $0.person == viewer.id }
        if let type = call["playlistType"] {
            guard ["audio", "video", "photo"].contains(type) else { throw .badRequest }
            found = found.filter { $0.type == type }
        }
        if let smart = call["smart"] { found = found.filter { $0.isSmart == (smart == "1") } }
        // Contains, as in filters: whoever wants one playlist compares for himself.
        if let title = call["title"]?.lowercased() { found = found.filter { $0.title.lowercased().contains(title) } }
        let page = page(of: found.map(\.ratingKey))
        return answer(
            page, [:], page.keys.compactMap { key in found.first { $0.ratingKey == key } }.map { element(of: $0) })
    }

    func onePlaylist() throws(PlexRefusal) -> PlexAnswer { answer(with: try playlist(call.parameters[0])) }

    func answer(
        with playlist: Playlist, _ attributes: KeyValuePairs<String, PlexElement.Value?> = [:]
    ) -> PlexAnswer {
        .tree(container(attributes, [element(of: playlist)]))
    }

    func playlistItems() throws(PlexRefusal) -> PlexAnswer {
        let playlist = try playlist(call.parameters[0])
        let keys = try keys(of: playlist)
        // Places, not rating keys: one track may stand there twice.
        let page = page(of: Array(keys.indices))
        let detail = Detail(hasGUIDs: call["includeGuids"] == "1")
        return answer(
            page,
            [
                "composite": .text(composite(of: playlist)), "duration": .number(duration(of: keys) / 1000),
                "leafCount": .number(keys.count), "playlistType": .text(playlist.type),
                "ratingKey": "\(playlist.ratingKey)", "smart": .flag(playlist.isSmart), "title": .text(playlist.title),
            ],
            page.keys.compactMap { place in
                guard let item = world.items[keys[place]] else { return nil }
                var element = element(item, detail)
                // Computed lists have no places to name.
                if !playlist.isSmart { element.add(["playlistItemID": .number(playlist.entries[place].id)]) }
                return element
            })
    }

    /// What is on it: of a smart one, what its filter finds now.
    func keys(of playlist: Playlist) throws(PlexRefusal) -> [Int] {
        guard playlist.isSmart else { return playlist.entries.map(\.ratingKey) }
        return try PlexAddress(path: playlist.filter ?? "").keys(in: self)
    }

    private func duration(of keys: [Int]) -> Int { keys.reduce(0) { $0 + world.items.milliseconds(of: $1) } }

    private func composite(of playlist: Playlist) -> String {
        "/playlists/\(playlist.ratingKey)/composite/\(playlist.updatedAt.seconds)"
    }

    func element(of playlist: Playlist) -> PlexElement {
        let keys = (try? keys(of: playlist)) ?? []
        return PlexElement(
            "Playlist", as: "Metadata",
            [
                "ratingKey": "\(playlist.ratingKey)", "key": "/playlists/\(playlist.ratingKey)/items",
                "guid": "com.plexapp.agents.none://\(playlist.ratingKey)-playlist", "type": "playlist",
                "title": .text(playlist.title), "summary": .text(playlist.summary), "smart": .flag(playlist.isSmart),
                "playlistType": .text(playlist.type),
                "composite": keys.isEmpty ? nil : .text(composite(of: playlist)),
                "content": playlist.filter.map { "server://\(world.machineID)/com.plexapp.plugins.library\($0)" },
                "leafCount": .number(keys.count), "duration": .number(duration(of: keys)),
                "addedAt": .number(Int(playlist.addedAt.seconds)),
                "updatedAt": .number(Int(playlist.updatedAt.seconds)),
            ])
    }
}
