// One run over one playlist: computes the smallest change, makes it, reads the playlist again, until nothing is left to
// change. What a crash, a lost answer or somebody else's hand left half done is thereby just a smaller change.

internal import Domain
internal import Plex
internal import Runtime
internal import Storage

struct PlaylistMend {
    static let group = 100
    /// Answers that may pass; then the run ends and the next one goes on.
    static let mostTroubles = 3
    /// Two are enough on a good day: one brings what is missing, the next puts it in its place.
    static let mostRounds = 8

    let plex: Plex
    let effects: PlaylistEffects
    let door: PlaylistDoor
    let account: String
    let keepsOrder: Bool
    let clock: any Clock
    let pause: Duration
    let progress: @Sendable (_ done: Int, _ of: Int) async -> Void

    /// What should be in it; shrinks by what turns out to be gone.
    var songs: [PlaylistSong]
    var playlist: PlexPlaylist?
    var places: [PlaylistPlace]
    /// Playlists of that name from before, should the answer to making one get lost.
    var known: Set<String>
    var outcome: PlaylistOutcome

    private let start: [PlaylistPlace]
    private var number = 0
    private var stepsDone = 0
    private var sent: [PlaylistSong] = []
    private var open: [(key: String, step: PlaylistStep)] = []

    init(
        plex: Plex, effects: PlaylistEffects, door: PlaylistDoor, account: String, keepsOrder: Bool,
        clock: any Clock, pause: Duration, songs: [PlaylistSong], playlist: PlexPlaylist?, places: [PlaylistPlace],
        known: Set<String>, outcome: PlaylistOutcome, progress: @escaping @Sendable (Int, Int) async -> Void
    ) {
        self.plex = plex
        self.effects = effects
        self.door = door
        self.account = account
        self.keepsOrder = keepsOrder
        self.clock = clock
        self.pause = pause
        self.songs = songs
        self.playlist = playlist
        self.places = places
        self.known = known
        self.outcome = outcome
        self.progress = progress
        start = places
    }

    mutating func run() async throws(StorageError) {
        var troubles = 0
        for _ in 1...Self.mostRounds {
            let change = PlaylistRules.change(from: places, to: songs, keepsOrder: keepsOrder)
            if change.isEmpty || (playlist == nil && songs.isEmpty) { return }
            switch try await make(change) {
            case .done: break
            case .dryRun:
                outcome.mode = .dryRun
                return
            case .stop(let why):
                outcome.stopped = why
                return
            case .again(let error):
                troubles += 1
                guard troubles <= Self.mostTroubles, await waits(pause * (1 << troubles)) else {
                    outcome.stopped = "\(error)"
                    return
                }
            }
            do throws(PlexError) { try await readAgain() } catch {
                outcome.stopped = Self.words(error)
                return
            }
            try await settle()
        }
        outcome.stopped = "Plex says yes to the changes but does not make them all"
    }

    private func waits(_ time: Duration) async -> Bool { (try? await clock.sleep(for: time)) != nil }

    private static func words(_ error: PlexError) -> String {
        if case .notFound = error { return "the playlist was deleted meanwhile" }
        return "\(error)"
    }

    // MARK: Changing

    /// First what is missing, then what is too much, so that the playlist is at no moment emptier than before or after.
    private mutating func make(_ change: PlaylistChange) async throws(StorageError) -> PlaylistDoor.End {
        guard playlist != nil else { return try await create(change.adds) }
        var last = PlaylistDoor.End.done
        for group in change.adds.groups(of: Self.group) {
            last = try await add(group)
            if last.endsRound { return last }
        }
        for group in change.removals.groups(of: Self.group) {
            last = try await remove(group)
            if last.endsRound { return last }
        }
        // Where an added track stands is known only when the playlist has been read again.
        let moves = change.moves.filter { _ in change.adds.isEmpty }
        for group in moves.groups(of: Self.group) {
            last = try await move(group)
            if last.endsRound { return last }
        }
        return last
    }

    private mutating func create(_ adds: [PlaylistSong]) async throws(StorageError) -> PlaylistDoor.End {
        let first = Array(adds.prefix(Self.group))
        let (title, keys, create) = (outcome.title, first.map(\.key), effects.create)
        var step = step(.create, "make the playlist “\(title)” with \(tracks(first.count))", first.map(\.name))
        step.evidence.tracks = keys
        let tally = PlaylistTally()
        let end = try await perform(step, tally) { () async throws(PlexError) in
            tally.change { $0.requests += 1 }
            let made = try await create(title, keys)
            tally.change { $0.playlist = made }
        }
        if let made = tally.now.playlist {
            playlist = made
            outcome.isCreated = true
            try await door.book.name(made.ratingKey, in: door.run)
            note(first)
        }
        if case .again(.notFound) = end { await dropGone(first) }
        return end
    }

    private mutating func add(_ group: [PlaylistSong]) async throws(StorageError) -> PlaylistDoor.End {
        guard let playlist else { return .done }
        let (keys, add) = (group.map(\.key), effects.add)
        var step = step(.add, "add \(tracks(group.count)) to “\(outcome.title)”", group.map(\.name))
        step.evidence.tracks = keys
        let tally = PlaylistTally()
        let end = try await perform(step, tally) { () async throws(PlexError) in
            do throws(PlexError) {
                let addition = try await add(keys, playlist)
                tally.change { $0.requests += addition.requests }
            } catch {
                tally.change { $0.requests += 1 }
                throw error
            }
        }
        if case .done = end { note(group) }
        if case .again(.notFound) = end { await dropGone(group) }
        return end
    }

