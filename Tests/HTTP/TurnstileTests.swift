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
}
