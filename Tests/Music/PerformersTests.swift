// From relations to the list of performers, rule by rule (the sheet's §5), on small invented releases.

import Discogs
import Music
import MusicBrainz
import Testing

/// A release of so many tracks, to which players are added.
struct Sleeve {
    static func mbid(_ number: Int) -> MBID {
        let digits = String(number)
        let tail = String(repeating: "0", count: 12 - digits.count) + digits
        guard let id = MBID("1a7e2000-0001-4a10-8000-\(tail)") else { fatalError("no MBID") }
        return id
    }

    static func artist(_ name: String) -> MusicBrainzArtist {
        MusicBrainzArtist(id: mbid(name.utf8.reduce(7) { ($0 * 31 + Int($1)) % 99_999_999 }), name: name)
    }

    static func plays(
        _ name: String, _ attributes: String..., kind: MusicBrainzRelation.Kind = .instrument, isBackward: Bool = true,
        as printed: String = ""
    ) -> MusicBrainzRelation {
        MusicBrainzRelation(
            kind: kind, isBackward: isBackward, attributes: attributes, artist: artist(name), creditedAs: printed)
    }

    /// - Parameter tracks: what each track's recording says; nil: nothing was sent
    static func release(
        by leaders: [String] = [], _ tracks: [[MusicBrainzRelation]?], whole: [MusicBrainzRelation]? = []
    ) -> MusicBrainzRelease {
        MusicBrainzRelease(
            id: mbid(1), title: "Sleeve", credits: leaders.map { MusicBrainzCredit(artist: artist($0)) },
            media: [
                .init(
                    position: 1,
                    tracks: tracks.enumerated().map { index, relations in
                        .init(position: index + 1, title: "T\(index + 1)", recording: .init(relations: relations))
                    })
            ], relations: whole)
    }

    static func line(
        by leaders: [String] = [], _ tracks: [[MusicBrainzRelation]?], whole: [MusicBrainzRelation]? = []
    ) -> String {
        AlbumCredits(release(by: leaders, tracks, whole: whole)).line()
    }
}

@Suite struct `Performers` {
    typealias S = Sleeve

    @Test func `stand in one line, the leader first, then who plays on most tracks`() {
        let line = S.line(
            by: ["Ann"],
            [
                [S.plays("Bo", "piano"), S.plays("Ann", "trumpet"), S.plays("Cy", "double bass")],
                [S.plays("Cy", "double bass"), S.plays("Di", "congas")],
                [S.plays("Cy", "double bass"), S.plays("Di", "congas")],
            ])
        #expect(line == "Ann: trumpet | Cy: double bass | Di: congas | Bo: piano")
    }

    @Test func `of whom none is named give an empty line`() {
        let credits = AlbumCredits(S.release([[S.plays("Pat", kind: .other("producer"))], []]))
        #expect(credits.isEmpty)
        #expect(credits.line() == "")
        #expect(credits.coverage == CreditCoverage(credited: 0, tracks: 2))
    }

    @Test(arguments: ["producer", "engineer", "instrument arranger", "instrument technician", "vocal arranger", "mix"])
    func `are not those who only helped`(kind: String) {
        #expect(S.line([[S.plays("Pat", "strings", kind: .other(kind))]]) == "")
    }

    @Test func `are seen backward only`() {
        #expect(S.line([[S.plays("Ann", "trumpet", isBackward: false)]]) == "")
    }

    @Test func `do not play modifiers`() {
        let line = S.line([[S.plays("Ann", "guest", "guitar"), S.plays("Bo", "solo", "minor", "additional")]])
        #expect(line == "Ann: guitar | Bo: instruments")
    }

    @Test(arguments: [
        (MusicBrainzRelation.Kind.performer, "performer"), (.instrument, "instruments"), (.vocal, "vocals"),
        (.orchestra, "orchestra"), (.conductor, "conductor"), (.chorusMaster, "chorus master"),
        (.concertmaster, "concertmaster"),
    ])
    func `without an instrument do what their relation says`(kind: MusicBrainzRelation.Kind, role: String) {
        #expect(S.line([[S.plays("Ann", kind: kind)]]) == "Ann: \(role)")
    }

    @Test(arguments: [
        ("drums (drum set)", "drums"), ("membranophone", "drums"), ("lead vocals", "vocals"),
        ("background vocals", "backing vocals"), ("choir vocals", "choir"), ("EWI", "EWI"),
    ])
    func `have short words for what they do`(attribute: String, role: String) {
        #expect(S.line([[S.plays("Ann", attribute)]]) == "Ann: \(role)")
    }

