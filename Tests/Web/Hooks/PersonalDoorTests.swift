// Everybody's own address: what comes by it, and what is answered.

import Domain
import HTTP
import HookMill
import Runtime
import Sockets
import Synchronization
import Testing

@testable import Web

/// A door with a server around it and a list behind it.
struct OwnDoor {
    let url: String
    let door: PersonalDoor
    let shelf: Shelf
    let http: HTTPClient
    let clock: VirtualClock

    static let robin = "robins-secret-of-nobody"
    static let ann = "anns-secret-of-nobody"

    final class Shelf: Sendable {
        struct State {
            var doors: [(person: Int64, hash: [UInt8])] = [(1, PersonalDoor.hash(robin)), (2, PersonalDoor.hash(ann))]
            var kept: [PersonalHook] = []
            var keys: Set<String> = []
            var trips = 0
            var isBroken = false
        }
        let state = Mutex(State())
        var kept: [PersonalHook] { state.withLock { $0.kept } }
        var plays: [EpisodePlay] {
            kept.compactMap { if case .event(let play) = $0.hook.reading { play } else { nil } }
        }
    }

    struct Broken: Error {}

    static func open(
        mostPerMinute: Int = 100, now: Instant = Instant(seconds: 1_767_268_800),
        _ body: (OwnDoor) async throws -> Void
    ) async throws {
        let clock = VirtualClock(now)
        let shelf = Shelf()
        let door = PersonalDoor(
            source: PersonalSource(
                doors: { shelf.state.withLock { $0.doors } },
                accept: { hooks in
                    try shelf.state.withLock { state in
                        if state.isBroken { throw Broken() }
                        state.trips += 1
                        return hooks.map { hook in
                            guard state.keys.insert(hook.key).inserted else { return false }
                            state.kept.append(hook)
                            return true
                        }
                    }
                }), mostPerMinute: mostPerMinute, clock: clock, log: .silent)
        let loop = try EventLoop(name: "doors", log: .silent)
        let server = try await HTTPServer.start(on: loop, port: 0, routes: door.routes, log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await body(
                    OwnDoor(
                        url: "http://127.0.0.1:\(server.port)", door: door, shelf: shelf, http: http, clock: clock)))
        } catch { outcome = .failure(error) }
        await http.stop()
        await server.stop()
        await loop.stop()
        try outcome.get()
    }

    @discardableResult
    func post(
        _ body: [UInt8], type: String = "application/json", to path: String = "/" + robin
    ) async throws -> (status: Int, text: String) {
        let response = try await http.send(
            HTTPRequest("POST", url + PersonalDoor.path + path, body: .bytes(body, type: type)))
        return (response.status, response.text)
    }

    @discardableResult
    func post(
        _ body: String, type: String = "application/json", to path: String = "/" + robin
    ) async throws -> (status: Int, text: String) {
        try await post(Array(body.utf8), type: type, to: path)
    }

    static func form(_ payload: String, thumb: [UInt8]? = nil, name: String = "payload") -> [UInt8] {
        var body = Array(
            "--b0\r\nContent-Disposition: form-data; name=\"\(name)\"\r\nContent-Type: application/json\r\n\r\n\(payload)\r\n"
                .utf8)
        if let thumb {
            body += Array(
                "--b0\r\nContent-Disposition: form-data; name=\"thumb\"; filename=\"thumb.jpg\"\r\n\r\n".utf8)
            body += thumb + [13, 10]
        }
        return body + Array("--b0--\r\n".utf8)
    }
    static let formType = "multipart/form-data; boundary=b0"
}

