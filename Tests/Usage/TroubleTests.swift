// What may go wrong with either source, and that none of it reads as an empty house.

import Domain
import Runtime
import StandIns
import Tautulli
import Testing
import Usage

@Suite(.timeLimit(.minutes(1))) struct `When it is not known what plays` {
    /// A status, half an answer, nonsense, nobody there, and Tautulli's `{}`.
    enum Trouble: CaseIterable { case unauthorized, missing, tooMany, unavailable, truncated, garbage, refused, empty }

    private static func fault(_ trouble: Trouble) -> HTTPFault {
        switch trouble {
        case .unauthorized: .status(401, ["response": ["result": "error", "message": "Invalid apikey", "data": [:]]])
        case .missing: .status(404, .null)
        case .tooMany: .status(429, .null)
        case .unavailable: .status(503, .null)
        case .truncated: .truncated
        case .garbage: .garbage
        case .refused: .refuse
        case .empty: .status(200, ["response": ["result": "success", "message": .null, "data": [:]]])
        }
    }

    private func breakTautulli(_ tower: Watchtower, _ trouble: Trouble) async {
        if trouble == .empty {
            await tower.tautulli.setPlexIsDown(true)
        } else {
            await tower.tautulli.fail("get_activity", with: Self.fault(trouble), times: 9)
        }
    }

    @Test(arguments: Trouble.allCases)
    func `to Tautulli alone, that is said`(trouble: Trouble) async throws {
        try await Watchtower.open(.tautulliOnly) { tower in
            await breakTautulli(tower, trouble)
            let report = try await tower.hurrying { await tower.told(details: true) }
            #expect(report.title.plainText == "What is playing cannot be told")
            #expect(report.tone == .bad)
            #expect(report.lines.first?.plainText.hasPrefix("Tautulli: ") == true)
            #expect(report.lines.last?.plainText == "That does not mean that nothing is playing.")
            #expect(!report.text.contains(tower.tautulli.apiKey))
            // Who cannot mend it is not shown where it stands.
            let brief = try await tower.hurrying { await tower.told() }
            #expect(brief.lines.first?.plainText == "Tautulli does not answer as it should.")
        }
    }

    @Test(arguments: Trouble.allCases)
    func `to Tautulli, Plex is asked and both are named`(trouble: Trouble) async throws {
        try await Watchtower.open { tower in
            await breakTautulli(tower, trouble)
            let report = try await tower.hurrying { await tower.told() }
            #expect(report.title.plainText == "5 streams")
            #expect(report.tone == .warning)
            #expect(
                report.lines.last?.plainText
                    == "⚠️ Tautulli does not answer as it should; this is what Plex says")
            #expect(report.fields.count == 5)
        }
    }

    @Test(arguments: Trouble.allCases.filter { $0 != .empty })
    func `to either, both reasons stand there`(trouble: Trouble) async throws {
        try await Watchtower.open { tower in
            await tower.tautulli.setPlexIsDown(true)
            await tower.plex.fail("", with: Self.fault(trouble), times: 30)
            let report = try await tower.hurrying { await tower.told(details: true) }
            #expect(report.title.plainText == "What is playing cannot be told")
            #expect(report.lines.count == 3)
            #expect(report.lines[0].plainText.contains("Tautulli has no connection to Plex"))
            #expect(report.lines[1].plainText.hasPrefix("Plex: "))
            #expect(!report.text.contains(tower.plex.token))
        }
    }

    @Test(arguments: Trouble.allCases.filter { $0 != .empty })
    func `to Plex alone, that is said`(trouble: Trouble) async throws {
        try await Watchtower.open(.plexOnly) { tower in
            await tower.plex.fail("", with: Self.fault(trouble), times: 30)
            let report = try await tower.hurrying { await tower.told(details: true) }
            #expect(report.title.plainText == "What is playing cannot be told")
            #expect(report.lines.first?.plainText.hasPrefix("Plex: ") == true)
        }
    }

    @Test func `in time, Plex is asked instead`() async throws {
        try await Watchtower.open { tower in
            await tower.tautulli.fail("get_activity", with: .stall)
            let telling = Task { await tower.told(details: true) }
            // Time passes for Tautulli's question alone: Plex is asked afterwards, and answers in none of it.
            _ = try await tower.tautulli.requests.first { $0.command == "get_activity" }
            await tower.clock.sleepers(atLeast: 1)
            await tower.clock.advance(by: .seconds(8))
            let report = await telling.value
            #expect(report.fields.count == 5)
            #expect(
                report.lines.last?.plainText
                    == "⚠️ Tautulli: Tautulli did not answer within 8 s. This is what Plex says")
        }
    }

    @Test(arguments: [Watchtower.Sources.both, .tautulliOnly, .plexOnly])
    func `is not what an empty house looks like`(sources: Watchtower.Sources) async throws {
        var world = HouseholdWorld.small(now: Watchtower.now)
        world.streams = []
        try await Watchtower.open(sources, world: world) { tower in
            let report = await tower.told()
            #expect(report.title.plainText == "Nothing is playing")
            #expect(report.lines.isEmpty)
            #expect(report.fields.isEmpty)
            #expect(report.tone == .plain)
        }
    }

    @Test func `an empty house that only Plex vouches for says so`() async throws {
        var world = HouseholdWorld.small(now: Watchtower.now)
        world.streams = []
        try await Watchtower.open(world: world) { tower in
            await tower.tautulli.setPlexIsDown(true)
            let report = try await tower.hurrying { await tower.told() }
            #expect(report.title.plainText == "Nothing is playing")
            #expect(report.tone == .warning)
            #expect(report.lines.count == 1)
        }
    }

    private static let session: JSON = [
        "session_key": "7", "user_id": 4_100_002, "friendly_name": "Ann", "media_type": "movie", "title": "Paper Moon",
        "player": "TV", "state": "playing", "view_offset": "60000", "duration": "120000", "bandwidth": "4000",
        "location": "lan", "transcode_decision": "direct play",
    ]

    private static func activity(_ count: Int, _ sessions: [JSON]) -> HTTPFault {
        .status(
            200,
            [
                "response": [
                    "result": "success", "message": .null,
                    "data": ["stream_count": .string("\(count)"), "sessions": .array(sessions)],
                ]
            ])
    }

    @Test func `of one stream, the others are shown and it is counted`() async throws {
        try await Watchtower.open(.tautulliOnly) { tower in
            await tower.tautulli.fail(
                "get_activity", with: Self.activity(4, [Self.session, ["title": "no person"], .string("?")]))
            let report = await tower.told()
            #expect(report.title.plainText == "4 streams")
            #expect(report.fields.map { $0.name.plainText } == ["🎬 Paper Moon"])
            #expect(report.lines.last?.plainText == "⚠️ 3 streams more could not be read")
            #expect(report.lines[1].plainText == "Bandwidth: at least 4 Mbit/s (4 Mbit/s LAN)")
            #expect(report.tone == .warning)
        }
    }

    @Test func `of one stream to Tautulli, Plex completes it`() async throws {
        try await Watchtower.open { tower in
            var session = Self.session
            session["session_key"] = "3"
            session["bandwidth"] = ""
            session["player"] = ""
            await tower.tautulli.fail("get_activity", with: Self.activity(2, [session, ["title": "no person"]]))
            let report = await tower.told()
            #expect(report.title.plainText == "2 streams")
            // What Tautulli said stays; what it left out is Plex'.
            #expect(report.stream("Paper Moon").hasPrefix("Ann on Firefox (Plex Web)"))
            #expect(report.stream("Paper Moon").contains("LAN 8.6 Mbit/s"))
            #expect(report.fields[1].name.plainText == "🎬 Orbit 7 (2025)")
            #expect(!report.text.contains("could not be read"))
        }
    }
}
