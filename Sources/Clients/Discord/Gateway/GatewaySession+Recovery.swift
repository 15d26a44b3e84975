// The ways back (sheet discord.md §1 "Resume", "Invalid Session", §8): first to the old session, so that nothing is
// missed; when it is not to be had, to a new one. Every Resume costs one connection and no Identify; Identifies are few.

internal import Runtime

extension GatewaySession {
    /// After so long Discord has forgotten a session (about 90 s seen); till then a network that is down says nothing
    /// against it.
    static let sessionOutlives = Duration.seconds(90)
    static let mostAttempts = 3
    /// Resumes cost nothing, and a session does not wait: several attempts must fit into the time it lives.
    static let longestResumeWait = Duration.seconds(20)

    /// The line is no more, whoever ended it.
    mutating func lost(
        _ next: AfterClose, _ why: String, after pause: Duration = .zero, at now: Duration,
        _ actions: inout [GatewayAction]
    ) {
        let wasLive = state == .live
        heartbeat = nil
        budgetFreeAt = nil
        actions.warn(why)
        if wasLive { actions.append(.emit(.disconnected(why))) }
        switch next {
        case .stop(let stop):
            phase = .ended
            actions.append(.stop(stop))
        case .intentsRefused:
            retryWithoutContent(at: now, &actions)
        case .identify:
            startOver(after: pause, at: now)
        case .identifyLater:
            backoff.slowDown()
            startOver(after: .seconds(5), at: now)
        case .resume(let attempts):
            comeBack(attempts, after: pause, at: now)
        }
    }

    /// We end the line ourselves. 4000, because after 1000 or 1001 there would be nothing left to resume.
    mutating func breakOff(
        _ next: AfterClose, _ why: String, after pause: Duration = .zero, at now: Duration,
        _ actions: inout [GatewayAction]
    ) {
        actions.append(.close(4000))
        lost(next, why, after: pause, at: now, &actions)
    }

    private mutating func comeBack(_ allowed: Int, after pause: Duration, at now: Duration) {
        guard ticket != nil else { return startOver(after: pause, at: now) }
        if var failed = comeback {
            failed.attempts += 1
            if isOpen { failed.refusals += 1 }
            comeback = failed
            let isHopeless = failed.attempts >= Self.mostAttempts && now > failed.lostAt + Self.sessionOutlives
            if failed.refusals >= failed.allowed || isHopeless { return startOver(after: pause, at: now) }
        } else {
            comeback = Comeback(allowed: min(allowed, Self.mostAttempts), lostAt: now)
        }
        wait(max(pause, min(backoff.next(chance: chance()), Self.longestResumeWait)), then: .resume, at: now)
    }

    /// The old session is gone. The way to a new one begins at GET /gateway/bot, which says whether we may.
    private mutating func startOver(after pause: Duration, at now: Duration) {
        ticket = nil
        comeback = nil
        wait(max(pause, backoff.next(chance: chance())), then: .ask, at: now)
    }

    private mutating func retryWithoutContent(at now: Duration, _ actions: inout [GatewayAction]) {
        guard config.goesOnWithoutContent, intents.contains(.messageContent) else {
            phase = .ended
            actions.append(.stop(.intentsRefused(intents.intersection(.privileged).portalSwitches)))
            return
        }
        intents.remove(.messageContent)
        actions.warn(
            "MESSAGE CONTENT INTENT is switched off in the developer portal: going on without it, by slash and mention;"
                + " switch it on there and start Autoplex again to have the prefix commands")
        actions.append(.emit(.contentIntentRefused))
        startOver(after: .zero, at: now)
    }

    mutating func wait(_ pause: Duration, then step: Step, at now: Duration) {
        phase = .waiting(until: now + pause, then: step)
    }

    mutating func take(_ step: Step, at now: Duration, _ actions: inout [GatewayAction]) {
        switch step {
        case .ask:
            phase = .asking
            actions.append(.ask)
        case .resume:
            // By turns: the resume address belongs to one machine, which may be what is broken.
            let isTurnOfOwn = (comeback?.attempts ?? 0).isMultiple(of: 2)
            let own = ticket?.address
            if let address = isTurnOfOwn ? own ?? address : address ?? own {
                connect(to: address, at: now, &actions)
            } else {
                take(.ask, at: now, &actions)
            }
        }
    }

    mutating func connect(to address: GatewayAddress, at now: Duration, _ actions: inout [GatewayAction]) {
        phase = .connecting(since: now)
        isOpen = false
        heartbeat = nil
        budget = SendBudget()
        numbers.connections += 1
        actions.append(.connect(address.url(config.compression)))
    }
}
