// A conversation over an open WebSocket, and every way it can end.

import Runtime
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct `A WebSocket client` {
    private typealias Opcode = RawConnection.Opcode

    @Test func `hears what it says to an echo, text as text and bytes as bytes`() async throws {
        try await conversation { server in
            server.upgrade()
            while let frame = server.readFrame(), frame.opcode != Opcode.close {
                server.send(frame: frame.opcode, frame.payload)
            }
            server.sendClose(1000, "bye")
        } client: { socket, ear in
            socket.send(text: Array("hällo".utf8))
            socket.send(binary: [0, 255, 10])
            socket.send(text: [])
            #expect(await ear.next() == .opened)
            #expect(await ear.next() == .text("hällo"))
            #expect(await ear.next() == .binary([0, 255, 10]))
            #expect(await ear.next() == .text(""))
            socket.close(code: 1000, reason: "bye")
            #expect(await ear.untilClosed() == [.closed(1000, "bye")])
        }
    }

    @Test func `asks for the address as it was given, and offers nothing it cannot do`() async throws {
        let request = Note<String>()
        let headers = [(name: "User-Agent", value: "Autoplex")]
        try await conversation(path: "a?v=10&encoding=json&x=%20#part", headers: headers) { server in
            request.write(server.upgrade())
        } client: { _, ear in
            let text = await request.read() ?? ""
            #expect(text.hasPrefix("GET /a?v=10&encoding=json&x=%20 HTTP/1.1\r\n"))
            #expect(text.contains(/\r\nHost: 127\.0\.0\.1:\d+\r\n/))
            #expect(text.contains("\r\nUser-Agent: Autoplex\r\n"))
            #expect(!text.contains(/(?i)authorization|extensions|origin|protocol:/))
            #expect(await ear.untilClosed().last == .closed(nil, "the line was lost"))
        }
    }

    @Test func `joins fragments, and answers a ping between them`() async throws {
        let pong = Note<[UInt8]>()
        try await conversation { server in
            server.upgrade()
            server.send(frame: Opcode.text, Array("one ".utf8), isFinal: false)
            server.send(frame: Opcode.continuation, [], isFinal: false)
            server.send(frame: Opcode.ping, [1, 2, 3])
            server.send(frame: Opcode.continuation, Array("two".utf8))
            server.send(frame: Opcode.binary, [UInt8](repeating: 7, count: 40_000), isFinal: false)
            server.send(frame: Opcode.continuation, [UInt8](repeating: 8, count: 70_000))
            server.send(frame: Opcode.binary)
            while let frame = server.readFrame() {
                if frame.opcode == Opcode.pong { pong.write(frame.payload) }
            }
        } client: { socket, ear in
            #expect(await ear.next() == .opened)
            #expect(await ear.next() == .text("one two"))
            let long = [UInt8](repeating: 7, count: 40_000) + [UInt8](repeating: 8, count: 70_000)
            #expect(await ear.next() == .binary(long))
            #expect(await ear.next() == .binary([]))
            #expect(await pong.read() == [1, 2, 3])
            socket.drop()
            #expect(await ear.untilClosed() == [.closed(nil, "dropped")])
        }
    }

    @Test func `keeps the order of ten thousand messages both ways, however long`() async throws {
        let count = 10_000
        @Sendable func message(_ index: Int) -> [UInt8] {
            Array("\(index) ".utf8) + [UInt8](repeating: 46, count: index % 500)
        }
        let inOrder = Note<Int>()
        try await conversation { server in
            server.upgrade()
            var received = 0
            while received < count, server.readFrame()?.payload == message(received) { received += 1 }
            inOrder.write(received)
            for index in 0..<count { server.send(frame: Opcode.binary, message(index)) }
            server.sendClose(1001)
            _ = server.readClose()
        } client: { socket, ear in
            for index in 0..<count { socket.send(binary: message(index)) }
            #expect(await inOrder.read() == count)
            let heard = await ear.untilClosed()
            #expect(heard.count == count + 2)
            #expect(heard.dropFirst().dropLast().elementsEqual((0..<count).map { Heard.binary(message($0)) }))
        }
    }

    @Test func `sends and takes two megabytes in one message`() async throws {
        let size = 2 << 20
        try await conversation { server in
            server.upgrade()
            guard let frame = server.readFrame() else { return }
            server.send(frame: frame.opcode, frame.payload)
            _ = server.readFrame()
        } client: { socket, ear in
            let message = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            socket.send(binary: message)
            #expect(await ear.next() == .opened)
            #expect(await ear.next() == .binary(message))
            socket.drop()
        }
    }

    @Test func `can be told to send from many tasks at once`() async throws {
        let sum = Note<Int>()
        try await conversation { server in
            server.upgrade()
            sum.write((0..<800).reduce(0) { total, _ in total + (server.readFrame()?.payload.count ?? 0) })
        } client: { socket, _ in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { for size in 0..<100 { socket.send(binary: [UInt8](repeating: 1, count: size)) } }
                }
            }
            #expect(await sum.read() == 8 * 4950)
        }
    }

    // MARK: Ends

    @Test func `gives up a message that is longer than allowed, whatever still comes`() async throws {
        let farewell = Note<String?>()
        try await conversation(maxMessage: 100_000) { server in
            server.upgrade()
            server.send(frame: Opcode.text, [UInt8](repeating: 97, count: 100_000))
            server.send(frame: Opcode.text, [UInt8](repeating: 98, count: 3_000_000))
            farewell.write(server.readClose())
        } client: { _, ear in
            #expect(await ear.next() == .opened)
            #expect(await ear.next() == .text(String(repeating: "a", count: 100_000)))
            #expect(await ear.untilClosed() == [.closed(WebSocketEnd(code: 1009, error: .tooLarge))])
            #expect(await farewell.read() == "1009 ")
        }
    }

    @Test func `gives up a message whose fragments never end`() async throws {
        try await conversation(maxMessage: 10_000) { server in
            server.upgrade()
            server.send(frame: Opcode.text, [65], isFinal: false)
            for _ in 0..<500 {
                server.send(frame: Opcode.continuation, [UInt8](repeating: 65, count: 700), isFinal: false)
            }
            _ = server.readClose()
        } client: { _, ear in
            #expect(await ear.untilClosed() == [.opened, .closed(WebSocketEnd(code: 1009, error: .tooLarge))])
        }
    }

    @Test(arguments: [(4004, "Authentication failed."), (1000, ""), (1001, "going"), (4999, "é")])
    func `hears the server's code and reason, and answers them`(code: UInt16, reason: String) async throws {
        let answer = Note<String?>()
        try await conversation { server in
            server.upgrade()
            server.sendClose(code, reason)
            answer.write(server.readClose())
        } client: { _, ear in
            #expect(await ear.untilClosed() == [.opened, .closed(code, reason)])
            #expect(await answer.read() == "\(code) \(reason)")
        }
    }

    @Test func `tells a close frame without a code as 1005`() async throws {
        try await conversation { server in
            server.upgrade()
            server.send(frame: Opcode.close)
            _ = server.readClose()
        } client: { _, ear in
            #expect(await ear.untilClosed() == [.opened, .closed(1005)])
        }
    }

    @Test(arguments: [true, false]) func `tells a line that is lost`(byReset: Bool) async throws {
        try await conversation { server in
            server.upgrade()
            server.send(text: "still here")
            // The reset would overtake the message.
            _ = server.readFrame()
            if byReset { server.abort() } else { server.close() }
        } client: { socket, ear in
            #expect(await ear.next() == .opened)
            #expect(await ear.next() == .text("still here"))
            socket.send(text: Array("go".utf8))
            #expect(await ear.untilClosed() == [.closed(nil, "the line was lost")])
        }
    }

    @Test(arguments: [[0x83, 0], [0xC1, 0], [0x09, 0], [0x80, 0], [0x89, 126, 0, 200]] as [[UInt8]])
    func `ends when the server does not keep to the protocol`(bytes: [UInt8]) async throws {
        try await conversation { server in
            server.upgrade()
            server.send(bytes)
            _ = server.readFrame()
        } client: { _, ear in
            #expect(await ear.untilClosed() == [.opened, .closed(nil, "the line was lost")])
        }
    }

    @Test func `says what it was told to say before its own farewell`() async throws {
        let heard = Note<[String]>()
        try await conversation { server in
            server.upgrade()
            var all: [String] = []
            for _ in 0..<100 { all.append(String(decoding: server.readFrame()?.payload ?? [], as: UTF8.self)) }
            all.append(server.readClose() ?? "nothing")
            heard.write(all)
            server.sendClose(1000)
        } client: { socket, ear in
            #expect(await ear.next() == .opened)
            for index in 0..<100 { socket.send(text: Array("\(index)".utf8)) }
            socket.close(code: 1000, reason: "done")
            socket.send(text: Array("too late".utf8))
            socket.close(code: 4000, reason: "again")
            #expect(await heard.read() == (0..<100).map { "\($0)" } + ["1000 done"])
            #expect(await ear.untilClosed() == [.closed(1000, "done")])
        }
    }

    @Test func `cuts a long reason between characters`() async throws {
        let heard = Note<String?>()
        try await conversation { server in
            server.upgrade()
            heard.write(server.readClose())
            server.sendClose(4000)
        } client: { socket, ear in
            #expect(await ear.next() == .opened)
            socket.close(code: 4000, reason: "a" + String(repeating: "é", count: 100))
            #expect(await heard.read() == "4000 a" + String(repeating: "é", count: 61))
        }
    }

    @Test func `drops the line without a word`() async throws {
        let heard = Note<String?>()
        try await conversation { server in
            server.upgrade()
            server.send(text: "hello")
            heard.write(server.readClose())
        } client: { socket, ear in
            #expect(await ear.next() == .opened)
            #expect(await ear.next() == .text("hello"))
            socket.drop()
            #expect(await heard.read() == .some(nil))
            #expect(await ear.untilClosed() == [.closed(nil, "dropped")])
        }
    }

    @Test func `enters an actor of its loop without a hop`() async throws {
        let server = try RawServer { server in
            server.upgrade()
            for index in 0..<100 { server.send(text: "\(index)") }
            server.sendClose(1000)
            _ = server.readClose()
        }
        let loop = try EventLoop(name: "test", log: .silent)
        let listener = Listener(loop)
        await listener.listen(to: server.url)
        #expect(await listener.heard() == (0..<100).map { "\($0)" })
        await loop.stop()
        server.stop()
    }
}

/// What the Discord gateway does: one actor on the loop, its state touched straight from the handlers.
private actor Listener: LoopActor {
    let loop: EventLoop
    private var texts: [String] = []
    private var isOver = false
    private var waiting: CheckedContinuation<[String], Never>?

    init(_ loop: EventLoop) { self.loop = loop }

    func listen(to url: String) {
        _ = loop.connect(
            url: url,
            handlers: WebSocketHandlers(
                message: { bytes, _ in
                    self.assumeIsolated { $0.texts.append(String(decoding: bytes, as: UTF8.self)) }
                },
                closed: { _ in self.assumeIsolated { $0.end() } }))
    }

    func heard() async -> [String] {
        if isOver { return texts }
        return await withCheckedContinuation { waiting = $0 }
    }

    private func end() {
        isOver = true
        waiting?.resume(returning: texts)
        waiting = nil
    }
}
