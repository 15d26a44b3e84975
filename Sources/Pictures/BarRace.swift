// Who was ahead on which day: bars that grow and overtake each other, as an animated GIF. Some mail programs show only
// the first frame, so that is the final standing; then the race is run, and ends where it began.

package import Canvas

package struct BarRace: Formatted, Hashable, Sendable {
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
    package var format = Format.wide
    package var emptySentence = "Nothing was played in this time."

    /// Lanes. Whoever was ahead once runs along, seen while among them.
    package static let mostLanes = 8
    private static let mostRacers = 40

    package init(
        title: String, subtitle: String? = nil, labels: [String], racers: [Racer], measure: Measure = .plays
    ) {
        self.title = title
        self.subtitle = subtitle
        self.labels = labels
        self.racers = racers
        self.measure = measure
    }

    /// A GIF; a PNG where there is nothing to race for. `mostBytes`: the finer of two sizes that keeps within it.
    package func picture(
        named name: String = "race.gif", mostBytes: Int = 450_000
    ) throws(CanvasError) -> Picture {
        let shown = Array(leaders.prefix(Self.mostRacers))
        let course = RaceCourse(values: shown.map(\.values), labels: labels.count, lanes: Self.mostLanes)
        let final = course.runners(at: 0).filter { $0.value > 0 }.sorted { $0.lane < $1.lane }
        guard !final.isEmpty else {
            let plain = name.hasSuffix(".gif") ? String(name.dropLast(4)) + ".png" : name
            return try Sheet(title: title, subtitle: subtitle, format: format).empty(named: plain, emptySentence)
        }
        let words = final.map { "\(shown[$0.number].name) \(measure.words($0.value))" }
        let text = AlternativeText.write(title, subtitle, words)
        let track = RaceTrack(self, racers: shown, course: course, lanes: min(Self.mostLanes, final.count))
        let coarse = 600 / format.width
        for scale in [1.5 * coarse, coarse] {
            let gif = try track.gif(scale: scale)
            guard gif.bytes.count <= mostBytes || scale == coarse else { continue }
            return Picture(
                name: name, kind: .gif, bytes: gif.bytes, width: gif.width, height: gif.height,
                shownWidth: format.shownWidth(of: format.width), alternativeText: text)
        }
        throw .drawing("no frame was drawn")
    }

    /// The highest sums first; ties as the caller has them.
    private var leaders: [Racer] {
        let sums = racers.map { $0.values.prefix(labels.count).reduce(0) { $0 + ($1.isFinite ? max(0, $1) : 0) } }
        return racers.indices.sorted { (-sums[$0], $0) < (-sums[$1], $1) }.map { racers[$0] }
    }
}
