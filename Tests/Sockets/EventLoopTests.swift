// The loop as an executor, without any connection.

import Runtime
import Sockets
import Testing

private actor Guest: LoopActor {
    let loop: EventLoop
    private var count = 0

    init(_ loop: EventLoop) { self.loop = loop }

    func add() -> Int {
        loop.checkIsolated()
        count += 1
        return count
    }
}

@Suite(.timeLimit(.minutes(1))) struct EventLoopTests {
    @Test func `an actor of the loop runs on its thread, one call at a time`() async throws {
        let loop = try EventLoop(name: "test", log: .silent)
        let guest = Guest(loop)
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<1000 { group.addTask { await guest.add() } }
            var seen: Set<Int> = []
            for await number in group { seen.insert(number) }
            #expect(seen.count == 1000)
        }
        await loop.stop()
    }

    @Test func `an actor can still finish when its loop has ended`() async throws {
        let loop = try EventLoop(name: "test", log: .silent)
        let guest = Guest(loop)
        await loop.stop()
        #expect(await guest.add() == 1)
        #expect(await guest.add() == 2)
    }

    @Test func `a loop can be stopped twice and by many`() async throws {
        let loop = try EventLoop(name: "test", log: .silent)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { await loop.stop() } }
        }
        await loop.stop()
    }

    @Test func `many loops live side by side`() async throws {
        let loops = try (0..<8).map { try EventLoop(name: "loop \($0)", log: .silent) }
        let guests = loops.map(Guest.init)
        for guest in guests { #expect(await guest.add() == 1) }
        for loop in loops { await loop.stop() }
    }
}
