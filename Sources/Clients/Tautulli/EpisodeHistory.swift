// Watched episodes out of Tautulli's history, for a tracker that was not there yet or missed something.

package import Domain
package import Runtime

extension Tautulli {
    /// As `readPlays`: window by window, oldest first, each with the moment to go on from. `share` is how much of the time
    /// since the beginning has been read, 0…1.
    package func readEpisodePlays(
        after readThrough: Instant?, until now: Instant, server: String,
        in windows: HistoryWindows = HistoryWindows(),
        _ use: (_ plays: [EpisodePlay], _ readThrough: Instant, _ share: Double) async throws -> Void
    ) async throws {
        var beginning: Instant?
        try await readPlays(after: readThrough, until: now, mediaType: .episode, in: windows) {
            plays, window, through in
            let start = beginning ?? window.lowerBound
            beginning = start
            let all = (now - start).inSeconds
            let share = all > 0 ? min(1, (through - start).inSeconds / all) : 1
            try await use(plays.compactMap { $0.episodePlay(on: server) }, through, share)
        }
    }
}

extension TautulliPlay {
    /// Nil: no episode, or not seen to its end.
    package func episodePlay(on server: String) -> EpisodePlay? {
        guard mediaType == .episode, isWatched, !isLiveTV else { return nil }
        return EpisodePlay(
            source: .history, account: .init(id: "\(userID)", name: username),
            place: .init(
                server: server, episode: ratingKey.map { "\($0)" } ?? "",
                show: grandparentRatingKey.map { "\($0)" } ?? ""),
            showTitle: grandparentTitle, season: parentIndex, number: index, title: title,
            airedOn: Day(released).map { "\($0)" }, year: year, guids: guid.isEmpty ? [] : [guid],
            // When it ended, as a hook has it.
            at: stopped)
    }
}
