// Lines served by a thread each: the calls of other tests' servers and clients go over them, so only their ends are
// looked at here.

import HTTP
import Streams
import Testing

@Suite(.timeLimit(.minutes(1))) struct `A server of lines` {
    @Test func `answers, and ends with the answer`() async throws {
        let server = try StreamServer()
        try server.begin { line in
            guard line.line(limit: 100) == Array("GET / HTTP/1.1\r\n".utf8) else { return }
            while let field = line.line(limit: 1000), field != [13, 10] {}
            try? line.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".utf8))
        }
        let http = try HTTPClient(userAgent: "test")
        let answer = try await http.send(HTTPRequest("GET", "http://127.0.0.1:\(server.port)/"))
        #expect(answer.text == "hello")
        await http.stop()
        await server.stop()
    }

    @Test func `cuts a line that is too long into pieces`() async throws {
        let server = try StreamServer()
        let (pieces, say) = AsyncStream.makeStream(of: Int.self)
        try server.begin { line in
            while let piece = line.line(limit: 4), piece.last != 10 { say.yield(piece.count) }
            say.finish()
        }
        let http = try HTTPClient(userAgent: "test")
        await #expect(throws: HTTPError.self) {
            try await http.send(HTTPRequest("GET", "http://127.0.0.1:\(server.port)/"))
        }
        var counts: [Int] = []
        for await count in pieces { counts.append(count) }
        #expect(counts == [4, 4, 4])
        await http.stop()
        await server.stop()
    }

    @Test func `stops though a line waits for a client that says nothing, and frees the port`() async throws {
        let server = try StreamServer()
        let (calls, call) = AsyncStream.makeStream(of: Void.self)
        try server.begin { line in
            call.yield()
            line.waitUntilGone()
            line.pause(for: .seconds(3600))
        }
        let http = try HTTPClient(userAgent: "test")
        async let answer = try? http.send(HTTPRequest("GET", "http://127.0.0.1:\(server.port)/"))
        for await _ in calls { break }
        await server.stop()
        #expect(await answer == nil)
        await http.stop()
        let again = try StreamServer(port: server.port)
        try again.begin { _ in }
        await again.stop()
    }

    @Test func `says when its port is taken`() async throws {
        let server = try StreamServer()
        try server.begin { _ in }
        #expect(throws: StreamServer.Failure.self) { try StreamServer(port: server.port) }
        await server.stop()
    }

    @Test func `makes a certificate for the names it is asked for`() throws {
        let one = try TLSIdentity(for: ["DNS:localhost"])
        let other = try TLSIdentity()
        #expect(String(decoding: one.certificate, as: UTF8.self).hasPrefix("-----BEGIN CERTIFICATE-----\n"))
        #expect(one.certificate != other.certificate)
        #expect(throws: TLSIdentityFailure.self) { try TLSIdentity(for: ["nonsense"]) }
    }
}
