// After a removal: end what still runs, tell the person and the admins. And after a crash: find out how it ended.

internal import Domain
internal import Runtime
internal import Storage
internal import Synchronization

extension Prune {
    /// So long what follows a removal is tried again.
    static let closingLasts = Duration.days(3)

    /// Before anything new: how what was on its way has ended.
    func settleLeftovers() async throws {
        try await settleLetters()
        for removal in try await book.openCases() where removal.state == .removing && isOurs(removal) {
            switch try await effects.outcome(of: removal.effectKey) {
            case .done, .alreadyDone: try await book.removed(removal.id)
            case .failed, .refused, .dryRun, nil: try await book.failed(removal.id, why: "it did not happen")
            case .interrupted:
                try await book.unclear(removal.id, why: "the list of shares could not say")
            }
        }
        for removal in try await book.unclosed() {
            guard let person = await person(removal) else { continue }
            try await close(removal.id, person)
        }
    }

    /// Nobody else can be at it: not this engine now, and no other since a while.
    private nonisolated func isOurs(_ removal: PruneCase) -> Bool {
        if underWay.withLock({ $0.contains(removal.id) }) { return false }
        return !isElsewhere(removal)
    }

    nonisolated func isElsewhere(_ removal: PruneCase) -> Bool {
        guard removal.claimedBy != name, let begun = removal.begunAt else { return false }
        let age = clock.now - begun
        return age > .minutes(-15) && age < .minutes(15)
    }

    /// As they were known; somebody without access is on no fresh list.
    nonisolated func person(_ removal: PruneCase) async -> Person? {
        await sources.known().known?.first { $0.id == removal.person && $0.plexID == removal.plexID }
    }

    func close(_ id: Int64, _ person: Person) async throws {
        guard let removal = try await book.removal(id), removal.state == .removed, !removal.isClosed else { return }
        var isOver = try await endStreams(removal, person)
        if wishes.deletesInTautulli { isOver = try await forget(removal, person) && isOver }
        isOver = try await sayGoodbye(removal, person) && isOver
        let word = PruneWord(.report(PruneWords.removed(removal, person)), about: "removal", person: person.id)
        isOver = Self.isFinal(try await tell(word, key: "removed:\(id)", about: person)) && isOver
        let age = clock.now - (removal.removedAt ?? clock.now)
        if isOver || age > Self.closingLasts { try await book.closed(id) }
    }

    static func isFinal(_ result: EffectResult) -> Bool {
        switch result {
        case .done, .alreadyDone, .interrupted: true
        case .dryRun, .refused, .failed: false
        }
    }

    /// The server learns of it later than we do: what runs goes on otherwise.
    private func endStreams(_ removal: PruneCase, _ person: Person) async throws -> Bool {
        // Whoever has a share again may watch; whether they have is asked, not remembered.
        switch await sources.share(person) {
        case .absent: break
        case .known: return true
        case .unknown: return false
        }
        guard let streams = try await running().known else { return false }
        var isOver = true
        let acts = acts
        for stream in streams where stream.account == removal.plexID {
            let effect = Effect(
                key: "\(PruneKind.end):\(removal.id):\(stream.session)", kind: PruneKind.end,
                summary: "Ends the stream of \(person.name)", actor: "prune", subject: person.subject,
                reason: "their share was removed")
            let result = try await perform(effect) { try await acts.endStream(stream, person) }
            isOver = Self.isFinal(result) && isOver
        }
        return isOver
    }

    private func forget(_ removal: PruneCase, _ person: Person) async throws -> Bool {
        guard let forget = acts.forgetInTautulli else { return true }
        let effect = Effect(
            key: "\(PruneKind.forget):\(removal.person):\(removal.shareID)", kind: PruneKind.forget,
            summary: "Deletes \(person.name) in Tautulli, with all they played", actor: removal.decidedBy,
            subject: person.subject, reason: "PRUNE_DELETE_TAUTULLI", isDestructive: true)
        return Self.isFinal(try await perform(effect) { try await forget(person) })
    }

    private func sayGoodbye(_ removal: PruneCase, _ person: Person) async throws -> Bool {
        guard let ways = await ways(to: person).known else { return false }
        let state = try await book.state(of: person.id)
        var isOver = true
        for way in ways {
            let key = Self.key(.removal, person.id, removal.stamp, removal.shareID, way)
            if state.told(person.id).contains(where: { $0.key == key && $0.state != .failed && $0.state != .sending }) {
                continue
            }
            let letter = PruneTold(
                key: key, person: person.id, kind: .removal, stamp: removal.stamp, way: way, state: .sending,
                removalAt: removal.removedAt, at: clock.now)
            let was = lastStanding(of: person, removal, state)
            let notice = PruneNotice(
                .removal, person: person.id, name: person.name, at: clock.now, removalAt: removal.removedAt,
                idleDays: was.idleDays, warnDays: wishes.warnDays, kickDays: wishes.kickDays,
                lastSeenAt: was.lastSighting?.at, lastTitle: was.lastSighting?.title ?? "", key: key)
            let end = try await send(notice, to: person, letter, reason: "their share was removed")
            if case .not = end { isOver = false }
            if end == .dryRun { isOver = false }
        }
        return isOver
    }

    /// Where they stood the moment it happened.
    private nonisolated func lastStanding(
        of person: Person, _ removal: PruneCase, _ state: PruneState
    ) -> PruneStanding {
        PlanRules(wishes: wishes, state: state, now: removal.removedAt ?? clock.now).standing(of: person)
    }
}
