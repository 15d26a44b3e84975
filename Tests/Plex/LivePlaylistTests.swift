// Playlists against the stand-in, whichever way it treats what Plex leaves open.

import Plex
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Playlists, live` {
    typealias People = HouseholdWorld.People
    typealias Sections = HouseholdWorld.Sections

    @Test func `a playlist is made, filled, ordered, emptied and thrown away`() async throws {
        try await LivePlex.run { live in
            let tracks = live.world { $0.items(of: .track, in: Sections.music).prefix(12).map { "\($0.ratingKey)" } }
            let plex = live.plex
            var playlist = try await plex.createPlaylist(
                titled: "Best, “of” & more", of: Array(tracks.prefix(10)), machine: live.machine)
            let found = try await plex.playlists(titled: "Best, “of” & more")
            #expect(found.map(\.ratingKey) == [playlist.ratingKey])
            _ = try await plex.add(Array(tracks.suffix(2)), to: playlist, machine: live.machine)
            var entries = try await plex.entries(of: playlist)
            #expect(entries.map(\.item.ratingKey) == tracks)

            let last = try #require(entries.last?.id)
            let first = try #require(entries.first?.id)
            try await plex.move(last, after: nil, in: playlist)
            try await plex.move(first, after: entries[5].id, in: playlist)
            entries = try await plex.entries(of: playlist)
            #expect(entries.first?.id == last)
            #expect(entries[6].id == first)

            let removed = try await plex.remove(first, from: playlist)
            let again = try await plex.remove(first, from: playlist)
            #expect(removed)
            #expect(!again)
            try await plex.rename(playlist, to: "Later")
            playlist = try await plex.playlist(playlist.ratingKey)
            #expect(playlist.title == "Later")
            #expect(playlist.leafCount == 11)
            try await plex.clear(playlist)
            entries = try await plex.entries(of: playlist)
            #expect(entries.isEmpty)
            let deleted = try await plex.delete(playlist)
            let twice = try await plex.delete(playlist)
            #expect(deleted)
            #expect(!twice)
        }
    }

    @Test(arguments: [true, false])
    func `songs that are there already do not confuse the places`(skipsDuplicates: Bool) async throws {
        try await LivePlex.run { live in
            await live.standIn.changeRules { $0.skipsDuplicates = skipsDuplicates }
            let tracks = live.world { $0.items(of: .track, in: Sections.music).prefix(5).map { "\($0.ratingKey)" } }
            let playlist = try await live.plex.createPlaylist(titled: "x", of: tracks, machine: live.machine)
            let addition = try await live.plex.add(tracks, to: playlist, machine: live.machine)
            #expect(addition.added == (skipsDuplicates ? 0 : 5))
            let entries = try await live.plex.entries(of: playlist)
            #expect(entries.count == (skipsDuplicates ? 5 : 10))
            #expect(Set(entries.map(\.id)).count == entries.count)
        }
    }

    @Test func `a thousand songs go in, however short the addresses must be`() async throws {
        for longest in [3000, 400] {
            try await LivePlex.run(.large(artists: 10, albums: 50, tracks: 1000, rated: 0), pageSize: 300) { live in
                await live.standIn.changeRules { $0.longestPlaylistURL = longest }
                let tracks = live.world { $0.items(of: .track, in: 5).map { "\($0.ratingKey)" } }
                let playlist = try await live.plex.createPlaylist(titled: "All", of: tracks, machine: live.machine)
                let entries = try await live.plex.entries(of: playlist)
                #expect(entries.map(\.item.ratingKey) == tracks)
                let refused = live.standIn.requests.entries.filter { $0.status == 414 }
                #expect(refused.isEmpty == (longest == 3000))
            }
        }
    }

    @Test func `each account has playlists of its own`() async throws {
        try await LivePlex.run { live in
            let ann = try live.asking(as: People.ann)
            let track = live.world { $0.items(of: .track, in: Sections.music).prefix(1).map { "\($0.ratingKey)" } }
            let hers = try await ann.createPlaylist(titled: "Hers", of: track, machine: live.machine)
            let owners = try await live.plex.playlists(titled: "Hers")
            #expect(owners.isEmpty)
            let refused = await failure { _ = try await live.plex.playlist(hers.ratingKey) }
            #expect(refused == .notFound("playlist \(hers.ratingKey)"))
        }
    }
}
