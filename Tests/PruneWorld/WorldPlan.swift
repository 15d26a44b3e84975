// What kind of world a seed is: how many live there, what the owner set, and how bad it gets.

package import Prune
package import Runtime

package struct WorldPlan: Sendable {
    package var seed: UInt64
    package var wishes: PruneWishes
    package var people: Int
    package var days: Int
    /// Until the dry run ends; nil: it never was one.
    package var dryDays: Int?
    /// By PRUNE=dry instead of DRY_RUN.
    package var isDryByMode = false
    /// Two programs at work on one database.
    package var hasTwo: Bool
    /// Odds of a call to be answered badly, of an act to go wrong, of a program to die within a task, to be stopped in
    /// it, and of something else to happen while a call is under way.
    package var badAnswers: Double
    package var badActs: Double
    package var crashes: Double
    package var stops: Double
    package var meanwhile: Double
    package var spells: Int
    package var jumps: Int
    package var outages: Int
    /// A world that does not end in this many looks is stopped without a judgement of its end.
    package var isCalm: Bool

    /// `people`, `days`: fewer than the seed would have, to shrink a failure.
    package init(_ seed: UInt64, people: Int? = nil, days: Int? = nil) {
        var chance = Chance(seed, 1)
        self.seed = seed
        let isBig = seed % 1000 == 999
        let isLong = seed % 100 == 7
        // Drawn in any case: a seed with fewer people is otherwise the same one.
        let drawnPeople =
            isBig ? chance.number(100...300) : chance.happens(0.1) ? chance.number(15...40) : chance.number(2...9)
        self.people = people ?? drawnPeople
        let kick = isBig || isLong ? chance.pick([20, 30]) : chance.number(2...6)
        let warn = max(1, kick - chance.number(1...max(1, min(4, kick - 1))))
        // Long worlds look less often, or ten thousand of them would take all night.
        let look = isBig || isLong ? chance.span(.hours(8), .hours(12)) : chance.span(.hours(4), .hours(9))
        let drawnDays = isBig ? kick * 2 : chance.number(kick * 2...kick * 4 + 6)
        self.days = days ?? drawnDays
        isCalm = chance.happens(0.1)
        hasTwo = !isCalm && chance.happens(0.25)
        badAnswers = isCalm ? 0 : chance.pick([0, 0.01, 0.03, 0.1])
        badActs = isCalm ? 0 : chance.pick([0, 0.05, 0.2, 0.5])
        crashes = isCalm ? 0 : chance.pick([0, 0, 0.01, 0.04])
        stops = isCalm ? 0 : chance.pick([0, 0, 0.01])
        meanwhile = isCalm ? 0 : chance.pick([0, 0.01, 0.05])
        spells = isCalm ? 0 : chance.number(0...6)
        jumps = !isCalm && chance.happens(0.3) ? chance.number(1...4) : 0
        outages = isCalm ? 0 : chance.number(0...3)
        let dry = chance.number(1...drawnDays)
        dryDays = chance.happens(0.1) ? min(dry, self.days) : nil
        isDryByMode = chance.happens(0.5)
        wishes = PruneWishes(
            mode: .on, welcomes: chance.happens(0.7), wantsApproval: chance.happens(0.5), warnDays: warn,
            kickDays: kick,
            reminderDays: chance.happens(0.3) ? [chance.number(1...max(1, kick - 1))] : [], newEvery: look,
            lookEvery: look, grace: .hours(Int64(chance.pick([0, 6, 24, 48]))),
            notice: .hours(Int64(chance.pick([24, 48, 72]))),
            perDay: isBig ? chance.pick([3, 10]) : chance.pick([1, 1, 1, 2, 5]),
            percent: chance.pick([10, 10, 20, 34, 100]),
            hereDays: chance.number(1...max(1, kick - 1)), hereMost: chance.number(0...2),
            holdDays: chance.number(1...6), pauseDays: chance.number(2...8), ignoreDays: chance.number(1...7),
            adminEmail: "admin@example.org",
            // One name somebody has, one that only looks like one.
            vipNames: ["VIP One", "user3", "vip@example.org"], vipRoles: chance.happens(0.4) ? [900] : [])
    }
}

/// Something that stays wrong for a while.
package struct Spell: Sendable {
    package var source: Source
    package var fault: Fault
    package var from: Instant
    package var to: Instant
}

package enum Source: UInt64, Sendable, CaseIterable {
    case people = 1
    case history, plex, streams, server, share, roles, discord, mail, message, tell, remove, end, invite
    /// Those a look is made of.
    static let looks: [Source] = [.people, .history, .plex, .streams, .server]
}

package enum Fault: Sendable, Hashable {
    /// A timeout, 401, 429, 500: the client says that it does not know.
    case error
    case absent
    /// 200, and nothing in it.
    case empty
    /// So many of a hundred.
    case half(Int)
    /// As it was when the spell began.
    case stale
    case otherIDs
    case twins
    case future
    case wiped
    case otherServer
    case othersShare
    /// Time goes by; then the answer.
    case slow(Duration)

    /// Whether who believes it can be blamed.
    var isPlain: Bool {
        switch self {
        case .error, .absent, .twins: true
        default: false
        }
    }
}

extension WorldPlan {
    func spells(from start: Instant) -> [Spell] {
        var chance = Chance(seed, 2)
        return (0..<spells).map { _ in
            let source = chance.pick(Self.hexed)
            let from = start + chance.span(.zero, .days(Int64(days)))
            let length = chance.happens(0.3) ? chance.span(.days(2), .days(6)) : chance.span(.hours(1), .days(2))
            return Spell(source: source, fault: Self.fault(of: source, &chance), from: from, to: from + length)
        }
    }

    private static let hexed: [Source] = [
        .people, .people, .history, .history, .history, .plex, .streams, .server, .share, .roles, .mail, .message,
        .remove,
    ]

    static func fault(of source: Source, _ chance: inout Chance) -> Fault {
        switch source {
        case .people:
            chance.pick([
                .error, .empty, .absent, .half(chance.number(10...79)), .half(chance.number(80...99)), .stale,
                .otherIDs, .twins, .future,
            ])
        case .history:
            chance.pick([
                .error, .empty, .absent, .half(chance.number(10...99)), .stale, .stale, .otherIDs, .future, .wiped,
            ])
        case .plex: chance.pick([.error, .empty, .absent, .stale, .future])
        case .streams: chance.pick([.error, .empty, .absent])
        case .server: chance.pick([.error, .absent, .otherServer])
        case .share: chance.pick([.error, .othersShare])
        case .roles, .discord: chance.pick([.error, .absent])
        default: .error
        }
    }
}
