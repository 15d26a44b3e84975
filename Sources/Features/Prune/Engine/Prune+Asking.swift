// What prune answers without asking anybody: from the tables and the people as they were last known.

package import Domain
internal import Runtime
internal import Storage

extension Prune {
    package func status() async throws -> PruneStatus {
        let state = try await book.state()
        let people: [Person] = (await sources.known().known ?? []).filter {
            $0.access == .member || $0.access == .invited
        }
        let plan = PlanRules(wishes: wishes, state: state, now: clock.now).plan(for: people)
        return PruneStatus(
            mode: wishes.mode, isDryRun: effects.isDry(PruneKind.remove), stopped: try await stopped(),
            faults: wishes.faults, doubt: state.marks.text(.doubt).map { PruneDoubt.words(ofMarks: $0) },
            doubtSince: state.marks.all[.doubt]?.at,
            installedAt: state.marks.installedAt, lastGoodLook: state.marks.moment(.goodAt),
            standings: plan.standings, blocks: plan.blocks, told: state.told, cases: state.cases,
            breaker: state.marks.number(.breaker))
    }

    /// Nil: nobody is known by that number.
    package func standing(of person: Int64) async throws -> PruneStanding? {
        guard let person = await known(person) else { return nil }
        return try await standing(of: person)
    }

    func standing(of person: Person) async throws -> PruneStanding {
        let state = try await book.state(of: person.id)
        return PlanRules(wishes: wishes, state: state, now: clock.now)
            .standing(of: person, roles: await roles(of: person))
    }

    /// A person's own.
    package func standingReport(of person: Int64) async throws -> Report {
        guard let standing = try await standing(of: person) else { return unknownPerson.report }
        let state = try await book.state(of: person)
        let warning = TellingRules(wishes: wishes, now: clock.now).standingWarning(standing, state.told(person))
        return PruneReports.own(standing, warning: warning, wishes)
    }

    package func why(_ person: Int64) async throws -> Report {
        let entries = try await Ledger(database).entries(matching: LedgerFilter(subject: "person:\(person)"), limit: 60)
        let ours = entries.filter { entry in PruneKind.actions.contains { entry.action.hasPrefix($0) } }
        guard let standing = try await standing(of: person) else {
            return ours.isEmpty ? unknownPerson.report : PruneReports.why(nil, [], [], [], ours)
        }
        let state = try await book.state(of: person)
        let blocks = PlanRules(wishes: wishes, state: state, now: clock.now).blocks(of: standing)
        return PruneReports.why(standing, blocks, state.told(person), try await book.cases(of: person), ours)
    }
}
