// The chat page and its control API: strict about content, deaf to foreign pages, private where messages are.

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct ChatPageTests {
    private func get(_ stage: Stage, _ path: String) async throws -> HTTPResponse {
        try await stage.http.send(HTTPRequest("GET", "http://127.0.0.1:\(stage.discord.port)/chat/\(path)"))
    }

    @Test func `the page and all its files keep to the strictest policy`() async throws {
        try await Stage.play { stage in
            let page = try await get(stage, "")
            #expect(page.status == 200)
            var files: Set<String> = []
            for piece in page.text.split(separator: "\"") where piece.hasSuffix(".js") || piece.hasSuffix(".css") {
                files.insert(String(piece))
            }
            #expect(files.count == 4)
            for file in files {
                let text = try await get(stage, file).text
                for piece in text.split(separator: "\"") where piece.hasPrefix("./") {
                    files.insert(String(piece.dropFirst(2)))
                }
            }
            for file in files {
                let answer = try await get(stage, file)
                #expect(answer.status == 200, "\(file)")
                #expect(answer.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
                #expect(!answer.text.contains("innerHTML"), "\(file)")
                // No address of anywhere else.
                #expect(!answer.text.contains("https://fonts") && !answer.text.contains("//cdn"), "\(file)")
            }
            #expect(!page.text.contains("<script>") && !page.text.contains(" style=") && !page.text.contains("onclick"))
        }
    }

    @Test func `people act through it and see what they may`() async throws {
        try await Stage.play { stage in
            let said = try await stage.control(
                "say", ["as": .id(Household.ann), "channel": .id(Household.media), "text": "hello"])
            #expect(said["id"]?.id != nil)
            let household = try JSON(parsing: try await get(stage, "api/household?as=\(Household.ann)").body)
            #expect(household["channels"]?.array?.count == 2)
            let robins = try JSON(parsing: try await get(stage, "api/household?name=robin").body)
            #expect(robins["channels"]?.array?.count == 3)
            let read = try JSON(
                parsing: try await get(stage, "api/channels/\(Household.media)/messages?as=\(Household.bo)").body)
            #expect(read[0]?["content"]?.string == "hello")
            let hidden = try JSON(
                parsing: try await get(stage, "api/channels/\(Household.admin)/messages?as=\(Household.bo)").body)
            #expect(hidden == [])
            let refused = try await stage.control(
                "say", ["as": .id(Household.bo), "channel": .id(Household.admin), "text": "hello"])
            #expect(refused["error"]?.string == "Bo may not write in #admin")
        }
    }

    @Test func `a form of another page is refused`() async throws {
        try await Stage.play { stage in
            let url = "http://127.0.0.1:\(stage.discord.port)/chat/api/say"
            let body = HTTPRequest.Body.bytes(Array("{}".utf8), type: "text/plain")
            let answer = try await stage.http.send(HTTPRequest("POST", url, body: body))
            #expect(answer.status == 415)
        }
    }

    @Test func `news reach only those they concern`() async throws {
        try await Stage.play { stage in
            func watch(_ viewer: DiscordID, origin: String? = nil) -> (Chronicle<JSON>, WebSocket) {
                let heard = Chronicle<JSON>()
                let socket = stage.loop.connect(
                    url: "ws://127.0.0.1:\(stage.discord.port)/chat/api/feed?as=\(viewer)",
                    handlers: WebSocketHandlers(
                        opened: { heard.append(["kind": "opened"]) },
                        message: { bytes, _ in heard.append((try? JSON(parsing: bytes)) ?? .null) },
                        closed: { end in heard.append(["kind": "closed", "code": .int(Int64(end.code ?? 0))]) }),
                    headers: origin.map { [("Origin", $0)] } ?? [])
                return (heard, socket)
            }
            let (ann, _) = watch(Household.ann)
            let (robin, _) = watch(Household.robin)
            for heard in [ann, robin] { _ = try await heard.first { $0["kind"]?.string == "opened" } }
            let direct = await stage.discord.directChannel(with: Household.robin)
            try await stage.discord.say("for admins", as: Household.robin, in: Household.admin)
            try await stage.discord.say("between us", as: Household.robin, in: direct)
            try await stage.discord.say("for all", as: Household.robin, in: Household.media)
            _ = try await ann.first { $0["message"]?["content"]?.string == "for all" }
            _ = try await robin.first { $0["message"]?["content"]?.string == "for all" }
            #expect(ann.entries.count(where: { $0["kind"]?.string == "created" }) == 1)
            #expect(robin.entries.count(where: { $0["kind"]?.string == "created" }) == 3)
            let (stranger, _) = watch(Household.ann, origin: "http://evil.example")
            let refusal = try await stranger.first { $0["kind"]?.string == "closed" }
            #expect(refusal["code"]?.int == 1008)
        }
    }
}
