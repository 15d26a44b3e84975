// Streams: what the server does to them, and what becomes of rows that cannot be read.

import Runtime
import Sockets
import Testing

@testable import Plex

@Suite(.timeLimit(.minutes(1))) struct `The streams` {
    private func session(_ more: String) throws -> PlexSession {
        let text = #"{"ratingKey":"1","type":"episode","title":"Pilot","duration":1000,"viewOffset":250,"# + more + "}"
        return try PlexSession(JSONDocument(Array(text.utf8)).root, in: nil)
    }

    @Test func `a stream says who, where, how far and how`() throws {
        let session = try session(
            #"""
            "sessionKey":"7","User":{"id":"4100002","title":"ann","thumb":"https://plex.tv/a"},
            "Player":{"title":"Living room","product":"Plex for LG","platform":"webOS","device":"TV","address":"10.0.0.7",
              "remotePublicAddress":"203.0.113.5","machineIdentifier":"m1","local":false,"relayed":"1","secure":true,
              "state":"paused","userID":4100002},
            "Session":{"id":"abc","bandwidth":"4500","location":"wan"},
            "TranscodeSession":{"videoDecision":"transcode","audioDecision":"copy","speed":1.5,"progress":"40.5",
              "throttled":true,"sourceVideoCodec":"hevc","videoCodec":"h264","transcodeHwRequested":true,
              "transcodeHwDecoding":"vaapi","transcodeHwEncoding":"","transcodeHwFullPipeline":false}
            """#)
        #expect(session.user.id == 4_100_002)
        #expect(!session.user.isOwner)
        #expect(session.player.state == .paused)
        #expect(session.player.isRelayed)
        #expect(!session.player.isLocal)
        #expect(session.location == .wan)
        #expect(session.bandwidth == 4500)
        #expect(session.offset == .milliseconds(250))
        #expect(session.duration == .seconds(1))
        #expect(session.sessionID == "abc")
        #expect(session.delivery == .transcode)
        let transcode = try #require(session.transcode)
        #expect(transcode.speed == 1.5)
        #expect(transcode.progress == 40.5)
        #expect(transcode.isThrottled)
        #expect(transcode.hardwareDecoding == "vaapi")
        #expect(transcode.hardwareEncoding.isEmpty)
        #expect(transcode.usesHardware)
    }

    @Test(
        arguments: [
            (#""Media":[{"Part":[{"decision":"directplay"}]}]"#, PlexSession.Delivery.directPlay),
            (#""Media":[]"#, .directPlay),
            (
                #""Media":[{"Part":[{"decision":"transcode","Stream":[{"streamType":1,"decision":"copy"}]}]}]"#,
                .directStream
            ),
            (
                #""TranscodeSession":{"videoDecision":"copy","audioDecision":"copy"},"Media":[{"Part":[{"decision":"transcode"}]}]"#,
                .directStream
            ),
            (#""TranscodeSession":{"videoDecision":"copy","audioDecision":"transcode"}"#, .transcode),
            (#""TranscodeSession":{"videoDecision":"copy","subtitleDecision":"burn"}"#, .transcode),
            (#""TranscodeSession":{}"#, .unknown),
            (#""TranscodeSession":{"videoDecision":"hologram"}"#, .unknown),
            (
                #""Media":[{"Part":[{"decision":"directplay"}]},{"selected":true,"Part":[{"decision":"transcode"}]}]"#,
                .transcode
            ),
        ])
    func `a stream is what is done to any of it`(more: String, delivery: PlexSession.Delivery) throws {
        #expect(try session(more).delivery == delivery)
    }

    @Test func `older servers say yes and no instead of a method`() throws {
        let session = try session(
            #""TranscodeSession":{"transcodeHwDecoding":"0","transcodeHwEncoding":"1"}"#)
        #expect(session.transcode?.hardwareDecoding == "")
        #expect(session.transcode?.hardwareEncoding == "hardware")
    }

    @Test func `nothing playing reads as idle`() async throws {
        try await Script.run({ _, _ in .container("\"size\":0") }) { script in
            let sessions = try await script.plex.sessions()
            #expect(sessions.isIdle)
            #expect(script.asked.lines == ["GET /status/sessions"])
        }
    }

    @Test func `a stream that cannot be read is told of and hides no other`() async throws {
        let rows = [
            ServerResponse.track(1), "{\"title\":\"what is this\"}",
            "{\"ratingKey\":\"9\",\"type\":\"track\",\"guid\":\"library://theme\"}", ServerResponse.track(2),
        ]
        try await Script.run({ _, _ in .container("\"size\":5", rows) }) { script in
            let sessions = try await script.plex.sessions()
            #expect(sessions.sessions.map(\.item.ratingKey) == ["1", "2"])
            #expect(
                sessions.unreadable == [
                    "stream 2 of 4 has no ratingKey", "1 of 5 streams were announced but not listed",
                ])
            #expect(!sessions.isIdle)
        }
    }

    @Test func `only a stream with an id can be ended, and 401 there is no matter of the token`() async throws {
        try await Script.run({ _, _ in .html("<html/>", status: 401) }) { script in
            let refused = await failure { try await script.plex.terminate(sessionID: "abc", reason: "enough & more") }
            #expect(refused == .forbidden("ending a stream needs the owner's token and Plex Pass"))
            #expect(
                script.asked.lines == ["POST /status/sessions/terminate?sessionId=abc&reason=enough & more"])
            let empty = await failure { try await script.plex.terminate(sessionID: "", reason: "x") }
            #expect(empty == .notFound("a stream without an id"))
            #expect(script.asked.all.count == 1)
        }
    }
}
