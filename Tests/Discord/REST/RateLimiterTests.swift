// The rate limiter by itself, on a clock that the test moves.

import Runtime
import Testing

@testable import Discord

/// A limiter, a clock and shorthand for both.
private struct Bench {
    var limiter = RateLimiter()
    var now: Duration = .seconds(1000)

    mutating func join(_ route: RateLimiter.Route) -> RateLimiter.Ticket { limiter.join(route, now: now) }
    mutating func ask(_ ticket: RateLimiter.Ticket) -> RateLimiter.Verdict { limiter.next(ticket, now: now) }
    mutating func answer(_ ticket: RateLimiter.Ticket, _ answer: RateAnswer) {
        limiter.answered(ticket, answer, now: now)
    }

    /// Joins and asks once.
    mutating func tried(_ route: RateLimiter.Route) -> (ticket: RateLimiter.Ticket, verdict: RateLimiter.Verdict) {
        let ticket = join(route)
        return (ticket, ask(ticket))
    }

    /// One request from start to answer.
    mutating func run(_ route: RateLimiter.Route, _ reply: RateAnswer) {
        let ticket = join(route)
        #expect(ask(ticket) == .go)
        answer(ticket, reply)
    }
}

private func write(_ channel: UInt64) -> RateLimiter.Route {
    RateLimiter.Route(method: "POST", template: "/channels/{}/messages", major: .channel(Snowflake(channel)))
}

private func delete(_ channel: UInt64) -> RateLimiter.Route {
    RateLimiter.Route(method: "DELETE", template: "/channels/{}/messages/{}", major: .channel(Snowflake(channel)))
}

private func answerTo(_ token: String) -> RateLimiter.Route {
    RateLimiter.Route(method: "PATCH", template: "/webhooks/{}/{}/messages/@original", major: .interaction(token))
}

private func told(
    _ remaining: Int, of limit: Int = 5, resetAfter: Duration = .seconds(5), hash: String? = "abc",
    _ kind: RateAnswer.Kind = .fine
) -> RateAnswer {
    RateAnswer(
        hash: hash, headers: .init(limit: limit, remaining: remaining, resetAfter: resetAfter), kind: kind)
}

@Suite struct RateLimiterTests {
    @Test func `one request goes first while nothing is known, and its answer lets the others go`() {
        var bench = Bench()
        let first = bench.tried(write(1))
        let second = bench.tried(write(1))
        #expect(first.verdict == .go)
        #expect(second.verdict == .queue)
        _ = bench.limiter.takeWoken()
        bench.answer(first.ticket, told(4))
        #expect(bench.limiter.takeWoken() == [second.ticket])
        #expect(bench.ask(second.ticket) == .go)
    }

    @Test func `a spent bucket waits for Reset-After and then has its limit again`() {
        var bench = Bench()
        bench.run(write(1), told(0, of: 2, resetAfter: .seconds(5)))
        let next = bench.tried(write(1))
        #expect(next.verdict == .wait(.seconds(5)))
        bench.now += .seconds(4)
        #expect(bench.ask(next.ticket) == .wait(.seconds(1)))
        bench.now += .seconds(1)
        #expect(bench.ask(next.ticket) == .go)
        #expect(bench.tried(write(1)).verdict == .go)
        #expect(bench.tried(write(1)).verdict == .queue)
    }

    @Test func `what is sent counts before its answer comes`() {
        var bench = Bench()
        bench.run(write(1), told(2))
        #expect(bench.tried(write(1)).verdict == .go)
        #expect(bench.tried(write(1)).verdict == .go)
        #expect(bench.tried(write(1)).verdict == .wait(.seconds(5)))
    }

    @Test func `answers that overtake each other never raise what remains`() {
        var bench = Bench()
        bench.run(write(1), told(3))
        let older = bench.tried(write(1)).ticket
        let newer = bench.tried(write(1)).ticket
        bench.answer(newer, told(0))
        bench.answer(older, told(2))
        #expect(bench.tried(write(1)).verdict == .wait(.seconds(5)))
    }

    @Test func `an answer from the window before does not spend the new one`() {
        var bench = Bench()
        bench.run(write(1), told(2, of: 3, resetAfter: .seconds(1)))
        let late = bench.tried(write(1)).ticket
        bench.now += .seconds(2)
        #expect(bench.tried(write(1)).verdict == .go)
        bench.answer(late, told(0, of: 3))
        #expect(bench.tried(write(1)).verdict == .go)
    }

