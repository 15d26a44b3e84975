// From a playing to a verdict: the evidence is there, the rules judge it, and both are on the disk before anything is
// done about it. Films that are due together are asked about side by side and judged one after another, so that two of
// them never share the last place of a day.

internal import Domain
internal import Runtime
internal import Storage

extension Downloads {
    /// After which, three days later, what nobody could tell stays unknown.
    static let mostTries = 20

    /// So many are asked about at a time.
    private static let atOnce = 8

    /// Judges all that is due to be judged; whatever else is under way, this does not wait for it.
    package func judgeDue() async throws {
        if isJudging {
            wantsMoreJudging = true
            return
        }
        isJudging = true
        defer { isJudging = false }
        repeat {
            wantsMoreJudging = false
            // A row that stays due though it was judged would spin.
            var steps: [Int64: Int] = [:]
            while true {
                let due = try await book.toJudge(clock.now, most: Self.atOnce).filter { steps[$0.id, default: 0] < 12 }
                if due.isEmpty { break }
                let gathered = await gather(due)
                for one in due {
                    if Task.isCancelled { return }
                    steps[one.id, default: 0] += 1
                    guard let gathered = gathered[one.id] else { continue }
                    try await patiently(one) { try await judge(one, gathered) }
                }
            }
        } while wantsMoreJudging
    }

    private nonisolated func gather(_ due: [DownloadCase]) async -> [Int64: Gathered] {
        await withTaskGroup(of: (Int64, Gathered).self) { group in
            for one in due { group.addTask { (one.id, await self.evidence(one.playback, one.instance)) } }
            var all: [Int64: Gathered] = [:]
            for await (id, gathered) in group { all[id] = gathered }
            return all
        }
    }

    private func judge(_ one: DownloadCase, _ gathered: Gathered) async throws {
        var next = one
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
        guard try await book.save(next, was: one.state) else { return }
        // Before the indexers were asked nothing is decided, and to wait once more is what was decided before.
        let isNews = one.state == .seeders || (one.decision, one.rule) != (next.decision, next.rule)
        log.decided(
            DecisionLine(
                "downloads.verdict", next.decision, ids: ["case": "\(next.id)"], rule: next.rule, subject: next.subject),
            level: isNews && next.state != .seeders ? .info : .debug)
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
