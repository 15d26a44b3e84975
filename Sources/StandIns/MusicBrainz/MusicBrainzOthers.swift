// The household's other records, and the two large ones.

extension MusicBrainzCatalogue {
    mutating func addOthers() {
        let sampler = group(
            5, "Harbour Lights: A Sampler", by: [People.various], first: "2004-06-01", secondary: ["Compilation"])
        let performers = [
            People.solen, People.choir, People.rcpc, People.quintet, People.deltaFerry, People.solen, People.solen,
        ]
        simple(
            5, Known.sampler, sampler, by: People.various, date: "2004-06-01",
            titles: [
                "Tide Tables", "Breakwater", "Undertow", "Lantern Walk (Remix)", "Home by Six", "Silt", "Sea Fret",
            ], firstKey: 30_019
        ) { index in [Relation("performer", performers[index])] }

        let tide = group(6, "Tide Tables", by: [People.solen], first: "2012-03-16")
        simple(
            6, Known.tideTables, tide, by: People.solen, date: "2012-03-16",
            titles: ["Tide Tables", "Heather", "The Long Pier", "Winter Boat", "Lullaby for a Lighthouse"],
            firstKey: 30_026
        ) { _ in [Relation("producer", People.engineer)] }

        let signals = group(8, "Signals / Noise", by: [People.choir], first: "2020-02-21")
        simple(
            8, Known.signalsNoise, signals, by: People.choir, date: "2020-02-21",
            titles: ["Carrier", "Signals", "Noise", "Sideband", "73"], firstKey: 30_037
        ) { _ in [] }

        let fuse = group(9, "Fuse Box", by: [People.rcpc], first: "1980-07-25")
        simple(
            9, Known.fuseBox, fuse, by: People.rcpc, date: "1980-07-25",
            titles: ["Fuse Box", "Short Circuit Sally", "Back on the Grid", "Amp It Up", "Three-Phase Love"],
            firstKey: 30_042
        ) { index in index < 3 ? [Relation("instrument", People.keeper, ["electric guitar", "guitar"])] : [] }

        for (number, release, date) in [
            (0x12, Known.mudSeason, "1958-08-04"), (0x13, Known.mudSeasonAgain, "1959-02-10"),
        ] {
            let group = group(number, "Mud Season", by: [People.deltaFerry], first: date)
            simple(
                number, release, group, by: People.deltaFerry, date: date,
                titles: ["Mud Season", "Levee Moan", "Paddle Wheel", "Home by Six"], firstKey: 30_086
            ) { _ in [Relation("instrument", People.keeper, ["harmonica"])] }
        }
    }

    private mutating func simple(
        _ number: Int, _ id: String, _ group: String, by artist: String, date: String, titles: [String], firstKey: Int,
        relations: (Int) -> [Relation]
    ) {
        let medium = medium(
            number, tail: 0xA100 + number, titles: titles, by: [artist], format: "CD", firstKey: firstKey,
            relations: relations)
        releases.append(
            Release(
                id: id, group: group, title: titles.isEmpty ? "" : groups.last?.title ?? "", date: date, country: "GB",
                artists: [artist], media: [medium]))
    }

    mutating func addLarge() {
        let mill = group(0x10, "The Complete Mill Sessions", by: [People.quintet], first: "1965-11-01")
        let players = [People.brandt, People.marsh, People.devereux, People.lindqvist, People.okafor]
        let instruments = ["trumpet", "tenor saxophone", "piano", "double bass", "drums (drum set)"]
        let discs = (1...10).map { disc in
            medium(
                0x10, tail: 0xA110 + disc * 0x10_0000, titles: (1...12).map { "Session \(disc), Take \($0)" },
                by: [People.quintet], format: "CD", position: disc, firstKey: 50_000 + disc * 12
            ) { index in
                zip(players, instruments).map { Relation("instrument", $0, [$1]) }
                    + (disc == 7 && index < 2 ? [Relation("instrument", People.ferro, ["congas", "guest"])] : [])
            }
        }
        releases.append(
            Release(
                id: Known.completeMill, group: mill, title: "The Complete Mill Sessions", date: "1965-11-01",
                country: "US", label: "Breakwater Records", artists: [People.quintet], media: discs))

        let logs = group(0x11, "The Lighthouse Logs", by: [People.keeper], first: "1999-09-09")
        let reels = (1...26).map { reel in
            medium(
                0x11, tail: 0xA111 + reel * 0x10_0000, titles: (1...20).map { "Night \((reel - 1) * 20 + $0)" },
                by: [People.keeper], format: "Digital Media", position: reel, firstKey: 60_000 + reel * 20
            ) { index in
                [Relation("instrument", People.keeper, ["organ"])]
                    + (reel == 26 && index == 19 ? [Relation("instrument", People.ferro, ["bells", "guest"])] : [])
            }
        }
        releases.append(
            Release(
                id: Known.lighthouseLogs, group: logs, title: "The Lighthouse Logs", date: "1999-09-09", country: "XW",
                artists: [People.keeper], media: reels))
    }
}
