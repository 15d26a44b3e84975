// Taking a run back: the playlist is brought to what it held before, in that order, by the same smallest change. A
// playlist the run had made goes away again.

package import Domain
internal import Plex
package import Storage

extension Playlists {
    /// What is typed to take a run back. One that took another back is made good by another run.
    static func undo(of outcome: PlaylistOutcome, account: String) -> String {
        undo(of: outcome.title, isUndo: outcome.isUndo, isOwn: account != PlaylistRequest.Whose.owner.account)
    }

    private static func undo(of title: String, isUndo: Bool, isOwn: Bool) -> String {
        let verb = isUndo ? (isOwn ? "mine" : "run") : (isOwn ? "undo --mine" : "undo")
        return "sync_playlists \(verb) \(title.typed)"
    }

    /// The last run not undone yet, of any playlist when none is named.
    /// - Parameter run: it must be this one
    package func undo(
        _ request: PlaylistRequest, run: Int64? = nil, progress: @escaping Progress = { _ in }
    ) async throws -> PlaylistOutcome {
        let account = request.whose.account
        let plex = try await plex(of: account)
        try claim(account)
        defer { release(account) }
        let title = request.title.map { typed in
            wishes.first { $0.title.lowercased() == typed.lowercased() }?.title ?? typed
        }
        guard let record = try await book.lastRun(account: account, title: title) else {
            throw PlaylistTrouble.nothingToUndo
        }
        if let run, record.id != run { throw PlaylistTrouble.overtaken(title: record.title) }
        do {
            return try await undo(record, request, plex, progress)
        } catch PlexError.rejectedToken where request.whose != .owner {
            throw PlaylistTrouble.rejectedLink
        }
    }

    private func undo(
        _ record: PlaylistRecord, _ request: PlaylistRequest, _ plex: Plex, _ progress: @escaping Progress
    ) async throws -> PlaylistOutcome {
        let lists = try await plex.playlists()
        let found = Found(plex: plex, machine: try await plex.identity().machineIdentifier, lists: lists)
        let playlist = lists.first { $0.ratingKey == record.playlist }
        if let playlist, playlist.isSmart { throw PlaylistTrouble.smart(record.title) }
        let places =
            if let playlist { try await PlaylistReader.places(of: playlist, plex) } else {
                [PlaylistPlace]()
            }
        var outcome = PlaylistOutcome(
            title: record.title, rule: "as it was before the run of \(record.actor)",
            mode: request.isPreview ? .preview : .real)
        outcome.isUndo = true
        outcome.size = places.count
        try refuseForeignChanges(record, places, request)

        guard let before = record.before else {
            guard let playlist else {
                outcome.notes.append("It is gone already.")
                if !request.isPreview { try await book.markUndone(record.id) }
                return outcome
            }
            outcome.planned.removals = places
            outcome.isDeleted = true
            if request.isPreview { return outcome }
            return try await delete(playlist, record, places, request, found, outcome)
        }
        var songs = try await songs(before, places, plex)
        let gone = Set(before).count - songs.count
        if gone > 0 { outcome.notes.append("\(gone) of its tracks are no longer in the library and stay away.") }
        var seen: Set<String> = []
        songs = songs.filter { seen.insert($0.key).inserted }
        outcome.planned = PlaylistRules.change(from: places, to: songs, keepsOrder: false)
        outcome.isCreated = request.isPreview && playlist == nil && !songs.isEmpty
        if request.isPreview { return outcome }
        if !outcome.planned.isEmpty {
            outcome = try await mend(
                Goal(
                    songs: songs, playlist: playlist, places: places, keepsOrder: false,
                    account: request.whose.account, actor: request.actor), found, outcome, progress)
        }
        if outcome.mode == .real, outcome.stopped == nil { try await book.markUndone(record.id) }
        return outcome
    }

