// The rules of a gateway session (sheet discord.md §1) as a pure machine: what happened goes in, with the time and a
// source of chance; what to do comes out. It outlives connections: that is its purpose. Frames are in
// GatewaySession+Frames, the ways back after a loss in GatewaySession+Recovery.

internal import Runtime

package struct GatewaySession: Sendable {
    static let connectWithin = Duration.seconds(60)
    static let readyWithin = Duration.seconds(60)
    /// A session that lived so long has held: back-off starts over.
    static let heldAfter = Duration.seconds(120)

    enum Phase: Equatable, Sendable {
        case new
        /// For the answer of GET /gateway/bot.
        case asking
        case waiting(until: Duration, then: Step)
        /// Until Hello.
        case connecting(since: Duration)
        case awaitingTurn
        case identifying(at: Duration)
        case identified(since: Duration)
        case resuming(since: Duration)
        case live(since: Duration, hasHeld: Bool)
        /// Left by ourselves.
        case left
        /// Discord said not to come again.
        case ended
    }

    enum Step: Equatable, Sendable { case ask, resume }

    /// What Discord gave us to come back with.
    struct Ticket: Equatable, Sendable {
        var id: String
        var address: GatewayAddress?
        /// The highest `s` received.
        var sequence: Int64
    }

    /// The attempts to come back since the line was lost.
    struct Comeback: Equatable, Sendable {
        var allowed: Int
        var lostAt: Duration
        var attempts = 0
        /// Attempts in which the line stood and yet the session was not taken up.
        var refusals = 0
    }

    let config: GatewayConfig
    let chance: @Sendable () -> Double
    var phase = Phase.new
    var intents: Intents
    var presence: Presence?
    var isPresenceWaiting = false
    var ticket: Ticket?
    var comeback: Comeback?
    var address: GatewayAddress?
    var maxConcurrency = 1
    var heartbeat: Heartbeat?
    var budget = SendBudget()
    var budgetFreeAt: Duration?
    var backoff = ReconnectBackoff()
    /// The line of this attempt stood: a failure is the session's and not the network's.
    var isOpen = false
    /// A frame that could not be read has already cost one reconnect; another one is left out instead.
    var hasReconnectedForGarbage = false
    var numbers = GatewayNumbers()

    package init(config: GatewayConfig, chance: @escaping @Sendable () -> Double) {
        self.config = config
        self.chance = chance
        intents = config.intents
        presence = config.presence
    }

    // MARK: What it is doing

    package var state: GatewayHealth.State {
        switch phase {
        case .new, .left: .offline
        case .waiting: .waiting
        case .live: .live
        case .ended: .stopped
        case .asking, .connecting, .awaitingTurn, .identifying, .identified, .resuming: .connecting
        }
    }

    package var latency: Duration? { heartbeat?.latency }
    package var readsContent: Bool { intents.contains(.messageContent) }

    /// There is a connection, or one being made, whose news are ours.
    var hasLine: Bool {
        switch phase {
        case .connecting, .awaitingTurn, .identifying, .identified, .resuming, .live: true
        case .new, .asking, .waiting, .left, .ended: false
        }
    }

    /// When `tick` wants to be called, if nothing happens before.
    package var deadline: Duration? {
        var soonest: Duration?
        switch phase {
        case .waiting(let until, _): soonest = until
        case .connecting(let since): soonest = since + Self.connectWithin
        case .identifying(let at): soonest = at
        case .identified(let since), .resuming(let since): soonest = since + Self.readyWithin
        case .live(let since, false): soonest = since + Self.heldAfter
        case .new, .asking, .awaitingTurn, .live, .left, .ended: break
        }
        for other in [heartbeat?.deadline, budgetFreeAt] {
            if let other { soonest = min(other, soonest ?? other) }
        }
        return soonest
    }

    // MARK: What happened

    package mutating func begin() -> [GatewayAction] {
        guard phase == .new else { return [] }
        phase = .asking
        return [.ask]
    }

    package mutating func informed(_ info: GatewayInfo, at now: Duration) -> [GatewayAction] {
        guard phase == .asking else { return [] }
        var actions: [GatewayAction] = []
        maxConcurrency = info.session.maxConcurrency
        guard let address = GatewayAddress(info.url) else {
            wait(backoff.next(chance: chance()), then: .ask, at: now)
            actions.warn("Discord named a gateway address that is none: trying again")
            return actions
        }
        self.address = address
        if let pause = IdentifyBudget.wait(info.session) {
            wait(pause, then: .ask, at: now)
            actions.warn(
                "Discord allows this token only \(info.session.remaining) more logins for now, so none is spent;"
                    + " asking again in \(pause.components.seconds) s")
            return actions
        }
        connect(to: address, at: now, &actions)
        return actions
    }

    /// GET /gateway/bot failed for a reason that may pass.
    package mutating func uninformed(_ why: String, at now: Duration) -> [GatewayAction] {
        guard phase == .asking else { return [] }
        let pause = backoff.next(chance: chance())
        // Not at once, even the first time: whoever answers REST has just failed.
        wait(max(pause, .seconds(1)), then: .ask, at: now)
        return [.note(SessionNote(level: .warning, text: "the gateway's address could not be had: \(why)"))]
    }

    package mutating func opened(at now: Duration) -> [GatewayAction] {
        if case .connecting = phase { isOpen = true }
        return []
    }

    /// The line is gone: closed by Discord with `code`, or (nil) lost or never made.
    package mutating func closed(code: UInt16?, _ why: String, at now: Duration) -> [GatewayAction] {
        guard hasLine else { return [] }
        var actions: [GatewayAction] = []
        lost(AfterClose(code: code, shard: config.shard), AfterClose.sentence(code, why), at: now, &actions)
        return actions
    }

    /// The answer to `.awaitTurn`.
    package mutating func turnComes(in pause: Duration, at now: Duration) -> [GatewayAction] {
        guard phase == .awaitingTurn else { return [] }
        phase = .identifying(at: now + pause)
        return pause > .zero ? [] : tick(at: now)
    }

    /// Time has passed.
    package mutating func tick(at now: Duration) -> [GatewayAction] {
        var actions: [GatewayAction] = []
        switch phase {
        case .waiting(let until, let step) where now >= until:
            take(step, at: now, &actions)
        case .connecting(let since) where now >= since + Self.connectWithin:
            breakOff(.patiently, "Discord did not say hello", at: now, &actions)
        case .identifying(let at) where now >= at:
            phase = .identified(since: now)
            numbers.identifies += 1
            isPresenceWaiting = false
            send(.identify(config, intents: intents, presence: presence), at: now, &actions)
        case .identified(let since) where now >= since + Self.readyWithin:
            breakOff(.identify, "Discord did not answer the login", at: now, &actions)
        case .resuming(let since) where now >= since + Self.readyWithin:
            breakOff(.patiently, "Discord did not take the session up again", at: now, &actions)
        case .live(let since, false) where now >= since + Self.heldAfter:
            phase = .live(since: since, hasHeld: true)
            backoff.reset()
            hasReconnectedForGarbage = false
        default: break
        }
        beat(at: now, &actions)
        if let budgetFreeAt, now >= budgetFreeAt { sendPresence(at: now, &actions) }
        return actions
    }

    package mutating func show(_ presence: Presence, at now: Duration) -> [GatewayAction] {
        guard presence != self.presence else { return [] }
        self.presence = presence
        isPresenceWaiting = true
        var actions: [GatewayAction] = []
        sendPresence(at: now, &actions)
        return actions
    }

    /// The program ends. 1000 tells Discord that the bot goes offline and the session is over.
    package mutating func leave() -> [GatewayAction] {
        // What has been ended by Discord stays so: the status card tells why.
        guard phase != .ended else { return [] }
        let hadLine = hasLine
        phase = .left
        heartbeat = nil
        budgetFreeAt = nil
        return hadLine ? [.close(1000)] : []
    }

    /// Discord's REST side said that the token is wrong.
    package mutating func giveUp(_ stop: GatewayStop) -> [GatewayAction] {
        guard phase == .asking else { return [] }
        phase = .ended
        return [.stop(stop)]
    }

    // MARK: Sending

    private mutating func beat(at now: Duration, _ actions: inout [GatewayAction]) {
        guard hasLine else { return }
        switch heartbeat?.tick(at: now) {
        case .beat: sendHeartbeat(at: now, &actions)
        case .dead(let why): breakOff(.patiently, why, at: now, &actions)
        case .nothing, nil: break
        }
    }

    mutating func sendHeartbeat(at now: Duration, _ actions: inout [GatewayAction]) {
        budget.noteHeartbeat(at: now)
        actions.append(.send(.heartbeat(ticket?.sequence)))
    }

    /// Only the newest presence matters, so no queue can grow behind the budget.
    mutating func sendPresence(at now: Duration, _ actions: inout [GatewayAction]) {
        guard isPresenceWaiting, let presence, case .live = phase else {
            budgetFreeAt = nil
            return
        }
        if let pause = budget.take(at: now) {
            budgetFreeAt = now + pause
            return
        }
        budgetFreeAt = nil
        isPresenceWaiting = false
        put(.presence(presence), &actions)
    }

    mutating func send(_ payload: GatewayPayload, at now: Duration, _ actions: inout [GatewayAction]) {
        // Identify and Resume come first on a connection: its budget is whole, and they are only counted.
        _ = budget.take(at: now)
        put(payload, &actions)
    }

    private func put(_ payload: GatewayPayload, _ actions: inout [GatewayAction]) {
        guard (1...SendBudget.largest).contains(payload.bytes.count) else {
            actions.warn("a payload (\(payload)) is larger than Discord takes: not sent")
            return
        }
        actions.append(.send(payload))
    }
}

/// For metrics.
package struct GatewayNumbers: Equatable, Sendable {
    package var connections = 0
    package var identifies = 0
    package var resumes = 0
}

extension [GatewayAction] {
    mutating func warn(_ text: String) { append(.note(SessionNote(level: .warning, text: text))) }
    mutating func inform(_ text: String) { append(.note(SessionNote(level: .info, text: text))) }
}
