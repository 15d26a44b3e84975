// Who has this server, since when, and of it what (sheet plex.md §8). A share changed to no libraries is a share removed.

import Runtime

extension PlexTVCaller {
    func oldShares(_ world: HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        try server(in: world)
        return old(world, world.people.filter(\.hasAccess))
    }

    func oldShare(_ world: HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        try server(in: world)
        return old(world, [world.people[try share(call.parameters[1], world)]])
    }

    private func old(_ world: HouseholdWorld, _ people: [Person], status: Int = 200) -> PlexAnswer {
        let shares = people.map { person in
            var share = PlexElement(
                "SharedServer",
                [
                    "id": .number(person.shareID), "username": .text(person.username), "email": .text(person.email),
                    "userID": .number(person.id), "accessToken": .text(person.token), "name": .text(world.serverName),
                    "acceptedAt": .number(person.acceptedAt.map { Int($0.seconds) }),
                    "invitedAt": .number(person.invitedAt.map { Int($0.seconds) }), "owned": false,
                    "allLibraries": .flag(person.sections.isEmpty),
                ],
                world.sections.map { section in
                    let isShared = person.sections.isEmpty || person.sections.contains(section.key)
                    return PlexElement(
                        "Section",
                        [
                            "id": .number(section.globalID), "key": .number(section.key),
                            "title": .text(section.title), "type": .text(section.kind.word), "shared": .flag(isShared),
                        ])
                })
            // Older accounts' shares are told without: the account has them.
            if rules.sharesTellRights { share.attributes += person.rights.fields }
            return share
        }
        return PlexAnswer(
            status: status,
            body: .xml(
                PlexElement(
                    "MediaContainer",
                    [
                        "friendlyName": "myPlex", "identifier": "com.plexapp.plugins.myplex",
                        "machineIdentifier": .text(world.machineID), "totalSize": .number(shares.count),
                        "size": .number(shares.count),
                    ], shares)))
    }

    // MARK: The newer half

    func newShares(_ world: HouseholdWorld, isPending: Bool) throws(PlexTVRefusal) -> PlexAnswer {
        let people = world.people.filter { isPending ? $0.isPending : $0.hasAccess }
        return PlexAnswer(body: .json(.array(person.isOwner ? people.map { share(of: $0, world) } : [])))
    }

    func received(_ world: HouseholdWorld) -> PlexAnswer {
        PlexAnswer(body: .json(.array(person.isPending ? [share(of: person, world)] : [])))
    }

    private func share(of other: Person, _ world: HouseholdWorld) -> JSON {
        [
            "id": .int(Int64(other.shareID ?? 0)), "name": .string(world.serverName),
            "ownerId": .int(Int64(world.owner?.id ?? 0)), "serverId": 770_001,
            "machineIdentifier": .string(world.machineID), "accepted": .bool(other.acceptedAt != nil),
            "invitedId": .int(Int64(other.id)), "invitedEmail": .string(other.email),
            "invitedAt": other.invitedAt.map { .string($0.iso) } ?? .null,
            "acceptedAt": other.acceptedAt.map { .string($0.iso) } ?? .null,
            "allLibraries": .bool(other.sections.isEmpty), "numLibraries": .int(Int64(world.sections(of: other).count)),
            "invited": [
                "id": .int(Int64(other.id)), "uuid": .string(other.uuid), "username": .string(other.username),
                "title": .string(other.title), "email": .string(other.email), "thumb": .string(other.avatar),
                "home": .bool(other.isHome), "restricted": .bool(other.isManaged), "status": "friend",
            ],
            "libraries": .array(
                world.sections(of: other).map { section in
                    [
                        "id": .int(Int64(section.globalID)), "key": .int(Int64(section.key)),
                        "title": .string(section.title), "type": .string(section.kind.word),
                    ]
                }),
            "sharingSettings": .object(
                JSON.Fields(other.rights.fields.map { (key: $0.name, value: $0.value.json) })),
            "deletedAt": .null, "leftAt": .null,
        ]
    }

    // MARK: Changes

    /// Global ids, as keys of sections.
    private func sections(_ ids: JSON?, _ world: HouseholdWorld) throws(PlexTVRefusal) -> [Int] {
        guard let ids = ids?.array else { throw .unprocessable("library_section_ids is missing") }
        var keys: [Int] = []
        for id in ids {
            guard let section = world.sections.first(where: { $0.globalID == id.int }) else {
                throw .unprocessable("Library section not found")
            }
            keys.append(section.key)
        }
        return keys
    }

    func inviteOld(_ world: inout HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        try server(in: world)
        guard let share = form?["shared_server"] else { throw .unprocessable("shared_server is missing") }
        guard form?["server_id"]?.string == world.machineID else { throw .unprocessable("server_id is another's") }
        let rights = try rights(form?["sharing_settings"], HouseholdWorld.Rights.oldNames)
        let index = try invite(
            id: share["invited_id"]?.int, name: share["invited_email"]?.string,
            sections: try sections(share["library_section_ids"], world), rights, isNew: false, &world)
        return old(world, [world.people[index]])
    }

