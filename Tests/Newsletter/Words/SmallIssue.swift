// An issue with few and known numbers, for what a model may say of it.

import Domain
import Newsletter
import NewsletterSamples
import Runtime

extension IssueFacts {
    /// 9–15 November 2026: 1204 plays (20 % more), 41 hours (18 % less), 6 people, 80 titles (1 % more); two films are new.
    static func small(
        movies: [String] = ["Northern Line", "Salt Road"], serverName: String = "The Household"
    ) -> IssueFacts {
        IssueFacts(
            number: 12, period: Diary.week, madeAt: Diary.moment(16, "08:00"), serverName: serverName,
            totals: Totals(
                plays: Trend(1204, before: 1000), seconds: Trend(41 * 3600, before: 50 * 3600),
                people: Trend(6, before: 6), titles: Trend(80, before: 79)),
            added: .known([
                LibraryAdditions(
                    section: 1, name: "Movies", kind: "movie",
                    items: .known(
                        movies.map {
                            Addition(.movie, $0, year: 2019, genres: ["Thriller"], addedAt: Diary.moment(12, "09:00"))
                        })),
                LibraryAdditions(section: 3, name: "Music", kind: "artist", items: .unknown(why: "no answer")),
            ]),
            topShows: [
                TitleCount(
                    FactsTitle(.show, "Harbour Lights", year: 2021), plays: Trend(33, before: nil),
                    seconds: Trend(90_000, before: nil), people: 4)
            ],
            people: [
                PersonCount(
                    FactsPerson(id: 1, name: "Ann Whitfield"), plays: Trend(500, before: nil),
                    seconds: Trend(9000, before: nil)),
                PersonCount(
                    FactsPerson(id: 2, name: nil), plays: Trend(400, before: nil), seconds: Trend(8000, before: nil)),
                PersonCount(
                    FactsPerson(id: 3, name: "chris@example.org"), plays: Trend(300, before: nil),
                    seconds: Trend(7000, before: nil)),
            ],
            byDay: Diary.week.days.enumerated().map { DayCount($1, plays: 100 + $0, seconds: 6000) },
            deliveries: DeliveryCount(
                directPlays: Trend(0, before: nil), directStreams: Trend(0, before: nil),
                transcodes: Trend(0, before: nil), unknown: Trend(0, before: nil)))
    }
}
