// One client's connection, from its first byte to its last: requests in, answers out, one after the other. It lives on
// the loop's thread (SocketOwner's contract); only `answer`, `push` and `finish` come from handlers' tasks, and they hop.
//
// What lws does not do by itself: it takes bytes that come while an answer is being made for an error (so reading is
// switched off meanwhile), it times each piece of a body and not the whole, and it cannot read chunked requests: what
// comes of one is a body without end to it, which ChunkedBody takes apart, and after which the line ends.

internal import CWebSockets
internal import Runtime

final class ServerConnection: SocketOwner, @unchecked Sendable {
    private enum Stage {
        case headers
        case body(Route, ServerRequest, expected: Int)
        case chunks(Route, ServerRequest, ChunkedBody)
        case handling
        case answering
    }

    private static let longestHead = 16 << 10

    private let listener: Listener
    private let wire: Wire
    private let timer = LoopTimer()
    private var stage = Stage.headers
    /// Which request of this connection; an answer to an earlier one is late and dropped.
    private var number = 0
    private var outgoing = Outgoing()
    private var isHead = false
    private var mustClose = false
    private var attemptsLeft = 0
    /// Of the body that is coming in.
    private var sieve: MultipartSieve?
    private var received = 0
    private var isGone = false
    private var whenGone: [@Sendable () -> Void] = []
    /// Asked for once: it costs a call of the system.
    private lazy var peer = wire.peer
    private var upgrade: (route: Route, request: ServerRequest)?

    init(_ wire: Wire, listener: Listener) {
        self.wire = wire
        self.listener = listener
        super.init()
        expect(listener.limits.headerTime)
    }

    override func handle(_ event: SocketEvent) -> Int32 {
        switch event.reason {
        case LWS_CALLBACK_HTTP: return begin()
        case LWS_CALLBACK_HTTP_BODY: return take(event)
        case LWS_CALLBACK_HTTP_BODY_COMPLETION: return bodyIsWhole()
        case LWS_CALLBACK_HTTP_WRITEABLE: return write()
        case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE: return confirmUpgrade(event)
        case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION: return 0
        case LWS_CALLBACK_ESTABLISHED: return becomeWebSocket()
        case LWS_CALLBACK_CLOSED_HTTP, LWS_CALLBACK_CLOSED: gone()
        case LWS_CALLBACK_WSI_DESTROY:
            gone()
            listener.closed(self)
        default: break
        }
        return 0
    }

    // MARK: A request comes in

    private func begin() -> Int32 {
        timer.cancel()
        wire.withoutTimeout()
        number += 1
        mustClose = false
        guard var request = readRequest() else { return -1 }
        isHead = request.method == "HEAD"
        let length = request.headers["content-length"].map { Int($0) ?? -1 }
        let mayHaveBody = ["POST", "PUT", "PATCH"].contains(request.method)
        // lws expects a body of its own invention when none is announced; after such a request the line must end.
        if mayHaveBody, length == nil { mustClose = true }

        if request.headLength > Self.longestHead { return refuse(431) }
        let coding = request.headers["transfer-encoding"]?.lowercased()
        if let coding, coding != "chunked" { return refuse(501) }
        // Two lengths that differ are how requests are smuggled past a proxy (RFC 9112 §6.3).
        if let length, length < 0 || coding != nil { return refuse(400) }
        let hasBody = (length ?? 0) > 0 || coding != nil
        switch listener.table.find(request.method, request.path) {
        case .nothing: return refuse(404, closing: hasBody)
        case .wrongMethod(let allowed):
            return refuse(405, [("Allow", allowed.joined(separator: ", "))], closing: hasBody)
        case .route(let route, let parameters):
            request.parameters = parameters
            guard (length ?? 0) <= route.longest(request.contentType) || !hasBody else { return refuse(413) }
            if hasBody, coding == nil, let accepted = route.accepts, !accepted.contains(request.contentType ?? "") {
                return refuse(415)
            }
            guard hasBody else { return handle(request, by: route) }
            guard coding == nil else {
                guard mayHaveBody else { return refuse(400) }
                stage = .chunks(route, request, ChunkedBody(most: route.maxBody))
                expect(listener.limits.bodyTime)
                return 0
            }
            sieve = route.keptParts.flatMap { parts in
                MultipartSieve(
                    contentType: request.headers["content-type"] ?? "", keeping: parts, most: route.maxBody)
            }
            // A form without a boundary that could be sifted by is not worth reading.
            if sieve == nil, (length ?? 0) > route.maxBody { return refuse(400) }
            if sieve == nil { request.body.reserveCapacity(length ?? 0) }
            received = 0
            stage = .body(route, request, expected: length ?? 0)
            expect(listener.limits.bodyTime)
            return 0
        }
    }

