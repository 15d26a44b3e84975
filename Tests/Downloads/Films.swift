// A film about which everything is known and nothing is special, watched twice by somebody tracked: each test changes
// the one thing it is about.

import Domain
@testable import Downloads
import Runtime

enum Films {
    static let now = Instant(seconds: 1_767_268_800)

    static let wishes = DownloadWishes { wishes in
        wishes.mode = .on
        wishes.tracked = [.init("Anna")]
        wishes.cloudPaths = ["/data/symlinks/radarr"]
        wishes.localPaths = ["/storage/media/movies"]
    }

    static func known<Value>(_ value: Value) -> Piece<Value> { Piece(.known(value), from: "Radarr") }
    static func down<Value>() -> Piece<Value> { Piece(.unknown(why: "it does not answer"), from: "Radarr") }
    static func none<Value>() -> Piece<Value> { Piece(.absent, from: "Radarr") }

    static func rated(_ value: Double, votes: Int? = 200_000) -> Piece<FilmRating> {
        Piece(FilmRating(value, votes: votes, source: "IMDb").map { .known($0) } ?? .absent, from: "Radarr")
    }

    /// Watched once, in colour, in English, last year, rated 7.5: nothing to keep.
    static func evidence(_ change: (inout FilmEvidence) -> Void = { _ in }) -> FilmEvidence {
        var evidence = FilmEvidence(
            film: FilmIDs(tmdb: 100, title: "The Ferryman's Lamp", year: 2025), at: now, kind: .film, userName: "Anna",
            viewer: .tracked("Anna", plays: 2), share: known(0.97))
        evidence.plays = [PlayTally("ledger", .known(1), .atLeast), PlayTally("Jellystat", .known(1))]
        evidence.presence = .found(instance: "Radarr", id: 7)
        evidence.rating = rated(7.5)
        evidence.year = known(2025)
        evidence.language = known("English")
        evidence.genres = known(["Drama"])
        evidence.favourite = known(false)
        evidence.seeders = nil
        evidence.place = known(.cloud)
        evidence.path = "/data/symlinks/radarr/The Ferryman's Lamp (2025)/film.mkv"
        evidence.queue = known([])
        evidence.deleted = none()
        evidence.released = known(true)
        evidence.size = 10_000_000_000
        evidence.space = known(500_000_000_000)
        change(&evidence)
        return evidence
    }

    static func verdict(
        _ wishes: DownloadWishes = wishes, _ change: (inout FilmEvidence) -> Void = { _ in }
    ) -> FilmVerdict {
        FilmJudge(wishes).verdict(on: evidence(change))
    }

    static func word(
        _ wishes: DownloadWishes = wishes, _ change: (inout FilmEvidence) -> Void = { _ in }
    ) -> String {
        let decision = verdict(wishes, change).decision
        return "\(decision.word) \(decision.rule.rawValue)"
    }

    static func watched(_ times: Int) -> [PlayTally] {
        [PlayTally("ledger", .known(1), .atLeast), PlayTally("Jellystat", .known(times))]
    }
}
