// A whole artist or library, slowly: MusicBrainz answers once a second. Only what is sure is written; the rest is listed
// for a person. Every album's outcome is kept at once, so a restart costs nothing that was done.

internal import Domain
internal import MusicBrainz
internal import Plex
internal import Runtime
internal import Synchronization

package struct RunScope: Hashable, Sendable {
    /// Nil: the libraries of the settings.
    package var artist: String?
    package var name: String

    package static let libraries = RunScope(artist: nil, name: "the music libraries")

    package init(artist: String?, name: String) {
        self.artist = artist
        self.name = name
    }

    var key: String { artist.map { "artist:\($0)" } ?? "libraries" }
}

package struct RunTally: Hashable, Sendable {
    package var name: String
    package var total: Int
    package var done = 0
    package var counts: [AlbumState.State: Int] = [:]
    /// What a person has to look at, with why.
    package var asks: [AlbumState] = []
    package var failed: [AlbumState] = []
    package var current = ""
    /// It ended before its end, and goes on the next time.
    package var stopped: String?

    /// A run that found all as it was is no news.
    package var isWorthTelling: Bool {
        stopped != nil || [.written, .due, .failed].contains { counts[$0, default: 0] > 0 }
    }

    mutating func count(_ album: AlbumState) {
        done += 1
        counts[album.state, default: 0] += 1
        if album.state == .asks { asks.append(album) }
        if album.state == .failed { failed.append(album) }
    }
}

/// One long run at a time: two would only wait for each other's requests.
final class RunGate: Sendable {
    private let current = Mutex<String?>(nil)

    func enter(_ name: String) throws(EnrichTrouble) {
        let other = current.withLock { current -> String? in
            if let current { return current }
            current = name
            return nil
        }
        if let other { throw .underWay(other) }
    }

    func leave() { current.withLock { $0 = nil } }
}

/// What is kept of an album between the listing and its turn.
private struct Turn: Sendable {
    var ratingKey: String
    var library: String
    var name: String
    /// The block's own last line, which says where it came from.
    var sourceLine: String?
}

extension Enrichment {
    package typealias Progress = @Sendable (RunTally) async -> Void

    /// How long a service in trouble is waited for before the run gives up for now.
    private static let patience: [Duration] = [.seconds(15), .seconds(60), .minutes(5)]
    /// Every edit of the answer is a request to Discord.
    private static let tellsEvery = Duration.seconds(5)
    /// Albums in a row that failed for the same passing reason: the service is gone, not the album.
    private static let mostFailures = 3

    package func run(_ scope: RunScope, by actor: String, progress: @escaping Progress) async throws -> RunTally {
        try runs.enter(scope.name)
        defer { runs.leave() }
        do {
            let turns = try await list(scope)
            let run = try await albums.begin(scope, by: actor, now: clock.now)
            var tally = RunTally(name: scope.name, total: turns.count)
            var failures = 0
            var told: Duration?
            for turn in turns {
                try Task.checkCancellation()
                tally.current = turn.name
                if told.map({ clock.uptime - $0 >= Self.tellsEvery }) ?? true {
                    told = clock.uptime
                    await progress(tally)
                }
                if let settled = try await settled(turn, since: run.began) {
                    tally.count(settled)
                    continue
                }
                let (outcome, isPassing, isForAll) = try await handle(turn, by: actor)
                if isForAll {
                    tally.stopped = outcome.why
                    return tally
                }
                try await albums.note(outcome)
                tally.count(outcome)
                failures = isPassing ? failures + 1 : 0
                if failures >= Self.mostFailures {
                    tally.stopped = outcome.why
                    return tally
                }
            }
            tally.current = ""
            try await albums.end(run.id, now: clock.now)
            return tally
        } catch { throw EnrichTrouble.of(error) }
    }

    /// At start: the runs over artists that the last stop cut off, to their ends.
    package func resume(tell: @Sendable (RunTally) async -> Void) async {
        do {
            for (scope, actor) in try await albums.openArtists(now: clock.now) {
                log.info("going on with a run that was cut off", ["artist": scope.name])
                await tell(try await run(scope, by: actor) { _ in })
            }
        } catch {
            if !Task.isCancelled { log.warning("a run that was cut off could not go on: \(error)") }
        }
    }

    // MARK: Which albums

