// Changing things at Plex: exactly what was meant, in pieces it takes.

import Runtime
import Sockets
import Synchronization
import Testing

@testable import Plex

@Suite(.timeLimit(.minutes(1))) struct `Changing things at Plex` {
    private let plain = PlexPlaylist(ratingKey: "9", title: "My Top Rated")
    private let smart = PlexPlaylist(ratingKey: "8", title: "My Top Rated", isSmart: true)
    private static let made = #"{"ratingKey":"9","type":"playlist","title":"Best","smart":"0","playlistType":"audio"}"#

    /// The ids of the uri's last part.
    private static func ids(_ asked: Script.Asked) -> [String] {
        asked["uri"]?.split(separator: "/").last?.split(separator: ",").map(String.init) ?? []
    }

    @Test func `long additions go in batches of a hundred, in order`() async throws {
        try await Script.run({ asked, _ in
            .container("\"size\":0,\"leafCountAdded\":\(Self.ids(asked).count),\"leafCountRequested\":100")
        }) { script in
            let keys = (1...250).map { "\($0)" }
            let result = try await script.plex.add(keys, to: plain, machine: "mid")
            #expect(result == PlexAddition(requested: 250, added: 250, requests: 3))
            #expect(script.asked.all.flatMap(Self.ids) == keys)
            #expect(script.asked.all.map { Self.ids($0).count } == [100, 100, 50])
            #expect(script.asked.all.allSatisfy { $0.method == "PUT" && $0.path == "/playlists/9/items" })
            #expect(
                script.asked.all.last?["uri"]?.hasPrefix(
                    "server://mid/com.plexapp.plugins.library/library/metadata/201,")
                    == true)
        }
    }

    @Test func `an address too long is halved until it fits, nothing left out or sent twice`() async throws {
        let taken = Mutex<[String]>([])
        try await Script.run({ asked, _ in
            let ids = Self.ids(asked)
            guard ids.count <= 30 else { return .html("<html/>", status: 414) }
            taken.withLock { $0 += ids }
            return ServerResponse(status: 200)
        }) { script in
            let keys = (1...250).map { "\($0)" }
            let result = try await script.plex.add(keys, to: plain, machine: "mid")
            #expect(taken.withLock { $0 } == keys)
            // An empty answer counts as done, but says nothing of how many.
            #expect(result.added == nil)
            // 100 and 50 are refused, then 25 at a time.
            #expect(result.requests == 2 + 10)
        }
    }

    @Test func `one id too long for the server ends it`() async throws {
        try await Script.run({ _, _ in .html("<html/>", status: 414) }) { script in
            let refused = await failure { _ = try await script.plex.add(["1", "2"], to: plain, machine: "m") }
            #expect(refused == .tooLongURL)
            #expect(script.asked.all.count == 2)
        }
    }

    @Test func `a smart playlist is never edited: adding would replace its rules`() async throws {
        try await Script.run({ _, _ in .container("") }) { script in
            let added = await failure { _ = try await script.plex.add(["1"], to: smart, machine: "m") }
            #expect(added == .refused(status: 400, "adding to a smart playlist"))
            let cleared = await failure { try await script.plex.clear(smart) }
            #expect(cleared == .refused(status: 400, "emptying a smart playlist"))
            #expect(script.asked.all.isEmpty)
        }
    }

    @Test func `a new playlist takes any number of items`() async throws {
        let taken = Mutex<[String]>([])
        try await Script.run({ asked, _ in
            let ids = Self.ids(asked)
            guard ids.count <= 60 else { return .html("<html/>", status: 414) }
            taken.withLock { $0 += ids }
            return .container("\"size\":1", [Self.made])
        }) { script in
            let keys = (1...130).map { "\($0)" }
            let playlist = try await script.plex.createPlaylist(titled: "Best & Brightest", of: keys, machine: "mid")
            #expect(playlist.ratingKey == "9")
            #expect(!playlist.isSmart)
            #expect(taken.withLock { $0 } == keys)
            let made = script.asked.all.filter { $0.method == "POST" }
            #expect(made.map { Self.ids($0).count } == [100, 50])
            #expect(made.last?["title"] == "Best & Brightest")
            #expect(made.last?["smart"] == "0")
            #expect(made.last?["type"] == "audio")
            let empty = await failure { _ = try await script.plex.createPlaylist(titled: "x", of: [], machine: "m") }
            #expect(empty == .refused(status: 400, "a playlist of nothing"))
        }
    }

    @Test func `the places of a playlist are told apart also where one song has two`() async throws {
        let rows = [(500, 1), (501, 2), (502, 1)].map { ServerResponse.track($0.1, "\"playlistItemID\":\($0.0)") }
        try await Script.run({ asked, _ in
            let start = asked.start ?? 0
            let page = rows[start...].prefix(2)
            return .container("\"size\":\(page.count),\"offset\":\(start),\"totalSize\":3", Array(page))
        }) { script in
            let entries = try await script.plex.entries(of: plain)
            #expect(entries.map(\.id) == [500, 501, 502])
            #expect(entries.map(\.item.ratingKey) == ["1", "2", "1"])
        }
        try await Script.run({ _, _ in .container("\"size\":1", [ServerResponse.track(1)]) }) { script in
            let nameless = await failure { _ = try await script.plex.entries(of: plain) }
            #expect(nameless == .unreadable("the items of playlist 9: row 1 of 1 has no playlistItemID"))
            let computed = try await script.plex.entries(of: smart)
            #expect(computed.map(\.item.ratingKey) == ["1"])
        }
    }

    @Test func `playlists are found by their whole title`() async throws {
        let rows = ["My Top Rated", "My Top Rated 2", "my top rated"].enumerated().map {
            "{\"ratingKey\":\"\($0)\",\"title\":\"\($1)\",\"smart\":\($0 == 0),\"leafCount\":\"5\"}"
        }
        try await Script.run({ _, _ in .container("\"size\":3", rows) }) { script in
            let found = try await script.plex.playlists(titled: "My Top Rated")
            #expect(found.map(\.ratingKey) == ["0"])
            #expect(found.first?.isSmart == true)
            #expect(found.first?.leafCount == 5)
        }
    }

    @Test func `small edits go where they are meant`() async throws {
        try await Script.run({ _, _ in ServerResponse(status: 204) }) { script in
            let removed = try await script.plex.remove(500, from: plain)
            #expect(removed)
            try await script.plex.move(502, after: 503, in: plain)
            try await script.plex.move(502, after: nil, in: plain)
            try await script.plex.clear(plain)
            try await script.plex.rename(plain, to: "Töp & more")
            let deleted = try await script.plex.delete(plain)
            #expect(deleted)
            try await script.plex.setSummary(of: "12221", to: "A & B ü", locked: true)
            try await script.plex.setSummary(of: "12221", to: "", locked: false)
            try await script.plex.rate("12224", 8)
            try await script.plex.rate("12224", 7.5)
            try await script.plex.rate("12224", nil)
            let rate = "PUT /:/rate?key=12224&identifier=com.plexapp.plugins.library&rating="
            #expect(
                script.asked.lines == [
                    "DELETE /playlists/9/items/500", "PUT /playlists/9/items/502/move?after=503",
                    "PUT /playlists/9/items/502/move", "DELETE /playlists/9/items",
                    "PUT /playlists/9?title.value=Töp & more&title.locked=1", "DELETE /playlists/9",
                    "PUT /library/metadata/12221?summary.value=A & B ü&summary.locked=1",
                    "PUT /library/metadata/12221?summary.value=&summary.locked=0", rate + "8", rate + "7.5",
                    rate + "-1",
                ])
        }
    }

    /// Held here and not over the wire: the server under these tests takes an encoded line feed for the end of the line.
    @Test func `lines of a summary stay lines`() {
        let call = PlexCall("PUT", "/library/metadata/1", [("summary.value", "one\ntwo & 3")], what: "")
        #expect(call.target == "/library/metadata/1?summary.value=one%0Atwo%20%26%203")
        let filter = PlexCall("GET", "/x", [("userRating>", "8"), ("title=", "AC/DC")], what: "")
        #expect(filter.target == "/x?userRating%3E=8&title%3D=AC%2FDC")
    }

    @Test func `what is gone already is no failure of removing it`() async throws {
        try await Script.run({ _, _ in .html("<html/>", status: 404) }) { script in
            let removed = try await script.plex.remove(500, from: plain)
            let deleted = try await script.plex.delete(plain)
            #expect(!removed)
            #expect(!deleted)
        }
    }

    @Test(arguments: ["", "1,2", "all", "../sections/3", "1?x=y", " 1", "１"])
    func `an edit addresses exactly one item`(id: String) async throws {
        try await Script.run({ _, _ in ServerResponse(status: 200) }) { script in
            let summary = await failure { try await script.plex.setSummary(of: id, to: "x", locked: true) }
            #expect(summary == .notFound("an item “\(id)”"))
            let rating = await failure { try await script.plex.rate(id, 8) }
            #expect(rating != nil)
            let playlist = PlexPlaylist(ratingKey: id, title: "x")
            let clear = await failure { try await script.plex.clear(playlist) }
            #expect(clear != nil)
            let added = await failure { _ = try await script.plex.add([id], to: plain, machine: "m") }
            #expect(added != nil)
            #expect(script.asked.all.isEmpty)
        }
    }

    @Test func `ratings beyond the scale are not sent`() async throws {
        try await Script.run({ _, _ in ServerResponse(status: 200) }) { script in
            for rating in [-1, 10.1, .infinity, .nan] {
                let refused = await failure { try await script.plex.rate("1", rating) }
                #expect(refused != nil)
            }
            #expect(script.asked.all.isEmpty)
        }
    }

    @Test func `a picture is known by its bytes and asked for by path only`() async throws {
        let pictures: [([UInt8], PlexImage.Kind)] = [
            ([0xFF, 0xD8, 0xFF, 0xE0, 1], .jpeg), ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1], .png),
            (Array("GIF89a".utf8), .gif), (Array("RIFF1234WEBPVP8".utf8), .webp),
        ]
        for (bytes, kind) in pictures {
            // Whatever the server calls it.
            try await Script.run({ _, _ in .bytes(bytes, type: "application/octet-stream") }) { script in
                let image = try await script.plex.image("/library/metadata/1/thumb/5", width: 300, height: 200)
                #expect(image == PlexImage(bytes: bytes, kind: kind))
                #expect(
                    script.asked.lines == [
                        "GET /photo/:/transcode?url=/library/metadata/1/thumb/5&width=300&height=200&minSize=1&upscale=1"
                            + "&format=jpeg"
                    ])
            }
        }
        try await Script.run({ _, _ in .html("<html>") }) { script in
            let page = await failure { _ = try await script.plex.image("/x") }
            #expect(page == .unreadable("that picture: not a picture"))
            let elsewhere = await failure { _ = try await script.plex.image("http://127.0.0.1/x") }
            let twoSlashes = await failure { _ = try await script.plex.image("//evil.example/x") }
            #expect(elsewhere == .notFound("a picture at that address"))
            #expect(twoSlashes == elsewhere)
            #expect(script.asked.all.count == 1)
        }
        try await Script.run({ _, _ in
            .bytes([0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0, count: 5000), type: "image/jpeg")
        }) {
            script in
            let large = await failure { _ = try await script.plex.image("/x", largest: 4000) }
            guard case .unreadable? = large else {
                Issue.record("\(String(describing: large))")
                return
            }
        }
    }
}
