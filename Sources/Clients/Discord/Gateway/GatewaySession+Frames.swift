// What Discord says on the line (sheet discord.md §1, table of ops). Unknown ops and events are nothing to worry about;
// a frame that cannot be read costs one reconnect, for it may be the line's fault and a resume brings it again. If it
// comes again as it was, it is Discord's, and is left out.

internal import Runtime

extension GatewaySession {
    package mutating func received(_ bytes: [UInt8], at now: Duration) -> [GatewayAction] {
        guard hasLine else { return [] }
        isOpen = true
        heartbeat?.received(at: now)
        var actions: [GatewayAction] = []
        let envelope: Envelope
        do throws(EnvelopeError) {
            envelope = try Envelope(bytes)
        } catch {
            unreadable("\(error)", at: now, &actions)
            return actions
        }
        switch envelope.op {
        case 0: dispatched(envelope, bytes, at: now, &actions)
        case 1: heartbeatRequested(at: now, &actions)
        case 7: breakOff(.patiently, "Discord asked for a new connection", at: now, &actions)
        case 9: invalidated(mayResume: envelope.isTrue(in: bytes), at: now, &actions)
        case 10: hello(envelope, bytes, at: now, &actions)
        case 11: heartbeat?.answered(at: now)
        default: break
        }
        return actions
    }

    /// The bytes could not even be unpacked: nothing after them can be, so the line is of no more use.
    package mutating func receivedGarbage(_ why: String, at now: Duration) -> [GatewayAction] {
        guard hasLine else { return [] }
        var actions: [GatewayAction] = []
        breakOff(.patiently, why, at: now, &actions)
        return actions
    }

    private mutating func unreadable(_ why: String, at now: Duration, _ actions: inout [GatewayAction]) {
        if hasReconnectedForGarbage {
            actions.warn("Discord sent \(why): left out")
        } else {
            hasReconnectedForGarbage = true
            breakOff(.patiently, "Discord sent \(why)", at: now, &actions)
        }
    }

    private mutating func hello(
        _ envelope: Envelope, _ bytes: [UInt8], at now: Duration, _ actions: inout [GatewayAction]
    ) {
        guard case .connecting = phase else { return }
        struct Hello: Decodable { let heartbeat_interval: Double }
        guard let hello = try? envelope.decode(Hello.self, from: bytes), hello.heartbeat_interval >= 1 else {
            return breakOff(.patiently, "Discord's hello does not say how often to beat", at: now, &actions)
        }
        // Between a tenth of a second and an hour: what lies outside is a mistake and must not flood or hang us.
        let interval = Duration.milliseconds(min(max(hello.heartbeat_interval, 100), 3_600_000))
        heartbeat = Heartbeat(interval: interval, at: now, chance: chance())
        if let ticket {
            phase = .resuming(since: now)
            numbers.resumes += 1
            send(.resume(config.token, session: ticket.id, sequence: ticket.sequence), at: now, &actions)
        } else {
            phase = .awaitingTurn
            actions.append(.awaitTurn(maxConcurrency: maxConcurrency))
        }
    }

    private mutating func heartbeatRequested(at now: Duration, _ actions: inout [GatewayAction]) {
        heartbeat?.beatOnRequest(at: now)
        sendHeartbeat(at: now, &actions)
    }

    private mutating func invalidated(mayResume: Bool, at now: Duration, _ actions: inout [GatewayAction]) {
        // The docs no longer name the wait of 1 to 5 s; Discord's engineers do.
        let pause = Duration.seconds(1) + .seconds(4) * chance()
        let why = mayResume ? "Discord could not take the session up yet" : "Discord has ended the session"
        breakOff(mayResume ? .patiently : .identify, why, after: pause, at: now, &actions)
    }

    private mutating func dispatched(
        _ envelope: Envelope, _ bytes: [UInt8], at now: Duration, _ actions: inout [GatewayAction]
    ) {
        // Before anything is done with the event, and never backwards.
        if let sequence = envelope.sequence, let known = ticket?.sequence {
            ticket?.sequence = max(known, sequence)
        }
        switch envelope.name {
        case "READY": ready(envelope, bytes, at: now, &actions)
        case "RESUMED": resumed(at: now, &actions)
        default:
            // The replay is under way: as long as it comes, it has not failed.
            if case .resuming = phase { phase = .resuming(since: now) }
            actions.append(.deliver(envelope))
        }
    }

    private mutating func ready(
        _ envelope: Envelope, _ bytes: [UInt8], at now: Duration, _ actions: inout [GatewayAction]
    ) {
        guard case .identified = phase else { return }
        guard let ready = try? envelope.decode(Ready.self, from: bytes) else {
            return breakOff(.identify, "Discord's READY could not be read", at: now, &actions)
        }
        var resumeAddress = ready.resumeURL.flatMap(GatewayAddress.init)
        // The token goes there too: never over a line less safe than the one we came by.
        if address?.isSecure == true, resumeAddress?.isSecure == false { resumeAddress = nil }
        ticket = Ticket(id: ready.sessionID, address: resumeAddress, sequence: envelope.sequence ?? 0)
        actions.inform("logged in to Discord as \(ready.user.username), \(ready.guilds.count) servers")
        wentLive(.ready(ready), at: now, &actions)
    }

    private mutating func resumed(at now: Duration, _ actions: inout [GatewayAction]) {
        guard case .resuming = phase else { return }
        actions.inform("took the session up again, nothing was missed")
        wentLive(.resumed, at: now, &actions)
    }

    private mutating func wentLive(_ event: GatewayEvent, at now: Duration, _ actions: inout [GatewayAction]) {
        phase = .live(since: now, hasHeld: false)
        comeback = nil
        actions.append(.emit(event))
        sendPresence(at: now, &actions)
    }
}

extension Envelope {
    fileprivate func isTrue(in bytes: [UInt8]) -> Bool { payload.map { bytes[$0].reads("true") } ?? false }
}
