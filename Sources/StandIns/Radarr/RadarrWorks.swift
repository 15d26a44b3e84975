// What goes on inside a Radarr after it has answered: commands that wait, run and end, downloads that come and are imported.
// Pure: it is told the time and the world, and says what it would post to whoever wants to know.

import Runtime

struct RadarrWorks: Sendable {
    typealias Film = HouseholdWorld.Film

    struct Command: Sendable {
        var id: Int
        /// "MoviesSearch", "RescanMovie", "RefreshMovie"
        var name: String
        var films: [Int]
        var queued: Instant
        var begins: Instant
        var ends: Instant
        var status = "queued"
        var message: String?
        var exception: String?
    }

    struct Download: Sendable {
        var id: Int
        var film: Int
        var release: Film.Release
        var client: RadarrRules.Client
        /// 40 digits, as a torrent's.
        var key: String
        var added: Instant
        var ends: Instant
        /// "downloading", "importPending"
        var state = "downloading"
        var trouble: String?
    }

    struct Event: Sendable {
        var id: Int
        var film: Int
        var kind: String
        var at: Instant
        var title: String
        var quality: HouseholdWorld.FilmQuality
        var key: String?
        var data: [(String, String)]
    }

    enum Notice: Sendable {
        case grab(Film, Film.Release, RadarrRules.Client, key: String)
        case imported(Film, Film.File, replaced: Film.File?, key: String, release: Film.Release)
        case fileDeleted(Film, Film.File, reason: String)
    }

    var commands: [Command] = []
    var downloads: [Download] = []
    var events: [Event] = []
    /// Found by a search of releases, and when: only those can be grabbed, for half an hour.
    var found: [String: (film: Int, release: Film.Release, at: Instant)] = [:]
    /// Added with the wish to be searched for, once they have been read about.
    var wanted: Set<Int> = []
    private var lastNumber = 1_000

    mutating func number() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// When something will happen by itself.
    var due: Instant? {
        let commands = commands.compactMap {
            $0.status == "queued" ? $0.begins : $0.status == "started" ? $0.ends : nil
        }
        let downloads = downloads.compactMap { $0.state == "downloading" ? $0.ends : nil }
        return (commands + downloads).min()
    }

    mutating func advance(to now: Instant, _ world: inout HouseholdWorld, _ rules: RadarrRules) -> [Notice] {
        var notices: [Notice] = []
        while let moment = due, moment <= now {
            for index in commands.indices where commands[index].status == "queued" && commands[index].begins <= moment {
                commands[index].status = "started"
            }
            for index in commands.indices where commands[index].status == "started" && commands[index].ends <= moment {
                notices += end(index, &world, rules)
            }
            for download in downloads where download.state == "downloading" && download.ends <= moment {
                notices += finish(download, at: moment, &world)
            }
        }
        return notices
    }

    // MARK: Commands

    /// An equal one that has not ended is the same one.
    mutating func add(_ name: String, films: [Int], at now: Instant, _ rules: RadarrRules) -> Command {
        if let same = commands.first(where: {
            $0.name == name && Set($0.films) == Set(films) && ["queued", "started"].contains($0.status)
        }) {
            return same
        }
        let begins = now + rules.queueTime
        let command = Command(
            id: number(), name: name, films: films, queued: now, begins: begins,
            ends: begins + rules.searchTime * max(1, films.count))
        commands.append(command)
        return command
    }

    private mutating func end(_ index: Int, _ world: inout HouseholdWorld, _ rules: RadarrRules) -> [Notice] {
        let command = commands[index]
        let films = command.films.compactMap { world.film(radarr: $0) }
        guard films.count == command.films.count, Set(command.films).count == command.films.count else {
            commands[index].status = "failed"
            commands[index].message = "Failed"
            commands[index].exception =
                "Expected query to return \(command.films.count) rows but returned \(Set(films.map(\.id)).count)"
            return []
        }
        commands[index].status = "completed"
        commands[index].message = "Completed"
        var notices: [Notice] = []
        switch command.name {
        case "MoviesSearch":
            var grabbed = 0
            for film in films {
                world.changeFilm(radarr: film.id) { $0.lastSearch = command.ends }
                let wanted = film.releases.filter { rejections(of: $0, for: film, rules).isEmpty }
                    .sorted { ($0.quality, $0.seeders ?? -1) > ($1.quality, $1.seeders ?? -1) }
                guard let best = wanted.first,
                    let notice = grab(best, for: film, at: command.ends, rules, client: nil)
                else { continue }
                grabbed += 1
                notices.append(notice)
            }
            commands[index].message =
                "Completed search for \(films.count) movies. \(grabbed) reports downloaded."
        case "RescanMovie":
            for film in films {
                // The link stays where it is; only Radarr's word of it goes.
                guard let file = film.file, !file.path.hasPrefix(film.folder + "/") else { continue }
                world.changeFilm(radarr: film.id) { $0.file = nil }
                record("movieFileDeleted", film, at: command.ends, file.quality, [("reason", "MissingFromDisk")])
                notices.append(.fileDeleted(film, file, reason: "missingFromDisk"))
            }
        case "RefreshMovie":
            for film in films where wanted.remove(film.id) != nil {
                _ = add("MoviesSearch", films: [film.id], at: command.ends, rules)
            }
        default: break
        }
        return notices
    }

