// What would have happened in the past.

import Domain
import Prune
import Runtime
import Testing

private let last = Day(year: 2026, month: 6, day: 30)

@Suite struct `A simulation of the past` {
    private func outcome(
        _ days: [Int], joined: Int? = -900, immune: Bool = false, warn: Int = 20, kick: Int = 60, over: Int = 365
    ) -> PruneSimulation.Outcome {
        var plays = PlayDays()
        for day in days {
            plays.add(account: 7, day: (last + day).number)
            plays.add(account: 7, day: (last + day).number)
        }
        let member = PruneSimulation.Member(
            account: 7, name: "Ann", joined: joined.map { last + $0 }, isImmune: immune)
        let simulation = PruneSimulation(members: [member], plays: plays, last: last, days: over)
        return simulation.outcome(warnDays: warn, kickDays: kick)
    }

    @Test(
        arguments: [
            // Days they played, the days of warnings, of removal, of return.
            (Array(stride(from: -360, through: 0, by: 10)), [], nil, nil),
            (Array(stride(from: -360, through: 0, by: 19)), [], nil, nil),
            ([-360, -340] + Array(stride(from: -330, through: 0, by: 10)), [-340], nil, nil),
            (Array(stride(from: -360, through: -100, by: 10)), [-80], -40, nil),
            (Array(stride(from: -360, through: -200, by: 10)) + [-100, -90], [-180], -140, -100),
            // On the last day itself they are back in time.
            (Array(stride(from: -360, through: -60, by: 10)) + [0], [-40], nil, nil),
            // Older plays do not count, nor does time before the beginning.
            ([-900], [-345], -305, nil),
        ] as [([Int], [Int], Int?, Int?)])
    func `knows who would have been warned and removed, and who came back`(
        _ days: [Int], _ warned: [Int], _ removed: Int?, _ back: Int?
    ) {
        let fate = outcome(days).fates.first
        #expect(fate?.warned.map { $0 - last } ?? [] == warned)
        #expect(fate?.removed.map { $0 - last } == removed)
        #expect(fate?.cameBack.map { $0 - last } == back)
    }

    @Test func `leaves out the immune, and whoever has not been there`() {
        #expect(outcome([], immune: true).counted == 0)
        #expect(outcome([], joined: nil).fates == [])
        #expect(outcome([], joined: 5).fates == [])
        // Their days begin with the day after they came.
        #expect(outcome([], joined: -70).fates.first?.removed == last - 9)
    }

    @Test func `says it in words, and compares lengths`() {
        let wrong = outcome(Array(stride(from: -360, through: -200, by: 10)) + [-100, -90])
        #expect(wrong.report.plainText.contains("came back on"))
        #expect(wrong.report.tone == .warning)
        var plays = PlayDays()
        for day in stride(from: -360, through: 0, by: 50) { plays.add(account: 7, day: (last + day).number) }
        let simulation = PruneSimulation(
            members: [.init(account: 7, name: "Ann", joined: nil)], plays: plays, last: last, days: 365)
        let comparison = simulation.comparison(of: [30, 60])
        #expect(comparison.map(\.wrong) == [1, 0])
    }
}
