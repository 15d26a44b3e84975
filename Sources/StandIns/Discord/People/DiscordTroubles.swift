// Troubles to order: at the API per route and number of times, at the gateway for all connections at once.

import Runtime

extension DiscordStandIn: HTTPStandIn {
    package var troubles: Troubles { core.troubles }

    package func rateLimit(
        _ scope: RateLimitBook.Scope, on route: String = "", retryAfter: Duration, times: Int = 1
    ) async {
        await core.change { api in api.limits.force(scope, on: route, retryAfter: retryAfter, times: times) }
    }

    /// Any other change of the limits: sizes of buckets, the ban's threshold, a wrong clock.
    package func changeLimits(_ body: @Sendable (inout RateLimitBook) -> Void) async {
        await core.change { api in body(&api.limits) }
    }

    package func changeRules(_ body: @Sendable (inout DiscordRules) -> Void) async {
        await core.change { api in body(&api.rules) }
    }

    /// A new token, as after a leak: the old one gets 401 and 4004.
    package func changeToken(to token: String) async {
        await core.change { api in api.token = token }
    }

    /// The TCP connections end without a close frame.
    package func dropConnections() async { await core.dropConnections() }
    /// The sockets stay open, but nothing is read or sent any more.
    package func muteConnections() async { await core.muteConnections() }
    /// Op 7.
    package func askReconnect() async { await core.sendRaw(Array(#"{"t":null,"s":null,"op":7,"d":null}"#.utf8)) }
    /// Op 9. Not resumable: the sessions are gone.
    package func invalidateSessions(isResumable: Bool) async { await core.invalidateSessions(isResumable: isResumable) }
    /// The sessions are gone, the connections do not know yet.
    package func forgetSessions() async { await core.forgetSessions() }
    /// Op 1: the client must send a heartbeat at once.
    package func askHeartbeat() async { await core.sendRaw(Array(#"{"t":null,"s":null,"op":1,"d":null}"#.utf8)) }
    package func closeConnections(code: UInt16, reason: String = "") async { await core.closeConnections(code, reason) }
    /// A frame of anything: broken JSON, an unknown op, a null where an object is due.
    package func sendFrame(_ bytes: [UInt8]) async { await core.sendRaw(bytes) }
    package func sendGarbage() async { await core.sendRaw(Array(#"{"op":0,"t":"MESSAGE_CREATE","s":1,"d":{"#.utf8)) }
    /// A numbered event of one's own making, such as one no client knows.
    package func send(event name: String, _ data: JSON) async { await core.inject(name, data.bytes) }
    package func send(event name: String, raw data: [UInt8]) async { await core.inject(name, data) }
    /// With zlib-stream: messages come in frames of this size. Nil: one frame each.
    package func splitFrames(at size: Int?) async { await core.splitFrames(at: size) }
    /// The next connections are dropped before Hello.
    package func refuseGateway(times: Int) async { await core.refuseConnections(times) }
    /// Ends the sessions whose heartbeats have stopped (4009), as a running clock does by itself.
    package func checkHeartbeats() async { await core.tick() }
}
