// What the engine says back: to a look, to an admin's word, to a member's.

package import Domain
package import Runtime

/// What came of something somebody asked for.
package struct PruneAnswer: Hashable, Sendable {
    package enum End: String, Hashable, Sendable {
        case done
        /// It is so already.
        case alreadySo
        /// Not now, or not so: the report says why.
        case refused
        /// Would have been done.
        case dryRun
        case failed
        /// Nobody knows yet whether it happened.
        case unclear
    }
    package var end: End
    package var report: Report

    package init(_ end: End, _ report: Report) {
        self.end = end
        self.report = report
    }
}

/// What came of "I'm still here".
package enum HereAnswer: Hashable, Sendable {
    /// The new last day; how often it may be said again.
    case moved(until: Instant, left: Int)
    /// They have as long or longer anyway.
    case notNeeded(until: Instant)
    case noMore(until: Instant)
    /// Nothing can happen to them.
    case safe(String)
    case unknown
}

/// What a look did, or left undone, to one person.
package struct PruneDeed: Hashable, Sendable {
    package enum What: Hashable, Sendable {
        case welcome, reminder(day: Int), warning(removalAt: Instant), ask, removal, unreachable
        /// A warning that no longer holds: they came back.
        case cleared
    }
    package enum End: Hashable, Sendable {
        case done, dryRun
        /// By a look that only looks.
        case would
        case not(String)
        case unclear(String)
    }
    package var person: Person
    package var what: What
    package var end: End

    package init(_ person: Person, _ what: What, _ end: End) {
        self.person = person
        self.what = what
        self.end = end
    }
}

/// A whole look.
package struct PruneScan: Hashable, Sendable {
    package enum End: Hashable, Sendable {
        case whole
        /// PRUNE=off, a stop, or wishes that cannot be meant.
        case idle(String)
        /// Somebody else is at it.
        case busy
        /// Not believed: nothing was done.
        case doubted
    }
    package var end: End
    package var at: Instant
    package var isLook: Bool
    package var isDryRun: Bool
    package var doubts: [PruneDoubt] = []
    /// Everybody, the least days left first.
    package var standings: [PruneStanding] = []
    package var blocks: [Int64: [PruneBlock]] = [:]
    package var deeds: [PruneDeed] = []
    /// How many are due at once, where that stops everything until an admin says so.
    package var breaker: Int?
    /// More are due than may be removed today.
    package var waiting = 0
    /// Outcomes nobody knows, and what went wrong besides.
    package var troubles: [Prose] = []

    package init(_ end: End, at: Instant, isLook: Bool = false, isDryRun: Bool = false) {
        self.end = end
        self.at = at
        self.isLook = isLook
        self.isDryRun = isDryRun
    }
}

/// What a look for new people did.
package struct PruneArrivals: Hashable, Sendable {
    package var isBelieved: Bool
    package var doubts: [PruneDoubt]
    package var isFirst: Bool
    package var came: [Person]
    package var left: Int
    package var welcomed: [PruneDeed]

    package init(
        isBelieved: Bool, doubts: [PruneDoubt] = [], isFirst: Bool = false, came: [Person] = [], left: Int = 0,
        welcomed: [PruneDeed] = []
    ) {
        self.isBelieved = isBelieved
        self.doubts = doubts
        self.isFirst = isFirst
        self.came = came
        self.left = left
        self.welcomed = welcomed
    }
}

/// What prune knows without asking anybody.
package struct PruneStatus: Hashable, Sendable {
    package var mode: PruneWishes.Mode
    package var isDryRun: Bool
    package var stopped: String?
    package var faults: [String]
    /// Since when the doubt is there, and what it is.
    package var doubt: String?
    package var doubtSince: Instant?
    package var installedAt: Instant?
    package var lastGoodLook: Instant?
    package var standings: [PruneStanding]
    package var blocks: [Int64: [PruneBlock]]
    package var told: [Int64: [PruneTold]]
    package var cases: [PruneCase]
    package var breaker: Int?

    package init(
        mode: PruneWishes.Mode, isDryRun: Bool, stopped: String? = nil, faults: [String], doubt: String? = nil,
        doubtSince: Instant? = nil, installedAt: Instant? = nil, lastGoodLook: Instant? = nil,
        standings: [PruneStanding], blocks: [Int64: [PruneBlock]], told: [Int64: [PruneTold]], cases: [PruneCase],
        breaker: Int? = nil
    ) {
        self.mode = mode
        self.isDryRun = isDryRun
        self.stopped = stopped
        self.faults = faults
        self.doubt = doubt
        self.doubtSince = doubtSince
        self.installedAt = installedAt
        self.lastGoodLook = lastGoodLook
        self.standings = standings
        self.blocks = blocks
        self.told = told
        self.cases = cases
        self.breaker = breaker
    }
}
