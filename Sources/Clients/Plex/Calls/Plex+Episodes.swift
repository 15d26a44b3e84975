// What a tracker of shows asks of Plex: which episodes were played, from where on it stopped reading; what else is in the
// file of one; what the token's owner has seen (sheet tracker.md §1, §4).

package import Domain
internal import HTTP
package import Runtime

extension Plex {
    /// Hands over the finished plays of episodes by anybody the token may see, oldest first, a page at a time, each with the
    /// moment from which to go on: keep it, and give it next time. What is told twice then is told with the same time.
    /// `share` is how much of it has been read, 0…1. Throws what `use` throws, or a PlexError.
    package func readEpisodePlays(
        since: Instant?, server: String,
        _ use: (_ plays: [EpisodePlay], _ next: Instant, _ share: Double) async throws -> Void
    ) async throws {
        var pages = history(PlexHistoryFilter(since: since)).makeAsyncIterator()
        var read = 0
        var next = since ?? Instant(seconds: 0)
        while let page = try await pages.next() {
            // A row that cannot be read is lost with those after it, until it can be.
            if let why = page.unreadable.first { throw PlexError.unreadable(why) }
            if page.isFreshStart { read = 0 }
            read += page.rows.count
            next = page.rows.map(\.viewedAt).max().map { max($0, next) } ?? next
            let share = page.total.map { $0 > 0 ? min(1, Double(read) / Double($0)) : 1 } ?? 1
            try await use(page.rows.compactMap { $0.episodePlay(on: server) }, next, share)
        }
    }

    /// All items that are one file with this episode, itself among them: "S01E01-E02.mkv" is two, and playing it tells of
    /// one.
    package func episodesInOneFile(with ratingKey: String) async throws(PlexError) -> [PlexItem] {
        let played = try await item(ratingKey)
        guard let season = played.parentRatingKey else { return [played] }
        let files = played.files
        guard !files.isEmpty else { return [played] }
        let together = try await children(of: season).filter { !$0.files.isDisjoint(with: files) }
        return together.contains { $0.ratingKey == ratingKey } ? together : [played]
    }

    /// The episodes of a show with how often and when the token's owner saw them last, and nobody else.
    package func viewedEpisodes(ofShow ratingKey: String) async throws(PlexError) -> [PlexItem] {
        try await leaves(of: ratingKey).filter { $0.kind == .episode }
    }
}

extension PlexItem {
    /// Paths on the server; where Plex tells none, its numbers of the files.
    var files: Set<String> {
        Set(media.flatMap(\.parts).map { $0.file.isEmpty ? "#\($0.id)" : $0.file }.filter { $0 != "#" })
    }

    /// As it was seen last, by the token's owner; nil: never, or no episode.
    package func episodePlay(by account: EpisodePlay.Account, on server: String, show: PlexItem?) -> EpisodePlay? {
        guard kind == .episode, viewCount > 0, let at = lastViewedAt else { return nil }
        return EpisodePlay(
            source: .history, account: account,
            place: .init(server: server, episode: ratingKey, show: grandparentRatingKey ?? show?.ratingKey ?? ""),
            showTitle: grandparentTitle.isEmpty ? show?.title ?? "" : grandparentTitle,
            showOriginalTitle: show.flatMap { $0.originalTitle.isEmpty ? nil : $0.originalTitle },
            showYear: show?.year, season: parentIndex, number: index, title: title, airedOn: originallyAvailable,
            year: year, guids: (guid.isEmpty ? [] : [guid]) + guids,
            showGuids: PlexGuidText.show(
                of: grandparentGuid.isEmpty ? show?.guid : grandparentGuid, season: parentGuid, episode: guid)
                + (show?.guids ?? []),
            runtime: duration, viewCount: viewCount, at: at)
    }
}

extension PlexHistoryRow {
    /// Nil: no episode.
    package func episodePlay(on server: String) -> EpisodePlay? {
        guard kind == .episode else { return nil }
        return EpisodePlay(
            source: .history, account: .init(id: "\(accountID)"),
            place: .init(server: server, episode: ratingKey ?? "", show: grandparentRatingKey ?? ""),
            showTitle: grandparentTitle, season: parentIndex, number: index, title: title, airedOn: airedOn,
            at: viewedAt)
    }
}
