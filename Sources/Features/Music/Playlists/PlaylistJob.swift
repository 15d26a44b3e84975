// The scheduled run over the owner's playlists: the same code as the command. It speaks only when there is something to
// say, and never does what the command would ask about first.

package import Domain
internal import Plex

extension Playlists {
    /// Throws when a playlist could not be finished, so that the run counts as failed.
    package func scheduledRun() async throws -> Report? {
        let outcomes = try await sync(PlaylistRequest(.owner, actor: "job:playlists"))
        let stopped = outcomes.compactMap { outcome in outcome.stopped.map { "“\(outcome.title)”: \($0)" } }
        if !stopped.isEmpty { throw PlaylistTrouble.unfinished(stopped.joined(separator: "; ")) }
        let worthTelling = outcomes.filter { $0.changedSomething || $0.objection != nil }
        if worthTelling.isEmpty { return nil }
        if worthTelling.count == 1 { return worthTelling[0].report }
        return Report(
            "Playlists", fields: worthTelling.map { outcome in Report.Field("\(outcome.title)", outcome.line) },
            tone: worthTelling.contains { $0.objection != nil } ? .warning : .good)
    }
}

extension PlaylistOutcome {
    /// Itself in one line, among others.
    package var line: Prose {
        if let stopped { return "stopped: \(stopped)" }
        if objection != nil {
            return mode == .preview
                ? "\(planned.removals.count) of \(size) would go: it would be asked about first"
                : "\(planned.removals.count) of \(size) would go: nothing was changed; --force does it"
        }
        if isNothing { return notes.isEmpty || size > 0 ? "as it should be, \(size) tracks" : notes[0] }
        if mode == .real {
            return
                "\(added.count) added, \(removed.count) removed, \(moved) moved; \(size) tracks, \(requests) requests"
        }
        return "would add \(planned.adds.count), remove \(planned.removals.count), move \(planned.rearranged.count)"
    }
}
