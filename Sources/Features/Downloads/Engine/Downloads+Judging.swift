// From a playing to a verdict: the evidence is gathered, the rules judge it, and both are on the disk before anything is
// done about it.

internal import Domain
internal import Runtime
internal import Storage

extension Downloads {
    /// After which, three days later, what nobody could tell stays unknown.
    static let mostTries = 20

    func judge(_ one: DownloadCase) async throws {
        var next = one
        let gathered = try await evidence(one.playback, instance: one.instance)
        next.film = gathered.evidence.film
        next.userKey = gathered.userKey
        let isCounting = judge.counts(gathered.evidence)
        if isCounting {
            let isFirst = try await book.watched(
                one.playback, gathered.firstFilm, userKey: gathered.userKey,
                window: max(one.playback.duplicateWindow, gathered.runtime ?? .zero))
            guard isFirst else {
                next.state = .duplicate
                next.outcome = "this watch is known already"
                return try await end(next, was: one.state)
            }
            if next.film.key != gathered.firstFilm.key { try await book.rename(one.playKey, to: next.film) }
        }
        var evidence = gathered.evidence
        if isCounting { try await remember(&evidence, gathered, case: one, instance: one.instance) }
        let verdict = judge.verdict(on: evidence)
        next.evidence = evidence
        next.trace = verdict.trace
        next.decision = verdict.decision.word
        next.rule = verdict.decision.rule.rawValue
        next.why = verdict.why
        next.judgedAt = clock.now
        next.plays = isCounting ? max(1, PlayRange(evidence.plays).least) : 0
        next.size = evidence.size
        next.path = evidence.path
        if case .found(_, let id) = evidence.presence { next.movieID = id }
        try await decide(&next, verdict, evidence)
        _ = try await book.save(next, was: one.state)
        log.info("\(next.film.name): \(next.decision), \(next.why)", ["user": one.userName, "rule": next.rule])
    }

    private func decide(_ next: inout DownloadCase, _ verdict: FilmVerdict, _ evidence: FilmEvidence) async throws {
        next.dueAt = nil
        if judge.needsSeeders(evidence) {
            next.state = .seeders
            next.outcome = "asks the indexers"
            return
        }
        switch verdict.decision {
        case .download:
            next.state = .searching
            next.dueAt = clock.now
            next.tries = 0
            next.outcome = ""
        case .ask:
            next.state = .asked
            next.untold = .ask
            next.outcome = "an admin is asked"
        case .wait(_, let why):
            wait(&next, why)
        case .unknown(_, let why):
            if verdict.isWorthAskingAgain { wait(&next, why) } else { close(&next, .unknown, why) }
        case .no(let rule, let why):
            guard rule == .radarr else { return close(&next, .no, why) }
            close(&next, .missing, why)
            // Of several Radarrs one may have it; then this one's lack of it is nothing to tell.
            if try await isAnywhere(next) { return }
            next.untold = .end
        }
    }

    private func wait(_ next: inout DownloadCase, _ why: String) {
        guard next.tries < Self.mostTries else { return close(&next, .unknown, why) }
        next.state = .waiting
        next.dueAt = clock.now + Self.pause(after: next.tries)
        next.tries += 1
        next.outcome = why
    }

    private func close(_ next: inout DownloadCase, _ state: DownloadCase.State, _ outcome: String) {
        next.state = state
        next.outcome = outcome
        next.endedAt = clock.now
        next.dueAt = nil
    }

    private func isAnywhere(_ one: DownloadCase) async throws -> Bool {
        try await book.latest(50).contains { $0.playKey == one.playKey && $0.id != one.id && $0.state != .missing }
    }

    // MARK: Evidence

    struct Gathered: Sendable {
        var evidence: FilmEvidence
        var userKey: String
        var runtime: Duration?
        /// As it was known before Radarr was asked.
        var firstFilm: FilmIDs
    }