    func inviteNew(_ world: inout HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        try owned()
        guard rules.invitesByV2 else { throw .notFound }
        guard let form, form["machineIdentifier"]?.string == world.machineID else { throw .notFound }
        let index = try invite(
            id: form["invitedId"]?.int, name: form["invitedEmail"]?.string,
            sections: try sections(form["librarySectionIds"], world),
            try rights(form["settings"], HouseholdWorld.Rights.names), isNew: true, &world)
        return PlexAnswer(status: 201, body: .json(share(of: world.people[index], world)))
    }

    private func invite(
        id: Int?, name: String?, sections: [Int], _ rights: HouseholdWorld.Rights, isNew: Bool,
        _ world: inout HouseholdWorld
    ) throws(PlexTVRefusal) -> Int {
        if id == nil, name?.isEmpty ?? true { throw .unprocessable("Nobody to invite") }
        // What an invitation to nothing would be is not known: nobody should find out here.
        if sections.isEmpty { throw .unprocessable("No libraries to share") }
        let wanted = name?.lowercased()
        var index = world.people.firstIndex { person in
            if let id { return person.id == id }
            return [person.email.lowercased(), person.username.lowercased()].contains(wanted)
        }
        if index == nil, let name, name.contains("@") {
            // Somebody who has no account yet: the invitation waits for them.
            let number = world.newNumber()
            let id = 4_200_000 + number
            world.people.append(
                Person(
                    id: id, uuid: "c0ffee11c0ffee\(number)", username: "", title: name, email: name,
                    token: "guest-\(id)"))
            index = world.people.count - 1
        }
        guard let index else { throw .notFound }
        if world.people[index].isOwner { throw .unprocessable("You can't share with yourself") }
        let person = world.people[index]
        guard world.invite(person.id, at: now, to: sections) else {
            if isNew { throw .unprocessable("This server is already shared with that user") }
            let name = person.username.isEmpty ? person.email : person.username
            throw .alreadyShared("You're already sharing this server with \(name). Please edit your existing share.")
        }
        world.people[index].rights = rights
        if person.isFriend, !rules.friendsMustAccept { world.accept(person.id, at: now) }
        return index
    }

    private func share(_ id: String, _ world: HouseholdWorld) throws(PlexTVRefusal) -> Int {
        guard let number = Int(id), let index = world.people.firstIndex(where: { $0.shareID == number }) else {
            throw .notFound
        }
        return index
    }

    func changeOld(_ world: inout HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        try server(in: world)
        let index = try share(call.parameters[1], world)
        let sections = try sections(form?["shared_server"]?["library_section_ids"], world)
        change(index, to: sections, &world)
        return old(world, [world.people[index]])
    }

    func changeNew(_ world: inout HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        try owned()
        let index = try share(call.parameters[0], world)
        change(index, to: try sections(form?["librarySectionIds"], world), &world)
        return PlexAnswer(body: .json(share(of: world.people[index], world)))
    }

    private func change(_ index: Int, to sections: [Int], _ world: inout HouseholdWorld) {
        // Not only the share: the person (sheet plex.md §8).
        if sections.isEmpty {
            world.people[index].shareID = nil
            world.people[index].isFriend = false
        }
        world.people[index].sections = sections
    }

    func accept(_ world: inout HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        let index = try share(call.parameters[0], world)
        guard world.people[index].id == person.id, world.accept(person.id, at: now) else { throw .notFound }
        return PlexAnswer(body: .json(share(of: world.people[index], world)))
    }

    /// From this server only. A stream that runs goes on: the server learns of it late.
    func removeShare(_ world: inout HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        try server(in: world)
        let index = try share(call.parameters[1], world)
        world.removeShare(of: world.people[index].id)
        return PlexAnswer(body: .xml(PlexElement("Response", ["code": "0", "status": "Deleted"])))
    }

    /// Somebody of the friends' list, who is not of the home.
    private func friend(_ world: HouseholdWorld) throws(PlexTVRefusal) -> Int {
        try owned()
        guard let id = Int(call.parameters[0]),
            let index = world.people.firstIndex(where: {
                $0.id == id && !$0.isHome && ($0.isFriend || $0.shareID != nil)
            })
        else { throw .notFound }
        return index
    }

    func changeSharing(_ world: inout HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        guard rules.sharingsCanBeChanged else { throw .notFound }
        let index = try friend(world)
        var given = JSON.Fields()
        for (name, value) in call.query where HouseholdWorld.Rights.names.contains(name) {
            given[name] = .string(value)
        }
        world.people[index].rights = try rights(.object(given), HouseholdWorld.Rights.names, world.people[index].rights)
        return PlexAnswer(body: .none)
    }

    func unfriend(_ world: inout HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        let index = try friend(world)
        world.people[index].shareID = nil
        world.people[index].isFriend = false
        return PlexAnswer(status: 204, body: .none)
    }

    func removeFromHome(_ world: inout HouseholdWorld) throws(PlexTVRefusal) -> PlexAnswer {
        try owned()
        guard let id = Int(call.parameters[0]),
            let index = world.people.firstIndex(where: { $0.id == id && $0.isHome && !$0.isOwner })
        else { throw .notFound }
        world.people[index].isHome = false
        world.people[index].shareID = nil
        return PlexAnswer(body: .xml(PlexElement("Response", ["code": "0", "status": "Removed"])))
    }
}
