// What downloads ask, asked of Radarr, Jellyfin, Jellystat, Tautulli and Prowlarr. Whatever fails comes as unknown, in
// words for people; never as an empty list, and never as an error that somebody could forget to catch.

internal import Domain
internal import Downloads
internal import History
internal import Jellyfin
internal import Jellystat
internal import Plex
internal import Prowlarr
internal import Radarr
internal import Runtime
internal import Synchronization
internal import Tautulli

final class DownloadOutside: Sendable {
    let wishes: DownloadWishes
    let radarrs: [(name: String, client: Radarr)]
    let prowlarr: Prowlarr?
    let jellyfin: Jellyfin?
    let jellystat: Jellystat?
    let plex: Plex?
    let tautulli: Tautulli?
    let history: History?
    let clock: any Clock
    let shelf: WatchedShelf
    private let looking: FileLook
    /// What each Radarr calls itself in what it posts; nil: it did not say.
    private let selves = Mutex<(at: Instant, names: [String: String?])?>(nil)
    /// The people each source named last, for the door that may not ask.
    private let people = Mutex<[Playback.Source: (at: Instant, users: [Playback.User])]>([:])
    /// What Radarr offered: it wants it back as it gave it.
    private let offered = Mutex<[String: RadarrRelease]>([:])

    init(
        wishes: DownloadWishes, radarrs: [(name: String, client: Radarr)], prowlarr: Prowlarr?, jellyfin: Jellyfin?,
        jellystat: Jellystat?, plex: Plex?, tautulli: Tautulli?, history: History?, clock: any Clock
    ) {
        self.wishes = wishes
        self.radarrs = radarrs
        self.prowlarr = prowlarr
        self.jellyfin = jellyfin
        self.jellystat = jellystat
        self.plex = plex
        self.tautulli = tautulli
        self.history = history
        self.clock = clock
        looking = FileLook(wishes.paths)
        shelf = WatchedShelf(
            jellyfin: jellyfin, plex: plex, history: history, keep: .days(Int64(wishes.keepDays)), clock: clock)
    }

    var sources: DownloadSources {
        var seeders: (@Sendable (FilmIDs) async -> Reading<Int>)?
        if let prowlarr { seeders = { film in await Self.seeders(of: film, prowlarr) } }
        return DownloadSources(
            instances: wishes.judges(among: radarrs.map(\.name)), everywhere: radarrs.map(\.name),
            called: { itself in await self.called(itself) }, look: { path in await self.looking.look(at: path) },
            users: { source in await self.users(of: source) }, item: { playback in await self.item(playback) },
            film: { instance, ids in await self.film(instance, ids) },
            plays: { playback, film, runtime, since in await self.plays(playback, film, runtime, since) },
            seeders: seeders, space: { instance, root in await self.space(instance, root) },
            queue: { instance, film in await self.queue(instance, film) },
            history: { instance, film in await self.events(instance, film) },
            command: { instance, id in await self.command(instance, id) },
            search: { instance, film, since in await self.search(instance, film, since: since) },
            releases: { instance, film in await self.releases(instance, film) },
            films: { instance in await self.films(instance) },
            lastWatched: { entry in await self.shelf.lastWatched(entry.ids) },
            isFavourite: { entry in await self.shelf.isFavourite(entry.ids) })
    }

    func asking<Value>(_ question: () async throws -> Reading<Value>) async -> Reading<Value> {
        do { return try await question() } catch { return .unknown(why: "\(error)") }
    }

    func radarr(_ name: String) throws -> Radarr {
        guard let radarr = radarrs.first(where: { $0.name == name })?.client else { throw NoSuchRadarr(name: name) }
        return radarr
    }

    struct NoSuchRadarr: Error, CustomStringConvertible {
        let name: String
        var description: String { "there is no \(name) in the settings" }
    }

    func house(_ name: String) -> DownloadWishes.House {
        wishes.houses.first { $0.name == name } ?? DownloadWishes.House(name, setting: "RADARR")
    }

    struct NoSuchRoot: Error, CustomStringConvertible {
        let house: DownloadWishes.House
        let root: String
        var description: String {
            "\(house.name) has no root folder \(root): check \(house.root == nil ? "DOWNLOADS_ROOT" : house.setting + "_ROOT")"
        }
    }

    /// By the name the owner gave, else by its own. Who did not say what it calls itself may be anybody.
    private func called(_ itself: String) async -> [String] {
        let said = itself.lowercased()
        if let own = radarrs.first(where: { $0.name.lowercased() == said }), radarrs.count == 1 { return [own.name] }
        var names = selves.withLock { $0 }
        if names == nil || names.map({ clock.now - $0.at > .hours(1) }) == true {
            var found: [String: String?] = [:]
            for (name, radarr) in radarrs {
                found[name] = await asking { .known(try await radarr.status().instance) }.known
            }
            names = (clock.now, found)
            // What one of them left open is asked again with the next.
            if !found.values.contains(nil) { selves.withLock { [names] in $0 = names } }
        }
        return radarrs.map(\.name).filter { name in
            (names?.names[name] ?? nil).map { $0.lowercased() == said } ?? true
        }
    }

