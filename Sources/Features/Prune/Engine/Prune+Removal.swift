// One removal. Everything about the one person is asked again, the share is written down, what the tables know is looked
// at once more in the step that claims it, and the last look at streams, words and the kill switch comes in the act
// itself. Only then goes the one call that takes this server's share away; the list says whether it did.

internal import Domain
internal import Runtime
internal import Storage
internal import Synchronization

extension Prune {
    /// What makes one removal of one person, all of it read a moment ago.
    private struct Ready: Sendable {
        var removal: PruneCase
        var person: Person
        var roles: Reading<[UInt64]>
        var snapshot: ShareSnapshot
        var standing: PruneStanding
        var state: PruneState
        var members: Int
        /// When the first of it was asked.
        var uptime: Duration
    }

    /// Older than this, what was read says nothing about now: a call may hang for an hour.
    private static let freshness = Duration.minutes(15)

    func remove(_ id: Int64) async throws -> PruneDeed.End {
        guard underWay.withLock({ $0.insert(id).inserted }) else { return .not("it is under way") }
        defer { underWay.withLock { _ = $0.remove(id) } }
        let ready: Ready
        switch try await prepare(id) {
        case .failure(let refusal): return .not(refusal.description)
        case .success(let it): ready = it
        }
        let (wishes, clock) = (wishes, clock)
        let claim = try await book.claim(ready.removal, wishes, snapshot: ready.snapshot, by: name) { state in
            let rules = PlanRules(wishes: wishes, state: state, now: clock.now)
            let standing = rules.standing(of: ready.person, roles: ready.roles)
            if standing.stamp != ready.removal.stamp { return "something has moved their date" }
            if let block = rules.blocks(of: standing).first { return block.words }
            if state.marks.text(.stoppedBy) != nil { return "prune was stopped" }
            return rules.room(members: ready.members) > 0 ? nil : "as many were removed today as may be"
        }
        if case .refused(let why) = claim { return .not(why) }
        return try await act(ready)
    }

    /// Nothing is written: the door is asked what it would do, and says so in the ledger.
    func removeDry(_ standing: PruneStanding) async throws -> PruneDeed.End {
        guard let share = standing.person.shareID else { return .not("they have no share") }
        let state = try await book.state(of: standing.person.id)
        let key = "\(PruneKind.remove):\(standing.person.id):\(share)"
        let effect = effect(key, standing.person, by: "prune", evidence(standing, state))
        let result = try await perform(effect) { throw PruneRefusal("a dry run does nothing") }
        switch result {
        case .dryRun: return .dryRun
        case .refused(let why), .failed(let why): return .not(why)
        case .done, .alreadyDone, .interrupted: return .not("it is done already")
        }
    }

    private nonisolated func effect(_ key: String, _ person: Person, by actor: String, _ evidence: String) -> Effect {
        Effect(
            key: key, kind: PruneKind.remove, summary: "Takes the share of this server from \(person.name)",
            actor: actor, subject: person.subject,
            reason: "idle for \(wishes.kickDays) days or more, warned, two looks agree", evidence: evidence,
            undo: "prune undo \(PruneWords.typed(person))", isDestructive: true)
    }

    // MARK: Before

    private func prepare(_ id: Int64) async throws -> Result<Ready, PruneRefusal> {
        func no(_ why: String) -> Result<Ready, PruneRefusal> { .failure(PruneRefusal(why)) }
        if let why = try await stopped() { return no(why) }
        if wishes.mode == .off { return no("PRUNE is off") }
        if let fault = wishes.faults.first { return no(fault) }
        guard let removal = try await book.removal(id), removal.isApproved(wishes, at: clock.now) else {
            return no("it is not approved")
        }
        // Plex's own history since before they were last seen: nothing that came late may be missed.
        let marks = try await book.state(of: removal.person).marks
        let uptime = clock.uptime
        let evidence = await gather(since: min(removal.stamp, since(marks) ?? removal.stamp) - .days(2))
        let digest = try await digest(evidence, writes: true)
        if let doubt = digest.doubts.first { return no(doubt.sentence.plainText) }
        let plan = try await plan(digest)
        if plan.breaker != nil { return no("too many are due at once: an admin must say that this is right") }
        guard let person = digest.people.first(where: { $0.id == removal.person }), person.access == .member,
            person.plexID == removal.plexID, person.shareID == removal.shareID
        else { return no("they do not have this share any more") }
        guard let standing = plan.standings.first(where: { $0.person.id == person.id }) else {
            return no("nothing is known of them")
        }
        if case .unknown(let why) = standing.verdict { return no(why) }
        if standing.stamp != removal.stamp { return no("something has moved their date") }
        if let block = plan.blocks[person.id]?.first { return no(block.words) }
        guard plan.blocks[person.id] != nil, standing.verdict == .inactive else { return no("they are not inactive") }
        if evidence.isWatching(removal.plexID) { return no("they are watching") }
        if plan.room == 0 { return no("as many were removed today as may be") }
        switch await sources.share(person) {
        case .unknown(let why): return no("their share could not be written down: \(why)")
        case .absent: return no("they do not have this share any more")
        case .known(let snapshot):
            if let why = Self.fault(snapshot, removal, evidence.server.known) { return no(why) }
            return .success(
                Ready(
                    removal: removal, person: person, roles: await roles(of: person), snapshot: snapshot,
                    standing: standing, state: digest.state, members: plan.members, uptime: uptime))
        }
    }

