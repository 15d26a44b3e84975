// What the door meets, row by row: each body, what it is answered, and what is kept of it.

import Domain
import HTTP
import HookMill
import Runtime
import Storage
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct `Hooks at the door` {
    @Test(arguments: ["text/plain; charset=utf-8", "application/json", "application/octet-stream", ""])
    func `JSON is JSON, whatever its sender calls it`(type: String) async throws {
        try await Door.open { door in
            let answer = try await door.post(HookSamples.jellyfin, type: type)
            #expect(answer == .init(status: 202, text: "{\"status\":\"accepted\"}"))
            let playback = try #require(try await door.playbacks.first)
            #expect(playback.film == FilmIDs(tmdb: 990_102, imdb: "tt9910102", title: "Salt Road", year: 2023))
            #expect(playback.user == .init(id: "8d2c4f6a1b3e4d5f90a1b2c3d4e5f601", name: "Robin"))
            #expect(playback.runtime == .seconds(7860) && playback.position == .milliseconds(7_624_200))
            #expect(playback.saidWatched == true && playback.client == "Infuse" && playback.device == "Living room")
            #expect(playback.at == Instant(milliseconds: 1_767_268_740_123))
        }
    }

    @Test func `a form and the nested shape say the same`() async throws {
        let form = """
            NotificationType=PlaybackStop&Name=Salt+Road&ItemId=f11a5e00-0000-0000-0000-000000000102&ItemType=Movie&\
            RunTimeTicks=78600000000&PlaybackPositionTicks=76242000000&PlayedToCompletion=True&Year=2023&\
            Provider_imdb=tt9910102&Provider_tmdb=990102&NotificationUsername=Robin&Overview=&\
            UserId=8D2C4F6A1B3E4D5F90A1B2C3D4E5F601
            """
        try await Door.open { door in
            let first = try await door.post(form, type: "application/x-www-form-urlencoded")
            let one = try #require(try await door.playbacks.first)
            await door.clock.advance(by: .hours(5))
            let second = try await door.post(HookSamples.nested, to: "/jellyfin/generic")
            var two = try #require(try await door.playbacks.first)
            #expect(first.status == 202 && second.status == 202)
            two.at = one.at
            two.client = ""
            two.device = ""
            #expect(one == two && one.itemID == "f11a5e00000000000000000000000102")
        }
    }

    @Test(arguments: [
        ("", "the body is empty"), (" \n", "the body is empty"), ("{}", "nothing in it"), ("{\"a\":", "not JSON"),
        ("True", "not JSON"), ("true", "not an object"), ("[]", "not an object"), ("\"x\"", "not an object"),
        ("{\"a\u{0}\":1}", "not JSON"), ("{\"a\":\"\\u0000\"}", "not JSON"), ("{\"a\":1}", "NotificationType"),
        (String(repeating: "[", count: 33), "not JSON"), ("{\"NotificationType\":\"PlaybackStop\"}", "names no film"),
    ])
    func `what cannot be understood is refused in a sentence`(body: String, why: String) async throws {
        try await Door.open { door in
            let answer = try await door.post(body)
            #expect(answer.status == 400 && answer.text.contains(why), "\(answer)")
            #expect(try await door.kept.isEmpty)
        }
    }

    @Test func `a body without a length is read, and refused where it grows too long`() async throws {
        let chunked = [(name: "Transfer-Encoding", value: "chunked")]
        try await Door.open { door in
            let answer = try await door.post(Door.stop(), headers: chunked)
            #expect(answer.status == 202)
            let long = Door.stop(["Overview": "\"\(String(repeating: "x", count: 256 << 10))\""])
            for headers in [chunked, []] {
                let answer = try await door.post(long, headers: headers)
                #expect(answer.status == 413, "\(headers): \(answer)")
            }
            #expect(try await door.kept.count == 1)
        }
    }

    @Test func `bytes that are no text are refused`() async throws {
        try await Door.open { door in
            let answer = try await door.post([UInt8](Door.stop().utf8).map { $0 == UInt8(ascii: "S") ? 0xFF : $0 })
            #expect(answer.status == 400)
        }
    }

    @Test(arguments: ["PlaybackPositionTicks", "RunTimeTicks"])
    func `a time that cannot be refuses the hook, and a missing one does not`(key: String) async throws {
        try await Door.open { door in
            for value in ["-1", "1.5", "9223372036854775808", "1e30", "\"-5\"", "\"x\"", "true", "[1]"] {
                let answer = try await door.post(Door.stop([key: value]))
                #expect(answer.status == 400 && answer.text.contains(key), "\(value): \(answer)")
            }
            for value in [nil, "null", "\"\"", "0", "\"76242000000\"", "9223372036854775807"] {
                await door.clock.advance(by: .days(400_000))
                let answer = try await door.post(Door.stop([key: value, "UtcTimestamp": nil]))
                #expect(answer.status == 202, "\(String(describing: value)): \(answer)")
            }
            let playbacks = try await door.playbacks
            #expect(playbacks.count == 6 && playbacks.allSatisfy { $0.runtime != .zero })
        }
    }

    @Test func `more than a hook can have is not even read`() async throws {
        try await Door.open { door in
            let long = try await door.post(String(repeating: " ", count: 256 << 10) + "{}")
            #expect(long.status == 413)
            let within = try await door.post(Door.stop(["Overview": "\"\(String(repeating: "x", count: 250_000))\""]))
            #expect(within.status == 202)
        }
    }

    @Test func `the secret is taken wherever a sender can put it, and nowhere else`() async throws {
        try await Door.open { door in
            let login = "Basic " + "cm9iaW46YS1sb25nLXNlY3JldC1vZi1ub2JvZHk="
            for (path, headers) in [
                ("/health", [(name: "", value: "")]), ("/jellyfin/playback/\(Door.secret)", []),
                ("/jellyfin/playback?secret=\(Door.secret)", []),
                ("/jellyfin/playback", [(name: "Authorization", value: "Bearer \(Door.secret)")]),
                ("/jellyfin/playback", [(name: "Authorization", value: login)]),
            ] where path != "/health" {
                await door.clock.advance(by: .hours(5))
                let answer = try await door.post(
                    Door.stop(["UtcTimestamp": nil]), to: path, secret: nil, headers: headers)
                #expect(answer.status == 202, "\(path): \(answer)")
            }
            for (path, secret) in [
                ("/jellyfin/playback", nil), ("/jellyfin/playback", "wrong"), ("/jellyfin/playback", Door.secret + "x"),
                ("/jellyfin/playback/wrong", nil), ("/radarr", nil), ("/plex/hook", nil), ("/tautulli/hook", ""),
            ] as [(String, String?)] {
                // Not looked at: else it would be a 400.
                let answer = try await door.post("{", to: path, secret: secret)
                #expect(answer.status == 401 && !answer.text.contains("JSON"), "\(path): \(answer)")
            }
            #expect(try await door.kept.count == 4)
        }
    }

    @Test func `other ways and paths are told so, and health answers both`() async throws {
        try await Door.open { door in
            let get = try await door.http.send(HTTPRequest("GET", door.url + "/jellyfin/playback"))
            #expect(get.status == 405 && get.headers["Allow"]?.contains("POST") == true)
            let nowhere = try await door.post("{}", to: "/jellyfin/else/where/x")
            #expect(nowhere.status == 404)
            let health = try await door.http.send(HTTPRequest("GET", door.url + "/health"))
            let posted = try await door.post("", to: "/health", secret: nil)
            #expect(health.status == 200 && posted == .init(status: 200, text: "{\"status\":\"ok\"}"))
        }
    }

    @Test(arguments: [
        "PlaybackStart", "PlaybackProgress", "UserDataSaved", "ItemAdded", "Generic", "SessionStart", "playback.start",
    ])
    func `what is no end is ignored`(kind: String) async throws {
        try await Door.open { door in
            let answer = try await door.post(Door.stop(["NotificationType": "\"\(kind)\""]))
            #expect(answer.status == 200 && answer.text.contains("ignored") && answer.text.contains(kind), "\(answer)")
            #expect(try await door.kept.isEmpty)
        }
    }

    @Test(arguments: ["Episode", "Audio", "Video", "Trailer", "Season"])
    func `what is no film is ignored, and noted`(type: String) async throws {
        try await Door.open { door in
            let answer = try await door.post(Door.stop(["ItemType": "\"\(type)\""]))
            #expect(answer.status == 200 && answer.text.contains("not a film"), "\(answer)")
            #expect(door.notes.all.count == 1 && door.notes.all[0].hasPrefix("Salt Road: not a film"))
        }
    }

    @Test func `a guest's is ignored, nobody's is kept`() async throws {
        try await Door.open { door in
            let guest = try await door.post(Door.stop(["NotificationUsername": "\"Guest\"", "UserId": nil]))
            #expect(guest == .init(status: 200, text: "{\"status\":\"ignored\",\"reason\":\"guest\"}"))
            let nobody = try await door.post(Door.stop(["NotificationUsername": nil, "UserId": nil]))
            #expect(nobody.status == 202)
            #expect(try await door.playbacks.map(\.user) == [.init()])
        }
    }

    @Test func `the same end twice is one, a part and then the end are two`() async throws {
        try await Door.open { door in
            let ends = [
                // The same again, then Jellyfin's own stop five minutes before the player's, then an hour later.
                ("76242000000", "2026-01-01T11:59:00Z", 202, "accepted"),
                ("76242000000", "2026-01-01T11:59:00Z", 200, "duplicate"),
                ("78600000000", "2026-01-01T11:54:00Z", 200, "duplicate"),
                ("78600000000", "2026-01-01T10:54:00Z", 200, "duplicate"),
                ("76242000000", "2026-01-01T09:00:00Z", 202, "accepted"),
                ("31440000000", "2026-01-01T11:30:00Z", 202, "accepted"),
            ]
            for (position, at, status, word) in ends {
                let answer = try await door.post(
                    Door.stop(["PlaybackPositionTicks": position, "UtcTimestamp": "\"\(at)\""]))
                #expect(answer.status == status && answer.text.contains(word), "\(at): \(answer)")
            }
            let other = try await door.post(
                Door.stop(["UserId": "\"8d2c4f6a1b3e4d5f90a1b2c3d4e5f602\"", "NotificationUsername": "\"Ann\""]))
            #expect(other.status == 202)
            #expect(try await door.kept.count == 4)
        }
    }

    @Test(arguments: [nil, "\"2026-01-01T12:06:00Z\"", "\"9999-12-31T00:00:00Z\"", "\"\"", "5", "\"soon\""])
    func `a time that is missing or to come is that of the arrival`(said: String?) async throws {
        try await Door.open { door in
            let answer = try await door.post(Door.stop(["UtcTimestamp": said]))
            #expect(answer.status == 202)
            #expect(try await door.playbacks.map(\.at) == [door.clock.now])
        }
    }

    @Test func `names are taken as they are, but not endless`() async throws {
        try await Door.open { door in
            for name in [#""Le \\\"Phare\\\" 🌳 @everyone **x** \u202e""#, "\"\(String(repeating: "y", count: 900))\""] {
                let answer = try await door.post(
                    Door.stop(["Name": name, "Provider_tmdb": "\"\(name.count)\"", "ItemId": "\"\(name.count)\""]))
                #expect(answer.status == 202)
            }
            let titles = try await door.playbacks.map(\.film.title)
            #expect(titles == ["Le \"Phare\" 🌳 @everyone **x** \u{202e}", String(repeating: "y", count: 300)])
        }
    }

    @Test func `without numbers of TMDb or IMDb the title and year are kept`() async throws {
        try await Door.open { door in
            let answer = try await door.post(
                Door.stop(["Provider_tmdb": nil, "Provider_imdb": "\"nonsense\"", "RunTimeTicks": "0"]))
            #expect(answer.status == 202)
            let playback = try #require(try await door.playbacks.first)
            #expect(playback.film.key == "title:salt road:2023" && playback.runtime == nil)
        }
    }

    @Test func `what cannot be kept is not acknowledged`() async throws {
        try await Door.open { door in
            await door.database.close()
            let answer = try await door.post(Door.stop())
            #expect(answer.status == 503)
        }
    }
}