    @Test(arguments: [
        (["bass", "double bass"], "double bass"), (["bass guitar", "bass"], "bass guitar"),
        (["saxophone", "alto saxophone"], "alto saxophone"), (["guitar", "electric guitar"], "electric guitar"),
        (["guitar", "bass guitar"], "guitar, bass guitar"), (["keyboard", "piano"], "piano"),
        (["woodwind", "flute"], "flute"), (["reeds", "tenor saxophone"], "tenor saxophone"),
        (["brass", "trumpet"], "trumpet"), (["percussion", "congas"], "congas"),
        (["percussion", "drums (drum set)"], "percussion, drums"), (["bass", "piano"], "bass, piano"),
        (["guitar family", "guitar"], "guitar family, guitar"),
    ])
    func `are not credited twice for one family of instruments`(attributes: [String], roles: String) {
        let relations = attributes.map { S.plays("Ann", $0) }
        #expect(S.line([relations]) == "Ann: \(roles)")
    }

    @Test func `are more than "performer" and "instruments" where more is known`() {
        let line = S.line([
            [S.plays("Ann", kind: .performer), S.plays("Ann"), S.plays("Ann", "cornet")],
            [S.plays("Bo", kind: .performer), S.plays("Bo")],
        ])
        #expect(line == "Ann: cornet | Bo: instruments")
    }

    @Test func `do not include the band itself beside its members`() {
        let band = S.plays("The Four", kind: .performer)
        #expect(S.line(by: ["The Four"], [[band, S.plays("Ann", "oboe")]]) == "Ann: oboe")
        // Alone it is better than nothing; a stranger who performs is no band.
        #expect(S.line(by: ["The Four"], [[band]]) == "The Four: performer")
        #expect(S.line(by: ["Ann"], [[band, S.plays("Ann", "oboe")]]) == "Ann: oboe | The Four: performer")
    }

    @Test func `have the role of most tracks first, and each once`() {
        let line = S.line([
            [S.plays("Ann", "flute"), S.plays("Ann", "flute"), S.plays("Ann", "oboe")],
            [S.plays("Ann", "oboe"), S.plays("Ann", "solo", "piano")],
        ])
        #expect(line == "Ann: oboe, flute, piano")
    }

    @Test func `of the whole release count for every track`() {
        let credits = AlbumCredits(
            S.release([[S.plays("Ann", "oboe")], []], whole: [S.plays("Bo", "piano"), S.plays("Ann", "flute")]))
        #expect(credits.line() == "Ann: flute, oboe | Bo: piano")
        #expect(credits.performers.map(\.tracks) == [2, 2])
        #expect(credits.performers.map(\.isForWholeRelease) == [true, true])
        #expect(credits.coverage.warning == nil)
    }

    @Test func `are guests only where all their credits say so`() {
        let credits = AlbumCredits(
            S.release([
                [S.plays("Ann", "guest", "oboe"), S.plays("Bo", "guest", "piano")],
                [S.plays("Ann", "guest", "oboe"), S.plays("Bo", "piano")],
            ]))
        #expect(credits.performers.map(\.isGuest) == [true, false])
    }

    @Test func `keep the sleeve's spellings`() {
        let credits = AlbumCredits(
            S.release([
                [
                    S.plays("Ann", "oboe", as: "Annie"), S.plays("Ann", "oboe", as: "Annie"),
                    S.plays("Ann", "oboe", as: "Ann"),
                ]
            ]))
        #expect(credits.performers[0].creditedAs == ["Annie"])
        #expect(credits.line() == "Ann: oboe")
        #expect(credits.line(CreditLineStyle(usesPrintedNames: true)) == "Annie: oboe")
    }

    @Test func `on some tracks only are warned of`() {
        let some = AlbumCredits(S.release([[S.plays("Ann", "oboe")], [], [], []]))
        #expect(some.coverage.warning == "credits on 1 of 4 tracks")
        // Not sent is not none.
        let unread = AlbumCredits(S.release([[S.plays("Ann", "oboe")], nil, nil, []]))
        #expect(unread.coverage.warning == "credits on 1 of 4 tracks (2 could not be read)")
    }

    @Test func `of a disc the owner lacks stay out`() {
        var release = S.release([[S.plays("Ann", "oboe")]])
        release.media.append(
            .init(
                position: 2,
                tracks: [.init(position: 1, title: "U", recording: .init(relations: [S.plays("Bo", "piano")]))]))
        #expect(AlbumCredits(release).line() == "Ann: oboe | Bo: piano")
        #expect(AlbumCredits(release, discs: [2]).line() == "Bo: piano")
        #expect(AlbumCredits(release, discs: [2]).coverage == CreditCoverage(credited: 1, tracks: 1))
    }

    @Test func `of hidden tracks count`() {
        var release = S.release([[S.plays("Ann", "oboe")]])
        release.media[0].pregap = .init(
            position: 0, title: "hidden", recording: .init(relations: [S.plays("Bo", "harp")]))
        release.media[0].dataTracks = [
            .init(position: 2, title: "video", recording: .init(relations: [S.plays("Bo", "harp")]))
        ]
        #expect(AlbumCredits(release).line() == "Bo: harp | Ann: oboe")
        #expect(AlbumCredits(release).coverage.tracks == 3)
    }
}

