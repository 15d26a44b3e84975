// The small household's films: one for each thing that can be true of a film. Those the Plex has, it has under the same
// numbers of IMDb and TMDb. All titles, numbers and votes are invented.

package import Runtime

extension HouseholdWorld {
    /// Titles, so that no test needs to write one.
    package enum Films {
        /// 7.4, well known, in the cloud: worth a download once it is seen again.
        package static let ordinary = "The Clockmaker's Daughter-in-Law"
        /// 8.7.
        package static let classic = "Salt Road"
        /// 6.1.
        package static let poor = "Nine Bridges"
        /// 8.1 with few votes, French.
        package static let rare = "Le Phare d'Hiver"
        /// On the disk already.
        package static let local = "The Last Ferryman"
        /// Three share it.
        package static let fewSeeders = "100% Wool"
        package static let family = "Paper Tigers of Kestrel Bay"
        /// Tagged as a favourite in Radarr.
        package static let tagged = "Small Hours"
        /// In Jellyfin and Plex, not in Radarr.
        package static let unknownToRadarr = "The Cartographer"
        /// "Director's Cut" is its edition.
        package static let edition = "“Hello, Stranger”"
        /// 1957, German.
        package static let old = "Die Brücke im Nebel"
        /// Announced for next year.
        package static let unreleased = "Kite Season"
        /// Two films of one title and one year.
        package static let twins = "The Return"
        /// Tagged never.
        package static let never = "Loud Machines"
        /// Nobody has voted.
        package static let unrated = "Untitled Harbour Film"
        /// Its file is below what the profile asks for, so a plain search takes something.
        package static let upgradable = "Orbit 7"
        /// As good as it gets: every release is refused.
        package static let atCutoff = "Rain, Steam & Speed"
    }

    mutating func addSmallFilms(now: Instant) {
        filmRoots = [
            FilmRoot(path: FilmRoots.cloud, freeBytes: 900_000_000_000),
            FilmRoot(path: FilmRoots.disk, freeBytes: 2_400_000_000_000),
        ]
        filmTags = [
            (FilmTags.favourite, "favorite"), (FilmTags.never, "never-download"), (FilmTags.ask, "ask-first"),
            (FilmTags.disk, "hdd"),
        ]
        let english = (1, "English")
        let ratings: [String: (Double?, Int)] = [
            Films.ordinary: (7.4, 81_204), Films.classic: (8.7, 240_118), Films.poor: (6.1, 15_002),
            "A Quiet Harvest": (7.0, 60_010), Films.upgradable: (7.9, 310_555), "Orbit 8: Descent": (6.9, 99_871),
            Films.rare: (8.1, 11_870), "Mister Möbius": (7.2, 52_300), "What? No!": (5.9, 8_021),
            Films.atCutoff: (7.2, 70_204), Films.local: (7.6, 64_321), Films.fewSeeders: (7.1, 55_010),
            Films.family: (6.8, 71_222), Films.tagged: (7.3, 58_001), Films.unknownToRadarr: (7.7, 90_000),
            "Glass/House": (6.2, 40_100), Films.edition: (7.5, 66_120), "Ünder the Elm 🌳": (7.1, 51_200),
        ]
        let languages = [
            Films.rare: (2, "French"), "Mister Möbius": (4, "German"), "Ünder the Elm 🌳": (4, "German"),
        ]
        for movie in items(of: .movie, in: Sections.movies) {
            let (rating, votes) = ratings[movie.title] ?? (7.2, 61_000)
            // Two films are called so; the older one is the better one.
            let isOlder = movie.title == "Undertow" && movie.year == 1986
            addFilm(
                movie.title, movie.year ?? 2000, minutes: movie.milliseconds / 60_000, rating: isOlder ? 7.8 : rating,
                votes: isOlder ? 88_000 : votes, language: languages[movie.title] ?? english, genres: movie.genres,
                ratingKey: movie.ratingKey, now: now)
        }
        addFilm(
            Films.old, 1957, minutes: 94, rating: 7.8, votes: 61_000, language: (4, "German"), genres: ["Drama"],
            now: now)
        addFilm(
            Films.unreleased, LocalTime.utc.parts(of: now).wall.year + 1, minutes: 110, rating: nil, votes: 0,
            language: english, genres: ["Drama"], now: now)
        addFilm(
            Films.twins, 2019, minutes: 101, rating: 7.3, votes: 60_500, language: english, genres: ["Drama"], now: now)
        addFilm(
            Films.twins, 2019, minutes: 88, rating: 6.4, votes: 9_100, language: english, genres: ["Horror"], now: now)
        addFilm(
            Films.never, 2018, minutes: 122, rating: 8.9, votes: 400_000, language: english, genres: ["Action"],
            now: now)
        addFilm(Films.unrated, 2024, minutes: 90, rating: nil, votes: 0, language: english, genres: ["Drama"], now: now)
        adornFilms(now: now)
    }

