// The scheduled run: the same code as the command, over the owner's playlists and those of the linked people who asked
// for it. It speaks only when there is something to say, and never does what the command would ask about first.

package import Domain
internal import Plex
internal import Runtime

extension Playlists {
    /// Whether the schedule looks after a linked person's own playlists too.
    package func keep(_ discord: UInt64, _ isOn: Bool) async throws { try await book.keep(discord, isOn) }

    /// Throws when a playlist of the owner's could not be finished, so that the run counts as failed.
    package func scheduledRun() async throws -> Report? {
        let owners: Result<[PlaylistOutcome], any Error>
        do {
            owners = .success(try await sync(PlaylistRequest(.owner, actor: "job:playlists")))
        } catch {
            owners = .failure(error)
        }
        // One person's trouble is no other's.
        for discord in try await book.keepers() {
            try Task.checkCancellation()
            await lookAfter(discord)
        }
        return try Self.report(on: owners.get())
    }

    private func lookAfter(_ discord: UInt64) async {
        do {
            let request = PlaylistRequest(.person(discord: discord), actor: "job:playlists")
            for outcome in try await sync(request) where outcome.objection != nil {
                log.info("a linked person's playlist waits for a word", ["title": outcome.title, "who": "\(discord)"])
            }
        } catch PlaylistTrouble.notLinked {
            // The link was taken back, and this wish with it.
            try? await book.keep(discord, false)
        } catch {
            log.warning(
                "a linked person's playlists are not up to date",
                ["who": "\(discord)", "why": PlaylistTrouble.sentence(for: error) ?? "\(error)"])
        }
    }

    private static func report(on outcomes: [PlaylistOutcome]) throws -> Report? {
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