    /// `supposed`: nobody watched it; it is judged as if this person just had.
    func evidence(_ playback: Playback, instance: String, supposed: Bool = false) async throws -> Gathered {
        let viewer = await viewer(of: playback)
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
        let item = await soon { [sources] in await sources.item(playback) }
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
        let finding = await within(.seconds(4), on: clock) { [sources] in await sources.film(instance, known) }
        evidence.take(
            await present(finding ?? .unknown(why: "\(instance) gave no answer within four seconds"), instance, known),
            wishes)
        evidence.take(item, playback)
        if !supposed, evidence.film.title != playback.film.title { evidence.names.append(playback.film.title) }
        if case .found(let house, let id) = evidence.presence { await ask(&evidence, house, id) }
        let (film, since) = (evidence.film, clock.now - wishes.window)
        var playback = playback
        if playback.itemID.isEmpty { playback.itemID = item.known?.id ?? "" }
        let asked = playback
        let runtime = gathered.runtime
        evidence.plays +=
            await within(.seconds(4), on: clock) { [sources] in
                await sources.plays(asked, film, runtime, since)
            } ?? [PlayTally("history", .unknown(why: "no answer within four seconds"))]
        gathered.evidence = evidence
        return gathered
    }

    /// A film that the others have lost may still be with the Radarr that keeps; one of them asks for all.
    private func present(_ finding: FilmFinding, _ instance: String, _ film: FilmIDs) async -> FilmFinding {
        let target = wishes.target(of: instance)
        guard case .absent = finding, target != instance, instance == sources.instances.first else { return finding }
        let there = await within(.seconds(4), on: clock) { [sources] in await sources.film(target, film) }
        if case .found = there { return there ?? finding }
        return finding
    }

    /// What else the Radarrs know of the film: the one that has it, and the one that would keep it.
    private func ask(_ evidence: inout FilmEvidence, _ instance: String, _ id: Int) async {
        let target = wishes.target(of: instance)
        let (root, film, path) = (wishes.root(of: target), evidence.film, evidence.path)
        async let queue = soon { [sources] in await sources.queue(instance, id) }
        async let history = soon { [sources] in await sources.history(instance, id) }
        async let space = soon { [sources] in await sources.space(target, root) }
        async let seen = place(of: path)
        async let other = target == instance ? nil : kept(film, in: target)
        evidence.queue = Piece(await queue, from: instance)
        evidence.space = Piece(await space, from: target)
        let place = await seen
        if evidence.place.reading != .known(.nowhere) { evidence.place = place }
        var deleted = await deletion(history)
        if let kept = await other {
            evidence.kept = kept.copy
            evidence.tags += kept.tags.filter { !evidence.tags.contains($0) }
            switch (deleted, kept.deleted) {
            case (.unknown, _), (_, .absent): break
            case (_, .unknown), (.absent, _): deleted = kept.deleted
            case (.known(let own), .known(let other)): deleted = .known(max(own, other))
            }
        }
        evidence.deleted = Piece(deleted, from: instance)
    }

