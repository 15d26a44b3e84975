// People as plex.tv tells of them, and the servers they see (sheet plex.md §8).

import Runtime

extension HouseholdWorld.Person {
    var avatar: String { "https://plex.tv/users/\(uuid)/avatar?c=1700000000" }
    var joined: Instant { invitedAt ?? Instant(seconds: 1_500_000_000) }
}

extension PlexTVCaller {
    typealias Person = HouseholdWorld.Person

    func account(_ world: HouseholdWorld) -> PlexAnswer {
        let homeSize = world.people.filter(\.isHome).count
        let hasPass = rules.hasPlexPass && person.isOwner
        let fields: [(name: String, value: PlexElement.Value)] = [
            ("id", .number(person.id)), ("uuid", .text(person.uuid)), ("username", .text(person.username)),
            ("title", .text(person.title)), ("email", .text(person.email)), ("friendlyName", .text(person.title)),
            ("locale", ""), ("confirmed", true), ("joinedAt", .number(Int(person.joined.seconds))),
            ("emailOnlyAuth", false), ("hasPassword", .flag(!person.isManaged)), ("protected", false),
            ("thumb", .text(person.avatar)), ("authToken", .text(person.token)), ("mailingListActive", false),
            ("scrobbleTypes", ""), ("country", "DE"), ("restricted", .flag(person.isManaged)),
            ("anonymous", false), ("home", .flag(person.isHome)), ("guest", false),
            ("homeSize", .number(person.isHome ? homeSize : 1)), ("homeAdmin", .flag(person.isOwner)),
            ("maxHomeSize", 15), ("twoFactorEnabled", false), ("backupCodesCreated", false),
        ]
        var json = JSON.Fields(fields.map { (key: $0.name, value: $0.value.json) })
        json["subscription"] = [
            "active": .bool(hasPass), "subscribedAt": .null, "status": hasPass ? "Active" : "Inactive",
            "paymentService": .null, "plan": hasPass ? "lifetime" : .null,
            "features": hasPass ? ["pass", "webhooks"] : [],
        ]
        json["profile"] = ["autoSelectAudio": true, "defaultAudioLanguage": "en", "autoSelectSubtitle": 0]
        json["roles"] = hasPass ? ["plexpass"] : []
        var user = PlexElement("user")
        user.attributes = fields
        user.children = [
            PlexElement(
                "subscription",
                [
                    "active": .flag(hasPass), "status": hasPass ? "Active" : "Inactive",
                    "plan": hasPass ? "lifetime" : nil,
                ], [PlexElement("features", [:], hasPass ? [PlexElement("feature", ["id": "webhooks"])] : [])]),
            PlexElement(
                "profile",
                [
                    "autoSelectAudio": true, "defaultAudioLanguage": "en", "defaultSubtitleLanguage": "en",
                    "autoSelectSubtitle": 0, "defaultSubtitleAccessibility": 0, "defaultSubtitleForced": 0,
                ]),
            PlexElement("entitlements"),
            PlexElement("roles", [:], hasPass ? [PlexElement("role", ["id": "plexpass"])] : []),
        ]
        return answer(.object(json), user)
    }

    private func list(_ world: HouseholdWorld, _ children: [PlexElement]) -> PlexAnswer {
        PlexAnswer(
            body: .xml(
                PlexElement(
                    "MediaContainer",
                    [
                        "friendlyName": "myPlex", "identifier": "com.plexapp.plugins.myplex",
                        "machineIdentifier": .text(world.machineID), "totalSize": .number(children.count),
                        "size": .number(children.count),
                    ], children)))
    }

    /// Friends and members of the home, without oneself. XML, whatever was asked for.
    func users(_ world: HouseholdWorld) -> PlexAnswer {
        let others =
            person.isOwner ? world.people.filter { !$0.isOwner && ($0.hasAccess || $0.isHome || $0.isFriend) } : []
        return list(
            world,
            others.map { other in
                var user = PlexElement(
                    "User",
                    [
                        "id": .number(other.id), "title": .text(other.title), "username": .text(other.username),
                        "email": .text(other.email), "recommendationsPlaylistId": "", "thumb": .text(other.avatar),
                        "protected": false, "home": .flag(other.isHome),
                    ],
                    other.shareID.map { shareID in
                        [
                            PlexElement(
                                "Server",
                                [
                                    "id": .number(shareID), "serverId": 770_001,
                                    "machineIdentifier": .text(world.machineID), "name": .text(world.serverName),
                                    "lastSeenAt": .number(Int(now.seconds) - 120),
                                    "numLibraries": .number(world.sections(of: other).count),
                                    "allLibraries": .flag(other.sections.isEmpty), "owned": true,
                                    "pending": .flag(other.isPending),
                                ])
                        ]
                    } ?? [])
                user.attributes += other.rights.fields + [("restricted", .flag(other.isManaged))]
                return user
            })
    }

