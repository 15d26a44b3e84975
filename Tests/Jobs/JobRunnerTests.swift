// What the product promises about jobs, on a real database and a clock moved by hand.

import Domain
import Jobs
import Runtime
import Storage
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Jobs` {
    @Test func `run at their time and post what they found`() async throws {
        let shift = try await Shift([job()])
        try await shift.during {
            for hours in [4, 24, 24] as [Int64] {
                try await shift.pass(.hours(hours))
                let posted = try #require(await shift.posted())
                #expect(posted.job == "work")
                #expect(posted.report == Report("done"))
                try await shift.atRest()
            }
            #expect(
                try await shift.history() == [
                    "2026-03-01T04:00:00Z ok", "2026-03-02T04:00:00Z ok", "2026-03-03T04:00:00Z ok",
                ])
        }
    }

    @Test func `keep to the owner's clock on the wall when that changes`() async throws {
        let shift = try await Shift(
            at: "2026-03-28T12:00:00Z", zone: "Europe/Berlin", [job(schedule: .daily(at: 2, 30))])
        try await shift.during {
            for _ in 1...3 {
                try await shift.pass(.days(1))
                _ = await shift.posted()
                try await shift.atRest()
            }
            // At 02:30 there, which does not exist on the 29th: so at 03:00, which is an hour after 01:59.
            #expect(
                try await shift.history() == [
                    "2026-03-29T01:00:00Z ok", "2026-03-30T00:30:00Z ok", "2026-03-31T00:30:00Z ok",
                ])
        }
    }

    @Test func `are listed with how they went and when they are next`() async throws {
        let shift = try await Shift([job("b"), job("a", schedule: .daily(at: 3, 0)) { _ in throw DiskFull() }])
        try await shift.during {
            try await shift.pass(.hours(4), sleepers: 2)
            for _ in 1...2 { _ = await shift.posted() }
            try await shift.atRest()
            let list = try await shift.runner.list()
            #expect(list.map(\.name) == ["b", "a"])
            #expect(list.map(\.last?.outcome) == [.ok, .failed("the disk is full")])
            #expect(list.map(\.next) == [at("2026-03-02T04:00:00Z"), at("2026-03-02T03:00:00Z")])
            #expect(list.allSatisfy { !$0.isPaused && !$0.isRunning })
        }
    }

    @Test func `do not wait for one another, nor for a report that cannot be delivered`() async throws {
        let gate = Gate()
        let jobs = [
            job("stuck") { _ in
                try await gate.wait()
                return nil
            }, job("busy", schedule: try CronExpression("@hourly")),
        ]
        let shift = try await Shift(jobs, hold: { _ in try? await gate.wait() })
        try await shift.during {
            for _ in 1...5 {
                try await shift.pass(.hours(1), sleepers: 2)
                while try await shift.runner.list()[1].isRunning { await Task.yield() }
            }
            #expect(try await shift.history("busy").count == 5)
            #expect(try await shift.history("stuck") == ["2026-03-01T04:00:00Z runs"])
            gate.open()
        }
    }

    @Test func `whose time comes while they run leave that time out`() async throws {
        let gate = Gate()
        let shift = try await Shift([
            job { _ in
                try await gate.wait()
                return Report("done")
            }
        ])
        try await shift.during {
            try await shift.pass(.hours(4))
            await gate.reached()
            try await shift.pass(.days(2))
            gate.open()
            _ = await shift.posted()
            try await shift.atRest()
            // Nor are they made up for: it has only just run.
            try await shift.pass(.hours(1))
            #expect(try await shift.history() == ["2026-03-01T04:00:00Z ok"])
        }
    }

    // MARK: Failures

    @Test func `that fail are told once, and when they work again`() async throws {
        let attempt = Mutex(0)
        let shift = try await Shift([
            job { _ in
                let number = attempt.withLock { attempt in
                    attempt += 1
                    return attempt
                }
                if number <= 3 { throw DiskFull() }
                return nil
            }
        ])
        try await shift.during {
            for (index, hours) in ([4, 24, 24, 24] as [Int64]).enumerated() {
                try await shift.pass(.hours(hours))
                while try await shift.history().count <= index { await Task.yield() }
                try await shift.atRest()
            }
            let failure = try #require(await shift.posted()).report
            #expect(failure.tone == .bad)
            #expect(failure.plainText.contains("the disk is full"))
            // The second and third failure were no news.
            let recovery = try #require(await shift.posted()).report
            #expect(recovery.tone == .good)
            let outcomes = try await shift.history().map { $0.split(separator: " ")[1] }
            #expect(outcomes == ["failed", "failed", "failed", "ok"])
        }
    }

    @Test func `that failed before a restart are no news after it`() async throws {
        let first = try await Shift([job { _ in throw DiskFull() }])
        try await first.during(thenAgain: true) {
            try await first.pass(.hours(4))
            #expect(await first.posted()?.report.tone == .bad)
        }
        let second = try await Shift(
            in: first.folder, at: "2026-03-01T05:00:00Z",
            [
                job { context in
                    if context.startedBy == "schedule" { throw DiskFull() }
                    return nil
                }
            ])
        try await second.during {
            try await second.pass(.days(1))
            while try await second.history().count < 2 { await Task.yield() }
            try await second.atRest()
            #expect(await second.runner.runNow("work", by: "discord:1") == .started)
            // The first word after the restart.
            #expect(await second.posted()?.report.tone == .good)
        }
    }

    @Test func `that fail when started by hand say so every time`() async throws {
        let shift = try await Shift([job { _ in throw DiskFull() }])
        try await shift.during {
            for _ in 1...3 {
                #expect(await shift.runner.runNow("work", by: "discord:1") == .started)
                #expect(await shift.posted()?.report.tone == .bad)
                try await shift.atRest()
            }
        }
    }

    @Test func `that fail show no secret, neither in the report nor in the list`() async throws {
        struct Chatty: Error, CustomStringConvertible { let description = "GET /?token=hunter2hunter2 failed" }
        let shift = try await Shift(secrets: [Secret("hunter2hunter2")], [job { _ in throw Chatty() }])
        try await shift.during {
            try await shift.pass(.hours(4))
            let failure = try #require(await shift.posted()).report
            #expect(failure.plainText.contains("token=••• failed"))
            try await shift.atRest()
            #expect(try await shift.runner.list()[0].last?.outcome == .failed("GET /?token=••• failed"))
        }
    }

    // MARK: Downtime

    @Test func `missed while the program was down are made up for once`() async throws {
        let first = try await Shift([job()])
        try await first.during(thenAgain: true) {
            try await first.pass(.hours(4))
            _ = await first.posted()
        }
        let second = try await Shift(in: first.folder, at: "2026-03-20T10:00:00Z", [job()])
        try await second.during(thenAgain: true) {
            _ = await second.posted()
            try await second.atRest()
            let next = try await second.runner.list().first?.next
            #expect(next == at("2026-03-21T04:00:00Z"))
        }
        // Not again by the next start.
        let third = try await Shift(in: first.folder, at: "2026-03-20T10:05:00Z", [job()])
        try await third.during {
            await third.clock.sleepers(atLeast: 1)
            let history = try await third.history()
            #expect(history == ["2026-03-01T04:00:00Z ok", "2026-03-20T10:00:00Z ok"])
        }
    }

    @Test func `missed while the program was down stay missed where making up makes no sense`() async throws {
        let first = try await Shift([job(catchesUp: false)])
        try await first.during(thenAgain: true) {
            try await first.pass(.hours(4))
            _ = await first.posted()
        }
        let second = try await Shift(in: first.folder, at: "2026-03-20T10:00:00Z", [job(catchesUp: false)])
        try await second.during {
            try await second.pass(.hours(1))
            #expect(try await second.history().count == 1)
        }
    }

    @Test func `cut off by a crash are found at the next start, told and not begun again by themselves`() async throws {
        let first = try await Shift([job()])
        // Killed, not stopped: the run is begun and nobody writes its end.
        _ = try await JobRuns(first.database).begin(job: "work", due: first.clock.now)
        await first.database.close()
        let second = try await Shift(in: first.folder, at: "2026-03-01T01:00:00Z", [job()])
        try await second.during {
            let (name, report) = try #require(await second.posted())
            #expect(name == "work")
            #expect(report.tone == .warning)
            #expect(report.plainText.contains("jobs run work"))
            await second.clock.sleepers(atLeast: 1)
            let history = try await second.history()
            #expect(history == ["2026-03-01T00:00:00Z interrupted"])
        }
    }

    // MARK: By hand

    @Test func `can be started by hand, but never twice at once`() async throws {
        let gate = Gate()
        let shift = try await Shift([
            job { context in
                try await gate.wait()
                return Report("started by \(context.startedBy)")
            }
        ])
        try await shift.during {
            #expect(await shift.runner.runNow("nothing", by: "discord:1") == .unknown)
            #expect(await shift.runner.runNow("work", by: "discord:1") == .started)
            #expect(await shift.runner.runNow("work", by: "discord:2") == .runsAlready)
            await gate.reached()
            let status = try await shift.runner.list().first
            #expect(status?.isRunning == true)
            gate.open()
            #expect(await shift.posted()?.report.plainText.contains("started by discord:1") == true)
            try await shift.atRest()
            #expect(try await shift.history() == ["2026-03-01T00:00:00Z ok"])
        }
    }

    @Test func `started by hand say that they are done even if they found nothing`() async throws {
        let shift = try await Shift([job { _ in nil }])
        try await shift.during {
            _ = await shift.runner.runNow("work", by: "discord:1")
            #expect(await shift.posted()?.report.plainText.contains("work is done") == true)
        }
    }

    @Test func `that are paused stay so over a restart, and run again when resumed`() async throws {
        let first = try await Shift([job()])
        let (isPaused, isNothing) = (try await first.runner.pause("work"), try await first.runner.pause("nothing"))
        #expect(isPaused && !isNothing)
        await first.database.close()
        let second = try await Shift(in: first.folder, [job()])
        try await second.during {
            try await second.pass(.days(3))
            try await second.atRest()
            let paused = try #require(await second.runner.list().first)
            #expect(paused.isPaused && paused.next == nil && paused.last == nil)
            let isResumed = try await second.runner.resume("work")
            #expect(isResumed)
            try await second.pass(.days(1))
            _ = await second.posted()
            try await second.atRest()
            #expect(try await second.history() == ["2026-03-04T04:00:00Z ok"])
        }
    }

    @Test func `that were paused do not make up for the pause, also after a restart`() async throws {
        let first = try await Shift([job()])
        try await first.during(thenAgain: true) {
            try await first.pass(.hours(4))
            _ = await first.posted()
            try await first.atRest()
            _ = try await first.runner.pause("work")
            try await first.pass(.days(5))
            _ = try await first.runner.resume("work")
        }
        let second = try await Shift(in: first.folder, at: "2026-03-06T04:30:00Z", [job()])
        try await second.during {
            try await second.pass(.hours(1))
            #expect(try await second.history() == ["2026-03-01T04:00:00Z ok"])
        }
    }

    @Test func `that are paused can be started by hand`() async throws {
        let shift = try await Shift([job()])
        try await shift.during {
            _ = try await shift.runner.pause("work")
            #expect(await shift.runner.runNow("work", by: "discord:1") == .started)
            #expect(await shift.posted()?.report == Report("done"))
        }
    }
}
