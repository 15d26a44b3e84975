// The household that benchmarks are run in: two years of plays, a vast library, and in it what each measure needs. Tests
// have HouseholdWorld.large, which is made faster.

package import Runtime

extension HouseholdWorld.Music {
    /// Of 2,000 tracks, in the section Archive; every third one played by the owner.
    package static let everAfter = 800_000
    /// The quintet's ten discs, known to MusicBrainz.
    package static let completeMill = 810_000
}

extension HouseholdWorld {
    /// - Parameter tracks: in the section Archive; a tenth of them have a rating of the owner's
    package static func measured(tracks: Int, now: Instant) -> HouseholdWorld {
        var world = lived(now: now)
        world.addArchive(
            artists: tracks / 150, albums: tracks / 12, tracks: tracks, rated: tracks / 10, since: now - .days(740))
        world.addEverAfter(now: now)
        world.addCompleteMill(now: now)
        return world
    }

    private mutating func addEverAfter(now: Instant) {
        let added = now - .days(700)
        add(
            Item(
                ratingKey: Music.everAfter, kind: .artist, section: 5, title: "The Ever After Orchestra",
                guid: Self.plexGUID(.artist, Music.everAfter), genres: ["Jazz"], addedAt: added))
        for album in 0..<100 {
            let key = Music.everAfter + 1 + album
            addAlbum(key, of: Music.everAfter, "Chapter \(album + 1)", released: "\(1920 + album)-10-01", added: added)
            addDisc(nil, of: key, titles: (1...20).map { "Chapter \(album + 1), Page \($0)" }, added: added)
        }
        for (number, key) in leafKeys(of: Music.everAfter).enumerated() where number % 3 == 0 {
            let times = 1 + number % 2
            for time in 0..<times {
                addPlay(
                    of: key, by: People.robin, started: now - .days(Int64(600 - 250 * time)) + .minutes(Int64(number)))
            }
            change(key) { $0.views = [People.robin: times] }
        }
    }

    private mutating func addCompleteMill(now: Instant) {
        let added = now - .days(300)
        addAlbum(
            Music.completeMill, of: Music.lanternQuintet, "The Complete Mill Sessions", released: "1965-11-01",
            mbid: "1a7e2000-0010-4a10-8000-00000000a110", added: added)
        for disc in 1...10 {
            addDisc(
                disc, of: Music.completeMill, titles: (1...12).map { "Session \(disc), Take \($0)" }, added: added)
        }
    }

    private mutating func addAlbum(
        _ key: Int, of artist: Int, _ title: String, released: String, mbid: String? = nil, added: Instant
    ) {
        add(
            Item(
                ratingKey: key, kind: .album, section: items[artist]?.section ?? Sections.music, parent: artist,
                title: title, index: 1, year: Int(released.prefix(4)), released: released,
                guid: Self.plexGUID(.album, key), guids: mbid.map { ["mbid://\($0)"] } ?? [], genres: ["Jazz"],
                addedAt: added))
    }

    private mutating func addDisc(_ disc: Int?, of album: Int, titles: [String], added: Instant) {
        for (index, title) in titles.enumerated() {
            // Of its own for every album and disc, and beyond those of the vast library.
            let key = 100 * album + 20 * (disc ?? 0) + index
            add(
                Item(
                    ratingKey: key, kind: .track, section: items[album]?.section ?? Sections.music, parent: album,
                    title: title, index: index + 1, discIndex: disc ?? 1, guid: Self.plexGUID(.track, key),
                    addedAt: added, milliseconds: 180_000 + index * 7_000, bytes: 25_000_000))
        }
    }
}
