// How the libraries grew. A small field for each, as a library of films beside one of two hundred thousand tracks would
// be a line on the floor of a common scale.

package import Canvas

package struct GrowthChart: Hashable, Sendable {
    package struct Library: Hashable, Sendable {
        package var name: String
        /// How many there were, one for each of the chart's labels; nil where nobody counted.
        package var values: [Double?]
        package var measure: Measure

        package init(
            _ name: String, _ values: [Double?], measure: Measure = .count(one: "title", many: "titles")
        ) {
            self.name = name
            self.values = values
            self.measure = measure
        }
    }

    package var title: String
    package var subtitle: String?
    package var labels: [String]
    package var libraries: [Library]
    package var emptySentence = "Nobody has counted the libraries yet."

    package static let mostLibraries = 6

    package init(title: String, subtitle: String? = nil, labels: [String], libraries: [Library]) {
        self.title = title
        self.subtitle = subtitle
        self.labels = labels
        self.libraries = libraries
    }

    package func picture(named name: String = "growth.png") throws(CanvasError) -> Picture {
        try Sheet(title: title, subtitle: subtitle).empty(named: name, emptySentence)
    }
}
