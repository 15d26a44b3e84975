// The server itself, its libraries, and single items (sheet plex.md §2).

import Runtime

extension PlexView {
    func identity() -> PlexAnswer {
        .tree(
            PlexElement(
                "MediaContainer",
                [
                    "size": 0, "apiVersion": "1.1.1", "claimed": true, "machineIdentifier": .text(world.machineID),
                    "version": .text(world.version),
                ]))
    }

    func root() -> PlexAnswer {
        let rooms = ["activities", "hubs", "library", "playlists", "status", "system"]
        let busy = world.streams.filter { $0.quality.video == .transcode }.count
        return .tree(
            container(
                [
                    "allowSync": true, "apiVersion": "1.1.1", "friendlyName": .text(world.serverName),
                    "machineIdentifier": .text(world.machineID), "multiuser": true, "myPlex": true,
                    "myPlexMappingState": "mapped", "myPlexSigninState": "ok",
                    "myPlexSubscription": .flag(caller.rules.hasPlexPass),
                    "myPlexUsername": .some(world.owner?.email), "platform": "Linux", "platformVersion": "12",
                    "transcoderActiveVideoSessions": .number(busy), "updatedAt": .number(Int(caller.now.seconds)),
                    "version": .text(world.version), "countryCode": "deu",
                ], rooms.map { PlexElement("Directory", ["count": 1, "key": .text($0), "title": .text($0)]) }))
    }

    func accounts() -> PlexAnswer {
        // The first has no name: what is played without an account.
        let nobody = PlexElement("Account", ["id": 0, "key": "/accounts/0", "name": "", "thumb": ""])
        return .tree(
            container(
                ["identifier": "com.plexapp.system.accounts"],
                [nobody]
                    + world.people.filter { $0.isOwner || $0.acceptedAt != nil }.map { person in
                        PlexElement(
                            "Account",
                            [
                                "id": .number(person.localID), "key": "/accounts/\(person.localID)",
                                "name": .text(person.username.isEmpty ? person.title : person.username),
                                "defaultAudioLanguage": "en", "autoSelectAudio": true,
                                "thumb": "https://plex.tv/users/\(person.uuid)/avatar",
                            ])
                    }))
    }

    func library() -> PlexAnswer {
        .tree(
            container(
                [
                    "allowSync": false, "content": "secondary", "identifier": "com.plexapp.plugins.library",
                    "title1": "Plex Library",
                ],
                [
                    PlexElement("Directory", ["key": "sections", "title": "Library Sections"]),
                    PlexElement("Directory", ["key": "recentlyAdded", "title": "Recently Added"]),
                ]))
    }

    func sectionList() -> PlexAnswer {
        .tree(
            container(
                ["allowSync": false, "title1": "Plex Library"],
                sections.map { section in
                    let agents: [Kind: (String, String)] = [
                        .movie: ("tv.plex.agents.movie", "Plex Movie"),
                        .show: ("tv.plex.agents.series", "Plex TV Series"),
                        .artist: ("tv.plex.agents.music", "Plex Music"),
                    ]
                    let agent = agents[section.kind] ?? ("tv.plex.agents.none", "")
                    return PlexElement(
                        "Directory",
                        [
                            "allowSync": true, "key": "\(section.key)", "type": .text(section.kind.word),
                            "title": .text(section.title), "agent": .text(agent.0), "scanner": .text(agent.1),
                            "language": "en-US", "uuid": .text(section.uuid), "filters": true, "refreshing": false,
                            "updatedAt": .number(Int(caller.now.seconds) - 3_600),
                            "scannedAt": .number(Int(caller.now.seconds) - 3_600), "content": true, "directory": true,
                            "contentChangedAt": .number(world.revision), "hidden": 0,
                        ], [PlexElement("Location", ["id": .number(section.key), "path": "/data/\(section.title)"])])
                }))
    }

    /// One section's doors.
    func sectionDoors() throws(PlexRefusal) -> PlexAnswer {
        let section = try section(call.parameters[0])
        return .tree(
            container(
                [
                    "content": "secondary", "librarySectionID": .number(section.key), "title1": .text(section.title),
                    "viewGroup": "secondary",
                ],
                ["all", "recentlyAdded", "collection"].map {
                    PlexElement("Directory", ["key": .text($0), "title": .text($0)])
                }))
    }

