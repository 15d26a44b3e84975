// A real server on loopback that behaves like Prowlarr 2.3 over what indexers offer of the household's films (sheet §5).
// As in the real one, whatever goes wrong at an indexer makes the list shorter and nothing else.

package import Runtime
package import Sockets
import Synchronization

package struct ProwlarrRules: Sendable {
    package struct Indexer: Sendable {
        package var id: Int
        package var name: String
        package var isTorrent = true
        /// Can be asked for a film by its number; else it is silently skipped by such a search.
        package var knowsNumbers = true
        /// It fails, and is left alone until then.
        package var restsUntil: Instant?

        package init(
            id: Int, name: String, isTorrent: Bool = true, knowsNumbers: Bool = true, restsUntil: Instant? = nil
        ) {
            self.id = id
            self.name = name
            self.isTorrent = isTorrent
            self.knowsNumbers = knowsNumbers
            self.restsUntil = restsUntil
        }
    }

    package var apiKey = "1a2b3c4d5e6f40718293a4b5c6d7e8f9"
    package var version = "2.3.6.5356"
    package var isStarting = false
    package var indexers = [
        Indexer(id: 1, name: "Indexer 1"), Indexer(id: 2, name: "Indexer 2", knowsNumbers: false),
        Indexer(id: 3, name: "Indexer 3", isTorrent: false),
    ]
    package var journalLimit = 20_000

    package init() {}
    package static let standard = ProwlarrRules()
}

package final class ProwlarrStandIn: HTTPStandIn {
    /// What Autoplex needs: PROWLARR_URL and PROWLARR_API_KEY.
    package let url: String
    package let apiKey: String
    package let household: Household
    /// What it was asked.
    package let requests: Chronicle<ServarrEntry>

    package var troubles: Troubles { desk.troubles }

    private let desk: ProwlarrDesk
    private let server: HTTPServer

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, household: Household, rules: ProwlarrRules = .standard,
        log: Log = .silent
    ) async throws(SocketError) -> ProwlarrStandIn {
        let desk = ProwlarrDesk(clock: clock, household: household, rules: rules)
        let answer: @Sendable (ServerRequest) async -> ServerResponse = { request in await desk.serve(request) }
        let path = "/{rest...}"
        let server = try await HTTPServer.start(
            on: loop, port: port, routes: [.get(path, answer), .post(path, answer)], headers: ServarrCall.headers,
            log: log)
        return ProwlarrStandIn(desk: desk, server: server)
    }

    private init(desk: ProwlarrDesk, server: HTTPServer) {
        self.desk = desk
        self.server = server
        url = "http://127.0.0.1:\(server.port)"
        apiKey = desk.rules.apiKey
        household = desk.household
        requests = desk.requests
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        await server.stop()
    }

    package func changeRules(_ change: (inout ProwlarrRules) -> Void) async { desk.change(change) }
}

final class ProwlarrDesk: Sendable {
    let clock: any Clock
    let household: Household
    let requests: Chronicle<ServarrEntry>
    let troubles: Troubles
    let started: Instant
    private let state: Mutex<ProwlarrRules>

    init(clock: any Clock, household: Household, rules: ProwlarrRules) {
        self.clock = clock
        self.household = household
        requests = Chronicle(limit: rules.journalLimit)
        troubles = Troubles(clock: clock, looks: .servarr)
        started = clock.now
        state = Mutex(rules)
    }

    var rules: ProwlarrRules { state.withLock { $0 } }
    func change(_ change: (inout ProwlarrRules) -> Void) { state.withLock { change(&$0) } }

    private static let templates = [
        "GET /ping", "GET /api/v1/system/status", "GET /api/v1/health", "GET /api/v1/indexer",
        "GET /api/v1/indexerstatus", "GET /api/v1/search",
    ].map { (name: $0, template: RouteTemplate($0)) }

    func serve(_ request: ServerRequest) async -> ServerResponse {
        let call = ServarrCall(request)
        let path = call.path.lowercased()
        let known = Self.templates.first { $0.template.match(call.method, path) != nil }?.name
        let name = known ?? "\(call.method) \(call.path)"
        func note(_ status: Int?, _ answer: String = "") {
            requests.append(
                ServarrEntry(route: name, query: call.query, body: call.body, status: status, answer: answer))
        }
        let fault = troubles.take(name)
        if let instead = await troubles.meet(fault, note) { return instead }
        return Troubles.send(answer(call, known).response, fault, note)
    }

    private func answer(_ call: ServarrCall, _ route: String?) -> ServarrAnswer {
        let rules = rules
        if rules.isStarting { return .starting }
        guard let route else {
            let isKnown = Self.templates.contains { $0.template.match("GET", call.path.lowercased()) != nil }
            return isKnown ? .empty(status: 405) : .notFound
        }
        if route == "GET /ping" { return .json(["status": "OK"]) }
        if call.key != rules.apiKey { return .empty(status: 401) }
        switch route {
        case "GET /api/v1/system/status":
            return .json(ServarrPages.status(app: "Prowlarr", version: rules.version, started: started))
        case "GET /api/v1/indexer": return .json(.array(rules.indexers.map(json)))
        case "GET /api/v1/indexerstatus":
            return .json(
                .array(rules.indexers.compactMap { indexer in indexer.restsUntil.map { condition(indexer, $0) } }))
        case "GET /api/v1/search": return search(call, rules)
        default: return .json([])
        }
    }