    private mutating func addFilm(
        _ title: String, _ year: Int, minutes: Int, rating: Double?, votes: Int, language: (Int, String),
        genres: [String], ratingKey: Int? = nil, now: Instant
    ) {
        let number = films.count + 1
        let key = ratingKey ?? 120 + number
        let premiere =
            LocalTime.utc.instants(
                of: LocalTime.WallTime(year: year, month: 3, day: 1 + number, hour: 0, minute: 0, second: 0)
            ).first ?? now
        var film = Film(
            id: 80 + number, jellyfinID: Self.filmID(number), ratingKey: ratingKey, title: title, originalTitle: title,
            year: year, tmdb: 990_000 + key, imdb: "tt99\(10_000 + key)", minutes: minutes,
            language: (language.0, language.1), genres: genres, tmdbRating: (rating ?? 6.0) - 0.3,
            tmdbVotes: votes / 40 + 3, inCinemas: premiere, digitalRelease: premiere + .days(90),
            root: FilmRoots.cloud, added: now - .days(Int64(500 - number * 9)))
        film.imdbRating = rating
        film.imdbVotes = votes
        film.file = Film.File(
            id: 700 + number, path: film.folder + "/\(film.title.filter { $0 != "/" }) (\(year)) Bluray-1080p.mkv",
            bytes: Int64(minutes) * 90_000_000, quality: .bluray1080, added: film.added + .hours(2), isLink: true)
        film.releases = [
            release(film, 1, .bluray1080, seeders: 60 + number), release(film, 2, .web1080, seeders: 210 - number),
            release(film, 3, .bluray1080, seeders: nil),
        ]
        films.append(film)
    }

    private func release(
        _ film: Film, _ indexer: Int, _ quality: FilmQuality, seeders: Int?
    ) -> Film.Release {
        let dotted = film.title.map { $0.isLetter || $0.isNumber ? String($0) : "." }.joined()
        let name =
            "\(dotted).\(film.year).\(quality.resolution)p.\(quality.source == "webdl" ? "WEB-DL" : "BluRay").x264-HOUSE"
        return Film.Release(
            guid: "https://indexer\(indexer).example/\(film.tmdb)/\(quality.resolution)\(quality.source)",
            title: name, indexer: indexer, bytes: Int64(film.minutes) * (quality == .web1080 ? 55_000_000 : 95_000_000),
            quality: quality, seeders: seeders)
    }

    /// What is special about each.
    private mutating func adornFilms(now: Instant) {
        changeFilm(titled: Films.local) { film in
            film.root = FilmRoots.disk
            let path = film.folder + "/\(film.title) (\(film.year)) Bluray-1080p.mkv"
            film.file?.path = path
            film.file?.isLink = false
        }
        changeFilm(titled: Films.fewSeeders) { film in
            film.releases = film.releases.map { release in
                var release = release
                release.seeders = release.seeders.map { _ in 3 }
                return release
            }
        }
        changeFilm(titled: Films.tagged) { $0.tags = [FilmTags.favourite] }
        changeFilm(titled: Films.never) { $0.tags = [FilmTags.never] }
        changeFilm(titled: Films.edition) { film in
            film.file?.edition = "Director's Cut"
            film.keywords = ["director's cut", "stranger"]
        }
        changeFilm(titled: Films.unknownToRadarr) { film in
            film.id = 0
            film.file = nil
        }
        changeFilm(titled: Films.unreleased) { film in
            film.status = "announced"
            film.inCinemas = now + .days(200)
            film.digitalRelease = nil
            film.file = nil
            film.jellyfinID = ""
            film.releases = []
        }
        changeFilm(titled: Films.upgradable) { $0.file?.quality = .web720 }
        changeFilm(titled: Films.family) { $0.genres = ["Family", "Adventure"] }
        changeFilm(titled: Films.rare) { $0.releases.removeLast() }
        let tracked = JellyfinPeople.robin
        // Robin has seen it once, five weeks ago.
        if let film = film(titled: Films.ordinary) {
            addFilmPlay(of: film.jellyfinID, by: tracked, ended: now - .days(35), seconds: film.minutes * 57)
        }
        if let film = film(titled: Films.poor) {
            addFilmPlay(of: film.jellyfinID, by: tracked, ended: now - .days(20), seconds: film.minutes * 58)
            addFilmPlay(of: film.jellyfinID, by: JellyfinPeople.ann, ended: now - .days(12), seconds: film.minutes * 59)
        }
        changeFilm(titled: "Mister Möbius") { $0.states[tracked, default: .init()].isFavourite = true }
    }

    /// A sitting, in Jellystat's rows and in Jellyfin's own counting.
    package mutating func addFilmPlay(of film: String, by user: String, ended: Instant, seconds: Int) {
        filmPlays.append(
            FilmPlay(
                id: "row-\(filmPlays.count + 1)-of-the-household", user: user, film: film, ended: ended,
                seconds: seconds))
        changeFilm(jellyfin: film) { film in
            var state = film.states[user, default: .init()]
            state.starts += 1
            state.lastPlayed = max(state.lastPlayed ?? ended, ended)
            if seconds * 10 >= film.minutes * 60 * 9 { state.isPlayed = true }
            film.states[user] = state
        }
    }

    private static func filmID(_ number: Int) -> String { "f11a5e0000000000000000000000a" + "\(100 + number)" }
}
