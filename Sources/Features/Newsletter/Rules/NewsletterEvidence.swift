// What an issue is judged on: everything that was gathered, as values. What could not be read is unknown, never none.

package import Domain

/// What the owner wants told.
package struct NewsletterWishes: Sendable, Hashable {
    package var serverName: String
    /// Whether anybody is named to others at all.
    package var namesPeople: Bool
    /// Whether a suggestion says whose taste it comes from.
    package var namesLikeMinded: Bool
    /// Whether those who played nothing are mentioned.
    package var mentionsQuiet: Bool
    /// How long the lists are.
    package var mostTitles: Int
    package var mostPeople: Int
    /// How many different episodes or tracks make a follower.
    package var followedFrom: Int

    package init(
        serverName: String = "Plex", namesPeople: Bool = true, namesLikeMinded: Bool = false,
        mentionsQuiet: Bool = false, mostTitles: Int = 10, mostPeople: Int = 10, followedFrom: Int = 3
    ) {
        self.serverName = serverName
        self.namesPeople = namesPeople
        self.namesLikeMinded = namesLikeMinded
        self.mentionsQuiet = mentionsQuiet
        self.mostTitles = mostTitles
        self.mostPeople = mostPeople
        self.followedFrom = followedFrom
    }
}

package struct NewsletterEvidence: Sendable {
    package var plays: NewsletterFold
    package var people: [Person]
    /// Who does not want to be named to others.
    package var unnamed: Set<Int64>
    package var added: Reading<[LibraryAdditions]>
    package var growth: [LibraryGrowth]
    /// How many episodes or tracks there are of a show or an artist.
    package var parts: [FactsTitle: Reading<Int>]
    /// In which library titles are; one that is not among them was not found.
    package var sections: Reading<[FactsTitle: Int]>
    package var doubts: [String]

    package init(
        plays: NewsletterFold, people: [Person], unnamed: Set<Int64> = [],
        added: Reading<[LibraryAdditions]> = .known([]), growth: [LibraryGrowth] = [],
        parts: [FactsTitle: Reading<Int>] = [:],
        sections: Reading<[FactsTitle: Int]> = .absent, doubts: [String] = []
    ) {
        self.plays = plays
        self.people = people
        self.unnamed = unnamed
        self.added = added
        self.growth = growth
        self.parts = parts
        self.sections = sections
        self.doubts = doubts
    }
}