    // MARK: Searching

    private func search(_ call: ServarrCall, _ rules: ProwlarrRules) -> ServarrAnswer {
        let now = clock.now
        let wanted = call.all("indexerIds").compactMap { Int($0) }
        let awake = rules.indexers.filter { indexer in
            guard indexer.restsUntil.map({ $0 <= now }) ?? true else { return false }
            return wanted.isEmpty || wanted.contains(indexer.id) || wanted.contains(-2) && indexer.isTorrent
                || wanted.contains(-1) && !indexer.isTorrent
        }
        if awake.isEmpty, !wanted.isEmpty {
            return .json(["message": "Search failed due to all selected indexers being unavailable"], status: 400)
        }
        let query = call["query"] ?? ""
        let isByNumber = query.hasPrefix("{")
        // In any other kind of search the braces are words like others, and nothing has such a title.
        if isByNumber, call["type"] != "movie" { return .json([]) }
        let asked = awake.filter { $0.knowsNumbers || !isByNumber }
        let found = household.read { world in
            world.films.filter { fits($0, query, isByNumber) }.flatMap { film in
                film.releases.compactMap { release in
                    asked.first { $0.id == release.indexer }.map { json(release, of: film, $0) }
                }
            }
        }
        let offset = call.whole("offset") ?? 0
        return .json(.array(Array(found.dropFirst(offset).prefix(call.whole("limit") ?? 100))))
    }

    private func fits(_ film: HouseholdWorld.Film, _ query: String, _ isByNumber: Bool) -> Bool {
        if isByNumber {
            return query.lowercased().contains("{imdbid:\(film.imdb)}")
                || query.lowercased().contains("{tmdbid:\(film.tmdb)}")
        }
        let words = Self.words(query)
        let title = Self.words(film.title) + ["\(film.year)"]
        return !words.isEmpty && words.allSatisfy { title.contains($0) }
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private func json(
        _ release: HouseholdWorld.Film.Release, of film: HouseholdWorld.Film, _ indexer: ProwlarrRules.Indexer
    ) -> JSON {
        let base: JSON = [
            "guid": .string(release.guid), "age": 41, "ageHours": 1004.5, "ageMinutes": 60_270.25,
            "size": .int(release.bytes), "grabs": 7, "indexerId": .number(indexer.id), "indexer": .string(indexer.name),
            "title": .string(release.title), "sortTitle": .string(release.title.lowercased()),
            "imdbId": .number(release.isNumbered ? Int(film.imdb.dropFirst(2)) ?? 0 : 0),
            "tmdbId": .number(release.isNumbered ? film.tmdb : 0), "tvdbId": 0, "tvMazeId": 0,
            "publishDate": .date(clock.now - .days(41)), "downloadUrl": .string(release.guid + "/download"),
            "infoUrl": .string(release.guid), "indexerFlags": [],
            "categories": [["id": 2000, "name": "Movies", "subCategories": []]],
            "protocol": release.seeders == nil ? "usenet" : "torrent", "fileName": .string(release.title + ".torrent"),
        ]
        return base.with("seeders", release.seeders.map { .number($0) })
            .with("leechers", release.seeders.map { .number($0 / 9) })
    }

    private func condition(_ indexer: ProwlarrRules.Indexer, _ until: Instant) -> JSON {
        [
            "indexerId": .number(indexer.id), "disabledTill": .date(until),
            "mostRecentFailure": .date(clock.now - .minutes(3)), "initialFailure": .date(clock.now - .minutes(9)),
            "id": .number(indexer.id),
        ]
    }

    private func json(_ indexer: ProwlarrRules.Indexer) -> JSON {
        let movies: JSON = indexer.knowsNumbers ? ["q", "imdbId", "tmdbId"] : ["q"]
        return [
            "indexerUrls": [.string("https://indexer\(indexer.id).example/")], "legacyUrls": [],
            "definitionName": .string("indexer\(indexer.id)"), "description": "An indexer of the household.",
            "language": "en-US", "encoding": "utf-8", "enable": true, "redirect": false, "supportsRss": true,
            "supportsSearch": true, "supportsRedirect": false, "supportsPagination": false, "appProfileId": 1,
            "protocol": indexer.isTorrent ? "torrent" : "usenet", "privacy": "public",
            "capabilities": [
                "limitsMax": 100, "limitsDefault": 100, "categories": [], "supportsRawSearch": false,
                "searchParams": ["q"], "tvSearchParams": ["q"], "movieSearchParams": movies,
                "musicSearchParams": ["q"], "bookSearchParams": ["q"],
            ], "priority": 25, "downloadClientId": 0, "added": "2025-02-03T10:00:00Z",
            "sortName": .string(indexer.name.lowercased()), "name": .string(indexer.name), "fields": [],
            "implementationName": "Cardigann", "implementation": "Cardigann", "configContract": "CardigannSettings",
            "infoLink": "https://wiki.example/prowlarr", "tags": [], "id": .number(indexer.id),
        ]
    }
}
