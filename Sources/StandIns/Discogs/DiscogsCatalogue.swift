// What the stand-in of Discogs knows: invented releases whose credits have every loose form that real ones have.

package struct DiscogsCatalogue: Sendable {
    package struct Credit: Sendable {
        /// 0: a name without a link.
        package var id: Int
        package var name: String
        package var role: String
        package var tracks = ""
        package var anv = ""

        package init(_ id: Int, _ name: String, _ role: String = "", tracks: String = "", anv: String = "") {
            self.id = id
            self.name = name
            self.role = role
            self.tracks = tracks
            self.anv = anv
        }
    }

    package struct Track: Sendable {
        package var position: String
        package var title: String
        package var duration: String
        /// "track", "heading" or "index"
        package var kind = "track"
        package var credits: [Credit] = []
        package var parts: [Track] = []

        package init(
            _ position: String, _ title: String, _ duration: String = "", kind: String = "track",
            credits: [Credit] = [],
            parts: [Track] = []
        ) {
            self.position = position
            self.title = title
            self.duration = duration
            self.kind = kind
            self.credits = credits
            self.parts = parts
        }
    }

    package struct Release: Sendable {
        package var id: Int
        package var title: String
        package var year: Int
        package var country: String
        package var label: String
        package var artists: [Credit]
        /// Nil: null in the answer.
        package var credits: [Credit]?
        package var tracks: [Track]
    }

    package var releases: [Release] = []

    package init() {}

    package enum Known {
        /// By Mira Solen; MusicBrainz names no players.
        package static let tideTables = 7_106
        /// By Mira Solen; MusicBrainz does not know it at all.
        package static let roomWithNoClock = 7_107
        /// By Paperweight Choir: nobody plays here either, and `extraartists` is null.
        package static let signalsNoise = 7_108
    }

    package static let standard: DiscogsCatalogue = {
        var catalogue = DiscogsCatalogue()
        let solen = Credit(9_001, "Mira Solen")
        catalogue.releases = [
            Release(
                id: Known.tideTables, title: "Tide Tables", year: 2012, country: "UK", label: "Pier Head",
                artists: [solen],
                credits: [
                    Credit(9_001, "Mira Solen", "Vocals, Acoustic Guitar [Nylon, Steel], Written-By"),
                    Credit(9_002, "Brown, The (2)", "Contrabass", tracks: "A1 to A3"),
                    Credit(0, "Uncle Fen", "Fiddle", tracks: "A2, B2"),
                    Credit(9_003, "Ada Quill (4)", "Producer, Mixed By"),
                    Credit(
                        9_004, "Selma Ferro", "Featuring, Percussion [Congas, Bells]", tracks: "B1", anv: "S. Ferro"),
                ],
                tracks: [
                    Track("", "Side One", kind: "heading"), Track("A1", "Tide Tables", "3:41"),
                    Track("A2", "Heather", "2:58"), Track("A3", "The Long Pier", "4:02"),
                    Track("", "Side Two", kind: "heading"),
                    Track("B1", "Winter Boat", "5:10", credits: [Credit(9_005, "Ivo Lindqvist", "Cello")]),
                    Track("B2", "Lullaby for a Lighthouse", "3:33"),
                ]),
            Release(
                id: Known.roomWithNoClock, title: "Room with No Clock", year: 2018, country: "UK", label: "Pier Head",
                artists: [solen],
                credits: [
                    Credit(9_006, "Tobias Wren", "Drums, Engineer [Assistant]"),
                    Credit(9_001, "Mira Solen", "Vocals, Piano"),
                    Credit(9_007, "Juniper Adeyemi", "Tenor Saxophone", tracks: "2, 4-6"),
                ],
                tracks: [
                    Track("1", "Noon", "3:00"), Track("2", "Room with No Clock", "4:20"), Track("3", "Dust", "2:45"),
                    Track("4", "Your Coat", "3:59"),
                    Track(
                        "", "Evening Suite", kind: "index",
                        parts: [Track("5", "Evening Ferry", "5:01"), Track("6", "Noon (Reprise)", "1:30")]),
                ]),
            Release(
                id: Known.signalsNoise, title: "Signals / Noise", year: 2020, country: "Germany", label: "Paperweight",
                artists: [Credit(9_010, "Paperweight Choir")], credits: nil,
                tracks: [
                    Track("1", "Carrier"), Track("2", "Signals"), Track("3", "Noise"), Track("4", "Sideband"),
                    Track("5", "73"),
                ]),
        ]
        return catalogue
    }()
}
