// What the WebSocket tells (sheet plex.md §6).

import Runtime

enum PlexNews {
    private static func container(_ type: String, _ key: String, _ entries: [JSON]) -> JSON {
        var fields = JSON.Fields([
            (key: "type", value: .string(type)), (key: "size", value: .int(Int64(entries.count))),
        ])
        if !entries.isEmpty { fields[key] = .array(entries) }
        return ["NotificationContainer": .object(fields)]
    }

    static func playing(_ stream: HouseholdWorld.Stream, state: String) -> JSON {
        container(
            "playing", "PlaySessionStateNotification",
            [
                [
                    "sessionKey": .string(String(stream.sessionKey)), "guid": "",
                    "ratingKey": .string(String(stream.ratingKey)), "url": "",
                    "key": .string("/library/metadata/\(stream.ratingKey)"),
                    "viewOffset": .int(stream.offset.milliseconds), "state": .string(state),
                    "clientIdentifier": .string(stream.device.machine),
                ]
            ])
    }

    static func timeline(_ item: HouseholdWorld.Item, state: Int) -> JSON {
        var entry: JSON = [
            "identifier": "com.plexapp.plugins.library", "sectionID": .string(String(item.section)),
            "itemID": .string(String(item.ratingKey)), "type": .int(Int64(item.kind.rawValue)),
            "title": .string(item.title), "state": .int(Int64(state)),
        ]
        if state == 0 { entry["metadataState"] = "created" }
        if state == 9 { entry["metadataState"] = "deleted" }
        return container("timeline", "TimelineEntry", [entry])
    }

    /// Nothing to tell: Tautulli takes a line that is silent for 15 s to be lost (sheet tautulli.md §8), and so do we.
    static let life = container("status", "StatusNotification", [])
}
