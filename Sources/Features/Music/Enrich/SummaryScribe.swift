// Writes one summary, through the one door, so that nobody's text is lost (sheet §8): read again just before, written
// down first, read again after. What stands outside our block is never touched.

package import Domain
internal import Runtime
internal import Synchronization
internal import Plex
package import Storage

package enum Written: Hashable, Sendable {
    /// The note says what is different from what was wished, if anything.
    case done(note: String?)
    /// It stood there already; nothing was sent.
    case alreadyThere
    case dryRun
    case refused(String)
    case failed(String)
    /// Nobody knows; it is looked into at the next start, or by asking again.
    case unknown(String)
}

package struct SummaryScribe: Sendable {
    let plex: Plex
    let doing: EnrichEffects
    let effects: Effects
    let journal: SummaryJournal
    let clock: any Clock
    private let locks = AlbumLocks()

    init(plex: Plex, doing: EnrichEffects, effects: Effects, database: Database) {
        self.plex = plex
        self.doing = doing
        self.effects = effects
        journal = SummaryJournal(database)
        clock = database.clock
    }

    /// How often an edit that comes in between is given way to.
    private static let attempts = 3

    package func carryOut(_ change: SummaryChange, by actor: String) async throws -> Written {
        try await locks.holding(change.album) {
            for _ in 1..<Self.attempts {
                if let written = try await attempt(change, by: actor) { return written }
            }
            return try await attempt(change, by: actor)
                ?? .failed("the summary of “\(change.name)” is being edited right now; try again in a minute")
        }
    }

    /// Nil: somebody wrote between our look and our hand.
    private func attempt(_ change: SummaryChange, by actor: String) async throws -> Written? {
        let item = try await album(change)
        guard try await plex.library(of: item) == change.library else {
            throw EnrichTrouble.anotherLibrary(title: change.name)
        }
        let entries = try await journal.entries(of: change.album, in: change.library)
        let draft = try change.draft(on: item.summary, isLocked: item.isSummaryLocked, entries: entries)
        // Undoing may be about the lock alone; otherwise the same text is no reason to send anything.
        if draft.changesNothing, change.action != .undo || draft.locks == draft.wasLocked { return .alreadyThere }
        let id = try await journal.begin(entry(change, draft, by: actor))
        let outcome = ActNote()
        // Should the disk be full now, the effect's own row says what is known; the journal's stays open beside it.
        let result = try await effects.perform(effect(change, draft, id, by: actor)) {
            try await act(change, draft, outcome)
        }
        return try await settle(result, outcome.act, change, id)
    }

    private func album(_ change: SummaryChange) async throws -> PlexItem {
        let item = try await plex.item(change.album)
        guard item.kind == .album else { throw EnrichTrouble.notAnAlbum(title: item.title, kind: item.kind.name) }
        return item
    }

    // MARK: The act

    private enum Act: Sendable {
        case untouched
        case overtaken
        case written(note: String?, hash: String)
    }

    /// What the act found out beyond whether it worked.
    private final class ActNote: Sendable {
        private let value = Mutex(Act.untouched)
        var act: Act { value.withLock { $0 } }
        func set(_ act: Act) { value.withLock { $0 = act } }
    }

    private func act(_ change: SummaryChange, _ draft: SummaryDraft, _ note: ActNote) async throws {
        let now = try await album(change)
        guard now.summary.isSameBytes(as: draft.before) else {
            note.set(.overtaken)
            throw Overtaken()
        }
        var trouble: PlexError?
        do { try await doing.setSummary(change.album, draft.after, draft.locks) } catch let error as PlexError {
            // A plain no is believed; everything else may have been a yes whose answer was lost.
            guard error.mayHaveHappened else { throw error }
            trouble = error
        }
        let then: PlexItem
        do { then = try await plex.item(change.album) } catch {
            throw Uncertain("the summary was sent, but whether it stands there could not be read: \(error)")
        }
        if then.summary.isSameBytes(as: draft.before), !draft.changesNothing {
            if let trouble { throw trouble }
            throw NotTaken()
        }
        let lines = SummaryBlock(lines: change.lines).lines
        let isOurs = !lines.isEmpty && SummaryBlock(in: then.summary)?.lines == lines
        if !then.summary.isSameBytes(as: draft.after), !isOurs {
            throw Uncertain("the summary is now neither what it was nor what was sent: somebody edited it too")
        }
        var notes: [String] = []
        if !then.summary.isSameBytes(as: draft.after) {
            notes.append("Plex keeps the text around the block differently from how it was sent")
        }
        if draft.locks, !then.isSummaryLocked {
            notes.append("Plex did not lock the field: the next refresh may wipe the block")
        }
        note.set(.written(note: notes.isEmpty ? nil : notes.joined(separator: "; "), hash: then.summary.summaryHash))
    }

    private struct Overtaken: Error, CustomStringConvertible {
        var description: String { "somebody edited the summary at the same moment" }
    }

    private struct NotTaken: Error, CustomStringConvertible {
        var description: String { "Plex said yes, but the summary is what it was" }
    }

    private func settle(
        _ result: EffectResult, _ act: Act, _ change: SummaryChange, _ id: Int64
    ) async throws -> Written? {
        switch result {
        case .done, .alreadyDone:
            guard case .written(let note, let hash) = act else { return .done(note: nil) }
            try await journal.settle(id, .done, hash: hash)
            if let undone = change.undoes { try await journal.settle(undone, .undone) }
            return .done(note: note)
        case .dryRun:
            try await journal.forget(id)
            return .dryRun
        case .refused(let why):
            try await journal.forget(id)
            return .refused(why)
        case .failed(let why):
            try await journal.settle(id, .failed)
            if case .overtaken = act { return nil }
            return .failed(why)
        case .interrupted:
            return .unknown("whether the summary was written is not known; ask again to see")
        }
    }

    // MARK: Words for the journal and the Ledger

    private func entry(_ change: SummaryChange, _ draft: SummaryDraft, by actor: String) -> SummaryEntry {
        SummaryEntry(
            at: clock.now, actor: actor, library: change.library, ratingKey: change.album, name: change.name,
            action: change.action, oldSummary: draft.before, wasLocked: draft.wasLocked,
            newHash: draft.after.summaryHash, separator: draft.separator, baseLocked: draft.baseLocked,
            source: change.source)
    }

    private func effect(_ change: SummaryChange, _ draft: SummaryDraft, _ id: Int64, by actor: String) -> Effect {
        let verb =
            switch change.action {
            case .write: "write the performers into"
            case .remove: "take the performers out of"
            case .repair: "put the marks in order in"
            case .undo: "take back the last change of"
            }
        return Effect(
            key: "\(EnrichEffects.setSummaryKind):\(id)", kind: EnrichEffects.setSummaryKind,
            summary: "\(verb) the summary of \(change.name)", actor: actor, subject: "plex:album:\(change.album)",
            reason: change.source.isEmpty ? change.action.rawValue : "\(change.action.rawValue) from \(change.source)",
            evidence: change.json,
            undo: change.action == .undo ? "enrich \(change.album)" : "enrich --undo \(change.album)")
    }
}

