// What a whole is made of: one bar parted by its shares, with each part's number, and below it the same along time.
// Direct play, direct stream and transcode; or one library beside the others.

package import Canvas

package struct SharesChart: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package var name: String
        package var value: Double
        /// In the period before.
        package var before: Double?
        /// One for each of the chart's labels.
        package var along: [Double]

        package init(_ name: String, _ value: Double, before: Double? = nil, along: [Double] = []) {
            self.name = name
            self.value = value
            self.before = before
            self.along = along
        }
    }

    package var title: String
    package var subtitle: String?
    /// In the order in which they are drawn, the best first.
    package var parts: [Part]
    /// The days, where the parts are known by day.
    package var labels: [String]
    package var measure: Measure
    package var emptySentence = "Nothing was played in this time."

    package static let mostParts = 4

    package init(
        title: String, subtitle: String? = nil, parts: [Part], labels: [String] = [], measure: Measure = .plays
    ) {
        self.title = title
        self.subtitle = subtitle
        self.parts = parts
        self.labels = labels
        self.measure = measure
    }

    package func picture(named name: String = "shares.png") throws(CanvasError) -> Picture {
        try Sheet(title: title, subtitle: subtitle).empty(named: name, emptySentence)
    }
}
