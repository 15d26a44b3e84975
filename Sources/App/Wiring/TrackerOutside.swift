// What the tracker asks, asked of Plex, Tautulli, TMDB or TVmaze, and of our own table of people. Whatever fails comes as
// unknown, in words for people: the play that needed it waits.

internal import Domain
internal import People
internal import Plex
internal import Runtime
internal import Storage
internal import Synchronization
internal import TVData
internal import Tautulli
internal import Tracker
internal import Web

final class TrackerOutside: Sendable {
    let plex: Plex?
    let tautulli: Tautulli?
    let people: People
    /// TMDB where there is a key.
    let tmdb: TMDB?
    let tvmaze: TVmaze
    let keeper: TrackerSettings.Keeper
    let clock: any Clock
    private let remembered: Remembered
    private let server = Mutex<String?>(nil)
    /// Of shows whose history is being read: which of their episodes share a file.
    private let shelf = Mutex<[String: (at: Instant, items: [PlexItem])]>([:])

    init(
        plex: Plex?, tautulli: Tautulli?, people: People, tmdb: TMDB?, tvmaze: TVmaze, keeper: TrackerSettings.Keeper,
        database: Database
    ) {
        self.plex = plex
        self.tautulli = tautulli
        self.people = people
        self.tmdb = tmdb
        self.tvmaze = tvmaze
        self.keeper = keeper
        clock = database.clock
        remembered = Remembered(database)
    }

    var sources: TrackerSources {
        TrackerSources(
            person: { account, server, door in await self.person(account, server, door) },
            library: { place in await self.library(place) }, siblings: { play in await self.siblings(play) },
            leaves: { person, place in await self.leaves(person, place) },
            find: { ids in await self.find(ids) },
            show: { ids, isFresh in await self.show(ids, isFresh) },
            search: { title, _ in await self.search(title) }, history: history,
            joins: { await self.asking { .known(try await self.people.joins()) } },
            reread: { payload, arrival in PersonalDoor.hear(payload, arrival: arrival).reading })
    }

    func asking<Value>(_ question: () async throws -> Reading<Value>) async -> Reading<Value> {
        do { return try await question() } catch let error as PlexError {
            if case .notFound = error { return .absent }
            return .unknown(why: "\(error)")
        } catch let error as TVDataError {
            return error.isNotFound ? .absent : .unknown(why: "\(error)")
        } catch { return .unknown(why: "\(error)") }
    }

    // MARK: People

    /// Plex numbers its owner 1 on their own server, and everybody else as plex.tv does.
    private func person(_ account: EpisodePlay.Account, _ server: String, _ door: Int64?) async -> Reading<Int64> {
        await asking {
            // Whoever became one with somebody is that person, by whatever address it comes.
            var door = door
            if let number = door, let person = try await people.person(number) { door = person.id }
            // A new installation knows nobody yet: that is no reason to pass over what they watch.
            if try await people.all().isEmpty { return .unknown(why: "the people of the server are not known yet") }
            if let id = account.id.flatMap({ Int($0) }), id > 0 {
                if id == 1 {
                    if try await isOurs(server) { return try await people.owner().map { .known($0.id) } ?? .absent }
                    // Somebody else's server: its owner is whoever gave it this address.
                    return door.map { .known($0) } ?? .absent
                }
                return try await people.person(plex: id).map { .known($0.id) } ?? .absent
            }
            // Out of a file, or by a script that names nobody: whoever's address or key it came by.
            guard let name = account.name?.lowercased(), !name.isEmpty else {
                return door.map { .known($0) } ?? .absent
            }
            let named = try await people.all().filter {
                $0.username.lowercased() == name || $0.name.lowercased() == name
            }
            if let own = named.first(where: { $0.id == door }) { return .known(own.id) }
            // Two of one name: nobody is marked for another.
            return named.count == 1 ? .known(named[0].id) : .absent
        }
    }

    // MARK: The library

    /// Ours, as it was known last: a server that is restarted is still ours.
    func ourServer() async throws -> String? {
        if let known = server.withLock({ $0 }) { return known }
        guard let plex else { return nil }
        let key = "tracker.server"
        do {
            let id = try await plex.identity().machineIdentifier
            server.withLock { $0 = id }
            try await remembered.set(key, id)
            return id
        } catch let error as PlexError {
            guard let known = try await remembered.get(key) else { throw error }
            return known
        }
    }

    /// Whoever does not say where it was played means here.
    private func isOurs(_ server: String) async throws -> Bool {
        if server.isEmpty { return true }
        guard let ours = try await ourServer() else { return true }
        return ours == server
    }