    private func readRequest() -> ServerRequest? {
        guard let (method, path) = wire.requestLine else { return nil }
        return ServerRequest(
            method: method, path: listener.withoutBase(path), base: listener.base, query: wire.query,
            headers: wire.headers(custom: listener.headers), peer: peer)
    }

    private func take(_ event: SocketEvent) -> Int32 {
        if case .chunks = stage { return takeChunks(event) }
        guard case .body(let route, var request, let expected) = stage else { return 0 }
        if sieve != nil {
            received += unsafe event.buffer.count
            sieve?.feed(event.copiedBytes)
            return received <= expected ? 0 : -1
        }
        // Out of the enum first, or appending would copy all that came before.
        stage = .headers
        unsafe request.body.append(contentsOf: event.buffer)
        stage = .body(route, request, expected: expected)
        guard request.body.count <= expected else { return -1 }
        return 0
    }

    private func takeChunks(_ event: SocketEvent) -> Int32 {
        guard case .chunks(let route, var request, var body) = stage else { return 0 }
        stage = .headers
        let progress = unsafe body.take(event.buffer)
        if progress == .more {
            stage = .chunks(route, request, body)
            return 0
        }
        timer.cancel()
        switch progress {
        case .more, .whole:
            request.body = body.bytes
            if let accepted = route.accepts, !body.bytes.isEmpty, !accepted.contains(request.contentType ?? "") {
                return refuse(415)
            }
            return handle(request, by: route)
        case .tooLong: return refuse(413)
        case .malformed: return refuse(400)
        }
    }

    private func bodyIsWhole() -> Int32 {
        guard case .body(let route, var request, _) = stage else { return 0 }
        timer.cancel()
        if let sieve {
            do throws(MultipartForm.Malformed) {
                request.sifted = .parts(try sieve.end())
            } catch { request.sifted = .malformed(error.description) }
            if sieve.isTooLarge { request.sifted = .tooLarge }
            self.sieve = nil
        }
        return handle(request, by: route)
    }

    private func handle(_ request: ServerRequest, by route: Route) -> Int32 {
        switch route.action {
        case .immediate(let answer):
            return send(answer(request))
        case .handler(let answer), .quick(let answer):
            stage = .handling
            wire.setReading(false)
            let number = number
            let job = HTTPServer.Job(isQuick: route.isQuick) { [self] in
                await deliver(await answer(request), to: number)
            }
            return listener.work(job) ? 0 : refuse(503)
        case .webSocket:
            return refuse(426, [("Upgrade", "websocket")])
        }
    }

    private func refuse(_ status: Int, _ headers: [(String, String)] = [], closing: Bool = true) -> Int32 {
        mustClose = mustClose || closing
        return send(.fault(status, headers))
    }

    /// The client is cut off unless it has done by then what it is waited for.
    private func expect(_ time: Duration) {
        timer.start(on: listener.loop, after: time) { [weak self] in
            self?.wire.kill()
        }
    }

    // MARK: An answer goes out

    /// From a handler's task.
    private func deliver(_ response: ServerResponse, to number: Int) async {
        switch response.body {
        case .none, .bytes, .file, .cut, .dropped: onLoop { $0.answer(response, to: number) }
        case .events(let pieces): await deliver(pieces, as: response, to: number)
        }
    }

    private func deliver(_ pieces: AsyncStream<[UInt8]>, as response: ServerResponse, to number: Int) async {
        let (gone, hasGone) = AsyncStream.makeStream(of: Void.self)
        onLoop { connection in
            connection.answer(response, to: number)
            connection.hearEnd { hasGone.finish() }
        }
        // Whichever ends first, the pieces or the client, ends the other: the producer sees its stream terminated.
        await withTaskGroup { group in
            group.addTask {
                for await piece in pieces { self.onLoop { $0.push(piece, to: number) } }
            }
            group.addTask { for await _ in gone {} }
            group.addTask { [self] in
                // A comment (HTML standard, 9.2.7): the only way to find out that nobody listens any more.
                while (try? await listener.clock.sleep(for: .seconds(15))) != nil {
                    onLoop { $0.push(Array(":\n\n".utf8), to: number) }
                }
            }
            await group.next()
            group.cancelAll()
        }
        onLoop { $0.finish(number) }
    }

