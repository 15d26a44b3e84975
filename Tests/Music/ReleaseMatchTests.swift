// Which release is taken, which are shown, and which tracks must agree before anything is written.

import Music
import MusicBrainz
import Testing

private func edition(
    _ number: Int, _ title: String, by artist: String = "The Lantern Quintet", group: Int = 1, tracks: Int? = 6,
    discs: Int? = 1, date: String? = "1963-09-20", status: String? = "Official", kinds: [String] = [],
    aliases: [String] = [], first: String? = nil
) -> MusicBrainzEdition {
    MusicBrainzEdition(
        id: Sleeve.mbid(number), title: title, status: status, date: date,
        credits: [MusicBrainzCredit(artist: MusicBrainzArtist(id: Sleeve.mbid(900), name: artist, aliases: aliases))],
        group: MusicBrainzGroup(id: Sleeve.mbid(1000 + group), secondaryTypes: kinds, firstReleased: first),
        trackCount: tracks, discCount: discs, rank: 100)
}

private let harbour = AlbumFacts(
    title: "Blue Harbour", artist: "Lantern Quintet", year: 1963,
    tracks: ["Blue Harbour", "Gulls", "Rope and Tar", "Slow Boat Home", "Night Watch", "Blue Harbour (Take 2)"]
        .enumerated().map { .init($1, milliseconds: 200_000 + $0 * 10_000, index: $0 + 1) })

private func score(_ edition: MusicBrainzEdition, _ album: AlbumFacts = harbour) -> Int {
    Int((ReleaseMatch.candidate(edition, for: album).score * 1000).rounded())
}

@Suite struct `The score of a hit` {
    @Test func `is whole when everything agrees`() {
        #expect(score(edition(1, "Blue Harbour")) == 1000)
    }

    @Test func `counts a title without its brackets almost whole, and a likeness by how like it is`() {
        #expect(score(edition(1, "Blue Harbour (remastered)")) == 960)
        #expect((700..<960).contains(score(edition(1, "Blue Harbor"))))
        #expect(score(edition(1, "Something Else")) < 700)
    }

    @Test func `takes any of the artist's names`() {
        #expect(score(edition(1, "Blue Harbour", by: "Ottilie Brandt", aliases: ["Lantern Quintet, The"])) == 1000)
        #expect(score(edition(1, "Blue Harbour", by: "Somebody Else")) == 700)
    }

    @Test(arguments: [(6, 1000), (7, 925), (5, 925), (9, 850), (nil, 925)])
    func `counts tracks`(tracks: Int?, expected: Int) {
        #expect(score(edition(1, "Blue Harbour", tracks: tracks)) == expected)
    }

    @Test func `counts discs`() {
        #expect(score(edition(1, "Blue Harbour", discs: 2)) == 950)
    }

    @Test(arguments: [("1964", 1000), ("1966", 950), ("1997", 900), (nil, 950)])
    func `counts years`(date: String?, expected: Int) {
        #expect(score(edition(1, "Blue Harbour", date: date)) == expected)
    }

    @Test func `takes the year the album first came out`() {
        #expect(score(edition(1, "Blue Harbour", date: "1997-04-22", first: "1963-09-20")) == 1000)
    }

    @Test(arguments: ["Bootleg", "Promotion", "Pseudo-Release"])
    func `is lower for what was never sold`(status: String) {
        #expect(score(edition(1, "Blue Harbour", status: status)) == 800)
    }

    @Test func `is lower for a live album where the title is plain`() {
        #expect(score(edition(1, "Blue Harbour", kinds: ["Live"])) == 900)
        #expect(score(edition(1, "Blue Harbour", kinds: ["Compilation"])) == 900)
        var live = harbour
        live.title = "Blue Harbour Live"
        #expect(score(edition(1, "Blue Harbour Live", kinds: ["Live"]), live) == 1000)
    }

    @Test func `knows Various Artists by their id`() throws {
        let various = try #require(MBID.variousArtists)
        var sampler = edition(1, "Blue Harbour", kinds: ["Compilation"])
        sampler.credits = [MusicBrainzCredit(artist: MusicBrainzArtist(id: various, name: "[many]"))]
        var album = harbour
        album.artist = "Various Artists"
        #expect(score(sampler, album) == 1000)
    }

