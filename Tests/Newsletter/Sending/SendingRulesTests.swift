// What comes next, and what an answer means: the table of docs/newsletter-sending.md.

import Mail
import Newsletter
import Runtime
import Testing

private let now = Instant(seconds: 1_767_268_800)
private let rules = SendingRules(pace: .seconds(5), mostPerDay: 10)
private func reply(_ code: Int, _ status: String? = nil) -> MailReply {
    MailReply(code: code, status: status, text: "words")
}

@Suite struct `The next step of sending` {
    private func step(
        due: Duration? = .zero, last: Duration? = nil, paused: Duration? = nil, full: Duration? = nil
    ) -> SendingRules.Step {
        rules.step(
            SendingRules.Moment(
                first: due.map { .init(7, at: now + $0) }, lastAttempt: last.map { now - $0 },
                pausedUntil: paused.map { now + $0 }, fullSince: full.map { now - $0 }), now: now)
    }

    @Test func `is the letter that is due`() {
        #expect(step() == .send(7))
        #expect(step(due: .seconds(-90), last: .seconds(5), paused: .seconds(-1), full: .hours(24)) == .send(7))
        #expect(step(due: nil, paused: .hours(1)) == .finished)
    }

    @Test func `waits for whatever takes longest`() {
        #expect(step(last: .seconds(2)) == .wait(until: now + .seconds(3), .pace))
        #expect(step(due: .minutes(5), last: .seconds(2)) == .wait(until: now + .minutes(5), .retry))
        #expect(step(due: .minutes(5), paused: .minutes(9)) == .wait(until: now + .minutes(9), .pause))
        #expect(step(paused: .minutes(9), full: .hours(3)) == .wait(until: now + .hours(21), .dailyCap))
        #expect(step(due: .hours(8), paused: .hours(6)) == .wait(until: now + .hours(8), .retry))
    }

    @Test func `does not wait for a time that a wrong clock has written`() {
        #expect(step(due: .days(365), last: .days(-365), paused: .days(365), full: .days(-365)) == .send(7))
        #expect(step(due: .hours(9)) == .send(7))
        #expect(step(due: .days(365), paused: .minutes(9)) == .wait(until: now + .minutes(9), .pause))
    }
}

@Suite struct `An answer of the mail server` {
    private func end(
        _ error: MailError?, count: Int = 1, since: Duration = .zero, refused: Int = 0,
        _ trouble: SendingRules.Trouble = .init()
    ) -> SendingRules.Consequence {
        rules.consequence(
            of: error, .init(count: count, firstAt: now - since, refusedBefore: refused), trouble, now: now)
    }

    @Test func `that is yes ends the letter and all trouble`() {
        var trouble = SendingRules.Trouble()
        (trouble.count, trouble.refusals, trouble.since) = (3, 4, now)
        let end = end(nil, trouble)
        #expect(end.fate == .sent && end.course == .goesOn && end.trouble == .init() && end.suppresses == nil)
    }

    @Test(arguments: [
        (1, Duration.minutes(5)), (2, .minutes(15)), (3, .hours(1)), (4, .hours(2)), (5, .hours(4)), (6, .hours(8)),
        (9, .hours(8)),
    ])
    func `that is "later" is taken at its word, less and less often`(_ count: Int, _ delay: Duration) {
        let error = MailError.temporary(reply(451, "4.7.1"), isGreylisting: true)
        let end = end(error, count: count)
        #expect(end.fate == .waits(until: now + delay, why: error.description) && end.course == .goesOn)
    }

    @Test func `that is "later" for three days is a no`() {
        let error = MailError.temporary(reply(452), isGreylisting: false)
        #expect(end(error, count: 20, since: .hours(65)).fate == .none(.neverTaken(error.description)))
        #expect(end(error, count: 20, since: .hours(64)).fate != .none(.neverTaken(error.description)))
        #expect(end(error, count: 20, since: .hours(99)).suppresses == nil)
    }

    @Test(arguments: [
        MailError.badCredentials(reply(535)), .refusesUs(reply(550, "5.7.1")), .tls("no"),
    ])
    func `about us stops everything at once and costs nobody a letter`(_ error: MailError) {
        let end = end(error)
        #expect(end.fate == .untouched && end.course == .holds(error.description))
    }

    @Test(arguments: [
        (MailError.unreachable("away"), 0, Duration.minutes(5)), (.timedOut("hangs"), 1, .minutes(15)),
        (.unreachable("away"), 7, .hours(1)), (.tooMany(reply(421)), 0, .minutes(15)),
        (.tooMany(reply(421)), 3, .hours(2)), (.dailyLimit(reply(550, "5.4.5")), 0, .hours(6)),
    ])
    func `that is none lets the server rest, and this letter wait behind the others`(
        _ error: MailError, _ before: Int, _ pause: Duration
    ) {
        var trouble = SendingRules.Trouble()
        trouble.count = before
        trouble.since = before > 0 ? now - .hours(1) : nil
        let end = end(error, trouble)
        #expect(end.course == .pauses && end.trouble.pausedUntil == now + pause && end.trouble.count == before + 1)
        #expect(end.fate == .waits(until: now + pause + .seconds(1), why: error.description))
    }

    @Test func `that is none for three days stops the run, with every letter still to come`() {
        var trouble = SendingRules.Trouble()
        (trouble.count, trouble.since) = (70, now - .hours(72))
        let end = end(.unreachable("away"), count: 9, since: .hours(72), trouble)
        guard case .holds = end.course else {
            Issue.record("\(end.course)")
            return
        }
        #expect(end.fate == .untouched)
    }

    @Test func `that came to nobody is not asked for again`() {
        let end = end(.uncertain("lost"))
        #expect(end.fate == .unclear(MailError.uncertain("lost").description) && end.course == .pauses)
    }

    @Test func `that refuses a mailbox ends it when there is none, or at the second time`() {
        let nobody = end(.permanentRecipient(reply(550, "5.1.1")))
        #expect(nobody.fate == .none(.mailboxRefused("550 5.1.1 words")) && nobody.suppresses == "550 5.1.1 words")
        #expect(nobody.course == .goesOn && nobody.trouble.refusals == 0)
        let once = end(.permanentRecipient(reply(550, "5.7.1")))
        #expect(once.fate == .none(.mailboxRefused("550 5.7.1 words")) && once.suppresses == nil)
        #expect(end(.permanentRecipient(reply(550)), refused: 1).suppresses != nil)
    }

    @Test func `that refuses one letter after the other is about us`() {
        var trouble = SendingRules.Trouble()
        for number in 1...5 {
            let end = end(.permanentMessage(reply(554, "5.7.1")), trouble)
            if number < 5 {
                #expect(end.course == .goesOn)
            } else if case .holds(let why) = end.course {
                #expect(why.contains("554"))
            } else {
                Issue.record("the fifth refusal in a row must stop the run")
            }
            trouble = end.trouble
        }
    }

    @Test func `is not waited for where the program stops`() {
        let end = end(.cancelled)
        #expect(end.fate == .untouched && end.course == .breaksOff)
    }

    @Test func `never comes for a letter that cannot be made`() {
        let attempt = SendingRules.Attempt(count: 1, firstAt: now)
        let first = rules.consequence(ofNotMaking: "no font", attempt, .init(), now: now)
        #expect(first.fate == .waits(until: now + .minutes(5), why: "no font"))
        let last = rules.consequence(ofNotMaking: "no font", .init(count: 4, firstAt: now), .init(), now: now)
        #expect(last.fate == .none(.notMade("no font")) && last.trouble.refusals == 1)
    }
}
