// What an issue says to one person about themselves. Nobody else sees it, and it tells them about others only in numbers,
// unless those may be named.

package import Domain

package struct PersonalFacts: Codable, Hashable, Sendable {
    /// By time, among those who played anything; who played as long shares the better place.
    package struct Rank: Codable, Hashable, Sendable {
        package var place: Int
        package var of: Int

        package init(_ place: Int, of: Int) {
            self.place = place
            self.of = of
        }
    }

    /// Days in a row with a play.
    package struct Streak: Codable, Hashable, Sendable {
        /// Within the period.
        package var longest: Int
        /// Up to the last day of the period, and from before it if it began before; 0 where that day had none.
        package var running: Int

        package init(longest: Int, running: Int) {
            self.longest = longest
            self.running = running
        }
    }

    /// The hour of the day most plays began in.
    package struct BusiestHour: Codable, Hashable, Sendable {
        package var hour: Int
        package var plays: Int

        package init(_ hour: Int, plays: Int) {
            self.hour = hour
            self.plays = plays
        }
    }

    /// How much of a show or an artist somebody has seen or heard, ever.
    package struct Progress: Codable, Hashable, Sendable {
        package var title: FactsTitle
        /// Different episodes or tracks; never more than there are.
        package var done: Int
        /// How many the library has.
        package var of: Reading<Int>

        package init(_ title: FactsTitle, done: Int, of: Reading<Int>) {
            self.title = title
            self.done = done
            self.of = of
        }
    }

    /// What people of like taste played and they never did.
    package struct Suggestion: Codable, Hashable, Sendable {
        package var title: FactsTitle
        /// How many of those nearest in taste played it.
        package var likeMinded: Int
        /// What they have in common, the weightiest first.
        package var because: [FactsTitle]
        /// Those of them who may be named.
        package var people: [FactsPerson]

        package init(_ title: FactsTitle, likeMinded: Int, because: [FactsTitle], people: [FactsPerson]) {
            self.title = title
            self.likeMinded = likeMinded
            self.because = because
            self.people = people
        }
    }

    package var person: FactsPerson
    /// Of the issue.
    package var number: Int
    package var plays: Trend
    package var seconds: Trend
    package var kinds: [KindCount]
    /// Nil: played nothing.
    package var rank: Rank?
    package var streak: Streak
    package var busiestHour: BusiestHour?
    package var top: [TitleCount]
    /// Played for the first time ever in this period, the most time first.
    package var favourites: [TitleCount]
    package var progress: [Progress]
    package var suggestions: [Suggestion]
    /// New in the shows and artists they follow.
    package var followed: Reading<[Addition]>
    package var byDay: [DayCount]
    /// What of the issue they are not to be told; nil: nothing.
    package var withheld: Withheld?

    /// They played nothing, and nothing came that would concern them.
    package var isQuiet: Bool { plays.now == 0 && (followed.known ?? []).isEmpty }

    package init(
        person: FactsPerson, number: Int, plays: Trend, seconds: Trend, kinds: [KindCount] = [], rank: Rank? = nil,
        streak: Streak = Streak(longest: 0, running: 0), busiestHour: BusiestHour? = nil, top: [TitleCount] = [],
        favourites: [TitleCount] = [], progress: [Progress] = [], suggestions: [Suggestion] = [],
        followed: Reading<[Addition]> = .known([]), byDay: [DayCount] = [], withheld: Withheld? = nil
    ) {
        self.person = person
        self.number = number
        self.plays = plays
        self.seconds = seconds
        self.kinds = kinds
        self.rank = rank
        self.streak = streak
        self.busiestHour = busiestHour
        self.top = top
        self.favourites = favourites
        self.progress = progress
        self.suggestions = suggestions
        self.followed = followed
        self.byDay = byDay
        self.withheld = withheld
    }
}
