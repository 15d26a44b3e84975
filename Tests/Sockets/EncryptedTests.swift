// wss://: whom we believe, and what we say when we do not.

import Runtime
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct `An encrypted WebSocket` {
    private func connect(
        to server: TLSServer, as host: String = "localhost", trusting trust: TLSTrust,
        _ converse: (WebSocket, Ear) async -> Void
    ) async throws {
        let loop = try EventLoop(name: "test", log: .silent)
        let ear = Ear()
        let socket = loop.connect(url: "wss://\(host):\(server.port)/?v=10", handlers: ear.handlers, trusting: trust)
        await converse(socket, ear)
        await loop.stop()
        server.kill()
    }

    @Test func `opens for a name the authority vouches for`() async throws {
        let authority = try Authority()
        let server = try TLSServer(certificate: authority.sign("localhost"))
        let request = Note<String>()
        let thread = try SystemThread.start(named: "script") {
            request.write(server.connection.upgrade())
            while let frame = server.connection.readFrame() {
                server.connection.send(frame: frame.opcode, frame.payload)
                if frame.opcode == RawConnection.Opcode.close { return }
            }
        }
        try await connect(to: server, trusting: .file(authority.certificate)) { socket, ear in
            let long = [UInt8](repeating: 120, count: 200_000)
            socket.send(binary: long)
            #expect(await ear.next() == .opened)
            #expect(await ear.next() == .binary(long))
            socket.close(code: 1000, reason: "bye")
            #expect(await ear.untilClosed() == [.closed(1000, "bye")])
        }
        thread.join()
        let said = await request.read() ?? ""
        #expect(said.contains("GET /?v=10 HTTP/1.1\r\n"))
        // What s_server remarks: HTTP/2 was not offered.
        #expect(said.contains("ALPN protocols advertised by the client: http/1.1\n"))
    }

    @Test func `asks for the name it means, and tells a line that is cut`() async throws {
        let authority = try Authority()
        let certificate = try authority.sign("localhost")
        // The second pair is for those who ask for that name (SNI); nothing else would be believed here.
        let server = try TLSServer(
            certificate: authority.sign("other.example"),
            ["-servername", "localhost", "-cert2", certificate + ".pem", "-key2", certificate + ".key"])
        let thread = try SystemThread.start(named: "script") {
            server.connection.upgrade()
            server.connection.send(text: "hello")
        }
        try await connect(to: server, trusting: .file(authority.certificate)) { _, ear in
            #expect(await ear.next() == .opened)
            #expect(await ear.next() == .text("hello"))
            server.kill()
            #expect(await ear.untilClosed() == [.closed(nil, "the line was lost")])
        }
        thread.join()
    }

    @Test(arguments: ["an unknown authority", "another name", "another address"])
    func `refuses a server that cannot prove who it is`(because: String) async throws {
        let authority = try Authority()
        let name = because == "another name" ? "other.example" : "localhost"
        let server = try TLSServer(certificate: authority.sign(name))
        let trust: TLSTrust = because == "an unknown authority" ? .system : .file(authority.certificate)
        let host = because == "another address" ? "127.0.0.1" : "localhost"
        let (why, at) =
            switch because {
            case "an unknown authority": ("unable to get local issuer certificate", "localhost")
            case "another name": ("hostname mismatch", "localhost")
            default: ("IP address mismatch", "127.0.0.1")
            }
        try await connect(to: server, as: host, trusting: trust) { _, ear in
            #expect(
                await ear.untilClosed() == [
                    .failed(.tls("\(at):\(server.port) could not prove who it is: \(why)"))
                ])
        }
    }

    @Test func `says that the file of authorities is missing`() async throws {
        let loop = try EventLoop(name: "test", log: .silent)
        let ear = Ear()
        _ = loop.connect(url: "wss://localhost:1/", handlers: ear.handlers, trusting: .file("/nowhere/ca.pem"))
        #expect(
            await ear.untilClosed() == [
                .failed(.tls("the file of trusted certificates cannot be read: /nowhere/ca.pem"))
            ])
        await loop.stop()
    }

    @Test func `says that the other side does not speak TLS`() async throws {
        let server = try RawServer { server in
            _ = server.read(1)
            server.send("HTTP/1.1 400 Bad Request\r\n\r\n")
        }
        let loop = try EventLoop(name: "test", log: .silent)
        let ear = Ear()
        _ = loop.connect(url: "wss://127.0.0.1:\(server.port)/", handlers: ear.handlers)
        #expect(
            await ear.untilClosed() == [
                .failed(.tls("no encrypted connection to 127.0.0.1:\(server.port): does it speak TLS on this port?"))
            ])
        await loop.stop()
        server.stop()
    }
}
