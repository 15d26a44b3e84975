// A believable issue, counted by the rules from plays written down by hand, so that its numbers agree with one another:
// for tests and previews of whatever shows one. All names are invented.

internal import Domain
package import Newsletter
internal import Runtime

extension Diary {
    /// Four people and a fortnight of evenings.
    package static var sample: Diary {
        var diary = Diary()
        diary.move(in: "Ann Whitfield", 1)
        diary.move(in: "Bo Tanner", 2)
        diary.move(in: "Chris", 3, username: "chris_o")
        diary.move(in: "Dora Lindqvist", 4)
        diary.hasHistory()
        for (day, number) in zip(2...8, 1...) {
            diary.episode("Harbour Lights", 1, number, by: 1, day, "21:10", key: 201)
            if day % 2 == 0 { diary.episode("Harbour Lights", 1, number, by: 2, day, "22:00", key: 201) }
            diary.track("Lantern Walk \(number)", "Lanterns at Low Tide", "The Lantern Quintet", by: 3, day, "07:40")
        }
        diary.movie("Salt Road", 2019, by: 2, 7, key: 105)
        for (day, number) in zip(9...15, 1...) {
            diary.episode("Harbour Lights", 2, number, by: 1, day, "21:10", delivery: .transcode, key: 201)
            if day % 2 == 1 { diary.episode("Harbour Lights", 2, number, by: 2, day, "22:00", key: 201) }
            for track in 1...4 {
                diary.track(
                    "Signal \(track)", "Signals / Noise", "RC/PC", by: 3, day, "07:\(10 + track * 5)", key: 3005)
            }
        }
        diary.movie("Northern Line", 2024, by: 1, 14, "20:15", delivery: .directStream, key: 101)
        diary.movie("Northern Line", 2024, by: 2, 14, "20:15", delivery: .transcode, key: 101)
        diary.movie("Northern Line", 2024, by: 3, 15, "16:00", key: 101)
        diary.movie("A Very Long Goodbye to Everything We Had Packed for the Journey", 2021, by: 2, 13, key: 107)
        diary.episode("Fuse & Wire", 1, 1, by: 3, 12, "20:30", key: 204)
        diary.episode("Fuse & Wire", 1, 2, by: 3, 12, "21:30", key: 204)
        return diary
    }

    package static var sampleEvidence: NewsletterEvidence {
        var evidence = sample.evidence()
        evidence.added = .known([
            LibraryAdditions(
                section: 1, name: "Movies", kind: "movie",
                items: .known([
                    Addition(
                        .movie, "Northern Line", year: 2024, summary: "A night train, and nobody at the controls.",
                        genres: ["Thriller"], ratingKey: 101, posterPath: "/library/metadata/101/thumb/1794000000",
                        addedAt: moment(12, "09:30"))
                ])),
            LibraryAdditions(
                section: 2, name: "TV Shows", kind: "show",
                items: .known([
                    Addition(
                        .season, "Harbour Lights", part: "Season 2, 7 episodes", episodes: 7, ratingKey: 201,
                        ownerKey: 201, posterPath: "/library/metadata/201/thumb/1794000000",
                        addedAt: moment(9, "06:00")),
                    Addition(
                        .episode, "Fuse & Wire", part: "S01E02", episodeTitle: "Earth", episodes: 1, ratingKey: 204,
                        ownerKey: 204, addedAt: moment(10, "06:00")),
                ])),
            LibraryAdditions(
                section: 3, name: "Music", kind: "artist", items: .unknown(why: "Plex did not answer in time")),
        ])
        evidence.growth = [
            LibraryGrowth(
                LibrarySize(section: 1, name: "Movies", kind: "movie", items: 1204),
                points: (0..<14).map { LibraryGrowth.Point(week.first + ($0 - 7), items: 1191 + $0) }),
            LibraryGrowth(
                LibrarySize(section: 2, name: "TV Shows", kind: "show", items: 88, leaves: 3120),
                points: (0..<14).map {
                    LibraryGrowth.Point(week.first + ($0 - 7), items: 88, leaves: 3100 + $0 * 3 / 2)
                }),
        ]
        evidence.parts = [
            FactsTitle(.show, "Harbour Lights", ratingKey: 201): .known(24),
            FactsTitle(.show, "Fuse & Wire", ratingKey: 204): .known(8),
            FactsTitle(.artist, "RC/PC", ratingKey: 3005): .known(5),
        ]
        return evidence
    }
}

extension IssueFacts {
    package static var sample: IssueFacts {
        NewsletterRules(Diary.sampleEvidence, NewsletterWishes(serverName: "The Household", mentionsQuiet: true))
            .issue(number: 12, madeAt: Diary.moment(16, "08:00"))
    }
}

extension PersonalFacts {
    /// Ann's, who follows a show and has somebody of like taste.
    package static var sample: PersonalFacts { all[0] }
    /// Everybody's, of the same issue: the last played nothing.
    package static var all: [PersonalFacts] {
        let rules = NewsletterRules(Diary.sampleEvidence, NewsletterWishes(serverName: "The Household"))
        return rules.readers.map { rules.personal($0, number: 12) }
    }
}
