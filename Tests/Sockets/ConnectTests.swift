// Everything that can come between an address and an open WebSocket. Whatever it is, it is told once.

import Runtime
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Connecting` {
    private func ending(_ url: String, timeout: Duration = .seconds(15)) async throws -> [Heard] {
        let loop = try EventLoop(name: "test", log: .silent)
        let ear = Ear()
        _ = loop.connect(url: url, handlers: ear.handlers, timeout: timeout)
        let heard = await ear.untilClosed()
        await loop.stop()
        return heard
    }

    @Test(arguments: [
        "http://localhost/", "localhost:80", "", "ws://", "wss:///path", "ws://host:0/", "ws://host:70000/",
        "ws://host:port/", "ws://user:secret@host/", "ws://ho st/", "ws://host/a\r\nX: y", "ws://[::1/",
        "ws://hôte/", "ws://host/" + String(repeating: "a", count: 3000), "ws://" + String(repeating: "a", count: 200),
    ])
    func `refuses what is not a WebSocket address, without repeating it`(url: String) async throws {
        let heard = try await ending(url)
        guard case .closed(let end) = heard.first, case .badAddress(let why) = end.error else {
            Issue.record("heard \(heard)")
            return
        }
        #expect(heard.count == 1)
        #expect(why.hasPrefix("not a WebSocket address: ") && !why.contains("secret"))
    }

    @Test(arguments: [200, 204, 301, 302, 401, 403, 404, 429, 500, 503])
    func `tells the HTTP status of a refusal, and follows no redirect`(status: Int) async throws {
        try await conversation { server in
            server.readRequest()
            server.send("HTTP/1.1 \(status) No\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\nno")
        } client: { _, ear in
            #expect(await ear.untilClosed() == [.failed(.refused(status: status))])
        }
    }

    @Test(arguments: [
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n", "220 mail.example ESMTP\r\n\r\n", "\0\u{1}\u{2}\r\n\r\n", "",
    ])
    func `is not fooled by something else that listens there`(answer: String) async throws {
        try await conversation { server in
            server.readRequest()
            server.send(answer)
        } client: { _, ear in
            let heard = await ear.untilClosed()
            guard heard.count == 1, case .closed(let end) = heard[0] else {
                Issue.record("heard \(heard)")
                return
            }
            switch end.error {
            case .failed, .unreachable: break
            default: Issue.record("told as \(String(describing: end.error))")
            }
        }
    }

    @Test func `gives up a server that says nothing, when its time is over`() async throws {
        try await conversation(timeout: .milliseconds(50)) { server in
            server.readRequest()
            _ = server.read(1)
        } client: { _, ear in
            #expect(await ear.untilClosed() == [.failed(.timedOut)])
        }
    }

    @Test func `tells that nobody listens`() async throws {
        let server = try RawServer { _ in }
        server.stop()
        #expect(
            try await ending(server.url) == [
                .failed(.unreachable("127.0.0.1:\(server.port) does not accept connections: is it running?"))
            ])
    }

    @Test func `tells that a name does not exist`() async throws {
        // Longer than a name may be (RFC 1035, 2.3.4), so that nobody has to be asked.
        let host = String(repeating: "a", count: 70) + ".test"
        let heard = try await ending("ws://\(host)/")
        guard heard.count == 1, case .closed(let end) = heard[0], case .unreachable(let why) = end.error else {
            Issue.record("heard \(heard)")
            return
        }
        #expect(why.hasPrefix("\(host) was not found"))
    }

    @Test func `tries every address of a name`() async throws {
        // "localhost" is ::1 as well on most machines, and first; the server stands on 127.0.0.1.
        let server = try RawServer { server in
            server.upgrade()
            server.sendClose(1000)
            _ = server.readClose()
        }
        #expect(try await ending("ws://localhost:\(server.port)/") == [.opened, .closed(1000)])
        server.stop()
    }

    // MARK: The owner changes its mind

    @Test(arguments: [true, false]) func `can be given up before it is open`(byDropping: Bool) async throws {
        let isAsked = Note<Bool>()
        try await conversation { server in
            server.readRequest()
            isAsked.write(true)
            _ = server.read(1)
        } client: { socket, ear in
            socket.send(text: [1])
            _ = await isAsked.read()
            if byDropping { socket.drop() } else { socket.close(code: 1000, reason: "never mind") }
            let expected = byDropping ? Heard.closed(nil, "dropped") : .closed(1000, "never mind")
            #expect(await ear.untilClosed() == [expected])
        }
    }

    @Test func `can be given up at once, from an actor of the loop too`() async throws {
        let loop = try EventLoop(name: "test", log: .silent)
        let ear = Ear()
        await Hasty(loop).connectAndDrop(ear.handlers)
        #expect(await ear.untilClosed() == [.closed(nil, "dropped")])
        await loop.stop()
    }

    @Test func `ends with its loop, open or not`() async throws {
        let isAsked = Note<Bool>()
        let open = try RawServer { server in
            server.upgrade()
            _ = server.readClose()
        }
        let mute = try RawServer { server in
            server.readRequest()
            isAsked.write(true)
            _ = server.read(1)
        }
        let loop = try EventLoop(name: "test", log: .silent)
        let ears = [Ear(), Ear(), Ear()]
        let socket = loop.connect(url: open.url, handlers: ears[0].handlers)
        _ = loop.connect(url: mute.url, handlers: ears[1].handlers)
        #expect(await ears[0].next() == .opened)
        _ = await isAsked.read()
        await loop.stop()
        _ = loop.connect(url: open.url, handlers: ears[2].handlers)
        socket.send(text: [1])
        socket.close(code: 1000, reason: "")
        socket.drop()
        #expect(await ears[0].untilClosed() == [.closed(nil, "the line was lost")])
        for ear in ears.dropFirst() {
            #expect(await ear.untilClosed() == [.failed(.failed("the event loop was stopped"))])
        }
        open.stop()
        mute.stop()
    }
}

private actor Hasty: LoopActor {
    let loop: EventLoop
    init(_ loop: EventLoop) { self.loop = loop }

    func connectAndDrop(_ handlers: WebSocketHandlers) {
        loop.connect(url: "ws://127.0.0.1:1/", handlers: handlers).drop()
    }
}
