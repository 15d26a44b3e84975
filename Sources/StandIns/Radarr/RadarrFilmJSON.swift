// MovieResource and MovieFileResource with every member the real one never leaves out.

import Runtime

extension RadarrCaller {
    static func json(_ film: Film, at now: Instant) -> JSON {
        let isReleased = film.status == "released"
        func rating(_ value: Double?, _ votes: Int) -> JSON? {
            value.map { ["votes": .number(votes), "value": .double($0), "type": "user"] }
        }
        let size = film.file?.bytes ?? 0
        return
            ([
                "title": .string(film.title),
                "originalTitle": .string(film.originalTitle),
                "originalLanguage": ServarrPages.language(film.language),
                "alternateTitles": [],
                "secondaryYearSourceId": 0,
                "sortTitle": .string(film.title.lowercased()),
                "sizeOnDisk": .int(size),
                "status": .string(film.status),
                "overview": "A film about what the title says.",
                "inCinemas": .date(film.inCinemas),
                "images": [["coverType": "poster", "url": "", "remoteUrl": "https://pictures.example/poster.jpg"]],
                "website": "",
                "year": .number(film.year),
                "youTubeTrailerId": "",
                "studio": "House Pictures",
                "qualityProfileId": .number(film.id > 0 ? film.profile : 0),
                "movieFileId": .number(film.file?.id ?? 0),
                "monitored": .bool(film.id > 0 && film.isMonitored),
                "minimumAvailability": "released",
                "isAvailable": .bool(isReleased),
                "folderName": .string(film.id > 0 ? film.folder : ""),
                "runtime": .number(film.minutes),
                "cleanTitle": .string(film.title.lowercased().filter { $0.isLetter || $0.isNumber }),
                "tmdbId": .number(film.tmdb),
                "titleSlug": .string("\(film.tmdb)"),
                "certification": "PG",
                "genres": .array(film.genres.map(JSON.string)),
                "keywords": .array(film.keywords.map(JSON.string)),
                "tags": .array(film.tags.map(JSON.number)),
                "added": film.id > 0 ? .date(film.added) : "0001-01-01T00:00:00Z",
                "ratings": ([:] as JSON)
                    .with("imdb", rating(film.imdbRating, film.imdbVotes))
                    .with("tmdb", rating(film.tmdbRating, film.tmdbVotes)),
                "popularity": 4.7812,
            ] as JSON)
            .with("digitalRelease", .date(film.digitalRelease))
            .with("path", film.id > 0 ? .string(film.folder) : nil)
            .with("hasFile", .bool(film.file != nil))
            .with("imdbId", film.imdb.isEmpty ? nil : .string(film.imdb))
            .with("rootFolderPath", film.id > 0 ? .string(film.root) : nil)
            .with("movieFile", film.file.map { json($0, of: film) })
            .with("lastSearchTime", .date(film.lastSearch))
            .with(
                "statistics",
                [
                    "movieFileCount": film.file == nil ? 0 : 1, "sizeOnDisk": .int(size),
                    "releaseGroups": film.file == nil ? [] : ["HOUSE"],
                ]
            )
            .with("id", film.id > 0 ? .number(film.id) : nil)
    }

    static func json(_ file: Film.File, of film: Film) -> JSON {
        let name = file.path.split(separator: "/").last.map(String.init) ?? ""
        return
            ([
                "movieId": .number(film.id),
                "relativePath": .string(name),
                "path": .string(file.path),
                "size": .int(file.bytes),
                "dateAdded": .date(file.added),
                "sceneName": .string("\(film.title).HOUSE"),
                "releaseGroup": "HOUSE",
                "edition": .string(file.edition),
                "languages": [ServarrPages.language(film.language)],
                "quality": ServarrPages.quality(file.quality),
                "customFormats": [],
                "customFormatScore": 0,
                "indexerFlags": 0,
                "mediaInfo": [
                    "id": 0, "audioBitrate": 640_000, "audioChannels": 5.1, "audioCodec": "EAC3",
                    "audioLanguages": "eng", "audioStreamCount": 1, "videoBitDepth": 8, "videoBitrate": 0,
                    "videoCodec": "x264", "videoFps": 23.976, "videoDynamicRange": "", "videoDynamicRangeType": "",
                    "resolution": "1920x1038",
                    "runTime": .string("\(film.minutes / 60):\((film.minutes % 60).padded(2)):00"),
                    "scanType": "Progressive", "subtitles": "eng",
                ],
                "originalFilePath": .string(name),
                "qualityCutoffNotMet": .bool(file.quality < .bluray1080),
                "id": .number(file.id),
            ] as JSON)
    }
}
