// Queue, history and releases, as they are told.

import Runtime

extension RadarrCaller {
    // MARK: Queue

    func queue() -> ServarrAnswer {
        let wanted = call.all("movieIds").compactMap { Int($0) }
        return desk.look { works, world, _ in
            let downloads = works.downloads.filter { wanted.isEmpty || wanted.contains($0.film) }
            return .json(page(downloads.map { json($0, world) }, sortKey: "timeleft"))
        }
    }

    func queueDetails() -> ServarrAnswer {
        desk.look { works, world, _ in
            let wanted = call.whole("movieId")
            return .json(.array(works.downloads.filter { wanted == nil || $0.film == wanted }.map { json($0, world) }))
        }
    }

    private func page(_ records: [JSON], sortKey: String) -> JSON {
        let number = call.whole("page") ?? 1
        let size = call.whole("pageSize") ?? 10
        return [
            "page": .number(number), "pageSize": .number(size), "sortKey": .string(sortKey),
            "sortDirection": "ascending", "totalRecords": .number(records.count),
            "records": .array(Array(records.dropFirst((number - 1) * size).prefix(size))),
        ]
    }

    private func json(_ download: RadarrWorks.Download, _ world: HouseholdWorld) -> JSON {
        let now = desk.clock.now
        let isWaiting = download.state == "importPending"
        let whole = (download.ends - download.added).inSeconds
        let done = isWaiting ? 1 : min(1, max(0, (now - download.added).inSeconds / max(whole, 0.001)))
        let left = Int64(Double(download.release.bytes) * (1 - done))
        let language = world.film(radarr: download.film)?.language ?? (0, "Unknown")
        return
            ([
                "movieId": .number(download.film),
                "languages": [ServarrPages.language(language)],
                "quality": ServarrPages.quality(download.release.quality),
                "customFormats": [],
                "customFormatScore": 0,
                "size": .int(download.release.bytes),
                "title": .string(download.release.title),
                "added": .date(download.added),
                "status": isWaiting ? "completed" : "downloading",
                "trackedDownloadStatus": isWaiting ? "warning" : "ok",
                "trackedDownloadState": .string(download.state),
                "statusMessages": .array(
                    download.trouble.map { [["title": .string(download.release.title), "messages": [.string($0)]]] }
                        ?? []),
                "downloadId": .string(download.key),
                "protocol": "torrent",
                "downloadClient": .string(download.client.name),
                "downloadClientHasPostImportCategory": false,
                "indexer": .string("Indexer \(download.release.indexer)"),
                "outputPath": .string("/data/downloads/\(download.release.title)"),
                "sizeleft": .int(left),
                "id": .number(download.id),
            ] as JSON)
            .with("estimatedCompletionTime", isWaiting ? nil : .date(download.ends))
            .with("timeleft", isWaiting ? nil : .string(Self.span(max(.zero, download.ends - now))))
    }

    // MARK: History

    func history() -> ServarrAnswer {
        let wanted = call.all("movieIds").compactMap { Int($0) }
        return desk.look { works, world, _ in
            let events = works.events.filter { wanted.isEmpty || wanted.contains($0.film) }.reversed()
            return .json(page(events.map { json($0, world) }, sortKey: "date"))
        }
    }

    func historyOfFilm() -> ServarrAnswer {
        guard let wanted = call.whole("movieId") else {
            return .problem(status: 400, title: "One or more validation errors occurred.")
        }
        return desk.look { works, world, _ in
            let kind = call["eventType"]?.lowercased()
            let events = works.events.filter { $0.film == wanted && (kind == nil || $0.kind.lowercased() == kind) }
            return .json(.array(events.reversed().map { json($0, world) }))
        }
    }

    func historySince() -> ServarrAnswer {
        guard let since = call["date"].flatMap({ LocalTime.instant(iso8601: $0) }) else {
            return .problem(status: 400, title: "One or more validation errors occurred.")
        }
        return desk.look { works, world, _ in
            .json(.array(works.events.filter { $0.at >= since }.map { json($0, world) }))
        }
    }