@Suite struct `The line` {
    private let band = AlbumCredits(
        Sleeve.release([(1...25).map { Sleeve.plays("P\($0)", $0 == 1 ? "tenor saxophone" : "double bass") }]))

    @Test func `counts those it has no room for`() {
        #expect(band.line().hasPrefix("P1: tenor saxophone | P2: double bass | "))
        #expect(band.line().hasSuffix(" | P20: double bass | + 5 more"))
        #expect(band.line(.everybody).hasSuffix(" | P25: double bass"))
    }

    @Test func `can be short`() {
        let line = band.line(CreditLineStyle(most: 2, isShort: true))
        #expect(line == "P1: Sax | P2: bass | + 23 more")
    }

    @Test func `is one line, whatever a name holds`() {
        let credits = AlbumCredits(Sleeve.release([[Sleeve.plays("A\r\nB\u{2028}C", "oboe")]]))
        #expect(credits.line() == "A B C: oboe")
    }

    @Test func `says where it is from`() {
        #expect(band.sourceLine == "MusicBrainz release \(Sleeve.mbid(1))")
        let other = AlbumCredits(DiscogsRelease(id: 7, title: "x"))
        #expect(other.sourceLine == "Data provided by Discogs, release 7")
    }
}

@Suite struct `Performers from Discogs` {
    private func credits(
        by artists: [DiscogsCredit] = [], _ whole: [DiscogsCredit], tracks: [[DiscogsCredit]] = [[], [], []]
    ) -> AlbumCredits {
        AlbumCredits(
            DiscogsRelease(
                id: 1, title: "x", artists: artists, credits: whole,
                tracks: tracks.enumerated().map { .init(position: "A\($0 + 1)", title: "t", credits: $1) }))
    }

    @Test(arguments: [
        "Producer", "Executive-Producer", "Co-producer", "Engineer [Assistant]", "Written-By", "Mixed By", "Music By",
        "Mastered By", "Design", "Photography By", "Artwork", "Liner Notes", "Other", "Technician", "Songwriter",
        "Arranger", "Music", "Lyrics By", "A&R", "Management", "Remix", "DJ Mix", "Remastered By", "Art Direction",
    ])
    func `are not those who only helped`(role: String) {
        #expect(credits([DiscogsCredit(id: 1, name: "Pat", role: role)]).isEmpty)
    }

    @Test(arguments: [
        ("Contrabass", "double bass"), ("Tenor Saxophone", "tenor saxophone"), ("Drums", "drums"),
        ("Leader, Trumpet", "leader, trumpet"), ("Conductor", "conductor"), ("Orchestra", "orchestra"),
        ("Vocals, Acoustic Guitar [Nylon, Steel], Written-By", "vocals, acoustic guitar"), ("Presenter", "presenter"),
        ("Bass, Bass [Double Bass]", "bass"), ("Mixer [Sound], Percussion", "mixer, percussion"),
    ])
    func `have MusicBrainz's words for what they do`(role: String, expected: String) {
        #expect(credits([DiscogsCredit(id: 1, name: "Pat", role: role)]).line() == "Pat: \(expected)")
    }

    @Test func `are joined by id, and by name where there is none`() {
        let found = credits(
            [DiscogsCredit(id: 0, name: "x")].map { _ in
                DiscogsCredit(id: nil, name: "Uncle Fén", role: "Fiddle", tracks: "A1")
            },
            tracks: [[], [DiscogsCredit(id: nil, name: "UNCLE FEN", role: "Banjo")], []])
        #expect(found.performers.count == 1)
        #expect(found.performers[0].tracks == 2)
        #expect(found.coverage.warning == "credits on 2 of 3 tracks")
    }

    @Test func `who are featured are guests`() {
        let found = credits([
            DiscogsCredit(id: 1, name: "Ann", role: "Featuring"),
            DiscogsCredit(id: 2, name: "Bo", role: "Featuring, Percussion [Congas]"),
        ])
        #expect(found.line() == "Ann: performer | Bo: percussion")
        #expect(found.performers.map(\.isGuest) == [true, false])
    }

    @Test func `have the release's artists first`() {
        let found = credits(
            by: [DiscogsCredit(id: 9, name: "Zoe (3)")],
            [
                DiscogsCredit(id: 1, name: "Ann", role: "Oboe"),
                DiscogsCredit(id: 9, name: "Zoe (3)", role: "Harp", tracks: "A2"),
            ])
        #expect(found.line() == "Zoe: harp | Ann: oboe")
        #expect(found.source == .discogs(1))
    }
}
