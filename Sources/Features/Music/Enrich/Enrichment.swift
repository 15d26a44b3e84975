// The jazz feature: who plays on an album, as a line in its summary. Here the parts are put together and each way of
// asking has its method; what is shown is made in EnrichReports, what is written goes through SummaryScribe.

package import Discogs
package import Domain
package import MusicBrainz
package import Plex
package import Runtime
package import Storage

package final class Enrichment: Sendable {
    let plex: Plex
    let search: ReleaseSearch
    package let scribe: SummaryScribe
    let albums: AlbumBook
    package let settings: EnrichSettings
    let clock: any Clock
    let log: Log
    let runs = RunGate()

    package init(
        plex: Plex, musicBrainz: MusicBrainzClient, discogs: DiscogsClient?, effects: Effects, database: Database,
        settings: EnrichSettings, doing: EnrichEffects? = nil, log: Log
    ) {
        self.plex = plex
        search = ReleaseSearch(musicBrainz, discogs: discogs)
        scribe = SummaryScribe(
            plex: plex, doing: doing ?? .through(plex), effects: effects, database: database)
        albums = AlbumBook(database)
        self.settings = settings
        clock = database.clock
        self.log = log.labelled("enrich")
    }

    /// What `!plex enrich` found out about one album.
    package enum Finding: Sendable {
        /// Ready to be written; `evidence` and the draft are what the preview shows.
        case preview(SummaryChange, AlbumEvidence, ReleasePick, SummaryDraft)
        /// The block stands there as it would be written.
        case alreadyThere(AlbumEvidence, ReleasePick)
        case ask(AlbumEvidence, [ReleaseCandidate], why: String)
        case nobody(AlbumEvidence, why: String)
        /// The marks are out of order; `--repair` would make this of it.
        case broken(AlbumEvidence, why: String)
    }

    package func find(_ typed: String) async throws -> AlbumFinding {
        do { return try await AlbumSearch(plex).find(typed) } catch { throw EnrichTrouble.of(error) }
    }

    package func suggestions(_ typed: String) async throws -> [PlexItem] {
        try await AlbumSearch(plex).suggestions(typed)
    }

    /// - Parameter release: chosen by hand
    package func look(at ratingKey: String, release: MBID? = nil, repairs: Bool = false) async throws -> Finding {
        do {
            let evidence = try await AlbumEvidence.gather(ratingKey, from: plex)
            let found =
                if let release {
                    try await search.take(release, for: evidence.facts)
                } else {
                    try await search.find(evidence.facts)
                }
            switch found {
            case .ask(let candidates, let why): return .ask(evidence, candidates, why: why)
            case .nobody(let why): return .nobody(evidence, why: why)
            case .pick(let pick): return try await preview(evidence, pick, repairs: repairs)
            }
        } catch { throw EnrichTrouble.of(error) }
    }

    private func preview(_ evidence: AlbumEvidence, _ pick: ReleasePick, repairs: Bool) async throws -> Finding {
        let change = change(evidence, pick, repairs ? .repair : .write)
        do throws(EnrichTrouble) {
            let draft = try change.draft(
                on: evidence.item.summary, isLocked: evidence.item.isSummaryLocked, entries: [])
            if draft.changesNothing { return .alreadyThere(evidence, pick) }
            return .preview(change, evidence, pick, draft)
        } catch {
            guard case .brokenBlock(let why) = error else { throw error }
            return .broken(evidence, why: why)
        }
    }

    func change(_ evidence: AlbumEvidence, _ pick: ReleasePick, _ action: SummaryChange.Action) -> SummaryChange {
        SummaryChange(
            album: evidence.item.ratingKey, library: evidence.library, name: evidence.name, action: action,
            lines: SummaryBlock(pick.credits, style: settings.style).lines, source: pick.source,
            atTop: settings.place == .top, isByHand: pick.way == .byHand)
    }

    // MARK: Taking back

    /// Removing, undoing and repairing need no release; what they would make of the text.
    package struct Retreat: Sendable {
        package var change: SummaryChange
        package var item: PlexItem
        package var draft: SummaryDraft
        /// Of an undo: the summary is no longer what was written; somebody's later words would go.
        package var losesLaterWords: Bool
    }

    package func retreat(_ action: SummaryChange.Action, of ratingKey: String) async throws -> Retreat {
        do {
            let item = try await plex.item(ratingKey)
            guard item.kind == .album else { throw EnrichTrouble.notAnAlbum(title: item.title, kind: item.kind.name) }
            let library = try await plex.library(of: item)
            let entries = try await scribe.journal.entries(of: ratingKey, in: library)
            let hash = item.summary.summaryHash
            var change = SummaryChange(
                album: ratingKey, library: library, name: AlbumEvidence.name(item), action: action)
            var losesLaterWords = false
            if action == .undo {
                guard let entry = entries.undoable else { throw EnrichTrouble.nothingToUndo(title: change.name) }
                change.undoes = entry.id
                change.shown = hash
                change.source = entry.source
                losesLaterWords = entry.newHash != hash
            }
            let draft = try change.draft(on: item.summary, isLocked: item.isSummaryLocked, entries: entries)
            return Retreat(change: change, item: item, draft: draft, losesLaterWords: losesLaterWords)
        } catch { throw EnrichTrouble.of(error) }
    }

    // MARK: Writing

    /// What was confirmed, done. Also tells the long runs: what a person took back is not put there again by itself.
    package func carryOut(_ change: SummaryChange, by actor: String) async throws -> Written {
        do {
            let written = try await scribe.carryOut(change, by: actor)
            switch written {
            case .done, .alreadyThere:
                let isTakenBack = change.action == .remove || change.action == .undo
                try await albums.note(
                    AlbumState(
                        library: change.library, ratingKey: change.album, name: change.name,
                        state: isTakenBack ? .declined : .written,
                        why: isTakenBack ? "taken back by hand" : change.isByHand ? AlbumState.byHand : "",
                        source: change.source, at: clock.now))
            case .dryRun, .refused, .failed, .unknown: break
            }
            return written
        } catch { throw EnrichTrouble.of(error) }
    }

    /// For `Effects.settleInterrupted`.
    package func verify(_ effect: Effect) async -> Reading<Bool> { await scribe.verify(effect) }
}

extension Enrichment {
    package var reports: EnrichReports { EnrichReports(settings) }

    /// The cover, small; a preview does without when there is none.
    package func cover(of album: PlexItem) async -> Report.Picture? {
        guard let path = album.thumb, let image = try? await plex.image(path, width: 300, height: 300) else {
            return nil
        }
        return Report.Picture(
            name: "cover.\(image.kind.fileExtension)", bytes: image.bytes,
            alternative: "Cover of \(AlbumEvidence.name(album))", place: .thumbnail)
    }

    package func overview() async throws -> Report {
        reports.overview(
            try await albums.counts(), asks: try await albums.albums(.asks, most: 11),
            failed: try await albums.albums(.failed, most: 11))
    }
}
