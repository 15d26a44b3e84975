// Films as Radarr tells of them (MovieResource), and changes to them.

import Runtime

extension RadarrCaller {
    func films() -> ServarrAnswer {
        desk.look { _, world, _ in
            var films = world.films.filter { $0.id > 0 }
            if let wanted = call.whole("tmdbId") { films = films.filter { $0.tmdb == wanted } }
            return .json(.array(films.map { Self.json($0, at: desk.clock.now) }))
        }
    }

    func film() -> ServarrAnswer {
        guard let number else { return .problem(status: 400, title: "One or more validation errors occurred.") }
        return desk.look { _, world, _ in
            world.film(radarr: number).map { .json(Self.json($0, at: desk.clock.now)) } ?? .notFound
        }
    }

    /// Of the service on the internet, which knows every film; those that are here come as they are here.
    func lookUp() -> ServarrAnswer {
        let term = call["term"] ?? ""
        return desk.look { _, world, _ in
            let films = world.films.filter { film in
                if term.hasPrefix("imdb:") { return film.imdb == term.dropFirst(5) }
                if term.hasPrefix("tmdb:") { return "\(film.tmdb)" == term.dropFirst(5) }
                let words = term.lowercased().split(separator: " ").filter { Int($0) == nil }.joined(separator: " ")
                return !words.isEmpty && film.title.lowercased().contains(words)
            }
            return .json(.array(films.map { Self.json($0, at: desk.clock.now) }))
        }
    }

    func lookUpByNumber() -> ServarrAnswer {
        guard let wanted = call.whole("tmdbId") else { return .problem(status: 400, title: "Bad Request") }
        return desk.look { _, world, _ in
            guard var film = world.films.first(where: { $0.tmdb == wanted }) else { return .notFound }
            // Never with what this Radarr knows of it.
            film.id = 0
            film.file = nil
            film.tags = []
            return .json(Self.json(film, at: desk.clock.now))
        }
    }

    func editFilms() -> ServarrAnswer {
        guard case .success(let wish) = call.json else { return refusal }
        let ids = (wish["movieIds"]?.array ?? []).compactMap(\.int)
        guard !ids.isEmpty else { return .invalid(property: "MovieIds", message: "'Movie Ids' must not be empty.") }
        return desk.work { _, world, _ in
            guard ids.allSatisfy({ world.film(radarr: $0) != nil }) else {
                return (
                    .message(status: 500, "Expected query to return \(ids.count) rows but returned fewer"), []
                )
            }
            let tags = wish["tags"]?.array?.compactMap(\.int) ?? []
            for id in ids {
                world.changeFilm(radarr: id) { film in
                    switch wish["applyTags"]?.string ?? "add" {
                    case "remove": film.tags.removeAll { tags.contains($0) }
                    case "replace": film.tags = tags
                    default: film.tags += tags.filter { !film.tags.contains($0) }
                    }
                    if let root = wish["rootFolderPath"]?.string {
                        // The link itself, never what it leads to.
                        let before = film.folder
                        film.root = root
                        if wish["moveFiles"]?.bool == true, let path = film.file?.path, path.hasPrefix(before) {
                            let folder = film.folder
                            film.file?.path = folder + path.dropFirst(before.count)
                        }
                    }
                    if let profile = wish["qualityProfileId"]?.int { film.profile = profile }
                    if let monitored = wish["monitored"]?.bool { film.isMonitored = monitored }
                }
            }
            let films = ids.compactMap { world.film(radarr: $0) }
            return (.json(.array(films.map { Self.json($0, at: desk.clock.now) }), status: 202), [])
        }
    }

    /// As Radarr's validators go through it, in their order; then it reads about the film, and only then searches.
    func addFilm() -> ServarrAnswer {
        guard case .success(let wish) = call.json else { return refusal }
        guard let title = wish["title"]?.string, !title.isEmpty else {
            return .invalid(property: "Title", message: "'Title' must not be empty.")
        }
        guard let root = wish["rootFolderPath"]?.string, !root.isEmpty else {
            return .invalid(property: "RootFolderPath", message: "'Root Folder Path' must not be empty.")
        }
        guard let tmdb = wish["tmdbId"]?.int, tmdb > 0 else {
            return .invalid(property: "TmdbId", message: "'Tmdb Id' must not be empty.")
        }
        guard let profile = wish["qualityProfileId"]?.int, desk.rules.profiles.contains(where: { $0.id == profile })
        else {
            return .invalid(
                property: "QualityProfileId", message: "Quality Profile does not exist",
                attempted: wish["qualityProfileId"] ?? .null)
        }
        let option = wish["addOptions"] ?? .null
        if let monitor = option["monitor"]?.string, !["movieOnly", "movieAndCollection", "none"].contains(monitor) {
            return .problem(status: 400, title: "One or more validation errors occurred.")
        }
        return desk.work { works, world, rules in
            func invalid(_ property: String, _ message: String, _ attempted: JSON) -> (
                ServarrAnswer, [RadarrWorks.Notice]
            ) {
                (.invalid(property: property, message: message, attempted: attempted), [])
            }
            guard world.filmRoots.contains(where: { $0.path == root }) else {
                return invalid("RootFolderPath", "Root folder '\(root)' does not exist", .string(root))
            }
            guard let index = world.films.firstIndex(where: { $0.tmdb == tmdb }) else {
                return invalid("TmdbId", "A movie with this ID was not found.", .number(tmdb))
            }
            guard world.films[index].id == 0 else {
                return invalid("TmdbId", "This movie has already been added", .number(tmdb))
            }
            world.films[index].id = works.number()
            world.films[index].root = root
            world.films[index].profile = profile
            world.films[index].isMonitored = wish["monitored"]?.bool ?? false
            world.films[index].tags = wish["tags"]?.array?.compactMap(\.int) ?? []
            world.films[index].added = desk.clock.now
            // A film that is new here has no file here.
            world.films[index].file = nil
            let film = world.films[index]
            _ = works.add("RefreshMovie", films: [film.id], at: desk.clock.now, rules)
            if option["searchForMovie"]?.bool == true { works.wanted.insert(film.id) }
            return (.json(Self.json(film, at: desk.clock.now), status: 201), [])
        }
    }

    // MARK: Files

    func file() -> ServarrAnswer {
        desk.look { _, world, _ in
            guard let film = world.films.first(where: { $0.file?.id == number }), let file = film.file else {
                return .notFound
            }
            return .json(Self.json(file, of: film))
        }
    }

    func deleteFile() -> ServarrAnswer {
        desk.work { works, world, _ in
            guard let film = world.films.first(where: { $0.file?.id == number && $0.id > 0 }), let file = film.file
            else { return (.notFound, []) }
            world.changeFilm(radarr: film.id) { $0.file = nil }
            if !file.isLink, let root = world.filmRoots.firstIndex(where: { file.path.hasPrefix($0.path + "/") }) {
                world.filmRoots[root].freeBytes += file.bytes
            }
            works.record("movieFileDeleted", film, at: desk.clock.now, file.quality, [("reason", "Manual")])
            return (.json([:]), [.fileDeleted(film, file, reason: "manual")])
        }
    }

    /// Why the body was not taken.
    var refusal: ServarrAnswer {
        if case .failure(let refusal) = call.json { refusal.answer } else { .empty(status: 500) }
    }
}
