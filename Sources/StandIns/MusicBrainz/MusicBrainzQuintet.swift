// The Lantern Quintet's records.

extension MusicBrainzCatalogue {
    private static func band(with others: [Relation] = []) -> [Relation] {
        [
            Relation("engineer", People.engineer, ["assistant"]),
            Relation("instrument", People.brandt, ["trumpet"]),
            Relation("instrument", People.marsh, ["tenor saxophone"]),
            Relation("instrument", People.devereux, ["piano"], printedAs: ["piano": "Bechstein grand"]),
            Relation("instrument", People.lindqvist, ["double bass"]),
            Relation("instrument", People.okafor, ["drums (drum set)"]),
            Relation("instrument arranger", People.engineer, ["strings"]),
            Relation("performer", People.quintet),
            Relation("producer", People.engineer),
        ] + others
    }

    mutating func addQuintet() {
        addLanterns()
        addBlueHarbour()
        addMill()
        addTapes()
    }

    private mutating func addLanterns() {
        let title = "Lanterns at Low Tide"
        let group = group(1, title, by: [People.quintet], first: "1961-05-02")
        let guests = [
            // Twins happen, and modifiers stand among the instruments.
            Relation("instrument", People.ferro, ["bongos", "congas", "guest"], creditedAs: "S. Ferro"),
            Relation("instrument", People.ferro, ["bongos", "congas", "guest"], creditedAs: "S. Ferro"),
            Relation("instrument", People.marsh, ["flute"]),
        ]
        let first = medium(
            1, tail: 0xA101,
            titles: ["Low Tide", "Lantern Walk", "Ode to a Ferry", "Half Past Blue", "The Netmender"],
            by: [People.quintet], format: "12\" Vinyl", firstKey: 30_001
        ) { index in Self.band(with: index == 1 || index == 2 ? guests : []) }
        let bonus = medium(
            1, tail: 0xA1B1, titles: ["Low Tide (alternate)", "Lantern Walk (rehearsal)"], by: [People.quintet],
            format: "CD", firstKey: 39_001
        ) { _ in [] }
        func edition(
            _ id: String, _ date: String, _ country: String, _ format: String, status: String = "Official",
            more: [Track] = [], about: String = ""
        ) {
            let tracks = (first.tracks + more).enumerated().map { index, track in
                var track = track
                track.position = index + 1
                track.number = format == "CD" ? "\(index + 1)" : index < 3 ? "A\(index + 1)" : "B\(index - 2)"
                return track
            }
            releases.append(
                Release(
                    id: id, group: group, title: title, disambiguation: about, status: status, date: date,
                    country: country, label: "Breakwater Records", artists: [People.quintet],
                    media: [Medium(position: 1, format: format, tracks: tracks)]))
        }
        edition(Known.lanternsReissue, "1988-10-21", "JP", "CD")
        edition(Known.lanternsAtLow, "1961-05-02", "US", "12\" Vinyl", about: "mono")
        edition(Known.lanternsBonus, "2009-06-15", "DE", "CD", more: bonus.tracks)
        edition(Known.lanternsPromotion, "1961-04", "US", "12\" Vinyl", status: "Promotion")
    }

    private mutating func addBlueHarbour() {
        let title = "Blue Harbour"
        let titles = [
            "Blue Harbour", "Gulls", "Rope and Tar", "Slow Boat Home", "Night Watch", "Blue Harbour (Take 2)",
        ]
        let group = group(2, title, by: [People.quintet], first: "1963-09-20")
        let bare = medium(2, tail: 0xA102, titles: titles, by: [People.quintet], format: "CD", firstKey: 30_006) { _ in
            []
        }
        let first = medium(
            2, tail: 0xA1A2, titles: titles, by: [People.quintet], format: "12\" Vinyl", firstKey: 30_006
        ) {
            index in
            Self.band(with: index == 3 ? [Relation("vocal", People.ferro, ["lead vocals", "guest"])] : [])
        }
        var short = medium(
            2, tail: 0xA1B2, titles: titles, by: [People.quintet], format: "12\" Vinyl", firstKey: 30_006
        ) { _ in [] }
        short.tracks.removeLast()
        releases += [
            Release(
                id: Known.blueHarbour, group: group, title: title, date: "1997-04-22", country: "US",
                label: "Second Tide", artists: [People.quintet], media: [bare]),
            Release(
                id: Self.id(2, 0xA1B2), group: group, title: title, date: "1962-12", country: "JP",
                artists: [People.quintet], media: [short]),
            Release(
                id: Known.blueHarbourFirst, group: group, title: title, date: "1963-09-20", country: "US",
                label: "Breakwater Records", artists: [People.quintet], media: [first]),
        ]
    }

    private mutating func addMill() {
        let group = group(3, "Live at the Mill", by: [People.quintet], first: "1965-01-30", secondary: ["Live"])
        let medium = medium(
            3, tail: 0xA1A3, titles: ["Introduction", "Lantern Walk (Live)", "Gulls (Live)", "Mill Race Blues"],
            by: [People.quintet], format: "12\" Vinyl", firstKey: 30_012
        ) { _ in [] }
        releases.append(
            Release(
                id: Known.liveAtTheMillNow, group: group, title: "Live at the Mill", date: "1965-01-30", country: "US",
                label: "Breakwater Records", artists: [People.quintet], media: [medium],
                relations: Self.band(with: [Relation("instrument", People.brandt, ["flugelhorn", "additional"])])))
        merged[Known.liveAtTheMill] = Known.liveAtTheMillNow
    }

    private mutating func addTapes() {
        let group = group(4, "Rehearsal Tapes", by: [People.quintet], first: "1960-11-11")
        let medium = medium(
            4, tail: 0xA104, titles: ["Tape 1", "Tape 2", "Tape 3"], by: [People.quintet], format: "Reel-to-reel",
            firstKey: 30_016
        ) { index in
            [
                Relation("instrument", People.brandt), Relation("instrument", People.brandt, ["cornet"]),
                Relation("instrument", People.devereux, ["keyboard"]),
                Relation("instrument", People.devereux, ["piano", "solo"]),
            ] + (index == 0 ? [Relation("performer", People.okafor)] : [])
        }
        releases.append(
            Release(
                id: Known.rehearsalTapes, group: group, title: "Rehearsal Tapes", date: "1960-11-11", country: "US",
                artists: [People.quintet], media: [medium]))
    }
}
