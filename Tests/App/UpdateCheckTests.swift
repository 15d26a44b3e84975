// A newer version is told of once; an older, an unfinished or an unreadable one never.

import Domain
import FoundationEssentials
import HTTP
import Runtime
import Sockets
import Storage
import Synchronization
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1))) struct `The look for newer versions` {
    private func looks(at answers: [(Int, String)]) async throws -> [String?] {
        let folder = FileManager.default.temporaryDirectory.path + "/update-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try await Database.open(path: folder + "/a.db")
        let left = Mutex(answers)
        let loop = try EventLoop(name: "releases", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: 0,
            routes: [
                .get("/latest.json") { _ in
                    let (status, text) = left.withLock { $0.isEmpty ? (500, "") : $0.removeFirst() }
                    return .json(Array(text.utf8), status: status)
                }
            ], log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let check = UpdateCheck(
            address: "http://127.0.0.1:\(server.port)/latest.json", running: "0.9.1", http: http, database: database,
            log: .silent)
        var told: [String?] = []
        for _ in answers { told.append(try await check.look()?.title.plainText) }
        await http.stop()
        await server.stop()
        await loop.stop()
        await database.close()
        return told
    }

    @Test func `tells of a newer one once`() async throws {
        let new = (200, #"{"tag_name": "v0.10.0", "html_url": "https://a.example/v0.10.0"}"#)
        let newer = (200, #"{"tag_name": "0.10.1"}"#)
        let told = try await looks(at: [new, new, newer, newer])
        #expect(told == ["Autoplex 0.10.0 is there", nil, "Autoplex 0.10.1 is there", nil])
    }

    @Test func `is silent about everything else`() async throws {
        let told = try await looks(at: [
            (200, #"{"tag_name": "0.9.1"}"#), (200, #"{"tag_name": "v0.8.99"}"#),
            (200, #"{"tag_name": "1.0.0", "prerelease": true}"#), (200, #"{"tag_name": "1.0.0", "draft": true}"#),
            (200, #"{"tag_name": "nightly"}"#), (200, "<html>"), (404, "{}"), (500, ""),
        ])
        #expect(told.allSatisfy { $0 == nil })
    }

    @Test(arguments: [("1.2", [1, 2, 0, 0]), ("1.2.3", [1, 2, 3, 0]), ("0.10.0", [0, 10, 0, 0])])
    func `reads versions as numbers`(_ text: String, _ numbers: [Int]) {
        #expect(UpdateCheck.numbers(text) == numbers)
    }

    @Test(arguments: ["", "a", "1..2", "1.2-beta", "1.2.3.4.5", "-1"])
    func `reads nothing into what is no version`(_ text: String) { #expect(UpdateCheck.numbers(text) == nil) }
}
