// Lookups, browsing and searching over the catalogue (sheet §2, §4), as strict as the real one about ids, inc and limits.

package import Runtime
package import Sockets

package struct MusicBrainzService: RecordService {
    package static let path = "/ws/2"
    var catalogue: MusicBrainzCatalogue
    package var rules: MusicBrainzRules
    var busyFor = 0
    private var limiter = MusicBrainzLimiter()

    init(catalogue: MusicBrainzCatalogue, rules: MusicBrainzRules) {
        self.catalogue = catalogue
        self.rules = rules
    }

    package func route(of request: ServerRequest) -> String {
        let parts = Self.parts(request)
        guard let entity = parts.first else { return "GET \(request.path)" }
        if parts.count == 2 { return "GET /\(entity)/{}" }
        let asked = ["query", "release-group", "release", "artist"].first { request.queryValue($0) != nil }
        return "GET /\(entity)" + (asked.map { "?\($0)" } ?? "")
    }

    /// What follows /ws/2.
    private static func parts(_ request: ServerRequest) -> [String] {
        let parts = request.path.split(separator: "/").map(String.init)
        return parts.starts(with: ["ws", "2"]) ? Array(parts.dropFirst(2)) : []
    }

    package mutating func answer(_ request: ServerRequest, now: Instant, uptime: Duration) -> RecordAnswer {
        if let refusal = limiter.refusal(request, rules: rules, busyFor: &busyFor, now: now, uptime: uptime) {
            return refusal
        }
        do throws(MusicBrainzFault) {
            let json = try found(request, now: now)
            let isSearch = request.queryValue("query") != nil
            return RecordAnswer(
                status: 200,
                headers: [("x-ratelimit-limit", isSearch ? "360" : "1200"), ("x-ratelimit-remaining", "300")],
                json: json)
        } catch {
            return RecordAnswer(
                status: error.status,
                json: [
                    "error": .string(error.text),
                    "help": "For usage, please see: https://musicbrainz.org/development/mmd",
                ])
        }
    }

    private func found(_ request: ServerRequest, now: Instant) throws(MusicBrainzFault) -> JSON {
        let parts = Self.parts(request)
        if parts == ["artist", Self.variousArtists] { return Self.various }
        guard let entity = parts.first, ["release", "release-group", "recording"].contains(entity), parts.count <= 2
        else {
            throw .notFound
        }
        // The real one then speaks XML, which this one does not.
        guard request.queryValue("fmt") == "json" || request.headers["accept"]?.contains("application/json") == true
        else { throw MusicBrainzFault(406, "This stand-in speaks JSON only: add fmt=json.") }
        let inc = try Inclusions(request, of: entity)
        let writer = MusicBrainzWriter(catalogue: catalogue, inc: inc, rules: rules)
        if parts.count == 2 { return try lookup(entity, parts[1], writer) }
        let page = try MusicBrainzPage(request)
        if let query = request.queryValue("query") {
            return try search(entity, query, isPlain: request.queryValue("dismax") == "true", page, now: now)
        }
        return try browse(entity, request, page, writer)
    }

    private func lookup(_ entity: String, _ id: String, _ writer: MusicBrainzWriter) throws(MusicBrainzFault) -> JSON {
        let id = try Self.checked(id)
        switch entity {
        case "release":
            guard let release = catalogue.release(id) else { throw .notFound }
            return writer.release(release)
        case "release-group":
            guard let group = catalogue.groups.first(where: { $0.id == id }) else { throw .notFound }
            return writer.group(group).with("artist-credit", writer.credits(of: group))
        default:
            guard let recording = catalogue.recordings[id] else { throw .notFound }
            return writer.recording(recording, hasRelations: true)
        }
    }

    /// There on every server, the same everywhere: what one asks for to see whether it answers.
    private static let variousArtists = "89ad4ac3-39f7-470e-963a-56509c546377"
    private static let various: JSON = [
        "id": .string(variousArtists), "name": "Various Artists", "sort-name": "Various Artists", "type": "Other",
    ]

    private static func checked(_ id: String) throws(MusicBrainzFault) -> String {
        let id = id.lowercased()
        let lengths = id.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
        guard lengths == [8, 4, 4, 4, 12], id.allSatisfy({ $0 == "-" || $0.isHexDigit }) else {
            throw MusicBrainzFault(400, "Invalid mbid.")
        }
        return id
    }

    private func browse(
        _ entity: String, _ request: ServerRequest, _ page: MusicBrainzPage, _ writer: MusicBrainzWriter
    ) throws(MusicBrainzFault) -> JSON {
        switch (entity, request.queryValue("release-group"), request.queryValue("release")) {
        case ("release", let group?, _):
            let id = try Self.checked(group)
            guard catalogue.groups.contains(where: { $0.id == id }) else { throw .notFound }
            var releases = catalogue.releases.filter { $0.group == id }
            if let status = request.queryValue("status") {
                guard MusicBrainzCatalogue.statuses.contains(status) else {
                    throw MusicBrainzFault(400, "\(status) is not a recognized release status.")
                }
                releases = releases.filter { $0.status.lowercased() == status }
            }
            // With recordings a page ends at about 500 tracks, but holds at least one release.
            var shown = Array(releases.dropFirst(page.offset).prefix(min(page.limit, 100)))
            if writer.inc.has("recordings") {
                var tracks = 0
                shown = Array(
                    shown.prefix { release in
                        defer { tracks += release.trackCount }
                        return tracks == 0 || tracks + release.trackCount <= 500
                    })
            }
            return [
                "release-count": .int(Int64(releases.count)), "release-offset": .int(Int64(page.offset)),
                "releases": .array(shown.map(writer.release)),
            ]
        case ("recording", _, let release?):
            guard let release = catalogue.release(try Self.checked(release)) else { throw .notFound }
            let all = release.media.flatMap(\.tracks).compactMap { catalogue.recordings[$0.recording] }
            let shown = all.dropFirst(page.offset).prefix(min(page.limit, 100))
            return [
                "recording-count": .int(Int64(all.count)), "recording-offset": .int(Int64(page.offset)),
                "recordings": .array(shown.map { writer.recording($0, hasRelations: true) }),
            ]
        default:
            throw MusicBrainzFault(
                400, "The given parameters do not match any available query type for the \(entity) resource.")
        }
    }

    private func search(
        _ entity: String, _ query: String, isPlain: Bool, _ page: MusicBrainzPage, now: Instant
    ) throws(MusicBrainzFault) -> JSON {
        guard rules.hasSearch else { throw MusicBrainzFault(500, "The search server is not available.") }
        let search = MusicBrainzSearch(query: query, isPlain: isPlain)
        // Out of range falls back to the default and is not clamped.
        let limit = 1...100 ~= page.limit ? page.limit : 25
        let writer = MusicBrainzWriter(catalogue: catalogue, inc: .all, rules: rules)
        let hits: [(json: JSON, rank: Int)]
        switch entity {
        case "release":
            hits = search.ranked(catalogue.releases) { catalogue.fields(of: $0) }.map { (writer.hit($0.item), $0.rank) }
        case "release-group":
            hits = search.ranked(catalogue.groups) { catalogue.fields(of: $0) }.map {
                (writer.groupHit($0.item), $0.rank)
            }
        default: hits = []
        }
        let shown = hits.dropFirst(page.offset).prefix(limit)
        return [
            "created": "2026-01-01T12:00:00.000Z", "count": .int(Int64(hits.count)), "offset": .int(Int64(page.offset)),
            "\(entity)s": .array(shown.map { $0.json.with("score", .int(Int64($0.rank))) }),
        ]
    }
}

