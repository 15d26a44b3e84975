// What was acknowledged is worked on: once, later, in order, and not for ever.

import Runtime
import Storage
import Testing

@Suite struct InboxTests {
    private let scene: Scene
    init() throws { scene = try Scene() }

    private var now: Instant { scene.clock.now }

    @Test func `an item is kept over a restart and worked on once`() async throws {
        let first = try await scene.open()
        let receipt = try await Inbox(first).accept(source: "plex", key: "a", payload: [1, 2])
        #expect(receipt == .new(1))
        #expect(try await Inbox(first).accept(source: "plex", key: "a", payload: [3]) == .duplicate)
        // The same key from elsewhere is something else.
        #expect(try await Inbox(first).accept(source: "radarr", key: "a", payload: [4]) == .new(2))
        await first.close()

        let inbox = Inbox(try await scene.open())
        let item = try #require(try await inbox.next(source: "plex", now: now))
        #expect(item.payload == [1, 2])
        #expect(item.attempts == 1)
        #expect(try await inbox.next(source: "plex", now: now) == nil)
        try await inbox.done(item.id)
        #expect(try await inbox.next(source: "plex", now: now) == nil)
        #expect(try await inbox.waiting(source: "plex") == 0)
        #expect(try await inbox.waiting(source: "radarr") == 1)
        // Sent once more after it was worked off.
        #expect(try await inbox.accept(source: "plex", key: "a", payload: [1, 2]) == .duplicate)
    }

    @Test func `many who come at once are all kept, each told its own`() async throws {
        let database = try await scene.open()
        let inbox = Inbox(database)
        // Every key twice.
        let receipts = try await withThrowingTaskGroup(of: (Int, Inbox.Receipt).self) { group in
            for number in 0..<400 {
                group.addTask {
                    (number % 200, try await inbox.accept(source: "x", key: "\(number % 200)", payload: [1]))
                }
            }
            return try await group.reduce(into: [(Int, Inbox.Receipt)]()) { $0.append($1) }
        }
        for number in 0..<200 {
            let own = receipts.filter { $0.0 == number }.map(\.1)
            #expect(own.count == 2 && own.count { $0 == .duplicate } == 1)
        }
        #expect(try await inbox.waiting(source: "x") == 200)
        await database.close()
        await #expect(throws: StorageError.self) { try await inbox.accept(source: "x", key: "late", payload: []) }
        // Nobody is left waiting behind one that failed.
        await #expect(throws: StorageError.self) { try await inbox.accept(source: "x", key: "later", payload: []) }
    }

    @Test func `an item that a dead process had begun is begun again`() async throws {
        let first = try await scene.open()
        _ = try await Inbox(first).accept(source: "plex", key: "a", payload: [1])
        _ = try await Inbox(first).next(source: "plex", now: now)
        await first.close()
        let item = try await Inbox(try await scene.open()).next(source: "plex", now: now)
        #expect(item?.key == "a")
        #expect(item?.attempts == 2)
    }

    @Test func `a failed item waits for its time and lets others pass`() async throws {
        let inbox = Inbox(try await scene.open())
        for key in ["a", "b"] { _ = try await inbox.accept(source: "plex", key: key, payload: []) }
        let a = try #require(try await inbox.next(source: "plex", now: now))
        try await inbox.failed(a.id, "Plex is down", retryAt: now + .minutes(5))
        let b = try #require(try await inbox.next(source: "plex", now: now))
        #expect(b.key == "b")
        try await inbox.done(b.id)
        #expect(try await inbox.next(source: "plex", now: now + .minutes(4)) == nil)
        #expect(try await inbox.nextDue(source: "plex") == now + .minutes(5))
        let again = try #require(try await inbox.next(source: "plex", now: now + .minutes(5)))
        #expect(again.key == "a")
        #expect(again.why == "Plex is down")
        #expect(again.attempts == 2)
    }

    @Test func `poison is parked with its reason and can be tried anew`() async throws {
        let inbox = Inbox(try await scene.open(), mostAttempts: 3)
        _ = try await inbox.accept(source: "plex", key: "poison", payload: [9])
        for _ in 1...3 {
            let item = try #require(try await inbox.next(source: "plex", now: now))
            try await inbox.failed(item.id, "unreadable", retryAt: now)
        }
        #expect(try await inbox.next(source: "plex", now: now) == nil)
        let parked = try #require(try await inbox.parked().first)
        #expect(parked.why == "unreadable")
        #expect(parked.payload == [9])
        try await inbox.unpark(parked.id)
        #expect(try await inbox.next(source: "plex", now: now)?.attempts == 1)
        // No time to retry: parked at once.
        try await inbox.failed(parked.id, "hopeless", retryAt: nil)
        #expect(try await inbox.parked().map(\.why) == ["hopeless"])
    }

    @Test func `an item that takes the process down each time ends parked`() async throws {
        for start in 1...4 {
            let database = try await scene.open()
            let inbox = Inbox(database, mostAttempts: 3)
            if start == 1 { _ = try await inbox.accept(source: "plex", key: "bomb", payload: []) }
            let item = try await inbox.next(source: "plex", now: now)
            #expect(item?.attempts == (start < 4 ? start : nil))
            if start == 4 { #expect(try await inbox.parked().map(\.why) == ["begun 3 times and never finished"]) }
            // Gone without a word.
            await database.close()
        }
    }

    @Test func `two workers never get the same item`() async throws {
        let inbox = Inbox(try await scene.open())
        for number in 0..<50 { _ = try await inbox.accept(source: "plex", key: "\(number)", payload: []) }
        let moment = now
        let ids = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var mine: [Int64] = []
                    while let item = try await inbox.next(source: "plex", now: moment) { mine.append(item.id) }
                    return mine
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(ids.sorted() == Array(1...50))
    }

    @Test func `what was worked off long ago is forgotten, what waits is not`() async throws {
        let inbox = Inbox(try await scene.open())
        for key in ["done", "waits"] { _ = try await inbox.accept(source: "plex", key: key, payload: []) }
        try await inbox.done(try #require(try await inbox.next(source: "plex", now: now)).id)
        await scene.clock.advance(by: .days(40))
        try await inbox.forgetDone(before: now - .days(30))
        #expect(try await inbox.accept(source: "plex", key: "done", payload: []) != .duplicate)
        #expect(try await inbox.accept(source: "plex", key: "waits", payload: []) == .duplicate)
    }
}
