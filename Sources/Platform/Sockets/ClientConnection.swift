// From an address to an open WebSocket: look the name up, try its addresses one after the other, give up when the time is
// over. The socket hears of one success or one failure.

internal import CWebSockets
internal import Runtime

extension EventLoop {
    /// Connects in the background, from any thread; what goes wrong arrives as `handlers.closed`.
    /// `url` is ws:// or wss://host[:port]/path?query. `timeout` counts until the socket is open.
    package func connect(
        url: String, handlers: WebSocketHandlers, timeout: Duration = .seconds(15), trusting trust: TLSTrust = .system,
        maxMessage: Int = 64 << 20, headers: [(name: String, value: String)] = []
    ) -> WebSocket {
        let socket = WebSocket(loop: self, maxMessage: maxMessage)
        perform {
            ClientConnection(socket, handlers: handlers, headers: headers, loop: self)
                .start(url: url, timeout: timeout, trust: trust)
        }
        return socket
    }
}

/// Loop's thread only. The loop keeps it until it is over.
private final class ClientConnection: @unchecked Sendable {
    private let socket: WebSocket
    private let handlers: WebSocketHandlers
    private let headers: [(name: String, value: String)]
    private let loop: EventLoop
    private let timer = LoopTimer()
    private let patience = LoopTimer()
    private var addresses: ArraySlice<String> = []
    private var attempt: ConnectAttempt?
    private var isOver = false

    init(
        _ socket: WebSocket, handlers: WebSocketHandlers, headers: [(name: String, value: String)], loop: EventLoop
    ) {
        self.socket = socket
        self.handlers = handlers
        self.headers = headers
        self.loop = loop
    }

    func start(url: String, timeout: Duration, trust: TLSTrust) {
        socket.wait(handlers) { [self] in end() }
        guard !isOver else { return }
        let address: SocketAddress
        let vhost: ClientVhost
        do throws(SocketError) {
            address = try SocketAddress(url)
            vhost = try loop.clientVhost(trusting: address.isEncrypted ? trust : nil)
        } catch {
            return socket.fail(error)
        }
        loop.atEnd(self) { [socket] in socket.fail(.failed("the event loop was stopped")) }
        timer.start(on: loop, after: timeout) { [socket] in socket.fail(.timedOut) }
        Resolver.resolve(address.host, on: loop) { [self] answer in
            guard !isOver else { return }
            switch answer {
            case .success(let found):
                addresses = found[...]
                tryNext(address, vhost)
            case .failure(let error):
                socket.fail(error)
            }
        }
    }

    private func tryNext(_ address: SocketAddress, _ vhost: ClientVhost) {
        guard let numeric = addresses.popFirst() else { return }
        let next = ConnectAttempt(address, headers: headers, loop: loop) { [self] in
            patience.cancel()
        } done: { [self] outcome in
            patience.cancel()
            switch outcome {
            case .opened(let wire):
                attempt = nil
                end()
                socket.begin(on: wire, handlers)
            case .failed(let error, let wasAnswered) where wasAnswered || addresses.isEmpty:
                attempt = nil
                socket.fail(error)
            case .failed:
                attempt = nil
                // Not from within the callback of a connection that is being taken down.
                loop.perform { [self] in if !isOver { tryNext(address, vhost) } }
            }
        }
        attempt = next
        // A host whose first address swallows everything (IPv6 that leads nowhere) must not use up the whole time.
        if !addresses.isEmpty {
            patience.start(on: loop, after: .seconds(4)) { [self] in
                attempt?.abandon()
                tryNext(address, vhost)
            }
        }
        next.start(at: numeric, vhost: vhost)
    }

    private func end() {
        isOver = true
        timer.cancel()
        patience.cancel()
        attempt?.abandon()
        attempt = nil
        loop.forgetEnd(of: self)
    }
}
