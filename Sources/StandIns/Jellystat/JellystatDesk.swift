// How a request finds its answer in Jellystat: middleware for the key, then routes, then SQL whose errors are swallowed.

import Runtime
import Sockets
import Synchronization

final class JellystatDesk: Sendable {
    typealias Play = HouseholdWorld.FilmPlay

    let clock: any Clock
    let household: Household
    let requests: Chronicle<ServarrEntry>
    let troubles: Troubles
    private let state: Mutex<JellystatRules>

    init(clock: any Clock, household: Household, rules: JellystatRules) {
        self.clock = clock
        self.household = household
        requests = Chronicle(limit: rules.journalLimit)
        troubles = Troubles(clock: clock, looks: .jellystat)
        state = Mutex(rules)
    }

    var rules: JellystatRules { state.withLock { $0 } }
    func change(_ change: (inout JellystatRules) -> Void) { state.withLock { change(&$0) } }

    func serve(_ request: ServerRequest) async -> ServerResponse {
        let name = "\(request.method) \(request.path)"
        func note(_ status: Int?, _ answer: String = "") {
            requests.append(
                ServarrEntry(route: name, query: request.query, body: request.body, status: status, answer: answer))
        }
        let fault = troubles.take(name)
        if let instead = await troubles.meet(fault, note) { return instead }
        return Troubles.send(answer(request), fault, note)
    }

    private func answer(_ request: ServerRequest) -> ServerResponse {
        if let no = refusal(of: request) { return no }
        switch ("\(request.method) \(request.path)", request.path) {
        case ("POST /api/getItemHistory", _): return history(request, key: "itemid") { $0.film }
        case ("POST /api/getUserHistory", _): return history(request, key: "userid") { $0.user }
        default: return Self.no(404, ["error": "Not Found"])
        }
    }

    /// A login beats a key: with an `Authorization` header the key is not even looked at.
    private func refusal(of request: ServerRequest) -> ServerResponse? {
        if request.headers["authorization"] != nil { return Self.no(401, ["message": "Invalid token"]) }
        guard let offered = request.headers["x-api-token"] ?? request.queryValue("apiKey"), !offered.isEmpty else {
            return Self.no(401, ["message": "Authentication failed. No token or API key provided."])
        }
        guard let key = rules.apiKey else { return Self.no(404, ["message": "No API keys configured"]) }
        return offered == key ? nil : Self.no(403, ["message": "Invalid API key"])
    }

    static func no(_ status: Int, _ json: JSON) -> ServerResponse {
        .bytes(json.bytes, type: "application/json; charset=utf-8", status: status)
    }

    private static func page(_ status: Int, _ words: String) -> ServerResponse {
        .bytes(Array(words.utf8), type: "text/html; charset=utf-8", status: status)
    }

    // MARK: Histories

    private func history(
        _ request: ServerRequest, key: String, _ subject: @Sendable (Play) -> String
    ) -> ServerResponse {
        let names = request.query.map(\.name)
        guard Set(names).count == names.count else {
            return Self.page(500, "<!DOCTYPE html><pre>TypeError: value.trim is not a function</pre>")
        }
        // Without the type the body is not read, and so holds nothing.
        let isJSON = request.contentType == "application/json"
        if isJSON, (try? JSON(parsing: request.body)) == nil {
            return Self.page(400, "<!DOCTYPE html><pre>SyntaxError: Unexpected token in JSON</pre>")
        }
        guard isJSON, let wanted = (try? JSON(parsing: request.body))?[key]?.string, !wanted.isEmpty else {
            return Self.page(400, key == "itemid" ? "No Item ID provided" : "No User ID provided")
        }
        var filters: [JSON] = []
        if let text = request.queryValue("filters") {
            guard let list = (try? JSON(parsing: text))?.array else {
                return Self.no(
                    400, ["error": "Invalid filters parameter", "example": [["field": "ActivityDateInserted"]]])
            }
            filters = list
        }
        return answer(request, filters, plays: household.read { $0.filmPlays }.filter { subject($0) == wanted })
    }

