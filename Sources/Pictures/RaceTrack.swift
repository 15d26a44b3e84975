// The race's picture: lanes with bars, and a line of time below them on which the day moves along.

internal import Canvas

struct RaceTrack {
    private let race: BarRace
    private let racers: [BarRace.Racer]
    private let course: RaceCourse
    private let lanes: Int
    private let most: Double
    private let sheet: Sheet

    private static let laneHeight = 32.0
    private static let timeHeight = 50.0

    init(_ race: BarRace, racers: [BarRace.Racer], course: RaceCourse, lanes: Int) {
        self.race = race
        self.racers = racers
        self.course = course
        self.lanes = lanes
        most = course.runners(at: 0).map(\.value).max() ?? 0
        sheet = Sheet(title: race.title, subtitle: race.subtitle, format: race.format)
    }

    func gif(scale: Double) throws(CanvasError) -> (bytes: [UInt8], width: Int, height: Int) {
        let height = sheet.top + Double(lanes) * Self.laneHeight + Self.timeHeight + sheet.format.margin
        // The final standing is read first; it stands again at the end.
        var delays = [Int](repeating: course.frames > 20 ? 18 : 24, count: course.frames)
        delays[0] = 320
        delays[course.frames - 1] = 250
        let animation = Animation(
            size: Size(sheet.width, height), scale: scale, background: Ink.card, delays: delays, runs: 3)
        let bytes = try animation.gif { (canvas, frame) throws(CanvasError) in
            draw(frame, on: canvas, in: sheet.drawHeading(on: canvas, height: height - sheet.top - sheet.format.margin))
        }
        return (bytes, Int((sheet.width * scale).rounded(.up)), Int((height * scale).rounded(.up)))
    }

    private func draw(_ frame: Int, on canvas: borrowing Canvas, in inner: Rect) {
        let runners = course.runners(at: frame)
        let columns = columns(on: canvas, in: inner)
        // Early on, the leader would be a dot if the scale were the end's.
        let top = max(runners.map(\.value).max() ?? 0, most * 0.45)
        let field = Rect(x: inner.x, y: inner.y, width: inner.width, height: Double(lanes) * Self.laneHeight)
        canvas.clipped(to: .rect(field)) {
            // Those behind first, so that who overtakes passes in front.
            for runner in runners.sorted(by: { $0.lane > $1.lane }) where runner.lane < Double(lanes) - 0.5 {
                let y = field.y + runner.lane * Self.laneHeight
                let lane = Rect(x: field.x, y: y, width: field.width, height: Self.laneHeight)
                // Its own ground, so that what it passes does not shine through its words.
                canvas.fill(Rect(x: lane.x, y: lane.midY - 10, width: lane.width, height: 20), Ink.card)
                let share = top > 0 ? runner.value / top : 0
                draw(runner, share: share, isStill: course.isStill(frame), columns, on: canvas, in: lane)
            }
        }
        let below = Rect(x: inner.x, y: field.maxY, width: inner.width, height: Self.timeHeight)
        drawTime(frame, on: canvas, in: below)
    }

    private struct Columns {
        var start: Double
        var longest: Double
        var values: Double
    }

    /// The same in all frames, or the bars would jump.
    private func columns(on canvas: borrowing Canvas, in inner: Rect) -> Columns {
        var (labels, values) = (60.0, canvas.measure(race.measure.text(most), Type.value).width)
        for runner in course.runners(at: 0) {
            let name = racers[runner.number].name
            labels = max(labels, canvas.measure(name, Type.label, maxWidth: inner.width * 0.34).width)
            values = max(values, canvas.measure(race.measure.text(runner.value), Type.value).width)
        }
        // Numbers between the labels may be written longer: "2 h 40 min" on the way to "3 h".
        values = max(values, canvas.measure(race.measure.text(most * 0.77), Type.value).width) + 8
        let start = inner.x + labels.rounded(.up) + 14
        return Columns(start: start, longest: max(40, inner.maxX - start - values - 8), values: values)
    }

    private func draw(
        _ runner: RaceCourse.Runner, share: Double, isStill: Bool, _ columns: Columns, on canvas: borrowing Canvas,
        in lane: Rect
    ) {
        let label = Rect(x: lane.x, y: lane.y, width: columns.start - 14 - lane.x, height: lane.height)
        canvas.draw(racers[runner.number].name, Type.label, in: label)
        let width = runner.value > 0 ? max(3, columns.longest * min(1, share)) : 0
        // Whole pixels: soft ends would cost bytes in every frame.
        let form = Rect(x: columns.start, y: lane.midY - 9, width: width.rounded(), height: 18)
        canvas.fill(.rect(form, topLeft: 2, topRight: 4, bottomRight: 4, bottomLeft: 2), Ink.racer(runner.number))
        // Halves of plays are an accident of the drawing.
        let value = race.measure.isWhole ? runner.value.rounded() : runner.value
        let place = Rect(x: form.maxX + 8, y: lane.y, width: columns.values, height: lane.height)
        // What runs is read in passing.
        let number = isStill ? race.measure.text(value) : race.measure.brief(value)
        canvas.draw(number, Type.value, in: place)
    }

    private func drawTime(_ frame: Int, on canvas: borrowing Canvas, in place: Rect) {
        let track = Rect(x: place.x, y: place.y + 16, width: place.width, height: 4)
        canvas.fill(track, radius: 2, Ink.hollow)
        var done = track
        done.width = max(4, (track.width * course.progress(at: frame)).rounded())
        canvas.fill(done, radius: 2, Ink.before)
        canvas.fill(.circle(center: Point(min(done.maxX, track.maxX - 5), track.midY), radius: 5), Ink.strong)
        let now = race.labels[min(race.labels.count - 1, course.label(at: frame))]
        let words = Rect(x: place.x, y: track.maxY + 9, width: place.width, height: 20)
        let style = TextStyle(14, .semibold, Ink.strong)
        let width = canvas.measure(now, style, maxWidth: place.width / 2).width
        // The day goes along under its dot.
        let x = min(max(done.maxX - width / 2, words.x), words.maxX - width)
        canvas.draw(now, style, in: Rect(x: x.rounded(), y: words.y, width: width + 1, height: words.height))
    }
}
