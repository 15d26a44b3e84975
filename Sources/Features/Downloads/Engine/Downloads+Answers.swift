// What people ask of the engine, and say to it.

package import Domain
package import Runtime
internal import Storage

/// What came of something somebody asked for.
package struct DownloadAnswer: Hashable, Sendable {
    package var isDone: Bool
    package var report: Report

    init(_ isDone: Bool, _ words: Prose) {
        self.isDone = isDone
        report = Report("Downloads", lines: [words], tone: isDone ? .good : .warning)
    }
}

/// Which film somebody means.
package enum FilmGuess: Hashable, Sendable {
    case one(FilmIDs)
    case several([FilmIDs])
    case none
    case unknown(why: String)
}

extension Downloads {
    // MARK: Cards

    package func approve(_ id: Int64, by actor: String) async throws -> DownloadAnswer {
        guard var one = try await book.one(id), one.state == .asked else {
            return DownloadAnswer(false, "It is decided already.")
        }
        one.saidBy = actor
        one.state = .waiting
        one.tries = 0
        one.dueAt = clock.now
        one.untold = nil
        guard try await book.save(one, was: .asked) else { return DownloadAnswer(false, "It is decided already.") }
        try await work()
        guard let now = try await book.one(id) else { return DownloadAnswer(false, "It is gone.") }
        return DownloadAnswer(
            now.state.isOpen || now.state == .downloaded, "\(strong: now.film.name): " + DownloadReports.standing(now))
    }

    package func decline(_ id: Int64, by actor: String, never: Bool) async throws -> DownloadAnswer {
        guard var one = try await book.one(id), one.state == .asked else {
            return DownloadAnswer(false, "It is decided already.")
        }
        (one.state, one.saidBy, one.endedAt, one.untold) = (.declined, actor, clock.now, nil)
        one.outcome = never ? "never, as somebody said" : "not this time"
        guard try await book.save(one, was: .asked) else { return DownloadAnswer(false, "It is decided already.") }
        if never { try await book.set(.never, for: one.film, by: actor) }
        return DownloadAnswer(true, "\(strong: one.film.name) is left where it is.")
    }

    // MARK: Films

    /// By number ("tmdb:278", "tt0111161"), else by title, among those met before and then those of the Radarrs.
    package func guess(_ query: String) async throws -> FilmGuess {
        let bare = query.lowercased().filter { !$0.isWhitespace }
        if bare.hasPrefix("tmdb:"), let number = Int(bare.dropFirst(5)) {
            return await named(FilmIDs(tmdb: number, title: ""))
        }
        if bare.hasPrefix("tt"), FilmIDs(imdb: bare, title: "").imdb != nil {
            return await named(FilmIDs(imdb: bare, title: ""))
        }
        let known = try await book.films() + book.overrides().map(\.film)
        switch FilmSearch.guess(query, among: known) {
        case .one(let film): return .one(film)
        case let other:
            var films: [FilmIDs] = []
            for instance in sources.everywhere {
                switch await within(.seconds(20), on: clock, { [sources] in await sources.films(instance) }) {
                case .known(let entries)?: films += entries.map(\.ids)
                case .unknown(let why)?: if case .none = other { return .unknown(why: why) }
                case .absent?, nil: continue
                }
            }
            let all = FilmSearch.guess(query, among: known + films)
            return all == .none ? other : all
        }
    }

    private func named(_ film: FilmIDs) async -> FilmGuess {
        var why: String?
        for instance in sources.everywhere {
            switch await within(.seconds(4), on: clock, { [sources] in await sources.film(instance, film) }) {
            case .found(let entry)?: return .one(entry.ids.filled(from: film))
            case .several?, .absent?: continue
            case .unknown(let words)?: why = words
            case nil: why = "\(instance) gave no answer"
            }
        }
        return why.map { .unknown(why: $0) } ?? .none
    }

    package func override(_ film: FilmIDs, _ word: FilmOverride?, by actor: String) async throws -> Report {
        try await book.set(word, for: film, by: actor)
        return DownloadReports.override(film, word)
    }

    package func why(_ film: FilmIDs) async throws -> Report {
        let cases = try await book.cases(of: film.keys)
        return DownloadReports.why(
            film, Self.told(cases), override: try await book.override(film), naming: hasSeveral)
    }

