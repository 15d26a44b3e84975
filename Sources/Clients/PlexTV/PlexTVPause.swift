// plex.tv says with a 429 how long it wants to be left alone (sheet plex.md §8). A read keeps to that by itself; a write is
// not tried again, so it is remembered for whoever asks next, as every account.

internal import Runtime
internal import Synchronization

final class PlexTVPause: Sendable {
    private let until = Mutex<Instant?>(nil)
    /// Whatever it says: after this it is asked again.
    private static let longest = Duration.hours(1)

    /// Nil: it did not say how long.
    func begin(_ length: Duration?, at now: Instant) {
        guard let length, length > .zero else { return }
        until.withLock { $0 = now + min(length, Self.longest) }
    }

    /// Nil: none, or it is over. A clock set back makes no pause longer than it was.
    func left(at now: Instant) -> Duration? {
        until.withLock { until in
            guard let end = until, now < end, end - now <= Self.longest else {
                until = nil
                return nil
            }
            return end - now
        }
    }
}
