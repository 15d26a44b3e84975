// What Discogs answers: releases, searching, its allowance in every answer's headers (sheet §7).

package import Runtime
package import Sockets

package struct DiscogsService: RecordService {
    package static let path = ""
    var catalogue: DiscogsCatalogue
    package var rules: DiscogsRules
    var spentByOthers = 0
    private var recent: [Duration] = []

    init(catalogue: DiscogsCatalogue, rules: DiscogsRules) {
        self.catalogue = catalogue
        self.rules = rules
    }

    package func route(of request: ServerRequest) -> String {
        let parts = request.path.split(separator: "/")
        if parts.count == 2, parts[0] == "releases" || parts[0] == "masters" { return "GET /\(parts[0])/{}" }
        return "GET \(request.path)"
    }

    package mutating func answer(_ request: ServerRequest, now: Instant, uptime: Duration) -> RecordAnswer {
        guard let agent = request.headers["user-agent"], !agent.allSatisfy({ $0 == " " }) else {
            return refusal(403, "Your request was denied because it did not have a User-Agent.")
        }
        let token = Self.token(request)
        if let token, token != rules.token {
            return refusal(401, "Invalid consumer token. Please register an app before making requests.")
        }
        let limit = token == nil ? rules.allowedWithoutToken : rules.allowed
        recent.removeAll { uptime - $0 >= .seconds(60) }
        recent += Array(repeating: uptime, count: spentByOthers)
        spentByOthers = 0
        let isOver = recent.count >= limit
        if !isOver { recent.append(uptime) }
        let used = min(limit, recent.count)
        let headers = [
            ("X-Discogs-Ratelimit", "\(limit)"), ("X-Discogs-Ratelimit-Used", "\(used)"),
            ("X-Discogs-Ratelimit-Remaining", "\(limit - used)"),
        ]
        var answer = isOver ? refusal(429, "You are making requests too quickly.") : found(request, token != nil)
        answer.headers += headers
        return answer
    }

    private static func token(_ request: ServerRequest) -> String? {
        if let given = request.queryValue("token") { return given }
        guard let field = request.headers["authorization"], field.hasPrefix("Discogs token=") else { return nil }
        return String(field.dropFirst(14))
    }

    private func refusal(_ status: Int, _ message: String) -> RecordAnswer {
        RecordAnswer(status: status, json: ["message": .string(message)])
    }

    private func found(_ request: ServerRequest, _ hasToken: Bool) -> RecordAnswer {
        let base = "http://\(request.headers["host"] ?? "127.0.0.1")"
        let parts = request.path.split(separator: "/").map(String.init)
        switch (parts.first, parts.count) {
        case ("releases", 2):
            guard let id = Int(parts[1]), let release = catalogue.releases.first(where: { $0.id == id }) else {
                return refusal(404, "Release not found.")
            }
            return RecordAnswer(status: 200, json: json(release, base))
        case ("database", 2) where parts[1] == "search":
            guard hasToken || !rules.searchNeedsToken else {
                return refusal(401, "You must authenticate to access this resource.")
            }
            return search(request, base)
        case ("oauth", 2) where parts[1] == "identity":
            guard hasToken else { return refusal(401, "You must authenticate to access this resource.") }
            return RecordAnswer(
                status: 200,
                json: [
                    "id": 1, "username": "household", "resource_url": .string("\(base)/users/household"),
                    "consumer_name": "",
                ])
        default: return refusal(404, "The requested resource was not found.")
        }
    }

    private func search(_ request: ServerRequest, _ base: String) -> RecordAnswer {
        func wanted(_ name: String) -> [String] { SearchFold.words(request.queryValue(name) ?? "") }
        let hits = catalogue.releases.filter { release in
            let artist = release.artists.flatMap { SearchFold.words($0.name) }
            let title = SearchFold.words(release.title)
            let year = request.queryValue("year").map { $0 == "\(release.year)" } ?? true
            let kind = request.queryValue("type").map { $0 == "release" } ?? true
            return kind && year && wanted("artist").allSatisfy(artist.contains)
                && wanted("release_title").allSatisfy(title.contains)
                && wanted("q").allSatisfy { title.contains($0) || artist.contains($0) }
        }
        let size = min(max(request.queryValue("per_page").flatMap { Int($0) } ?? 50, 1), 100)
        let page = max(request.queryValue("page").flatMap { Int($0) } ?? 1, 1)
        let pages = max(1, (hits.count + size - 1) / size)
        guard page <= pages else {
            return refusal(404, "Page \(page) is outside of the valid range.")
        }
        let shown = hits.dropFirst((page - 1) * size).prefix(size)
        return RecordAnswer(
            status: 200,
            json: [
                "pagination": [
                    "page": .int(Int64(page)), "pages": .int(Int64(pages)), "per_page": .int(Int64(size)),
                    "items": .int(Int64(hits.count)), "urls": [:],
                ],
                "results": .array(shown.map { hit($0, base) }),
            ])
    }

    private func hit(_ release: DiscogsCatalogue.Release, _ base: String) -> JSON {
        [
            "id": .int(Int64(release.id)), "type": "release",
            "title": .string("\(release.artists.map(\.name).joined(separator: ", ")) - \(release.title)"),
            "year": .string("\(release.year)"), "country": .string(release.country), "format": ["CD", "Album"],
            "label": [.string(release.label)], "catno": "none", "master_id": 0, "thumb": "",
            "resource_url": .string("\(base)/releases/\(release.id)"), "uri": .string("/release/\(release.id)"),
        ]
    }

    private func json(_ release: DiscogsCatalogue.Release, _ base: String) -> JSON {
        [
            "id": .int(Int64(release.id)), "title": .string(release.title), "year": .int(Int64(release.year)),
            "country": .string(release.country), "status": "Accepted", "data_quality": "Correct",
            "resource_url": .string("\(base)/releases/\(release.id)"),
            "uri": .string("https://www.discogs.com/release/\(release.id)"), "genres": ["Folk, World, & Country"],
            "styles": [], "formats": [["name": "CD", "qty": "1", "descriptions": ["Album"]]],
            "labels": [["name": .string(release.label), "id": 1, "catno": "none"]],
            "artists": .array(release.artists.map { credit($0, base) }),
            "extraartists": release.credits.map { .array($0.map { credit($0, base) }) } ?? .null,
            "tracklist": .array(release.tracks.map { track($0, base) }),
        ]
    }

    private func credit(_ credit: DiscogsCatalogue.Credit, _ base: String) -> JSON {
        [
            "id": .int(Int64(credit.id)), "name": .string(credit.name), "anv": .string(credit.anv), "join": "",
            "role": .string(credit.role), "tracks": .string(credit.tracks),
            "resource_url": credit.id == 0 ? "" : .string("\(base)/artists/\(credit.id)"),
        ]
    }

    private func track(_ track: DiscogsCatalogue.Track, _ base: String) -> JSON {
        var json: JSON = [
            "position": .string(track.position), "type_": .string(track.kind), "title": .string(track.title),
            "duration": .string(track.duration),
        ]
        // Absent, not empty, where there are none.
        if !track.credits.isEmpty { json["extraartists"] = .array(track.credits.map { credit($0, base) }) }
        if !track.parts.isEmpty { json["sub_tracks"] = .array(track.parts.map { self.track($0, base) }) }
        return json
    }
}