    private func onLoop(_ act: @escaping @Sendable (ServerConnection) -> Void) {
        listener.loop.perform { act(self) }
    }

    private func hearEnd(_ act: @escaping @Sendable () -> Void) {
        if isGone { act() } else { whenGone.append(act) }
    }

    private func answer(_ response: ServerResponse, to number: Int) {
        guard !isGone, number == self.number, case .handling = stage else { return }
        stage = .answering
        outgoing = listener.outgoing(response, isHead: isHead, closing: &mustClose)
        attemptsLeft = mostAttempts
        wantToWrite()
    }

    private func push(_ piece: [UInt8], to number: Int) {
        guard !isGone, number == self.number else { return }
        guard outgoing.append(piece) else { return wire.kill() }
        wantToWrite()
    }

    private func finish(_ number: Int) {
        guard !isGone, number == self.number else { return }
        outgoing.isWhole = true
        wantToWrite()
    }

    /// From within a callback of the request itself.
    private func send(_ response: ServerResponse) -> Int32 {
        stage = .answering
        attemptsLeft = mostAttempts
        outgoing = listener.outgoing(response, isHead: isHead, closing: &mustClose)
        return write()
    }

    private func write() -> Int32 {
        guard case .answering = stage else { return 0 }
        // Asked before each piece: a socket that has room has it for a whole one, so lws never has to keep a rest, for
        // which it would need to be told of writability while we want to hear nothing.
        while !wire.isChoked {
            guard let piece = outgoing.next() else { return pause() }
            var framed = [UInt8](repeating: 0, count: Int(clws_pre))
            framed += piece
            guard wire.writeHTTP(&framed) else { return -1 }
            attemptsLeft = mostAttempts
        }
        rest(attempting: true)
        return 0
    }

    /// Everything there was is written.
    private func pause() -> Int32 {
        if outgoing.isBroken { return -1 }
        guard outgoing.isWhole else {
            rest(attempting: false)
            return 0
        }
        timer.cancel()
        outgoing = Outgoing()
        stage = .headers
        if mustClose { return -1 }
        expect(listener.limits.idleTime)
        return wire.completeTransaction()
    }

    // Between two requests lws does not read what comes, but is woken by it again and again. So a connection with an
    // answer under way is not read from, which lws takes to mean that it must not be written to either; hence these
    // looks at a slow client's socket in place of being told.

    /// The relay of RequestLineKeeper takes what it gets at once, but in small helpings.
    private var lookAgain: Duration { .milliseconds(listener.keepsNewlines ? 1 : 10) }
    private var mostAttempts: Int { Int(listener.limits.idleTime.milliseconds / lookAgain.milliseconds) }

    private func rest(attempting: Bool) {
        wire.setReading(false)
        guard attempting else { return timer.cancel() }
        timer.start(on: listener.loop, after: lookAgain) { [weak self] in self?.attempt() }
    }

    private func attempt() {
        if !wire.isChoked { return wantToWrite() }
        attemptsLeft -= 1
        if attemptsLeft > 0 { rest(attempting: true) } else { wire.kill() }
    }

    private func wantToWrite() {
        wire.setReading(true)
        wire.askToWrite()
    }

    // MARK: Becoming a WebSocket

    private func confirmUpgrade(_ event: SocketEvent) -> Int32 {
        guard let request = readRequest() else { return -1 }
        timer.cancel()
        let wanted = request.headers["upgrade"]?.lowercased()
        number += 1
        guard wanted == "websocket" else { return -1 }
        switch listener.table.find(request.method, request.path, upgrading: true) {
        case .route(let route, let parameters):
            var request = request
            request.parameters = parameters
            upgrade = (route, request)
            return 0
        case .wrongMethod, .nothing:
            mustClose = true
            _ = send(.fault(404))
            return -1
        }
    }

    private func becomeWebSocket() -> Int32 {
        guard let (route, request) = upgrade, case .webSocket(let open) = route.action else { return -1 }
        wire.withoutTimeout()
        let socket = WebSocket(loop: listener.loop, maxMessage: listener.maxMessage)
        // From here the socket gets the callbacks; the connection is kept for counting until the socket is gone.
        socket.begin(on: wire, open(request, socket)) { [self] in
            gone()
            listener.closed(self)
        }
        return 0
    }

    private func gone() {
        guard !isGone else { return }
        isGone = true
        timer.cancel()
        for act in whenGone { act() }
        whenGone = []
    }
}