    private nonisolated func kept(
        _ film: FilmIDs, in target: String
    ) async -> (copy: KeptCopy, tags: [String], deleted: Reading<Instant>) {
        switch await within(.seconds(4), on: clock, { [sources] in await sources.film(target, film) }) {
        case .found(let entry)?:
            async let seen = place(of: entry.path)
            async let queue = soon { [sources] in await sources.queue(target, entry.id) }
            async let history = soon { [sources] in await sources.history(target, entry.id) }
            let place = await seen
            let copy = KeptCopy(
                target, entry.fileID == nil ? .known(.nowhere) : place.reading, path: entry.path, queue: await queue)
            return (copy, entry.tags, deletion(await history))
        case .absent?: return (KeptCopy(target, .known(.nowhere)), [], .absent)
        case .several?: return (KeptCopy(target, .unknown(why: "several films could be meant")), [], .absent)
        case .unknown(let why)?: return (KeptCopy(target, .unknown(why: why)), [], .absent)
        case nil: return (KeptCopy(target, .unknown(why: "no answer within four seconds")), [], .absent)
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
    nonisolated func place(of path: String) async -> Piece<FilmPlace> {
        let seen = await soon { [sources] in await sources.look(path) }
        return PlaceRules.place(of: path, seen: seen, wishes)
    }

    /// What our own tables say.
    func remember(
        _ evidence: inout FilmEvidence, _ gathered: Gathered, case one: DownloadCase?, instance: String
    ) async throws {
        let (film, key) = (evidence.film, gathered.userKey)
        var own = try await book.count(film, userKey: key, window: wishes.window, at: one?.at ?? clock.now)
        if one == nil { own += 1 }
        // The outside counts without this one; of beginnings it has counted one, unless nobody began.
        evidence.plays = evidence.plays.map { tally in
            guard tally.bound != .atMost || one == nil, let count = tally.count.known else { return tally }
            return PlayTally(tally.source, .known(count + 1), tally.bound)
        }
        evidence.plays.insert(PlayTally("our ledger", .known(own), .atLeast), at: 0)
        evidence.override = try await book.override(film)
        if let one, !one.saidBy.isEmpty { evidence.override = .always }
        // What one Radarr keeps for all is searched for once.
        let house = wishes.preparation == .second ? nil : instance
        evidence.searchedAt = try await book.searchedAt(film.keys, instance: house, but: one?.id ?? 0)
        if let at = try await book.deletedAt(film), at > evidence.deleted.known ?? at - .seconds(1) {
            evidence.deleted = Piece(.known(at), from: "our tables")
        }
        evidence.underWay = try await book.underWay(film.keys, instance: house, but: one?.id ?? 0)?.words
        let today = try await book.today(but: one?.id ?? 0)
        (evidence.searchesToday, evidence.bytesToday) = (today.searches, today.bytes)
        evidence.seeders = sources.seeders == nil ? nil : .notAsked
        if sources.seeders != nil, let said = try await book.seeders(film) {
            evidence.seeders = Piece(said, from: "indexers")
        }
    }
}

extension FilmEvidence {
    mutating func take(_ finding: FilmFinding, _ wishes: DownloadWishes) {
        switch finding {
        case .absent: presence = .absent
        case .several(let names): presence = .several(names)
        case .unknown(let why): presence = .unknown(why: why)
        case .found(let entry):
            presence = .found(instance: entry.instance, id: entry.id)
            take(entry, wishes)
        }
    }

    mutating func take(_ entry: FilmEntry, _ wishes: DownloadWishes) {
        func piece<Value>(_ value: Value?) -> Piece<Value> {
            Piece(value.map { .known($0) } ?? .absent, from: entry.instance)
        }
        // Radarr's title is the film's own; the item's may be a folder's.
        film = entry.ids.filled(from: film)
        rating = piece(entry.rating)
        year = piece(entry.ids.year)
        language = piece(entry.language)
        genres = piece(entry.genres.isEmpty ? nil : entry.genres)
        keywords = entry.keywords
        tags = entry.tags
        edition = entry.edition
        if !entry.fileName.isEmpty { names.append(entry.fileName) }
        place = Piece(PlaceRules.place(of: entry, wishes), from: "by its folder")
        path = entry.path
        released = piece(entry.isReleased)
        size = entry.size
        radarrSearchedAt = entry.lastSearchAt
    }

    /// The media server fills what Radarr lacks, and says so.
    mutating func take(_ item: Reading<LibraryItem>, _ playback: Playback) {
        let source = playback.source.called
        switch item {
        case .known(let item):
            if rating.known == nil, let own = item.rating { rating = Piece(.known(own), from: own.source) }
            if genres.known == nil, !item.genres.isEmpty { genres = Piece(.known(item.genres), from: source) }
            if year.known == nil, let year = item.ids.year ?? film.year {
                self.year = Piece(.known(year), from: source)
            }
            favourite = Piece(item.isFavourite.map { .known($0) } ?? .absent, from: source)
            if let starts = item.starts { plays.append(PlayTally(source, .known(starts), .atMost)) }
        case .absent: favourite = Piece(.absent, from: source)
        case .unknown(let why): favourite = Piece(.unknown(why: why), from: source)
        }
    }
}