    @Test func `says why`() {
        let why = ReleaseMatch.candidate(edition(1, "Blue Harbour", tracks: 7, status: "Bootleg"), for: harbour).why
        #expect(why == ["title 100 %", "artist 100 %", "tracks 50 %", "discs 100 %", "year 100 %", "is a bootleg"])
    }
}

@Suite struct `The verdict` {
    private func taken(_ verdict: ReleaseVerdict) -> MBID? {
        if case .take(let candidate) = verdict { candidate.edition.id } else { nil }
    }

    private func asked(_ verdict: ReleaseVerdict) -> [MBID]? {
        if case .ask(let candidates, _) = verdict { candidates.map(\.edition.id) } else { nil }
    }

    @Test func `takes a clear winner`() {
        let verdict = ReleaseMatch.verdict(
            on: [edition(1, "Blue Harbour"), edition(2, "Blue Harbour Blues", group: 2)], for: harbour)
        #expect(taken(verdict) == Sleeve.mbid(1))
    }

    @Test func `of one album's editions takes the official, of as many tracks, the earliest`() {
        let verdict = ReleaseMatch.verdict(
            on: [
                edition(1, "Blue Harbour", date: "1988"),
                edition(2, "Blue Harbour", date: "1963-09-20", status: "Promotion"),
                edition(3, "Blue Harbour", tracks: 7, date: "1960"), edition(4, "Blue Harbour", date: "1964-01"),
                edition(5, "Blue Harbour", date: nil), edition(6, "Blue Harbour", date: "1964-05"),
            ], for: harbour)
        #expect(taken(verdict) == Sleeve.mbid(4))
    }

    @Test func `asks where two albums fit alike`() {
        let verdict = ReleaseMatch.verdict(
            on: [edition(1, "Blue Harbour"), edition(2, "Blue Harbour", group: 2), edition(3, "Blue Harbour")],
            for: harbour)
        let candidates = asked(verdict)
        #expect(candidates?.prefix(2) == [Sleeve.mbid(1), Sleeve.mbid(2)])
    }

    @Test func `takes nothing below 0.85, and at 0.85 takes it`() {
        // 0.4 + 0.3 + 0.05 + 0.1
        let sure = edition(1, "Blue Harbour", tracks: 9)
        #expect(score(sure) == 850)
        #expect(taken(ReleaseMatch.verdict(on: [sure], for: harbour)) == Sleeve.mbid(1))
        let unsure = edition(1, "Blue Harbour", tracks: 9, discs: 2)
        #expect(asked(ReleaseMatch.verdict(on: [unsure], for: harbour)) == [Sleeve.mbid(1)])
    }

    @Test func `takes nothing that is not 0.05 ahead`() {
        // 1.0 against 0.95, then against 0.96.
        let best = edition(1, "Blue Harbour")
        let close = edition(2, "Blue Harbour", group: 2, discs: 2)
        #expect(taken(ReleaseMatch.verdict(on: [best, close], for: harbour)) == Sleeve.mbid(1))
        let closer = edition(3, "Blue Harbour (remastered)", group: 3)
        #expect(asked(ReleaseMatch.verdict(on: [best, closer], for: harbour)) == [Sleeve.mbid(1), Sleeve.mbid(3)])
    }

    @Test func `shows at most five`() {
        let hits = (1...9).map { edition($0, "Blue Harbour", group: $0) }
        #expect(asked(ReleaseMatch.verdict(on: hits, for: harbour))?.count == 5)
    }

