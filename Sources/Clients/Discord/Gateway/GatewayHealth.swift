// How the gateway is doing, for `!plex status`, readiness and metrics. Read without waiting for the network thread.

package import Runtime

package struct GatewayHealth: Equatable, Sendable {
    package enum State: String, Sendable {
        /// Not started yet, or stopped.
        case offline
        /// On the way to a session: asking for the address, connecting, logging in or resuming.
        case connecting
        /// Between two attempts.
        case waiting
        case live
        /// Discord said not to try again.
        case stopped
    }

    package var state = State.offline
    package var shard: Shard
    /// From the last heartbeat to its answer.
    package var latency: Duration?
    package var lastEvent: Instant?
    package var lastError: String?
    package var readsContent: Bool
    package var frames = 0
    package var bytes = 0
    /// Events that somebody listened to.
    package var events = 0
    package var identifies = 0
    package var resumes = 0
    package var connections = 0

    package init(shard: Shard, readsContent: Bool) {
        self.shard = shard
        self.readsContent = readsContent
    }

    package var isLive: Bool { state == .live }
}
