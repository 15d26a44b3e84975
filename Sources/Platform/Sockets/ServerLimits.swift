// How much one client may ask of a server before it is shown the door.

internal import Runtime

package struct ServerLimits: Sendable {
    /// From the connection's beginning, or the request's first byte being possible, to the end of its headers.
    package var headerTime: Duration
    /// For the whole body.
    package var bodyTime: Duration
    /// Between two requests of one connection.
    package var idleTime: Duration
    package var connections: Int
    /// How long answers under way may take when the server stops.
    package var grace: Duration

    package init(
        headerTime: Duration = .seconds(10), bodyTime: Duration = .seconds(30), idleTime: Duration = .seconds(60),
        connections: Int = 512, grace: Duration = .seconds(3)
    ) {
        self.headerTime = headerTime
        self.bodyTime = bodyTime
        self.idleTime = idleTime
        self.connections = connections
        self.grace = grace
    }

    package static let standard = ServerLimits()
}
