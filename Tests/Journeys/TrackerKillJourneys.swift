// The tracker is killed (SIGKILL) in the middle of a flood, over and over, while it works it off: whatever was acknowledged
// is there when it comes back, and comes to one mark.

import FoundationEssentials
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(3))) struct `A flood of episodes` {
    /// Of the program's shows each episode once.
    private static func scrobble(_ number: Int) -> [UInt8] {
        let (show, episode) = (number / 50 % 400 + 1, number % 50 + 1)
        return Array(
            """
            {"event":"media.scrobble","user":true,"owner":true,"Account":{"id":1,"title":"anna"},
            "Server":{"title":"Paper","uuid":"paper"},"Metadata":{"librarySectionType":"show","type":"episode",
            "ratingKey":"\(number)","grandparentRatingKey":"\(show)","grandparentTitle":"Show Number \(show)",
            "grandparentGuid":"com.plexapp.agents.thetvdb://\(show)?lang=en","title":"Part \(episode)",
            "index":\(episode % 11),"parentIndex":\(1 + episode / 11)}}
            """.utf8)
    }

    @Test func `loses none that was acknowledged to a sudden death, and marks each once`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/episodes-\(UInt32.random(in: .min ... .max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var acknowledged: [Int] = []
        for life in 1...3 {
            let child = try Child(
                [:], in: folder + "/\(life)", program: "tracker-door", words: [folder + "/autoplex.db", "0"])
            let port = try await child.word(between: "{\"port\":", and: "}")
            acknowledged += try await HookFlood.pour(
                "http://127.0.0.1:\(port)", path: "/api/plex/webhook/bench", status: 200, secret: "",
                from: life * 4000, until: 150 + life * 70, hook: Self.scrobble, then: { child.kill() })
        }
        #expect(acknowledged.count >= 3 * 150 + 6 * 70)
        // Its last life is left alone until everything is worked off.
        let last = try Child(
            ["LOG_LEVEL": "info"], in: folder + "/4", program: "tracker-door", words: [folder + "/autoplex.db", "0"])
        defer { last.kill() }
        _ = try await last.word(between: "{\"port\":", and: "}")
        let database = try await Database.open(path: folder + "/autoplex.db")
        try await last.logbook.until {
            let open = try await database.read { db in
                try db.row("SELECT COUNT(*) FROM tracker_log WHERE status = 'received'") { try $0.int(0) } ?? 0
            }
            return open > 0 ? nil : ()
        }
        let rows = try await database.read { db in
            try db.rows("SELECT status, play FROM tracker_log") { (try $0.text(0), try $0.text(1)) }
        }
        let plays = try await database.read { db in
            try db.rows("SELECT plays FROM tracker_marks") { try $0.int(0) }
        }
        await database.close()
        let kept = Set(
            rows.compactMap { row in
                row.1.firstRange(of: "\"episode\":\"").flatMap { range in
                    Int(row.1[range.upperBound...].prefix { $0.isNumber })
                }
            })
        let lost = Set(acknowledged).subtracting(kept)
        #expect(lost.isEmpty, "\(acknowledged.count) were acknowledged, \(kept.count) kept")
        #expect(rows.allSatisfy { $0.0 == "marked" }, "\(Set(rows.map(\.0)))")
        #expect(plays.count == kept.count && plays.allSatisfy { $0 == 1 }, "\(plays.count) marks")
    }
}
