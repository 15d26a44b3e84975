// The thin owner of a GatewaySession: it has the socket, the clock and the log, and does what the session wants. It lives
// on the network thread: frames are unpacked and looked into where they arrive, one after the other, so their order is
// kept, and what nobody listens to never leaves that thread. Whoever handles events is on other threads and cannot
// delay a heartbeat.

internal import Compression
package import Runtime
package import Sockets
internal import Synchronization

package actor Gateway: LoopActor {
    /// What run() has to do when the session cannot do it by itself.
    private enum Need: Sendable {
        case info
        case wake(at: Duration)
        case stop(GatewayStop)
    }

    private struct Line {
        let number: Int
        let socket: WebSocket
        let decompressor: StreamDecompressor
    }

    package nonisolated let loop: EventLoop
    /// In Discord's order; for one listener. It is not bounded: a slow listener costs memory, a full buffer would cost
    /// commands. Reading the line no further would cost the session, for the answers to heartbeats come on it too.
    package nonisolated let events: AsyncStream<GatewayEvent>

    private let output: AsyncStream<GatewayEvent>.Continuation
    private let config: GatewayConfig
    private let clock: any Clock
    private let log: Log
    private let gate: IdentifyGate
    private let info: @Sendable () async throws -> GatewayInfo
    private let needs: AsyncStream<Need>
    private let need: AsyncStream<Need>.Continuation
    private nonisolated let board: Mutex<GatewayHealth>

    private var session: GatewaySession
    private var line: Line?
    private var lineCount = 0
    private var seen = SeenIDs()
    private var ownID: Snowflake?
    private var wakesAt: Duration?
    private var whenLineGone: CheckedContinuation<Void, Never>?

    package init(
        config: GatewayConfig, loop: EventLoop, clock: any Clock, log: Log = .silent,
        chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) }, gate: IdentifyGate = IdentifyGate(),
        info: @escaping @Sendable () async throws -> GatewayInfo
    ) {
        self.config = config
        self.loop = loop
        self.clock = clock
        self.log = log.labelled("gateway")
        self.gate = gate
        self.info = info
        session = GatewaySession(config: config, chance: chance)
        (events, output) = AsyncStream.makeStream()
        (needs, need) = AsyncStream.makeStream()
        board = Mutex(
            GatewayHealth(shard: config.shard, readsContent: config.intents.contains(.messageContent)))
    }

    package nonisolated var health: GatewayHealth { board.withLock(\.self) }

    /// The service: returns when its task is cancelled, after saying goodbye to Discord. Throws when Discord says that
    /// trying again is of no use. Once only.
    package func run() async throws(GatewayStop) {
        perform(session.begin())
        var stop: GatewayStop?
        await withDiscardingTaskGroup { group in
            // Ends by itself when this task is cancelled.
            for await need in needs {
                switch need {
                case .info: group.addTask { await self.ask() }
                case .wake(let at): group.addTask { await self.sleep(until: at) }
                case .stop(let reason): stop = reason
                }
                if stop != nil { break }
            }
            group.cancelAll()
        }
        // Not cancelled with us: the goodbye has to be waited for, or Discord shows the bot as online for a while.
        await Task { await self.leave() }.value
        output.finish()
        if let stop { throw stop }
    }

    /// Changes what people see under the bot's name, now or as soon as there is a session.
    package func show(_ presence: Presence) { perform(session.show(presence, at: clock.uptime)) }

    // MARK: What run() has been asked for

    private func ask() async {
        do {
            let info = try await info()
            perform(session.informed(info, at: clock.uptime))
        } catch {
            if let error = error as? DiscordError, error == .unauthorized {
                return perform(session.giveUp(.tokenRefused))
            }
            // When the program is ending, nobody needs the answer any more.
            if !Task.isCancelled { perform(session.uninformed("\(error)", at: clock.uptime)) }
        }
    }

    private func sleep(until moment: Duration) async {
        do { try await clock.sleep(for: moment - clock.uptime) } catch { return }
        // An earlier moment has been asked for since: its own sleeper sees to the rest.
        guard wakesAt == moment else { return }
        wakesAt = nil
        perform(session.tick(at: clock.uptime))
    }

    private func leave() async {
        perform(session.leave())
        guard let line else { return }
        await withTaskGroup { group in
            group.addTask {
                try? await self.clock.sleep(for: .seconds(3))
                await self.lineIsGone()
            }
            await withCheckedContinuation { continuation in
                if self.line == nil { continuation.resume() } else { whenLineGone = continuation }
            }
            group.cancelAll()
        }
        line.socket.drop()
    }

    private func lineIsGone() {
        line = nil
        whenLineGone?.resume()
        whenLineGone = nil
    }

    // MARK: The line

    private func connect(to url: String) {
        lineCount += 1
        let number = lineCount
        log.debug("connecting", ["url": url])
        let socket = loop.connect(
            url: url,
            handlers: WebSocketHandlers(
                opened: { [weak self] in self?.assumeIsolated { $0.opened(number) } },
                message: { [weak self] bytes, isText in
                    self?.assumeIsolated { $0.received(bytes, isText: isText, on: number) }
                },
                closed: { [weak self] end in self?.assumeIsolated { $0.closed(end, number) } }),
            trusting: config.trusting)
        line = Line(number: number, socket: socket, decompressor: config.compression.makeDecompressor())
    }

    private func opened(_ number: Int) {
        guard line?.number == number else { return }
        perform(session.opened(at: clock.uptime))
    }

    private func received(_ bytes: [UInt8], isText: Bool, on number: Int) {
        guard let line, line.number == number else { return }
        let now = clock.uptime
        do throws(CompressionError) {
            // Compressed frames are binary; a text frame is what it looks like.
            guard let message = isText ? bytes : try line.decompressor.feed(bytes) else { return }
            board.withLock { board in
                board.frames += 1
                board.bytes += bytes.count
            }
            perform(session.received(message, at: now), message)
        } catch {
            perform(session.receivedGarbage("\(error)", at: now))
        }
    }

    private func closed(_ end: WebSocketEnd, _ number: Int) {
        guard line?.number == number else { return }
        lineIsGone()
        // What we gave up ourselves (too large a message) was not Discord's close, whatever code went out.
        let code = end.error == nil ? end.code : nil
        perform(session.closed(code: code, end.error?.description ?? end.reason, at: clock.uptime))
    }

    // MARK: What the session wants

    /// - Parameter bytes: of the frame that the actions come from.
    private func perform(_ actions: [GatewayAction], _ bytes: [UInt8] = []) {
        for action in actions {
            switch action {
            case .ask: need.yield(.info)
            case .connect(let url): connect(to: url)
            case .awaitTurn(let maxConcurrency):
                let now = clock.uptime
                let pause = gate.turn(for: config.shard, maxConcurrency: maxConcurrency, at: now)
                perform(session.turnComes(in: pause, at: now))
            case .send(let payload): line?.socket.send(text: payload.bytes)
            case .close(let code):
                line?.socket.close(code: code, reason: "")
                // Only a goodbye is waited for; a line we break off is no longer ours from here on.
                if code != 1000 { line = nil }
            case .deliver(let envelope): deliver(envelope, bytes)
            case .emit(let event): emit(event)
            case .note(let note): write(note)
            case .stop(let reason):
                log.error("\(reason)")
                board.withLock { $0.lastError = "\(reason)" }
                need.yield(.stop(reason))
            }
        }
        publish()
        guard let deadline = session.deadline, deadline < wakesAt ?? deadline + .nanoseconds(1) else { return }
        wakesAt = deadline
        need.yield(.wake(at: deadline))
    }

    private func deliver(_ envelope: Envelope, _ bytes: [UInt8]) {
        guard let name = envelope.name.flatMap(GatewayEvent.Name.init), config.listensTo.contains(name) else { return }
        if name == .messageCreate, let payload = envelope.payload,
            !config.messages.lets(bytes, payload, to: ownID)
        {
            return
        }
        let event: GatewayEvent
        do {
            event = try GatewayEvent(name, envelope, from: bytes)
        } catch {
            // The error would quote what people wrote.
            log.warning("an event could not be read: left out", ["event": name.rawValue])
            return
        }
        if let id = event.repeatableID, !seen.isNew(id, at: clock.uptime) { return }
        emit(event)
    }

    private func emit(_ event: GatewayEvent) {
        if case .ready(let ready) = event { ownID = ready.user.id }
        output.yield(event)
        let now = clock.now
        board.withLock { board in
            board.events += 1
            board.lastEvent = now
        }
    }

    private func write(_ note: SessionNote) {
        switch note.level {
        case .debug: log.debug(note.text)
        case .info: log.info(note.text)
        case .warning:
            log.warning(note.text)
            board.withLock { $0.lastError = note.text }
        }
    }

    private func publish() {
        board.withLock { board in
            board.state = session.state
            board.latency = session.latency
            board.readsContent = session.readsContent
            board.connections = session.numbers.connections
            board.identifies = session.numbers.identifies
            board.resumes = session.numbers.resumes
        }
    }
}
