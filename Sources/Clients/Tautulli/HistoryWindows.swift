// The whole library's history in windows of time: what has been read need not be read again, and no window is so large
// that Tautulli takes long over it. Windows overlap, for a play is written down when it ends and dated when it began.

package import Runtime

package struct HistoryWindows: Sendable {
    /// How long a window is.
    package var width: Duration = .days(30)
    /// How far to look back again: the longest that a stream, with its pauses, may have been running.
    package var overlap: Duration = .days(2)

    package init() {}

    /// From what has been read (or the beginning of the history) up to now, oldest first. A play may be told twice: keep
    /// it by its id.
    package func windows(after readThrough: Instant, until now: Instant) -> [Range<Instant>] {
        var windows: [Range<Instant>] = []
        var start = readThrough - overlap
        while start <= now {
            // The moment itself belongs to it: plays are dated in whole seconds.
            let end = min(start + width, now + .seconds(1))
            windows.append(start..<end)
            start = end
            if end > now { break }
        }
        return windows
    }
}

extension Tautulli {
    /// Hands over all plays since `readThrough`, window by window: what was kept of a window before and is not among
    /// them was deleted. With each comes the moment through which the history is now known: keep it, and give it next
    /// time. Nil: from the beginning.
    ///
    /// Between two windows other questions get their turn. Throws what `use` throws, or a TautulliError.
    package func readPlays(
        after readThrough: Instant?, until now: Instant, mediaType: TautulliMediaType? = nil,
        in windows: HistoryWindows = HistoryWindows(),
        _ use: (_ plays: [TautulliPlay], _ window: Range<Instant>, _ readThrough: Instant) async throws -> Void
    ) async throws {
        let beginning: Instant
        if let readThrough {
            beginning = readThrough
        } else if let first = try await firstPlay() {
            beginning = first
        } else {
            return try await use([], now..<now, now)
        }
        for window in windows.windows(after: beginning, until: now) {
            let plays = try await plays(TautulliHistoryFilter(mediaType: mediaType, started: window))
            try await use(plays, window, min(window.upperBound, now))
        }
    }
}
