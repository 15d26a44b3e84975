// The stand-in on a real port, and a bot written by hand against the sheet: its own WebSocket and HTTP, no client room.

import Compression
import HTTP
import Runtime
import StandIns
import Sockets
import Testing

struct Stage: Sendable {
    let discord: DiscordStandIn
    let loop: EventLoop
    let http: HTTPClient

    static func play(
        rules: DiscordRules = .standard, clock: any Clock = SystemClock(),
        _ story: @Sendable (Stage) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "stand-in-test", log: .silent)
        let discord = try await DiscordStandIn.start(loop: loop, clock: clock, rules: rules)
        await discord.changeLimits { $0.isOn = false }
        let stage = Stage(
            discord: discord, loop: loop, http: try HTTPClient(userAgent: "DiscordBot (https://x.example, 1)"))
        do {
            try await story(stage)
        } catch {
            await stage.end()
            throw error
        }
        await stage.end()
    }

    private func end() async {
        await discord.stop()
        await http.stop()
        await loop.stop()
    }

    func ask(_ method: String, _ path: String, _ form: JSON? = nil, body: HTTPRequest.Body? = nil) async throws
        -> (status: Int, headers: HTTPHeaders, json: JSON?)
    {
        let authorization = [(name: "Authorization", value: "Bot \(discord.token)")]
        let body = body ?? form.map { .json($0.bytes) } ?? (method == "GET" ? .none : .empty)
        var request = HTTPRequest(method, discord.apiURL + path, headers: authorization, body: body)
        // libcurl would hide a refusal by asking again.
        request.mayBeRepeated = false
        let answer = try await http.send(request)
        return (answer.status, answer.headers, try? JSON(parsing: answer.body))
    }

    func control(_ path: String, _ form: JSON) async throws -> JSON {
        let answer = try await http.send(
            HTTPRequest("POST", "http://127.0.0.1:\(discord.port)/chat/api/\(path)", body: .json(form.bytes)))
        return try JSON(parsing: answer.body)
    }

    /// Connects a bot; its Identify is up to the test.
    func connect(_ compression: TransportCompression = .none) -> HandMadeBot {
        HandMadeBot(loop: loop, port: discord.port, token: discord.token, compression: compression)
    }
}

/// Frames as they come, and whatever the test sends.
final class HandMadeBot: Sendable {
    enum Heard: Sendable {
        case frame(JSON)
        case unreadable
        case end(WebSocketEnd)

        var frame: JSON? { if case .frame(let json) = self { json } else { nil } }
    }

    let heard = Chronicle<Heard>()
    private let socket: WebSocket
    private let token: String

    init(loop: EventLoop, port: Int, token: String, compression: TransportCompression) {
        self.token = token
        let unpacker = compression.makeDecompressor()
        let query = compression == .none ? "" : "&compress=\(compression.rawValue)"
        socket = loop.connect(
            url: "ws://127.0.0.1:\(port)/?v=10&encoding=json\(query)",
            handlers: WebSocketHandlers(
                message: { [heard] bytes, _ in
                    guard let whole = try? unpacker.feed(bytes) else { return }
                    heard.append((try? JSON(parsing: whole)).map(Heard.frame) ?? .unreadable)
                }, closed: { [heard] end in heard.append(.end(end)) }))
    }

    func send(_ frame: JSON) { socket.send(text: frame.bytes) }
    func close(_ code: UInt16) { socket.close(code: code, reason: "") }
    func drop() { socket.drop() }

    func frame(_ name: String) async throws -> JSON {
        let entry = try await heard.first { $0.frame?["t"]?.string == name }
        return entry.frame ?? .null
    }

    func frame(op: Int) async throws -> JSON {
        let entry = try await heard.first { $0.frame?["op"]?.int == op }
        return entry.frame ?? .null
    }

    func end() async throws -> WebSocketEnd {
        let entry = try await heard.first { if case .end = $0 { true } else { false } }
        guard case .end(let end) = entry else { return WebSocketEnd() }
        return end
    }

    /// Hello, Identify, READY; gives the session's id.
    func login(intents: Int64 = 37377) async throws -> String {
        _ = try await frame(op: 10)
        send(["op": 2, "d": ["token": .string(token), "intents": .int(intents), "properties": [:]]])
        return try await frame("READY")["d"]?["session_id"]?.string ?? ""
    }

    func resume(_ session: String, after last: Int) async throws {
        _ = try await frame(op: 10)
        send(["op": 6, "d": ["token": .string(token), "session_id": .string(session), "seq": .int(Int64(last))]])
    }
}
