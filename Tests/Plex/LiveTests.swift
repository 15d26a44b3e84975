// Every call against the stand-in of Plex over a real socket.

import HTTP
import Plex
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Plex, live` {
    typealias People = HouseholdWorld.People
    typealias Music = HouseholdWorld.Music
    typealias Sections = HouseholdWorld.Sections

    @Test func `the server says what it is and what it has`() async throws {
        try await LivePlex.run { live in
            let identity = try await live.plex.identity()
            #expect(identity.machineIdentifier == live.machine)
            #expect(identity.isClaimed)
            let server = try await live.plex.server()
            #expect(server.name == "Household")
            #expect(server.machineIdentifier == live.machine)
            let sections = try await live.plex.sections()
            #expect(sections.map(\.title) == ["Movies", "TV Shows", "Music", "Vinyl"])
            #expect(sections.filter(\.isMusic).map(\.id) == [Sections.music, Sections.vinyl])
            let accounts = try await live.plex.accounts()
            #expect(accounts.first?.isOwner == true)
            #expect(accounts.contains { $0.id == People.ann })
        }
    }

    @Test func `every artist of the household is found by name, however it is spelt`() async throws {
        try await LivePlex.run { live in
            let artists = live.world { $0.items(of: .artist, in: Sections.music).map { ($0.ratingKey, $0.title) } }
            #expect(artists.count > 5)
            for (key, title) in artists {
                // A comma separates alternatives; callers search by a part without one.
                let part = title.split(separator: ",").first.map(String.init) ?? title
                let found = try await live.plex.search(.artist, titled: part, in: Sections.music)
                #expect(found.contains { $0.ratingKey == "\(key)" && $0.title == title }, "\(title)")
            }
            let hub = try await live.plex.hubSearch("lantern", kinds: [.artist])
            #expect(hub.contains { $0.ratingKey == "\(Music.lanternQuintet)" })
            #expect(hub.allSatisfy { $0.kind == .artist })
        }
    }

    @Test func `all tracks of an artist come by each way, with names, places and guids`() async throws {
        try await LivePlex.run { live in
            let expected = Set(live.world { $0.leafKeys(of: Music.lanternQuintet).map { "\($0)" } })
            #expect(expected.count > 7)
            let byFilter = try await live.plex.tracks(ofArtist: "\(Music.lanternQuintet)", in: Sections.music)
            let byLeaves = try await live.plex.leaves(of: "\(Music.lanternQuintet)")
            #expect(Set(byFilter.map(\.ratingKey)) == expected)
            #expect(Set(byLeaves.map(\.ratingKey)) == expected)
            #expect(byFilter.count == expected.count)
            let first = try #require(byFilter.first)
            #expect(first.kind == .track)
            #expect(first.grandparentRatingKey == "\(Music.lanternQuintet)")
            #expect(!first.parentTitle.isEmpty)
            #expect(first.index != nil)
            #expect(first.sectionID == Sections.music)
            #expect((first.duration ?? .zero) > .zero)
            let albums = try await live.plex.albums(ofArtist: "\(Music.lanternQuintet)", in: Sections.music)
            let children = try await live.plex.children(of: "\(Music.lanternQuintet)")
            #expect(Set(albums.map(\.ratingKey)) == Set(children.map(\.ratingKey)))
            #expect(albums.contains { $0.ratingKey == "\(Music.lanternsAtLow)" && $0.musicBrainzID != nil })
            #expect(albums.contains { $0.ratingKey == "\(Music.albumWithoutGUID)" && $0.musicBrainzID == nil })
        }
    }

    @Test func `a compilation's tracks say who performs them`() async throws {
        try await LivePlex.run { live in
            let tracks = try await live.plex.children(of: "\(Music.compilation)")
            #expect(Set(tracks.map(\.performer)).count > 1)
        }
    }

    @Test func `a whole library comes page by page, whatever the server thinks of pages`() async throws {
        for change in [
            { $0.longestPage = nil }, { $0.longestPage = 3 }, { $0.ignoresPaging = true },
        ] as [@Sendable (inout PlexRules) -> Void] {
            try await LivePlex.run { live in
                await live.standIn.changeRules(change)
                let expected = live.world { $0.items(of: .track, in: Sections.music).map { "\($0.ratingKey)" } }
                let tracks = try await live.plex.items(.track, in: Sections.music).all()
                #expect(tracks.count == expected.count)
                #expect(Set(tracks.map(\.ratingKey)) == Set(expected))
            }
        }
    }

    @Test func `tracks that vanish between two pages leave the rest exact`() async throws {
        try await LivePlex.run { live in
            var rows: [PlexItem] = []
            var isFirst = true
            for try await page in live.plex.items(.track, in: Sections.music, sortedBy: "titleSort") {
                if page.isFreshStart { rows = [] }
                rows += page.rows
                if isFirst, let gone = rows.first.flatMap({ Int($0.ratingKey) }) {
                    live.standIn.household.change { $0.remove(gone) }
                }
                isFirst = false
            }
            let left = live.world { $0.items(of: .track, in: Sections.music).map { "\($0.ratingKey)" } }
            #expect(rows.map(\.ratingKey).sorted() == left.sorted())
        }
    }

    @Test func `stars are each account's own, and set, changed and taken back`() async throws {
        try await LivePlex.run { live in
            let ann = try live.asking(as: People.ann)
            let track = try #require(live.world { $0.leafKeys(of: Music.blueHarbour).first }).description
            try await ann.rate(track, 9)
            let hers = try await ann.ratedTracks(atLeast: 8.5, in: Sections.music)
            #expect(hers.contains { $0.ratingKey == track && $0.userRating == 9 })
            try await live.plex.rate(track, 7)
            let owners = try await live.plex.ratedTracks(atLeast: 8, in: Sections.music)
            #expect(!owners.contains { $0.ratingKey == track })
            #expect(owners.allSatisfy { ($0.userRating ?? 0) >= 8 })
            try await ann.rate(track, nil)
            let cleared = try await ann.item(track)
            #expect(cleared.userRating == nil)
        }
    }

    @Test func `several items come at once, and the missing are missing`() async throws {
        try await LivePlex.run { live in
            let keys = live.world { $0.leafKeys(of: Music.lanternQuintet).map { "\($0)" } }
            let items = try await live.plex.items(["999999"] + keys)
            #expect(items.map(\.ratingKey) == keys)
            let missing = await failure { _ = try await live.plex.item("999999") }
            #expect(missing == .notFound("item 999999"))
        }
    }

    @Test func `everything about the evening's streams is read`() async throws {
        try await LivePlex.run { live in
            let sessions = try await live.plex.sessions()
            #expect(sessions.unreadable.isEmpty)
            let byKey = Dictionary(uniqueKeysWithValues: sessions.sessions.map { ($0.sessionKey, $0) })
            #expect(byKey.keys.sorted() == ["1", "2", "3", "4", "5"])
            let robin = try #require(byKey["1"])
            #expect(robin.user.isOwner)
            #expect(robin.location == .lan)
            #expect(robin.delivery == .directPlay)
            #expect(robin.player.state == .playing)
            #expect(robin.offset == .minutes(41))
            let bo = try #require(byKey["3"])
            #expect(bo.user.id == People.bo)
            #expect(bo.location == .wan)
            #expect(bo.bandwidth == 8600)
            #expect(bo.delivery == .transcode)
            #expect(bo.transcode?.usesHardware == true)
            #expect(bo.transcode?.speed == 3.4)
            let chris = try #require(byKey["4"])
            #expect(chris.player.state == .paused)
            #expect(chris.transcode?.videoDecision == .copy)
            #expect(chris.transcode?.audioDecision == .transcode)
            #expect(chris.transcode?.usesHardware == false)
            let fay = try #require(byKey["5"])
            #expect(fay.player.isRelayed)
            #expect(fay.player.state == .buffering)
            #expect(fay.transcode?.subtitleDecision == .burn)
            #expect(fay.transcode?.isThrottled == true)
            let ann = try #require(byKey["2"])
            #expect(ann.item.kind == .track)
            #expect(ann.delivery == .directPlay)
        }
    }

    @Test func `a stream is ended by its id, or says why not`() async throws {
        try await LivePlex.run { live in
            let before = try await live.plex.sessions().sessions
            let id = try #require(before.first?.sessionID)
            try await live.plex.terminate(sessionID: id, reason: "Maintenance, “sorry”")
            let after = try await live.plex.sessions().sessions
            #expect(after.count == before.count - 1)
            let gone = await failure { try await live.plex.terminate(sessionID: id, reason: "x") }
            #expect(gone == .notFound("that stream"))
            await live.standIn.changeRules { $0.hasPlexPass = false }
            let other = try #require(after.first?.sessionID)
            let refused = await failure { try await live.plex.terminate(sessionID: other, reason: "x") }
            #expect(refused == .forbidden("ending a stream needs the owner's token and Plex Pass"))
            live.standIn.household.change { $0.streams = [] }
            let idle = try await live.plex.sessions()
            #expect(idle.isIdle)
        }
    }

    @Test func `two years of history are read whole, by person and since when`() async throws {
        try await LivePlex.run(.lived(), pageSize: 500) { live in
            let all = live.world { $0.plays.filter { $0.percent >= 90 }.count }
            let rows = try await live.plex.history().all()
            #expect(rows.count >= all)
            #expect(rows.map(\.viewedAt) == rows.map(\.viewedAt).sorted())
            #expect(Set(rows.map(\.historyKey)).count == rows.count)
            let anns = try await live.plex.history(PlexHistoryFilter(accountID: People.ann)).all()
            #expect(anns.count == rows.filter { $0.accountID == People.ann }.count)
            #expect(!anns.isEmpty)
            let middle = rows[rows.count / 2].viewedAt
            let since = try await live.plex.history(PlexHistoryFilter(since: middle)).all()
            #expect(since.count == rows.filter { $0.viewedAt >= middle }.count)
            let artist = try await live.plex.history(PlexHistoryFilter(item: "\(Music.lanternQuintet)")).all()
            #expect(artist.allSatisfy { $0.grandparentRatingKey == "\(Music.lanternQuintet)" })
            #expect(!artist.isEmpty)
        }
    }

    @Test func `a summary is written with all its characters, locked, and put back`() async throws {
        try await LivePlex.run { live in
            let album = "\(Music.lanternsAtLow)"
            let before = try await live.plex.item(album)
            let text = "John: tenor sax | Mc & Coy: piano\n\n“Zwei” = 100% + 😀 #1 ?"
            try await live.plex.setSummary(of: album, to: text, locked: true)
            let after = try await live.plex.item(album)
            #expect(after.summary == text)
            #expect(after.isSummaryLocked)
            try await live.plex.setSummary(of: album, to: before.summary, locked: false)
            let back = try await live.plex.item(album)
            #expect(back.summary == before.summary)
            #expect(!back.isSummaryLocked)
            let others = live.world { $0.items(of: .album, in: Sections.music).filter { $0.summary == text }.count }
            #expect(others == 0)
            let refused = await failure {
                try await live.asking(as: People.ann).setSummary(of: album, to: "mine", locked: true)
            }
            #expect(refused != nil)
        }
    }

    @Test func `pictures come small and as pictures`() async throws {
        try await LivePlex.run { live in
            let album = try await live.plex.item("\(Music.lanternsAtLow)")
            let image = try await live.plex.image(try #require(album.thumb), width: 120, height: 120)
            #expect(!image.bytes.isEmpty)
            let none = await failure { _ = try await live.plex.image("/library/metadata/999999/thumb/1") }
            #expect(none == .notFound("that picture"))
        }
    }
}
