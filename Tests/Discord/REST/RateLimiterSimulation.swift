// The limiter against the stand-in's limits, with a network in between that delays and reorders: nothing may be refused,
// and hardly any time lost. Both sides are pure, so minutes pass in no time.

import HTTP
import Runtime
import StandIns
import Testing

@testable import Discord

@Suite struct RateLimiterSimulation {
    @Test(arguments: 1...20)
    func `nothing is refused however the network delays and reorders`(seed: UInt64) {
        var network = Network(seed: seed)
        for channel in 1...4 {
            for number in 0..<30 {
                network.submit("POST", "/channels/{}/messages", Snowflake(UInt64(channel)), at: .milliseconds(number))
            }
            for number in 0..<20 {
                network.submit(
                    "PATCH", "/channels/{}/messages/{}", Snowflake(UInt64(channel)), at: .milliseconds(100 * number))
            }
            network.submit("POST", "/channels/{}/typing", Snowflake(UInt64(channel)), at: .seconds(channel))
        }
        network.run()
        #expect(network.refused == 0)
        #expect(network.answered == 4 * 51)
        // Thirty posts are six windows of five seconds; the last is answered soon after it begins.
        #expect(network.now < .seconds(28))
    }

    @Test func `a refusal without headers slows down and teaches nothing false`() {
        var network = Network(seed: 7)
        for number in 0..<20 {
            network.submit("POST", "/channels/{}/messages", 1, at: .milliseconds(number))
        }
        network.server.force(.user, on: "POST /channels/{}/messages", retryAfter: .seconds(8), times: 1)
        network.run()
        #expect(network.refused == 1)
        #expect(network.answered == 20)
    }
}

/// Events in order of time, between a limiter and the stand-in's counters.
private struct Network {
    enum Step {
        case ask(RateLimiter.Ticket)
        case arrive(RateLimiter.Ticket)
        case answer(RateLimiter.Ticket, RateAnswer)
        case submit(RateLimiter.Route)
    }

    var limiter = RateLimiter()
    var server = RateLimitBook()
    var now: Duration = .zero
    var refused = 0
    var answered = 0
    private var steps: [(at: Duration, order: Int, step: Step)] = []
    private var routes: [RateLimiter.Ticket: RateLimiter.Route] = [:]
    private var order = 0
    private var random: Random

    init(seed: UInt64) { random = Random(state: seed) }

    mutating func submit(_ method: String, _ template: String, _ channel: Snowflake, at time: Duration) {
        schedule(.submit(.init(method: method, template: template, major: .channel(channel))), at: time)
    }

    private mutating func schedule(_ step: Step, at time: Duration) {
        order += 1
        steps.append((time, order, step))
    }

    /// From here to there: mostly quick, now and then not.
    private mutating func delay() -> Duration {
        .milliseconds(Int64.random(in: 0..<10, using: &random) == 0 ? .random(in: 100...600, using: &random) : 20)
    }

    mutating func run() {
        while let next = steps.indices.min(by: { (steps[$0].at, steps[$0].order) < (steps[$1].at, steps[$1].order) }) {
            let (time, _, step) = steps.remove(at: next)
            now = max(now, time)
            perform(step)
            for ticket in limiter.takeWoken() { schedule(.ask(ticket), at: now) }
        }
    }

    private mutating func perform(_ step: Step) {
        switch step {
        case .submit(let route): start(route, again: false)
        case .ask(let ticket):
            switch limiter.next(ticket, now: now) {
            case .go: schedule(.arrive(ticket), at: now + delay())
            case .wait(let pause): schedule(.ask(ticket), at: now + pause)
            case .queue: break
            case .refused: refused += 1
            }
        case .arrive(let ticket):
            guard let route = routes[ticket] else { return }
            schedule(.answer(ticket, admit(route)), at: now + delay())
        case .answer(let ticket, let answer):
            limiter.answered(ticket, answer, now: now)
            guard let route = routes.removeValue(forKey: ticket) else { return }
            if case .limited = answer.kind {
                refused += 1
                start(route, again: true)
            } else {
                answered += 1
            }
        }
    }

    private mutating func start(_ route: RateLimiter.Route, again: Bool) {
        let ticket = limiter.join(route, again: again, now: now)
        routes[ticket] = route
        schedule(.ask(ticket), at: now)
    }

    private mutating func admit(_ route: RateLimiter.Route) -> RateAnswer {
        let clock = Instant(seconds: 1_767_268_800) + now
        switch server.admit(route: route.name, major: "\(route)", isExempt: route.isInteraction, now: clock) {
        case .pass(let headers):
            return RateAnswer(HTTPResponse(status: 200, headers: HTTPHeaders(headers.map { ($0.0, $0.1) }), body: []))
        case .limited(_, let pause, _): return RateAnswer(kind: .limited(.bucket, pause))
        case .banned: return RateAnswer(kind: .banned(.minutes(15)))
        }
    }

    /// Marsaglia's xorshift: the same numbers for the same seed.
    struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }
}