struct MusicBrainzFault: Error {
    var status: Int
    var text: String

    init(_ status: Int, _ text: String) {
        self.status = status
        self.text = text
    }

    static let notFound = MusicBrainzFault(404, "Not Found")
}

struct MusicBrainzPage {
    var limit = 25
    var offset = 0

    init(_ request: ServerRequest) throws(MusicBrainzFault) {
        if let text = request.queryValue("limit") { limit = try Self.number(text, "limit") }
        if let text = request.queryValue("offset") { offset = try Self.number(text, "offset") }
    }

    private static func number(_ text: String, _ name: String) throws(MusicBrainzFault) -> Int {
        guard let number = Int(text), number >= 0 else {
            throw MusicBrainzFault(400, "Invalid \(name) parameter: it must be a non-negative integer.")
        }
        return number
    }
}

/// `inc=a+b`, once, with words the resource knows.
struct Inclusions: Sendable {
    private let words: Set<String>
    private let isAll: Bool

    static let all = Inclusions()

    private init() {
        words = []
        isAll = true
    }

    init(_ request: ServerRequest, of entity: String) throws(MusicBrainzFault) {
        let given = request.query.filter { $0.name == "inc" }
        guard given.count <= 1 else {
            throw MusicBrainzFault(
                400, "Inc arguments must be combined with a space, but you provided multiple parameters")
        }
        let words = (given.first?.value ?? "").split { $0 == " " || $0 == "+" }.map(String.init)
        for word in words where !(Self.known[entity] ?? []).contains(word) {
            throw MusicBrainzFault(400, "\(word) is not a valid inc parameter for the \(entity) resource.")
        }
        self.words = Set(words)
        isAll = false
    }

    func has(_ word: String) -> Bool { isAll || words.contains(word) }

    private static let relations: Set = [
        "artist-rels", "label-rels", "recording-rels", "release-rels", "release-group-rels", "url-rels", "work-rels",
        "place-rels", "area-rels", "series-rels", "event-rels", "instrument-rels",
    ]
    private static let common: Set = ["aliases", "annotation", "tags", "genres", "user-tags", "user-genres"]
    private static let known: [String: Set<String>] = [
        "release": relations.union(common).union([
            "artists", "labels", "recordings", "release-groups", "media", "discids", "isrcs", "artist-credits",
            "recording-level-rels", "work-level-rels", "release-group-level-rels", "collections", "ratings",
        ]),
        "release-group": relations.union(common).union(["artists", "releases", "artist-credits", "media", "ratings"]),
        "recording": relations.union(common).union([
            "artists", "releases", "isrcs", "artist-credits", "work-level-rels", "media", "release-groups", "ratings",
        ]),
    ]
}