    @Test func `has nothing where nothing resembles the album`() {
        let stranger = edition(1, "Mud Season", by: "Delta Ferry", tracks: 12, date: "2001")
        guard case .none(let why) = ReleaseMatch.verdict(on: [stranger], for: harbour) else {
            return #expect(Bool(false))
        }
        #expect(why.contains("Blue Harbour"))
        guard case .none = ReleaseMatch.verdict(on: [], for: harbour) else { return #expect(Bool(false)) }
    }

    @Test func `counts a hit that comes twice once`() {
        let hit = edition(1, "Blue Harbour")
        #expect(taken(ReleaseMatch.verdict(on: [hit, hit], for: harbour)) == Sleeve.mbid(1))
    }
}

@Suite struct `Sibling editions` {
    @Test func `are official, of as many tracks, oldest first, at most five`() {
        let chosen = edition(1, "Blue Harbour", date: "1997")
        let others =
            [
                chosen, edition(2, "Blue Harbour", date: "1988"), edition(3, "Blue Harbour", date: "1963"),
                edition(4, "Blue Harbour", tracks: 5, date: "1960"), edition(5, "Blue Harbour", status: "Bootleg"),
            ] + (10...20).map { edition($0, "Blue Harbour", date: "20\($0)") }
        let siblings = ReleaseMatch.siblings(of: chosen, among: others)
        #expect(siblings.map(\.id) == [3, 2, 10, 11, 12].map(Sleeve.mbid))
    }
}

@Suite struct `The tracks of a release` {
    private func release(_ media: [[(String, Int?)]]) -> MusicBrainzRelease {
        MusicBrainzRelease(
            id: Sleeve.mbid(1), title: "x",
            media: media.enumerated().map { index, tracks in
                .init(
                    position: index + 1,
                    tracks: tracks.enumerated().map {
                        .init(position: $0 + 1, title: $1.0, milliseconds: $1.1, recording: .init())
                    })
            })
    }

    private func album(_ discs: [Int: [(String, Int?)]]) -> AlbumFacts {
        AlbumFacts(
            title: "x", artist: "y",
            tracks: discs.flatMap { disc, tracks in
                tracks.enumerated().map { .init($1.0, milliseconds: $1.1, disc: disc, index: $0 + 1) }
            })
    }

    @Test func `agree by title, in any spelling`() {
        let found = ReleaseMatch.agreement(
            of: release([[("Où vas‐tu ?", nil), ("L’été à Sète", nil), ("Garçon!", nil)]]),
            with: album([1: [("Ou vas-tu", nil), ("L'Ete a Sete (Remastered)", nil), ("Garcon", nil)]]))
        #expect(found == TrackAgreement(matched: 3, compared: 3))
        #expect(found.isConvincing)
    }

    @Test func `agree by a length within ten seconds`() {
        let found = ReleaseMatch.agreement(
            of: release([[("A", 200_000), ("B", 100_000), ("C", nil)]]),
            with: album([1: [("x", 209_999), ("y", 110_001), ("z", 5)]]))
        #expect(found == TrackAgreement(matched: 1, compared: 3))
        #expect(!found.isConvincing)
    }

    @Test(arguments: [(7, true), (6, false)])
    func `convince from seven in ten on`(same: Int, expected: Bool) {
        let theirs: [(String, Int?)] = (0..<10).map { ("Track \($0)", nil) }
        let ours: [(String, Int?)] = (0..<10).map { ($0 < same ? "Track \($0)" : "Other \($0)", nil) }
        #expect(ReleaseMatch.agreement(of: release([theirs]), with: album([1: ours])).isConvincing == expected)
    }

    @Test func `of an album nobody has read convince nobody`() {
        #expect(!ReleaseMatch.agreement(of: release([[("A", nil)]]), with: album([:])).isConvincing)
    }

    @Test func `tell which discs the owner has`() {
        let media: [[(String, Int?)]] = (1...3).map { disc in (1...4).map { ("Disc \(disc) Song \($0)", nil) } }
        let second = ReleaseMatch.agreement(of: release(media), with: album([2: media[1]]))
        #expect(second == TrackAgreement(matched: 4, compared: 4, discs: [2]))
        // A ripper that knows no discs calls it disc 1.
        let alone = ReleaseMatch.agreement(of: release(media), with: album([1: media[2]]))
        #expect(alone.discs == [3])
        // A disc the release does not have stands for none of its discs.
        let stranger: [(String, Int?)] = [("Bonus", nil), ("More", nil)]
        let mixed = ReleaseMatch.agreement(of: release(media), with: album([1: stranger, 2: media[1]]))
        #expect(mixed == TrackAgreement(matched: 4, compared: 6, discs: [2]))
        let all = ReleaseMatch.agreement(of: release(media), with: album([1: media[0], 2: media[1], 3: media[2]]))
        #expect(all == TrackAgreement(matched: 12, compared: 12))
        let asOne = ReleaseMatch.agreement(of: release(media), with: album([1: media.flatMap { $0 }]))
        #expect(asOne == TrackAgreement(matched: 12, compared: 12))
    }
}