    // MARK: People and their films

    func users(of source: Playback.Source) async -> Reading<[Playback.User]> {
        // Of every guest's evening it would be asked again.
        if let known = people.withLock({ $0[source] }), clock.now - known.at < .minutes(10) {
            return .known(known.users)
        }
        let found: Reading<[Playback.User]> = await asking {
            switch source {
            case .jellyfin:
                guard let jellyfin else { return .absent }
                return .known(try await jellyfin.users().map { Playback.User(id: $0.id, name: $0.name) })
            case .plex, .tautulli:
                guard let tautulli else { return .absent }
                return .known(
                    try await tautulli.users().flatMap { user in
                        [user.username, user.friendlyName].map { Playback.User(id: "\(user.id)", name: $0) }
                    })
            }
        }
        if let users = found.known { people.withLock { $0[source] = (clock.now, users) } }
        return found
    }

    /// As they were named last; nil: nobody has asked yet.
    func knownUsers(of source: Playback.Source) -> [Playback.User]? { people.withLock { $0[source]?.users } }

    private func item(_ playback: Playback) async -> Reading<LibraryItem> {
        guard playback.source == .jellyfin else { return await plexItem(playback) }
        guard let jellyfin else { return .absent }
        return await asking {
            guard let user = try await userID(playback) else { return .absent }
            var item = playback.itemID.isEmpty ? nil : try await jellyfin.item(playback.itemID, for: user)
            if item == nil, !playback.film.title.isEmpty {
                // Its number changes when its file moves.
                let others = try await jellyfin.films(titled: playback.film.title, for: user)
                    .filter { $0.ids.isSame(as: playback.film) == true }
                item = others.count == 1 ? others[0] : nil
            }
            return item.map { .known(LibraryItem($0, version: playback.mediaSourceID)) } ?? .absent
        }
    }

    /// Plex keeps no favourites, but stars, and tells those of the account alone whose token asks: ten of ten by the owner
    /// are a favourite, of anybody else nobody knows.
    private func plexItem(_ playback: Playback) async -> Reading<LibraryItem> {
        guard let plex, !playback.itemID.isEmpty else { return .absent }
        return await asking {
            let item: PlexItem
            do throws(PlexError) { item = try await plex.item(playback.itemID) } catch {
                if case .notFound = error { return .absent }
                throw error
            }
            let owner = try await plex.accounts().first { $0.isOwner }
            let isOwner =
                playback.source == .plex && playback.user.id == "1"
                || owner.map { $0.name.lowercased() == playback.user.name?.lowercased() } == true
            return .known(LibraryItem(item, isOwner: isOwner))
        }
    }

    private func userID(_ playback: Playback) async throws -> String? {
        if let id = playback.user.id { return id }
        let name = playback.user.name?.lowercased()
        return await users(of: playback.source).known?.first { $0.name?.lowercased() == name }?.id
    }

    private func plays(
        _ playback: Playback, _ film: FilmIDs, _ runtime: Duration?, _ since: Instant
    ) async -> [PlayTally] {
        switch playback.source {
        case .jellyfin:
            guard let jellystat else { return [] }
            return [PlayTally("Jellystat", await jellystatPlays(jellystat, playback, runtime, since))]
        case .plex, .tautulli:
            guard let tautulli else { return [] }
            return [PlayTally("Tautulli", await tautulliPlays(tautulli, playback, film, since))]
        }
    }

    private func jellystatPlays(
        _ jellystat: Jellystat, _ playback: Playback, _ runtime: Duration?, _ since: Instant
    ) async -> Reading<Int> {
        guard let runtime else { return .unknown(why: "how long the film is is not known") }
        guard !playback.itemID.isEmpty else { return .absent }
        return await asking {
            let rows = try await jellystat.history(item: playback.itemID, since: since)
            // An error of its database looks like this, too.
            if rows.rows.isEmpty { return .absent }
            return .known(
                JellystatCount.watches(
                    rows.rows(of: playback.user), runtime: runtime, share: Double(wishes.watchedPercent) / 100,
                    before: playback.at
                ).count)
        }
    }

