// One play, from the account to the episode. Nothing here is written that could not be found out again: mappings, the
// catalogue and questions are set down as they are found, and found again if the play has to be looked at once more.

package import Domain
internal import Runtime
internal import Storage

extension Tracker {
    func decide(_ row: LogRow) async throws -> Outcome {
        guard let play = row.play else { return .failed(.unreadable, "there is no play in it") }
        let person: Int64
        switch try await whose(play, row) {
        case .success(let id): person = id
        case .failure(let end): return end.outcome
        }
        let ids = glance?.ids[row.id] ?? PlayIDs(play)
        let identity = ShowIdentity(play, ids)
        let mapping: ShowMapping
        if let known = try await self.mapping(of: row, identity) {
            mapping = known
        } else {
            if try await conflicts.isIgnored(identity) {
                return .ignored(.showIgnored, "somebody said that this show is not to be tracked", person: person)
            }
            switch try await match(play, identity) {
            case .mapped(let found): mapping = found
            case .unknown(let why): return .waits(.unanswered, why, person: person)
            case .asked(let conflict, let why): return .asks(conflict: conflict, why, person: person)
            }
        }
        let isOn = try await self.isOn(person, show: mapping.show)
        if isOn == false {
            return .ignored(.showOff, "this show is switched off", person: person, show: mapping.show)
        }
        if isOn == nil, try await !wants(person, \.autoAdd, wishes.autoAdd) {
            return .ignored(
                .notAdded, "the show is not on the list, and nothing is added by itself", person: person,
                show: mapping.show)
        }
        return try await decide(play, ids, person: person, mapping: mapping, follows: isOn == nil)
    }

    private struct End: Error { var outcome: Outcome }

    private func whose(_ play: EpisodePlay, _ row: LogRow) async throws -> Result<Int64, End> {
        func end(_ outcome: Outcome) -> Result<Int64, End> { .failure(End(outcome: outcome)) }
        let (account, server, door) = (play.account, play.place.server, row.door)
        let name = account.name ?? account.id ?? "without a name"
        switch await self.person(account, server, door) {
        case .unknown(let why): return end(.waits(.unanswered, why))
        case .absent: return end(.ignored(.nobody, "the account \(name) is nobody's I know"))
        case .known(let person):
            if !wishes.isForEverybody, try await viewer(person) == nil {
                return end(.ignored(.notListed, "\(name) has not asked to be tracked", person: person))
            }
            // What somebody brings along in a file was watched, however they want new plays treated.
            if play.source != .file, try await !wants(person, \.autoWatch, wishes.autoWatch) {
                return end(.ignored(.autoWatchOff, "\(name) marks what they watch by hand", person: person))
            }
            return .success(person)
        }
    }

    private func wants(
        _ person: Int64, _ wish: KeyPath<TrackedPerson, Bool?>, _ usual: Bool
    ) async throws -> Bool {
        try await viewer(person)?[keyPath: wish] ?? usual
    }

    // MARK: The episode

    private func decide(
        _ play: EpisodePlay, _ ids: PlayIDs, person: Int64, mapping: ShowMapping, follows: Bool
    ) async throws -> Outcome {
        let first: Int64
        switch try await episode(of: play, ids, mapping) {
        case .found(let id): first = id
        case .unknown(let why):
            return .waits(.episodeMissing, why, person: person, show: mapping.show, mapping: mapping.id)
        case .asked(let conflict, let why):
            return .asks(conflict: conflict, why, person: person, mapping: mapping.id)
        }
        var seen = Outcome.Seen(
            person: person, show: mapping.show, episodes: [first], mapping: mapping.id, follows: follows)
        guard let siblings = sources.siblings else { return .seen(seen) }
        switch await soon(.files, { await siblings(play) }) {
        case .absent: break
        // What was played is marked now; what else is in its file later.
        case .unknown(let why): seen.open = "whether its file holds more episodes is not known: \(why)"
        case .known(let others):
            for other in others.prefix(20) {
                if case .found(let id) = try await episode(of: other, PlayIDs(other), mapping),
                    !seen.episodes.contains(id)
                {
                    seen.episodes.append(id)
                }
            }
        }
        return .seen(seen)
    }

    private enum Place {
        case found(Int64)
        case unknown(String)
        case asked(Int64, String)
    }

    private func episode(of play: EpisodePlay, _ ids: PlayIDs, _ mapping: ShowMapping) async throws -> Place {
        let claim = EpisodeClaim(play, ids)
        let list = try await episodes(of: mapping.show)
        var verdict = EpisodeRules.episode(for: claim, in: list)
        if case .missing = verdict {
            // Its list may be old; once an hour is often enough to ask for a new one.
            switch try await refresh(mapping.show, olderThan: .hours(1)) {
            case .known: verdict = EpisodeRules.episode(for: claim, in: try await episodes(of: mapping.show))
            case .absent: break
            case .unknown(let why): return .unknown(why)
            }
        }
        switch verdict {
        case .found(let episode, _): return .found(episode.id)
        case .order(let numbered, let dated):
            switch (mapping.countsBy, dated) {
            case (.number, _): return .found(numbered.id)
            case (.day, let dated?): return .found(dated.id)
            default: break
            }
            // Somebody may have said it just now.
            if let said = try await mappings.one(mapping.id), said.countsBy != mapping.countsBy {
                return try await episode(of: play, ids, said)
            }
            let conflict = try await conflicts.ask(
                ShowIdentity(play), play, .episodeOrder, Self.orders(numbered, dated, of: mapping.show),
                mapping: mapping.id)
            return .asked(conflict, "number and day of the episode mean different ones")
        case .missing:
            if let own = try await ownEpisode(of: play, mapping.show) { return .found(own) }
            return .unknown("the catalogue has no such episode of this show yet")
        }
    }

    /// Of a show that no catalogue has, what was watched is all there is.
    private func ownEpisode(of play: EpisodePlay, _ show: Int64) async throws -> Int64? {
        guard let known = try await catalogue.show(show), known.ids.isEmpty, let season = play.season,
            let number = play.number
        else { return nil }
        let id = try await catalogue.add(
            KnownEpisode(
                season: season, number: number, title: play.title, airedOn: play.airedOn.flatMap { Day($0) }),
            to: show)
        forgetEpisodes(of: show)
        return id
    }

    private static func orders(
        _ numbered: KnownEpisode, _ dated: KnownEpisode?, of show: Int64
    ) -> [ConflictCandidate] {
        func candidate(_ episode: KnownEpisode, _ reason: String) -> ConflictCandidate {
            ConflictCandidate(
                show: show, title: "\(episode.code) \(episode.title)",
                reasons: [reason] + (episode.airedOn.map { ["aired on \($0)"] } ?? []))
        }
        return [candidate(numbered, "by its number")] + (dated.map { [candidate($0, "by its day")] } ?? [])
    }
}

extension EpisodeClaim {
    /// What the old agents write counts as the catalogue does whose id stands before it.
    package init(_ play: EpisodePlay) { self.init(play, PlayIDs(play)) }

    init(_ play: EpisodePlay, _ ids: PlayIDs) {
        self.init(
            ids: ids.episode, season: ids.season ?? play.season, number: ids.number ?? play.number, title: play.title,
            airedOn: play.airedOn.flatMap { Day($0) })
    }
}
