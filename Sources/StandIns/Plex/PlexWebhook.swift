// What Plex posts to whoever set up a webhook (sheet tracker.md §1, plex.md §7): a real multipart form, with a poster at
// some events. An account's hook is told of its own plays, the owner's of everybody's; nothing is signed, nothing sent
// twice, nobody waits for the answer.

internal import HTTP
internal import Runtime

package struct PlexWebhook: Sendable {
    package var url: String
    /// Whose: a plex.tv id.
    package var person: Int

    package init(url: String, person: Int) {
        self.url = url
        self.person = person
    }
}

extension PlexStandIn {
    /// Somebody plays it to its end: it is counted, kept in the history, and told to those who listen.
    @discardableResult
    package func watch(
        _ ratingKey: Int, by person: Int, telling events: [String] = ["media.play", "media.scrobble", "media.stop"]
    ) async -> [HookPost] {
        let now = core.clock.now
        household.change { world in
            let length = Duration.milliseconds(Int64(world.items[ratingKey]?.milliseconds ?? 0))
            world.addPlay(of: ratingKey, by: person, started: now - length)
            world.change(ratingKey) { $0.views[person, default: 0] += 1 }
        }
        var posts: [HookPost] = []
        for event in events { posts += await tell(event, of: ratingKey, by: person) }
        return posts
    }

    /// Tells of it without anything having happened: a repetition, or what the sender makes up. `change` may spoil it.
    @discardableResult
    package func tell(
        _ event: String, of ratingKey: Int, by person: Int, _ change: @Sendable (inout JSON) -> Void = { _ in }
    ) async -> [HookPost] {
        let now = core.clock.now
        let (world, hooks) = (household.read { $0 }, core.rules.webhooks)
        guard let item = world.items[ratingKey],
            let post = try? HookPoster(userAgent: "PlexMediaServer/\(world.version)")
        else { return [] }
        for hook in hooks {
            let isOwners = world.person(hook.person)?.isOwner == true
            guard hook.person == person || isOwners else { continue }
            var json = PlexHookWriter.payload(
                event, item, in: world, by: person, isUser: hook.person == person, isOwner: isOwners, at: now)
            change(&json)
            let hasPoster = ["media.play", "media.rate", "library.new", "playback.started"].contains(event)
            let form = PlexHookWriter.form(json.bytes, thumb: hasPoster ? PlexHookWriter.thumb : nil)
            await post.send(form.body, type: form.type, to: hook.url, [])
        }
        await post.stop()
        return post.posts.entries
    }
}

enum PlexHookWriter {
    typealias World = HouseholdWorld

    static func payload(
        _ event: String, _ item: World.Item, in world: World, by person: Int, isUser: Bool, isOwner: Bool,
        at now: Instant
    ) -> JSON {
        let who = world.person(person)
        return [
            "event": .string(event), "user": .bool(isUser), "owner": .bool(isOwner),
            "Account": [
                "id": .int(Int64(who?.localID ?? person)), "thumb": "https://plex.tv/users/0/avatar?c=1",
                "title": .string(who?.title ?? ""),
            ], "Server": ["title": .string(world.serverName), "uuid": .string(world.machineID)],
            "Player": ["local": true, "publicAddress": "203.0.113.5", "title": "Chrome", "uuid": "standinplayer"],
            "Metadata": metadata(item, in: world, by: person, at: now),
        ]
    }

    private static func metadata(_ item: World.Item, in world: World, by person: Int, at now: Instant) -> JSON {
        var json: JSON = [
            "librarySectionType": item.kind.levels.first == .show ? "show" : .string(item.kind.levels[0].word),
            "ratingKey": "\(item.ratingKey)", "key": "/library/metadata/\(item.ratingKey)",
        ]
        let parent = world.parent(of: item)
        let top = world.grandparent(of: item)
        for (name, above) in [("parent", parent), ("grandparent", top)] {
            guard let above else { continue }
            json["\(name)RatingKey"] = "\(above.ratingKey)"
            json["\(name)Key"] = "/library/metadata/\(above.ratingKey)"
            json["\(name)Guid"] = .string(above.guid)
            json["\(name)Title"] = .string(above.title)
        }
        json["guid"] = .string(item.guid)
        json["type"] = .string(item.kind.word)
        json["title"] = .string(item.title)
        json["librarySectionTitle"] = .text(world.section(item.section)?.title)
        json["librarySectionID"] = .int(Int64(item.section))
        json["librarySectionKey"] = "/library/sections/\(item.section)"
        json["index"] = item.index.map { .int(Int64($0)) }
        json["parentIndex"] = parent?.index.map { .int(Int64($0)) }
        json["year"] = item.year.map { .int(Int64($0)) }
        json["originallyAvailableAt"] = item.released.map { .string($0) }
        json["duration"] = .int(Int64(item.milliseconds))
        json["viewOffset"] = .int(Int64(item.milliseconds) * 9 / 10)
        let views = item.views[person] ?? 0
        if views > 0 { json["viewCount"] = .int(Int64(views)) }
        json["lastViewedAt"] = .int(now.seconds)
        json["addedAt"] = .int(item.addedAt.seconds)
        if !item.guids.isEmpty { json["Guid"] = .array(item.guids.map { ["id": .string($0)] }) }
        return json
    }

    /// The form as Plex's own HTTP library writes it.
    static func form(_ payload: [UInt8], thumb: [UInt8]?) -> (body: [UInt8], type: String) {
        let boundary = "------------------------4f2a9c1e7b3d8056"
        var body: [UInt8] = []
        func part(_ head: [String], _ bytes: [UInt8]) {
            body += "--\(boundary)\r\n\(head.joined(separator: "\r\n"))\r\n\r\n".utf8
            body += bytes
            body += "\r\n".utf8
        }
        part(["Content-Disposition: form-data; name=\"payload\"", "Content-Type: application/json"], payload)
        if let thumb {
            part(
                ["Content-Disposition: form-data; name=\"thumb\"; filename=\"thumb.jpg\"", "Content-Type: image/jpeg"],
                thumb)
        }
        body += "--\(boundary)--\r\n".utf8
        return (body, "multipart/form-data; boundary=\(boundary)")
    }

    /// Twenty thousand bytes that begin and end as a JPEG does, with line ends within.
    static let thumb: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE0] + (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 5) } + [0xFF, 0xD9]
}
