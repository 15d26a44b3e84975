// What a playlist should hold and the least that must be done for it. Pure: no clock, no network (rule 1). Everything is
// n log n, for lists of fifty thousand.

package struct PlaylistChange: Hashable, Sendable {
    package struct Move: Hashable, Sendable {
        package var key: String
        package var name: String
        /// Nil while it is not in the playlist yet.
        package var place: Int?
        /// The track it comes to stand behind; nil: the front.
        package var after: String?
        package var afterPlace: Int?
    }

    /// In the order they go in: at the end.
    package var adds: [PlaylistSong] = []
    package var removals: [PlaylistPlace] = []
    /// How many of the removals are only the second place of a track that stays.
    package var doubles = 0
    /// To be done in this order, each looking at the list as the one before left it. Includes added tracks.
    package var moves: [Move] = []

    package var isEmpty: Bool { adds.isEmpty && removals.isEmpty && moves.isEmpty }
    /// Moves of what is there already: the others only bring an added track to its place.
    package var rearranged: [Move] { moves.filter { $0.place != nil } }
}

/// Why nothing is done without somebody saying so (rule 2: what looks like "nothing" may be a library that is away).
package enum PlaylistObjection: Hashable, Sendable {
    case wouldEmpty(Int)
    case wouldLoseMost(removed: Int, of: Int)
}

package enum PlaylistRules {
    /// The tracks a wish is for, in its order. Plex's own answer is checked again: a server that ignores the filter would
    /// otherwise put its whole library into the playlist.
    package static func wanted(_ songs: [PlaylistSong], by wish: PlaylistWish) -> [PlaylistSong] {
        var seen: Set<String> = []
        var wanted = songs.filter { wish.takes($0.rating) && seen.insert($0.key).inserted }
        wanted.sort { comes($0, before: $1, newestFirst: wish.order == .newest) }
        return wish.limit.map { Array(wanted.prefix($0)) } ?? wanted
    }

    /// A total order, or equals would change places at every run.
    private static func comes(_ a: PlaylistSong, before b: PlaylistSong, newestFirst: Bool) -> Bool {
        let (ratingA, ratingB) = (a.rating ?? 0, b.rating ?? 0)
        if !newestFirst, ratingA != ratingB { return ratingA > ratingB }
        let (ratedA, ratedB) = (a.ratedAt ?? .min, b.ratedAt ?? .min)
        if ratedA != ratedB { return ratedA > ratedB }
        if ratingA != ratingB { return ratingA > ratingB }
        let (addedA, addedB) = (a.addedAt ?? .min, b.addedAt ?? .min)
        if addedA != addedB { return addedA > addedB }
        // Keys are numbers written out.
        return a.key.utf8.count == b.key.utf8.count ? a.key < b.key : a.key.utf8.count < b.key.utf8.count
    }

    /// The smallest change that makes `places` hold each of `wanted` once: in that order, or, when the order is kept, with
    /// what is new at the end.
    package static func change(
        from places: [PlaylistPlace], to wanted: [PlaylistSong], keepsOrder: Bool
    ) -> PlaylistChange {
        var rank: [String: Int] = Dictionary(minimumCapacity: wanted.count)
        for (index, song) in wanted.enumerated() { rank[song.key] = index }
        var change = PlaylistChange()
        var kept: [PlaylistPlace] = []
        var there: Set<String> = []
        for place in places {
            if rank[place.key] == nil {
                change.removals.append(place)
            } else if there.insert(place.key).inserted {
                kept.append(place)
            } else {
                change.removals.append(place)
                change.doubles += 1
            }
        }
        change.adds = wanted.filter { !there.contains($0.key) }
        if !keepsOrder {
            change.moves = moves(of: kept, then: change.adds, to: wanted, rank: rank)
        }
        return change
    }

    /// The fewest moves: what already stands in increasing order, the longest such run through the list, stays; every
    /// other is put behind the one it follows.
    private static func moves(
        of kept: [PlaylistPlace], then added: [PlaylistSong], to wanted: [PlaylistSong], rank: [String: Int]
    ) -> [PlaylistChange.Move] {
        let ranks = kept.compactMap { rank[$0.key] } + added.compactMap { rank[$0.key] }
        var stays = [Bool](repeating: false, count: wanted.count)
        for position in longestIncreasing(ranks) { stays[ranks[position]] = true }
        if !stays.contains(false) { return [] }
        let ids = Dictionary(kept.map { ($0.key, $0.id) }) { first, _ in first }
        return wanted.indices.filter { !stays[$0] }.map { index in
            let song = wanted[index]
            let before = index > 0 ? wanted[index - 1].key : nil
            return PlaylistChange.Move(
                key: song.key, name: song.name, place: ids[song.key], after: before,
                afterPlace: before.flatMap { ids[$0] })
        }
    }

    /// Positions of a longest strictly increasing run (patience sorting).
    static func longestIncreasing(_ values: [Int]) -> [Int] {
        // tails[n]: where the smallest end of a run of n + 1 stands.
        var tails: [Int] = []
        var previous = [Int](repeating: -1, count: values.count)
        for (position, value) in values.enumerated() {
            var (low, high) = (0, tails.count)
            while low < high {
                let middle = (low + high) / 2
                if values[tails[middle]] < value { low = middle + 1 } else { high = middle }
            }
            if low > 0 { previous[position] = tails[low - 1] }
            if low == tails.count { tails.append(position) } else { tails[low] = position }
        }
        var run: [Int] = []
        var position = tails.last ?? -1
        while position >= 0 {
            run.append(position)
            position = previous[position]
        }
        return run.reversed()
    }

    /// Below this many, losing most of a list is an ordinary day.
    private static let few = 25

    package static func objection(
        to change: PlaylistChange, places: [PlaylistPlace], wanted: [PlaylistSong]
    ) -> PlaylistObjection? {
        if wanted.isEmpty, !places.isEmpty { return .wouldEmpty(places.count) }
        let lost = change.removals.count - change.doubles
        let distinct = places.count - change.doubles
        return lost >= few && lost * 2 > distinct ? .wouldLoseMost(removed: lost, of: distinct) : nil
    }
}
