// Who is told what, whether it still holds, and who is due.

import Domain
import Prune
import Runtime
import Testing

private let noon = Stage.start
private func day(_ days: Double) -> Instant { noon + .milliseconds(Int64(days * 86_400_000)) }

private func standing(idle: Double, at now: Double, verdict: PruneVerdict? = nil, stamp: Double? = nil) -> PruneStanding
{
    let since = day(now - idle)
    let sighting = Sighting(.tautulli, at: since, title: "x")
    return PruneStanding(
        person: Stage.member(1), verdict: verdict ?? (idle >= 30 ? .inactive : .active),
        baseline: Baseline(at: since, why: .sighting(sighting)), stamp: stamp.map { day($0) } ?? since,
        lastSighting: sighting, idle: day(idle) - day(0), left: day(30) - day(idle),
        due: max(day(now), day(now - idle + 30)), heresLeft: 2)
}

private func told(
    _ kind: PruneNotice.Kind = .warning, stamp: Double, at: Double, _ state: PruneTold.State = .sent,
    says: Double? = nil,
    number: Int = 1, day reminded: Int = 0, way: PruneWay = .mail, tries: Int = 1
) -> PruneTold {
    PruneTold(
        key: "k\(number)\(way)", person: 2, kind: kind, stamp: day(stamp), day: reminded, number: number, way: way,
        state: state, removalAt: says.map { day($0) }, tries: tries, at: day(at))
}

@Suite struct `What somebody is told` {
    private func step(
        idle: Double, at now: Double = 100, _ told: [PruneTold] = [], verdict: PruneVerdict? = nil,
        reminders: [Int] = []
    ) -> TellingStep {
        let wishes = PruneWishes(mode: .on, reminderDays: reminders)
        return TellingRules(wishes: wishes, now: day(now)).step(standing(idle: idle, at: now, verdict: verdict), told)
    }

    @Test func `is a warning from the first moment of the 27th day, with the date they have or three days more`() {
        #expect(step(idle: 26.999) == .nothing)
        #expect(step(idle: 27) == .warn(number: 1, removalAt: day(103)))
        #expect(step(idle: 28.5) == .warn(number: 1, removalAt: day(103)))
        #expect(step(idle: 90) == .warn(number: 1, removalAt: day(103)))
    }

    @Test(arguments: [
        PruneVerdict.immune(.owner), .new(until: day(200)), .held(until: day(200)), .paused(until: day(200)),
        .unknown("x"),
    ]) func `is nothing while they do not count`(_ verdict: PruneVerdict) {
        #expect(step(idle: 29, verdict: verdict, reminders: [10]) == .nothing)
    }

    @Test func `is said once, and again after they came back`() {
        #expect(step(idle: 28, [told(stamp: 72, at: 99, says: 102)]) == .nothing)
        #expect(step(idle: 28, [told(stamp: 50, at: 78, says: 81)]) == .warn(number: 1, removalAt: day(103)))
    }

    @Test func `is tried again a day after it failed, and under a new key where it may have arrived`() {
        #expect(step(idle: 28, [told(stamp: 72, at: 99.1, .failed)]) == .nothing)
        #expect(step(idle: 28, [told(stamp: 72, at: 99, .failed)]) == .warn(number: 1, removalAt: day(103)))
        #expect(step(idle: 28, [told(stamp: 72, at: 99.1, .unclear)]) == .nothing)
        #expect(step(idle: 28, [told(stamp: 72, at: 99, .unclear)]) == .warn(number: 2, removalAt: day(103)))
        #expect(step(idle: 28, [told(stamp: 72, at: 50, .sending)]) == .nothing)
        // A clock that went back makes nothing old.
        #expect(step(idle: 28, [told(stamp: 72, at: 130, .unclear)]) == .nothing)
        // One way is enough.
        let both = [told(stamp: 72, at: 99.9, .failed), told(stamp: 72, at: 99.9, says: 102, way: .discord(1))]
        #expect(step(idle: 28, both) == .nothing)
        #expect(step(idle: 35, [told(stamp: 65, at: 98, .failed, tries: 7)]) == .unreachable)
    }

    @Test func `is said anew where time that was not observed has moved the date`() {
        // Warned for day 83, then down: still three days left on day 100.
        #expect(step(idle: 27, [told(stamp: 73, at: 80, says: 83)]) == .warn(number: 2, removalAt: day(103)))
        #expect(step(idle: 29, [told(stamp: 71, at: 96, says: 98.5)]) == .nothing)
    }

    @Test func `waits where the daemon before has warned them, until it counts`() {
        let before = told(stamp: 80, at: 80, .imported)
        #expect(step(idle: 28, [before]) == .nothing)
        #expect(step(idle: 30, [before]) == .warn(number: 1, removalAt: day(103)))
        // They have been back since.
        #expect(step(idle: 28, [told(stamp: 60, at: 60, .imported)]) == .warn(number: 1, removalAt: day(103)))
    }

    @Test func `is a reminder on its day, the newest one only`() {
        #expect(step(idle: 9.9, reminders: [10, 20]) == .nothing)
        #expect(step(idle: 10, reminders: [10, 20]) == .remind(day: 10))
        #expect(step(idle: 22, reminders: [10, 20]) == .remind(day: 20))
        #expect(step(idle: 22, [told(.reminder, stamp: 78, at: 90, day: 10)], reminders: [10, 20]) == .remind(day: 20))
        #expect(step(idle: 22, [told(.reminder, stamp: 78, at: 90, day: 20)], reminders: [10, 20]) == .nothing)
        // A warning is more than a reminder; one after it is still said.
        #expect(step(idle: 28, reminders: [20]) == .warn(number: 1, removalAt: day(103)))
        let warned = told(stamp: 71, at: 98, says: 101)
        #expect(step(idle: 29, [warned], reminders: [20]) == .nothing)
        #expect(step(idle: 29, [warned], reminders: [20, 29]) == .remind(day: 29))
    }
}