    func collections() throws(PlexRefusal) -> PlexAnswer {
        let section = try section(call.parameters[0])
        if call["includeMeta"] == "1" { return meta(of: section, collections: true) }
        return list([], of: section)
    }

    /// A filter's choices.
    func genres() throws(PlexRefusal) -> PlexAnswer {
        let section = try section(call.parameters[0])
        let kind = call.number("type").flatMap(Kind.init(rawValue:)) ?? section.kind
        let genres = Set(world.items(of: kind, in: section.key).flatMap(\.genres)).sorted()
        return .tree(
            container(
                [
                    "identifier": "com.plexapp.plugins.library", "title1": .text(section.title),
                    "viewGroup": "secondary",
                ],
                genres.map { genre in
                    let id = world.genreID(genre)
                    return PlexElement(
                        "Directory",
                        [
                            "fastKey": "/library/sections/\(section.key)/all?genre=\(id)", "key": "\(id)",
                            "title": .text(genre), "type": "genre",
                        ])
                }))
    }

    // MARK: Items

    func metadata() throws(PlexRefusal) -> PlexAnswer {
        var found: [Item] = []
        for key in call.parameters[0].split(separator: ",") { if let item = try? item(key) { found.append(item) } }
        guard !found.isEmpty else { throw .notFound }
        return .tree(
            container(
                [
                    "allowSync": true, "identifier": "com.plexapp.plugins.library",
                    "librarySectionID": .number(found[0].section),
                    "librarySectionTitle": .some(world.section(found[0].section)?.title),
                ], found.map { element($0, Detail(isWhole: true)) }))
    }

    func children() throws(PlexRefusal) -> PlexAnswer {
        let item = try item(call.parameters[0])
        return list(world.childKeys(of: item.ratingKey), below: item)
    }

    func allLeaves() throws(PlexRefusal) -> PlexAnswer {
        let item = try item(call.parameters[0])
        return list(world.leafKeys(of: item.ratingKey), below: item)
    }

    private func list(_ keys: [Int], below item: Item) -> PlexAnswer {
        let page = page(of: keys)
        let detail = Detail(hasGUIDs: call["includeGuids"] == "1")
        return answer(
            page,
            [
                "allowSync": true, "identifier": "com.plexapp.plugins.library", "key": "\(item.ratingKey)",
                "librarySectionID": .number(item.section), "parentTitle": .text(item.title),
            ], page.keys.compactMap { world.items[$0] }.map { element($0, detail) })
    }

    // MARK: What is new

    func recentlyAdded() throws(PlexRefusal) -> PlexAnswer {
        let section = try section(call.parameters[0])
        let kind = call.number("type").flatMap(Kind.init(rawValue:)) ?? Self.newest(in: section.kind)
        return list(newest(kind, in: [section]), of: section)
    }

    func homeRecentlyAdded() throws(PlexRefusal) -> PlexAnswer {
        var kind: Kind?
        if let type = call["type"] {
            guard let asked = Int(type).flatMap(Kind.init(rawValue:)) else { throw .badRequest }
            kind = asked
        }
        let sections = sections.filter { kind == nil || $0.kind.levels.contains(kind ?? .movie) }
        var keys: [Int] = []
        for section in sections { keys += newest(Self.newest(in: section.kind), in: [section]) }
        let order = keys.compactMap { world.items[$0] }.sorted { $0.addedAt > $1.addedAt }.map(\.ratingKey)
        let page = page(of: order, limit: call.number("limit") ?? (kind == nil ? 50 : nil))
        return answer(
            page, ["allowSync": true, "identifier": "com.plexapp.plugins.library", "mixedParents": true],
            page.keys.compactMap { world.items[$0] }.map { element($0) })
    }

    /// New in a library of music are albums, of shows seasons.
    private static func newest(in kind: Kind) -> Kind {
        switch kind {
        case .artist, .album, .track: .album
        case .show, .season, .episode: .season
        case .movie: .movie
        }
    }

    private func newest(_ kind: Kind, in sections: [Section]) -> [Int] {
        sections.flatMap { world.items(of: kind, in: $0.key) }.sorted { $0.addedAt > $1.addedAt }.map(\.ratingKey)
    }
}
