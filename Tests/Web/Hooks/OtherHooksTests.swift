// Plex, Tautulli and Radarr at the same door.

import Domain
import HTTP
import HookMill
import Runtime
import Tautulli
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct `Hooks of others` {
    @Test func `Plex's form with a part, a plain form and plain JSON say the same`() async throws {
        let boundary = "------------------------4e6f7420"
        let parts = """
            --\(boundary)\r\nContent-Disposition: form-data; name="thumb"; filename="thumb.jpg"\r\n\
            Content-Type: image/jpeg\r\n\r\nJFIF\r\n--\(boundary)\r\nContent-Disposition: form-data; name="payload"\r\n\
            Content-Type: application/json\r\n\r\n\(HookSamples.plex)\r\n--\(boundary)--\r\n
            """
        let plain = "payload=" + HookSamples.plex.percentEncoded()
        for (body, type) in [
            (parts, "multipart/form-data; boundary=\(boundary)"), (plain, "application/x-www-form-urlencoded"),
            (HookSamples.plex, "application/json"),
        ] {
            try await Door.open { door in
                let answer = try await door.post(body, to: "/plex/hook/\(Door.secret)", type: type, secret: nil)
                #expect(answer.status == 202, "\(type): \(answer)")
                let playback = try #require(try await door.playbacks.first)
                #expect(playback.source == .plex && playback.film.tmdb == 990_102 && playback.saidWatched == true)
                #expect(playback.runtime == .seconds(7860) && playback.user == .init(id: "1", name: "robin"))
            }
        }
    }

    @Test(arguments: ["media.play", "media.pause", "media.rate", "library.new", "admin.database.backup"])
    func `what Plex tells beside ends is ignored`(event: String) async throws {
        try await Door.open { door in
            let body = HookSamples.plex.replacing("media.scrobble", with: event)
            let answer = try await door.post(body, to: "/plex/hook", type: "application/json")
            #expect(answer.status == 200 && answer.text.contains(event))
        }
    }

    @Test func `a scrobble and the stop after it are one end`() async throws {
        try await Door.open { door in
            let first = try await door.post(HookSamples.plex, to: "/plex/hook")
            await door.clock.advance(by: .minutes(8))
            let stop = HookSamples.plex.replacing("media.scrobble", with: "media.stop")
            let second = try await door.post(stop, to: "/plex/hook")
            #expect(first.status == 202 && second.text.contains("duplicate"))
            let none = try await door.post("", to: "/plex/hook", type: "multipart/form-data")
            #expect(none.status == 400)
        }
    }

    @Test func `Tautulli's text is read as it is filled in`() async throws {
        try await Door.open { door in
            let answer = try await door.post(HookSamples.tautulli, to: "/tautulli/hook", type: "application/json")
            #expect(answer.status == 202)
            let playback = try #require(try await door.playbacks.first)
            #expect(playback.source == .tautulli && playback.film.imdb == "tt9910102" && playback.saidWatched == nil)
            #expect(playback.runtime == .minutes(131) && playback.position == .milliseconds(7_624_200))
            #expect(playback.at == Instant(seconds: 1_767_268_740))
            let watched = HookSamples.tautulli.replacing("\"stop\"", with: "\"watched\"")
            let again = try await door.post(watched, to: "/tautulli/hook")
            #expect(again.text.contains("duplicate"))
            // A text that Tautulli could not read makes an empty body.
            let empty = try await door.post("", to: "/tautulli/hook")
            #expect(empty.status == 400)
        }
    }

    @Test func `the text we tell the owner to paste is read by us`() async throws {
        try await Door.open { door in
            let filled = TautulliHook.template.replacing("{action}", with: "watched").replacing("{title}", with: "X")
                .replacing("{media_type}", with: "movie").replacing("{year}", with: "1999")
            let answer = try await door.post(filled, to: "/tautulli/hook")
            #expect(answer.status == 202, "\(answer)")
            #expect(try await door.playbacks.map(\.film) == [FilmIDs(title: "X", year: 1999)])
        }
    }

    @Test func `Radarr's import, grab and deletion are kept, each once`() async throws {
        try await Door.open { door in
            let first = try await door.post(HookSamples.radarr, to: "/radarr", type: "application/json")
            let again = try await door.post(HookSamples.radarr, to: "/radarr", type: "application/json", method: "PUT")
            #expect(first.status == 202 && again.text.contains("duplicate"))
            guard case .notice(let notice) = try #require(try await door.kept.first) else {
                Issue.record("not a notice")
                return
            }
            #expect(
                notice.event
                    == .imported(
                        path: "/storage/media/movies/Salt Road (2023)/Salt Road.mkv", size: 12_000_000_000,
                        isUpgrade: true))
            #expect(notice.movieID == 82 && notice.film.tmdb == 990_102 && notice.downloadID == "ABC")
            let grab = try await door.post(
                HookSamples.radarr.replacing("\"Download\"", with: "\"Grab\""), to: "/radarr")
            let gone = try await door.post(
                HookSamples.radarr.replacing("\"Download\"", with: "\"MovieFileDelete\""), to: "/radarr")
            #expect(grab.status == 202 && gone.status == 202)
        }
    }

    @Test func `Radarr's test button is answered and leaves nothing`() async throws {
        try await Door.open { door in
            let test = try await door.post(
                HookSamples.radarr.replacing("\"Download\"", with: "\"Test\""), to: "/radarr", secret: nil,
                headers: [(name: "Authorization", value: "Basic cjphLWxvbmctc2VjcmV0LW9mLW5vYm9keQ==")])
            #expect(test.status == 200)
            let health = try await door.post(
                #"{"eventType":"Health","level":"warning","message":"x","instanceName":"Radarr"}"#, to: "/radarr")
            #expect(health.status == 200 && health.text.contains("about no film"))
            let nothing = try await door.post("{}", to: "/radarr")
            #expect(nothing.status == 400)
            #expect(try await door.kept.isEmpty)
            #expect(door.door.counts[.init(sender: "radarr", outcome: "test")] == 1)
        }
    }

    @Test(arguments: 1...6) func `a mill grinds nothing out of the readers`(seed: UInt64) {
        var mill = HookMill(seed: seed)
        #expect(mill.grind(400) == [])
        #expect(mill.events > 20)
    }
}
