// What a session wants done: the thin owner outside (Gateway) does it and nothing else.

package enum GatewayAction: Equatable, Sendable {
    /// Ask GET /gateway/bot; the answer comes back by `informed` or `uninformed`.
    case ask
    /// A fresh line to this URL, with fresh compression. Whatever an older line still says is not listened to.
    case connect(String)
    /// Find out when this shard may Identify; the answer comes back by `turnComes`.
    case awaitTurn(maxConcurrency: Int)
    case send(GatewayPayload)
    /// Close our side of the line. Only a true shutdown uses 1000, which ends the session at Discord.
    case close(UInt16)
    /// A dispatch; its `s` is already remembered.
    case deliver(Envelope)
    case emit(GatewayEvent)
    case note(SessionNote)
    /// The end, for good.
    case stop(GatewayStop)
}

/// A line for the log.
package struct SessionNote: Equatable, Sendable {
    package enum Level: Sendable { case debug, info, warning }
    package let level: Level
    package let text: String
}
