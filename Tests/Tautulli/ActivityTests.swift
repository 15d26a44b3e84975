// What is streaming, as `!plex usage` needs it, and the difference between nobody and nothing known.

import Runtime
import StandIns
import Tautulli
import Testing

private typealias People = HouseholdWorld.People

@Suite(.timeLimit(.minutes(1))) struct `The activity` {
    @Test func `tells of a movie played as it is`() async throws {
        try await House.open { house in
            let activity = try await house.tautulli.activity()
            #expect(activity.sessions.map(\.sessionKey) == ["1", "2", "3", "4", "5"])
            #expect(activity.directPlays == 2)
            #expect(activity.transcodes == 3)
            #expect(activity.totalBandwidth == 48_900)
            #expect(activity.lanBandwidth == 19_000)
            #expect(activity.wanBandwidth == 29_900)
            let movie = try #require(activity.sessions.first)
            #expect(movie.userID == People.robin)
            #expect(movie.friendlyName == "robin")
            #expect(movie.mediaType == .movie)
            #expect(movie.fullTitle == "Orbit 7")
            #expect(movie.year == 2025)
            #expect(movie.ratingKey == 105)
            #expect(movie.parentRatingKey == nil)
            #expect(movie.offset == .minutes(41))
            #expect(movie.duration == .minutes(142))
            #expect(movie.progress == 29)
            #expect(movie.state == .playing)
            #expect(movie.player.name == "Living Room TV")
            #expect(movie.player.product == "Plex for LG")
            #expect(movie.decisions.overall == .directPlay)
            #expect(movie.source.resolution == "4k")
            #expect(movie.source.audioChannels == 6)
            #expect(movie.transcoding.speed == nil)
            #expect(movie.isLocal)
            #expect(movie.location == "lan")
            #expect(movie.bandwidth == 19_000)
            #expect(movie.guids.contains("tmdb://990105"))
        }
    }

    @Test func `tells of a track with album and artist`() async throws {
        try await House.open { house in
            let track = try await house.tautulli.activity().sessions[1]
            #expect(track.mediaType == .track)
            #expect(track.title == "Lantern Walk")
            #expect(track.parentTitle == "Lanterns at Low Tide")
            #expect(track.grandparentTitle == "The Lantern Quintet")
            #expect(track.grandparentRatingKey == HouseholdWorld.Music.lanternQuintet)
            #expect(track.index == 2)
            #expect(track.source.audioCodec == "flac")
            #expect(track.source.resolution == "")
            #expect(track.decisions.video == nil)
            #expect(track.thumb.hasPrefix("/library/metadata/3101/thumb/"))
        }
    }

    @Test func `tells what is done to a stream on the way`() async throws {
        try await House.open { house in
            let sessions = try await house.tautulli.activity().sessions
            let hardware = sessions[2]
            #expect(hardware.friendlyName == "Bo Tanner")
            #expect(hardware.decisions.video == .transcode)
            #expect(hardware.transcoding.decodesInHardware)
            #expect(hardware.transcoding.encodesInHardware)
            #expect(hardware.transcoding.speed == 3.4)
            #expect(hardware.stream.resolution == "1080p")
            #expect(hardware.stream.bitrate == 8_000)
            #expect(hardware.qualityProfile == "8 Mbps 1080p")
            #expect(sessions[3].state == .paused)
            #expect(sessions[3].decisions.video == .copy)
            #expect(sessions[3].decisions.audio == .transcode)
            let relayed = sessions[4]
            #expect(relayed.state == .buffering)
            #expect(relayed.isRelayed == true)
            #expect(relayed.isSecure == true)
            #expect(relayed.transcoding.isThrottled)
            #expect(relayed.decisions.subtitle == .burn)
            #expect(relayed.location == "wan")
        }
    }

    @Test func `sorts streams by number, not as text`() async throws {
        var world = HouseholdWorld.small(now: House.now)
        world.streams[1].sessionKey = 21
        try await House.open(world: world) { house in
            let keys = try await house.tautulli.activity().sessions.map(\.sessionKey)
            #expect(keys == ["1", "3", "4", "5", "21"])
        }
    }

    @Test func `of nobody is nobody; of a dead Plex it is unknown`() async throws {
        var world = HouseholdWorld.small(now: House.now)
        world.streams = []
        try await House.open(world: world) { house in
            let idle = try await house.tautulli.activity()
            #expect(idle.sessions.isEmpty)
            await house.standIn.setPlexIsDown(true)
            await #expect(throws: TautulliError.plexIsDown) { _ = try await house.tautulli.activity() }
        }
    }

    @Test func `carries no address of anybody`() async throws {
        try await House.open { house in
            let told = "\(try await house.tautulli.activity())"
            #expect(told.contains("Lantern Walk"))
            #expect(!told.contains("@mail.example"))
            #expect(!told.contains("203.0.113"))
            #expect(!told.contains("192.168."))
        }
    }

    @Test func `a stream can be ended, with a sentence for its player`() async throws {
        try await House.open { house in
            let session = try await house.tautulli.activity().sessions[0].sessionID
            try await house.tautulli.terminate(session: session, message: "Good night")
            #expect(house.household.read { $0.streams.count } == 4)
            let asked = house.standIn.requests.entries.last
            #expect(asked?.parameters == ["session_id": session, "message": "Good night"])
        }
    }

    @Test func `a stream is not ended again when the answer is lost`() async throws {
        try await House.open { house in
            await house.standIn.fail("terminate_session", with: .lostAnswer)
            let error = await house.failure { tautulli throws(TautulliError) in
                try await tautulli.terminate(session: "session1household\(People.robin)", message: "")
            }
            guard case .unreachable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(house.asked == ["terminate_session"])
        }
    }

    @Test func `no stream is ended without saying which`() async throws {
        try await House.open { house in
            await #expect(throws: TautulliError.self) {
                try await house.tautulli.terminate(session: "", message: "Good night")
            }
            #expect(house.asked.isEmpty)
            #expect(house.household.read { $0.streams.count } == 5)
        }
    }

    @Test func `live TV without a length is read all the same`() async throws {
        let session = #"""
            {"session_key":"9","user_id":7,"username":"ann","media_type":"episode","live":1,"title":"News","duration":"",
             "view_offset":"0","progress_percent":"0","year":"","rating_key":"","state":"playing","relayed":null}
            """#
        let body =
            #"{"response":{"result":"success","message":null,"data":{"stream_count":"1","sessions":[\#(session)]}}}"#
        try await hearing(200, body) { tautulli in
            let live = try await tautulli.activity().sessions[0]
            #expect(live.isLiveTV)
            #expect(live.duration == nil)
            #expect(live.ratingKey == nil)
            #expect(live.isRelayed == nil)
            #expect(live.friendlyName == "ann")
        }
    }
}
