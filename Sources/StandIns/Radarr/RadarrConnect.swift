// What this Radarr posts under Connect (sheet §4): once, without a second try; after a failure it says nothing for a while.

import Runtime

enum RadarrConnect {
    typealias Film = HouseholdWorld.Film

    static func body(
        of notice: RadarrWorks.Notice, _ rules: RadarrRules, tags: [(id: Int, label: String)]
    ) -> JSON? {
        switch notice {
        case .grab(let film, let release, let client, let key):
            return whole(
                film, tags, "Grab", rules,
                ([
                    "release": [
                        "quality": .string(release.quality.name), "qualityVersion": 1, "releaseGroup": "HOUSE",
                        "releaseTitle": .string(release.title), "indexer": .string("Indexer \(release.indexer)"),
                        "size": .int(release.bytes), "customFormatScore": 0, "customFormats": [],
                        "languages": [ServarrPages.language(film.language)], "indexerFlags": [],
                    ],
                    "downloadClient": .string(client.name),
                    "downloadClientType": "qBittorrent",
                    "downloadId": .string(key),
                    "customFormatInfo": ["customFormats": [], "customFormatScore": 0],
                ] as JSON))
        case .imported(let film, let file, let old, let key, let release):
            // On Import without On Upgrade tells nothing of a link that was replaced.
            if old != nil, rules.connect?.onUpgrade == false { return nil }
            return whole(
                film, tags, "Download", rules,
                ([
                    "movieFile": self.file(file, source: "/data/downloads/\(release.title)"),
                    "downloadClient": "rdtclient",
                    "downloadClientType": "qBittorrent",
                    "downloadId": .string(key),
                    "customFormatInfo": ["customFormats": [], "customFormatScore": 0],
                    "release": [
                        "releaseTitle": .string(release.title), "indexer": .string("Indexer \(release.indexer)"),
                        "size": .int(release.bytes),
                    ],
                ] as JSON)
                .with("isUpgrade", .bool(old != nil))
                .with("deletedFiles", old.map { [self.file($0, source: nil)] }))
        case .fileDeleted(let film, let file, let reason):
            return whole(
                film, tags, "MovieFileDelete", rules,
                ([
                    "deleteReason": .string(reason)
                ] as JSON)
                .with("movieFile", self.file(file, source: nil)))
        }
    }

    static func test(_ rules: RadarrRules) -> JSON {
        foot(
            "Test", rules,
            ([
                "movie": [
                    "id": 1, "title": "Test Title", "year": 1970, "releaseDate": "1970-01-01",
                    "folderPath": "C:\\testpath", "tmdbId": 0, "tags": ["test-tag"],
                ],
                "remoteMovie": ["tmdbId": 1234, "imdbId": "5678", "title": "Test title", "year": 1970],
                "release": [
                    "quality": "Test Quality", "qualityVersion": 1, "releaseGroup": "Test Group",
                    "releaseTitle": "Test Title", "indexer": "Test Indexer", "size": 9_999_999,
                ],
            ] as JSON))
    }

    private static func foot(_ event: String, _ rules: RadarrRules, _ json: JSON) -> JSON {
        json.with("eventType", .string(event)).with("instanceName", .string(rules.instance)).with("applicationUrl", "")
    }

    private static func whole(
        _ film: Film, _ tags: [(id: Int, label: String)], _ event: String, _ rules: RadarrRules, _ json: JSON
    ) -> JSON {
        let labels = film.tags.compactMap { id in tags.first { $0.id == id }.map { JSON.string($0.label) } }
        let movie =
            ([
                "id": .number(film.id),
                "title": .string(film.title),
                "year": .number(film.year),
                "releaseDate": .string("\(film.inCinemas.iso.prefix(10))"),
                "folderPath": .string(film.folder),
                "tmdbId": .number(film.tmdb),
                "overview": "A film about what the title says.",
                "genres": .array(film.genres.map(JSON.string)),
                "images": [],
                "tags": .array(labels),
                "originalLanguage": ServarrPages.language(film.language),
            ] as JSON)
            .with("imdbId", film.imdb.isEmpty ? nil : .string(film.imdb))
        let remote: JSON = [
            "tmdbId": .number(film.tmdb), "imdbId": .string(film.imdb), "title": .string(film.title),
            "year": .number(film.year),
        ]
        return foot(event, rules, json.with("movie", movie).with("remoteMovie", remote))
    }

    private static func file(_ file: Film.File, source: String?) -> JSON {
        ([
            "id": .number(file.id),
            "relativePath": .string(file.path.split(separator: "/").last.map(String.init) ?? ""),
            "path": .string(file.path),
            "quality": .string(file.quality.name),
            "qualityVersion": 1,
            "releaseGroup": "HOUSE",
            "sceneName": "HOUSE",
            "indexerFlags": "0",
            "size": .int(file.bytes),
            "dateAdded": .date(file.added),
            "languages": [],
            "mediaInfo": ["audioChannels": 5.1, "audioCodec": "EAC3", "height": 1038, "width": 1920],
        ] as JSON)
        .with("sourcePath", source.map(JSON.string))
    }
}