    @Test func `channels are counted apart under one hash`() {
        var bench = Bench()
        bench.run(write(1), told(0))
        #expect(bench.tried(write(1)).verdict == .wait(.seconds(5)))
        #expect(bench.tried(write(2)).verdict == .go)
    }

    @Test func `routes with the same hash share one count`() {
        var bench = Bench()
        bench.run(write(1), told(3, hash: "shared"))
        bench.run(delete(1), told(0, hash: "shared"))
        #expect(bench.tried(write(1)).verdict == .wait(.seconds(5)))
    }

    @Test func `who waited under the route's name waits under the hash`() {
        var bench = Bench()
        let known = bench.tried(write(1)).ticket
        let other = bench.tried(write(2)).ticket
        let waiting = bench.tried(write(2))
        #expect(waiting.verdict == .queue)
        bench.answer(known, told(4))
        #expect(bench.ask(waiting.ticket) == .queue)
        bench.answer(other, told(0))
        #expect(bench.ask(waiting.ticket) == .wait(.seconds(5)))
    }

    @Test func `a route whose hash alternates keeps going`() {
        var bench = Bench()
        for round in 0..<6 {
            bench.run(delete(1), told(4, hash: round % 2 == 0 ? "one" : "two"))
            bench.now += .seconds(6)
        }
        #expect(bench.limiter.bucketCount <= 2)
    }

