// Welcomes, warns, removes: asks the sources, lets the rules judge, and sends what they decide through the one door.
// Everything it knows is in the tables, so that it goes on after a restart where it was, and a second one beside it sees
// what the first has done. After each await it looks again at what it knew.

internal import Domain
package import Runtime
package import Storage
internal import Synchronization

package actor Prune {
    package nonisolated let wishes: PruneWishes
    package nonisolated let book: PruneBook
    nonisolated let sources: PruneSources
    nonisolated let acts: PruneEffects
    nonisolated let effects: Effects
    nonisolated let database: Database
    nonisolated let clock: any Clock
    nonisolated let log: Log
    /// This engine among others on the same database.
    nonisolated let name: String
    /// Said before it is on the disk, and though it may never get there.
    nonisolated let saidStop = Mutex(false)
    /// Since the start, for the metrics.
    nonisolated let looks = Mutex<(good: Int, unknown: Int)>((0, 0))
    var isScanning = false
    var isLooking = false
    /// Removals this engine is at.
    nonisolated let underWay = Mutex<Set<Int64>>([])
    private var lastLook: (at: Instant, uptime: Duration)?

    package init(
        _ database: Database, effects: Effects, wishes: PruneWishes, sources: PruneSources, acts: PruneEffects,
        log: Log = .silent
    ) {
        self.database = database
        self.effects = effects
        self.wishes = wishes
        self.sources = sources
        self.acts = acts
        self.log = log.labelled("prune")
        clock = database.clock
        book = PruneBook(database)
        name = "\(database.opening)-\(UInt32.random(in: .min ... .max))"
    }

    // MARK: The kill switch

    /// Nil: go on. Asked before every single effect, and once more inside it.
    nonisolated func stopped() async throws -> String? {
        if let file = sources.stopFile() { return file }
        if saidStop.withLock({ $0 }) {
            // Who it was may not be on the disk.
            return (try? await book.stoppedBy()).map(Self.wasStopped) ?? "prune was stopped"
        }
        return try await book.stoppedBy().map(Self.wasStopped)
    }

    private nonisolated static func wasStopped(by actor: String) -> String { "prune was stopped by \(actor)" }

    /// Every change of the world goes through here.
    nonisolated func perform(
        _ effect: Effect, _ act: @Sendable () async throws -> Void
    ) async throws -> EffectResult {
        if let why = try await stopped() { return .refused(why) }
        return try await effects.perform(effect) {
            if let why = try await stopped() { throw PruneRefusal(why) }
            try await act()
        }
    }

    // MARK: Looking

    /// In the order in which a play moves through them: one that ends meanwhile is in the streams or in what is read
    /// after them, so the streams come first and once more before anything happens.
    func gather(since: Instant?) async -> PruneEvidence {
        let at = clock.now
        let streams = await sources.streams()
        let server = await sources.server()
        let people = await sources.people()
        let plexHistory = await sources.plexHistory(since ?? at - wishes.kick - wishes.kick)
        let history = await sources.history()
        return PruneEvidence(
            at: at, until: clock.now, people: people, server: server, plexHistory: plexHistory, history: history,
            streams: streams)
    }

    /// What runs now. Whoever it is was seen, whatever it was asked for.
    nonisolated func running() async throws -> Reading<[PruneStream]> {
        let streams = await sources.streams()
        let at = clock.now
        guard streams.known?.isEmpty == false else { return streams }
        let evidence = PruneEvidence(
            at: at, people: .absent, server: .absent, plexHistory: .absent, history: .absent, streams: streams)
        var change = LookChange()
        change.sightings = try await book.state().news(in: evidence)
        if !change.sightings.isEmpty { _ = try await book.take(change, tolerance: wishes.tolerance) }
        return streams
    }

    /// From when on Plex's own history is read again.
    nonisolated func since(_ marks: PruneMarks) -> Instant? {
        marks.moment(.goodAt).map { min($0, clock.now) - .days(2) }
    }

    struct Digest: Sendable {
        var state: PruneState
        var doubts: [PruneDoubt]
        var people: [Person]
    }

    /// What a look brought, judged as a whole and written down. With `writes` off all of it stays in memory.
    func digest(_ evidence: PruneEvidence, writes: Bool) async throws -> Digest {
        var state = try await book.state()
        let doubts =
            DoubtRules.doubts(about: evidence, lastGood: state.marks.lastGood, stale: wishes.stale)
            + DoubtRules.doubts(aboutNumbersOf: evidence.people, known: state.records)
        let latest = evidence.at + wishes.stale + .days(1)
        if writes, doubts.isEmpty, state.isAhead(of: latest) {
            try await book.redate(after: latest)
            state = try await book.state()
        }
        let people = evidence.people.known ?? []
        var change = LookChange()
        if doubts.allSatisfy({ !$0.isAboutPeople }) {
            change.census = census(state).change(of: state.records, to: people)
            if state.marks.installedAt == nil {
                change.marks.append((.installedAt, "\(clock.now.milliseconds)"))
            }
        }
        state.apply(change.census, at: clock.now)
        change.sightings = state.news(in: evidence)
        state.apply(change.sightings)
        if doubts.isEmpty {
            change.observed = evidence.at
            change.jump = jumped(to: evidence.at)
            change.marks += goodMarks(evidence, state.marks.lastGood)
        } else {
            change.marks += doubtMarks(doubts, evidence)
            for case .stale(let newest) in doubts { change.notSince = newest }
        }
        if writes {
            (state.spans, state.marks) = try await book.take(change, tolerance: wishes.tolerance)
        } else {
            state.observe(change, tolerance: wishes.tolerance)
        }
        return Digest(state: state, doubts: doubts, people: people)
    }

    nonisolated func census(_ state: PruneState) -> CensusRules {
        CensusRules(
            wishes: wishes, installedAt: state.marks.installedAt, now: clock.now,
            observedTo: state.spans.map(\.to).max(), welcomed: state.welcomed)
    }

    private nonisolated func goodMarks(
        _ evidence: PruneEvidence, _ before: LastGood
    ) -> [(key: PruneMarks.Key, value: String?)] {
        let people = DoubtRules.members(of: evidence.people.known ?? [])
        let rows = evidence.history.known?.rows ?? 0
        return [
            (.goodPeople, "\(max(people, before.people ?? 0))"), (.goodRows, "\(max(rows, before.rows ?? 0))"),
            (.machine, evidence.server.known), (.goodAt, "\(evidence.at.milliseconds)"), (.doubt, nil),
            (.seenPeople, nil), (.seenRows, nil), (.seenMachine, nil),
        ]
    }

    nonisolated func doubtMarks(
        _ doubts: [PruneDoubt], _ evidence: PruneEvidence
    ) -> [(key: PruneMarks.Key, value: String?)] {
        [
            (.doubt, doubts.map(\.mark).joined(separator: ", ")),
            (.seenPeople, evidence.people.known.map { "\(DoubtRules.members(of: $0))" }),
            (.seenRows, evidence.history.known.map { "\($0.rows)" }), (.seenMachine, evidence.server.known),
        ]
    }

    /// The wall clock went another way than time did since the last look.
    private func jumped(to now: Instant) -> Bool {
        let uptime = clock.uptime
        defer { lastLook = (now, uptime) }
        guard let lastLook else { return false }
        let difference = (now - lastLook.at) - (uptime - lastLook.uptime)
        return difference > .minutes(2) || difference < .minutes(-2)
    }

    /// Of those something could happen to; nobody else's roles matter.
    func roles(_ people: [Person], _ state: PruneState) async -> [Int64: Reading<[UInt64]>] {
        if wishes.vipRoles.isEmpty { return [:] }
        let rules = PlanRules(wishes: wishes, state: state, now: clock.now)
        var roles: [Int64: Reading<[UInt64]>] = [:]
        for person in people where rules.areRolesAsked(of: rules.standing(of: person)) {
            roles[person.id] = await self.roles(of: person)
        }
        return roles
    }

    func roles(of person: Person) async -> Reading<[UInt64]> {
        if wishes.vipRoles.isEmpty { return .known([]) }
        switch await sources.discord(person) {
        case .unknown(let why): return .unknown(why: why)
        case .absent: return .known([])
        case .known(let users):
            var (all, doubt): ([UInt64], String?) = ([], nil)
            for user in users {
                switch await sources.roles(user) {
                case .known(let roles): all += roles
                case .absent: break
                case .unknown(let why): doubt = why
                }
            }
            // One that protects is enough; without it, all must have been read.
            if let doubt, ImmunityRules.immunity(ofRoles: all, wishes) == nil { return .unknown(why: doubt) }
            return .known(all)
        }
    }
}

/// Why something was not done: for people.
struct PruneRefusal: Error, CustomStringConvertible {
    let description: String
    init(_ why: String) { description = why }
}

extension PruneDoubt {
    /// Whether the list of people may be about somebody else, or of another time than the clock says.
    var isAboutPeople: Bool {
        switch self {
        case .people, .noPeople, .fewerPeople, .twins, .otherNumbers, .server, .otherServer, .future: true
        default: false
        }
    }
}
