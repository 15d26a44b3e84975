// What to do next with an issue that is being sent, and what an answer of the mail server means for the letter, its
// reader and the run. Pure: the post (NewsletterPost) looks, asks here, and does it.

package import Mail
package import Runtime

package struct SendingRules: Sendable {
    /// As long as mail servers keep trying (RFC 5321 §4.5.4.1 asks for four to five days; a weekly letter is old by then).
    package static let givesUpAfter = Duration.hours(72)
    /// That many refused for good, one after the other: it is us, not them.
    package static let mostRefusals = 5
    static let mostMakings = 4
    static let longestPause = Duration.hours(6)

    package let pace: Duration
    package let mostPerDay: Int?

    package init(pace: Duration, mostPerDay: Int?) {
        self.pace = pace
        self.mostPerDay = mostPerDay
    }

    // MARK: What comes next

    /// How things stand.
    package struct Moment: Hashable, Sendable {
        package struct Due: Hashable, Sendable {
            package var person: Int64
            package var at: Instant

            package init(_ person: Int64, at: Instant) {
                self.person = person
                self.at = at
            }
        }

        /// The letter that is due first of those that wait.
        package var first: Due?
        package var lastAttempt: Instant?
        package var pausedUntil: Instant?
        /// When the last letter but `mostPerDay` − 1 went out: it is the one that leaves no room.
        package var fullSince: Instant?

        package init(
            first: Due?, lastAttempt: Instant? = nil, pausedUntil: Instant? = nil, fullSince: Instant? = nil
        ) {
            self.first = first
            self.lastAttempt = lastAttempt
            self.pausedUntil = pausedUntil
            self.fullSince = fullSince
        }
    }

    package enum Waiting: String, Hashable, Sendable {
        case pace, retry, pause, dailyCap

        package var sentence: String {
            switch self {
            case .pace: "a moment between two letters"
            case .retry: "mail servers asked to come back later"
            case .pause: "the mail server had trouble"
            case .dailyCap: "as many letters as may go out in a day have gone out"
            }
        }
    }

    package enum Step: Hashable, Sendable {
        case send(Int64)
        case wait(until: Instant, Waiting)
        case finished
    }

    package func step(_ moment: Moment, now: Instant) -> Step {
        guard let first = moment.first else { return .finished }
        let obstacles: [(until: Instant?, Waiting, most: Duration)] = [
            (first.at, .retry, Self.delay(.max)), (moment.lastAttempt.map { $0 + pace }, .pace, pace),
            (moment.pausedUntil, .pause, Self.longestPause),
            (moment.fullSince.map { $0 + .days(1) }, .dailyCap, .days(1)),
        ]
        // What is further off than anything is ever put off was written by a clock that has been put right since.
        let longest = obstacles.compactMap { obstacle in
            obstacle.until.flatMap { $0 - now > obstacle.most + .seconds(1) ? nil : ($0, obstacle.1) }
        }.max { $0.0 < $1.0 }
        if let (until, why) = longest, until > now { return .wait(until: until, why) }
        return .send(first.person)
    }

    // MARK: What an answer means

    package struct Attempt: Hashable, Sendable {
        /// With this one.
        package var count: Int
        package var firstAt: Instant
        /// How many issues before, in a row, this mailbox refused for good.
        package var refusedBefore: Int

        package init(count: Int, firstAt: Instant, refusedBefore: Int = 0) {
            self.count = count
            self.firstAt = firstAt
            self.refusedBefore = refusedBefore
        }
    }

    /// The run's, in a row.
    package struct Trouble: Hashable, Sendable {
        package var count = 0
        package var since: Instant?
        package var refusals = 0
        package var pausedUntil: Instant?

        package init() {}
    }

    package enum Fate: Hashable, Sendable {
        case sent
        case none(NoLetter)
        /// It may have arrived; it is not sent again.
        case unclear(String)
        case waits(until: Instant, why: String)
        /// As if it had not been tried.
        case untouched
    }

    package enum Course: Hashable, Sendable {
        case goesOn
        case pauses
        /// Until an admin says go on.
        case holds(String)
        case breaksOff
    }

    package struct Consequence: Hashable, Sendable {
        package var fate: Fate
        package var course: Course
        package var trouble: Trouble
        /// Nothing more to this address, because of these words.
        package var suppresses: String?
    }

    /// `error` is nil where the server took the letter.
    package func consequence(
        of error: MailError?, _ attempt: Attempt, _ trouble: Trouble, now: Instant
    ) -> Consequence {
        guard let error else { return Consequence(fate: .sent, course: .goesOn, trouble: Trouble()) }
        switch (error.course, error) {
        case (.stop, _):
            return Consequence(fate: .untouched, course: .holds(error.description), trouble: trouble)
        case (.cancelled, _):
            return Consequence(fate: .untouched, course: .breaksOff, trouble: trouble)
        case (.leaveAsItIs, _):
            var end = refused(.unclear(error.description), error.description, trouble)
            if end.course == .goesOn { pause(&end, for: error, now: now) }
            return end
        case (.giveUpOnPerson, .permanentRecipient(let reply)):
            var end = refused(.none(.mailboxRefused(reply.description)), error.description, trouble)
            if ConsentRules.saysNobodyIsThere(reply) {
                end = Consequence(fate: end.fate, course: .goesOn, trouble: Trouble())
            }
            if ConsentRules.suppresses(reply, refusedBefore: attempt.refusedBefore) {
                end.suppresses = reply.description
            }
            return end
        case (.giveUpOnPerson, _), (.giveUpOnLetter, _):
            return refused(.none(.letterRefused(error.description)), error.description, trouble)
        case (.later, _):
            return Consequence(
                fate: later(attempt, why: error.description, now: now), course: .goesOn, trouble: Trouble())
        case (.pause, _):
            var end = Consequence(fate: .untouched, course: .goesOn, trouble: trouble)
            pause(&end, for: error, now: now)
            guard end.course == .pauses, let until = end.trouble.pausedUntil else { return end }
            // Behind the others: perhaps it is this letter that the server hangs on.
            end.fate =
                now - attempt.firstAt >= Self.givesUpAfter
                ? .none(.neverTaken(error.description))
                : .waits(until: until + .seconds(1), why: error.description)
            return end
        }
    }

    /// The letter could not be made.
    package func consequence(
        ofNotMaking why: String, _ attempt: Attempt, _ trouble: Trouble, now: Instant
    ) -> Consequence {
        if attempt.count < Self.mostMakings {
            let until = now + Self.delay(attempt.count)
            return Consequence(fate: .waits(until: until, why: why), course: .goesOn, trouble: trouble)
        }
        return refused(.none(.notMade(why)), "letters cannot be made: \(why)", trouble)
    }

    /// The door said no: a cap, or what had to be noted could not be.
    package func consequence(ofRefusal why: String, _ trouble: Trouble, now: Instant) -> Consequence {
        var end = Consequence(fate: .untouched, course: .pauses, trouble: trouble)
        end.trouble.pausedUntil = now + .hours(1)
        return end
    }

    private func refused(_ fate: Fate, _ why: String, _ trouble: Trouble) -> Consequence {
        var end = Consequence(fate: fate, course: .goesOn, trouble: trouble)
        end.trouble.refusals += 1
        if end.trouble.refusals >= Self.mostRefusals {
            end.course = .holds("the last \(Self.mostRefusals) letters were refused or lost; the last: \(why)")
        }
        return end
    }

    private func later(_ attempt: Attempt, why: String, now: Instant) -> Fate {
        let until = now + Self.delay(attempt.count)
        return until - attempt.firstAt > Self.givesUpAfter
            ? .none(.neverTaken(why)) : .waits(until: until, why: why)
    }

    private func pause(_ end: inout Consequence, for error: MailError, now: Instant) {
        let since = end.trouble.since ?? now
        end.trouble.since = since
        end.trouble.count += 1
        if now - since >= Self.givesUpAfter {
            end.course = .holds("the mail server had trouble for three days; the last: \(error.description)")
            return
        }
        let delay: Duration =
            switch error {
            case .dailyLimit: Self.longestPause
            case .tooMany: max(.minutes(15), Self.delay(end.trouble.count))
            default: min(.hours(1), Self.delay(end.trouble.count))
            }
        end.course = .pauses
        end.trouble.pausedUntil = now + delay
    }

    /// Greylisting ends after minutes, a full mailbox after hours.
    package static func delay(_ attempts: Int) -> Duration {
        switch attempts {
        case ...1: .minutes(5)
        case 2: .minutes(15)
        case 3: .hours(1)
        case 4: .hours(2)
        case 5: .hours(4)
        default: .hours(8)
        }
    }
}
