// The message that is kept true: posted once, edited when something changed, found again after a restart.

import Domain
import FoundationEssentials
import Runtime
import Storage
import Synchronization
import Testing

@testable import Usage

/// A channel as the message sees it.
private final class Board: Sendable {
    struct State {
        var said = "nothing plays"
        var messages: [UInt64: Report] = [:]
        var journal: [String] = []
        var told: [Report] = []
        var refusal: StatusMessageRules.Refusal?
        var hangs = false
        /// Told when a post has begun, and waited for before it ends.
        var postBegins: (@Sendable () async -> Void)?
    }

    let state = Mutex(State())
    var journal: [String] { state.withLock { $0.journal } }
    var told: [Report] { state.withLock { $0.told } }

    func say(_ words: String) { state.withLock { $0.said = words } }

    private func act(_ what: String) throws(StatusMessage.Refused) {
        let refusal = state.withLock { state in
            state.journal.append(what)
            return state.refusal
        }
        if let refusal { throw StatusMessage.Refused(refusal) }
    }

    var voice: StatusMessage.Voice {
        StatusMessage.Voice(
            post: { report throws(StatusMessage.Refused) in
                try self.act("post")
                await self.state.withLock { $0.postBegins }?()
                return self.state.withLock { state in
                    let id = UInt64(state.journal.count)
                    state.messages[id] = report
                    return id
                }
            },
            edit: { message, report throws(StatusMessage.Refused) in
                if self.state.withLock({ $0.hangs }) {
                    let (never, _) = AsyncStream.makeStream(of: Void.self)
                    for await _ in never {}
                }
                try self.act("edit \(message)")
                let isThere = self.state.withLock { state in
                    guard state.messages[message] != nil else { return false }
                    state.messages[message] = report
                    return true
                }
                if !isThere { throw StatusMessage.Refused(.gone) }
            },
            tell: { report in self.state.withLock { $0.told.append(report) } })
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The status message` {
    /// Lets the message live for `turns` looks, `change` after each, then stops the program.
    private func live(
        on board: Board, database: Database, clock: VirtualClock, channel: UInt64 = 5, turns: Int,
        _ change: (Int) -> Void = { _ in }
    ) async {
        let message = StatusMessage(
            channel: channel, every: .seconds(60), database: database, voice: board.voice, clock: clock, log: .silent
        ) { Report("\(board.state.withLock { $0.said })") }
        let running = Task { await message.run() }
        for turn in 1...turns {
            await clock.sleepers(atLeast: 1)
            change(turn)
            if turn < turns { await clock.advance(by: .seconds(60)) }
        }
        running.cancel()
        let mover = Task {
            while !Task.isCancelled {
                await clock.sleepers(atLeast: 1)
                await clock.advance(by: .seconds(1))
            }
        }
        await running.value
        mover.cancel()
        await mover.value
    }

    private func withDatabase(_ story: (Database, VirtualClock) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/usage-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = VirtualClock()
        let database = try await Database.open(path: folder + "/state.db", clock: clock)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await story(database, clock)) } catch { outcome = .failure(error) }
        await database.close()
        try outcome.get()
    }

    @Test func `is posted once and edited only when something changed`() async throws {
        try await withDatabase { database, clock in
            let board = Board()
            await live(on: board, database: database, clock: clock, turns: 5) { turn in
                if turn == 3 { board.say("Orbit 7") }
            }
            #expect(board.journal == ["post", "edit 1", "edit 1"])
            let last = board.state.withLock { $0.messages[1] }
            #expect(last?.title == "Offline")
        }
    }

    @Test func `is found again after a restart`() async throws {
        try await withDatabase { database, clock in
            let board = Board()
            await live(on: board, database: database, clock: clock, turns: 1)
            await live(on: board, database: database, clock: clock, turns: 2)
            #expect(board.journal == ["post", "edit 1", "edit 1", "edit 1"])
            #expect(board.state.withLock { $0.messages.count } == 1)
        }
    }

    @Test func `is another one in another channel`() async throws {
        try await withDatabase { database, clock in
            let board = Board()
            await live(on: board, database: database, clock: clock, turns: 1)
            await live(on: board, database: database, clock: clock, channel: 6, turns: 1)
            #expect(board.journal == ["post", "edit 1", "post", "edit 3"])
        }
    }

    @Test func `is posted anew when somebody deleted it`() async throws {
        try await withDatabase { database, clock in
            let board = Board()
            await live(on: board, database: database, clock: clock, turns: 3) { turn in
                guard turn == 1 else { return }
                board.state.withLock { $0.messages = [:] }
                board.say("Orbit 7")
            }
            // At once, not a minute later; and the new one is the one that is kept.
            #expect(board.journal == ["post", "edit 1", "post", "edit 3"])
            await live(on: board, database: database, clock: clock, turns: 1)
            #expect(board.journal.suffix(2) == ["edit 3", "edit 3"])
        }
    }

    @Test func `says once that it may not be written, and tries more and more seldom`() async throws {
        try await withDatabase { database, clock in
            let board = Board()
            board.state.withLock { $0.refusal = .forbidden("give it Send Messages there") }
            await live(on: board, database: database, clock: clock, turns: 20)
            #expect(board.told.map { $0.lines.first?.plainText } == ["give it Send Messages there"])
            // After 1, 3, 7, 15 turns.
            #expect(board.journal == ["post", "post", "post", "post"])
        }
    }

    @Test func `goes on after a bad moment`() async throws {
        try await withDatabase { database, clock in
            let board = Board()
            await live(on: board, database: database, clock: clock, turns: 5) { turn in
                board.say("turn \(turn)")
                board.state.withLock { $0.refusal = turn == 1 ? .passing("Discord is away") : nil }
            }
            #expect(board.told.isEmpty)
            #expect(board.journal == ["post", "edit 1", "edit 1", "edit 1", "edit 1"])
        }
    }

    @Test func `is remembered though the program was stopped while it was posted`() async throws {
        try await withDatabase { database, clock in
            let board = Board()
            let (begins, begun) = AsyncStream.makeStream(of: Void.self)
            let (gate, opened) = AsyncStream.makeStream(of: Void.self)
            board.state.withLock { state in
                state.postBegins = {
                    begun.yield()
                    for await _ in gate { break }
                }
            }
            let message = StatusMessage(
                channel: 5, every: .seconds(60), database: database, voice: board.voice, clock: clock, log: .silent
            ) { Report("nothing plays") }
            let running = Task { await message.run() }
            for await _ in begins { break }
            running.cancel()
            opened.yield()
            await running.value
            #expect(board.journal == ["post", "edit 1"])
            await live(on: board, database: database, clock: clock, turns: 1)
            #expect(board.journal == ["post", "edit 1", "edit 1", "edit 1"])
        }
    }

    @Test func `does not hold up a stop`() async throws {
        try await withDatabase { database, clock in
            let board = Board()
            await live(on: board, database: database, clock: clock, turns: 1) { _ in
                board.state.withLock { $0.hangs = true }
            }
            // The farewell was begun, waited for, and given up.
            #expect(board.journal.first == "post")
        }
    }
}
