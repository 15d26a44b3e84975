// The Movie Database, version 3 (sheet tracker.md §8): shows with their numbers elsewhere, all their names, all their
// episodes. This product uses the TMDB API but is not endorsed or certified by TMDB.

package import HTTP
internal import LooseJSON
package import Runtime

package struct TMDB: Sendable {
    package static let home = "https://api.themoviedb.org/3"

    /// So much may be appended to one answer.
    static let mostExtras = 20

    let line: TVLine
    /// Before all that nobody waits for.
    package var isUrgent = false

    /// - Parameter key: either of the two that TMDB gives out: the short one ("API Key") or the long one ("Read Access Token")
    package init(
        address: String = TMDB.home, key: Secret, http: HTTPClient, clock: any Clock, log: Log,
        cache: AnswerCache = .none, patience: Duration = .seconds(60)
    ) {
        line = TVLine(
            .tmdb, base: address, login: Self.login(key), pace: TVPace(most: 30, within: .seconds(1)), http: http,
            clock: clock, log: log, cache: cache, patience: patience)
    }

    /// The long one is a JSON Web Token: three parts with points between.
    private static func login(_ key: Secret) -> TVLine.Login {
        key.reveal().split(separator: ".").count == 3 ? .bearer(key) : .query("api_key", key)
    }

    package enum Elsewhere: String, Sendable {
        case imdb = "imdb_id"
        case tvdb = "tvdb_id"
    }

    /// Whether the key is good.
    package func check() async throws(TVDataError) {
        _ = try await ask("/configuration", what: "configuration", keepFor: .zero, isFresh: true) {
            $0["images"]?.isObject
        }
    }

    /// What has that id elsewhere: a show, or an episode, whose ids look the same. Nothing is an answer, too.
    package func find(_ id: String, at elsewhere: Elsewhere) async throws(TVDataError) -> TVFound {
        try await ask(
            "/find/\(id.percentEncoded())".asking([("external_source", elsewhere.rawValue)]),
            what: "\(elsewhere.rawValue) \(id)", keepFor: .days(1)
        ) { TVFound(tmdb: $0) }
    }

    /// - Parameters:
    ///   - premiere: when it began
    ///   - year: when any episode was aired
    package func search(
        _ title: String, premiere: Int? = nil, year: Int? = nil, page: Int = 1
    ) async throws(TVDataError) -> TVSearchPage {
        var query = [(name: "query", value: title), ("include_adult", "false")]
        if let premiere { query.append(("first_air_date_year", "\(premiere)")) }
        if let year { query.append(("year", "\(year)")) }
        query.append(("page", "\(min(max(page, 1), 500))"))
        return try await ask("/search/tv".asking(query), what: "show of that name", keepFor: .hours(12)) {
            TVSearchPage(tmdb: $0)
        }
    }

    /// All pages up to so many.
    package func searchAll(
        _ title: String, premiere: Int? = nil, year: Int? = nil, mostPages: Int = 3
    ) async throws(TVDataError) -> [TVShow] {
        var shows: [TVShow] = []
        var page = 1
        while page <= mostPages {
            let found = try await search(title, premiere: premiere, year: year, page: page)
            shows += found.shows
            if page >= found.pages || found.shows.isEmpty { break }
            page += 1
        }
        return shows
    }

    /// Names and numbers, without episodes.
    package func show(_ id: Int, isFresh: Bool = false) async throws(TVDataError) -> TVShow {
        try await told(id, Self.always, isFresh: isFresh).show
    }

    /// With every episode it has. Most shows take one request.
    package func wholeShow(_ id: Int, isFresh: Bool = false) async throws(TVDataError) -> TVShow {
        let guessed = (0..<(Self.mostExtras - Self.always.count)).map { "season/\($0)" }
        var told = try await told(id, Self.always + guessed, isFresh: isFresh)
        while true {
            let missing = told.missingSeasons
            guard !missing.isEmpty else { break }
            let next = missing.prefix(Self.mostExtras)
            let more = try await self.told(id, next.map { "season/\($0)" }, isFresh: isFresh)
            told.episodes.merge(more.episodes) { _, new in new }
            // Announced and not given, asked for by itself: then we do not have the whole, and must not take it for that.
            if let gone = next.first(where: { told.episodes[$0] == nil }) {
                told.episodes[gone] = try await season(gone, of: id, isFresh: isFresh)
            }
        }
        return told.whole
    }

    package func season(
        _ number: Int, of show: Int, isFresh: Bool = false
    ) async throws(TVDataError) -> [TVEpisode] {
        try await ask("/tv/\(show)/season/\(number)", what: "season \(number) of show \(show)", isFresh: isFresh) {
            TMDBShow.episodes(ofSeason: $0)
        }
    }

    /// The episode's numbers elsewhere.
    package func ids(ofEpisode number: Int, season: Int, of show: Int) async throws(TVDataError) -> TVIDs {
        try await ask(
            "/tv/\(show)/season/\(season)/episode/\(number)/external_ids",
            what: "episode \(number) of season \(season) of show \(show)", keepFor: .days(7)
        ) { json in
            guard let id = json.whole("id") else { return nil }
            return TVIDs(tmdb: id, tvdb: json.whole("tvdb_id"), imdb: json.text("imdb_id"))
        }
    }

    // MARK: Asking

    private static let always = ["external_ids", "alternative_titles", "translations"]

    private func told(_ id: Int, _ extras: [String], isFresh: Bool) async throws(TVDataError) -> TMDBShow {
        try await ask(
            "/tv/\(id)".asking([("append_to_response", extras.joined(separator: ","))]), what: "show \(id)",
            isFresh: isFresh
        ) { TMDBShow($0) }
    }

    private func ask<Value: Sendable>(
        _ target: String, what: String, keepFor: Duration = .hours(6), isFresh: Bool = false,
        _ read: @Sendable (Loose) -> Value?
    ) async throws(TVDataError) -> Value {
        try await line.ask(
            TVQuestion(target: target, what: what, keepFor: keepFor, isFresh: isFresh, isUrgent: isUrgent), read)
    }
}
