// A whole look: ask everything, believe it or not, judge everybody, and carry out what the rules decided.

internal import Domain
internal import Runtime
internal import Storage
internal import Synchronization

extension Prune {
    /// `isLook`: asks and judges, and writes and does nothing.
    package func scan(isLook: Bool = false) async throws -> PruneScan {
        let isDryRun = effects.isDry(PruneKind.remove)
        func ended(_ end: PruneScan.End) -> PruneScan {
            PruneScan(end, at: clock.now, isLook: isLook, isDryRun: isDryRun)
        }
        if let fault = wishes.faults.first { return ended(.idle(fault)) }
        if wishes.mode == .off && !isLook { return ended(.idle("PRUNE is off")) }
        if isScanning { return ended(.busy) }
        isScanning = true
        defer { isScanning = false }
        if !isLook { try await settleLeftovers() }
        let evidence = await gather(since: since(try await book.state(of: 0).marks))
        let digest = try await digest(evidence, writes: !isLook)
        looks.withLock { looks in
            if digest.doubts.isEmpty { looks.good += 1 } else { looks.unknown += 1 }
        }
        guard digest.doubts.isEmpty else {
            var scan = ended(.doubted)
            scan.doubts = digest.doubts
            if !isLook { scan.troubles += try await sayDoubts(digest) }
            return scan
        }
        var scan = ended(.whole)
        let plan = try await plan(digest)
        scan.standings = plan.standings
        scan.blocks = plan.blocks
        scan.breaker = plan.breaker
        scan.waiting = max(0, plan.due.count - plan.room)
        if isLook {
            scan.deeds = Self.wouldDo(plan)
            return scan
        }
        try await carryOut(plan, digest, into: &scan)
        return scan
    }

    func plan(_ digest: Digest) async throws -> PrunePlan {
        let roles = await roles(digest.people, digest.state)
        return PlanRules(wishes: wishes, state: digest.state, now: clock.now).plan(for: digest.people, roles: roles)
    }

    private func carryOut(_ plan: PrunePlan, _ digest: Digest, into scan: inout PruneScan) async throws {
        try await book.take(looks: plan.looks, over: plan.over, at: clock.now)
        for (told, _) in plan.over where told.kind == .warning && told.state == .sent {
            guard let person = digest.people.first(where: { $0.id == told.person }) else { continue }
            scan.deeds.append(PruneDeed(person, .cleared, .done))
        }
        for (removal, why, isGone) in plan.withdrawals {
            // One that was tried and said to have failed, and is gone now: it was ours.
            if isGone, removal.begunAt != nil {
                try await book.removed(removal.id)
            } else {
                try await book.withdraw(removal.id, isGone ? .gone : .withdrawn, why: why)
            }
        }
        if let why = try await stopped() {
            scan.end = .idle(why)
            return
        }
        scan.deeds += try await carryOut(plan.telling, digest.people)
        if let count = plan.breaker {
            scan.troubles += try await trip(count, plan)
        } else {
            let isUsual = plan.due.count <= wishes.share(of: plan.members)
            try await book.clearBreaker(digest.state.marks, released: isUsual)
            scan.deeds += try await remove(plan, digest)
        }
        scan.troubles += try await openEnds(digest.people)
    }

    // MARK: Due people

    /// So many cards at once; the rest waits for their answers.
    static let mostCards = 5

    private func remove(_ plan: PrunePlan, _ digest: Digest) async throws -> [PruneDeed] {
        var deeds: [PruneDeed] = []
        var room = plan.room
        for standing in plan.due {
            if Task.isCancelled { break }
            let person = standing.person
            if effects.isDry(PruneKind.remove) {
                deeds.append(PruneDeed(person, .removal, try await removeDry(standing)))
                continue
            }
            let open = try await book.openCases()
            if open.count(where: { $0.state == .asked }) < Self.mostCards || !wishes.wantsApproval {
                _ = try await book.ask(standing, evidence: evidence(standing, digest.state), wishes)
            }
            guard let removal = try await book.openCases().last(where: { $0.person == person.id }) else { continue }
            switch removal.state {
            case .asked: deeds += try await ask(removal, standing)
            case .approved, .failed:
                guard room > 0 else { continue }
                let end = try await remove(removal.id)
                if case .done = end { room -= 1 }
                if case .unclear = end { room -= 1 }
                deeds.append(PruneDeed(person, .removal, end))
            case .ignored, .removing, .removed, .withdrawn, .gone: continue
            }
        }
        return deeds
    }

    private func ask(_ removal: PruneCase, _ standing: PruneStanding) async throws -> [PruneDeed] {
        let state = try await book.state(of: removal.person)
        let warning = TellingRules(wishes: wishes, now: clock.now)
            .standingWarning(standing, state.told(removal.person))
        let card = PruneCards.approval(removal, standing, warning: warning, holdDays: wishes.holdDays)
        let word = PruneWord(.card(card), about: "approval", person: removal.person)
        switch try await tell(word, key: "ask:\(removal.id):\(removal.asked)", about: standing.person) {
        case .done: return [PruneDeed(standing.person, .ask, .done)]
        case .alreadyDone: return []
        case .dryRun: return [PruneDeed(standing.person, .ask, .dryRun)]
        case .refused(let why), .failed(let why): return [PruneDeed(standing.person, .ask, .not(why))]
        case .interrupted: return [PruneDeed(standing.person, .ask, .unclear("the card may have been shown"))]
        }
    }

    func evidence(_ standing: PruneStanding, _ state: PruneState) -> String {
        let person = standing.person.id
        let warning = TellingRules(wishes: wishes, now: clock.now).standingWarning(standing, state.told(person))
        return Self.evidence(standing, warning: warning, looks: state.record(person)?.lookedAt)
    }

    // MARK: Words to admins

    /// Once as long as the doubt is the same.
    private func sayDoubts(_ digest: Digest) async throws -> [Prose] {
        guard let mark = digest.state.marks.all[.doubt] else { return [] }
        let report = PruneWords.doubts(digest.doubts)
        let canBeAccepted = digest.doubts.contains(where: \.canBeAccepted)
        let body: PruneWord.Body =
            canBeAccepted ? .card(PruneCards.accept(report, digest.state.marks)) : .report(report)
        let result = try await tell(PruneWord(body, about: "doubt"), key: "doubt:\(mark.at.milliseconds)")
        if case .failed(let why) = result { return ["The admins could not be told: \(why)"] }
        return []
    }

    private func trip(_ count: Int, _ plan: PrunePlan) async throws -> [Prose] {
        let at = try await book.tripBreaker(count)
        let card = PruneCards.breaker(count, plan)
        let result = try await tell(PruneWord(.card(card), about: "breaker"), key: "breaker:\(at.milliseconds)")
        if case .failed(let why) = result { return ["The admins could not be told: \(why)"] }
        return []
    }

    /// What nobody knows the end of: said every time, so that it is not forgotten.
    private func openEnds(_ people: [Person]) async throws -> [Prose] {
        try await book.openCases().filter { $0.state == .removing }.map { removal in
            let name = people.first { $0.id == removal.person }?.name ?? "person \(removal.person)"
            return "Whether the share of \(strong: name) was removed is not known yet: \(removal.why)"
        }
    }

    // MARK: What a look that only looks says

    private static func wouldDo(_ plan: PrunePlan) -> [PruneDeed] {
        let telling = plan.telling.map { PruneDeed($0.standing.person, what($0.step), .would) }
        return telling + plan.due.map { PruneDeed($0.person, .removal, .would) }
    }
}
