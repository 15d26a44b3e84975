// Who plays on an album and what (sheet §5): from the mentions of either source to one ordered list. Pure; the two
// sources differ only in how their mentions are read (beside this file).

package import MusicBrainz

package struct Performer: Hashable, Sendable {
    /// MusicBrainz's or Discogs' id; a folded name where Discogs links none.
    package var id: String
    package var name: String
    /// What is played on most tracks first.
    package var roles: [String]
    /// On how many tracks; all of them when credited for the whole release.
    package var tracks: Int
    package var isForWholeRelease: Bool
    package var isGuest: Bool
    /// Names on the sleeve that differ.
    package var creditedAs: [String]

    package init(
        id: String, name: String, roles: [String], tracks: Int, isForWholeRelease: Bool = false,
        isGuest: Bool = false, creditedAs: [String] = []
    ) {
        self.id = id
        self.name = name
        self.roles = roles
        self.tracks = tracks
        self.isForWholeRelease = isForWholeRelease
        self.isGuest = isGuest
        self.creditedAs = creditedAs
    }
}

/// On how much of the release somebody is credited.
package struct CreditCoverage: Hashable, Sendable {
    package var credited: Int
    package var tracks: Int
    /// Tracks whose credits the source did not send; nothing is known of them.
    package var unread: Int

    package init(credited: Int, tracks: Int, unread: Int = 0) {
        self.credited = credited
        self.tracks = tracks
        self.unread = unread
    }

    package var isWhole: Bool { credited == tracks }

    /// Nil when there is nothing to warn of.
    package var warning: String? {
        guard !isWhole else { return nil }
        let rest = unread > 0 ? " (\(unread) could not be read)" : ""
        return "credits on \(credited) of \(tracks) tracks\(rest)"
    }
}

package struct AlbumCredits: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        case musicBrainz(MBID)
        case discogs(Int)
    }

    package var source: Source
    package var performers: [Performer]
    package var coverage: CreditCoverage

    package init(source: Source, performers: [Performer], coverage: CreditCoverage) {
        self.source = source
        self.performers = performers
        self.coverage = coverage
    }

    package var isEmpty: Bool { performers.isEmpty }
}

/// One statement of a source: somebody does something on one track, or on the whole release.
struct Mention: Sendable {
    /// Tells people apart.
    var key: String
    var name: String
    /// As they come; shortened here.
    var roles: [String]
    /// Index of the track; nil: the whole release.
    var track: Int?
    var isGuest = false
    var creditedAs = ""
}

extension AlbumCredits {
    /// - Parameters:
    ///   - leaders: keys of the release's artists, in order
    ///   - mentions: those of tracks in order, then those of the release
    init(source: Source, leaders: [String], tracks: Int, unread: Int, mentions: [Mention]) {
        var people: [Entry] = []
        var places: [String: Int] = [:]
        for mention in mentions {
            let place = places[mention.key] ?? people.count
            if place == people.count {
                places[mention.key] = place
                people.append(Entry(key: mention.key, name: mention.name))
            }
            people[place].add(mention)
        }
        var performers = people.map { $0.performer(of: tracks) }
        // The band itself says nothing beside its members.
        let others = performers.filter { !($0.roles == ["performer"] && leaders.contains($0.id)) }
        if !others.isEmpty { performers = others }
        let order = Dictionary(leaders.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let sorted = performers.enumerated().sorted { a, b in
            let first = (order[a.element.id] ?? .max, -a.element.tracks, a.offset)
            return first < (order[b.element.id] ?? .max, -b.element.tracks, b.offset)
        }
        let isWhole = mentions.contains { $0.track == nil }
        let credited = isWhole ? tracks : Set(mentions.compactMap(\.track)).count
        self.init(
            source: source, performers: sorted.map(\.element),
            coverage: CreditCoverage(credited: credited, tracks: tracks, unread: isWhole ? 0 : unread))
    }
}

/// One person while the mentions are gathered.
private struct Entry {
    let key: String
    let name: String
    var roles: [(name: String, tracks: Set<Int>, isForAll: Bool)] = []
    var tracks: Set<Int> = []
    var isForAll = false
    var isGuest = true
    var creditedAs: [String] = []

    init(key: String, name: String) {
        self.key = key
        self.name = name
    }

    mutating func add(_ mention: Mention) {
        for role in mention.roles.map(RoleWords.shortened) {
            let place = roles.firstIndex { $0.name == role } ?? roles.count
            if place == roles.count { roles.append((role, [], false)) }
            if let track = mention.track { roles[place].tracks.insert(track) } else { roles[place].isForAll = true }
        }
        if let track = mention.track { tracks.insert(track) } else { isForAll = true }
        isGuest = isGuest && mention.isGuest
        let printed = mention.creditedAs
        if !printed.isEmpty, printed != name, !creditedAs.contains(printed) { creditedAs.append(printed) }
    }

    func performer(of total: Int) -> Performer {
        let sorted = roles.enumerated().sorted { a, b in
            let first = (a.element.isForAll ? -total : -a.element.tracks.count, a.offset)
            return first < (b.element.isForAll ? -total : -b.element.tracks.count, b.offset)
        }
        return Performer(
            id: key, name: name, roles: RoleWords.withoutGenerics(sorted.map(\.element.name)),
            tracks: isForAll ? total : tracks.count, isForWholeRelease: isForAll, isGuest: isGuest,
            creditedAs: creditedAs)
    }
}
