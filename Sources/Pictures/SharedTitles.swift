// Which people and titles of many a net shows: the titles most people share, and the people who share most.

struct SharedTitles: Hashable {
    struct Title: Hashable {
        var name: String
        /// Places in `people`.
        var people: [Int]
    }

    private(set) var people: [String] = []
    private(set) var titles: [Title] = []
    /// How many are not shown.
    private(set) var otherPeople = 0
    private(set) var otherTitles = 0

    init(people: [String], titles: [NetworkGraph.Title], mostPeople: Int, mostTitles: Int, mostLinks: Int) {
        let shared = titles.map { title in
            (name: title.name, people: Set(title.people.filter(people.indices.contains)))
        }.filter { $0.people.count > 1 }
        var counts = [Int](repeating: 0, count: people.count)
        for title in shared { for person in title.people { counts[person] += 1 } }
        // Ties go to who comes first in the list: the caller's order has a meaning.
        let ranked = people.indices.filter { counts[$0] > 0 }.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
        let chosen = Set(ranked.prefix(mostPeople))
        let candidates = shared.enumerated().map { place, title in
            (place: place, all: title.people.count, name: title.name, people: title.people.intersection(chosen))
        }.filter { $0.people.count > 1 }
        let sorted = candidates.sorted {
            (-$0.people.count, -$0.all, $0.place) < (-$1.people.count, -$1.all, $1.place)
        }
        var links = 0
        // More links are a thicket in which nobody finds anything; a few titles are shown in any case.
        let kept = sorted.prefix(mostTitles).enumerated().prefix { index, title in
            links += title.people.count
            return index < 3 || links <= mostLinks
        }.map(\.element)
        // Who shares none of the kept titles would stand alone.
        let linked = ranked.prefix(mostPeople).filter { person in kept.contains { $0.people.contains(person) } }
        var places: [Int: Int] = [:]
        for (place, person) in linked.enumerated() { places[person] = place }
        self.people = linked.map { people[$0] }
        self.titles = kept.map { Title(name: $0.name, people: $0.people.compactMap { places[$0] }.sorted()) }
        otherPeople = ranked.count - linked.count
        otherTitles = shared.count - kept.count
    }

    /// "and 3 more people, 1 more title"
    var rest: String? {
        var parts: [String] = []
        if otherPeople > 0 { parts.append("\(otherPeople) more \(otherPeople == 1 ? "person" : "people")") }
        if otherTitles > 0 { parts.append("\(otherTitles) more shared \(otherTitles == 1 ? "title" : "titles")") }
        return parts.isEmpty ? nil : "and " + parts.joined(separator: ", ")
    }
}