@Suite struct `A removal` {
    private func blocks(
        idle: Double = 35, at now: Double = 100, told: [PruneTold], lookedAt: Double? = 95, stamp: Double? = nil,
        observed: [(Double, Double)] = [(0, 100)], verdict: PruneVerdict? = nil
    ) -> [PruneBlock] {
        var record = PruneRecord(person: 2, knownAt: day(0))
        record.lookedAt = lookedAt.map { day($0) }
        record.lookStamp = day(stamp ?? now - idle)
        let rules = RemovalRules(
            wishes: PruneWishes(mode: .on), observed: ObservedTime(observed.map { Span(day($0.0), day($0.1)) }),
            now: day(now))
        return rules.blocks(standing(idle: idle, at: now, verdict: verdict), record, told)
    }

    private let warned = told(stamp: 65, at: 96, says: 99)

    @Test func `is due when warned, told the date, and two looks agree`() {
        #expect(blocks(told: [warned]) == [])
        #expect(blocks(idle: 29.99, told: [warned]) == [.notInactive])
        #expect(blocks(told: [warned], verdict: .unknown("x")) == [.notInactive])
        #expect(blocks(told: []) == [.notWarned])
        for state in [PruneTold.State.failed, .unclear, .sending, .imported] {
            #expect(blocks(told: [told(stamp: 65, at: 96, state, says: 99)]) == [.notWarned])
        }
        // Long past, and nothing came of it: they are told once more.
        #expect(blocks(told: [told(stamp: 65, at: 80, says: 86)]) == [])
        #expect(blocks(told: [told(stamp: 65, at: 80, says: 85.9)]) == [.notWarned])
        // Of an earlier lapse.
        #expect(blocks(told: [told(stamp: 20, at: 50, says: 53)]) == [.notWarned])
    }

    @Test(
        arguments: [
            (97, 99, 100, true), (97.01, 99, 100.01, false), (96, 100, 100, true), (96, 100.5, 100.5, false),
            // It has not been yet, by a clock that went back.
            (120, 99, 103, false),
        ] as [(Double, Double, Double, Bool)])
    func `waits for three days after the warning and for the date it says`(
        _ at: Double, _ says: Double, _ until: Double, _ isDue: Bool
    ) {
        let blocks = blocks(told: [told(stamp: 65, at: at, says: says)])
        #expect(isDue ? blocks == [] : blocks == [.noticeRuns(until: day(until))])
    }

    @Test func `counts only days that were observed after the warning and between the looks`() {
        // Down since day 97; a look on day 95.
        #expect(blocks(told: [warned], lookedAt: 90, observed: [(0, 97)]) == [.noticeRuns(until: day(102))])
        #expect(blocks(told: [warned], lookedAt: 99.5, observed: [(0, 100)]) == [.oneLook(until: day(100.5))])
        #expect(
            blocks(told: [told(stamp: 65, at: 90, says: 93)], lookedAt: 96.5, observed: [(0, 97), (99.9, 100)]).count
                == 1)
    }

    @Test func `needs a second look of the same lapse`() {
        #expect(blocks(told: [warned], lookedAt: 99) == [])
        #expect(blocks(told: [warned], lookedAt: 99.1).count == 1)
        #expect(blocks(told: [warned], lookedAt: nil).count == 1)
        #expect(blocks(told: [warned], lookedAt: 90, stamp: 40).count == 1)
    }

    @Test(
        arguments: [
            (1, 10, 12, [], 1), (1, 10, 12, [99.5], 0), (1, 10, 12, [99], 1), (1, 10, 12, [120], 0),
            (5, 10, 30, [], 3), (5, 10, 30, [99.5, 99.6], 1), (5, 10, 9, [], 1), (5, 100, 9, [], 5),
            // A clock put forward opens nothing: only an hour of that day was observed.
            (1, 10, 12, [96], 0),
        ] as [(Int, Int, Int, [Double], Int)])
    func `has room for one a day, and for a tenth of the members`(
        _ perDay: Int, _ percent: Int, _ members: Int, _ removals: [Double], _ room: Int
    ) {
        let observed =
            removals == [96] ? [Span(day(0), day(96)), Span(day(99.95), day(100))] : [Span(day(0), day(100))]
        let rules = RemovalRules(
            wishes: PruneWishes(mode: .on, perDay: perDay, percent: percent), observed: ObservedTime(observed),
            now: day(100))
        #expect(rules.room(members: members, removals: removals.map { day($0) }) == room)
    }

    @Test(
        arguments: [
            (1, 5, nil, false), (2, 5, nil, true), (2, 29, nil, false), (3, 29, nil, true), (3, 29, 3, false),
            (4, 29, 3, true), (0, 0, nil, false), (1, 0, nil, false),
        ] as [(Int, Int, Int?, Bool)])
    func `of more than a tenth at once waits for an admin`(_ due: Int, _ members: Int, _ released: Int?, _ trips: Bool)
    {
        let rules = RemovalRules(wishes: PruneWishes(mode: .on), observed: ObservedTime([]), now: noon)
        #expect(rules.trips(due: due, members: members, released: released) == trips)
    }
}
