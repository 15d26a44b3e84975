// A real server on loopback that behaves like Discord's bot API v10 (sheet §7), with people in it who can be made to
// talk and click. It knows nothing of the client it judges. For tests, `autoplex demo`, benchmarks and discord.py.

package import Runtime
package import Sockets

package final class DiscordStandIn: Sendable {
    /// What a bot needs: `DISCORD_API_URL` and its token.
    package let apiURL: String
    package let token: String
    package let port: Int
    /// What the bot asked of the API, and what it did at the gateway.
    package let requests: Chronicle<APIEntry>
    package let gateway: Chronicle<GatewayNote>
    package let bot: DiscordID

    let core: DiscordCore
    private let server: HTTPServer
    private let heartbeatCheck: Task<Void, Never>?

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, world: DiscordWorld = .small,
        rules: DiscordRules = .standard, log: Log = .silent
    ) async throws(SocketError) -> DiscordStandIn {
        let core = DiscordCore(loop: loop, clock: clock, api: DiscordAPI(world: world, rules: rules))
        let server = try await HTTPServer.start(
            on: loop, port: port, routes: botRoutes(core) + ControlRoutes(core: core).routes(under: "/chat"),
            headers: ["X-Audit-Log-Reason"], log: log)
        await core.settle(at: server.port)
        return DiscordStandIn(core: core, server: server, world: world, rules: rules)
    }

    private init(core: DiscordCore, server: HTTPServer, world: DiscordWorld, rules: DiscordRules) {
        self.core = core
        self.server = server
        port = server.port
        apiURL = "http://127.0.0.1:\(server.port)/api/v10"
        token = rules.token
        requests = core.requests
        gateway = core.gateway
        bot = world.bot
        // On a virtual clock a test that waits for sleepers would count this one: there it calls `checkHeartbeats`.
        if rules.endsSilentSessions, !(core.clock is VirtualClock) {
            heartbeatCheck = Task { [core] in
                while (try? await core.clock.sleep(for: rules.heartbeatInterval / 4)) != nil { await core.tick() }
            }
        } else {
            heartbeatCheck = nil
        }
    }

    /// Ends every connection and the server. Stalled requests are let go first.
    package func stop() async {
        heartbeatCheck?.cancel()
        await heartbeatCheck?.value
        await core.stop()
        await server.stop()
    }

    /// The chat page and its control API, to be served by somebody else's server too (the demo's).
    package func chatRoutes(under prefix: String = "/chat", with extras: ChatExtras = ChatExtras()) -> [Route] {
        ControlRoutes(core: core, extras: extras).routes(under: prefix)
    }

    private static func botRoutes(_ core: DiscordCore) -> [Route] {
        let answer: @Sendable (ServerRequest) async -> ServerResponse = { request in await core.serve(request) }
        let path = "/api/v10/{rest...}"
        // One byte more than Discord's own limit on requests, so that the refusal is Discord's.
        let most = MessageForm.requestLimit + (1 << 20)
        return [
            .get(path, answer), .post(path, maxBody: most, answer), .put(path, maxBody: most, answer),
            .patch(path, maxBody: most, answer), .delete(path, answer),
            // As Discord itself writes a webhook's address: without a version.
            .post("/api/webhooks/{id}/{token}", maxBody: most) { request in
                var request = request
                let parts = ["webhooks", request.parameters["id"] ?? "", request.parameters["token"] ?? ""]
                request.parameters["rest"] = parts.joined(separator: "/")
                return await core.serve(request)
            },
            .get("/attachments/{channel}/{id}/{name}") { request in await core.file(request) },
            .webSocket("/gateway") { request, socket in line(core, request, socket) },
            .webSocket("/") { request, socket in line(core, request, socket) },
        ]
    }

    /// Entered on the loop's thread, which is the core's.
    private static func line(_ core: DiscordCore, _ request: ServerRequest, _ socket: WebSocket) -> WebSocketHandlers {
        let query = request.query
        let number = LineNumber()
        return WebSocketHandlers(
            opened: { core.assumeIsolated { core in number.set(core.opened(socket, query: query)) } },
            message: { bytes, isText in
                core.assumeIsolated { core in core.received(bytes, isText: isText, on: number.value) }
            },
            closed: { end in core.assumeIsolated { core in core.closed(number.value, end) } })
    }
}
