// Who was ahead on which day: bars that grow and overtake each other, as an animated GIF. Some mail programs show only
// the first frame, so that is the final standing; then the race is run, and ends where it began.

package import Canvas

package struct BarRace: Hashable, Sendable {
    package struct Racer: Hashable, Sendable {
        package var name: String
        /// What each label added; the race sums up.
        package var values: [Double]

        package init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    package var title: String
    package var subtitle: String?
    /// The days.
    package var labels: [String]
    package var racers: [Racer]
    package var measure: Measure
    package var emptySentence = "Nothing was played in this time."

    package static let mostRacers = 8

    package init(
        title: String, subtitle: String? = nil, labels: [String], racers: [Racer], measure: Measure = .plays
    ) {
        self.title = title
        self.subtitle = subtitle
        self.labels = labels
        self.racers = racers
        self.measure = measure
    }

    /// A GIF; a PNG where there is nothing to race for.
    package func picture(named name: String = "race.gif") throws(CanvasError) -> Picture {
        try Sheet(title: title, subtitle: subtitle).empty(named: name, emptySentence)
    }
}
