// What TVmaze answers. A lookup answers with another address; unknown things come with Yii's own 404; a special has no
// number and stands in the season in which it was aired.

package import Runtime
package import Sockets

package struct TVmazeService: RecordService {
    package static let path = ""
    typealias Series = Television.Series
    typealias Episode = Television.Episode

    var television: Television
    package var rules: TVmazeRules
    private var recent: [Duration] = []

    init(television: Television, rules: TVmazeRules) {
        self.television = television
        self.rules = rules
    }

    package func route(of request: ServerRequest) -> String {
        "GET /"
            + request.path.split(separator: "/").map { $0.utf8.allSatisfy { 48...57 ~= $0 } ? "{}" : $0 }
            .joined(separator: "/")
    }

    package mutating func answer(_ request: ServerRequest, now: Instant, uptime: Duration) -> RecordAnswer {
        recent.removeAll { uptime - $0 >= .seconds(10) }
        guard recent.count < rules.most else { return Self.refusal(429, "Too Many Requests", "") }
        recent.append(uptime)
        let base = "http://\(request.headers["host"] ?? "127.0.0.1")"
        let parts = request.path.split(separator: "/").map(String.init)
        switch parts {
        case ["search", "shows"]:
            guard let query = request.queryValue("q") else { return Self.missing("q") }
            let hits = search(query).prefix(10)
            return ok(.array(hits.map { ["score": .double($0.score), "show": show($0.series, base)] }))
        case ["singlesearch", "shows"]:
            guard let query = request.queryValue("q") else { return Self.missing("q") }
            guard let hit = search(query).first else { return Self.nothing }
            return ok(whole(hit.series, request, base))
        case ["lookup", "shows"]: return lookUp(request, base)
        default:
            guard parts.count >= 2, parts[0] == "shows", let id = Int(parts[1]),
                // Its first show is always there: who only wants to know whether it answers asks for that one.
                let series = television.series.first(where: { $0.tvmaze == id })
                    ?? (id == 1 ? television.series.first : nil)
            else { return Self.nothing }
            return part(Array(parts.dropFirst(2)), of: series, request, base)
        }
    }

    private func ok(_ json: JSON) -> RecordAnswer { RecordAnswer(status: 200, json: json) }

    private static func refusal(_ status: Int, _ name: String, _ message: String) -> RecordAnswer {
        RecordAnswer(
            status: status,
            json: [
                "name": .string(name), "message": .string(message), "code": 0, "status": .int(Int64(status)),
                "type": "yii\\web\\HttpException",
            ])
    }

    private static var nothing: RecordAnswer { refusal(404, "Not Found", "Page not found.") }
    private static func missing(_ name: String) -> RecordAnswer {
        refusal(400, "Bad Request", "Missing required parameters: \(name)")
    }

    // MARK: Finding

    /// As forgiving as the real one: some of the words will do, the more the better.
    private func search(_ query: String) -> [(score: Double, series: Series)] {
        let words = SearchFold.words(query)
        let hits = television.series.compactMap { series -> (score: Double, series: Series)? in
            guard series.tvmaze != nil else { return nil }
            let names = [series.name] + series.aliases.map(\.name)
            let best =
                names.map { name -> Double in
                    let known = SearchFold.words(name)
                    let shared = Double(words.count { known.contains($0) })
                    return words.isEmpty ? 0 : shared / Double(max(words.count, known.count))
                }.max() ?? 0
            return best > 0.3 ? (best, series) : nil
        }
        return hits.sorted { ($1.score, $0.series.tmdb) < ($0.score, $1.series.tmdb) }
    }

    private func lookUp(_ request: ServerRequest, _ base: String) -> RecordAnswer {
        let found: Series?
        if let id = request.queryValue("thetvdb") {
            found = television.series.first { $0.tvdb.map { "\($0)" } == id }
        } else if let id = request.queryValue("imdb") {
            found = television.series.first { $0.imdb == id }
        } else if request.queryValue("tvrage") != nil {
            found = nil
        } else {
            return Self.refusal(400, "Bad Request", "Missing required parameters")
        }
        guard let id = found?.tvmaze else { return RecordAnswer(status: 404, json: .null) }
        return RecordAnswer(status: 301, headers: [("Location", "\(base)/shows/\(id)")], json: .null)
    }

    // MARK: A show and what is in it

    private func part(_ path: [String], of series: Series, _ request: ServerRequest, _ base: String) -> RecordAnswer {
        switch path {
        case []: return ok(whole(series, request, base))
        case ["episodes"]: return ok(episodes(series, withSpecials: request.queryValue("specials") == "1", base))
        case ["akas"]: return ok(akas(series))
        case ["seasons"]: return ok(seasons(series, base))
        case ["episodebynumber"]:
            guard let season = request.queryValue("season"), let number = request.queryValue("number") else {
                return Self.missing("season, number")
            }
            let found = series.episodes.first { "\($0.season)" == season && "\($0.number)" == number && $0.season > 0 }
            return found.map { ok(episode($0, of: series, base)) } ?? Self.nothing
        case ["episodesbydate"]:
            guard let date = request.queryValue("date") else { return Self.missing("date") }
            let found = series.episodes.filter { $0.aired == date }
            return found.isEmpty ? Self.nothing : ok(.array(found.map { episode($0, of: series, base) }))
        default: return Self.nothing
        }
    }

    private func whole(_ series: Series, _ request: ServerRequest, _ base: String) -> JSON {
        var json = show(series, base)
        var embedded: JSON = [:]
        for (name, value) in request.query where name == "embed" || name == "embed[]" {
            switch value {
            case "episodes": embedded["episodes"] = episodes(series, withSpecials: false, base)
            case "akas": embedded["akas"] = akas(series)
            default: break
            }
        }
        if embedded.fields?.members.isEmpty == false { json["_embedded"] = embedded }
        return json
    }

    private func show(_ series: Series, _ base: String) -> JSON {
        let station: JSON = [
            "id": 9, "name": .string(series.network),
            "country": ["name": .string(series.country), "code": .string(series.country), "timezone": "Europe/London"],
            "officialSite": .null,
        ]
        return [
            "id": .int(Int64(series.tvmaze ?? 0)), "url": .string("\(base)/shows/\(series.tvmaze ?? 0)/x"),
            "name": .string(series.name), "type": "Scripted", "language": .string(series.language),
            "genres": .array(series.genres.map { .string($0) }),
            "status": .string(series.hasEnded ? "Ended" : "Running"), "runtime": .null,
            "averageRuntime": .int(Int64(series.episodes.last?.minutes ?? 45)), "premiered": .string(series.premiered),
            "ended": series.hasEnded ? .text(series.episodes.last?.aired) : .null, "officialSite": .null,
            "schedule": ["time": "21:00", "days": ["Monday"]], "rating": ["average": .null], "weight": 50,
            "network": series.isStreamed ? .null : station, "webChannel": series.isStreamed ? station : .null,
            "dvdCountry": .null,
            "externals": [
                "tvrage": .null, "thetvdb": series.tvdb.map { .int(Int64($0)) } ?? .null, "imdb": .text(series.imdb),
            ],
            "image": [
                "medium": .string("https://static.tvmaze.com/uploads/images/medium_portrait/0/\(series.tmdb).jpg"),
                "original": .string("https://static.tvmaze.com/uploads/images/original_untouched/0/\(series.tmdb).jpg"),
            ], "summary": "<p>What goes on, week after week.</p>", "updated": 1_700_000_000,
            "_links": ["self": ["href": .string("\(base)/shows/\(series.tvmaze ?? 0)")]],
        ]
    }

    private func akas(_ series: Series) -> JSON {
        .array(
            series.aliases.map { alias in
                [
                    "name": .string(alias.name),
                    "country": ["name": .string(alias.country), "code": .string(alias.country), "timezone": "UTC"],
                ]
            })
    }

    private func seasons(_ series: Series, _ base: String) -> JSON {
        .array(
            series.seasons.filter { $0 > 0 }.map { number in
                let id = Int64((series.tvmaze ?? 0) * 100 + number)
                let episodes = series.episodes(of: number)
                return [
                    "id": .int(id), "url": .string("\(base)/seasons/\(id)/x"), "number": .int(Int64(number)),
                    "name": "",
                    "episodeOrder": .int(Int64(episodes.count)), "premiereDate": .text(episodes.first?.aired),
                    "endDate": .text(episodes.last?.aired), "network": .null, "webChannel": .null, "image": .null,
                    "summary": .null, "_links": ["self": ["href": .string("\(base)/seasons/\(id)")]],
                ]
            })
    }

    private func episodes(_ series: Series, withSpecials: Bool, _ base: String) -> JSON {
        let listed = series.episodes.filter { withSpecials || $0.season > 0 }
        // In the order they were aired, specials among the others.
        let ordered = listed.sorted { ($0.aired, $0.tvmaze) < ($1.aired, $1.tvmaze) }
        return .array(ordered.map { episode($0, of: series, base) })
    }

    private func episode(_ episode: Episode, of series: Series, _ base: String) -> JSON {
        let isSpecial = episode.season == 0
        return [
            "id": .int(Int64(episode.tvmaze)), "url": .string("\(base)/episodes/\(episode.tvmaze)/x"),
            "name": .string(episode.title.isEmpty ? "TBA" : episode.title),
            "season": .int(Int64(isSpecial ? episode.airedIn ?? 1 : episode.season)),
            "number": isSpecial ? .null : .int(Int64(episode.number)),
            "type": isSpecial ? "significant_special" : "regular", "airdate": .string(episode.aired),
            "airtime": "21:00", "airstamp": .string("\(episode.aired)T21:00:00+00:00"),
            "runtime": .int(Int64(episode.minutes)), "rating": ["average": .null], "image": .null, "summary": .null,
            "_links": ["self": ["href": .string("\(base)/episodes/\(episode.tvmaze)")]],
        ]
    }
}