@Suite(.timeLimit(.minutes(1))) struct `Everybody's own address` {
    private static let plex = HookSamples.plexEpisode

    @Test func `Plex's form with a poster, without, a plain form and plain JSON say the same`() async throws {
        let bodies: [([UInt8], String)] = [
            (OwnDoor.form(Self.plex, thumb: [UInt8](repeating: 13, count: 30_000)), OwnDoor.formType),
            (OwnDoor.form(Self.plex), OwnDoor.formType),
            (Array("payload=\(Self.plex.percentEncoded())".utf8), "application/x-www-form-urlencoded"),
            (Array(Self.plex.utf8), "application/json"),
        ]
        for (body, type) in bodies {
            try await OwnDoor.open { door in
                let answer = try await door.post(body, type: type)
                #expect(answer.status == 200 && answer.text.contains("accepted"), "\(type): \(answer)")
                let hook = try #require(door.shelf.kept.first)
                #expect(hook.person == 1)
                #expect(hook.hook.event == "media.scrobble")
                #expect(String(decoding: hook.payload, as: UTF8.self) == Self.plex)
                #expect(door.shelf.plays.first?.showTitle == "The Long Tide")
            }
        }
    }

    @Test func `the secret may stand in the query, and tells whose it is`() async throws {
        try await OwnDoor.open { door in
            let answer = try await door.post(Self.plex, to: "?secret=\(OwnDoor.ann)")
            #expect(answer.status == 200)
            #expect(door.shelf.kept.map(\.person) == [2])
        }
    }

    @Test(arguments: ["", "/", "/wrong", "?secret=", "?secret=x", "/" + OwnDoor.robin.dropLast(), "/a/b"])
    func `an address that is nobody's is answered so, and nothing is kept`(_ path: String) async throws {
        try await OwnDoor.open { door in
            let answer = try await door.post(Self.plex, to: path)
            #expect([401, 404].contains(answer.status), "\(answer)")
            #expect(door.shelf.kept.isEmpty)
        }
    }

    @Test func `an address that was changed is void at once`() async throws {
        try await OwnDoor.open { door in
            let (secret, hash) = PersonalDoor.newSecret()
            door.shelf.state.withLock { $0.doors[0].hash = hash }
            let old = try await door.post(Self.plex)
            #expect(old.status == 401)
            let new = try await door.post(Self.plex, to: "/\(secret)")
            #expect(new.status == 200)
            #expect(secret.count == 48 && !"\(door.shelf.kept)".contains(secret))
        }
    }

    @Test func `the same again is a duplicate for hours, and so is the twin to another's address`() async throws {
        try await OwnDoor.open { door in
            _ = try await door.post(Self.plex)
            await door.clock.advance(by: .hours(3))
            let again = try await door.post(Self.plex)
            #expect(again.text.contains("duplicate") && again.status == 200)
            let twin = Self.plex.replacing("\"user\":true", with: "\"user\":false")
            let other = try await door.post(twin, to: "/\(OwnDoor.ann)")
            #expect(other.text.contains("duplicate"))
            #expect(door.shelf.kept.count == 1)
            let later = try await door.post(Self.plex.replacing("1767268795", with: "1767279595"))
            #expect(later.text.contains("accepted"))
        }
    }

    @Test func `without a time it is a duplicate for minutes only`() async throws {
        let bare = Self.plex.replacing("\"lastViewedAt\":1767268795,", with: "")
        try await OwnDoor.open { door in
            _ = try await door.post(bare)
            let again = try await door.post(bare)
            #expect(again.text.contains("duplicate"))
            await door.clock.advance(by: .hours(3))
            let rewatch = try await door.post(bare)
            #expect(rewatch.text.contains("accepted"))
        }
    }

    @Test func `what does not count is kept too, with the reason`() async throws {
        try await OwnDoor.open { door in
            let pause = try await door.post(Self.plex.replacing("media.scrobble", with: "media.pause"))
            #expect(pause.status == 200 && pause.text.contains("ignored") && pause.text.contains("media.pause"))
            let film = try await door.post(HookSamples.plex)
            #expect(film.text.contains("not an episode: a film"))
            let backup = try await door.post(#"{"event":"admin.database.backup","owner":true}"#)
            #expect(backup.text.contains("ignored"))
            #expect(door.shelf.kept.count == 3 && door.shelf.plays.isEmpty)
        }
    }

    @Test(arguments: [
        ("{", "application/json", 400, 1), ("", "application/json", 400, 1), ("[]", "application/json", 400, 1),
        (#"{"event":"media.scrobble"}"#, "application/json", 400, 1), ("{}", OwnDoor.formType, 400, 0),
        ("payload=%7B", "application/x-www-form-urlencoded", 400, 1), ("x", "multipart/form-data", 400, 0),
    ])
    func `what cannot be understood is refused, and kept where there is something`(
        _ body: String, _ type: String, _ status: Int, _ kept: Int
    ) async throws {
        try await OwnDoor.open { door in
            let answer = try await door.post(body, type: type)
            #expect(answer.status == status && answer.text.contains("reason"), "\(answer)")
            #expect(door.shelf.kept.count == kept)
            if kept == 1, case .refused(let why)? = door.shelf.kept.first?.hook.reading { #expect(!why.isEmpty) }
        }
    }

    @Test func `a form without a payload, with another boundary or too long`() async throws {
        try await OwnDoor.open { door in
            let missing = try await door.post(OwnDoor.form(Self.plex, name: "other"), type: OwnDoor.formType)
            #expect(missing.status == 400 && missing.text.contains("no part named payload"))
            let other = try await door.post(
                OwnDoor.form(Self.plex), type: "multipart/form-data; boundary=another")
            #expect(other.status == 400)
            let long = String(repeating: "x", count: 3 << 20)
            let payload = try await door.post(OwnDoor.form(long), type: OwnDoor.formType)
            #expect(payload.status == 413)
            let whole = try await door.post(long)
            #expect(whole.status == 413)
            // A poster may be as long as it likes.
            let poster = try await door.post(
                OwnDoor.form(Self.plex, thumb: [UInt8](repeating: 7, count: 3 << 20)), type: OwnDoor.formType)
            #expect(poster.status == 200)
            #expect(door.shelf.plays.count == 1)
        }
    }

    @Test func `what cannot be kept is not acknowledged`() async throws {
        try await OwnDoor.open { door in
            door.shelf.state.withLock { $0.isBroken = true }
            let answer = try await door.post(Self.plex)
            #expect(answer.status == 503)
            door.shelf.state.withLock { $0.isBroken = false }
            let again = try await door.post(Self.plex)
            #expect(again.text.contains("accepted"))
        }
    }

    @Test func `above a minute's number they are kept all the same, for later minutes`() async throws {
        try await OwnDoor.open(mostPerMinute: 10) { door in
            for number in 0..<25 {
                let body = Self.plex.replacing("1767268795", with: "\(1_767_268_000 + number)")
                let answer = try await door.post(body)
                #expect(answer.status == 200 && answer.text.contains("accepted"))
            }
            let late = door.shelf.kept.map { ($0.turn - $0.arrival).milliseconds / 1000 }
            #expect(
                late == Array(repeating: 0, count: 10) + Array(repeating: 60, count: 10)
                    + Array(repeating: 120, count: 5))
            // Somebody else's door is not slowed by it.
            _ = try await door.post(Self.plex, to: "/\(OwnDoor.ann)")
            #expect(door.shelf.kept.last?.turn == door.clock.now)
        }
    }

    /// Those above what a minute's turn holds are kept for later ones; none is refused.
    @Test func `ten thousand in a minute are all kept`() async throws {
        let (lanes, each) = (50, 200)
        let cut = try #require(Self.plex.firstRange(of: "3101"))
        let (head, tail) = (Array(Self.plex[..<cut.lowerBound].utf8), Array(Self.plex[cut.upperBound...].utf8))
        try await OwnDoor.open { door in
            let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
                for lane in 0..<lanes {
                    group.addTask {
                        var accepted = 0
                        for number in 0..<each {
                            let answer = try await door.post(head + Array("\(lane * each + number)".utf8) + tail)
                            if answer.status == 200, answer.text.contains("accepted") { accepted += 1 }
                        }
                        return accepted
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(accepted == 10_000)
            let kept = door.shelf.kept
            #expect(Set(kept.map(\.key)).count == 10_000)
            // The clock has stood: a hundred have their turn in each of the next hundred minutes.
            let turns = Dictionary(grouping: kept) { ($0.turn - $0.arrival).milliseconds / 60_000 }.mapValues(\.count)
            #expect(turns == Dictionary(uniqueKeysWithValues: (0..<100).map { (Int64($0), 100) }))
        }
    }

    @Test func `Tautulli's text is taken at the same address`() async throws {
        try await OwnDoor.open { door in
            let answer = try await door.post(HookSamples.tautulliEpisode)
            #expect(answer.text.contains("accepted"))
            #expect(door.shelf.plays.first?.showGuids == ["tmdb://91002", "tvdb://391002", "imdb://tt9510002"])
            let test = try await door.post(#"{"action":"test"}"#)
            #expect(test.text.contains("test") && door.shelf.kept.count == 1)
        }
    }

    @Test(arguments: [
        (HookSamples.smallEpisode, "application/json"),
        (
            "event=watched&user=ann&tmdb=91002&tvdb=391002&imdb=tt9510002&title=The+Long+Tide&season=1&episode=5",
            "application/x-www-form-urlencoded"
        ),
    ])
    func `a few fields will do`(_ body: String, _ type: String) async throws {
        try await OwnDoor.open { door in
            let answer = try await door.post(body, type: type)
            #expect(answer.text.contains("accepted"), "\(answer)")
            let play = try #require(door.shelf.plays.first)
            #expect((play.showTitle, play.season, play.number) == ("The Long Tide", 1, 5))
            #expect(play.showGuids == ["tmdb://91002", "tvdb://391002", "imdb://tt9510002"])
            #expect(play.account.name == "ann")
            // As kept it can be read again.
            let kept = try #require(door.shelf.kept.first)
            #expect(PersonalDoor.hear(kept.payload, arrival: kept.arrival).reading == .event(play))
        }
    }

    @Test(arguments: [
        (#"{"title":"Tide"}"#, "refused"), (#"{"season":1,"episode":2}"#, "refused"),
        (#"{"title":"Tide","season":0,"episode":0}"#, "accepted"), (#"{"tmdb":5,"aired":"2026-01-31"}"#, "accepted"),
        (#"{"event":"play","title":"Tide","season":1,"episode":2}"#, "ignored"),
    ])
    func `of few fields some are needed`(_ body: String, _ word: String) async throws {
        try await OwnDoor.open { door in
            let answer = try await door.post(body)
            #expect(answer.text.contains(word), "\(answer)")
        }
    }
}
