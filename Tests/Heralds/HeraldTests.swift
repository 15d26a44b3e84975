// What each way is sent, on a real server that takes only what the real one takes; and what its answers mean.

import FoundationEssentials
import HTTP
import Runtime
import Sockets
import Synchronization
import Testing

@testable import Heralds

/// A service as it is: it refuses what the real one refuses.
private final class Post: Sendable {
    struct Letter: Decodable {
        struct Embed: Decodable {
            var title: String
            var description: String
            var url: String?
        }
        struct Mentions: Decodable { var parse: [String] }
        var embeds: [Embed]?
        var allowed_mentions: Mentions?
        var topic: String?
        var title: String?
        var message: String?
        var priority: Int?
        var body: String?
        var type: String?
        var event: String?
        var text: String?
        var click: String?
    }

    let letters = Mutex<[Letter]>([])
    /// What it answers instead, one after the other.
    let bad = Mutex<[(Int, [(String, String)])]>([])

    func take(_ request: ServerRequest, _ isWell: (Letter) -> Bool) -> ServerResponse {
        if let (status, headers) = bad.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            return ServerResponse(status: status, headers: headers)
        }
        guard request.contentType == "application/json",
            let letter = try? JSONDecoder().decode(Letter.self, from: Data(request.body)), isWell(letter)
        else { return ServerResponse(status: 400) }
        letters.withLock { $0.append(letter) }
        return ServerResponse(status: 200)
    }

    var routes: [Route] {
        [
            .post("/api/webhooks/{id}/{token}") { request in
                guard request.parameters["token"] == "secret" else { return ServerResponse(status: 401) }
                let answer = self.take(request) { letter in
                    letter.allowed_mentions?.parse == []
                        && (letter.embeds ?? []).allSatisfy {
                            $0.title.unicodeScalars.count <= 256 && $0.description.unicodeScalars.count <= 4096
                        }
                }
                return answer.status == 200 ? ServerResponse(status: 204) : answer
            },
            .post("/") { request in
                guard request.headers["authorization"] == "Bearer tk_secret" else {
                    return ServerResponse(status: 403)
                }
                return self.take(request) { $0.topic == "household" && $0.message?.isEmpty == false }
            },
            .post("/message") { request in
                guard request.headers["x-gotify-key"] == "secret" else { return ServerResponse(status: 401) }
                return self.take(request) { $0.message?.isEmpty == false && (0...10).contains($0.priority ?? -1) }
            },
            .post("/notify/{key}") { request in
                guard request.parameters["key"] == "household" else { return ServerResponse(status: 204) }
                return self.take(request) {
                    $0.body?.isEmpty == false && ["info", "success", "warning", "failure"].contains($0.type ?? "")
                }
            },
            .post("/hook") { request in self.take(request) { $0.event?.isEmpty == false } },
        ]
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A herald` {
    private static let notice = HeraldNotice(
        event: "service", title: "A service needs a look", text: "Plex: @everyone **down** <@1>", weight: .warning,
        at: Instant(seconds: 1_800_000_000), link: "https://plex.example")

    private func with(_ body: (Post, String, HTTPClient) async throws -> Void) async throws {
        let post = Post()
        let loop = try EventLoop(name: "post", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: 0, routes: post.routes, headers: ["X-Gotify-Key"], log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(post, "http://127.0.0.1:\(server.port)", http)) } catch {
            outcome = .failure(error)
        }
        await http.stop()
        await server.stop()
        await loop.stop()
        try outcome.get()
    }

    private static func all(_ home: String) -> [Herald] {
        [
            Herald(.discord(Secret("\(home)/api/webhooks/1/secret"))),
            Herald(.ntfy(Secret("\(home)/household/"), token: Secret("tk_secret"))),
            Herald(.gotify(Secret(home + "/"), token: Secret("secret"))),
            Herald(.apprise(Secret("\(home)/notify/household"))),
            Herald(.webhook(Secret("\(home)/hook"), token: nil)),
        ]
    }

    @Test func `tells every service what happened, as that service wants it`() async throws {
        try await with { post, home, http in
            for herald in Self.all(home) { try await herald.carry(Self.notice, by: http, clock: SystemClock()) }
            let letters = post.letters.withLock { $0 }
            #expect(letters.count == 5)
            #expect(letters[0].embeds?.first?.description == "Plex: \\@everyone \\*\\*down\\*\\* \\<\\@1\\>")
            #expect(letters[1].priority == 4)
            #expect(letters[1].click == "https://plex.example")
            #expect(letters[2].message == "Plex: @everyone **down** <@1>\nhttps://plex.example")
            #expect(letters[3].type == "warning")
            #expect(letters[4].event == "service")
        }
    }

    @Test func `has something to say even where there is only a title, and cuts what is too long`() async throws {
        try await with { post, home, http in
            let bare = HeraldNotice(event: "job", title: "backup is done", text: "", at: Instant(seconds: 0))
            let long = HeraldNotice(
                event: "job", title: String(repeating: "ä_", count: 400), text: String(repeating: "*ü", count: 9000),
                at: Instant(seconds: 0))
            for herald in Self.all(home) {
                try await herald.carry(bare, by: http, clock: SystemClock())
                try await herald.carry(long, by: http, clock: SystemClock())
            }
            #expect(post.letters.withLock { $0.count } == 10)
        }
    }

    @Test func `knows what is worth another try`() async throws {
        try await with { post, home, http in
            func said(_ status: Int, _ headers: [(String, String)] = []) async -> HeraldError? {
                post.bad.withLock { $0 = [(status, headers)] }
                do throws(HeraldError) {
                    try await Herald(.webhook(Secret("\(home)/hook"), token: nil)).carry(
                        Self.notice, by: http, clock: SystemClock())
                    return nil
                } catch { return error }
            }
            #expect(await said(200) == nil)
            #expect(await said(429, [("Retry-After", "7")]) == .busy(.seconds(7)))
            #expect(await said(503) == .busy(nil))
            #expect(await said(424) == .busy(nil))
            for status in [400, 401, 403, 404, 410] {
                guard case .refused = await said(status) else { Issue.record("\(status)"); continue }
            }
            let nobody = Herald(.apprise(Secret("\(home)/notify/stranger")))
            await #expect(throws: HeraldError.self) {
                try await nobody.carry(Self.notice, by: http, clock: SystemClock())
            }
            let noTopic = Herald(.ntfy(Secret(home), token: nil))
            await #expect(throws: HeraldError.refused("its address has no topic: https://ntfy.example/topic")) {
                try await noTopic.carry(Self.notice, by: http, clock: SystemClock())
            }
        }
    }

    @Test func `never says its address in an error`() async throws {
        let http = try HTTPClient(userAgent: "test")
        for address in ["http://127.0.0.1:1/notify/s3cret", "nonsense s3cret"] {
            do throws(HeraldError) {
                try await Herald(.apprise(Secret(address))).carry(Self.notice, by: http, clock: SystemClock())
                Issue.record("nobody is there")
            } catch { #expect(!"\(error)".contains("s3cret")) }
        }
        await http.stop()
    }
}
