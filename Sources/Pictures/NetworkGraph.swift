// Who shares what: people, and the titles two or more of them watched, as a net. Those who share much stand together.

package import Canvas

package struct NetworkGraph: Hashable, Sendable {
    package struct Title: Hashable, Sendable {
        package var name: String
        /// Places in the graph's list of people.
        package var people: [Int]

        package init(_ name: String, people: [Int]) {
            self.name = name
            self.people = people
        }
    }

    package var title: String
    package var subtitle: String?
    package var people: [String]
    package var titles: [Title]
    package var emptySentence = "No title was watched by two people in this time."

    package static let mostPeople = 12
    package static let mostTitles = 20

    package init(title: String, subtitle: String? = nil, people: [String], titles: [Title]) {
        self.title = title
        self.subtitle = subtitle
        self.people = people
        self.titles = titles
    }

    package func picture(named name: String = "shared.png") throws(CanvasError) -> Picture {
        try Sheet(title: title, subtitle: subtitle).empty(named: name, emptySentence)
    }
}
