// One play told three times is one; two are two; and the order in which they are told does not matter.

import Runtime
import Testing
import Tracker

@Suite struct `The plays of an episode` {
    private func minutes(_ minutes: Int64) -> Instant { Instant(seconds: 1_700_000_000 + minutes * 60) }

    private func plays(_ tellings: [(Int64, Int?)], runtime: Int64? = 40) -> [Int64] {
        MarkRules.plays(
            tellings.map { Telling(at: minutes($0.0), viewCount: $0.1, runtime: runtime.map { .minutes($0) }) }
        ).map { ($0.seconds - 1_700_000_000) / 60 }
    }

    @Test func `told twice within minutes are one`() {
        #expect(plays([(0, nil), (1, nil), (4, nil)]) == [0])
        #expect(plays([(0, 1), (1, 2)]) == [0])
    }

    @Test func `told again within half of its length are one`() {
        #expect(plays([(0, nil), (19, nil)]) == [0])
        #expect(plays([(0, nil), (20, nil)]) == [0, 20])
        #expect(plays([(0, nil), (12, nil)], runtime: 22) == [0, 12])
        #expect(plays([(0, nil), (19, nil)], runtime: nil) == [0])
    }

    @Test func `are as many as Plex counts`() {
        #expect(plays([(0, 1), (10, 2)]) == [0, 10])
        #expect(plays([(0, 1), (90, 1)]) == [0])
        #expect(plays([(0, 1), (60 * 30, 1)]) == [0, 60 * 30])
        #expect(plays([(0, 2), (600, 1)]) == [0, 600])
    }

    @Test func `of a rewatch are two, and the first date stays the first`() {
        #expect(plays([(0, nil), (60 * 24 * 300, nil)]) == [0, 60 * 24 * 300])
        #expect(plays([(60 * 24 * 300, nil), (0, nil)]) == [0, 60 * 24 * 300])
    }

    @Test(arguments: 0..<40) func `are the same in whatever order they are told, and told twice`(_ seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func draw(_ most: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % most
        }
        let tellings = (0..<12).map { _ in
            Telling(
                at: minutes(Int64(draw(200))), viewCount: draw(2) == 0 ? nil : draw(4) + 1,
                runtime: draw(2) == 0 ? nil : .minutes(22))
        }
        var shuffled = tellings + tellings.prefix(5)
        for place in shuffled.indices.dropFirst() { shuffled.swapAt(place, draw(place + 1)) }
        #expect(MarkRules.plays(shuffled) == MarkRules.plays(tellings))
    }
}
