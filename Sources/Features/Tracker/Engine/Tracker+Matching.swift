// Which show it is, where no mapping says so: all that could be it, from the tracker and from the catalogues, weighed by
// MatchGate. As long as one of those asked has not answered nothing is decided: the one that is missing could be it.

package import Domain
internal import Runtime
internal import Storage

extension Tracker {
    enum Matched {
        case mapped(ShowMapping)
        case unknown(String)
        case asked(Int64, String)
    }

    /// Of those that a search found, so many are looked at whole.
    private static let mostLookedAt = 5

    struct Unanswered: Error, CustomStringConvertible { var description: String }

    func match(_ play: EpisodePlay, _ identity: ShowIdentity) async throws -> Matched {
        let gathered: Gathered
        do { gathered = try await gather(play) } catch let error as Unanswered {
            return .unknown(error.description)
        }
        let verdict = MatchGate.verdict(for: gathered.claim, among: gathered.candidates)
        switch verdict {
        case .automatic(let best):
            let denied = try await mappings.denials(of: identity)
            guard denied.isEmpty else {
                return try await ask(
                    play, identity, .ambiguous, gathered.ranked, gathered, "somebody undid what was thought of it")
            }
            if best.show.id != 0 { return .mapped(try await mappings.map(identity, to: best.show.id, best.match)) }
            guard let entry = gathered.entry(of: best.show) else {
                return try await ask(play, identity, .noMatch, gathered.ranked, gathered, "it could not be read whole")
            }
            guard let show = try await put(entry) else {
                return try await ask(
                    play, identity, .idClash, gathered.ranked, gathered, "its numbers belong to different shows here")
            }
            return .mapped(try await mappings.map(identity, to: show, best.match))
        case .conflict(let kind, let ranked): return try await ask(play, identity, kind, ranked, gathered, kind.words)
        }
    }

    private func ask(
        _ play: EpisodePlay, _ identity: ShowIdentity, _ kind: MatchVerdict.ConflictKind, _ ranked: [RankedShow],
        _ gathered: Gathered, _ why: String
    ) async throws -> Matched {
        // Somebody may have answered while the catalogues were asked.
        if let known = try await mappings.mapping(for: identity) { return .mapped(known) }
        let candidates = ranked.prefix(5).map { gathered.candidate($0) }
        return .asked(try await conflicts.ask(identity, play, kind, Array(candidates)), why)
    }

    /// Nil: its ids belong to several of ours.
    func put(_ entry: CatalogueEntry) async throws -> Int64? {
        let show = try await catalogue.put(entry, dueAt: clock.now + Self.freshness(of: entry, now: clock.now)).show
        if let show { forgetEpisodes(of: show) }
        return show
    }

    // MARK: Gathering

    struct Gathered {
        var claim: ShowClaim
        var candidates: [MatchCandidate] = []
        /// Those that are not ours yet, as their catalogue has them.
        var entries: [CatalogueEntry] = []
        var posters: [Int64: String] = [:]

        func entry(of show: KnownShow) -> CatalogueEntry? {
            entries.first { $0.ids == show.ids && $0.episodes != nil }
        }

        /// All of them, whatever the verdict was.
        var ranked: [RankedShow] {
            candidates.map { candidate in
                RankedShow(
                    show: candidate.show,
                    match: MatchRules.match(
                        claim, candidate.show,
                        namesakes: MatchGate.namesakes(of: candidate.show, among: candidates.map(\.show), for: claim),
                        episode: candidate.episode))
            }.sorted { ($1.match.confidence, $0.show.title) < ($0.match.confidence, $1.show.title) }
        }

        func candidate(_ ranked: RankedShow) -> ConflictCandidate {
            let show = ranked.show
            let poster = posters[show.id] ?? entries.first { $0.ids == show.ids }?.poster ?? ""
            return ConflictCandidate(
                show: show.id, title: show.title, year: show.year, ids: show.ids,
                confidence: ranked.match.confidence.thousandths, reasons: ranked.match.reasons, poster: poster,
                network: show.network)
        }
    }

    private func gather(_ play: EpisodePlay) async throws -> Gathered {
        let library = try await answered(.library) { [sources] in await sources.library(play.place) }
        var gathered = Gathered(claim: ShowClaim(play, library))
        var episode = EpisodeClaim(play)
        if !gathered.claim.ids.isEmpty {
            try await gather(by: gathered.claim.ids, episode, &gathered)
            if !gathered.candidates.isEmpty { return gathered }
        }
        if !episode.ids.isEmpty,
            let found = try await answered(.catalogue, { [sources, ids = episode.ids] in await sources.find(ids) })
        {
            // A number that is proven leads to the episode too, in the catalogue's own words.
            episode.ids.fill(with: found.episode)
            try await gather(by: found.show, episode, proven: found.show, &gathered)
            if !gathered.candidates.isEmpty { return gathered }
        }
        try await gatherByName(play, episode, &gathered)
        return gathered
    }

