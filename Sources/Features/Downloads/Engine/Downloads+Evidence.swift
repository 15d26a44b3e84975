// The pieces of evidence, asked for side by side and with one bound for all of them: what is not there by then is unknown,
// and is called so. Only who counts and has seen the film to its end is asked about at all.

internal import Domain
internal import Runtime

extension Downloads {
    struct Gathered: Sendable {
        var evidence: FilmEvidence
        var userKey: String
        var runtime: Duration?
        /// As it was known before Radarr was asked.
        var firstFilm: FilmIDs
    }

    /// Everything the Radarrs say about one film.
    private struct Inquiry: Sendable {
        var finding: FilmFinding
        var asked: FilmIDs
        var space: Piece<Int64>
        var place = Piece<FilmPlace>.notAsked
        var queue = Piece<[QueueItem]>.notAsked
        var deleted = Piece<Instant>.notAsked
        var kept: Kept?

        /// Now that more is known of the film: was this another one, or could it be found by that?
        func misses(_ film: FilmIDs) -> Bool {
            if film == asked { return false }
            guard case .found(let entry) = finding else { return true }
            return entry.ids.isSame(as: film) == false
        }
    }

    private struct Kept: Sendable {
        var copy: KeptCopy
        var tags: [String] = []
        var deleted = Reading<Instant>.absent
    }

    /// `supposed`: nobody watched it; it is judged as if this person just had.
    nonisolated func evidence(_ playback: Playback, _ instance: String, supposed: Bool = false) async -> Gathered {
        let patience = Patience(on: clock)
        let viewer = await viewer(of: playback, patience)
        var evidence = FilmEvidence(
            film: playback.film, at: clock.now, kind: playback.itemKind,
            userName: playback.user.name ?? playback.user.id ?? "", viewer: viewer,
            share: ViewerRules.share(playback, runtime: nil))
        var gathered = Gathered(
            evidence: evidence, userKey: Self.userKey(playback, viewer), runtime: playback.runtime,
            firstFilm: playback.film)
        // Whoever is not tracked is nobody else's business.
        guard case .tracked = viewer else { return gathered }
        if case .no = judge.verdict(on: evidence).decision { return gathered }
        // Where the playing itself says enough, nobody waits for the library.
        let isClear = judge.counts(evidence)
        async let early = isClear ? inquiry(playback.film, instance, patience) : nil
        async let counted = isClear && Self.isWhole(playback) ? tallies(playback, playback.film, patience) : nil
        let item = await patience.reading { [sources] in await sources.item(playback) }
        if let item = item.known {
            evidence.film = evidence.film.filled(from: item.ids)
            gathered.runtime = playback.runtime ?? item.runtime
        }
        evidence.share = ViewerRules.share(playback, runtime: gathered.runtime)
        if case .unknown(let why) = item, evidence.share.reading == .absent {
            evidence.share = Piece(.unknown(why: why), from: playback.source.called)
        }
        gathered.firstFilm = evidence.film
        gathered.evidence = evidence
        guard judge.counts(evidence) else { return gathered }
        let known = evidence.film
        var answer = await early
        if answer.map({ $0.misses(known) }) ?? true { answer = await inquiry(known, instance, patience) }
        if let answer { take(answer, into: &evidence) }
        evidence.take(item, playback)
        if !supposed, evidence.film.title != playback.film.title { evidence.names.append(playback.film.title) }
        if let counted = await counted {
            evidence.plays += counted
        } else {
            var playback = playback
            if playback.itemID.isEmpty { playback.itemID = item.known?.id ?? "" }
            playback.runtime = gathered.runtime
            evidence.plays += await tallies(playback, evidence.film, patience)
        }
        gathered.evidence = evidence
        return gathered
    }

    /// Whether it says all that whoever counts the plays must know.
    private static func isWhole(_ playback: Playback) -> Bool {
        switch playback.source {
        case .jellyfin: playback.runtime != nil && !playback.itemID.isEmpty
        case .plex, .tautulli: playback.film.year != nil
        }
    }

    private nonisolated func tallies(_ playback: Playback, _ film: FilmIDs, _ patience: Patience) async -> [PlayTally] {
        let since = clock.now - wishes.window
        return await patience.answer { [sources] in await sources.plays(playback, film, playback.runtime, since) }
            ?? [PlayTally("history", .unknown(why: Patience.words))]
    }

    // MARK: The Radarrs

