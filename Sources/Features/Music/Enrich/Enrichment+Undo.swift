// Taking a change of a summary back from its entry in the Ledger: only the newest of an album, and only where nobody has
// written since; what else there is to say, `enrich --undo` shows and asks.

package import Domain
internal import Plex
package import Storage

extension Enrichment {
    package static let undoableAction = EnrichEffects.setSummaryKind

    private static func number(_ entry: LedgerEntry) -> Int64? {
        entry.effectKey?.split(separator: ":").last.flatMap { Int64($0) }
    }

    /// Nil: it can be taken back, as far as the journal knows.
    package func obstacle(undoing entry: LedgerEntry) async throws(StorageError) -> Prose? {
        guard let id = Self.number(entry), let change = try await scribe.journal.entry(id) else {
            return "The journal has no such change any more."
        }
        if change.action == .undo {
            return "This took a change back. \(code: "enrich \(change.ratingKey)") writes anew."
        }
        switch change.state {
        case .undone: return "It was taken back already."
        case .failed: return "Nothing was written."
        case .open, .done: break
        }
        let entries = try await scribe.journal.entries(of: change.ratingKey, in: change.library)
        guard entries.undoable?.id == id else {
            return "A later change stands in this summary: take that one back first."
        }
        return nil
    }

    package func undo(_ entry: LedgerEntry, by actor: String) async throws -> (report: Report, isDone: Bool) {
        guard let id = Self.number(entry), let change = try await scribe.journal.entry(id) else {
            throw EnrichTrouble.nothingToUndo(title: entry.summary)
        }
        let retreat = try await retreat(.undo, of: change.ratingKey)
        guard retreat.change.undoes == id else { throw EnrichTrouble.changedMeanwhile(title: change.name) }
        if retreat.losesLaterWords {
            let report = Report(
                "Nothing was written.",
                lines: [
                    "The summary of \(strong: change.name) was edited since, and those words would go. "
                        + "\(code: "enrich --undo \(change.ratingKey)") on Discord shows what there is and asks."
                ], tone: .warning)
            return (report, false)
        }
        let written = try await carryOut(retreat.change, by: actor)
        let isDone =
            switch written {
            case .done, .alreadyThere: true
            case .dryRun, .refused, .failed, .unknown: false
            }
        return (reports.result(written, of: retreat.change), isDone)
    }
}
