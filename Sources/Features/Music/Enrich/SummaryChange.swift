// One change of a summary as a person confirmed it, and what it makes of the text that stands there. Pure; it travels in
// a card, so what is pressed is what was shown, even after a restart and while MusicBrainz is busy.

internal import FoundationEssentials

package struct SummaryChange: Codable, Hashable, Sendable {
    package enum Action: String, Codable, Hashable, Sendable {
        case write, remove, repair, undo
    }

    package var album: String
    package var library: String
    package var name: String
    package var action: Action
    /// The block's; empty where none is written.
    package var lines: [String]
    package var source: String
    package var atTop: Bool
    /// A person chose the release.
    package var isByHand: Bool
    /// Hash of the summary this was shown for, where nothing else will do.
    package var shown: String?
    /// The journal's entry that is taken back.
    package var undoes: Int64?

    package init(
        album: String, library: String, name: String, action: Action, lines: [String] = [], source: String = "",
        atTop: Bool = false, isByHand: Bool = false, shown: String? = nil, undoes: Int64? = nil
    ) {
        self.album = album
        self.library = library
        self.name = name
        self.action = action
        self.lines = lines
        self.source = source
        self.atTop = atTop
        self.isByHand = isByHand
        self.shown = shown
        self.undoes = undoes
    }

    package init?(json: String) {
        guard let value = try? JSONDecoder().decode(SummaryChange.self, from: Data(json.utf8)) else { return nil }
        self = value
    }

    package var json: String {
        guard let data = try? JSONEncoder().encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}

/// The text as it stands, and what is to stand there.
package struct SummaryDraft: Hashable, Sendable {
    package var before: String
    package var wasLocked: Bool
    package var after: String
    package var locks: Bool
    package var separator: String?
    package var baseLocked: Bool

    package var changesNothing: Bool { before.isSameBytes(as: after) }
}

extension SummaryChange {
    /// - Parameter entries: of the album, newest first
    package func draft(
        on summary: String, isLocked: Bool, entries: [SummaryEntry]
    ) throws(EnrichTrouble) -> SummaryDraft {
        var draft = SummaryDraft(
            before: summary, wasLocked: isLocked, after: summary, locks: isLocked, baseLocked: isLocked)
        switch action {
        case .write:
            if SummaryBlock(in: summary) != nil, let insertion = entries.insertion {
                draft.baseLocked = insertion.baseLocked
            }
            try put(SummaryBlock(lines: lines).written(into: summary, at: atTop ? .top : .bottom), into: &draft)
            // Without the lock the next refresh would wipe the block.
            draft.locks = true
        case .remove:
            guard SummaryBlock.removed(from: summary, separator: nil) != .unchanged else {
                throw .noBlock(title: name)
            }
            let insertion = entries.insertion
            try put(SummaryBlock.removed(from: summary, separator: insertion?.separator), into: &draft)
            // What stands there now is what stood there before: then so does the lock.
            if let insertion, draft.after.isSameBytes(as: insertion.oldSummary) { draft.locks = insertion.baseLocked }
        case .repair:
            try put(SummaryBlock.repaired(summary), into: &draft)
            draft.locks = true
            guard !lines.isEmpty else { break }
            let repaired = draft.after
            try put(SummaryBlock(lines: lines).written(into: repaired, at: atTop ? .top : .bottom), into: &draft)
        case .undo:
            guard let entry = entries.first(where: { $0.id == undoes }) else { throw .nothingToUndo(title: name) }
            // Pressed twice, or carried out once more after a crash.
            if entry.state == .undone, summary.isSameBytes(as: entry.oldSummary) { break }
            guard entry.state != .undone else { throw .nothingToUndo(title: name) }
            guard shown == nil || shown == summary.summaryHash else { throw .changedMeanwhile(title: name) }
            draft.after = entry.oldSummary
            draft.locks = entry.wasLocked
        }
        return draft
    }

    private func put(_ outcome: SummaryBlock.Outcome, into draft: inout SummaryDraft) throws(EnrichTrouble) {
        switch outcome {
        case .unchanged: break
        case .changed(let summary, let separator):
            draft.after = summary
            draft.separator = separator ?? draft.separator
        case .broken(let why): throw .brokenBlock(why)
        }
    }
}
