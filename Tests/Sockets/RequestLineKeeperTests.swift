// Encoded newlines in a request's line, which lws would take for its end.

import HTTP
import Runtime
import Testing

@testable import Sockets

@Suite(.timeLimit(.minutes(1))) struct RequestLineKeeperTests {
    private func passed(_ text: String, inPiecesOf size: Int = .max) -> String {
        var keeper = RequestLineKeeper()
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            out += keeper.pass(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return String(decoding: out, as: UTF8.self)
    }

    @Test(arguments: [1, 2, 3, 5, 1_000])
    func `only request lines change, however they are cut`(size: Int) {
        let head = "Host: %0A\r\nContent-Length: 5\r\n\r\n"
        let sent = "PUT /?a=1%0A2%0d%0a%20%0&b=%%0A HTTP/1.1\r\n\(head)%0A%0AGET /%0Ab HTTP/1.1\r\n\r\n"
        let expected = "PUT /?a=1%1E2%1F%1E%20%0&b=%%1E HTTP/1.1\r\n\(head)%0A%0AGET /%1Eb HTTP/1.1\r\n\r\n"
        #expect(passed(sent, inPiecesOf: size) == expected)
    }

    @Test func `what is upgraded is left alone`() {
        let text = "GET /%20 HTTP/1.1\r\nUpgrade: websocket\r\n\r\n%0A\r\n\r\nGET /%0A"
        #expect(passed(text) == text)
    }

    @Test(arguments: ["a\nb", "\r\n", "one\n\ntwo & three=4\n", "plain"])
    func `a handler hears newlines`(text: String) async throws {
        let loop = try EventLoop(name: "newlines", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: 0,
            routes: [.put("/") { request in .text((request.queryValue("text") ?? "") + "|\(request.query.count)") }],
            keepsNewlines: true, log: .silent)
        let http = try HTTPClient(userAgent: "Test/1")
        for _ in 0..<3 {
            let answer = try await http.send(
                HTTPRequest("PUT", "http://127.0.0.1:\(server.port)/?text=\(text.percentEncoded())&b=2", body: .empty))
            #expect(answer.text == text + "|2")
        }
        await http.stop()
        await server.stop()
        await loop.stop()
    }
}
