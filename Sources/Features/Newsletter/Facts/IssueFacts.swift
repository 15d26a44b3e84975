// Everything an issue says to everybody, as values: letters, pages, pictures and Discord are made of it, and none of them
// counts anything itself. What each number means: docs/newsletter-numbers.md.

package import Domain
package import Runtime

package struct IssueFacts: Codable, Hashable, Sendable {
    /// Who played what together: people and titles are places in the two lists.
    package struct Network: Codable, Hashable, Sendable {
        package struct Link: Codable, Hashable, Sendable {
            package var person: Int
            package var title: Int
            package var seconds: Int

            package init(person: Int, title: Int, seconds: Int) {
                self.person = person
                self.title = title
                self.seconds = seconds
            }
        }
        package var people: [FactsPerson]
        package var titles: [FactsTitle]
        package var links: [Link]

        package init(people: [FactsPerson] = [], titles: [FactsTitle] = [], links: [Link] = []) {
            self.people = people
            self.titles = titles
            self.links = links
        }
    }

    /// Seconds played up to the end of each day, for those who are ever among the first.
    package struct Race: Codable, Hashable, Sendable {
        package struct Runner: Codable, Hashable, Sendable {
            package var person: FactsPerson
            package var seconds: [Int]

            package init(_ person: FactsPerson, seconds: [Int]) {
                self.person = person
                self.seconds = seconds
            }
        }
        package var days: [Day]
        package var runners: [Runner]

        package init(days: [Day] = [], runners: [Runner] = []) {
            self.days = days
            self.runners = runners
        }
    }

    package struct Totals: Codable, Hashable, Sendable {
        package var plays: Trend
        package var seconds: Trend
        /// Who played anything.
        package var people: Trend
        package var titles: Trend

        package init(plays: Trend, seconds: Trend, people: Trend, titles: Trend) {
            self.plays = plays
            self.seconds = seconds
            self.people = people
            self.titles = titles
        }
    }

    /// 1, 2, 3 …
    package var number: Int
    package var period: NewsletterPeriod
    package var madeAt: Instant
    package var serverName: String
    package var totals: Totals
    package var kinds: [KindCount]
    /// By library; `unknown` where even the libraries could not be listed.
    package var added: Reading<[LibraryAdditions]>
    /// By plays, as Tautulli's home page.
    package var topMovies: [TitleCount]
    package var topShows: [TitleCount]
    package var topArtists: [TitleCount]
    /// Movies, shows and artists together, by time.
    package var longest: [TitleCount]
    /// Played by two people or more, the most people first.
    package var shared: [SharedTitle]
    /// By time.
    package var people: [PersonCount]
    /// Members who played nothing; empty unless the owner wants them mentioned.
    package var quiet: [FactsPerson]
    package var byDay: [DayCount]
    /// Plays by weekday (Monday first) and hour: 7 × 24.
    package var hours: [[Int]]
    package var deliveries: DeliveryCount
    package var network: Network
    package var race: Race
    package var growth: [LibraryGrowth]
    /// Sentences on what could not be read or is not whole.
    package var doubts: [String]
    /// What not everybody is to be told; nil: nothing.
    package var withheld: Withheld?

    /// Nothing was played and nothing is known to be new.
    package var isQuiet: Bool {
        totals.plays.now == 0 && (added.known ?? []).allSatisfy { ($0.items.known ?? []).isEmpty }
    }

    package init(
        number: Int, period: NewsletterPeriod, madeAt: Instant, serverName: String, totals: Totals,
        kinds: [KindCount] = [], added: Reading<[LibraryAdditions]> = .known([]), topMovies: [TitleCount] = [],
        topShows: [TitleCount] = [], topArtists: [TitleCount] = [], longest: [TitleCount] = [],
        shared: [SharedTitle] = [], people: [PersonCount] = [], quiet: [FactsPerson] = [], byDay: [DayCount] = [],
        hours: [[Int]] = [],
        deliveries: DeliveryCount, network: Network = Network(), race: Race = Race(), growth: [LibraryGrowth] = [],
        doubts: [String] = [], withheld: Withheld? = nil
    ) {
        self.number = number
        self.period = period
        self.madeAt = madeAt
        self.serverName = serverName
        self.totals = totals
        self.kinds = kinds
        self.added = added
        self.topMovies = topMovies
        self.topShows = topShows
        self.topArtists = topArtists
        self.longest = longest
        self.shared = shared
        self.people = people
        self.quiet = quiet
        self.byDay = byDay
        self.hours = hours
        self.deliveries = deliveries
        self.network = network
        self.race = race
        self.growth = growth
        self.doubts = doubts
        self.withheld = withheld
    }
}