    private func tautulliPlays(
        _ tautulli: Tautulli, _ playback: Playback, _ film: FilmIDs, _ since: Instant
    ) async -> Reading<Int> {
        await asking {
            let name = playback.user.name?.lowercased()
            let users = try await tautulli.users()
            let user = users.first {
                "\($0.id)" == playback.user.id || $0.username.lowercased() == name
                    || $0.friendlyName.lowercased() == name
            }
            guard let user else { return .unknown(why: "Tautulli does not know \(playback.user.name ?? "them")") }
            guard user.keepsHistory else { return .unknown(why: "Tautulli keeps no history of them") }
            let plays = try await tautulli.plays(
                TautulliHistoryFilter(userID: user.id, mediaType: .movie, started: since..<clock.now))
            let own = plays.filter { play in
                play.started >= since && play.stopped < playback.at - .minutes(2)
                    && FilmIDs(title: play.title, year: play.year).isSame(as: film.withoutNumbers) == true
                    && play.percentComplete >= wishes.watchedPercent
            }
            return .known(Set(own.map(\.sitting)).count)
        }
    }

    private static func seeders(of film: FilmIDs, _ prowlarr: Prowlarr) async -> Reading<Int> {
        do {
            return switch try await prowlarr.seeders(of: film) {
            case .known(let count, _): .known(count)
            // Asked, and no indexer gave a number.
            case .unknown: .absent
            }
        } catch { return .unknown(why: "\(error)") }
    }

    // MARK: Radarr

    private func film(_ instance: String, _ ids: FilmIDs) async -> FilmFinding {
        do {
            let radarr = try radarr(instance)
            switch try await radarr.film(ids) {
            case .absent: return .absent
            case .ambiguous(let films):
                return films.isEmpty
                    ? .several(["\(ids.name), with too little to tell which"]) : .several(films.map(\.ids.name))
            case .found(var film):
                // A list may leave the file out.
                if film.hasFile, film.file == nil { film = try await radarr.film(film.id) ?? film }
                if film.hasFile, film.file == nil { return .unknown(why: "\(instance) does not say where its file is") }
                let tags = film.tags.isEmpty ? [] : try await radarr.tags()
                return .found(FilmEntry(film, tags, instance, now: clock.now))
            }
        } catch { return .unknown(why: "\(error)") }
    }

    private func films(_ instance: String) async -> Reading<[FilmEntry]> {
        await asking {
            let radarr = try radarr(instance)
            let tags = try await radarr.tags()
            return .known(try await radarr.films().map { FilmEntry($0, tags, instance, now: clock.now) })
        }
    }

    private func space(_ instance: String, _ root: String) async -> Reading<Int64> {
        await asking {
            guard let folder = try await radarr(instance).rootFolder(root) else {
                return .unknown(why: "\(NoSuchRoot(house: house(instance), root: root)), or set FREE_SPACE_FLOOR_GB=0")
            }
            guard folder.isAccessible else { return .unknown(why: "\(instance) cannot reach \(root)") }
            return folder.freeSpace.map { .known($0) } ?? .absent
        }
    }

    private func queue(_ instance: String, _ film: Int) async -> Reading<[QueueItem]> {
        await asking { .known(try await radarr(instance).queue(film: film).map { QueueItem($0) }) }
    }

    private func events(_ instance: String, _ film: Int) async -> Reading<[HistoryEvent]> {
        await asking {
            .known(
                try await radarr(instance).history(film: film).compactMap { HistoryEvent($0) }.sorted { $0.at < $1.at })
        }
    }

    private func command(_ instance: String, _ id: Int) async -> Reading<CommandState> {
        await asking {
            // A search found again after a restart has no number; its traces are in history and queue.
            if id == 0 { return .absent }
            guard let command = try await radarr(instance).command(id) else { return .absent }
            return .known(
                CommandState(
                    status: command.status.rawValue, message: command.message ?? "", exception: command.exception ?? "")
            )
        }
    }

    /// The newest search for the film that anybody gave since then: its commands say by which number; a Radarr that was
    /// restarted has forgotten those, and the film itself and its history only say that there was one, which is number 0.
    private func search(_ instance: String, _ film: Int, since: Instant) async -> Reading<Int> {
        await asking {
            let radarr = try radarr(instance)
            let searches = try await radarr.commands().filter { command in
                command.name.lowercased() == "moviessearch" && command.films.contains(film)
                    && command.queued.map { $0 >= since } != false
            }
            if let newest = searches.map(\.id).max() { return .known(newest) }
            guard let found = try await radarr.film(film) else { return .absent }
            if found.lastSearch.map({ $0 >= since }) == true { return .known(0) }
            let grabs = try await radarr.history(film: film).filter { $0.kind == .grabbed && $0.at >= since }
            return grabs.isEmpty ? .absent : .known(0)
        }
    }

    private func releases(_ instance: String, _ film: Int) async -> Reading<[Release]> {
        await asking {
            let found = try await radarr(instance).releases(film: film)
            offered.withLock { offered in
                if offered.count > 2000 { offered = [:] }
                for release in found { offered["\(instance):\(release.guid)"] = release }
            }
            return .known(found.map { Release($0) })
        }
    }

    func offer(_ instance: String, _ guid: String) -> RadarrRelease? {
        offered.withLock { $0["\(instance):\(guid)"] }
    }
}
