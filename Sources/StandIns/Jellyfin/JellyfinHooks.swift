// The Webhook plugin (sheet §1): each destination gets one POST, once, in the order they were set up. What it says, and
// how, was read in its source: text/plain around JSON unless the owner added a header, or a form in which every value is
// a text.

import Runtime
import Sockets

package struct JellyfinHookDestination: Sendable {
    package enum Form: Sendable {
        /// "Generic" with "Send All Properties".
        case flat
        /// "GenericForm"
        case form
        /// A template in Emby's shape.
        case nested
    }

    package var url: String
    package var headers: [(name: String, value: String)]
    package var form: Form
    /// Empty: everybody.
    package var users: Set<String>

    package init(
        url: String, headers: [(name: String, value: String)] = [], form: Form = .flat, users: Set<String> = []
    ) {
        self.url = url
        self.headers = headers
        self.form = form
        self.users = users
    }
}

struct JellyfinHookEvent: Sendable {
    var film: HouseholdWorld.Film
    var userID: String
    var userName: String
    /// Nil: the player did not say.
    var position: Duration?
    var isWhole: Bool
    var at: Instant
    var client: String
    var device: String
}

enum JellyfinHooks {
    static func post(_ event: JellyfinHookEvent, from desk: JellyfinDesk, by post: HookPoster) async {
        let rules = desk.rules
        for destination in rules.hooks where destination.users.isEmpty || destination.users.contains(event.userID) {
            let flat = flat(event, version: rules.version)
            let ownType = destination.headers.first { $0.name.lowercased() == "content-type" }?.value
            let headers = destination.headers.filter { $0.name.lowercased() != "content-type" }
            switch destination.form {
            case .flat, .nested:
                let json = destination.form == .flat ? flat : nested(event)
                await post.send(
                    json.bytes, type: "\(ownType ?? "text/plain"); charset=utf-8", to: destination.url, headers)
            case .form:
                let pairs = flat.fields?.members.map { (name: $0.key, value: text($0.value)) } ?? []
                let body = pairs.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&")
                await post.send(
                    [UInt8](body.utf8), type: "application/x-www-form-urlencoded", to: destination.url, headers)
            }
        }
    }

    /// Everything the plugin knows at a stop. A quotation mark in a name is escaped before JSON escapes it again.
    static func flat(_ event: JellyfinHookEvent, version: String) -> JSON {
        let film = event.film
        let title = film.title.replacing("\"", with: "\\\"")
        let runtime = Int64(film.minutes) * 600_000_000
        let reached = (event.position?.milliseconds ?? 0) * 10_000
        return [
            "ServerId": .string(JellyfinCaller.serverID), "ServerName": "Household's Jellyfin",
            "ServerVersion": .string(version), "ServerUrl": "", "NotificationType": "PlaybackStop",
            "Timestamp": .string(event.at.jellyfin.replacing("Z", with: "+00:00")),
            "UtcTimestamp": .string(event.at.jellyfin), "Name": .string(title),
            "Overview": "A film about what the title says.", "Tagline": "", "ItemId": .string(film.jellyfinID),
            "ItemType": "Movie", "RunTimeTicks": .int(runtime), "RunTime": .string(span(runtime)),
            "Year": .number(film.year), "PremiereDate": .string(String(film.inCinemas.iso.prefix(10))),
            "Genres": .string(film.genres.joined(separator: ", ")), "AspectRatio": "2.35:1",
            "Provider_tmdb": .string("\(film.tmdb)"), "Provider_imdb": .string(film.imdb),
            "Video_0_Title": "1080p H264", "Video_0_Type": "Video", "Video_0_Codec": "h264", "Video_0_Height": 1038,
            "Video_0_Width": 1920, "Video_0_FrameRate": 23.976025, "Video_0_Default": true,
            "Audio_0_Title": "English - EAC3 - 5.1", "Audio_0_Type": "Audio", "Audio_0_Language": "eng",
            "Audio_0_Channels": 6, "Audio_0_Default": true, "Subtitle_0_Title": "English", "Subtitle_0_Forced": false,
            "Subtitle_0_Language": .null, "PlaybackPositionTicks": .int(reached),
            "PlaybackPosition": .string(span(reached)), "MediaSourceId": .string(film.jellyfinID), "IsPaused": false,
            "IsAutomated": false, "DeviceId": "TW96aWxsYS81LjA", "DeviceName": .string(event.device),
            "ClientName": .string(event.client), "Client": .string(event.client),
            "PlayedToCompletion": .bool(event.isWhole), "Id": "b6f2d9c1e0a34f5d8c7b6a5948372615",
            "LastActivityDate": .string(event.at.jellyfin), "LastPlaybackCheckIn": .string(event.at.jellyfin),
            "RemoteEndPoint": "192.0.2.20", "NotificationUsername": .string(event.userName),
            "UserId": .string(event.userID),
        ]
    }

    static func nested(_ event: JellyfinHookEvent) -> JSON {
        let film = event.film
        return [
            "Event": "playback.stop", "UserId": .string(event.userID), "ItemId": .string(film.jellyfinID),
            "User": ["Name": .string(event.userName), "Id": .string(event.userID)],
            "Item": [
                "Name": .string(film.title), "Id": .string(film.jellyfinID), "Type": "Movie",
                "RunTimeTicks": .int(Int64(film.minutes) * 600_000_000), "ProductionYear": .number(film.year),
                "ProviderIds": ["Imdb": .string(film.imdb), "Tmdb": .string("\(film.tmdb)")],
            ],
            "PlaybackInfo": [
                "PositionTicks": .int((event.position?.milliseconds ?? 0) * 10_000),
                "PlayedToCompletion": .bool(event.isWhole),
            ],
            "Session": [
                "RemoteEndPoint": "192.0.2.20", "Client": .string(event.client), "DeviceName": .string(event.device),
            ],
        ]
    }

    private static func span(_ ticks: Int64) -> String {
        let seconds = Int(ticks / 10_000_000)
        return "\((seconds / 3600).padded(2)):\((seconds / 60 % 60).padded(2)):\((seconds % 60).padded(2))"
    }

    private static func text(_ json: JSON) -> String {
        switch json {
        case .string(let text): text
        case .bool(let claim): claim ? "True" : "False"
        case .null: ""
        default: json.description
        }
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                String(Unicode.Scalar(byte))
            case UInt8(ascii: " "): "+"
            default: "%" + [byte].reduce("") { $0 + ($1 < 16 ? "0" : "") + String($1, radix: 16, uppercase: true) }
            }
        }.joined()
    }
}
