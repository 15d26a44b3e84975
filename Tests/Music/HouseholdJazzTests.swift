// The household's albums from what the server knows of them to the line in their summary, over the stand-ins: the same
// steps the enrich command takes, so that rules, clients and records fit together.

import Discogs
import HTTP
import Music
import MusicBrainz
import Runtime
import Sockets
import StandIns
import Testing

private typealias Albums = HouseholdWorld.Music

private struct RecordShop: Sendable {
    let musicBrainz: MusicBrainzClient
    let discogs: DiscogsClient
    let standIn: MusicBrainzStandIn
    let world: HouseholdWorld

    static func open(_ body: (RecordShop) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "stand-ins", log: .silent)
        let musicBrainz = try await MusicBrainzStandIn.start(loop: loop, clock: clock, rules: .mirror)
        let discogs = try await DiscogsStandIn.start(loop: loop, clock: clock)
        let http = try HTTPClient(userAgent: "nobody")
        let shop = RecordShop(
            musicBrainz: MusicBrainzClient(
                address: musicBrainz.url, userAgent: "Autoplex/test ( a@b )", http: http, clock: clock, log: .silent),
            discogs: DiscogsClient(
                address: discogs.url, userAgent: "Autoplex/test", token: Secret(discogs.token), http: http,
                clock: clock,
                log: .silent), standIn: musicBrainz, world: .small())
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(shop)) } catch { outcome = .failure(error) }
        await http.stop()
        await musicBrainz.stop()
        await discogs.stop()
        await loop.stop()
        try outcome.get()
    }

    /// What Plex knows of an album.
    func facts(_ key: Int) throws -> AlbumFacts {
        let album = try #require(world.items[key])
        let artist = try #require(album.parent.flatMap { world.items[$0] })
        let tracks = world.items.values.filter { $0.parent == key }
        return AlbumFacts(
            title: album.title, artist: artist.title, year: album.year,
            tracks: tracks.map {
                .init($0.title, milliseconds: $0.milliseconds, disc: $0.discIndex ?? 1, index: $0.index ?? 0)
            }, releaseIDs: album.guids.compactMap { MBID($0) })
    }

    /// By its name alone, which is how albums without an id are found.
    func key(_ title: String) throws -> Int {
        try #require(world.items.values.first { $0.kind == .album && $0.title == title }).ratingKey
    }

    func verdict(_ album: AlbumFacts) async throws -> ReleaseVerdict {
        var last = ReleaseVerdict.none(why: "")
        for rung in SearchLadder.rungs(title: album.title, artist: album.artist, tracks: album.trackCount) {
            last = ReleaseMatch.verdict(on: try await musicBrainz.search(rung), for: album)
            if case .none = last { continue }
            return last
        }
        return last
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The household's jazz` {
    @Test func `is credited by the id its files carry`() async throws {
        try await RecordShop.open { shop in
            let album = try shop.facts(Albums.lanternsAtLow)
            let release = try await shop.musicBrainz.release(try #require(album.releaseIDs.first))
            let agreement = ReleaseMatch.agreement(of: release, with: album)
            #expect(agreement == TrackAgreement(matched: 5, compared: 5))
            let credits = AlbumCredits(release, discs: agreement.discs)
            #expect(
                credits.line()
                    == "Ottilie Brandt: trumpet | Hal Marsh: tenor saxophone, flute | Cosmo Devereux: piano | "
                    + "Ivo Lindqvist: double bass | Ruth Okafor: drums | Selma Ferro: bongos, congas")
            #expect(credits.performers.last?.isGuest == true)
            #expect(credits.performers.last?.creditedAs == ["S. Ferro"])
            #expect(credits.coverage.warning == nil)
        }
    }

    @Test func `is found without an id, in the edition it is`() async throws {
        try await RecordShop.open { shop in
            for (key, expected) in [
                (Albums.lanternsAtLow, MusicBrainzCatalogue.Known.lanternsAtLow),
                (Albums.albumWithoutGUID, MusicBrainzCatalogue.Known.rehearsalTapes),
                (Albums.compilation, MusicBrainzCatalogue.Known.sampler),
                (try shop.key("Fuse Box"), MusicBrainzCatalogue.Known.fuseBox),
                (Albums.liveAtTheMill, MusicBrainzCatalogue.Known.liveAtTheMillNow),
            ] {
                guard case .take(let candidate) = try await shop.verdict(try shop.facts(key)) else {
                    Issue.record("album \(key) is not taken")
                    continue
                }
                #expect(candidate.edition.id.description == expected)
                #expect(candidate.score >= 0.85)
            }
        }
    }

    @Test func `is left to its owner where two albums have one name`() async throws {
        try await RecordShop.open { shop in
            let album = try shop.facts(try shop.key("Mud Season"))
            guard case .ask(let candidates, _) = try await shop.verdict(album) else {
                return #expect(Bool(false))
            }
            #expect(
                Set(candidates.map(\.edition.id.description))
                    == [MusicBrainzCatalogue.Known.mudSeason, MusicBrainzCatalogue.Known.mudSeasonAgain])
        }
    }

    @Test func `takes its players from another edition where its own is bare`() async throws {
        try await RecordShop.open { shop in
            let album = try shop.facts(Albums.blueHarbour)
            let bare = try await shop.musicBrainz.release(try #require(album.releaseIDs.first))
            #expect(AlbumCredits(bare).isEmpty)
            let editions = try await shop.musicBrainz.editions(of: try #require(bare.group?.id))
            let siblings = ReleaseMatch.siblings(of: bare.edition, among: editions)
            #expect(siblings.map(\.id.description) == [MusicBrainzCatalogue.Known.blueHarbourFirst])
            let sibling = try await shop.musicBrainz.release(try #require(siblings.first).id)
            #expect(ReleaseMatch.agreement(of: sibling, with: album).isConvincing)
            #expect(AlbumCredits(sibling).line().hasSuffix("Ruth Okafor: drums | Selma Ferro: vocals"))
        }
    }

    @Test func `reads credits of a merged release as a whole`() async throws {
        try await RecordShop.open { shop in
            let album = try shop.facts(Albums.liveAtTheMill)
            let release = try await shop.musicBrainz.release(try #require(album.releaseIDs.first))
            let credits = AlbumCredits(release)
            #expect(credits.source == .musicBrainz(try #require(MBID(MusicBrainzCatalogue.Known.liveAtTheMillNow))))
            #expect(credits.performers.first?.roles == ["trumpet", "flugelhorn"])
            #expect(credits.performers.allSatisfy { $0.isForWholeRelease && $0.tracks == 4 })
        }
    }

    @Test func `says on how many tracks players are known`() async throws {
        try await RecordShop.open { shop in
            let id = try #require(MBID(MusicBrainzCatalogue.Known.fuseBox))
            let credits = AlbumCredits(try await shop.musicBrainz.release(id))
            #expect(credits.line() == "Anselm Quay: electric guitar")
            #expect(credits.coverage.warning == "credits on 3 of 5 tracks")
        }
    }

    @Test(arguments: [
        (
            "Tide Tables",
            "Mira Solen: vocals, acoustic guitar | The Brown: double bass | Uncle Fen: fiddle | Ivo Lindqvist: cello | "
                + "Selma Ferro: percussion"
        ),
        ("Room with No Clock", "Mira Solen: vocals, piano | Tobias Wren: drums | Juniper Adeyemi: tenor saxophone"),
    ])
    func `asks Discogs where MusicBrainz names nobody`(title: String, line: String) async throws {
        try await RecordShop.open { shop in
            let album = try shop.facts(try shop.key(title))
            if let id = album.releaseIDs.first {
                #expect(AlbumCredits(try await shop.musicBrainz.release(id)).isEmpty)
            } else {
                guard case .none = try await shop.verdict(album) else { return #expect(Bool(false)) }
            }
            let hits = ReleaseMatch.ranked(
                try await shop.discogs.search(artist: album.artist, title: album.title), for: album)
            let release = try await shop.discogs.release(try #require(hits.first).id)
            #expect(ReleaseMatch.agreement(of: release, with: album).isConvincing)
            #expect(AlbumCredits(release).line() == line)
        }
    }

    @Test func `of whom nobody knows a player gets no line`() async throws {
        try await RecordShop.open { shop in
            let release = try await shop.discogs.release(DiscogsCatalogue.Known.signalsNoise)
            #expect(AlbumCredits(release).isEmpty)
            let id = try #require(MBID(MusicBrainzCatalogue.Known.signalsNoise))
            #expect(AlbumCredits(try await shop.musicBrainz.release(id)).isEmpty)
        }
    }

    @Test func `of ten discs costs one request`() async throws {
        try await RecordShop.open { shop in
            let id = try #require(MBID(MusicBrainzCatalogue.Known.completeMill))
            let credits = AlbumCredits(try await shop.musicBrainz.release(id))
            #expect(credits.coverage.tracks == 120)
            #expect(credits.performers.map(\.tracks) == [120, 120, 120, 120, 120, 2])
            #expect(shop.standIn.requests.entries.count == 1)
        }
    }
}
