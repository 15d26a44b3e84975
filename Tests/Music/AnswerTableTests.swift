// Answers kept in the database.

import HTTP
import Music
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct `The table of answers` {
    private func withTable(_ body: (AnswerTable, VirtualClock) async throws -> Void) async throws {
        let folder = "/tmp/autoplex-answers-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        let clock = VirtualClock()
        let database = try await Database.open(path: folder + "/a.db", clock: clock, schemas: [.music])
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(AnswerTable(database), clock)) } catch { outcome = .failure(error) }
        await database.close()
        for file in try Files.list(folder) { try Files.remove(folder + "/" + file) }
        try outcome.get()
    }

    @Test func `keeps an answer as long as it was told to`() async throws {
        try await withTable { table, clock in
            await table.cache.put("http://a/b?c", [1, 2, 0, 255], .days(1))
            let kept = await table.cache.get("http://a/b?c")
            #expect(kept == [1, 2, 0, 255])
            let other = await table.cache.get("http://a/b")
            #expect(other == nil)
            await clock.advance(by: .days(1))
            let gone = await table.cache.get("http://a/b?c")
            #expect(gone == nil)
        }
    }

    @Test func `takes a newer answer and throws old ones away`() async throws {
        try await withTable { table, clock in
            await table.cache.put("old", [1], .days(1))
            await table.cache.put("same", [1], .days(30))
            await clock.advance(by: .days(2))
            await table.cache.put("same", [2], .days(30))
            let kept = await table.cache.get("same")
            #expect(kept == [2])
            let count = try await table.clear()
            #expect(count == 1)
            let nothing = await table.cache.get("same")
            #expect(nothing == nil)
        }
    }
}
