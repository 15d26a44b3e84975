// How long the questions of one judgement may take, all of them together. Waits that follow one another add up: with a
// bound for each, a day on which everything hangs would take half a minute to decide one film.

internal import Domain
internal import Runtime

struct Patience: Sendable {
    /// With the rows written before and after it, a verdict comes within five seconds of the hook.
    static let judgement = Duration.milliseconds(4300)
    /// At the door, before the row is there.
    static let door = Duration.milliseconds(400)
    static let words = "no answer in time"

    private let end: Duration
    private let clock: any Clock

    init(_ most: Duration = Self.judgement, on clock: any Clock) {
        self.clock = clock.stopwatch
        end = self.clock.uptime + most
    }

    var rest: Duration { max(.zero, end - clock.uptime) }

    /// Nil: not by then.
    func answer<Value: Sendable>(_ question: @escaping @Sendable () async -> Value) async -> Value? {
        await within(rest, on: clock, question)
    }

    func reading<Value: Sendable>(
        _ question: @escaping @Sendable () async -> Reading<Value>
    ) async -> Reading<Value> {
        await answer(question) ?? .unknown(why: Self.words)
    }
}