    private func list(_ scope: RunScope) async throws -> [Turn] {
        let music = try await plex.sections().filter(\.isMusic)
        var turns: [Turn] = []
        func add(_ items: [PlexItem], _ library: String) {
            turns += items.filter { $0.kind == .album }.map { item in
                Turn(
                    ratingKey: item.ratingKey, library: library, name: AlbumEvidence.name(item),
                    sourceLine: SummaryBlock(in: item.summary)?.lines.last)
            }
        }
        if let artist = scope.artist {
            let item = try await plex.item(artist)
            let section = music.first { $0.id == item.sectionID }
            add(try await albums(of: item), section?.uuid ?? "")
            return turns
        }
        let wanted = settings.sections.map { Folding.folded($0) }
        let unknown = settings.sections.filter { name in !music.contains { Self.isMeant([Folding.folded(name)], $0) } }
        if !unknown.isEmpty { throw EnrichTrouble.unknownSections(unknown) }
        for section in music where wanted.isEmpty || Self.isMeant(wanted, section) {
            for try await page in plex.items(.album, in: section.id) {
                if page.isFreshStart { turns.removeAll { $0.library == section.uuid } }
                add(page.rows, section.uuid)
            }
        }
        return turns
    }

    private static func isMeant(_ names: [String], _ section: PlexSection) -> Bool {
        names.contains(Folding.folded(section.title)) || names.contains("\(section.id)")
    }

    /// What needs no look: done in this run, settled lately, or left out by a person.
    private func settled(_ turn: Turn, since began: Instant) async throws -> AlbumState? {
        guard var known = try await albums.state(of: turn.ratingKey, in: turn.library) else { return nil }
        known.name = turn.name
        // Nothing but the block itself proves that it still stands there.
        let stands = turn.sourceLine.map { names($0, known.source) } ?? false
        switch known.state {
        case .declined: return known
        case .failed, .due: return nil
        case .written, .there:
            guard stands else { return nil }
            if known.at >= began { return known }
            known.state = .there
        case .nobody, .asks: if known.at >= began { return known }
        }
        return clock.now - known.at < settings.staysFresh ? known : nil
    }

    private func names(_ line: String, _ source: String) -> Bool {
        source.split(separator: ":").last.map { line.hasSuffix($0) } ?? false
    }

    // MARK: One album

    private func handle(
        _ turn: Turn, by actor: String
    ) async throws -> (AlbumState, isPassing: Bool, isForAll: Bool) {
        var state = AlbumState(
            library: turn.library, ratingKey: turn.ratingKey, name: turn.name, state: .failed, why: "", source: "",
            at: clock.now)
        var waits = Self.patience[...]
        while true {
            do {
                try await settle(&state, by: actor)
                state.at = clock.now
                return (state, false, false)
            } catch let trouble as EnrichTrouble {
                // Being stopped is not the album's fault.
                if Task.isCancelled { throw CancellationError() }
                state.at = clock.now
                state.why = trouble.description
                if trouble.isForAll { return (state, false, true) }
                guard trouble.isPassing, let wait = waits.popFirst() else { return (state, trouble.isPassing, false) }
                log.info("waiting", ["album": turn.name, "why": trouble.description])
                try await clock.sleep(for: wait)
            }
        }
    }

    private func settle(_ state: inout AlbumState, by actor: String) async throws {
        // What a person chose stays chosen.
        let chosen = try await albums.state(of: state.ratingKey, in: state.library).flatMap(\.releaseByHand)
        state.why = chosen == nil ? "" : AlbumState.byHand
        switch try await look(at: state.ratingKey, release: chosen) {
        case .alreadyThere(_, let pick):
            state.state = .there
            state.source = pick.source
        case .ask(_, let candidates, let why):
            state.state = .asks
            state.why = candidates.first.map { "\(why): best \(Int(($0.score * 100).rounded())) %" } ?? why
        case .nobody(_, let why):
            state.state = .nobody
            state.why = why
        case .broken(_, let why):
            state.state = .asks
            state.why = why
        case .preview(let change, _, let pick, _):
            state.source = pick.source
            let written: Written
            do { written = try await scribe.carryOut(change, by: actor) } catch { throw EnrichTrouble.of(error) }
            switch written {
            case .done(let note):
                state.state = .written
                if let note { state.why = note }
            case .alreadyThere: state.state = .there
            case .dryRun:
                state.state = .due
            case .refused(let why), .failed(let why), .unknown(let why):
                state.state = .failed
                state.why = why
            }
        }
    }
}

extension AlbumState {
    fileprivate var releaseByHand: MBID? {
        guard why == Self.byHand, state == .written || state == .there, source.hasPrefix("musicbrainz:") else {
            return nil
        }
        return MBID(source.dropFirst("musicbrainz:".count))
    }
}
