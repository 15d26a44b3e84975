// From everybody's standing to what is to be done about it: the whole of a look's judgement, and nothing of its acts.

package import Domain
package import Runtime

package struct PrunePlan: Sendable {
    /// The least days left first.
    package var standings: [PruneStanding] = []
    package var blocks: [Int64: [PruneBlock]] = [:]
    package var looks: [(person: Int64, step: LookStep, stamp: Instant)] = []
    /// What was said in a lapse that is over.
    package var over: [(told: PruneTold, why: String)] = []
    package var telling: [(standing: PruneStanding, step: TellingStep)] = []
    package var withdrawals: [(removal: PruneCase, why: String, isGone: Bool)] = []
    /// Who may be removed now, were it not for caps and approvals; the longest idle first.
    package var due: [PruneStanding] = []
    /// So many at once that somebody must say so.
    package var breaker: Int?
    package var room = 0
    package var members = 0
}

package struct PlanRules: Sendable {
    package var wishes: PruneWishes
    package var state: PruneState
    package var now: Instant
    private let observed: ObservedTime

    package init(wishes: PruneWishes, state: PruneState, now: Instant) {
        self.wishes = wishes
        self.state = state
        self.now = now
        observed = state.observed
    }

    private var standingRules: StandingRules { StandingRules(wishes: wishes, observed: observed, now: now) }
    private var removalRules: RemovalRules { RemovalRules(wishes: wishes, observed: observed, now: now) }

    package func standing(of person: Person, roles: Reading<[UInt64]> = .known([])) -> PruneStanding {
        standingRules.standing(of: person, state.record(person.id), roles: roles)
    }

    /// Whose Discord roles matter: something could happen to them.
    package func areRolesAsked(of standing: PruneStanding) -> Bool {
        guard !wishes.vipRoles.isEmpty, standing.counts else { return false }
        return standing.idle >= min(wishes.warn, .days(Int64(wishes.reminderDays.min() ?? wishes.warnDays)))
    }

    package func blocks(of standing: PruneStanding) -> [PruneBlock] {
        guard let record = state.record(standing.person.id) else { return [.notInactive] }
        return removalRules.blocks(standing, record, state.told(standing.person.id))
    }

    /// `people`: of a list that is believed. `roles`: of those whom they were asked about.
    package func plan(for people: [Person], roles: [Int64: Reading<[UInt64]>] = [:]) -> PrunePlan {
        var plan = PrunePlan()
        plan.members = DoubtRules.members(of: people)
        let telling = TellingRules(wishes: wishes, now: now)
        for person in people where person.access != .former && person.access != .unknown {
            let standing = standing(of: person, roles: roles[person.id] ?? .known([]))
            plan.standings.append(standing)
            guard let record = state.record(person.id) else { continue }
            let told = state.told(person.id)
            let look = removalRules.look(standing, record)
            if look != .stays { plan.looks.append((person.id, look, standing.stamp)) }
            plan.over += over(told, standing)
            let step = telling.step(standing, told)
            if step != .nothing { plan.telling.append((standing, step)) }
            if case .immune = standing.verdict { continue }
            let blocks = removalRules.blocks(standing, record, told)
            plan.blocks[person.id] = blocks
            if blocks.isEmpty { plan.due.append(standing) }
        }
        plan.standings.sort {
            ($0.isImmune ? 1 : 0, $0.left, $0.person.id) < ($1.isImmune ? 1 : 0, $1.left, $1.person.id)
        }
        plan.due.sort { ($0.left, $0.person.id) < ($1.left, $1.person.id) }
        plan.withdrawals = withdrawals(plan.standings)
        let released = state.marks.number(.released)
        if removalRules.trips(due: plan.due.count, members: plan.members, released: released) {
            plan.breaker = plan.due.count
        }
        plan.room = removalRules.room(members: plan.members, removals: state.removals)
        return plan
    }

    package func room(members: Int) -> Int { removalRules.room(members: members, removals: state.removals) }

    private func over(_ told: [PruneTold], _ standing: PruneStanding) -> [(told: PruneTold, why: String)] {
        // While nobody knows whether they are safe, nothing is over.
        if case .unknown = standing.verdict { return [] }
        let concerns: Set<PruneNotice.Kind> = [.reminder, .warning]
        return told.filter { told in
            // Whoever is immune has nothing to expect; if they are not any more, they are told anew.
            concerns.contains(told.kind) && (told.stamp != standing.stamp || standing.isImmune)
                && told.state != .imported && told.state != .sending
        }
        .map { ($0, Self.why(standing)) }
    }

    private static func why(_ standing: PruneStanding) -> String {
        switch standing.verdict {
        case .immune(let immunity): immunity.words
        case .held: "held"
        case .paused: "paused"
        default:
            switch standing.baseline.why {
            case .sighting(let sighting): "seen since: \(sighting.source.rawValue)"
            case .hold: "was held"
            case .joined, .firstSeen: "their date has moved"
            }
        }
    }

    private func withdrawals(
        _ standings: [PruneStanding]
    ) -> [(removal: PruneCase, why: String, isGone: Bool)] {
        let byPerson = Dictionary(standings.map { ($0.person.id, $0) }) { first, _ in first }
        return state.cases.compactMap { removal in
            guard removal.state.isOpen, removal.state != .removing else { return nil }
            guard let standing = byPerson[removal.person], standing.person.shareID == removal.shareID else {
                return (removal, "they have this share no longer", true)
            }
            if case .unknown = standing.verdict { return nil }
            if standing.verdict != .inactive { return (removal, Self.why(standing), false) }
            return standing.stamp == removal.stamp ? nil : (removal, "it was about an earlier absence", false)
        }
    }
}