    private mutating func remove(_ group: [PlaylistPlace]) async throws(StorageError) -> PlaylistDoor.End {
        guard let playlist else { return .done }
        let (ids, remove) = (group.map(\.id), effects.remove)
        var step = step(.remove, "remove \(tracks(group.count)) from “\(outcome.title)”", group.map(\.name))
        step.evidence.places = ids
        let tally = PlaylistTally()
        let end = try await perform(step, tally) { () async throws(PlexError) in
            for id in ids {
                tally.change { $0.requests += 1 }
                _ = try await remove(id, playlist)
                tally.change { $0.done += 1 }
            }
        }
        outcome.removed += group.prefix(tally.now.done).map(\.name)
        return end
    }

    private mutating func move(_ group: [PlaylistChange.Move]) async throws(StorageError) -> PlaylistDoor.End {
        guard let playlist else { return .done }
        let (pairs, move) = (group.compactMap { move in move.place.map { ($0, move.afterPlace) } }, effects.move)
        var step = step(.move, "move \(tracks(group.count)) in “\(outcome.title)”", group.map(\.name))
        step.evidence.places = pairs.map(\.0)
        step.evidence.after = pairs.map(\.1)
        let tally = PlaylistTally()
        let end = try await perform(step, tally) { () async throws(PlexError) in
            for (place, after) in pairs {
                tally.change { $0.requests += 1 }
                try await move(place, after, playlist)
                tally.change { $0.done += 1 }
            }
        }
        outcome.moved += tally.now.done
        return end
    }

    private func step(_ kind: PlaylistStep.Kind, _ summary: String, _ names: [String]) -> PlaylistStep {
        var evidence = PlaylistEvidence(
            account: account, playlist: playlist?.ratingKey ?? "", title: outcome.title)
        evidence.names = Array(names.prefix(20))
        return PlaylistStep(kind: kind, summary: summary, evidence: evidence)
    }

    private mutating func perform(
        _ step: PlaylistStep, _ tally: PlaylistTally, _ act: @Sendable () async throws(PlexError) -> Void
    ) async throws(StorageError) -> PlaylistDoor.End {
        number += 1
        let end = try await door.perform(step, number: number, tally: tally, act)
        outcome.requests += tally.now.requests
        if case .again = end { open.append((door.key(number), step)) }
        if case .stop = end { open.append((door.key(number), step)) }
        stepsDone += max(step.evidence.tracks.count, step.evidence.places.count)
        let planned = outcome.planned
        let all = planned.adds.count + planned.removals.count + planned.moves.count
        await progress(min(stepsDone, all), all)
        return end
    }

    private func tracks(_ count: Int) -> String { count == 1 ? "1 track" : "\(count) tracks" }

    /// Plex said yes; whether they are there is seen on reading.
    private mutating func note(_ group: [PlaylistSong]) {
        sent += group
        outcome.added += group.map(\.name)
    }

    // MARK: Reading again

    private mutating func readAgain() async throws(PlexError) {
        if playlist == nil {
            let title = outcome.title
            let made = try await plex.playlists(titled: title).first { !$0.isSmart && !known.contains($0.ratingKey) }
            guard let made else { return }
            playlist = made
            outcome.isCreated = true
        }
        guard let playlist else { return }
        places = try await PlaylistReader.places(of: playlist, plex)
        let (before, now) = (Set(start.map(\.key)), Set(places.map(\.key)))
        let ids = Set(places.map(\.id))
        outcome.removed = start.filter { !ids.contains($0.id) }.map(\.name)
        outcome.added = songs.filter { now.contains($0.key) && !before.contains($0.key) }.map(\.name)
        // Accepted, but not there: deleted from the library between reading and adding, or a yes that was none.
        let missing = Set(sent.map(\.key)).subtracting(now)
        sent = []
        if missing.isEmpty { return }
        let there = try await plex.items(missing.sorted()).map(\.ratingKey)
        drop(missing.subtracting(there))
    }

    /// A group refused with 404: those that are still in the library are tried again.
    private mutating func dropGone(_ group: [PlaylistSong]) async {
        guard let there = try? await plex.items(group.map(\.key)) else { return }
        drop(Set(group.map(\.key)).subtracting(there.map(\.ratingKey)))
    }

    private mutating func drop(_ gone: Set<String>) {
        if gone.isEmpty { return }
        let names = songs.filter { gone.contains($0.key) }.map(\.name)
        songs.removeAll { gone.contains($0.key) }
        if names.isEmpty { return }
        let list = names.prefix(3).map { "“\($0)”" }.joined(separator: ", ") + (names.count > 3 ? " …" : "")
        outcome.notes.append("\(names.count) no longer in the library: \(list)")
    }

    /// What was uncertain is now seen.
    private mutating func settle() async throws(StorageError) {
        for (key, step) in open {
            let happened = PlaylistVerify.happened(step.kind, step.evidence, playlist: playlist, places: places)
            try await door.effects.settle(key, happened: happened, by: "the playlist, read again")
        }
        open = []
    }
}

extension PlaylistDoor.End {
    /// A dry run goes on to the next step, so that the Ledger tells of each.
    var endsRound: Bool {
        switch self {
        case .done, .dryRun: false
        case .again, .stop: true
        }
    }
}

extension Array {
    func groups(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
