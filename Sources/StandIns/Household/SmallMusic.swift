// The small household's music: names that break careless code (quotes, commas, slashes, per cents, emoji, one name
// twice), a compilation whose performers stand in `originalTitle`, a quintet whose albums are known to MusicBrainz.

import Runtime

extension HouseholdWorld {
    /// Rating keys of music worth naming.
    package enum Music {
        /// A jazz quintet; its albums 3101, 3102 and 3103 have `mbid://` guids, its fourth, 3104, has none.
        package static let lanternQuintet = 3_001
        package static let variousArtists = 3_002
        package static let miraSolen = 3_003
        package static let paperweightChoir = 3_004
        package static let rcpc = 3_005
        package static let stoneMossEmber = 3_006
        package static let tinEarWeaver = 3_007
        package static let nightBus = 3_008
        package static let oceane = 3_009
        package static let juno = 3_010
        package static let omalley = 3_011
        package static let hundredPercentWool = 3_012
        /// In the section Vinyl: another Juno, and the quintet's neighbours.
        package static let otherJuno = 4_001
        package static let deltaFerry = 4_002

        package static let lanternsAtLow = 3_101
        package static let blueHarbour = 3_102
        package static let liveAtTheMill = 3_103
        package static let albumWithoutGUID = 3_104
        package static let compilation = 3_105
    }

    private struct Record {
        var artist: Int
        var title: String
        var released: String
        var genre: String
        var tracks: [String]
        /// A MusicBrainz release.
        var mbid: String?
    }

    mutating func addSmallMusic(now: Instant) {
        let artists: [(key: Int, title: String, genre: String)] = [
            (Music.lanternQuintet, "The Lantern Quintet", "Jazz"), (Music.variousArtists, "Various Artists", "Pop"),
            (Music.miraSolen, "Mira Solen", "Folk"), (Music.paperweightChoir, "Paperweight Choir", "Electronic"),
            (Music.rcpc, "RC/PC", "Hard Rock"), (Music.stoneMossEmber, "Stone, Moss & Ember", "Soul"),
            (Music.tinEarWeaver, "Tom \"Tin Ear\" Weaver", "Country"), (Music.nightBus, "Night Bus 🚌", "Hip Hop"),
            (Music.oceane, "Océane Brûlé", "Chanson"), (Music.juno, "Juno", "Pop"),
            (Music.omalley, "O'Malley's Engine", "Folk"), (Music.hundredPercentWool, "100% Wool", "Punk"),
            (Music.otherJuno, "Juno", "Soul"), (Music.deltaFerry, "Delta Ferry", "Blues"),
        ]
        for (position, artist) in artists.enumerated() {
            add(
                Item(
                    ratingKey: artist.key, kind: .artist,
                    section: artist.key < Music.otherJuno ? Sections.music : Sections.vinyl, title: artist.title,
                    guid: Self.plexGUID(.artist, artist.key), genres: [artist.genre],
                    addedAt: now - .days(Int64(720 - position * 40))))
        }
        var trackKey = 30_000
        for (position, record) in Self.records.enumerated() {
            let key = 3_101 + position
            let section = items[record.artist]?.section ?? Sections.music
            let added = now - .days(Int64(710 - position * 27))
            add(
                Item(
                    ratingKey: key, kind: .album, section: section, parent: record.artist, title: record.title,
                    index: 1, year: Int(record.released.prefix(4)), released: record.released,
                    guid: key == Music.albumWithoutGUID ? "local://\(key)" : Self.plexGUID(.album, key),
                    guids: record.mbid.map { ["mbid://\($0)"] } ?? [], genres: [record.genre], addedAt: added))
            for (index, line) in record.tracks.enumerated() {
                trackKey += 1
                // "Title | performer" where the performer is another than the album's artist.
                let halves = line.split(separator: "|", maxSplits: 1).map { $0.trimmed }
                add(
                    Item(
                        ratingKey: trackKey, kind: .track, section: section, parent: key, title: halves[0],
                        originalTitle: halves.count > 1 ? halves[1] : "", index: index + 1, discIndex: 1,
                        guid: Self.plexGUID(.track, trackKey), addedAt: added + .minutes(Int64(index)),
                        milliseconds: 150_000 + (trackKey * 7_919) % 210_000,
                        bytes: 18_000_000 + (trackKey * 104_729) % 20_000_000))
            }
        }
    }

    /// Robin's stars: about a third of the music, many of them four stars or more, halves among them; a few of Ann's.
    mutating func addSmallRatings(now: Instant) {
        var dice = SeededDice(seed: 20_260_101)
        let stars: [Double] = [10, 9, 8, 8, 8.5, 7, 6, 4]
        for section in [Sections.music, Sections.vinyl] {
            for key in keys(of: .track, in: section) {
                let roll = Int.random(in: 0..<12, using: &dice)
                let rating = stars[Int.random(in: 0..<stars.count, using: &dice)]
                let at = now - .hours(Int64.random(in: 1..<12_000, using: &dice))
                let person = roll < 4 ? People.robin : roll == 4 ? People.ann : nil
                guard let person else { continue }
                change(key) { item in
                    item.ratings[person] = rating
                    item.ratedAt[person] = max(at, item.addedAt)
                }
            }
        }
    }

