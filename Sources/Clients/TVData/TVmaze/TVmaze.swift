// TVmaze (sheet tracker.md §9), which wants no key: shows by name or by TVDB's and IMDb's numbers. What it tells is under
// CC BY-SA: whoever shows it names TVmaze.

package import HTTP
internal import LooseJSON
package import Runtime

package struct TVmaze: Sendable {
    package static let home = "https://api.tvmaze.com"

    let line: TVLine
    /// Before all that nobody waits for.
    package var isUrgent = false

    package init(
        address: String = TVmaze.home, http: HTTPClient, clock: any Clock, log: Log, cache: AnswerCache = .none,
        patience: Duration = .seconds(60)
    ) {
        // Twenty in ten seconds are always allowed.
        line = TVLine(
            .tvmaze, base: address, login: .none, pace: TVPace(most: 18, within: .seconds(10)), http: http,
            clock: clock, log: log, cache: cache, patience: patience)
    }

    package enum Elsewhere: String, Sendable {
        case tvdb = "thetvdb"
        case imdb
    }

    /// TVmaze's number of the show that has that id elsewhere; only ids of whole shows are known there.
    package func number(_ id: String, at elsewhere: Elsewhere) async throws(TVDataError) -> Int {
        // It answers with the show's address. Only the number is taken from it: where it is asked is ours to say.
        try await line.lookUp(
            question(
                "/lookup/shows".asking([(elsewhere.rawValue, id)]), "show with the \(elsewhere.rawValue) number \(id)")
        ) { place in
            let path = place.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
            guard path.count >= 2, path[path.count - 2] == "shows" else { return nil }
            return path.last.flatMap { Int($0) }
        }
    }

    /// Best first; about ten.
    package func search(_ title: String) async throws(TVDataError) -> [TVShow] {
        try await line.ask(question("/search/shows".asking([("q", title)]), "show of that name", .hours(12))) { json in
            guard case .list(let hits) = json else { return nil }
            return hits.compactMap { $0["show"].flatMap { TVShow(tvmaze: $0) } }
        }
    }

    /// Names and numbers, without episodes.
    package func show(_ id: Int, isFresh: Bool = false) async throws(TVDataError) -> TVShow {
        var question = question("/shows/\(id)?embed=akas", "show \(id)")
        question.isFresh = isFresh
        return try await line.ask(question) { TVShow(tvmaze: $0) }
    }

    /// With every episode it has, the specials in season 0.
    package func wholeShow(_ id: Int, isFresh: Bool = false) async throws(TVDataError) -> TVShow {
        var show = try await show(id, isFresh: isFresh)
        show.take(try await episodes(of: id, isFresh: isFresh))
        return show
    }

    package func episodes(of show: Int, isFresh: Bool = false) async throws(TVDataError) -> [TVEpisode] {
        var question = question("/shows/\(show)/episodes?specials=1", "show \(show)")
        question.isFresh = isFresh
        return try await line.ask(question) { TVmazeEpisodes.all($0) }
    }

    private func question(_ target: String, _ what: String, _ keepFor: Duration = .hours(6)) -> TVQuestion {
        TVQuestion(target: target, what: what, keepFor: keepFor, isUrgent: isUrgent)
    }
}
