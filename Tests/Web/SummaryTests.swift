// The numbers for start pages are told to who has the token, and to nobody else.

import FoundationEssentials
import HTTP
import Runtime
import Sockets
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct `The summary for start pages` {
    private func ask(_ token: String?, _ header: String?) async throws -> (Int, String) {
        let loop = try EventLoop(name: "web", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: 0,
            routes: SummaryRoutes.routes(token: token.map { Secret($0) }, summary: { ["streams": 3, "approvals": 1] }),
            log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let request = HTTPRequest(
            "GET", "http://127.0.0.1:\(server.port)/api/summary",
            headers: header.map { [(name: "Authorization", value: $0)] } ?? [])
        let answer: Result<HTTPResponse, HTTPError>
        do throws(HTTPError) { answer = .success(try await http.send(request)) } catch { answer = .failure(error) }
        await http.stop()
        await server.stop()
        await loop.stop()
        let response = try answer.get()
        return (response.status, response.text)
    }

    @Test func `is told for the token`() async throws {
        let (status, text) = try await ask("a token", "Bearer a token")
        #expect(status == 200)
        #expect(text == #"{"approvals":1,"streams":3}"#)
    }

    @Test(arguments: [nil, "", "Bearer", "Bearer ", "Bearer a toke", "Basic a token", "a token"])
    func `is not told for anything else`(_ header: String?) async throws {
        let (status, text) = try await ask("a token", header)
        #expect(status == 401)
        #expect(!text.contains("streams"))
    }

    @Test func `is not there without a token`() async throws {
        let (status, _) = try await ask(nil, "Bearer ")
        #expect(status == 404)
    }
}
