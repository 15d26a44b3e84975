// A restart knows what ran, what was cut off and what is paused; and small facts stay known.

import Runtime
import Storage
import Testing

@Suite struct JobRunsTests {
    private let scene: Scene
    init() throws { scene = try Scene() }

    @Test(arguments: [JobRun.Outcome.ok, .failed("Plex answered 500"), .interrupted])
    func `a run is remembered with how it ended`(_ outcome: JobRun.Outcome) async throws {
        let runs = JobRuns(try await scene.open())
        let due = scene.clock.now
        await scene.clock.advance(by: .seconds(2))
        let id = try await runs.begin(job: "backup", due: due)
        #expect(try await runs.last(job: "backup")?.outcome == nil)
        await scene.clock.advance(by: .seconds(3))
        try await runs.finish(id, outcome: outcome, note: "7 files")
        let last = JobRun(
            id: id, job: "backup", due: due, started: due + .seconds(2), finished: due + .seconds(5),
            outcome: outcome, note: "7 files")
        #expect(try await runs.last(job: "backup") == last)
        #expect(try await runs.last(job: "other") == nil)
    }

    @Test func `runs cut off by a crash are found once, at the next start`() async throws {
        let first = try await scene.open()
        let id = try await JobRuns(first).begin(job: "prune", due: scene.clock.now)
        let finished = try await JobRuns(first).begin(job: "backup", due: scene.clock.now)
        try await JobRuns(first).finish(finished, outcome: .ok)
        // One's own running job is not interrupted.
        #expect(try await JobRuns(first).interrupted() == [])
        await first.close()

        let runs = JobRuns(try await scene.open())
        let mine = try await runs.begin(job: "mail", due: scene.clock.now)
        #expect(try await runs.interrupted().map(\.id) == [id])
        #expect(try await runs.interrupted() == [])
        #expect(try await runs.last(job: "prune")?.outcome == .interrupted)
        #expect(try await runs.last(job: "mail")?.id == mine)
        #expect(try await runs.last(job: "mail")?.outcome == nil)
    }

    @Test func `a pause lasts over a restart`() async throws {
        let first = try await scene.open()
        try await JobRuns(first).pause(job: "prune")
        try await JobRuns(first).pause(job: "prune")
        try await JobRuns(first).pause(job: "mail")
        try await JobRuns(first).resume(job: "mail")
        await first.close()
        #expect(try await JobRuns(try await scene.open()).paused() == ["prune"])
    }

    @Test func `old runs go, but never a job's newest or one that runs`() async throws {
        let runs = JobRuns(try await scene.open())
        for job in ["a", "a", "b"] {
            try await runs.finish(try await runs.begin(job: job, due: scene.clock.now), outcome: .ok)
        }
        _ = try await runs.begin(job: "c", due: scene.clock.now)
        await scene.clock.advance(by: .days(100))
        try await runs.forget(before: scene.clock.now)
        #expect(try await runs.history(job: "a").map(\.id) == [2])
        #expect(try await runs.history(job: "b").map(\.id) == [3])
        #expect(try await runs.history(job: "c").map(\.id) == [4])
    }

    @Test func `a small fact is remembered, replaced and forgotten`() async throws {
        let first = try await scene.open()
        let remembered = Remembered(first)
        #expect(try await remembered.get("bot.commands") == nil)
        try await remembered.set("bot.commands", "abc")
        try await remembered.set("bot.commands", "def")
        try await remembered.set("bot.other", "x")
        try await remembered.set("bot.other", nil)
        await first.close()
        let later = Remembered(try await scene.open())
        #expect(try await later.get("bot.commands") == "def")
        #expect(try await later.get("bot.other") == nil)
    }
}