    @Test func `a route without headers is not limited`() {
        var bench = Bench()
        bench.run(write(1), RateAnswer())
        for _ in 0..<10 { #expect(bench.tried(write(1)).verdict == .go) }
    }

    @Test func `a refusal without headers does not mean that there are no limits`() {
        var bench = Bench()
        bench.run(write(1), RateAnswer())
        bench.run(write(1), RateAnswer(kind: .limited(.bucket, .seconds(1))))
        bench.now += .seconds(1)
        #expect(bench.tried(write(1)).verdict == .go)
        #expect(bench.tried(write(1)).verdict == .queue)
    }

    @Test func `a lost answer frees the way without teaching anything`() {
        var bench = Bench()
        bench.run(write(1), .lost)
        #expect(bench.tried(write(1)).verdict == .go)
        #expect(bench.tried(write(1)).verdict == .queue)
    }

    @Test func `a bucket whose answers were all lost is tried again`() {
        var bench = Bench()
        bench.run(write(1), told(0, of: 1, resetAfter: .seconds(1)))
        bench.now += .seconds(1)
        bench.run(write(1), .lost)
        #expect(bench.tried(write(1)).verdict == .go)
    }

    @Test func `a cancelled request makes room for the next`() {
        var bench = Bench()
        bench.run(write(1), told(0))
        let head = bench.tried(write(1)).ticket
        let next = bench.tried(write(1))
        #expect(next.verdict == .queue)
        _ = bench.limiter.takeWoken()
        bench.limiter.leave(head)
        #expect(bench.limiter.takeWoken() == [next.ticket])
        #expect(bench.ask(next.ticket) == .wait(.seconds(5)))
    }

    // MARK: 429

    @Test func `a refused bucket waits as long as the body says, and no other waits`() {
        var bench = Bench()
        // Reset-After can be far shorter than retry_after.
        bench.run(write(1), told(0, resetAfter: .seconds(64), .limited(.bucket, .seconds(1336))))
        #expect(bench.tried(write(1)).verdict == .wait(.seconds(1336)))
        #expect(bench.tried(write(2)).verdict == .go)
    }

    @Test func `the refused request goes before those that came later`() {
        var bench = Bench()
        bench.run(write(1), told(5, of: 5))
        let first = bench.tried(write(1)).ticket
        bench.answer(first, told(0, .limited(.bucket, .seconds(2))))
        let later = bench.join(write(1))
        let again = bench.limiter.join(write(1), again: true, now: bench.now)
        bench.now += .seconds(10)
        #expect(bench.ask(later) == .queue)
        #expect(bench.ask(again) == .go)
        #expect(bench.ask(later) == .go)
    }

    @Test func `a global refusal stops everything but interactions`() {
        var bench = Bench()
        bench.run(write(1), told(4, .limited(.global, .seconds(3))))
        #expect(bench.tried(write(1)).verdict == .wait(.seconds(3)))
        #expect(bench.tried(write(2)).verdict == .wait(.seconds(3)))
        #expect(bench.tried(answerTo("token")).verdict == .go)
    }

    @Test func `at most 45 leave in any second, and interactions are not counted`() {
        var bench = Bench()
        for channel in 1...45 { #expect(bench.tried(write(UInt64(channel))).verdict == .go) }
        for number in 1...60 { #expect(bench.tried(answerTo("token \(number)")).verdict == .go) }
        let next = bench.tried(write(99))
        #expect(next.verdict == .wait(.seconds(1)))
        bench.now += .seconds(1)
        #expect(bench.ask(next.ticket) == .go)
    }

    @Test func `a burst in the midst of a second leaves no more than 45 in the second after it`() {
        var bench = Bench()
        var channel: UInt64 = 0
        var sent: [Duration] = []
        for _ in 0..<40 {
            for _ in 0..<5 {
                channel += 1
                if bench.tried(write(channel)).verdict == .go { sent.append(bench.now) }
            }
            bench.now += .milliseconds(50)
        }
        for time in sent {
            #expect(sent.count { $0 >= time && $0 < time + .seconds(1) } <= 45)
        }
        #expect(sent.count == 90)
    }

    // MARK: What would lead to a ban

    @Test func `an unknown bot token stops all further requests`() {
        var bench = Bench()
        let waiting = bench.tried(write(1)).ticket
        let parked = bench.tried(write(1)).ticket
        bench.answer(waiting, RateAnswer(kind: .refused(isTokenUnknown: true)))
        #expect(bench.limiter.takeWoken().contains(parked))
        #expect(bench.ask(parked) == .refused(.unauthorized))
        #expect(bench.tried(write(2)).verdict == .refused(.unauthorized))
    }

    @Test func `an expired interaction stops only itself`() {
        var bench = Bench()
        bench.run(answerTo("old"), RateAnswer(kind: .refused(isTokenUnknown: true)))
        #expect(bench.tried(answerTo("old")).verdict == .refused(.deadToken))
        #expect(bench.tried(answerTo("new")).verdict == .go)
        #expect(bench.tried(write(1)).verdict == .go)
    }

    @Test func `a token that is not found is never used again, and is forgotten when it has expired anyway`() {
        var bench = Bench()
        bench.run(answerTo("gone"), RateAnswer(kind: .deadToken))
        #expect(bench.tried(answerTo("gone")).verdict == .refused(.deadToken))
        bench.now += .minutes(21)
        #expect(bench.tried(answerTo("gone")).verdict == .go)
    }

    @Test(arguments: [RateAnswer.Kind.refused(isTokenUnknown: false), .limited(.bucket, .zero)])
    func `a thousand refusals in ten minutes stop the asking until they are old`(kind: RateAnswer.Kind) {
        var bench = Bench()
        for _ in 0..<1000 {
            bench.run(write(1), RateAnswer(kind: kind))
            bench.now += .milliseconds(100)
        }
        guard case .refused(.tooManyInvalid(let pause)) = bench.tried(write(1)).verdict else {
            Issue.record("not stopped")
            return
        }
        #expect(pause > .minutes(8) && pause < .minutes(11))
        #expect(bench.tried(answerTo("token")).verdict == .refused(.tooManyInvalid(for: pause)))
        bench.now += pause
        #expect(bench.tried(write(1)).verdict == .go)
    }

    @Test func `a few refusals now and then stop nothing`() {
        var bench = Bench()
        for _ in 0..<5000 {
            bench.run(write(1), RateAnswer(kind: .refused(isTokenUnknown: false)))
            bench.now += .seconds(1)
        }
    }

    @Test func `a ban by Cloudflare stops everything for its time`() {
        var bench = Bench()
        bench.run(write(1), RateAnswer(kind: .banned(.minutes(15))))
        #expect(bench.tried(write(2)).verdict == .refused(.banned(for: .minutes(15))))
        #expect(bench.tried(answerTo("token")).verdict == .refused(.banned(for: .minutes(15))))
        bench.now += .minutes(15)
        #expect(bench.tried(write(2)).verdict == .go)
    }

    // MARK: Memory

    @Test func `idle buckets are dropped, busy and blocked ones are not`() {
        var bench = Bench()
        for number in 0..<2000 { bench.run(answerTo("token \(number)"), told(4)) }
        let busy = bench.tried(answerTo("busy")).ticket
        bench.run(write(1), told(0, .limited(.bucket, .minutes(30))))
        #expect(bench.limiter.bucketCount >= 2000)
        bench.now += .minutes(2)
        let late = bench.tried(write(1))
        #expect(late.verdict == .wait(.minutes(28)))
        #expect(bench.limiter.bucketCount == 2)
        bench.answer(busy, told(4))
    }
}
