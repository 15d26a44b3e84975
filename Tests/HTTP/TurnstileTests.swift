// One at a time, whoever gives up meanwhile.

import HTTP
import Synchronization
import Testing

/// How many are inside, and were at most.
private final class Room: Sendable {
    private let state = Mutex((now: 0, most: 0, passed: 0))

    func come() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }
    func go() {
        state.withLock { state in
            state.now -= 1
            state.passed += 1
        }
    }
    var most: Int { state.withLock { $0.most } }
    var passed: Int { state.withLock { $0.passed } }
}

@Suite(.timeLimit(.minutes(1))) struct `A turnstile` {
    @Test func `lets one in at a time`() async throws {
        let turnstile = Turnstile()
        let room = Room()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...50 {
                group.addTask {
                    try await turnstile.enter()
                    room.come()
                    for _ in 1...5 { await Task.yield() }
                    room.go()
                    turnstile.leave()
                }
            }
            try await group.waitForAll()
        }
        #expect(room.most == 1)
        #expect(room.passed == 50)
    }

    @Test func `is not blocked by those who were cancelled in the line`() async throws {
        let turnstile = Turnstile()
        try await turnstile.enter()
        let waiting = (1...20).map { _ in
            Task {
                try await turnstile.enter()
                turnstile.leave()
            }
        }
        for (index, task) in waiting.enumerated() where index % 2 == 0 { task.cancel() }
        turnstile.leave()
        var turns = 0
        for task in waiting {
            if case .success = await task.result { turns += 1 }
        }
        // A cancelled one may still have come first; the others all had theirs.
        #expect(turns >= 10)
        try await turnstile.enter()
        turnstile.leave()
    }

    @Test func `lets the urgent in before the others, each in the order they came`() async throws {
        let turnstile = Turnstile()
        let (names, came) = AsyncStream.makeStream(of: String.self)
        try await turnstile.enter()
        var tasks: [Task<Void, any Error>] = []
        for (name, isUrgent) in [("job 1", false), ("job 2", false), ("person 1", true), ("person 2", true)] {
            let before = turnstile.waiting
            tasks.append(
                Task {
                    try await turnstile.enter(isUrgent: isUrgent)
                    came.yield(name)
                    turnstile.leave()
                })
            while turnstile.waiting == before { await Task.yield() }
        }
        turnstile.leave()
        for task in tasks { try await task.value }
        came.finish()
        var order: [String] = []
        for await name in names { order.append(name) }
        #expect(order == ["person 1", "person 2", "job 1", "job 2"])
    }
}
