// Plays written down by hand, for tests of what an issue says and of how it is shown: a week in Berlin, the second of
// November 2026, where noon is 11:00 in Greenwich.

package import Domain
package import Newsletter
package import Runtime

package struct Diary: Sendable {
    package static let berlin = LocalTime(zone: "Europe/Berlin") ?? .utc
    /// 9–15 November 2026, Monday to Sunday.
    package static let week = NewsletterPeriod.containing(moment(11, "12:00"), .weekly, in: berlin)

    package private(set) var plays: [Play] = []
    package var people: [Person] = []

    package init() {}

    /// In Berlin: a day of November 2026 and what the clock showed.
    package static func moment(_ day: Int, _ time: String, month: Int = 11) -> Instant {
        let parts = time.split(separator: ":").compactMap { Int($0) }
        let wall = LocalTime.WallTime(
            year: 2026, month: month, day: day, hour: parts.first ?? 0, minute: parts.last ?? 0)
        return berlin.instants(of: wall).first ?? Instant(milliseconds: 0)
    }

    /// Everybody has been there since spring.
    package mutating func move(
        in name: String, _ id: Int64, username: String? = nil, access: Person.Access = .member,
        libraries: Libraries? = .all
    ) {
        people.append(
            Person(
                id: id, plexID: Int(id) * 100, name: name, username: username ?? name.lowercased(), access: access,
                libraries: libraries, firstSeen: Self.moment(1, "12:00", month: 4)))
    }

    /// Numbers are given one after the other; the sitting is the row's own unless it goes on with another.
    @discardableResult
    package mutating func note(_ play: Play) -> Int64 {
        var play = play
        play.id = Int64(plays.count + 1)
        if play.sitting == 0 { play.sitting = play.id }
        plays.append(play)
        return play.id
    }

    @discardableResult
    package mutating func movie(
        _ title: String, _ year: Int = 2020, by person: Int64, _ day: Int, _ time: String = "20:00",
        month: Int = 11, minutes: Int = 100, goingOn sitting: Int64 = 0, delivery: Play.Delivery = .directPlay,
        key: Int? = nil
    ) -> Int64 {
        note(
            Play(
                id: 0, sitting: sitting, account: Int(person) * 100, kind: .movie,
                started: Self.moment(day, time, month: month), seconds: minutes * 60, title: title, year: year,
                ratingKey: key, delivery: delivery))
    }

    @discardableResult
    package mutating func episode(
        _ show: String, _ season: Int, _ number: Int, by person: Int64, _ day: Int, _ time: String = "20:00",
        month: Int = 11, minutes: Int = 50, delivery: Play.Delivery = .directPlay, key: Int? = nil
    ) -> Int64 {
        note(
            Play(
                id: 0, sitting: 0, account: Int(person) * 100, kind: .episode,
                started: Self.moment(day, time, month: month), seconds: minutes * 60, title: "Episode \(number)",
                parentTitle: "Season \(season)", grandparentTitle: show, index: number, parentIndex: season,
                ratingKey: nil, grandparentKey: key, delivery: delivery))
    }

    @discardableResult
    package mutating func track(
        _ title: String, _ album: String, _ artist: String, performer: String = "", by person: Int64, _ day: Int,
        _ time: String = "20:00", month: Int = 11, minutes: Int = 4, key: Int? = nil
    ) -> Int64 {
        note(
            Play(
                id: 0, sitting: 0, account: Int(person) * 100, kind: .track,
                started: Self.moment(day, time, month: month), seconds: minutes * 60, title: title, parentTitle: album,
                grandparentTitle: artist, originalTitle: performer, grandparentKey: key, delivery: .directPlay))
    }

    /// Somebody's play in spring, so that there is something to compare with.
    package mutating func hasHistory() { movie("The First Film", by: 99, 1, month: 3) }

    package func fold(_ period: NewsletterPeriod = Diary.week, in place: LocalTime = Diary.berlin) -> NewsletterFold {
        var fold = NewsletterFold(period, in: place)
        for play in plays { fold.add(play) }
        return fold
    }

    package func evidence(_ period: NewsletterPeriod = Diary.week) -> NewsletterEvidence {
        NewsletterEvidence(plays: fold(period), people: people)
    }

    package func rules(_ wishes: NewsletterWishes = NewsletterWishes()) -> NewsletterRules {
        NewsletterRules(evidence(), wishes)
    }

    package func issue(_ wishes: NewsletterWishes = NewsletterWishes()) -> IssueFacts {
        rules(wishes).issue(number: 1, madeAt: Self.moment(16, "08:00"))
    }

    package func personal(_ person: Int64, _ wishes: NewsletterWishes = NewsletterWishes()) -> PersonalFacts? {
        people.first { $0.id == person }.map { rules(wishes).personal($0, number: 1) }
    }
}