    private func answer(_ request: ServerRequest, _ filters: [JSON], plays: [Play]) -> ServerResponse {
        let isDescending = request.queryValue("desc") != "false"
        var plays = plays.sorted { isDescending ? $0.ended > $1.ended : $0.ended < $1.ended }
        // What PostgreSQL does not understand is an empty answer.
        var isBroken = false
        for filter in filters {
            switch filter["field"]?.string {
            case "ActivityDateInserted":
                let (from, to) = (Self.moment(filter["min"]), Self.moment(filter["max"]))
                if from == .some(nil) || to == .some(nil) { isBroken = true }
                plays = plays.filter { play in
                    (from?.map { play.ended >= $0 } ?? true) && (to?.map { play.ended <= $0 } ?? true)
                }
            case "PlaybackDuration":
                let (from, to) = (filter["min"]?.number ?? 0, filter["max"]?.number ?? .infinity)
                plays = plays.filter { from...max(from, to) ~= Double($0.seconds) }
            case "UserName":
                let value = filter["value"]?.string?.lowercased() ?? ""
                plays = plays.filter { name(of: $0.user).lowercased().contains(value) }
            default: isBroken = true
            }
        }
        let size = request.queryValue("size").map { Int($0) } ?? 50
        let number = request.queryValue("page").flatMap { Int($0) } ?? 1
        if size == nil || request.queryValue("search") != nil { isBroken = true }
        if isBroken { plays = [] }
        if rules.isOld { return Self.no(200, .array(plays.map(row))) }
        let each = max(1, size ?? 50)
        let shown = plays.dropFirst((max(1, number) - 1) * each).prefix(each)
        let head: JSON = [
            "current_page": .number(number), "pages": .number((plays.count + each - 1) / each), "size": .number(each),
            "sort": .string(request.queryValue("sort") ?? "ActivityDateInserted"), "desc": .bool(isDescending),
            "results": .array(shown.map(row)),
        ]
        return Self.no(200, filters.isEmpty ? head : head.with("filters", .array(filters)))
    }

    /// Outer nil: not asked; inner nil: no date.
    private static func moment(_ json: JSON?) -> Instant?? {
        guard let text = json?.string else { return nil }
        return .some(LocalTime.instant(iso8601: text))
    }

    private func name(of user: String) -> String { household.read { $0.jellyfinAccount(user)?.name } ?? "gone" }

    private func row(_ play: Play) -> JSON {
        let title = household.read { $0.film(jellyfin: play.film)?.title } ?? "gone"
        return [
            "Id": .string(play.id), "IsPaused": false, "UserId": Self.wild(play.user),
            "UserName": Self.wild(name(of: play.user)), "Client": "Jellyfin Web", "DeviceName": "Firefox",
            "DeviceId": "firefox-of-nobody", "ApplicationVersion": 10.11, "NowPlayingItemId": Self.wild(play.film),
            "NowPlayingItemName": Self.wild(title), "SeasonId": .null, "SeriesName": .null, "EpisodeId": .null,
            "PlaybackDuration": .number(play.seconds), "ActivityDateInserted": .string(Self.date(play.ended)),
            "PlayMethod": "DirectPlay", "MediaStreams": [], "TranscodingInfo": .null,
            "PlayState": ["PositionTicks": 0, "CanSeek": true, "IsPaused": false],
            "OriginalContainer": "mkv", "RemoteEndPoint": "192.0.2.20",
            "ServerId": .string(JellyfinCaller.serverID), "imported": false, "EpisodeNumber": .null,
            "SeasonNumber": .null, "ParentId": .null, "FullName": Self.wild(title),
        ]
    }

    /// Texts that look like numbers arrive as numbers, ids and titles among them.
    private static func wild(_ text: String) -> JSON {
        guard !text.isEmpty, let number = Double(text), number.isFinite else { return .string(text) }
        return Int64(exactly: number).map(JSON.int) ?? .double(number)
    }

    /// "2026-11-20T01:44:14.605Z"
    private static func date(_ instant: Instant) -> String {
        "\(instant.iso.prefix(19)).\(Int(instant.milliseconds % 1000).padded(3))Z"
    }
}

extension Troubles.Looks {
    static let jellystat = Troubles.Looks(
        gateway: .html("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", status: 502),
        garbage: .bytes(Array("{\"current_page\": 1, \"pa".utf8), type: "application/json; charset=utf-8"),
        status: { status, json in JellystatDesk.no(status, json) },
        busy: { seconds in (ServerResponse(status: 429, headers: [("Retry-After", "\(seconds)")]), nil) })
}
