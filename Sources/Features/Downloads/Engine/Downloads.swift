// Takes what was played, judges it, has a Radarr search, and follows that to its end. Everything it knows is in the
// tables, and each row says what is to be done next: after a restart it goes on where it was. Rows are worked off one
// after another, so that two films never share the last place of a day.

package import Domain
package import Runtime
package import Storage

package actor Downloads {
    package nonisolated let wishes: DownloadWishes
    package nonisolated let book: DownloadBook
    nonisolated let sources: DownloadSources
    nonisolated let acts: DownloadActs
    nonisolated let effects: Effects
    nonisolated let database: Database
    nonisolated let clock: any Clock
    nonisolated let log: Log
    nonisolated let judge: FilmJudge
    private var isWorking = false
    private var wantsMore = false
    var isJudging = false
    var wantsMoreJudging = false
    private var isAskingSeeders = false
    /// Telling people failed.
    var quietUntil: Instant?
    var untoldTries = 0

    package init(
        _ database: Database, effects: Effects, wishes: DownloadWishes, sources: DownloadSources, acts: DownloadActs,
        log: Log = .silent
    ) {
        self.database = database
        self.effects = effects
        self.wishes = wishes
        self.sources = sources
        self.acts = acts
        self.log = log.labelled("downloads")
        clock = database.clock
        book = DownloadBook(database)
        judge = FilmJudge(wishes)
    }

    /// What came of a playing that somebody reported.
    package enum Taken: Hashable, Sendable {
        case taken([Int64])
        /// It is known already.
        case duplicate
        case ignored(String)
    }

    /// When this returns the playing is on the disk; `work` does the rest.
    package func take(_ playback: Playback) async throws -> Taken {
        if wishes.mode == .off { return .ignored("DOWNLOADS is off") }
        if case .other(let word) = playback.kind { return .ignored(word) }
        // Whom nobody named so quickly is named when it is judged.
        let viewer = await viewer(of: playback, Patience(Patience.door, on: clock))
        var evidence = FilmEvidence(
            film: playback.film, at: clock.now, kind: playback.itemKind,
            userName: playback.user.name ?? playback.user.id ?? "", viewer: viewer,
            share: ViewerRules.share(playback, runtime: nil))
        evidence.film.title = String(evidence.film.title.prefix(300))
        // What is no film, or nobody's who counts, is written down once, not for each Radarr.
        var instances = sources.instances
        if case .no = judge.verdict(on: evidence).decision { instances = [""] }
        if instances.isEmpty { instances = [""] }
        let rows = try await book.open(playback, userKey: Self.userKey(playback, viewer), instances: instances)
        return rows.isNew ? .taken(rows.ids) : .duplicate
    }

    /// Does all that is due. One at a time: who comes while it is under way has it looked at once more.
    package func work() async throws {
        try await judgeDue()
        if isWorking {
            wantsMore = true
            return
        }
        isWorking = true
        defer { isWorking = false }
        repeat {
            wantsMore = false
            // A row that stays due though it was worked on would spin.
            var steps: [Int64: Int] = [:]
            while let next = try await book.due(clock.now), steps[next.id, default: 0] < 12 {
                if Task.isCancelled { return }
                steps[next.id, default: 0] += 1
                try await patiently(next) { try await step(next) }
                // What came or waits to be judged meanwhile must not wait for all the others.
                try await judgeDue()
            }
            try await tellUntold()
        } while wantsMore
    }

    /// One that cannot be worked on must not keep the others waiting.
    func patiently(_ one: DownloadCase, _ work: () async throws -> Void) async throws {
        do { try await work() } catch let error as StorageError {
            throw error
        } catch {
            if Task.isCancelled { return }
            log.error("a case could not go on: \(error)", ["case": "\(one.id)"])
            try await again(one, "\(error)")
        }
    }

    private func step(_ one: DownloadCase) async throws {
        switch one.state {
        case .searching: try await prepare(one)
        case .commanded: try await followCommand(one)
        case .grabbed: try await followGrab(one)
        default:
            var done = one
            done.dueAt = nil
            _ = try await book.save(done, was: one.state)
        }
    }

    /// Indexers may take a minute to answer: they are asked beside the rest, one film at a time.
    package func askSeeders() async throws {
        guard !isAskingSeeders, let ask = sources.seeders else { return }
        isAskingSeeders = true
        defer { isAskingSeeders = false }
        while let one = try await book.forSeeders() {
            if Task.isCancelled { return }
            let film = one.film
            let answer = await within(.seconds(90), on: clock) { await ask(film) }
            if Task.isCancelled { return }
            var next = one
            next.state = .waiting
            next.dueAt = clock.now
            switch answer {
            case .known(let count)?: try await book.set(seeders: count, of: film)
            // Each search counts against the indexers' limits: not again for a day.
            case .absent?: try await book.set(seeders: nil, of: film)
            case .unknown?, nil:
                var why = "no answer within a minute and a half"
                if case .unknown(let words)? = answer { why = words }
                log.warning("nobody told the seeders: \(why)", ["case": "\(one.id)"])
                next.tries += 1
                if next.tries > 4 {
                    try await book.set(seeders: nil, of: film)
                } else {
                    next.outcome = why
                    next.dueAt = clock.now + Self.pause(after: next.tries + 2)
                }
            }
            guard try await book.save(next, was: .seeders) else { return }
            try await work()
        }
    }

    nonisolated func viewer(of playback: Playback, _ patience: Patience) async -> Viewer {
        let first = ViewerRules.viewer(playback.user, wishes)
        if case .tracked = first { return first }
        if playback.user.id == nil { return first }
        // Their name may have changed since, or was not sent.
        return switch await patience.reading({ [sources] in await sources.users(playback.source) }) {
        case .known(let users): ViewerRules.viewer(playback.user, wishes, users: users)
        case .absent: first
        case .unknown(let why): if case .guest = first { first } else { .unanswered(why: why) }
        }
    }

    /// One person, whatever they are called where; others by their source.
    static func userKey(_ playback: Playback, _ viewer: Viewer) -> String {
        if case .tracked(let who, _) = viewer { return "tracked:\(who.lowercased())" }
        return "\(playback.source.rawValue):\(playback.user.id ?? playback.user.name?.lowercased() ?? "")"
    }

    /// A service that hangs must not keep a decision waiting for more than a few seconds.
    nonisolated func soon<Value: Sendable>(
        _ question: @escaping @Sendable () async -> Reading<Value>
    ) async -> Reading<Value> {
        await within(.seconds(4), on: clock, question) ?? .unknown(why: "no answer within four seconds")
    }

    /// 1, 2, 4 … minutes, at most six hours.
    static func pause(after tries: Int) -> Duration { .minutes(min(360, 1 << Int64(min(9, max(0, tries))))) }
}

/// Why something was not done: for people.
struct DownloadRefusal: Error, CustomStringConvertible {
    let description: String
    init(_ why: String) { description = why }
}