    /// As if that person had just watched it to the end; nothing is done, and nothing written down.
    package func test(
        _ film: FilmIDs, user: Playback.User, source: Playback.Source
    ) async throws -> [(house: String, verdict: FilmVerdict)] {
        var verdicts: [(house: String, verdict: FilmVerdict)] = []
        for instance in sources.instances.isEmpty ? [""] : sources.instances {
            let playback = Playback(
                source: source, user: user, film: film, saidWatched: true, at: clock.now, client: "a test")
            var gathered = await evidence(playback, instance, supposed: true)
            if judge.counts(gathered.evidence) {
                try await remember(&gathered.evidence, gathered, case: nil, instance: instance)
                if judge.needsSeeders(gathered.evidence), let ask = sources.seeders {
                    let known = gathered.evidence.film
                    let answer = await within(.seconds(60), on: clock) { await ask(known) }
                    gathered.evidence.seeders = Piece(answer ?? .unknown(why: "no answer"), from: "indexers")
                }
            }
            verdicts.append((instance, judge.verdict(on: gathered.evidence)))
        }
        // A Radarr that lacks the film has nothing to say where another has it.
        let having = verdicts.filter { $0.verdict.decision.rule != .radarr }
        return having.isEmpty ? Array(verdicts.prefix(1)) : having
    }

    package nonisolated var hasSeveral: Bool { sources.everywhere.count > 1 }

    /// Without the rows of Radarrs that lack a film which another has.
    private static func told(_ cases: [DownloadCase]) -> [DownloadCase] {
        let having = Set(cases.filter { $0.state != .missing }.map(\.playKey))
        return cases.filter { $0.state != .missing || !having.contains($0.playKey) }
    }

    // MARK: Looking

    package func statistics(days: Int) async throws -> DownloadStatistics {
        try await statistics(since: clock.now - .days(Int64(days)))
    }

    package func statistics(since: Instant) async throws -> DownloadStatistics {
        DownloadStatistics(Self.told(try await book.cases(since: since)), since: since, until: clock.now)
    }

    package func decisions(_ most: Int = 60) async throws -> [DownloadCase] {
        Self.told(try await book.latest(most)).filter { $0.state != .duplicate }
    }

    package func overview() async throws -> (report: Report, statistics: DownloadStatistics) {
        let statistics = try await statistics(since: clock.now - .days(90))
        let report = DownloadReports.overview(
            statistics, open: try await book.open(), latest: try await decisions(20), wishes,
            isDry: effects.isDry(DownloadKind.search), naming: hasSeveral)
        return (report, statistics)
    }

    /// One line for `status`.
    package func line() async throws -> Prose {
        let open = try await book.open()
        let waiting = open.count { $0.state == .waiting || $0.state == .judging }
        let asked = open.count { $0.state == .asked }
        let mode: Prose = effects.isDry(DownloadKind.search) ? "a dry run" : "on"
        return "Downloads: " + mode + ", \(open.count - waiting - asked) under way, \(waiting) wait, \(asked) ask"
    }

    /// Of the last seven days; nil: nothing happened.
    package func weekly() async throws -> Report? {
        let statistics = try await statistics(since: clock.now - .days(7))
        return statistics.judged == 0 && statistics.ended == 0 ? nil : DownloadReports.weekly(statistics)
    }
}

enum FilmSearch {
    static func guess(_ query: String, among films: [FilmIDs]) -> FilmGuess {
        var seen: Set<String> = []
        let films = films.filter { seen.insert($0.key).inserted }
        let wanted = FilmIDs.folded(query)
        if wanted.isEmpty { return .none }
        for test in [
            { (film: FilmIDs) in FilmIDs.folded(film.name) == wanted },
            { FilmIDs.folded($0.title) == wanted },
            { FilmIDs.folded($0.name).hasPrefix(wanted) },
            { FilmIDs.folded($0.name).contains(wanted) },
        ] {
            let hits = films.filter(test)
            if hits.count == 1 { return .one(hits[0]) }
            if hits.count > 1 { return .several(Array(hits.prefix(10))) }
        }
        return .none
    }
}
