// Where somebody stands: pure rules, every boundary.

import Domain
import Prune
import Runtime
import Testing

private let noon = Stage.start
private func day(_ days: Double) -> Instant { noon + .milliseconds(Int64(days * 86_400_000)) }

@Suite struct `Somebody's standing` {
    private func standing(
        at now: Double, _ change: (inout PruneRecord) -> Void = { _ in }, person: Person = Stage.member(1),
        wishes: PruneWishes = PruneWishes(mode: .on), observed: [(Double, Double)]? = nil,
        roles: Reading<[UInt64]> = .known([])
    ) -> PruneStanding {
        var record = PruneRecord(person: person.id, plexID: person.plexID, knownAt: day(0), joinedAt: person.joinedAt)
        change(&record)
        let spans = (observed ?? [(0, now)]).map { Span(day($0.0), day($0.1)) }
        let rules = StandingRules(wishes: wishes, observed: ObservedTime(spans), now: day(now))
        return rules.standing(of: person, record, roles: roles)
    }

    @Test(
        arguments: [
            (0, .active, 0), (26.99, .active, 26), (27, .active, 27), (29.999, .active, 29), (30, .inactive, 30),
            (400, .inactive, 400),
        ] as [(Double, PruneVerdict, Int)])
    func `is active until the very end of the last day`(_ now: Double, _ verdict: PruneVerdict, _ idle: Int) {
        let standing = standing(at: now)
        #expect(standing.verdict == verdict && standing.idleDays == idle)
        #expect(standing.due == day(max(30, now)))
    }

    @Test func `counts from the newest sign of life of any kind`() {
        for source in Sighting.Source.allCases {
            let standing = standing(at: 40) { record in
                for other in Sighting.Source.allCases {
                    record.sightings[other] = Sighting(other, at: day(other == source ? 35 : 3), title: "x")
                }
            }
            #expect(standing.idle == .days(5) && standing.lastSighting?.source == source)
            #expect(standing.stamp == day(35))
        }
    }

    @Test func `does not count time nobody observed`() {
        // Installed on day 50; down from 60 to 90.
        let standing = standing(at: 100, observed: [(50, 60), (90, 100)])
        #expect(standing.idle == .days(20) && standing.verdict == .active)
        #expect(standing.due == day(110))
    }

    @Test(
        arguments: [
            // Joined, known since, now, verdict: grace is a day after plex.tv's date, else after the day first seen.
            (9.5, 10, 10.4, true), (9.5, 10, 10.5, false), (nil, 10, 10.9, true), (nil, 10, 11, false),
            (-400, 10, 10, false),
            // A date that cannot be one is a missing one: the year −9999, and the far future.
            (-2_400_000, 10, 10.5, true), (-30_000, 10, 10.5, true), (4000, 10, 10.5, true), (4000, 10, 11.5, false),
        ] as [(Double?, Double, Double, Bool)])
    func `is new for a day after they came`(_ joined: Double?, _ known: Double, _ now: Double, _ isNew: Bool) {
        let person = Stage.member(1, joined: joined.map { day($0) })
        let standing = standing(at: now, { $0.knownAt = day(known) }, person: person)
        if case .new = standing.verdict { #expect(isNew) } else { #expect(!isNew) }
    }

    @Test func `never counts time before they were first seen`() {
        // Accepted long ago, seen here first on day 50.
        let standing = standing(at: 60, { $0.knownAt = day(50) })
        #expect(standing.idle == .days(10))
    }

    @Test func `stands still on a break, and begins anew after a hold`() {
        let paused = standing(at: 40) { $0.pauses = [.init(Span(day(10), day(50)), by: "person:2")] }
        #expect(paused.verdict == .paused(until: day(50)) && paused.idle == .days(10))
        let after = standing(at: 60) { $0.pauses = [.init(Span(day(10), day(50)), by: "person:2")] }
        #expect(after.verdict == .active && after.idle == .days(20) && after.stamp == day(50))
        let held = standing(at: 40) { $0.holds = [.init(Span(day(10), day(50)), by: "discord:1")] }
        #expect(held.verdict == .held(until: day(50)))
        let since = standing(at: 60) { $0.holds = [.init(Span(day(10), day(50)), by: "discord:1")] }
        #expect(since.idle == .days(10) && since.baseline.why == .hold)
        // To the very moment.
        #expect(standing(at: 50) { $0.holds = [.init(Span(day(10), day(50)), by: "x")] }.verdict == .active)
    }

    @Test func `has fourteen days from "I'm still here", twice, until they are seen`() {
        let once = standing(at: 29) { $0.heres = [day(28)] }
        #expect(once.left == .days(13) && once.heresLeft == 1 && once.stamp == day(28))
        let twice = standing(at: 41) { $0.heres = [day(28), day(41)] }
        #expect(twice.left == .days(14) && twice.heresLeft == 0)
        #expect(standing(at: 56) { $0.heres = [day(28), day(41)] }.verdict == .inactive)
        // It never takes days away.
        #expect(standing(at: 5) { $0.heres = [day(4)] }.left == .days(25))
        // Down time does not count against what it gave either.
        #expect(standing(at: 60, { $0.heres = [day(28)] }, observed: [(0, 30), (59, 60)]).left == .days(11))
        let seen = standing(at: 42) { record in
            record.heres = [day(28), day(41)]
            record.sightings[.plex] = Sighting(.plex, at: day(41.5), title: "x")
        }
        #expect(seen.heresLeft == 2 && seen.left == .days(30) - .hours(12))
    }

    static let immune: [(Immunity, @Sendable (inout Person) -> Void, PruneWishes)] = [
        (.owner, { $0.isOwner = true }, PruneWishes()), (.home, { $0.isHome = true }, PruneWishes()),
        (.managed, { $0.isManaged = true }, PruneWishes()), (.invited, { $0.access = .invited }, PruneWishes()),
        (.noShare, { $0.shareID = nil }, PruneWishes()), (.noShare, { $0.plexID = nil }, PruneWishes()),
        (.noShare, { $0.access = .former }, PruneWishes()),
        (.admin, { _ in }, PruneWishes(adminEmail: "USER1@home.example")),
        (.named("User1"), { _ in }, PruneWishes(vipNames: ["x", "User1"])),
        (.named(" user1@HOME.example "), { _ in }, PruneWishes(vipNames: [" user1@HOME.example "])),
        (.named("1001"), { _ in }, PruneWishes(vipNames: ["1001"])),
    ]

    @Test(arguments: 0..<11) func `is immune by what they are or are called`(_ index: Int) {
        let (immunity, change, wishes) = Self.immune[index]
        var person = Stage.member(1)
        change(&person)
        #expect(standing(at: 400, person: person, wishes: wishes).verdict == .immune(immunity))
    }

    @Test(arguments: ["user", "user11", "ser1", "100", "", "  "])
    func `is not immune by half a name`(_ name: String) {
        #expect(standing(at: 400, wishes: PruneWishes(vipNames: [name])).verdict == .inactive)
    }

    @Test func `is immune by a role, and safe while nobody knows which they have`() {
        let wishes = PruneWishes(vipRoles: [5])
        #expect(standing(at: 400, wishes: wishes, roles: .known([4, 5])).verdict == .immune(.role(5)))
        #expect(standing(at: 400, wishes: wishes, roles: .known([4])).verdict == .inactive)
        guard case .unknown = standing(at: 400, wishes: wishes, roles: .unknown(why: "Discord is down")).verdict else {
            Issue.record("unknown keeps")
            return
        }
        #expect(standing(at: 400, { $0.isVIP = true }, roles: .unknown(why: "x")).isImmune)
    }
}
