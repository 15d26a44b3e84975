// What a client's handlers are told, as a list a test can wait for and compare.

import Runtime
import Sockets

enum Heard: Equatable, Sendable {
    case opened
    case text(String)
    case binary([UInt8])
    case closed(WebSocketEnd)

    static func closed(_ code: UInt16?, _ reason: String = "") -> Heard {
        .closed(WebSocketEnd(code: code, reason: reason))
    }
    static func failed(_ error: SocketError) -> Heard { .closed(WebSocketEnd(error: error)) }
}

struct Ear: Sendable {
    let handlers: WebSocketHandlers
    private let stream: AsyncStream<Heard>

    init() {
        let (stream, continuation) = AsyncStream<Heard>.makeStream()
        self.stream = stream
        // Not finished by `closed`: a second one would be heard, and make the comparison fail.
        handlers = WebSocketHandlers(
            opened: { continuation.yield(.opened) },
            message: { continuation.yield($1 ? .text(String(decoding: $0, as: UTF8.self)) : .binary($0)) },
            closed: { continuation.yield(.closed($0)) })
    }

    /// The next thing heard.
    func next() async -> Heard? {
        for await heard in stream { return heard }
        return nil
    }

    /// Everything up to the end.
    func untilClosed() async -> [Heard] {
        var all: [Heard] = []
        for await heard in stream {
            all.append(heard)
            if case .closed = heard { break }
        }
        return all
    }
}

/// One loop, one scripted server, one client; everything is gone afterwards.
func conversation(
    path: String = "", trusting trust: TLSTrust = .system, timeout: Duration = .seconds(15), maxMessage: Int = 64 << 20,
    headers: [(name: String, value: String)] = [], _ script: @escaping @Sendable (RawConnection) -> Void,
    client: (WebSocket, Ear) async throws -> Void
) async throws {
    let server = try RawServer(script)
    defer { server.stop() }
    let loop = try EventLoop(name: "test", log: .silent)
    let ear = Ear()
    let socket = loop.connect(
        url: server.url + path, handlers: ear.handlers, timeout: timeout, trusting: trust, maxMessage: maxMessage,
        headers: headers)
    do {
        try await client(socket, ear)
    } catch {
        await loop.stop()
        throw error
    }
    await loop.stop()
}

/// What a script on its own thread tells the test.
struct Note<Value: Sendable>: Sendable {
    private let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func write(_ value: Value) { continuation.yield(value) }

    func read() async -> Value? {
        for await value in stream { return value }
        return nil
    }
}
