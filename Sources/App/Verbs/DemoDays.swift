// Time in the demo: days that somebody lets pass. They pass from one look at who watches to the next, and each waits until
// every job that is due has run: people watch by their habits, and the looks see what they would have seen.

internal import Jobs
internal import Runtime
internal import StandIns

actor DemoDays {
    private let clock: TravelClock
    private let street: Street
    private let wall: any Clock
    /// As often as the demo looks at who watches.
    static let step = Duration.hours(3)
    private var runner: JobRunner?
    private var newcomers = ["Ida", "Jon", "Kim", "Lea", "Max", "Noa", "Ole", "Pia"]
    private var isBusy = false

    init(_ clock: TravelClock, _ street: Street, wall: any Clock = SystemClock()) {
        self.clock = clock
        self.street = street
        self.wall = wall
    }

    func meet(_ runner: JobRunner) { self.runner = runner }

    nonisolated var time: [WorldControl] {
        [
            WorldControl("day", "Skip a day") { try await self.skip(1) },
            WorldControl("week", "Skip a week") { try await self.skip(7) },
            WorldControl("month", "Skip 27 days") { try await self.skip(27) },
        ]
    }

    nonisolated var newcomer: WorldControl {
        WorldControl("new", "Somebody joins", in: .people) { try await self.comeIn() }
    }

    /// Runs one of the program's jobs now, and waits for its end: what would come by itself in a while.
    func run(_ job: String) async throws {
        guard let runner else { return }
        guard await runner.runNow(job, by: "the demo") == .started else { return }
        try await settle()
    }

    struct Busy: Error, CustomStringConvertible {
        let description = "time is passing already"
    }

    func skip(_ days: Int) async throws -> String {
        try await alone {
            let from = clock.now
            let to = from + .days(Int64(days)) + Self.step + Self.step
            street.household.change { $0.endStreams(at: from) }
            let seed = UInt64(bitPattern: from.seconds)
            var coming = street.household.read { $0.playsToCome(from: from, to: to, seed: seed) }[...]
            while clock.now < to {
                try Task.checkCancellation()
                clock.skip(min(await untilNextLook(), to - clock.now))
                let now = clock.now
                let past = coming.prefix { $0.stopped <= now }
                coming = coming.dropFirst(past.count)
                street.household.change { world in
                    for play in past { world.play(play) }
                }
                try await settle()
            }
            return days == 1 ? "A day has passed." : "\(days) days have passed."
        }
    }

    private func untilNextLook() async -> Duration {
        guard let next = await runner?.nextStart(of: "prune") else { return Self.step }
        return min(Self.step, max(.seconds(1), next - clock.now))
    }

    private func comeIn() async throws -> String {
        try await alone {
            guard !newcomers.isEmpty else { return "Everybody has come." }
            // New is who accepts after somebody has looked, by plex.tv's whole seconds.
            clock.skip(.minutes(3))
            try await settle()
            clock.skip(.seconds(2))
            let name = newcomers.removeFirst()
            street.household.change { world in _ = world.addMember(name, at: clock.now) }
            clock.skip(.minutes(3))
            try await settle()
            return "\(name) has accepted an invitation to Plex, and gets a letter of welcome."
        }
    }

    private func alone(_ body: () async throws -> String) async throws -> String {
        guard !isBusy else { throw Busy() }
        isBusy = true
        defer { isBusy = false }
        return try await body()
    }

    /// Until all that is due has run; a job that hangs does not hold up the days for ever.
    private func settle() async throws {
        let begun = wall.uptime
        while let runner, await !runner.isIdle, wall.uptime - begun < .seconds(20) {
            try await wall.sleep(for: .milliseconds(2))
        }
    }
}
