// What to do when Discord or the network has closed the line: the table of sheet discord.md §1.

enum AfterClose: Equatable, Sendable {
    /// Take the session up again; after so many refusals, start a new one.
    case resume(attempts: Int)
    case identify
    /// We sent too fast: a pause first.
    case identifyLater
    /// 4014; it may do to ask for less.
    case intentsRefused
    case stop(GatewayStop)

    static let patiently = AfterClose.resume(attempts: 3)

    /// Nil: the line was lost without a close frame.
    init(code: UInt16?, shard: Shard) {
        switch code {
        case 4000, 4001, 4002: self = .patiently
        case 4003, 4005, 4007: self = .identify
        case 4004: self = .stop(.tokenRefused)
        case 4008: self = .identifyLater
        // The docs want a new session; a resume costs one connection and no Identify, and sometimes works.
        case 4009: self = .resume(attempts: 1)
        case 4010: self = .stop(.shardRefused(shard))
        case 4011: self = .stop(.shardingRequired)
        case 4012: self = .stop(.versionRefused)
        case 4013: self = .stop(.intentsInvalid)
        case 4014: self = .intentsRefused
        case 1000, 1001: self = .resume(attempts: 1)
        // Without a code (1005 and 1006 stand for that) it was the network: it may be lost again while it recovers,
        // which says nothing about the session.
        default: self = .patiently
        }
    }

    static func sentence(_ code: UInt16?, _ reason: String) -> String {
        guard let code else { return reason.isEmpty ? "the line was lost" : "the line was lost: \(reason)" }
        let said = reason.isEmpty ? "" : ": \(reason)"
        return "Discord closed the line with \(code)\(said)"
    }
}
