// Every CHECK_NEW_USERS_SECS: who came, who left, and what runs now. A stream seen here stays a sign of life, even if no
// history ever shows it.

internal import Domain
internal import Runtime
internal import Storage

extension Prune {
    package func lookForNew() async throws -> PruneArrivals {
        if wishes.mode == .off && !wishes.welcomes { return PruneArrivals(isBelieved: false) }
        guard !isLooking else { return PruneArrivals(isBelieved: false) }
        isLooking = true
        defer { isLooking = false }
        let at = clock.now
        let streams = await sources.streams()
        let server = await sources.server()
        let people = await sources.people()
        var state = try await book.state()
        let evidence = PruneEvidence(
            at: at, until: clock.now, people: people, server: server, plexHistory: .absent, history: .absent,
            streams: streams)
        let doubts =
            DoubtRules.doubts(about: evidence, lastGood: state.marks.lastGood, stale: wishes.stale)
            .filter(\.isAboutPeople)
            + DoubtRules.doubts(aboutNumbersOf: people, known: state.records)
        // Where the clock is far behind what was seen already, a whole look finds out which of the two is wrong.
        let isBelieved = doubts.isEmpty && !state.isAhead(of: at + wishes.stale + .days(1))
        var change = LookChange()
        let isFirst = state.marks.installedAt == nil
        if isBelieved {
            change.census = census(state).change(of: state.records, to: people.known ?? [])
            if isFirst { change.marks.append((.installedAt, "\(clock.now.milliseconds)")) }
            state.apply(change.census, at: clock.now)
        }
        change.sightings = state.news(in: evidence)
        if !change.census.isEmpty || !change.sightings.isEmpty || !change.marks.isEmpty {
            _ = try await book.take(change, tolerance: wishes.tolerance)
        }
        var arrivals = PruneArrivals(isBelieved: isBelieved, doubts: doubts, isFirst: isFirst && isBelieved)
        guard isBelieved, let people = people.known else { return arrivals }
        arrivals.left = change.census.gone.count
        let came = Set((change.census.came + change.census.back).map(\.person))
        arrivals.came = isFirst ? [] : people.filter { came.contains($0.id) }
        if wishes.faults.isEmpty { arrivals.welcomed = try await welcome(people) }
        return arrivals
    }

    /// Whoever is due, from this look or from one before that was cut off.
    private func welcome(_ people: [Person]) async throws -> [PruneDeed] {
        let state = try await book.state()
        let due = people.filter { state.record($0.id)?.welcome == .due }
        var deeds: [PruneDeed] = []
        for person in due.sorted(by: { $0.id < $1.id }) {
            guard let record = state.record(person.id) else { continue }
            if clock.now - (record.joinedAt ?? record.knownAt) >= CensusRules.welcomeLasts {
                try await book.welcomed(person.id, .none)
                continue
            }
            if Task.isCancelled { break }
            deeds.append(PruneDeed(person, .welcome, try await welcome(person, state.told(person.id))))
        }
        return deeds
    }

    private func welcome(_ person: Person, _ told: [PruneTold]) async throws -> PruneDeed.End {
        let word = PruneWord(.report(PruneWords.arrival(person, at: clock.now)), about: "arrival", person: person.id)
        let announced = try await tell(word, key: "arrival:\(person.id)", about: person, kind: PruneKind.arrival)
        if announced == .dryRun { return .dryRun }
        guard let ways = await ways(to: person).known else { return .not("whether they are on Discord is not known") }
        // Whoever heard nothing of it hears it another time.
        var isOver = Self.isFinal(announced)
        var end = PruneDeed.End.done
        for way in ways {
            let before = told.first { $0.kind == .welcome && $0.way == way }
            if let before, before.state == .sent || before.state == .unclear || before.tries >= 5 { continue }
            if let before, before.state == .failed, clock.now - before.at < .hours(1) {
                isOver = false
                continue
            }
            let letter = PruneTold(
                key: Self.key(.welcome, person.id, Instant(milliseconds: 0), 1, way), person: person.id, kind: .welcome,
                stamp: Instant(milliseconds: 0), way: way, state: .sending, at: clock.now)
            let notice = PruneNotice(
                .welcome, person: person.id, name: person.name, at: clock.now, warnDays: wishes.warnDays,
                kickDays: wishes.kickDays, graceHours: Int(wishes.grace.milliseconds / 3_600_000),
                hereLeft: wishes.hereMost, hereDays: wishes.hereDays, key: letter.key)
            switch try await send(notice, to: person, letter, reason: "came \(person.joinedAt?.seconds ?? 0)") {
            case .sent: break
            case .unclear(let why): end = .unclear(why)
            case .dryRun: return .dryRun
            case .not(let why):
                end = .not(why)
                isOver = false
            }
        }
        if isOver { try await book.welcomed(person.id, .done) }
        return end
    }
}