    private func library(_ place: EpisodePlay.Place) async -> Reading<LibraryShow> {
        guard let plex, !place.show.isEmpty else { return .absent }
        return await asking {
            guard try await isOurs(place.server) else { return .absent }
            let item = try await plex.item(place.show)
            guard item.kind == .show else { return .absent }
            return .known(
                LibraryShow(
                    title: item.title, originalTitle: item.originalTitle.isEmpty ? nil : item.originalTitle,
                    year: item.year, guids: [item.guid] + item.guids, network: item.studio.isEmpty ? nil : item.studio))
        }
    }

    private func siblings(_ play: EpisodePlay) async -> Reading<[EpisodePlay]> {
        guard let plex, !play.place.episode.isEmpty, play.source != .file else { return .absent }
        return await asking {
            guard try await isOurs(play.place.server) else { return .absent }
            let together =
                play.source == .history
                ? try await shelved(play, plex) : try await plex.episodesInOneFile(with: play.place.episode)
            return .known(
                together.filter { $0.ratingKey != play.place.episode }.map { Self.play($0, like: play) })
        }
    }

    /// Out of a history come many plays of one show: it is asked for once an hour.
    private func shelved(_ play: EpisodePlay, _ plex: Plex) async throws -> [PlexItem] {
        guard !play.place.show.isEmpty else { return [] }
        let now = clock.now
        let items: [PlexItem]
        if let known = shelf.withLock({ $0[play.place.show] }), now - known.at < .hours(1) {
            items = known.items
        } else {
            items = try await plex.viewedEpisodes(ofShow: play.place.show)
            shelf.withLock { shelf in
                if shelf.count > 100 { shelf = [:] }
                shelf[play.place.show] = (now, items)
            }
        }
        guard let played = items.first(where: { $0.ratingKey == play.place.episode }) else { return [] }
        return items.filter { !Self.files($0).isDisjoint(with: Self.files(played)) }
    }

    private static func files(_ item: PlexItem) -> Set<String> {
        Set(item.media.flatMap(\.parts).map(\.file).filter { !$0.isEmpty })
    }

    private static func play(_ item: PlexItem, like play: EpisodePlay) -> EpisodePlay {
        var other = play
        other.place.episode = item.ratingKey
        (other.season, other.number, other.title) = (item.parentIndex, item.index, item.title)
        (other.airedOn, other.year) = (item.originallyAvailable, item.year)
        other.guids = (item.guid.isEmpty ? [] : [item.guid]) + item.guids
        (other.runtime, other.viewCount) = (item.duration, item.viewCount > 0 ? item.viewCount : nil)
        return other
    }

    /// With their own token: what others have seen Plex tells nobody else.
    private func leaves(_ id: Int64, _ place: EpisodePlay.Place) async -> Reading<[LibraryEpisode]> {
        guard let plex else { return .absent }
        return await asking {
            guard try await isOurs(place.server), let person = try await people.person(id) else { return .absent }
            let client: Plex
            if person.isOwner {
                client = plex
            } else {
                guard let token = try await people.token(of: id) else { return .absent }
                client = plex.acting(as: token)
            }
            let account = EpisodePlay.Account(id: person.localID.map { "\($0)" }, name: person.username)
            return .known(
                try await client.viewedEpisodes(ofShow: place.show).map { item in
                    let bare = EpisodePlay(
                        source: .history, account: account, place: place, showTitle: item.grandparentTitle,
                        showGuids: item.grandparentGuid.isEmpty ? [] : [item.grandparentGuid],
                        at: item.lastViewedAt ?? clock.now)
                    return LibraryEpisode(Self.play(item, like: bare), isWatched: item.viewCount > 0)
                })
        }
    }

    // MARK: Histories

    private var history: TrackerHistory? {
        switch keeper {
        case .off: nil
        case .plex: plex.map(plexHistory) ?? tautulli.map(tautulliHistory)
        case .tautulli: tautulli.map(tautulliHistory) ?? plex.map(plexHistory)
        }
    }

    private func plexHistory(_ plex: Plex) -> TrackerHistory {
        TrackerHistory("plex") { since, use in
            let server = try await self.ourServer() ?? ""
            try await plex.readEpisodePlays(since: since, server: server) { try await use($0, $1, $2) }
        }
    }

    private func tautulliHistory(_ tautulli: Tautulli) -> TrackerHistory {
        TrackerHistory("tautulli") { since, use in
            let server = try await self.ourServer() ?? ""
            try await tautulli.readEpisodePlays(after: since, until: self.clock.now, server: server) {
                try await use($0, $1, $2)
            }
        }
    }
}
