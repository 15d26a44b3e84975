// Only time that was observed counts against anybody.

import Prune
import Runtime
import Testing

private func at(_ hours: Int64) -> Instant { Instant(seconds: 1_767_268_800) + .hours(hours) }
private func span(_ from: Int64, _ to: Int64) -> Span { Span(at(from), at(to)) }

@Suite struct `Observed time` {
    @Test(
        arguments: [
            ([], 0, 100, 0),
            ([(0, 10)], 0, 10, 10), ([(0, 10)], 2, 5, 3), ([(0, 10)], -5, 5, 5), ([(0, 10)], 5, 50, 5),
            ([(0, 10)], 10, 20, 0), ([(0, 10)], 7, 3, 0), ([(0, 10)], 4, 4, 0),
            // An outage between.
            ([(0, 10), (20, 30)], 5, 25, 10), ([(0, 10), (20, 30)], 12, 18, 0), ([(0, 10), (20, 30)], 10, 20, 0),
            // A clock that went back: what is seen twice counts once.
            ([(0, 10), (5, 12)], 0, 20, 12), ([(0, 10), (3, 6)], 0, 20, 10), ([(5, 12), (0, 10)], 0, 20, 12),
            // Spans of nothing, and the wrong way round.
            ([(3, 3), (9, 4)], 0, 20, 0),
        ] as [([(Int64, Int64)], Int64, Int64, Int64)])
    func `is what lies in a span`(_ spans: [(Int64, Int64)], _ from: Int64, _ to: Int64, _ hours: Int64) {
        let observed = ObservedTime(spans.map { span($0.0, $0.1) })
        #expect(observed.length(from: at(from), to: at(to)) == .hours(hours))
    }

    @Test(
        arguments: [
            ([], 30), ([(5, 8)], 27), ([(5, 8), (6, 9)], 26), ([(-9, 2)], 28), ([(28, 99)], 28), ([(-9, 99)], 0),
            // What was not observed is not taken off twice.
            ([(30, 40)], 30), ([(29, 45)], 29),
        ] as [([(Int64, Int64)], Int64)])
    func `leaves out pauses`(_ pauses: [(Int64, Int64)], _ hours: Int64) {
        let observed = ObservedTime([span(0, 30), span(40, 50)])
        let length = observed.length(
            from: at(0), to: at(35), without: ObservedTime(pauses.map { span($0.0, $0.1) }))
        #expect(length == .hours(hours))
    }

    @Test(
        arguments: [
            (nil, 0, false, Observation.Step.begins),
            ((0, 10), 11, false, .prolongs), ((0, 10), 12, false, .prolongs),
            // Longer than a look may take: nobody saw.
            ((0, 10), 13, false, .begins), ((0, 10), 500, false, .begins),
            // Seen already.
            ((0, 10), 10, false, .stays), ((0, 10), 4, false, .stays), ((0, 10), 0, false, .stays),
            ((0, 10), -1, false, .begins),
            ((0, 10), 11, true, .begins),
        ] as [((Int64, Int64)?, Int64, Bool, Observation.Step)])
    func `goes on only from one good look to the next`(
        _ newest: (Int64, Int64)?, _ now: Int64, _ jump: Bool, _ step: Observation.Step
    ) {
        let newest = newest.map { span($0.0, $0.1) }
        #expect(Observation.step(newest: newest, now: at(now), tolerance: .hours(2), jump: jump) == step)
    }
}