    private func json(_ event: RadarrWorks.Event, _ world: HouseholdWorld) -> JSON {
        let language = world.film(radarr: event.film)?.language ?? (0, "Unknown")
        return
            ([
                "movieId": .number(event.film),
                "sourceTitle": .string(event.title),
                "languages": [ServarrPages.language(language)],
                "quality": ServarrPages.quality(event.quality),
                "customFormats": [],
                "customFormatScore": 0,
                "qualityCutoffNotMet": .bool(event.quality < .bluray1080),
                "date": .date(event.at),
                "eventType": .string(event.kind),
                "data": .object(JSON.Fields(event.data.map { (key: $0.0, value: .string($0.1)) })),
                "id": .number(event.id),
            ] as JSON)
            .with("downloadId", event.key.map(JSON.string))
    }

    // MARK: Releases

    func releases() -> ServarrAnswer {
        guard let wanted = call.whole("movieId") else { return .json([]) }
        return desk.work { works, world, rules in
            guard let film = world.film(radarr: wanted) else { return (.notFound, []) }
            let releases = film.releases.sorted { ($0.quality, $0.seeders ?? -1) > ($1.quality, $1.seeders ?? -1) }
            for release in releases { works.found[release.guid] = (film.id, release, desk.clock.now) }
            let all = releases.enumerated().map { place, release in
                json(release, of: film, works.rejections(of: release, for: film, rules), weight: place)
            }
            return (.json(.array(all)), [])
        }
    }

    /// Whatever Radarr thinks of it.
    func grab() -> ServarrAnswer {
        guard case .success(let wish) = call.json else { return refusal }
        guard let guid = wish["guid"]?.string, let indexer = wish["indexerId"]?.int else {
            return .invalid(property: "Guid", message: "'Guid' must not be empty.")
        }
        return desk.work { works, world, rules in
            let now = desk.clock.now
            guard let found = works.found[guid], found.release.indexer == indexer, found.at > now - .minutes(30),
                let film = world.film(radarr: found.film)
            else {
                return (
                    .message(
                        status: 404, "Couldn't find requested release in cache, cached results may have expired."), []
                )
            }
            let notice = works.grab(found.release, for: film, at: now, rules, client: wish["downloadClientId"]?.int)
            guard let notice else { return (.message(status: 409, "Getting release from indexer failed"), []) }
            return (.json(json(found.release, of: film, [], weight: 0)), [notice])
        }
    }

    private func json(_ release: Film.Release, of film: Film, _ rejections: [String], weight: Int) -> JSON {
        let days = 40 + weight
        return
            ([
                "guid": .string(release.guid),
                "quality": ServarrPages.quality(release.quality),
                "customFormats": [],
                "customFormatScore": 0,
                "qualityWeight": .number(release.quality.rank * 100 + 1),
                "age": .number(days),
                "ageHours": .double(Double(days) * 24.5),
                "ageMinutes": .double(Double(days) * 1470.25),
                "size": .int(release.bytes),
                "indexerId": .number(release.indexer),
                "indexer": .string("Indexer \(release.indexer)"),
                "releaseGroup": "HOUSE",
                "subGroup": "",
                "releaseHash": "",
                "title": .string(release.title),
                "sceneSource": false,
                "movieTitles": [.string(film.title)],
                "languages": [ServarrPages.language(film.language)],
                "mappedMovieId": .number(film.id),
                "approved": .bool(rejections.isEmpty),
                "temporarilyRejected": false,
                "rejected": .bool(!rejections.isEmpty),
                "tmdbId": .number(film.tmdb),
                "imdbId": .number(Int(film.imdb.dropFirst(2)) ?? 0),
                "rejections": .array(rejections.map(JSON.string)),
                "publishDate": .date(desk.clock.now - .days(Int64(days))),
                "commentUrl": .string(release.guid),
                "downloadUrl": .string(release.guid + "/download"),
                "infoUrl": .string(release.guid),
                "movieRequested": true,
                "downloadAllowed": true,
                "releaseWeight": .number(weight),
                "edition": "",
                "indexerFlags": 0,
            ] as JSON)
            .with("infoHash", release.seeders.map { _ in "4E6F7420612072656172206D616368696E652031" })
            .with("seeders", release.seeders.map(JSON.number))
            .with("leechers", release.seeders.map { .number($0 / 9) })
            .with("protocol", release.seeders == nil ? "usenet" : "torrent")
    }
}
