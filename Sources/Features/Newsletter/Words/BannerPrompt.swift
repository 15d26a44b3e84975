// What a banner is to show: the season and what was watched, in words of ours only. No title goes in: nothing can check
// whether a picture does what a title says. Pure.

internal import Domain
internal import Runtime

enum BannerPrompt {
    static func words(for issue: IssueFacts) -> String {
        let month = issue.period.last.wall.month
        return """
            Wide banner illustration for a newsletter about \(subject(issue)), \(Calendar.months[month - 1]) mood, \
            \(genres(issue))soft light, flat shapes, calm colours, important things in the middle third of the height, \
            no text, no letters, no numbers, no logos, no brands, no recognisable people.
            """
    }

    private static func subject(_ issue: IssueFacts) -> String {
        let top = issue.kinds.max { ($0.seconds.now, $0.plays.now) < ($1.seconds.now, $1.plays.now) }
        return switch top?.kind {
        case .show: "evenings with television series at home"
        case .artist: "music at home"
        case .movie: "film evenings at home"
        case .other, nil: "films, series and music at home"
        }
    }

    /// Genres come from outside: only those that are known to be genres.
    private static let known: [String: String] = [
        "action": "adventure", "adventure": "adventure", "animation": "animation", "comedy": "comedy",
        "crime": "mystery", "documentary": "nature", "drama": "drama", "family": "family", "fantasy": "fantasy",
        "history": "history", "jazz": "jazz", "classical": "classical music", "mystery": "mystery",
        "romance": "romance", "science fiction": "space", "sci-fi": "space", "thriller": "suspense",
        "western": "the wild west",
    ]

    private static func genres(_ issue: IssueFacts) -> String {
        var counts: [String: Int] = [:]
        for library in issue.added.known ?? [] {
            for item in library.items.known ?? [] {
                for genre in item.genres { if let word = known[genre.lowercased()] { counts[word, default: 0] += 1 } }
            }
        }
        let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return most.map { "a touch of \($0.key), " } ?? ""
    }
}