    private static let records: [Record] = [
        Record(
            artist: Music.lanternQuintet, title: "Lanterns at Low Tide", released: "1961-05-02", genre: "Jazz",
            tracks: ["Low Tide", "Lantern Walk", "Ode to a Ferry", "Half Past Blue", "The Netmender"],
            mbid: "1a7e2000-0001-4a10-8000-00000000a101"),
        Record(
            artist: Music.lanternQuintet, title: "Blue Harbour", released: "1963-09-20", genre: "Jazz",
            tracks: [
                "Blue Harbour", "Gulls", "Rope and Tar", "Slow Boat Home", "Night Watch", "Blue Harbour (Take 2)",
            ],
            mbid: "1a7e2000-0002-4a10-8000-00000000a102"),
        Record(
            artist: Music.lanternQuintet, title: "Live at the Mill", released: "1965-01-30", genre: "Jazz",
            tracks: ["Introduction", "Lantern Walk (Live)", "Gulls (Live)", "Mill Race Blues"],
            mbid: "1a7e2000-0003-4a10-8000-00000000a103"),
        Record(
            artist: Music.lanternQuintet, title: "Rehearsal Tapes", released: "1960-11-11", genre: "Jazz",
            tracks: ["Tape 1", "Tape 2", "Tape 3"], mbid: nil),
        Record(
            artist: Music.variousArtists, title: "Harbour Lights: A Sampler", released: "2004-06-01", genre: "Pop",
            tracks: [
                "Tide Tables | Mira Solen", "Breakwater | Paperweight Choir feat. Mira Solen", "Undertow | RC/PC",
                "Lantern Walk (Remix) | The Lantern Quintet vs. Night Bus 🚌", "Home by Six | Delta Ferry",
                "Silt | Stone, Moss & Ember", "Sea Fret | The Unknown Trawlers",
            ], mbid: "1a7e2000-0005-4a10-8000-00000000a105"),
        Record(
            artist: Music.miraSolen, title: "Tide Tables", released: "2012-03-16", genre: "Folk",
            tracks: ["Tide Tables", "Heather", "The Long Pier", "Winter Boat", "Lullaby for a Lighthouse"],
            mbid: "1a7e2000-0006-4a10-8000-00000000a106"),
        Record(
            artist: Music.miraSolen, title: "Room with No Clock", released: "2018-10-05", genre: "Folk",
            tracks: ["Noon", "Room with No Clock", "Dust", "Your Coat", "Evening Ferry", "Noon (Reprise)"], mbid: nil),
        Record(
            artist: Music.paperweightChoir, title: "Signals / Noise", released: "2020-02-21", genre: "Electronic",
            tracks: ["Carrier", "Signals", "Noise", "Sideband", "73"], mbid: "1a7e2000-0008-4a10-8000-00000000a108"),
        Record(
            artist: Music.rcpc, title: "Fuse Box", released: "1980-07-25", genre: "Hard Rock",
            tracks: ["Fuse Box", "Short Circuit Sally", "Back on the Grid", "Amp It Up", "Three-Phase Love"],
            mbid: nil),
        Record(
            artist: Music.rcpc, title: "Ground & Live", released: "1984-08-17", genre: "Hard Rock",
            tracks: ["Ground", "Live", "Neutral", "Trip Switch"], mbid: nil),
        Record(
            artist: Music.stoneMossEmber, title: "Hearth", released: "1976-11-19", genre: "Soul",
            tracks: ["Hearth", "September Again", "Keep the Coals", "Ash, Ash, Ash", "Warm Side of the Wall"],
            mbid: nil),
        Record(
            artist: Music.tinEarWeaver, title: "Songs in the Key of \"Maybe\"", released: "1999-04-12",
            genre: "Country",
            tracks: ["Maybe", "My Dog's \"Opinion\"", "Flat Tire Waltz", "Sharp Notes, Dull Knives"], mbid: nil),
        Record(
            artist: Music.nightBus, title: "N38 🚌💨", released: "2022-12-09", genre: "Hip Hop",
            tracks: ["Top Deck", "Oyster", "Request Stop 🔔", "Terminus", "Depot"], mbid: nil),
        Record(
            artist: Music.oceane, title: "Crème de la crème brûlée", released: "2009-01-23", genre: "Chanson",
            tracks: ["Où vas-tu ?", "L'été à Sète", "Garçon !", "Ça suffit"], mbid: nil),
        Record(
            artist: Music.juno, title: "Juno", released: "2015-05-15", genre: "Pop",
            tracks: ["Bright Side", "Glitter", "Second Star", "So Far So Good"], mbid: nil),
        Record(
            artist: Music.omalley, title: "Steam Up, Boys", released: "1994-03-17", genre: "Folk",
            tracks: ["Steam Up, Boys", "The Boilerman's Daughter", "Coal & Clover", "Whistle at Dawn"], mbid: nil),
        Record(
            artist: Music.hundredPercentWool, title: "Do Not Tumble Dry", released: "2023-05-05", genre: "Punk",
            tracks: ["30°", "Shrink", "Knit Wit", "Moth!", "40% Off", "a=b&c=d"], mbid: nil),
        Record(
            artist: Music.otherJuno, title: "First Pressing", released: "1971-02-08", genre: "Soul",
            tracks: ["Side A", "Needle Drop", "Run-Out Groove"], mbid: nil),
        Record(
            artist: Music.deltaFerry, title: "Mud Season", released: "1958-08-04", genre: "Blues",
            tracks: ["Mud Season", "Levee Moan", "Paddle Wheel", "Home by Six"], mbid: nil),
    ]
}

extension Substring {
    var trimmed: String {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
