// A music library as large as wanted, told from numbers: artist n, its albums, their tracks. Made in no time and of no
// size, so that what is measured on it is the program under test.

package import Runtime

struct BulkMusic: Sendable {
    typealias Item = HouseholdWorld.Item

    let section: Int
    let artists, albums, tracks: Int
    /// How many tracks have a rating of the owner's, spread evenly over all.
    let rated: Int
    let owner: Int
    let addedAt: Instant

    static let firstKey = 1_000_001
    private var firstAlbum: Int { Self.firstKey + artists }
    private var firstTrack: Int { firstAlbum + albums }

    var count: Int { artists + albums + tracks }
    var keys: Range<Int> { Self.firstKey..<(Self.firstKey + count) }

    func keys(of kind: HouseholdWorld.Kind) -> Range<Int> {
        switch kind {
        case .artist: Self.firstKey..<firstAlbum
        case .album: firstAlbum..<firstTrack
        case .track: firstTrack..<(firstTrack + tracks)
        default: 0..<0
        }
    }

    /// Those below share what there is as evenly as whole numbers allow.
    func childKeys(of key: Int) -> Range<Int> {
        if key < firstAlbum { return share(key - Self.firstKey, of: artists, in: albums, from: firstAlbum) }
        if key < firstTrack { return share(key - firstAlbum, of: albums, in: tracks, from: firstTrack) }
        return 0..<0
    }

    private func share(_ number: Int, of owners: Int, in all: Int, from first: Int) -> Range<Int> {
        (first + number * all / owners)..<(first + (number + 1) * all / owners)
    }

    /// The inverse of `share`.
    private func owner(of number: Int, of owners: Int, in all: Int) -> Int { ((number + 1) * owners - 1) / all }

    /// Half stars and whole ones, about half of them four stars or more.
    func rating(ofTrack number: Int) -> Double? {
        guard rated > 0, (number + 1) * rated / tracks > number * rated / tracks else { return nil }
        return Double(5 + (number * 7 + number / 11) % 6)
    }

    /// What an answer adds up for a whole playlist, without making the items themselves.
    func milliseconds(of key: Int) -> Int {
        keys(of: .track).contains(key) ? milliseconds(ofTrack: key - firstTrack) : 0
    }

    private func milliseconds(ofTrack number: Int) -> Int { 120_000 + number % 240 * 1000 }

    func item(_ key: Int) -> Item? {
        guard keys.contains(key) else { return nil }
        if key < firstAlbum {
            let number = key - Self.firstKey
            return Item(
                ratingKey: key, kind: .artist, section: section, title: "Artist \(padded(number + 1))",
                guid: guid("artist", number), addedAt: added(number, of: artists))
        }
        if key < firstTrack {
            let number = key - firstAlbum
            let parent = Self.firstKey + owner(of: number, of: artists, in: albums)
            return Item(
                ratingKey: key, kind: .album, section: section, parent: parent, title: "Album \(padded(number + 1))",
                index: 1, year: 1960 + number % 65, guid: guid("album", number),
                guids: ["mbid://" + uuid(number)], genres: [Self.genres[number % Self.genres.count]],
                addedAt: added(number, of: albums))
        }
        let number = key - firstTrack
        let album = firstAlbum + owner(of: number, of: albums, in: tracks)
        let rating = rating(ofTrack: number)
        return Item(
            ratingKey: key, kind: .track, section: section, parent: album, title: "Track \(padded(number + 1))",
            index: key - childKeys(of: album).lowerBound + 1, discIndex: 1, guid: guid("track", number),
            addedAt: added(number, of: tracks), milliseconds: milliseconds(ofTrack: number),
            bytes: 20_000_000 + number % 1000 * 1000, ratings: rating.map { [owner: $0] } ?? [:],
            ratedAt: rating == nil ? [:] : [owner: addedAt], views: number % 5 == 0 ? [owner: 1 + number % 3] : [:])
    }

    private static let genres = ["Jazz", "Rock", "Electronic", "Folk", "Classical"]

    private func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// Over two years.
    private func added(_ number: Int, of all: Int) -> Instant {
        addedAt + .seconds(Int64(number) * 63_072_000 / Int64(max(1, all)))
    }

    private func guid(_ kind: String, _ number: Int) -> String {
        let hex = String(number, radix: 16)
        return "plex://\(kind)/5d07b" + String(repeating: "0", count: 19 - hex.count) + hex
    }

    private func uuid(_ number: Int) -> String {
        let hex = String(number, radix: 16)
        return "5d07b000-0000-4000-8000-" + String(repeating: "0", count: 12 - hex.count) + hex
    }
}

extension HouseholdWorld {
    /// The small household with a vast music library in section 5, "Archive". `rated` of its tracks have a rating of the
    /// owner's, about half of these four stars or more.
    package static func large(
        artists: Int, albums: Int, tracks: Int, rated: Int, now: Instant = Instant(seconds: 1_767_225_600)
    ) -> HouseholdWorld {
        var world = small(now: now)
        world.addArchive(artists: artists, albums: albums, tracks: tracks, rated: rated, since: now - .days(740))
        return world
    }

    mutating func addArchive(artists: Int, albums: Int, tracks: Int, rated: Int, since: Instant) {
        sections.append(
            Section(
                key: 5, kind: .artist, title: "Archive", uuid: "7b1f6c8a-0005-4f5e-9c1d-3a5b7c9d1e05", globalID: 91_005)
        )
        fill(
            with: BulkMusic(
                section: 5, artists: max(1, artists), albums: max(1, albums), tracks: max(1, tracks),
                rated: min(rated, tracks), owner: owner?.id ?? 1, addedAt: since))
    }
}
