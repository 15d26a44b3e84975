// The clients' values as downloads want them.

internal import Domain
internal import Downloads
internal import Jellyfin
internal import Plex
internal import Radarr
internal import Runtime

extension FilmIDs {
    /// For a source that knows titles only.
    var withoutNumbers: FilmIDs { FilmIDs(title: title, year: year) }
}

extension FilmEntry {
    init(_ film: RadarrFilm, _ tags: [RadarrTag], _ instance: String, now: Instant) {
        let labels = Dictionary(tags.map { ($0.id, $0.label) }) { first, _ in first }
        self.init(
            instance: instance, id: film.id, ids: film.ids,
            rating: FilmRating(
                film.ratings.imdb?.value, votes: film.ratings.imdb?.votes, source: "IMDb, told by \(instance)"),
            language: film.originalLanguage?.name, genres: film.genres, keywords: film.keywords ?? [],
            tags: film.tags.compactMap { labels[$0] }, edition: film.file?.edition ?? "",
            fileName: film.file?.sceneName ?? film.file?.relativePath ?? "", isReleased: Self.isReleased(film, now),
            fileID: film.file?.id, path: film.file?.path ?? film.path, size: film.file?.size ?? film.sizeOnDisk,
            fileAddedAt: film.file?.added, root: film.rootFolder ?? "", lastSearchAt: film.lastSearch)
    }

    /// On a disc or a stream; what only runs in cinemas is not released.
    private static func isReleased(_ film: RadarrFilm, _ now: Instant) -> Bool? {
        let dates = [film.digitalRelease, film.physicalRelease].compactMap { $0 }
        if film.status == .released || dates.contains(where: { $0 <= now }) { return true }
        return switch film.status {
        case .tba, .announced, .inCinemas: false
        default: film.isAvailable ? true : nil
        }
    }
}

extension QueueItem {
    init(_ item: RadarrQueueItem) {
        let isTroubled = ["warning", "error"].contains(item.health.lowercased()) || item.status == "failed"
        let words = item.messages.isEmpty ? item.state : item.messages.joined(separator: "; ")
        self.init(
            downloadID: item.downloadID ?? "", title: item.title, trouble: isTroubled ? words : "",
            isStuck: ["importBlocked", "failed", "failedPending"].contains(item.state),
            size: item.size > 0 ? item.size : nil)
    }
}

extension HistoryEvent {
    /// Nil: nothing that matters here. A file that made room for a better one, or that a look did not find, was not
    /// thrown away.
    init?(_ event: RadarrEvent) {
        let kind: Kind
        switch event.kind {
        case .grabbed: kind = .grabbed(release: event.title)
        case .imported: kind = .imported(path: event.importedPath ?? "")
        case .failed: kind = .failed(event.reason ?? "the download failed")
        case .fileDeleted:
            if ["upgrade", "missingfromdisk"].contains(event.reason?.lowercased()) { return nil }
            kind = .deleted(path: event.title.hasPrefix("/") ? event.title : "")
        case .ignored, .other: return nil
        }
        self.init(kind, at: event.at, downloadID: event.downloadID ?? "", size: event.size)
    }
}

extension Release {
    init(_ release: RadarrRelease) {
        self.init(
            guid: release.guid, indexerID: release.indexerID, title: release.title, size: release.size,
            seeders: release.seeders, rejections: release.rejections)
    }
}

extension LibraryItem {
    init(_ item: JellyfinItem, version: String?) {
        self.init(
            id: item.id, ids: item.ids, runtime: item.versions.first { $0.id == version }?.runtime ?? item.runtime,
            rating: FilmRating(item.communityRating, votes: nil, source: "Jellyfin, whose source is not known"),
            genres: item.genres, isFavourite: item.state?.isFavourite, starts: item.state?.starts)
    }
}

extension LibraryItem {
    init(_ item: PlexItem, isOwner: Bool) {
        func number(_ scheme: String) -> String? {
            item.guids.first { $0.hasPrefix(scheme) }.map { String($0.dropFirst(scheme.count)) }
        }
        self.init(
            id: item.ratingKey,
            ids: FilmIDs(
                tmdb: number("tmdb://").flatMap { Int($0) }, imdb: number("imdb://"), title: item.title,
                year: item.year),
            runtime: item.duration, genres: item.genres,
            isFavourite: isOwner ? item.userRating.map { $0 >= 10 } ?? false : nil)
    }
}
