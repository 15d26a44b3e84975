// Small posters outlive a restart, and do not grow without end.

import FoundationEssentials
import Newsletter
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Small posters` {
    private func with(
        mostBytes: Int = 1000, _ body: (SmallPosters, VirtualClock, Database) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/posters-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = VirtualClock(Instant(seconds: 1_800_000_000))
        let database = try await Database.open(path: folder + "/a.db", clock: clock, schemas: [.newsletter])
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(SmallPosters(database, mostBytes: mostBytes), clock, database))
        } catch { outcome = .failure(error) }
        await database.close()
        try outcome.get()
    }

    private static func jpeg(_ byte: UInt8, _ count: Int = 300) -> [UInt8] { [UInt8](repeating: byte, count: count) }

    @Test func `are there again, with when they were made`() async throws {
        try await with { posters, clock, database in
            let (none, made) = (try await posters.poster("a"), clock.now)
            #expect(none == nil)
            try await posters.keep(Self.jpeg(1), "a")
            await clock.advance(by: .days(20))
            let kept = try await SmallPosters(database).poster("a")
            #expect(kept == SmallPosters.Kept(jpeg: Self.jpeg(1), madeAt: made))
            try await posters.keep(Self.jpeg(2), "a")
            let again = try await posters.poster("a")
            #expect(again == SmallPosters.Kept(jpeg: Self.jpeg(2), madeAt: clock.now))
        }
    }

    @Test func `make way for others when they were not shown for longest`() async throws {
        try await with { posters, clock, _ in
            for (byte, key) in zip(1..., ["a", "b", "c"]) {
                try await posters.keep(Self.jpeg(UInt8(byte)), key)
                await clock.advance(by: .days(2))
            }
            // Shown again: now b is the oldest.
            _ = try await posters.poster("a")
            await clock.advance(by: .days(2))
            try await posters.keep(Self.jpeg(4), "d")
            var left: [String] = []
            for key in ["a", "b", "c", "d"] { if try await posters.poster(key) != nil { left.append(key) } }
            #expect(left == ["a", "c", "d"])
        }
    }

    @Test func `leave no room for one that is larger than all of it`() async throws {
        try await with { posters, _, _ in
            try await posters.keep(Self.jpeg(1, 2000), "huge")
            let huge = try await posters.poster("huge")
            #expect(huge == nil)
        }
    }
}