extension PlexError {
    /// Of a write: whether it may have been carried out in spite of this.
    var mayHaveHappened: Bool {
        switch self {
        case .unreachable, .busy, .unreadable, .incomplete: true
        // Being cancelled is for the one door to judge.
        case .rejectedToken, .forbidden, .notFound, .tooLongURL, .refused, .cancelled: false
        }
    }
}

extension SummaryScribe {
    /// Asked at start about a write whose outcome is open (rule 3): the summary itself says.
    package func verify(_ effect: Effect) async -> Reading<Bool> {
        guard let number = effect.key.split(separator: ":").last.flatMap({ Int64($0) }) else {
            return .unknown(why: "its key is of another form")
        }
        do {
            guard let entry = try await journal.entry(number) else {
                return .unknown(why: "the journal has no entry \(number)")
            }
            guard let item = try await standing(entry.ratingKey) else { return .absent }
            guard try await plex.library(of: item) == entry.library else {
                return .unknown(why: "number \(entry.ratingKey) is in another library now")
            }
            let hash = item.summary.summaryHash
            guard hash == entry.newHash || hash == entry.oldSummary.summaryHash else {
                return .unknown(why: "the summary of \(entry.name) was edited since")
            }
            let happened = hash == entry.newHash
            try await journal.settle(number, happened ? .done : .failed)
            return .known(happened)
        } catch {
            return .unknown(why: "\(error)")
        }
    }

    /// Nil: Plex has it no more.
    private func standing(_ ratingKey: String) async throws -> PlexItem? {
        do throws(PlexError) { return try await plex.item(ratingKey) } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
    }
}
