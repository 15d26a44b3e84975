// What we send (sheet discord.md §1: ops 1, 2, 3, 6). It prints as its op and size only, because two of these carry the
// token.

internal import FoundationEssentials
internal import Runtime

package struct GatewayPayload: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    package let op: Int
    package let bytes: [UInt8]

    package var description: String { "op \(op), \(bytes.count) bytes" }
    package var customMirror: Mirror { Mirror(self, children: ["op": op, "size": bytes.count]) }

    static func heartbeat(_ sequence: Int64?) -> GatewayPayload {
        GatewayPayload(op: 1, bytes: Array(#"{"op":1,"d":\#(sequence.map(String.init) ?? "null")}"#.utf8))
    }

    static func identify(_ config: GatewayConfig, intents: Intents, presence: Presence?) -> GatewayPayload {
        GatewayPayload(
            op: 2,
            IdentifyBody(
                token: config.token.reveal(), intents: intents.rawValue,
                properties: .init(os: "linux", browser: "autoplex", device: "autoplex"),
                large_threshold: config.largeThreshold, shard: [config.shard.number, config.shard.count],
                presence: presence))
    }

    static func presence(_ presence: Presence) -> GatewayPayload { GatewayPayload(op: 3, presence) }

    static func resume(_ token: Secret, session: String, sequence: Int64) -> GatewayPayload {
        GatewayPayload(op: 6, ResumeBody(token: token.reveal(), session_id: session, seq: sequence))
    }

    private init(op: Int, bytes: [UInt8]) {
        self.op = op
        self.bytes = bytes
    }

    private init(op: Int, _ body: some Encodable) {
        // Strings and numbers cannot fail to encode; an empty payload is refused by Discord and shows itself at once.
        let data = try? JSONEncoder().encode(Frame(op: op, d: body))
        self.init(op: op, bytes: data.map { [UInt8]($0) } ?? [])
    }

    private struct Frame<Body: Encodable>: Encodable {
        let op: Int
        let d: Body
    }

    private struct IdentifyBody: Encodable {
        struct Properties: Encodable {
            let os: String
            let browser: String
            let device: String
        }
        /// Bare, without "Bot ".
        let token: String
        let intents: Int
        let properties: Properties
        let large_threshold: Int
        let shard: [Int]
        let presence: Presence?
    }

    private struct ResumeBody: Encodable {
        let token: String
        let session_id: String
        let seq: Int64
    }
}
