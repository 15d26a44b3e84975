// Jellyfin tells some ends twice: once when a player has been silent for five minutes, and again when it says goodbye; Plex
// tells of nine tenths seen and of the end. Of two ends of one person's film within its runtime the second is the first one
// again. A part seen is not the same as the end of the film, which may follow it. Pure; what is forgotten here, the
// engine's own ledger still knows.

internal import Domain
internal import Runtime

struct RecentStops {
    private struct Key: Hashable {
        var source: Playback.Source
        var user: Playback.User
        var film: String
        var isWhole: Bool
    }

    private struct Stop {
        var at: Instant
        var window: Duration
    }

    private let most: Int
    private var stops: [Key: [Stop]] = [:]
    /// Oldest first, for forgetting; those before `oldest` are forgotten.
    private var order: [Key] = []
    private var oldest = 0

    init(most: Int = 4_096) { self.most = most }

    /// By its own time, whichever of two arrived first.
    func has(_ playback: Playback) -> Bool {
        guard let key = Self.key(playback) else { return false }
        return stops[key, default: []].contains { stop in
            let apart = playback.at > stop.at ? playback.at - stop.at : stop.at - playback.at
            return apart < max(stop.window, playback.duplicateWindow)
        }
    }

    mutating func remember(_ playback: Playback) {
        guard let key = Self.key(playback) else { return }
        if stops[key] == nil {
            order.append(key)
            if order.count - oldest > most {
                stops[order[oldest]] = nil
                oldest += 1
            }
            // Now and then, not for each: moving them all up takes time.
            if oldest > most {
                order.removeFirst(oldest)
                oldest = 0
            }
        }
        stops[key, default: []].append(Stop(at: playback.at, window: playback.duplicateWindow))
        if stops[key, default: []].count > 8 { stops[key]?.removeFirst() }
    }

    /// Nil where nobody can say whose it is: then each counts for itself.
    private static func key(_ playback: Playback) -> Key? {
        guard playback.user.id != nil || playback.user.name != nil else { return nil }
        // The id is the same under another name.
        let user = Playback.User(
            id: playback.user.id, name: playback.user.id == nil ? playback.user.name?.lowercased() : nil)
        return Key(source: playback.source, user: user, film: playback.film.key, isWhole: isWhole(playback))
    }

    /// As most count it; the rules have their own share, and see what this lets through.
    private static func isWhole(_ playback: Playback) -> Bool {
        if let runtime = playback.runtime, let position = playback.position, position > .zero {
            if position.milliseconds / 9 >= runtime.milliseconds / 10 { return true }
            return playback.source == .jellyfin ? false : playback.saidWatched ?? false
        }
        return playback.saidWatched ?? false
    }
}
