// A thousand at once, and a stop in the midst of it: all answered or told, nothing kept for ever.

import Discord
import Domain
import Runtime
import Synchronization
import Testing

@testable import Bot

@Suite(.timeLimit(.minutes(1))) struct FloodTests {
    @Test func `a thousand commands at once are all answered, few at a time`() async throws {
        let running = Mutex((now: 0, most: 0))
        let command = Scripted(Signature("work", "W", options: [.number("n", "N", 0...1000)])) { call in
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            for _ in 0..<3 { await Task.yield() }
            running.withLock { $0.now -= 1 }
            return .report(Report("answer \(call.arguments.number("n") ?? -1)."))
        }
        try await Stage.with([command], manners: Manners(mostAtOnce: 8)) { stage in
            for n in 0..<1000 { stage.say("!plex work \(n)", as: Snowflake(100_000_000_000_000_000 + UInt64(n % 50))) }
            for n in 0..<1000 { try await stage.recorder.hears("answer \(n).") }
            #expect(running.withLock { $0.most } <= 8)
            #expect(await stage.router.health.answered == 1000)
            while await stage.router.openCalls > 0 { await Task.yield() }
            #expect(await stage.router.waitingCalls == 0)
        }
    }

    @Test func `what is too much is told in one note per channel, and to each slash`() async throws {
        let door = Door()
        try await Stage.with([RouterTests.slow(door)], manners: Manners(mostOpen: 10)) { stage in
            for n in 0..<200 { stage.say("!plex slow", as: Snowflake(100_000_000_000_000_000 + UInt64(n))) }
            stage.slash(["slow"])
            let slash = try await stage.recorder.hears("More was asked")
            #expect(slash.draft?.isEphemeral == true)
            // One wakes for typing in each call, one to write the note.
            await stage.clock.sleepers(atLeast: 11)
            await stage.clock.advance(by: .seconds(1))
            let note = try await stage.recorder.hears("I could not take 190 questions")
            #expect(note.draft?.allowedMentions.users.count == 20)
            door.open()
            while await stage.router.openCalls > 0 { await Task.yield() }
            #expect(stage.recorder.written.filter { $0.text.contains("done") }.count == 10)
            #expect(stage.recorder.written.count == 12)
            stage.say("!plex slow")
            _ = try await stage.recorder.first { _ in true }
            while await stage.router.health.answered < 11 { await Task.yield() }
        }
    }

    @Test func `one person cannot take all the room`() async throws {
        let door = Door()
        try await Stage.with([RouterTests.slow(door), Scripted.echo], manners: Manners(mostPerPerson: 3)) { stage in
            for _ in 0..<20 { stage.say("!plex slow") }
            stage.say("!plex echo hello", as: Stage.ben)
            try await stage.recorder.hears("hello")
            await stage.clock.advance(by: .seconds(1))
            try await stage.recorder.hears("I could not take 17 questions")
            door.open()
        }
    }

    @Test func `a stop lets commands finish within the grace`() async throws {
        let door = Door()
        try await Stage.with([RouterTests.slow(door)]) { stage in
            stage.say("!plex slow")
            while await stage.router.openCalls == 0 { await Task.yield() }
            stage.endEvents()
            door.open()
            try await stage.recorder.hears("done")
            #expect(stage.recorder.written.count == 1)
        }
    }

    @Test func `a stop tells those who still wait, running or queued`() async throws {
        let wasCancelled = Mutex(0)
        let command = Scripted(Signature("stuck", "S")) { call in
            do { try await call.clock.sleep(for: .days(1)) } catch {
                wasCancelled.withLock { $0 += 1 }
                throw error
            }
            return .nothing
        }
        try await Stage.with([command], manners: Manners(mostAtOnce: 2)) { stage in
            for n in 0..<5 { stage.say("!plex stuck", as: Snowflake(100_000_000_000_000_000 + UInt64(n))) }
            stage.slash(["stuck"])
            while await stage.router.waitingCalls < 4 { await Task.yield() }
            stage.endEvents()
            while stage.recorder.written.count < 6 { await stage.clock.advance(by: .seconds(1)) }
            #expect(stage.recorder.written.allSatisfy { $0.text.contains("The bot is restarting") })
            while await stage.router.openCalls > 0 { await Task.yield() }
            #expect(wasCancelled.withLock { $0 } == 2)
        }
    }
}
