// Films as Jellyfin tells of them (BaseItemDto), and what a user does with them: what is null is left out, dates have
// seven decimals, a `PlayCount` counts beginnings.

import Runtime

extension JellyfinCaller {
    typealias Film = HouseholdWorld.Film

    func item(_ written: String, for user: String?) -> JellyfinAnswer {
        guard let id = Self.guid(written) else {
            return .problem(status: 400, title: "One or more validation errors occurred.")
        }
        switch somebody(user) {
        case .no(let answer): return answer
        case .user(let user):
            guard let film = desk.household.read({ $0.film(jellyfin: id) }) else {
                return .problem(status: 404, title: "Not Found")
            }
            return .json(json(film, for: user))
        }
    }

    func items(of user: String?) -> JellyfinAnswer {
        guard case .user(let user) = somebody(user) else {
            if case .no(let answer) = somebody(user) { return answer }
            return .crash(status: 500)
        }
        var films = desk.household.read { $0.films }.filter { !$0.jellyfinID.isEmpty }
        if let types = call["includeItemTypes"], !types.lowercased().contains("movie") { films = [] }
        let filters = (call["filters"] ?? "").lowercased()
        if filters.contains("isplayed") { films = films.filter { $0.states[user]?.isPlayed ?? false } }
        if filters.contains("isfavorite") { films = films.filter { $0.states[user]?.isFavourite ?? false } }
        if let words = call["searchTerm"]?.lowercased() {
            films = films.filter { $0.title.lowercased().contains(words) }
        }
        if let ids = call["ids"]?.split(separator: ",").compactMap({ Self.guid(String($0)) }) {
            films = films.filter { ids.contains($0.jellyfinID) }
        }
        func played(_ film: Film) -> Instant { film.states[user]?.lastPlayed ?? Instant(milliseconds: 0) }
        films.sort { a, b in call["sortBy"]?.lowercased() == "dateplayed" ? played(a) < played(b) : a.title < b.title }
        if call["sortOrder"]?.lowercased() == "descending" { films.reverse() }
        let start = call["startIndex"].flatMap { Int($0) } ?? 0
        let shown = films.dropFirst(start).prefix(call["limit"].flatMap { Int($0) } ?? films.count)
        return .json([
            "Items": .array(shown.map { json($0, for: user) }), "TotalRecordCount": .number(films.count),
            "StartIndex": .number(start),
        ])
    }

    func playState(_ written: String) -> JellyfinAnswer {
        guard let id = Self.guid(written), let film = desk.household.read({ $0.film(jellyfin: id) }) else {
            return .problem(status: 404, title: "Not Found")
        }
        guard case .user(let user) = somebody(call["userId"]) else {
            return .problem(status: 400, title: "Bad Request")
        }
        return .json(state(film, of: user))
    }

    func setFavourite(_ isFavourite: Bool) -> JellyfinAnswer { changeState { $0.isFavourite = isFavourite } }

    /// "Mark unplayed" forgets how often it was begun.
    func setPlayed(_ isPlayed: Bool) -> JellyfinAnswer {
        let now = desk.clock.now
        return changeState { state in
            state.isPlayed = isPlayed
            state.starts = isPlayed ? max(1, state.starts) : 0
            state.lastPlayed = isPlayed ? state.lastPlayed ?? now : nil
            state.position = .zero
        }
    }

    private func changeState(_ change: (inout Film.State) -> Void) -> JellyfinAnswer {
        guard let user = Self.guid(call.parameters[0]), let id = Self.guid(call.parameters[1]) else {
            return .problem(status: 400, title: "One or more validation errors occurred.")
        }
        let film = desk.household.change { world -> Film? in
            world.changeFilm(jellyfin: id) { change(&$0.states[user, default: .init()]) }
            return world.film(jellyfin: id)
        }
        return film.map { .json(state($0, of: user)) } ?? .problem(status: 404, title: "Not Found")
    }

    // MARK: Who

    private enum Somebody {
        case user(String)
        case no(JellyfinAnswer)
    }

    /// A key is nobody: whom it asks about must be named. Another's things are the administrators' to see.
    private func somebody(_ named: String?) -> Somebody {
        guard let named else {
            return account.map { .user($0.id) } ?? .no(.problem(status: 400, title: "Bad Request"))
        }
        guard let id = Self.guid(named) else {
            return .no(.problem(status: 400, title: "One or more validation errors occurred."))
        }
        if let account, account.id != id, !isAdministrator { return .no(.empty(status: 403)) }
        guard desk.household.read({ $0.jellyfinAccount(id) }) != nil else {
            return .no(.problem(status: 404, title: "Not Found"))
        }
        return .user(id)
    }

    static func guid(_ text: String) -> String? {
        let digits = text.lowercased().filter { $0 != "-" }
        return digits.count == 32 && digits.allSatisfy(\.isHexDigit) ? digits : nil
    }

    // MARK: JSON

    func json(_ film: Film, for user: String) -> JSON {
        let ticks = JSON.int(Int64(film.minutes) * 600_000_000)
        let base: JSON = [
            "Name": .string(film.title), "OriginalTitle": .string(film.originalTitle),
            "ServerId": .string(Self.serverID), "Id": .string(film.jellyfinID),
            "DateCreated": .string(film.added.jellyfin), "CanDelete": false, "CanDownload": true, "HasSubtitles": true,
            "Container": "mkv", "SortName": .string(film.title.lowercased()),
            "PremiereDate": .string(film.inCinemas.jellyfin), "ExternalUrls": [],
            "Path": .string("/films\((film.file?.path ?? film.folder))"), "EnableMediaSourceDisplay": true,
            "Overview": "A film about what the title says.", "Taglines": [],
            "Genres": .array(film.genres.map(JSON.string)), "CommunityRating": .double(film.tmdbRating),
            "RunTimeTicks": ticks, "PlayAccess": "Full", "ProductionYear": .number(film.year), "IsFolder": false,
            "Type": "Movie", "Studios": [], "LocalTrailerCount": 0, "SpecialFeatureCount": 0,
            "ProviderIds": ["Tmdb": .string("\(film.tmdb)"), "Imdb": .string(film.imdb)],
            "MediaSources": [
                [
                    "Protocol": "File", "Id": .string(film.jellyfinID),
                    "Path": .string("/films\(film.file?.path ?? "")"),
                    "Type": "Default", "Container": "mkv", "Size": .int(film.file?.bytes ?? 0),
                    "Name": .string(film.title), "IsRemote": false, "RunTimeTicks": ticks,
                ]
            ],
            "MediaStreams": [
                ["Codec": "h264", "Type": "Video", "Index": 0, "IsDefault": true],
                ["Codec": "eac3", "Language": "eng", "Type": "Audio", "Index": 1, "IsDefault": true],
            ], "VideoType": "VideoFile", "ImageTags": [:], "BackdropImageTags": [], "LocationType": "FileSystem",
            "MediaType": "Video", "LockedFields": [], "LockData": false, "Tags": [],
        ]
        return base.with("UserData", state(film, of: user))
    }

    private func state(_ film: Film, of user: String) -> JSON {
        let state = film.states[user] ?? .init()
        let base: JSON = [
            "PlaybackPositionTicks": .int(state.position.milliseconds * 10_000), "PlayCount": .number(state.starts),
            "IsFavorite": .bool(state.isFavourite), "Played": .bool(state.isPlayed), "Key": .string("\(film.tmdb)"),
            "ItemId": .string(film.jellyfinID),
        ]
        return base.with("LastPlayedDate", state.lastPlayed.map { .string($0.jellyfin) })
    }
}
