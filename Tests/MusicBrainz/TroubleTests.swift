// Bad days of the service and of the line, and what is kept over them.

@testable import MusicBrainz
import HTTP
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `On a bad day` {
    @Test(arguments: [HTTPFault.html502, .garbage, .truncated, .refuse, .lostAnswer])
    func `asks again and gets the answer`(fault: HTTPFault) async throws {
        try await Archive.open { archive in
            await archive.standIn.fail(with: fault, times: 2)
            let id = try Archive.mbid(Known.sampler)
            let release = try await archive.moving { try await archive.client.release(id) }
            #expect(release.title == "Harbour Lights: A Sampler")
            #expect(archive.asked.count >= 3)
        }
    }

    @Test func `a page instead of an answer is unreadable, never an album without players`() async throws {
        try await Archive.open { archive in
            await archive.standIn.fail(with: .garbage, times: 99)
            let id = try Archive.mbid(Known.sampler)
            let failure = await archive.failure { try await archive.client.release(id) }
            guard case .unreadable(let why) = failure else {
                return #expect(Bool(false), "\(String(describing: failure))")
            }
            #expect(why.hasPrefix("a page: <!DOCTYPE html>"))
            #expect(archive.asked.count == 5)
        }
    }

    @Test func `another service's 200 is no release`() async throws {
        try await Archive.open { archive in
            await archive.standIn.fail(with: .status(200, [:]), times: 99)
            let id = try Archive.mbid(Known.sampler)
            let failure = await archive.failure { try await archive.client.release(id) }
            #expect(failure == .unreadable("2 bytes that begin {}"))
        }
    }

    @Test func `half a release is no release`() async throws {
        try await Archive.open { archive in
            let id = try Archive.mbid(Known.sampler)
            await archive.standIn.fail(with: .status(200, ["id": .string(Known.sampler), "title": "x"]))
            let release = try await archive.moving { try await archive.client.release(id) }
            #expect(release.title == "Harbour Lights: A Sampler")
        }
    }

    @Test func `what does not exist is asked for once`() async throws {
        try await Archive.open { archive in
            let id = try Archive.mbid("00000000-0000-4000-8000-000000000000")
            let failure = await archive.failure { try await archive.client.release(id) }
            #expect(failure == .notFound("release 00000000-0000-4000-8000-000000000000"))
            #expect(failure?.isPassing == false)
            #expect(archive.asked.count == 1)
        }
    }

    @Test func `a wrong question is asked once`() async throws {
        try await Archive.open { archive in
            await archive.standIn.fail(with: .status(400, ["error": "Invalid mbid.", "help": "x"]), times: 9)
            let id = try Archive.mbid(Known.sampler)
            let failure = await archive.failure { try await archive.client.release(id) }
            #expect(failure == .invalid("Invalid mbid."))
            #expect(archive.asked.count == 1)
        }
    }

    @Test func `a proxy's 404 says nothing about the release`() async throws {
        try await Archive.open { archive in
            await archive.standIn.fail(with: .status(404, ["detail": "no such route"]), times: 9)
            let id = try Archive.mbid(Known.sampler)
            let failure = await archive.failure { try await archive.client.release(id) }
            guard case .unreadable(let why) = failure else {
                return #expect(Bool(false), "\(String(describing: failure))")
            }
            #expect(why.contains("404"))
            #expect(why.contains("MUSICBRAINZ_URL"))
        }
    }

    @Test func `a client without a name learns what to do`() async throws {
        try await Archive.open(userAgent: " ") { archive in
            let id = try Archive.mbid(Known.sampler)
            let failure = await archive.failure { try await archive.client.release(id) }
            let text = failure.map { "\($0)" } ?? ""
            #expect(text.contains("has not identified itself"))
            #expect(text.contains("MUSICBRAINZ_USER_AGENT"))
            #expect(archive.asked.count == 1)
        }
    }

    @Test func `a mirror without a search index is in trouble, not empty`() async throws {
        var rules = MusicBrainzRules.mirror
        rules.hasSearch = false
        try await Archive.open(pause: .zero, rules: rules) { archive in
            let rung = try #require(SearchLadder.rungs(title: "x", artist: "y", tracks: nil).first)
            let failure = await archive.failure { try await archive.client.search(rung) }
            #expect(failure == .unreachable("it answered 500, The search server is not available."))
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `Kept answers` {
    @Test func `are not asked for again`() async throws {
        let shelf = Shelf()
        try await Archive.open(cache: shelf.cache) { archive in
            let id = try Archive.mbid(Known.sampler)
            let first = try await archive.moving { try await archive.client.release(id) }
            let second = try await archive.client.release(id)
            #expect(first == second)
            #expect(archive.asked.count == 1)
            #expect(shelf.keptFor == [.days(30)])
        }
    }

    @Test func `last a day for searches`() async throws {
        let shelf = Shelf()
        try await Archive.open(cache: shelf.cache) { archive in
            let rung = try #require(SearchLadder.rungs(title: "Fuse Box", artist: "RC/PC", tracks: 5).first)
            let hits = try await archive.moving { try await archive.client.search(rung) }
            let again = try await archive.client.search(rung)
            #expect(hits == again)
            #expect(shelf.keptFor == [.days(1)])
        }
    }

    @Test func `are passed over when somebody wants to know anew`() async throws {
        let shelf = Shelf()
        try await Archive.open(cache: shelf.cache) { archive in
            let id = try Archive.mbid(Known.sampler)
            _ = try await archive.moving { try await archive.client.release(id) }
            _ = try await archive.moving { try await archive.client.release(id, isFresh: true) }
            #expect(archive.asked.count == 2)
        }
    }

    @Test func `that have gone bad are asked for again`() async throws {
        let shelf = Shelf()
        try await Archive.open(cache: shelf.cache) { archive in
            let id = try Archive.mbid(Known.sampler)
            _ = try await archive.moving { try await archive.client.release(id) }
            shelf.spoil()
            let release = try await archive.moving { try await archive.client.release(id) }
            #expect(release.title == "Harbour Lights: A Sampler")
            #expect(archive.asked.count == 2)
        }
    }

    @Test func `serve those who asked the same at the same time`() async throws {
        try await Archive.open(cache: Shelf().cache) { archive in
            let id = try Archive.mbid(Known.sampler)
            _ = try await archive.moving {
                async let one = archive.client.release(id)
                async let two = archive.client.release(id)
                async let three = archive.client.release(id)
                return try await [one, two, three]
            }
            #expect(archive.asked.count == 1)
        }
    }

    @Test func `are never pages or refusals`() async throws {
        let shelf = Shelf()
        try await Archive.open(cache: shelf.cache) { archive in
            await archive.standIn.fail(with: .garbage, times: 5)
            let id = try Archive.mbid(Known.sampler)
            _ = await archive.failure { try await archive.client.release(id) }
            #expect(shelf.keptFor == [])
        }
    }
}

@Suite struct `The name we give` {
    @Test func `is the program, its version and a way to reach its owner`() {
        let name = MusicBrainzIdentity.userAgent(version: "1.4.0", contact: "https://example.org/autoplex")
        #expect(name == "Autoplex/1.4.0 ( https://example.org/autoplex )")
    }

    @Test(arguments: [nil, "", "  ", "\u{1F3BA}\n"])
    func `is never empty`(setting: String?) {
        #expect(MusicBrainzIdentity.userAgent(version: "1", contact: "a@b", setting: setting) == "Autoplex/1 ( a@b )")
    }

    @Test func `is the owner's where they have set one, on one line`() {
        let name = MusicBrainzIdentity.userAgent(version: "1", contact: "a@b", setting: "Mine/2 ( me@x )\r\nX-Evil: 1")
        #expect(name == "Mine/2 ( me@x )X-Evil: 1")
    }
}
