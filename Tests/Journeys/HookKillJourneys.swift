// The door of hooks is killed (SIGKILL) in the middle of a flood, over and over: whatever it acknowledged is there when it
// comes back, once.

import FoundationEssentials
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `A flood of hooks` {
    private static func stop(_ number: Int) -> [UInt8] {
        let user = "c0ffee00000000000000000000\((1_000_000 + number).description.suffix(6))"
        return Array(
            """
            {"NotificationType":"PlaybackStop","UtcTimestamp":"2026-01-01T11:59:00Z","Name":"Salt Road",
            "ItemId":"f11a5e00000000000000000000000102","ItemType":"Movie","RunTimeTicks":78600000000,"Year":2023,
            "PlaybackPositionTicks":76242000000,"PlayedToCompletion":true,"UserId":"\(user)"}
            """.utf8)
    }

    @Test func `loses none that was acknowledged to a sudden death`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/flood-\(UInt32.random(in: .min ... .max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var acknowledged: [Int] = []
        for life in 1...3 {
            let child = try Child(
                [:], in: folder + "/\(life)", program: "hook-door", words: [folder + "/autoplex.db", "0"])
            let port = try await child.word(between: "{\"port\":", and: "}")
            acknowledged += try await HookFlood.pour(
                "http://127.0.0.1:\(port)", secret: "bench", from: life * 100_000, until: 150 + life * 70,
                hook: Self.stop, then: { child.kill() })
        }
        #expect(acknowledged.count >= 3 * 150 + 6 * 70)
        let database = try await Database.open(path: folder + "/autoplex.db")
        let keys = try await database.read { db in
            try db.rows("SELECT key FROM inbox WHERE source = 'downloads'") { row in try row.text("key") }
        }
        await database.close()
        #expect(Set(keys).count == keys.count)
        let kept = Set(keys.compactMap { $0.split(separator: ":").dropFirst().first.flatMap { Int($0.suffix(6)) } })
        let lost = acknowledged.filter { !kept.contains((1_000_000 + $0) % 1_000_000) }
        #expect(lost == [], "\(acknowledged.count) were acknowledged, \(keys.count) kept")
    }
}