    private nonisolated func inquiry(_ film: FilmIDs, _ instance: String, _ patience: Patience) async -> Inquiry {
        let target = wishes.target(of: instance)
        async let space = patience.reading { [sources, wishes] in
            await sources.space(target, wishes.root(of: target))
        }
        let finding = await present(film, instance, patience)
        guard case .found(let entry) = finding else {
            return Inquiry(finding: finding, asked: film, space: Piece(await space, from: target))
        }
        let (house, id, known) = (entry.instance, entry.id, entry.ids.filled(from: film))
        async let queue = patience.reading { [sources] in await sources.queue(house, id) }
        async let history = patience.reading { [sources] in await sources.history(house, id) }
        async let seen = place(of: entry.path, patience)
        async let other = target == house ? nil : kept(known, in: target, patience)
        var answer = Inquiry(
            finding: finding, asked: film, space: Piece(await space, from: target), place: await seen,
            queue: Piece(await queue, from: house))
        var deleted = deletion(await history)
        answer.kept = await other
        if let kept = answer.kept {
            switch (deleted, kept.deleted) {
            case (.unknown, _), (_, .absent): break
            case (_, .unknown), (.absent, _): deleted = kept.deleted
            case (.known(let own), .known(let other)): deleted = .known(max(own, other))
            }
        }
        answer.deleted = Piece(deleted, from: house)
        return answer
    }

    /// A film that the others have lost may still be with the Radarr that keeps; one of them asks for all.
    private nonisolated func present(_ film: FilmIDs, _ instance: String, _ patience: Patience) async -> FilmFinding {
        let target = wishes.target(of: instance)
        async let there =
            target != instance && instance == sources.instances.first
            ? patience.answer { [sources] in await sources.film(target, film) } : nil
        let finding = await patience.answer { [sources] in await sources.film(instance, film) }
        switch finding {
        case .absent?:
            if let kept = await there, case .found = kept { return kept }
            return .absent
        case let finding?: return finding
        case nil: return .unknown(why: "\(instance) gave \(Patience.words)")
        }
    }

    private nonisolated func kept(_ film: FilmIDs, in target: String, _ patience: Patience) async -> Kept {
        switch await patience.answer({ [sources] in await sources.film(target, film) }) {
        case .found(let entry)?:
            async let seen = place(of: entry.path, patience)
            async let queue = patience.reading { [sources] in await sources.queue(target, entry.id) }
            async let history = patience.reading { [sources] in await sources.history(target, entry.id) }
            let place = await seen
            let copy = KeptCopy(
                target, entry.fileID == nil ? .known(.nowhere) : place.reading, path: entry.path, queue: await queue)
            return Kept(copy: copy, tags: entry.tags, deleted: deletion(await history))
        case .absent?: return Kept(copy: KeptCopy(target, .known(.nowhere)))
        case .several?: return Kept(copy: KeptCopy(target, .unknown(why: "several films could be meant")))
        case .unknown(let why)?: return Kept(copy: KeptCopy(target, .unknown(why: why)))
        case nil: return Kept(copy: KeptCopy(target, .unknown(why: Patience.words)))
        }
    }

    private nonisolated func take(_ answer: Inquiry, into evidence: inout FilmEvidence) {
        evidence.take(answer.finding, wishes)
        evidence.space = answer.space
        guard case .found = evidence.presence else { return }
        evidence.queue = answer.queue
        evidence.deleted = answer.deleted
        if evidence.place.reading != .known(.nowhere) { evidence.place = answer.place }
        if let kept = answer.kept {
            evidence.kept = kept.copy
            evidence.tags += kept.tags.filter { !evidence.tags.contains($0) }
        }
    }

    /// When a person or a cleaner last threw its file away.
    private nonisolated func deletion(_ history: Reading<[HistoryEvent]>) -> Reading<Instant> {
        switch history {
        case .known(let events):
            let newest = events.compactMap { event -> Instant? in
                guard case .deleted(let path) = event.kind else { return nil }
                // A link that went is nobody's judgement of the film.
                let place = PlaceRules.place(of: path, cloud: wishes.cloudPaths, local: wishes.localPaths)
                return path.isEmpty || place != .known(.cloud) ? event.at : nil
            }.max()
            return newest.map { .known($0) } ?? .absent
        case .absent: return .absent
        case .unknown(let why): return .unknown(why: why)
        }
    }

    /// By looking where we can, else by the folders the owner set.
    nonisolated func place(of path: String, _ patience: Patience? = nil) async -> Piece<FilmPlace> {
        let patience = patience ?? Patience(on: clock)
        let seen = await patience.reading { [sources] in await sources.look(path) }
        return PlaceRules.place(of: path, seen: seen, wishes)
    }
}