    func homeUsers(_ world: HouseholdWorld) -> PlexAnswer {
        list(
            world,
            (person.isHome ? world.people.filter(\.isHome) : []).map { member in
                PlexElement(
                    "User",
                    [
                        "id": .number(member.id), "uuid": .text(member.uuid), "admin": .flag(member.isOwner),
                        "guest": false, "restricted": .flag(member.isManaged), "protected": false,
                        "title": .text(member.title), "username": .text(member.username),
                        "email": .text(member.email), "thumb": .text(member.avatar),
                    ])
            })
    }

    // MARK: Servers

    func resources(_ world: HouseholdWorld) -> PlexAnswer {
        guard person.isOwner || person.hasAccess else { return answer([], PlexElement("resources")) }
        let address = desk.plex.split(separator: "/").last ?? ""
        let halves = address.split(separator: ":")
        let host = String(halves.first ?? ""), port = halves.count > 1 ? Int(halves[1]) ?? 32_400 : 32_400
        let server: [(name: String, value: PlexElement.Value)] = [
            ("name", .text(world.serverName)), ("product", "Plex Media Server"),
            ("productVersion", .text(world.version)),
            ("platform", "Linux"), ("clientIdentifier", .text(world.machineID)), ("provides", "server"),
            ("owned", .flag(person.isOwner)), ("accessToken", .text(person.token)), ("publicAddress", "192.0.2.1"),
            ("presence", true), ("home", .flag(person.isHome)), ("httpsRequired", false), ("relay", true),
        ]
        let connection: [(name: String, value: PlexElement.Value)] = [
            ("protocol", "http"), ("address", .text(host)), ("port", .number(port)), ("uri", .text(desk.plex)),
            ("local", true), ("relay", false), ("IPv6", false),
        ]
        var json = JSON.Fields(server.map { (key: $0.name, value: $0.value.json) })
        json["connections"] = [.object(JSON.Fields(connection.map { (key: $0.name, value: $0.value.json) }))]
        var line = PlexElement("connection")
        line.attributes = connection
        var resource = PlexElement("resource", [:], [PlexElement("connections", [:], [line])])
        resource.attributes = server
        return answer([.object(json)], PlexElement("resources", [:], [resource]))
    }

    /// Sections under the ids invitations want.
    func oldServer(_ world: HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        try server(in: world)
        let sections = world.sections.map { section in
            PlexElement(
                "Section",
                [
                    "id": .number(section.globalID), "key": .number(section.key), "type": .text(section.kind.word),
                    "title": .text(section.title),
                ])
        }
        return list(
            world,
            [
                PlexElement(
                    "Server",
                    [
                        "name": .text(world.serverName), "address": "192.0.2.1", "port": 32_400,
                        "version": .text(world.version), "scheme": "http", "host": "192.0.2.1",
                        "machineIdentifier": .text(world.machineID), "owned": true, "synced": false,
                    ], sections)
            ])
    }

    func newServer(_ world: HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        try server(in: world)
        let sections = world.sections.map { section -> JSON in
            [
                "id": .int(Int64(section.globalID)), "key": .int(Int64(section.key)), "title": .string(section.title),
                "type": .string(section.kind.word),
            ]
        }
        return PlexAnswer(
            body: .json([
                "name": .string(world.serverName), "machineIdentifier": .string(world.machineID),
                "librarySections": .array(sections),
            ]))
    }
}

extension HouseholdWorld {
    /// What somebody may see.
    func sections(of person: Person) -> [Section] {
        person.isOwner || person.sections.isEmpty ? sections : sections.filter { person.sections.contains($0.key) }
    }
}