    /// In Radarr's words; none: it would be taken.
    func rejections(of release: Film.Release, for film: Film, _ rules: RadarrRules) -> [String] {
        guard let profile = rules.profiles.first(where: { $0.id == film.profile }) else { return ["Unknown profile"] }
        var reasons: [String] = []
        if !profile.wants.contains(release.quality) {
            reasons.append("\(release.quality.name) is not wanted in profile")
        }
        if let file = film.file {
            if file.quality >= profile.cutoff {
                reasons.append("Existing file meets cutoff: \(profile.cutoff.name)")
            } else if release.quality <= file.quality {
                reasons.append("Existing file on disk is of equal or higher preference: \(file.quality.name) v1")
            }
        }
        if release.seeders == 0 { reasons.append("Not enough seeders: 0. Minimum seeders: 1") }
        if release.seeders == nil { reasons.append("Usenet download client isn't configured or available") }
        if downloads.contains(where: { $0.film == film.id }) {
            reasons.append("Release in queue already meets cutoff: \(release.quality.name)")
        }
        return reasons
    }

    // MARK: Downloads

    /// A client with tags serves films that share one; where none does, those without tags serve.
    mutating func grab(
        _ release: Film.Release, for film: Film, at now: Instant, _ rules: RadarrRules, client wanted: Int?
    ) -> Notice? {
        let tagged = rules.clients.filter { !$0.tags.isDisjoint(with: film.tags) }
        let fitting = tagged.isEmpty ? rules.clients.filter(\.tags.isEmpty) : tagged
        guard
            let client = wanted.map({ id in rules.clients.first { $0.id == id } }) ?? fitting.first
        else { return nil }
        let id = number()
        var dice = SeededDice(seed: UInt64(id) &* 104_729)
        let key = String((0..<40).map { _ in Array("0123456789ABCDEF")[Int.random(in: 0..<16, using: &dice)] })
        downloads.append(
            Download(
                id: id, film: film.id, release: release, client: client, key: key, added: now,
                ends: now + rules.downloadTime))
        record(
            "grabbed", film, at: now, release.quality,
            [
                ("indexer", "Indexer \(release.indexer)"), ("nzbInfoUrl", release.guid), ("releaseGroup", "HOUSE"),
                ("guid", release.guid), ("size", "\(release.bytes)"), ("downloadClient", "QBittorrent"),
                ("downloadClientName", client.name), ("protocol", "2"), ("tmdbId", "\(film.tmdb)"),
            ], title: release.title, key: key)
        return .grab(film, release, client, key: key)
    }

    private mutating func finish(
        _ download: Download, at now: Instant, _ world: inout HouseholdWorld
    ) -> [Notice] {
        guard let index = downloads.firstIndex(where: { $0.id == download.id }) else { return [] }
        guard let film = world.film(radarr: download.film) else {
            downloads.remove(at: index)
            return []
        }
        let root = world.filmRoots.firstIndex { $0.path == film.root }
        if !download.client.makesLinks, let root, world.filmRoots[root].freeBytes < download.release.bytes {
            downloads[index].state = "importPending"
            downloads[index].trouble = "Not enough free space (\(world.filmRoots[root].freeBytes)) to import"
            return []
        }
        downloads.remove(at: index)
        let old = film.file
        let folder = film.folder
        let file = Film.File(
            id: number(),
            path: "\(folder)/\(folder.split(separator: "/").last ?? "") \(download.release.quality.name).mkv",
            bytes: download.release.bytes, quality: download.release.quality, added: now,
            isLink: download.client.makesLinks)
        if let root, !download.client.makesLinks { world.filmRoots[root].freeBytes -= download.release.bytes }
        world.changeFilm(radarr: film.id) { $0.file = file }
        if let old { record("movieFileDeleted", film, at: now, old.quality, [("reason", "Upgrade")]) }
        record(
            "downloadFolderImported", film, at: now, file.quality,
            [
                ("fileId", "\(file.id)"), ("droppedPath", "/data/downloads/\(download.release.title)"),
                ("importedPath", file.path), ("downloadClient", "QBittorrent"),
                ("downloadClientName", download.client.name), ("releaseGroup", "HOUSE"), ("size", "\(file.bytes)"),
            ], title: download.release.title, key: download.key)
        var imported = film
        imported.file = file
        return [.imported(imported, file, replaced: old, key: download.key, release: download.release)]
    }

    mutating func record(
        _ kind: String, _ film: Film, at now: Instant, _ quality: HouseholdWorld.FilmQuality,
        _ data: [(String, String)], title: String? = nil, key: String? = nil
    ) {
        events.append(
            Event(
                id: number(), film: film.id, kind: kind, at: now, title: title ?? film.file?.path ?? film.title,
                quality: quality, key: key, data: data))
    }
}
