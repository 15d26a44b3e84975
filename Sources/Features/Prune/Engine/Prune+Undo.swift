// Giving back: an invitation with the libraries and rights written down before they were taken.

package import Domain
internal import Runtime
package import Storage

extension Prune {
    package func undo(_ person: Int64, by actor: String) async throws -> PruneAnswer {
        guard let removal = try await book.cases(of: person).last(where: { $0.hasHappened && $0.snapshot != nil }),
            let snapshot = removal.snapshot
        else { return refused("Nothing to undo", "No removal of theirs is known.") }
        let known = await known(person)
        let person =
            known
            ?? Person(
                id: person, plexID: removal.plexID, name: snapshot.username, username: snapshot.username,
                email: snapshot.email, access: .former, firstSeen: removal.askedAt)
        switch await sources.people() {
        case .unknown(let why): return refused("Not undone", "plex.tv's list could not be read: \(why)")
        case .absent: return refused("Not undone", "plex.tv's list is empty.")
        case .known(let people):
            let now = people.first { $0.id == person.id }
            if now?.access == .member {
                return PruneAnswer(.alreadySo, PruneWords.short("\(person.name) is a member", ""))
            }
            if now?.access == .invited {
                return PruneAnswer(.alreadySo, PruneWords.short("\(person.name) is invited", "They have to accept it."))
            }
        }
        return try await invite(person, removal, snapshot, by: actor)
    }

    private func invite(
        _ person: Person, _ removal: PruneCase, _ snapshot: ShareSnapshot, by actor: String
    ) async throws -> PruneAnswer {
        let acts = acts
        let effect = Effect(
            key: "\(PruneKind.invite):\(person.id):\(removal.id):\(removal.invitations + 1)", kind: PruneKind.invite,
            summary: "Invites \(person.name) again, with what they had", actor: actor, subject: person.subject,
            reason: "undo", evidence: "{\"case\":\(removal.id)}")
        switch try await perform(effect, { try await acts.invite(snapshot, person) }) {
        case .done, .alreadyDone:
            try await book.invited(removal.id)
            try await sayInvited(person, removal)
            let libraries =
                snapshot.hasAllLibraries
                ? "all libraries" : snapshot.libraries.map(\.title).joined(separator: ", ")
            return PruneAnswer(
                .done, PruneWords.short("\(person.name) is invited again", "With \(libraries). They have to accept it.")
            )
        case .dryRun: return PruneAnswer(.dryRun, PruneWords.short("\(person.name): a dry run", "Nothing was done."))
        case .refused(let why): return refused("\(person.name) was not invited", why)
        case .failed(let why):
            return PruneAnswer(.failed, PruneWords.short("\(person.name) was not invited", "\(why)", tone: .bad))
        case .interrupted:
            return PruneAnswer(
                .unclear,
                PruneWords.short(
                    "\(person.name): not certain", "Whether the invitation went out is asked again: try it once more."))
        }
    }

    /// plex.tv writes to them as well; that this did not reach them changes nothing.
    private func sayInvited(_ person: Person, _ removal: PruneCase) async throws {
        for way in await ways(to: person).known ?? [] {
            let key = Self.key(.invitation, person.id, removal.stamp, removal.invitations + 1, way)
            let letter = PruneTold(
                key: key, person: person.id, kind: .invitation, stamp: removal.stamp, number: removal.invitations + 1,
                way: way, state: .sending, at: clock.now)
            let notice = PruneNotice(.invitation, person: person.id, name: person.name, at: clock.now, key: key)
            _ = try await send(notice, to: person, letter, reason: "undo")
        }
    }
}

extension Prune {
    /// Whether there is a removal to take back.
    package func canGiveBack(_ person: Int64) async throws -> Bool {
        let last = try await book.cases(of: person).last { $0.hasHappened && $0.snapshot != nil }
        return last.map { $0.undoneAt == nil } ?? false
    }
}

// MARK: From the Ledger

extension Prune {
    package static let undoableAction = PruneKind.remove

    private static func person(_ entry: LedgerEntry) -> Int64? {
        entry.subject.hasPrefix("person:") ? Int64(entry.subject.dropFirst("person:".count)) : nil
    }

    /// Nil: it can be given back, as far as the tables know.
    package func obstacle(undoing entry: LedgerEntry) async throws -> Prose? {
        guard let id = Self.person(entry) else { return "It is not known any more whom it was about." }
        let removals = try await book.cases(of: id).filter { $0.hasHappened && $0.snapshot != nil }
        guard let removal = removals.last(where: { $0.effectKey == entry.effectKey }) else {
            return "What they had is not written down any more."
        }
        if let at = removal.undoneAt { return "They were invited again \(time: at)." }
        if removal.id != removals.last?.id { return "They were removed once more since: take that back." }
        // Whether they have this server again only plex.tv knows, and is asked when it is done.
        return nil
    }

    package func undo(_ entry: LedgerEntry, by actor: String) async throws -> PruneAnswer {
        if let why = try await obstacle(undoing: entry) {
            return PruneAnswer(.refused, Report("Nothing was done", lines: [why], tone: .warning))
        }
        guard let id = Self.person(entry) else { return refused("Nothing was done", "") }
        return try await undo(id, by: actor)
    }
}

extension PruneCase {
    /// Also one that was seen to have happened later.
    var hasHappened: Bool { state == .removed || (state == .gone && begunAt != nil) }
}
