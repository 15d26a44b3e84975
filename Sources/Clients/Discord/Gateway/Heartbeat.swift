// The heartbeat of one connection (sheet discord.md §1 "Heartbeat") and the two ways of telling that the line is dead
// though it looks open: no answer to a beat until the next is due, and nothing received for about a minute.

struct Heartbeat: Equatable, Sendable {
    let interval: Duration
    private(set) var nextBeat: Duration
    /// A scheduled beat has not been answered. Beats sent at Discord's request do not count: they come out of turn, and
    /// one sent just before a scheduled beat cannot have been answered yet.
    private(set) var awaitsAnswer = false
    private(set) var latency: Duration?
    private var lastReceived: Duration
    /// When the unanswered beats went out. Answers come in order.
    private var unanswered: [Duration] = []

    enum Due: Equatable { case nothing, beat, dead(String) }

    /// The first beat is put off by a random part of the interval, so that bots do not beat in step after an outage.
    init(interval: Duration, at now: Duration, chance: Double) {
        self.interval = interval
        nextBeat = now + interval * chance
        lastReceived = now
    }

    var silenceAllowed: Duration { max(.seconds(60), interval + .seconds(20)) }
    var deadline: Duration { min(nextBeat, lastReceived + silenceAllowed) }

    mutating func received(at now: Duration) { lastReceived = now }

    mutating func answered(at now: Duration) {
        awaitsAnswer = false
        if !unanswered.isEmpty { latency = now - unanswered.removeFirst() }
    }

    /// Says what is due now; `.beat` counts it as sent.
    mutating func tick(at now: Duration) -> Due {
        if now >= lastReceived + silenceAllowed {
            return .dead("nothing came from Discord for \((now - lastReceived).components.seconds) s")
        }
        guard now >= nextBeat else { return .nothing }
        if awaitsAnswer { return .dead("Discord did not answer the heartbeat") }
        awaitsAnswer = true
        // From now and not from when it was due: a machine that slept must not beat twice in a row.
        nextBeat = now + interval
        sent(at: now)
        return .beat
    }

    /// A beat that Discord asked for (op 1) went out.
    mutating func beatOnRequest(at now: Duration) { sent(at: now) }

    private mutating func sent(at now: Duration) {
        unanswered.append(now)
        if unanswered.count > 16 { unanswered.removeFirst() }
    }
}
