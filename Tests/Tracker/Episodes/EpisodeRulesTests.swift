// Which episode was watched, and when that is not for us to say.

import Domain
import Testing
import Tracker

@Suite struct `The episode that was watched` {
    static func day(_ month: Int, _ day: Int) -> Day { Day(year: 2021, month: month, day: day) }

    static let episodes: [KnownEpisode] =
        [
            KnownEpisode(id: 1, season: 0, number: 1, title: "Behind the Harbour", airedOn: day(1, 2)),
            KnownEpisode(id: 2, season: 0, number: 2, title: "A Christmas Tide", airedOn: day(12, 24)),
        ]
        + (1...4).map {
            KnownEpisode(
                id: 10 + Int64($0), season: 1, number: $0, title: "Part \($0) of Spring", airedOn: day(3, $0 * 7),
                ids: ShowIDs(tvdb: 900 + $0))
        }
        + (1...4).map {
            KnownEpisode(id: 20 + Int64($0), season: 2, number: $0, title: "Autumn \($0)", airedOn: day(9, $0 * 7))
        }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var claim: EpisodeClaim
        var found: Int64?
        var proof: EpisodeVerdict.Proof?
        var isAsked = false
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(
            name: "its own id, whatever its number", claim: EpisodeClaim(ids: ShowIDs(tvdb: 903), season: 2, number: 1),
            found: 13, proof: .id),
        Case(name: "season and number", claim: EpisodeClaim(season: 2, number: 3), found: 23, proof: .number),
        Case(
            name: "a number whose day is near", claim: EpisodeClaim(season: 1, number: 2, airedOn: day(3, 15)),
            found: 12,
            proof: .number),
        Case(
            name: "a number of another day", claim: EpisodeClaim(season: 1, number: 2, airedOn: day(3, 21)),
            isAsked: true),
        Case(
            name: "a number of another day with its title",
            claim: EpisodeClaim(season: 1, number: 2, title: "Part 2 of spring", airedOn: day(5, 21)), found: 12,
            proof: .number),
        Case(
            name: "a special by its title, not by its number",
            claim: EpisodeClaim(season: 0, number: 1, title: "A Christmas tide"), found: 2, proof: .title),
        Case(
            name: "a special by its day", claim: EpisodeClaim(season: 0, number: 7, airedOn: day(1, 2)), found: 1,
            proof: .day),
        Case(name: "a special by its number alone", claim: EpisodeClaim(season: 0, number: 1), isAsked: true),
        Case(
            name: "a season that is a year", claim: EpisodeClaim(season: 2021, number: 60, airedOn: day(9, 14)),
            found: 22, proof: .day),
        Case(name: "no number and a day", claim: EpisodeClaim(airedOn: day(9, 21)), found: 23, proof: .day),
        Case(name: "no number and a title", claim: EpisodeClaim(title: "autumn 4"), found: 24, proof: .title),
        Case(name: "no number and a title that says nothing", claim: EpisodeClaim(title: "Episode 4")),
        Case(
            name: "counted through, with its day", claim: EpisodeClaim(season: 1, number: 6, airedOn: day(9, 14)),
            found: 22, proof: .absolute),
        Case(name: "counted through, without a witness", claim: EpisodeClaim(season: 1, number: 6), isAsked: true),
        Case(name: "beyond the end", claim: EpisodeClaim(season: 1, number: 60)),
        Case(name: "a season nobody knows", claim: EpisodeClaim(season: 3, number: 1)),
        Case(name: "nothing at all", claim: EpisodeClaim()),
    ])
    func `is found by`(_ expected: Case) {
        let verdict = EpisodeRules.episode(for: expected.claim, in: Self.episodes)
        switch verdict {
        case .found(let episode, let proof):
            #expect(episode.id == expected.found)
            #expect(proof == expected.proof)
        case .order: #expect(expected.isAsked, "\(verdict)")
        case .missing: #expect(expected.found == nil && !expected.isAsked)
        }
    }

    @Test(arguments: [
        (EpisodeClaim(ids: ShowIDs(tvdb: 902)), EpisodeEvidence.proven),
        (EpisodeClaim(season: 1, number: 2, title: "Part 2 of Spring"), .agrees),
        (EpisodeClaim(season: 1, number: 2, airedOn: day(3, 14)), .agrees),
        (EpisodeClaim(season: 1, number: 2), .unknown),
        (EpisodeClaim(season: 1, number: 2, title: "Episode 2"), .unknown),
        (EpisodeClaim(season: 1, number: 2, title: "Snow", airedOn: day(6, 14)), .differs),
        (EpisodeClaim(season: 8, number: 2, title: "Snow"), .differs),
    ])
    func `is evidence for its show`(_ claim: EpisodeClaim, _ evidence: EpisodeEvidence) {
        #expect(EpisodeRules.evidence(of: claim, in: Self.episodes) == evidence)
    }

    @Test func `is no evidence where the list is not known`() {
        #expect(EpisodeRules.evidence(of: EpisodeClaim(season: 1, number: 1), in: []) == .unknown)
    }
}