    /// A snapshot that is of something else, or gives nothing back, is none.
    private static func fault(_ snapshot: ShareSnapshot, _ removal: PruneCase, _ machine: String?) -> String? {
        if snapshot.shareID != removal.shareID { return "their share is another one now" }
        if snapshot.account != removal.plexID { return "the share is somebody else's" }
        if snapshot.machine != machine { return "the share is of another server" }
        if !snapshot.hasAllLibraries && snapshot.libraries.isEmpty {
            return "the libraries of their share are not known"
        }
        return nil
    }

    // MARK: The act

    private func act(_ ready: Ready) async throws -> PruneDeed.End {
        let (removal, person) = (ready.removal, ready.person)
        let effect = effect(
            removal.effectKey, person, by: removal.decidedBy, evidence(ready.standing, ready.state))
        let result = try await perform(effect) {
            try await self.lastLook(ready)
            try await self.takeAway(ready.snapshot, person)
        }
        switch result {
        case .done, .alreadyDone:
            try await book.removed(removal.id)
            try await close(removal.id, person)
            return .done
        case .failed(let why), .refused(let why):
            try await book.failed(removal.id, why: why)
            try await sayFailure(removal, person, why)
            return .not(why)
        case .dryRun:
            try await book.failed(removal.id, why: "a dry run")
            return .dryRun
        case .interrupted:
            let why = "it was cut off; the list of shares is asked again"
            try await book.unclear(removal.id, why: why)
            return .unclear(why)
        }
    }

    /// A moment before: what runs now, and what was said meanwhile.
    private nonisolated func lastLook(_ ready: Ready) async throws {
        switch try await running() {
        case .known(let streams):
            if streams.contains(where: { $0.account == ready.removal.plexID }) {
                throw PruneRefusal("they are watching")
            }
        case .absent: throw PruneRefusal("what runs now could not be read")
        case .unknown(let why): throw PruneRefusal("what runs now could not be read: \(why)")
        }
        let state = try await book.state(of: ready.person.id)
        let rules = PlanRules(wishes: wishes, state: state, now: clock.now)
        let standing = rules.standing(of: ready.person, roles: ready.roles)
        if standing.stamp != ready.removal.stamp || standing.verdict != .inactive {
            throw PruneRefusal("something has moved their date")
        }
        if clock.uptime - ready.uptime > Self.freshness { throw PruneRefusal("what was read is too old by now") }
        if let why = try await stopped() { throw PruneRefusal(why) }
    }

    /// Whatever the call says, the list decides.
    private nonisolated func takeAway(_ snapshot: ShareSnapshot, _ person: Person) async throws {
        var failure: (any Error)?
        do { try await acts.removeShare(snapshot) } catch { failure = error }
        switch await sources.share(person) {
        case .absent: return
        case .known(let now) where now.account != snapshot.account:
            throw Uncertain("asked for their share, somebody else's was read")
        case .known(let now) where now.shareID != snapshot.shareID: return
        case .known:
            if let failure { throw failure }
            throw Uncertain("plex.tv said yes and still lists the share")
        case .unknown(let why): throw Uncertain("whether it is gone could not be read: \(why)")
        }
    }

    private func sayFailure(_ removal: PruneCase, _ person: Person, _ why: String) async throws {
        let report = PruneWords.failure(person, why)
        let word = PruneWord(.report(report), about: "failure", person: person.id)
        // Once a case: it is tried again with every look.
        _ = try await tell(word, key: "failure:\(removal.id)", about: person)
    }
}