    /// What somebody did by hand since is theirs.
    private func refuseForeignChanges(
        _ record: PlaylistRecord, _ places: [PlaylistPlace], _ request: PlaylistRequest
    ) throws(PlaylistTrouble) {
        if request.isForced || request.isPreview || places.isEmpty { return }
        guard let after = record.after else {
            if record.before == nil { throw .wouldDelete(title: record.title) }
            return
        }
        let now = places.map(\.key)
        if now == after { return }
        let difference = Set(now).symmetricDifference(after).count
        throw .changedSince(title: record.title, by: max(difference, 1))
    }

    /// Those of the tracks that can be put back.
    private func songs(
        _ keys: [String], _ places: [PlaylistPlace], _ plex: Plex
    ) async throws(PlexError) -> [PlaylistSong] {
        var names = Dictionary(places.map { ($0.key, $0.name) }) { first, _ in first }
        let missing = keys.filter { names[$0] == nil }
        for item in try await plex.items(missing) { names[item.ratingKey] = PlaylistReader.name(of: item) }
        return keys.compactMap { key in names[key].map { PlaylistSong(key, name: $0) } }
    }

    private func delete(
        _ playlist: PlexPlaylist, _ record: PlaylistRecord, _ places: [PlaylistPlace], _ request: PlaylistRequest,
        _ found: Found, _ blank: PlaylistOutcome
    ) async throws -> PlaylistOutcome {
        var outcome = blank
        let account = request.whose.account
        let run = try await book.open(
            account: account, title: record.title, playlist: playlist.ratingKey, before: places.map(\.key),
            actor: request.actor, isUndo: true)
        let door = PlaylistDoor(
            effects: effects, book: book, run: run, actor: request.actor, reason: outcome.rule,
            undo: Self.undo(of: record.title, isUndo: true, isOwn: account != PlaylistRequest.Whose.owner.account))
        let tally = PlaylistTally()
        let act = does(found.plex, found.machine).delete
        let step = PlaylistStep(
            kind: .delete, summary: "delete the playlist “\(record.title)”",
            evidence: PlaylistEvidence(account: account, playlist: playlist.ratingKey, title: record.title))
        let end = try await door.perform(step, number: 1, tally: tally) { () async throws(PlexError) in
            tally.change { $0.requests += 1 }
            _ = try await act(playlist)
        }
        outcome.requests = tally.now.requests
        switch end {
        case .done:
            outcome.removed = places.map(\.name)
            outcome.size = 0
            try await book.markUndone(record.id)
        case .dryRun: outcome.mode = .dryRun
        case .again(let error): outcome.stopped = "\(error)"
        case .stop(let why): outcome.stopped = why
        }
        if outcome.stopped != nil { outcome.isDeleted = false }
        try await book.close(run, after: nil)
        return outcome
    }
}

// MARK: From the Ledger

extension Playlists {
    /// How the actions of its entries begin.
    package static let undoableActions = "playlists."

    private static func run(_ entry: LedgerEntry) -> Int64? {
        let parts = (entry.effectKey ?? "").split(separator: ":")
        return parts.count == 3 && parts[0] == "playlists" ? Int64(parts[1]) : nil
    }

    /// Nil: what this entry tells of can be taken back, with the whole run it was a part of.
    package func obstacle(undoing entry: LedgerEntry) async throws(StorageError) -> Prose? {
        guard let id = Self.run(entry), let record = try await book.run(id) else {
            return "What the playlist held before is not kept any more: of each there are the last ten runs."
        }
        if record.isUndo { return "This took an earlier run back. The next run brings the playlist up to date again." }
        if let at = record.undoneAt { return "That run was taken back \(time: at)." }
        if record.account != PlaylistRequest.Whose.owner.account {
            return "It is somebody’s own playlist: only they take it back."
        }
        guard try await book.lastRun(account: record.account, title: record.title)?.id == id else {
            return "A later run has changed this playlist: take that one back first."
        }
        return nil
    }

    package func undo(_ entry: LedgerEntry, by actor: String) async throws -> PlaylistOutcome {
        guard let id = Self.run(entry), let record = try await book.run(id) else {
            throw PlaylistTrouble.nothingToUndo
        }
        return try await undo(PlaylistRequest(.owner, title: record.title, actor: actor), run: id)
    }
}
