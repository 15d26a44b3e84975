// One person's period: the days as small columns with the period before behind them, and a dot for each day in a row.

package import Canvas

package struct WeekPicture: Hashable, Sendable {
    package struct Day: Hashable, Sendable {
        package var label: String
        /// Nil where it is still to come.
        package var value: Double?
        package var before: Double?

        package init(_ label: String, _ value: Double?, before: Double? = nil) {
            self.label = label
            self.value = value
            self.before = before
        }
    }

    package struct Streak: Hashable, Sendable {
        /// "9 days in a row"
        package var sentence: String
        /// The last days, the latest at the end; true where something was played.
        package var days: [Bool]

        package init(_ sentence: String, days: [Bool]) {
            self.sentence = sentence
            self.days = days
        }
    }

    package var title: String
    package var subtitle: String?
    package var days: [Day]
    package var measure: Measure
    package var streak: Streak?
    package var emptySentence = "Nothing was played in this time."

    package init(
        title: String, subtitle: String? = nil, days: [Day], measure: Measure = .seconds, streak: Streak? = nil
    ) {
        self.title = title
        self.subtitle = subtitle
        self.days = days
        self.measure = measure
        self.streak = streak
    }

    package func picture(named name: String = "week.png") throws(CanvasError) -> Picture {
        try Sheet(title: title, subtitle: subtitle).empty(named: name, emptySentence)
    }
}