    /// The ids lead to one show; what else is called so does not matter.
    private func gather(
        by ids: ShowIDs, _ episode: EpisodeClaim, proven: ShowIDs? = nil, _ gathered: inout Gathered
    ) async throws {
        for show in try await catalogue.shows(with: ids) {
            let evidence =
                proven == nil ? EpisodeRules.evidence(of: episode, in: try await episodes(of: show.id)) : .proven
            gathered.candidates.append(MatchCandidate(show, episode: evidence))
        }
        guard gathered.candidates.isEmpty else { return }
        guard let entry = try await answered(.catalogue, { [sources] in await sources.show(ids, false) }) else {
            return
        }
        let evidence =
            proven == nil ? EpisodeRules.evidence(of: episode, in: entry.episodes ?? []) : EpisodeEvidence.proven
        try await add(entry, evidence, &gathered)
    }

    private func gatherByName(
        _ play: EpisodePlay, _ episode: EpisodeClaim, _ gathered: inout Gathered
    ) async throws {
        for show in try await catalogue.candidates(for: gathered.claim) {
            let evidence = EpisodeRules.evidence(of: episode, in: try await episodes(of: show.id))
            gathered.candidates.append(MatchCandidate(show, episode: evidence))
        }
        guard let name = gathered.claim.names.first else { return }
        var found: [CatalogueEntry] = []
        for title in Set([Self.searchable(name)] + gathered.claim.names.dropFirst().map(Self.searchable)).sorted() {
            let year = gathered.claim.year
            let hits = try await answered(.catalogue) { [sources] in await sources.search(title, year.premiere) } ?? []
            for hit in hits where !found.contains(where: { Self.isSame($0.ids, hit.ids) }) { found.append(hit) }
        }
        // Namesakes count whatever their year; what is merely alike fills the rest.
        let keys = Set(gathered.claim.names.map(\.key))
        let named = found.filter { hit in hit.allNames.contains { keys.contains(ShowName($0).key) } }
        let others = found.filter { hit in !named.contains(hit) }
        var looked = 0
        for hit in named + others {
            guard looked < Self.mostLookedAt else {
                gathered.candidates.append(MatchCandidate(KnownShow(hit)))
                gathered.entries.append(hit)
                continue
            }
            looked += 1
            // With all its ids it is seen to be one of ours, or not.
            let whole = try await answered(.catalogue) { [sources] in await sources.show(hit.ids, false) } ?? hit
            try await add(
                whole, whole.episodes.map { EpisodeRules.evidence(of: episode, in: $0) } ?? .unknown, &gathered)
        }
    }

    private func add(
        _ entry: CatalogueEntry, _ evidence: EpisodeEvidence, _ gathered: inout Gathered
    ) async throws {
        let ours = try await catalogue.shows(with: entry.ids)
        gathered.entries.append(entry)
        guard let show = ours.first else {
            gathered.candidates.append(MatchCandidate(KnownShow(entry), episode: evidence))
            return
        }
        gathered.posters[show.id] = entry.poster
        if let place = gathered.candidates.firstIndex(where: { $0.show.id == show.id }) {
            // The catalogue's list is newer than ours.
            if evidence != .unknown { gathered.candidates[place].episode = evidence }
        } else {
            gathered.candidates.append(MatchCandidate(show, episode: evidence))
        }
    }

    /// Nil: there is none. Whoever does not answer stops everything.
    private func answered<Value: Sendable>(
        _ asked: Asked, _ question: @escaping @Sendable () async -> Reading<Value>
    ) async throws -> Value? {
        switch await soon(asked, question) {
        case .known(let value): return value
        case .absent: return nil
        case .unknown(let why): throw Unanswered(description: why)
        }
    }

    /// Without what stands in brackets, which catalogues do not have.
    static func searchable(_ name: ShowName) -> String {
        guard name.year != nil || name.country != nil, let cut = name.raw.firstIndex(of: "(") else { return name.raw }
        return String(name.raw[..<cut].reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func isSame(_ a: ShowIDs, _ b: ShowIDs) -> Bool {
        let ids = a.compared(with: b)
        return !ids.same.isEmpty && ids.different.isEmpty
    }
}

extension ShowClaim {
    package init(_ play: EpisodePlay, _ library: LibraryShow?) {
        var ids = PlayIDs(play).show
        for guid in library?.guids ?? [] {
            switch PlexGuid(guid) {
            case .item(let more), .show(let more, _, _): ids.fill(with: more)
            case .plex, .anidb, .none: break
            }
        }
        let titles = [play.showTitle, library?.title, play.showOriginalTitle, library?.originalTitle].compactMap(\.self)
        var seen: Set<String> = []
        let year: ShowYear =
            (library?.year ?? play.showYear).map(ShowYear.premiere) ?? play.year.map(ShowYear.notAfter) ?? .unknown
        self.init(
            titles.filter { seen.insert($0).inserted }, year: year, ids: ids, network: library?.network,
            country: library?.country)
    }
}

extension ShowYear {
    var premiere: Int? { if case .premiere(let year) = self { year } else { nil } }
}

extension KnownShow {
    package init(_ entry: CatalogueEntry) {
        self.init(
            entry.title, others: entry.names, year: entry.year, ids: entry.ids, network: entry.network,
            country: entry.country)
    }
}

extension MatchVerdict.ConflictKind {
    /// For people.
    package var words: String {
        switch self {
        case .noMatch: "no show I know is it for sure"
        case .multipleMatches: "more than one show could be it"
        case .ambiguous: "one show is likely, and not sure"
        case .idClash: "its numbers contradict each other"
        case .episodeOrder: "its episodes are counted in another way"
        }
    }
}
