// A race as numbers: how far each one is at every frame, and in which lane. Pure, so that overtaking can be checked
// without a picture.

struct RaceCourse: Hashable {
    struct Runner: Hashable {
        var number: Int
        var value: Double
        /// 0 is the uppermost; between two lanes while overtaking.
        var lane: Double
    }

    /// Sums, by racer and label.
    private let sums: [[Double]]
    private let labels: Int
    /// By racer and frame.
    private let lanes: [[Double]]
    /// The still in front and at the end, and the race between them.
    let frames: Int

    static let mostFrames = 30

    init(values: [[Double]], labels: Int, lanes mostLanes: Int) {
        self.labels = max(1, labels)
        let count = self.labels
        let sums = values.map { values in
            var sum = 0.0
            return (0..<count).map { label in
                let value = label < values.count && values[label].isFinite ? max(0, values[label]) : 0
                sum = min(1e15, sum + value)
                return sum
            }
        }
        // A week has a few frames a day, a month about one.
        let perLabel = max(1, min(4, (Self.mostFrames - 2) / max(1, count)))
        let raceFrames = min(Self.mostFrames - 2, count * perLabel)
        frames = raceFrames + 2
        self.sums = sums
        let final = Self.ranks(sums.map { $0.last ?? 0 }, ties: Array(sums.indices))
        let ranks = (0..<raceFrames).map { frame in
            // All who are not seen wait just below: from there they come up.
            Self.ranks(sums.map { Self.value($0, at: Self.time(of: frame, raceFrames, count)) }, ties: final)
                .map { min($0, mostLanes) }
        }
        let smooth = (0..<raceFrames).map { frame in
            Self.passing(ranks[max(0, frame - 1)], ranks[frame], ranks[min(raceFrames - 1, frame + 1)])
        }
        lanes = sums.indices.map { racer in smooth.map { $0[racer] } }
        self.final = final
    }

    private let final: [Int]

    /// The frames' place along the labels: the end of the first to the end of the last.
    private static func time(of frame: Int, _ frames: Int, _ labels: Int) -> Double {
        Double(frame + 1) / Double(frames) * Double(labels) - 1
    }

    /// Between two labels on the straight line; before the first from zero.
    private static func value(_ sums: [Double], at time: Double) -> Double {
        let index = Int(time.rounded(.down))
        let before = index >= 0 ? sums[min(index, sums.count - 1)] : 0
        let after = sums[min(max(0, index + 1), sums.count - 1)]
        return before + (after - before) * (time - time.rounded(.down))
    }

    /// Each one's place; equal ones in the order of `ties`.
    private static func ranks(_ values: [Double], ties: [Int]) -> [Int] {
        let sorted = values.indices.sorted { (-values[$0], ties[$0]) < (-values[$1], ties[$1]) }
        var ranks = [Int](repeating: 0, count: values.count)
        for (rank, racer) in sorted.enumerated() { ranks[racer] = rank }
        return ranks
    }

    /// Mixed with the places of the frames beside it, so that who overtakes glides; but a quarter of a lane from its own
    /// at most, so that two who pass stay readable and no lane is empty when everybody moves.
    private static func passing(_ before: [Int], _ now: [Int], _ after: [Int]) -> [Double] {
        let mixed = now.indices.map { Double(before[$0] + 2 * now[$0] + after[$0]) / 4 }
        var lanes = mixed
        let sorted = now.indices.sorted { (mixed[$0], now[$0], $0) < (mixed[$1], now[$1], $1) }
        for (place, racer) in sorted.enumerated() {
            lanes[racer] = min(max(mixed[racer], Double(place) - 0.25), Double(place) + 0.25)
        }
        return lanes
    }

    func isStill(_ frame: Int) -> Bool { frame <= 0 || frame >= frames - 1 }

    /// Of every racer. The first and the last frame are the final standing.
    func runners(at frame: Int) -> [Runner] {
        sums.indices.map { racer in
            guard !isStill(frame) else {
                return Runner(number: racer, value: sums[racer].last ?? 0, lane: Double(final[racer]))
            }
            let time = Self.time(of: frame - 1, frames - 2, labels)
            return Runner(number: racer, value: Self.value(sums[racer], at: time), lane: lanes[racer][frame - 1])
        }
    }

    /// Which label it is.
    func label(at frame: Int) -> Int {
        guard !isStill(frame) else { return labels - 1 }
        let time = Self.time(of: frame - 1, frames - 2, labels)
        return min(labels - 1, max(0, Int((time - 1e-9).rounded(.up))))
    }

    /// How much of the race is over, 0…1.
    func progress(at frame: Int) -> Double {
        isStill(frame) ? 1 : Double(frame) / Double(frames - 2)
    }
}
