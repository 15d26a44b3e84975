// What a WebSocket tells its owner. All of it happens on the loop's thread, in order, so an actor of that loop enters by
// `assumeIsolated`; a handler must not block, for every other connection waits meanwhile.

package struct WebSocketHandlers: Sendable {
    package var opened: @Sendable () -> Void
    /// A whole message, its fragments joined.
    package var message: @Sendable (_ bytes: [UInt8], _ isText: Bool) -> Void
    /// Exactly once, whatever happened, and the last of all; also when the connection never came to be.
    package var closed: @Sendable (WebSocketEnd) -> Void

    package init(
        opened: @escaping @Sendable () -> Void = {},
        message: @escaping @Sendable (_ bytes: [UInt8], _ isText: Bool) -> Void = { _, _ in },
        closed: @escaping @Sendable (WebSocketEnd) -> Void = { _ in }
    ) {
        self.opened = opened
        self.message = message
        self.closed = closed
    }
}

/// How it ended. RFC 6455, 7.1.5 and 7.1.6.
package struct WebSocketEnd: Sendable, Equatable {
    /// The code of the first close frame, theirs or ours; 1005 when theirs had none. Nil when the line was lost, or
    /// dropped by us, without one.
    ///
    /// libwebsockets reads the codes it does not know (1012–2999) as 1002.
    package var code: UInt16?
    package var reason: String
    /// Why the connection could not be made, or why we gave it up.
    package var error: SocketError?

    package init(code: UInt16? = nil, reason: String = "", error: SocketError? = nil) {
        self.code = code
        self.reason = reason
        self.error = error
    }
}
