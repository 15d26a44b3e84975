// An open WebSocket (RFC 6455 over libwebsockets), the same for both ends: the client's connection and a server's upgraded
// request hand their wsi over to `begin`. lws does framing, masking, pings and the close handshake; here are whole
// messages, a queue for sending, and an end that is told exactly once.
//
// The cross-thread contract: `send`, `close` and `drop` may come from any thread. They put what is to be done into the
// locked outbox and ask the loop's thread to look, once per batch. Everything else belongs to that thread.

internal import CWebSockets
internal import Synchronization

@safe package final class WebSocket: SocketOwner, @unchecked Sendable {
    private enum Outgoing: Sendable {
        /// With the free bytes in front that lws writes the frame's head into.
        case message([UInt8], isText: Bool)
        case close(code: UInt16, reason: String)
    }

    private struct Outbox: Sendable {
        var waiting: [Outgoing] = []
        var bytes = 0
        var isClosed = false
        var isAsked = false
    }

    private enum Stage {
        case waiting
        case open(Wire)
        /// What comes is no longer heard; the next writable moment sends this close code.
        case refusing(Wire, code: UInt16)
        /// A close frame is on its way, or the line is being cut; nothing more is told but the end.
        case closing(Wire)
        case ended
    }

    private let loop: EventLoop
    private let maxMessage: Int
    private let maxUnsent: Int
    private let outbox = Mutex(Outbox())

    // The loop's thread only.
    private var stage = Stage.waiting
    private var handlers: WebSocketHandlers?
    private var whenGone: (() -> Void)?
    private var giveUp: (() -> Void)?
    private var gathered: [UInt8] = []
    private var sending: [Outgoing] = []
    private var nextToSend = 0
    private var end: WebSocketEnd?

    /// `maxUnsent` is how much may wait for a peer who does not read; past it the line is cut.
    init(loop: EventLoop, maxMessage: Int, maxUnsent: Int = 256 << 20) {
        self.loop = loop
        self.maxMessage = maxMessage
        self.maxUnsent = maxUnsent
        super.init()
    }

    // MARK: From any thread

    package func send(text: [UInt8]) { send(text, isText: true) }

    package func send(binary: [UInt8]) { send(binary, isText: false) }

    /// Sends what was sent before, then the close frame, and waits a few seconds for the answer. Before the socket is
    /// open: gives it up.
    package func close(code: UInt16, reason: String) {
        let isFirst = outbox.withLock { outbox in
            guard !outbox.isClosed else { return false }
            outbox.isClosed = true
            outbox.waiting.append(.close(code: code, reason: reason))
            return true
        }
        if isFirst { onLoop { $0.beginToClose(WebSocketEnd(code: code, reason: reason)) } }
    }

    /// Cuts the TCP connection without a close frame, as a lost line does: the other side may keep the session.
    package func drop() {
        outbox.withLock { $0.isClosed = true }
        onLoop { $0.cut(WebSocketEnd(reason: "dropped")) }
    }

    private func send(_ payload: [UInt8], isText: Bool) {
        var framed: [UInt8] = []
        framed.reserveCapacity(Int(clws_pre) + payload.count)
        framed.append(contentsOf: repeatElement(0, count: Int(clws_pre)))
        framed.append(contentsOf: payload)
        let (mustAsk, isFull) = outbox.withLock { outbox -> (Bool, Bool) in
            guard !outbox.isClosed else { return (false, false) }
            outbox.waiting.append(.message(framed, isText: isText))
            outbox.bytes += framed.count
            if outbox.bytes > maxUnsent {
                outbox.isClosed = true
                return (false, true)
            }
            defer { outbox.isAsked = true }
            return (!outbox.isAsked, false)
        }
        if mustAsk { onLoop { $0.askToWrite() } }
        if isFull { onLoop { $0.cut(WebSocketEnd(error: .failed("the other side does not read what it is sent"))) } }
    }

    private func onLoop(_ act: @escaping @Sendable (WebSocket) -> Void) {
        if loop.isCurrent { act(self) } else { loop.perform { act(self) } }
    }

    // MARK: On the loop's thread

    /// Before there is a wsi: the handlers, and what stops the attempt when the owner loses patience.
    func wait(_ handlers: WebSocketHandlers, giveUp: @escaping () -> Void) {
        self.handlers = handlers
        self.giveUp = giveUp
        if case .ended = stage { tellEnd() }
    }

    /// From an ESTABLISHED callback: the wsi is ours from here. `whenGone` is called when it is no more.
    func begin(on wire: Wire, _ handlers: WebSocketHandlers, whenGone: (() -> Void)? = nil) {
        self.handlers = handlers
        self.whenGone = whenGone
        giveUp = nil
        wire.belong(to: self, keptBy: loop)
        guard case .waiting = stage else {
            // Given up before it began.
            wire.kill()
            tellEnd()
            return
        }
        stage = .open(wire)
        handlers.opened()
        askToWrite()
    }

    /// The end of what never began.
    func fail(_ error: SocketError) { finish(WebSocketEnd(error: error)) }

    override func handle(_ event: SocketEvent) -> Int32 {
        switch event.reason {
        case LWS_CALLBACK_CLIENT_RECEIVE, LWS_CALLBACK_RECEIVE: return receive(event)
        case LWS_CALLBACK_CLIENT_WRITEABLE, LWS_CALLBACK_SERVER_WRITEABLE: return write(event.wire)
        case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE: hearClose(event)
        case LWS_CALLBACK_CLIENT_CLOSED, LWS_CALLBACK_CLOSED: finish()
        case LWS_CALLBACK_WSI_DESTROY:
            finish()
            whenGone?()
            whenGone = nil
            loop.release(self)
        default: break
        }
        return 0
    }

    private func receive(_ event: SocketEvent) -> Int32 {
        guard case .open(let wire) = stage else { return 0 }
        guard gathered.count + event.count <= maxMessage else {
            refuse(wire, code: 1009, .tooLarge)
            return 0
        }
        let isLast = wire.isAtMessageEnd
        if gathered.isEmpty, isLast {
            handlers?.message(event.copiedBytes, wire.isReceivingText)
            return 0
        }
        unsafe gathered.append(contentsOf: event.buffer)
        if isLast {
            let message = gathered
            gathered = []
            handlers?.message(message, wire.isReceivingText)
        }
        return 0
    }

    private func write(_ wire: Wire) -> Int32 {
        switch stage {
        case .open: break
        case .refusing(_, let code): return close(wire, code: code, reason: "")
        case .waiting, .closing, .ended: return 0
        }
        repeat {
            guard let next = takeNext() else { return 0 }
            switch next {
            case .message(var framed, let isText):
                guard wire.write(&framed, isText: isText) else { return -1 }
            case .close(let code, let reason):
                end = WebSocketEnd(code: code, reason: reason)
                return close(wire, code: code, reason: reason)
            }
        } while !wire.isChoked
        wire.askToWrite()
        return 0
    }

    private func takeNext() -> Outgoing? {
        if nextToSend == sending.count {
            sending.removeAll(keepingCapacity: true)
            nextToSend = 0
            outbox.withLock { outbox in
                swap(&sending, &outbox.waiting)
                outbox.bytes = 0
                outbox.isAsked = !sending.isEmpty
            }
            if sending.isEmpty { return nil }
        }
        defer { nextToSend += 1 }
        return sending[nextToSend]
    }

    private func askToWrite() {
        guard case .open(let wire) = stage else { return }
        wire.askToWrite()
    }

    private func beginToClose(_ end: WebSocketEnd) {
        switch stage {
        case .waiting:
            finish(end)
        case .open(let wire):
            // Also when the other side no longer reads: lws' own patience begins only with the close frame.
            wire.kill(afterSeconds: 5)
            wire.askToWrite()
        case .refusing, .closing, .ended: break
        }
    }

    /// To be returned from the callback: it makes lws send the close frame and wait for the other side's.
    private func close(_ wire: Wire, code: UInt16, reason: String) -> Int32 {
        stage = .closing(wire)
        wire.prepareClose(code: code, reason: reason)
        return -1
    }

    /// Not by returning -1 from the receiving callback: lws 4.1 then forgets to empty its buffer and writes the rest of
    /// the message behind its end (lws_ws_client_rx_sm returns before it sets rx_ubuf_head to 0).
    private func refuse(_ wire: Wire, code: UInt16, _ error: SocketError) {
        outbox.withLock { $0.isClosed = true }
        gathered = []
        end = end ?? WebSocketEnd(code: code, error: error)
        stage = .refusing(wire, code: code)
        wire.kill(afterSeconds: 5)
        wire.askToWrite()
    }

    private func cut(_ end: WebSocketEnd) {
        switch stage {
        case .waiting:
            finish(end)
        case .open(let wire), .refusing(let wire, _), .closing(let wire):
            self.end = self.end ?? end
            stage = .closing(wire)
            wire.kill()
        case .ended: break
        }
    }

    private func hearClose(_ event: SocketEvent) {
        guard case .open(let wire) = stage else { return }
        stage = .closing(wire)
        outbox.withLock { $0.isClosed = true }
        let payload = event.copiedBytes
        guard payload.count >= 2 else {
            end = end ?? WebSocketEnd(code: 1005)
            return
        }
        let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
        let reason = String(decoding: payload[2...], as: UTF8.self)
        end = end ?? WebSocketEnd(code: code, reason: reason)
    }

    private func finish(_ fallback: WebSocketEnd = WebSocketEnd(reason: "the line was lost")) {
        if case .ended = stage { return }
        stage = .ended
        outbox.withLock { outbox in
            outbox.isClosed = true
            outbox.waiting = []
        }
        sending = []
        nextToSend = 0
        gathered = []
        end = end ?? fallback
        tellEnd()
    }

    private func tellEnd() {
        // Handlers usually hold what holds this socket, and who has none has told the end already, or not begun.
        guard let handlers, let end else { return }
        self.handlers = nil
        let giveUp = giveUp
        self.giveUp = nil
        giveUp?()
        handlers.closed(end)
    }
}
