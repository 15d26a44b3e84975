// How a question finds its answer at TMDB: the key first, then the pace, then the path. Refusals are numbered by TMDB
// itself and differ from the status they come with.

package import Runtime
package import Sockets

package struct TMDBService: RecordService {
    package static let path = "/3"
    var television: Television
    package var rules: TMDBRules
    private var recent: [Duration] = []

    init(television: Television, rules: TMDBRules) {
        self.television = television
        self.rules = rules
    }

    package func route(of request: ServerRequest) -> String {
        let parts = request.path.split(separator: "/").enumerated().map { place, part in
            // The first is the version; what is found by need be no number: "tt9510001".
            place > 0 && (part.utf8.allSatisfy { 48...57 ~= $0 } || part.hasPrefix("tt")) ? "{}" : part
        }
        return "GET /" + parts.joined(separator: "/")
    }

    package mutating func answer(_ request: ServerRequest, now: Instant, uptime: Duration) -> RecordAnswer {
        guard isKnown(request) else {
            return Self.refusal(401, 7, "Invalid API key: You must be granted a valid key.")
        }
        recent.removeAll { uptime - $0 >= .seconds(1) }
        guard recent.count < rules.mostPerSecond else {
            var answer = Self.refusal(
                429, 25,
                "Your request count (\(recent.count + 1)) is over the allowed limit of (\(rules.mostPerSecond)).")
            answer.headers.append(("Retry-After", "1"))
            return answer
        }
        recent.append(uptime)
        var parts = request.path.split(separator: "/").map(String.init)
        guard parts.first == "3" else { return Self.missing }
        parts.removeFirst()
        switch parts.first {
        case "configuration" where parts.count == 1:
            return RecordAnswer(
                status: 200,
                json: [
                    "images": [
                        "base_url": "http://image.tmdb.org/t/p/", "secure_base_url": "https://image.tmdb.org/t/p/",
                        "poster_sizes": ["w92", "w342", "original"],
                    ], "change_keys": [],
                ])
        case "find" where parts.count == 2: return find(parts[1], request)
        case "search" where parts == ["search", "tv"]: return search(request)
        case "tv" where parts.count >= 2: return show(parts, request, now)
        default: return Self.missing
        }
    }

    private func isKnown(_ request: ServerRequest) -> Bool {
        if let field = request.headers["authorization"] { return field == "Bearer \(rules.readToken)" }
        return request.queryValue("api_key") == rules.apiKey
    }

    static func refusal(_ status: Int, _ code: Int64, _ message: String) -> RecordAnswer {
        RecordAnswer(
            status: status,
            json: ["success": false, "status_code": .int(code), "status_message": .string(message)])
    }

    static var missing: RecordAnswer { refusal(404, 34, "The resource you requested could not be found.") }

    // MARK: Finding

    private func find(_ id: String, _ request: ServerRequest) -> RecordAnswer {
        let source = request.queryValue("external_source")
        guard let source, ["imdb_id", "tvdb_id"].contains(source) else {
            return Self.refusal(400, 5, "Invalid parameters: Your request parameters are incorrect.")
        }
        func fits(_ imdb: String?, _ tvdb: Int?) -> Bool {
            source == "imdb_id" ? imdb == id : tvdb.map { "\($0)" } == id
        }
        let shows = television.series.filter { fits($0.imdb, $0.tvdb) }
        let episodes = television.series.flatMap { series in
            series.episodes.filter { fits($0.imdb, $0.tvdb) }.map { TMDBWriter.episode($0, of: series) }
        }
        return RecordAnswer(
            status: 200,
            json: [
                "movie_results": [], "person_results": [], "tv_results": .array(shows.map { TMDBWriter.hit($0) }),
                "tv_episode_results": .array(episodes), "tv_season_results": [],
            ])
    }

    private func search(_ request: ServerRequest) -> RecordAnswer {
        let words = SearchFold.words(request.queryValue("query") ?? "")
        guard let query = request.queryValue("query"), !query.isEmpty else {
            return RecordAnswer(status: 422, json: ["errors": ["query must be provided"]])
        }
        guard let page = Int(request.queryValue("page") ?? "1"), 1...500 ~= page else {
            return Self.refusal(
                400, 22, "Invalid page: Pages start at 1 and max at 500. They are expected to be an integer.")
        }
        let found = television.series.filter { series in
            guard fits(request, series) else { return false }
            let names = [series.name, series.originalName ?? ""] + series.aliases.map(\.name)
            return names.contains { name in
                let known = SearchFold.words(name)
                return name == query || !words.isEmpty && words.allSatisfy(known.contains)
            }
        }
        // Those of just that name first, else as they come: popularity is nothing to rely on.
        let ranked =
            found.filter { SearchFold.words($0.name) == words } + found.filter { SearchFold.words($0.name) != words }
        let pages = (ranked.count + rules.pageSize - 1) / rules.pageSize
        let shown = ranked.dropFirst((page - 1) * rules.pageSize).prefix(rules.pageSize)
        return RecordAnswer(
            status: 200,
            json: [
                "page": .int(Int64(page)), "results": .array(shown.map { TMDBWriter.hit($0) }),
                "total_pages": .int(Int64(pages)), "total_results": .int(Int64(ranked.count)),
            ])
    }

    private func fits(_ request: ServerRequest, _ series: Television.Series) -> Bool {
        if let year = request.queryValue("first_air_date_year"), year != "\(series.year)" { return false }
        if let year = request.queryValue("year"), !series.episodes.contains(where: { $0.aired.hasPrefix(year) }) {
            return false
        }
        return true
    }

    // MARK: A show and what is in it

    private func show(_ parts: [String], _ request: ServerRequest, _ now: Instant) -> RecordAnswer {
        guard let id = Int(parts[1]), id > 0 else {
            return Self.refusal(404, 6, "Invalid id: The pre-requisite id is invalid or not found.")
        }
        guard let series = television.series.first(where: { $0.tmdb == id }) else { return Self.missing }
        if parts.count > 2 {
            return part(parts.dropFirst(2).joined(separator: "/"), of: series).map {
                RecordAnswer(status: 200, json: $0)
            } ?? Self.missing
        }
        var json = TMDBWriter.show(series, now: now)
        let extras = (request.queryValue("append_to_response") ?? "").split(separator: ",").map(String.init)
        guard extras.count <= 20 else {
            return Self.refusal(
                400, 27, "Too many append to response objects: The maximum number of remote calls is 20.")
        }
        for extra in extras where part(extra, of: series) != nil {
            if extra.hasPrefix("season/"), let number = Int(extra.dropFirst(7)), rules.hiddenSeasons.contains(number) {
                continue
            }
            json[extra] = part(extra, of: series)
        }
        return RecordAnswer(status: 200, json: json)
    }

    private func part(_ path: String, of series: Television.Series) -> JSON? {
        let words = path.split(separator: "/").map(String.init)
        switch (words.first, words.count) {
        case ("external_ids", 1): return TMDBWriter.ids(series)
        case ("alternative_titles", 1): return TMDBWriter.alternatives(series)
        case ("translations", 1): return TMDBWriter.translations(series)
        case ("season", 2):
            guard let number = Int(words[1]), series.seasons.contains(number) else { return nil }
            return TMDBWriter.season(number, of: series)
        case ("season", 4) where words[2] == "episode", ("season", 5) where words[2] == "episode":
            guard let season = Int(words[1]), let number = Int(words[3]),
                let episode = series.episodes.first(where: { $0.season == season && $0.number == number })
            else { return nil }
            if words.count == 4 { return TMDBWriter.episode(episode, of: series) }
            return words[4] == "external_ids" ? TMDBWriter.ids(episode) : nil
        default: return nil
        }
    }
}
