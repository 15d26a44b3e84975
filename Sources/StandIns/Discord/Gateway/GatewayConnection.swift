// One WebSocket of a bot as the gateway sees it: which frames may come when, and the close codes for the rest (sheet §1,
// close table, Pacing). Pure: bytes and the time in, what is asked out.

import Runtime

struct GatewayConnection: Sendable {
    /// What a frame asks for, or how it ends the connection.
    enum Asked: Sendable {
        case heartbeat
        case identify(JSON)
        case resume(JSON)
        case members(JSON)
        case nothing
        case close(UInt16, String)
    }

    let number: Int
    /// The session it carries, once identified or resumed.
    var session: String?
    var lastBeat: Instant
    var heartbeats = 0
    /// A zombie: nothing is read, nothing sent, the socket stays open.
    var isMute = false
    /// We began to close: what follows is not the client's doing.
    var isClosing = false
    private var sends: [Instant] = []

    init(number: Int, now: Instant) {
        self.number = number
        lastBeat = now
    }

    mutating func receive(_ bytes: [UInt8], isText: Bool, rules: DiscordRules, now: Instant) -> Asked {
        sends.removeAll { now - $0 >= .seconds(60) }
        sends.append(now)
        if sends.count > rules.sendsPerMinute { return .close(4008, "You are being rate limited.") }
        if bytes.count > rules.payloadLimit || !isText { return .close(4002, "Error while decoding payload.") }
        guard let frame = try? JSON(parsing: bytes), let op = frame["op"]?.int else {
            return .close(4002, "Error while decoding payload.")
        }
        let data = frame["d"] ?? .null
        switch op {
        case 1:
            guard data.isNull || data.int != nil else { return .close(4002, "Error while decoding payload.") }
            lastBeat = now
            heartbeats += 1
            return .heartbeat
        case 2, 6:
            if session != nil { return .close(4005, "Already authenticated.") }
            guard data.fields != nil else { return .close(4002, "Error while decoding payload.") }
            return op == 2 ? .identify(data) : .resume(data)
        case 3, 4, 8, 31, 43:
            if session == nil { return .close(4003, "Not authenticated.") }
            if op == 3, !Self.isPresence(data) { return .close(4002, "Error while decoding payload.") }
            return op == 8 ? .members(data) : .nothing
        default: return .close(4001, "Unknown opcode.")
        }
    }

    /// Op 3 and `presence` of Identify share one shape.
    static func isPresence(_ data: JSON) -> Bool {
        guard let status = data["status"]?.string,
            ["online", "dnd", "idle", "invisible", "offline"].contains(status),
            data["afk"]?.bool != nil || data["afk"] == nil, let since = data["since"] ?? .some(.null)
        else { return false }
        return (since.isNull || since.number != nil) && (data["activities"]?.array != nil || data["activities"] == nil)
    }
}

/// What an Identify says, when it says it properly.
struct Identify: Sendable {
    var intents: Int
    var shard: Int
    var shards: Int

    enum Refusal: Error { case close(UInt16, String) }

    init(_ data: JSON, token: String, rules: DiscordRules, guilds: Int) throws(Refusal) {
        guard let given = data["token"]?.string, let intents = data["intents"]?.int, data["properties"]?.fields != nil
        else { throw .close(4002, "Error while decoding payload.") }
        guard given == token else { throw .close(4004, "Authentication failed.") }
        if let presence = data["presence"], !presence.isNull, !GatewayConnection.isPresence(presence) {
            throw .close(4002, "Error while decoding payload.")
        }
        if let threshold = data["large_threshold"], !threshold.isNull, !(50...250).contains(threshold.int ?? 0) {
            throw .close(4002, "Error while decoding payload.")
        }
        self.intents = intents
        (shard, shards) = (0, 1)
        if let given = data["shard"], !given.isNull {
            guard let id = given[0]?.int, let count = given[1]?.int, given.array?.count == 2, count > 0,
                0..<count ~= id
            else { throw .close(4010, "Invalid shard.") }
            (shard, shards) = (id, count)
        }
        if guilds > rules.guildsPerShard { throw .close(4011, "Sharding required.") }
        if intents & ~GatewayIntent.known != 0 || intents < 0 { throw .close(4013, "Invalid intent(s).") }
        if intents & GatewayIntent.privileged & ~rules.grantedIntents != 0 {
            throw .close(4014, "Disallowed intent(s).")
        }
    }
}
