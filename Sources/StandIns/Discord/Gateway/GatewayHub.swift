// The gateway: connections, sessions and what passes between them (sheet §1, §7). Pure: what comes in is bytes and the
// time, what goes out is a list of things to do with the sockets.

import Runtime

struct GatewayHub: Sendable {
    enum Output: Sendable {
        case send(Int, [UInt8])
        case close(Int, UInt16, String)
        case drop(Int)
        /// For the journal.
        case note(GatewayNote)
    }

    private(set) var connections: [Int: GatewayConnection] = [:]
    private(set) var sessions: [String: GatewaySession] = [:]
    private var connectionCount = 0
    private var sessionCount = 0

    // MARK: Sockets coming and going

    mutating func opened(version: String?, encoding: String?, rules: DiscordRules, now: Instant) -> (Int, [Output]) {
        connectionCount += 1
        var connection = GatewayConnection(number: connectionCount, now: now)
        guard version == "10", encoding == "json" else {
            connection.isClosing = true
            connections[connectionCount] = connection
            return (connectionCount, [.close(connectionCount, 4012, "Invalid API version.")])
        }
        connections[connectionCount] = connection
        let interval = rules.heartbeatInterval.milliseconds
        let hello = #"{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":\#(interval),"_trace":["[\"stand-in\"]"]}}"#
        return (connectionCount, [.send(connectionCount, Array(hello.utf8))])
    }

    /// - Parameter code: what the client's close frame said; nil when the line was just lost.
    mutating func closed(_ number: Int, code: UInt16?, now: Instant) -> [Output] {
        guard let connection = connections.removeValue(forKey: number) else { return [] }
        var notes: [Output] = [.note(.closed(connection: number, code: code, byClient: !connection.isClosing))]
        guard let id = connection.session, sessions[id]?.connection == number else { return notes }
        // Only when the client began the close with one of these two is the session over (sheet §7).
        if !connection.isClosing, code == 1000 || code == 1001 {
            sessions[id] = nil
            notes.append(.note(.sessionEnded(id)))
        } else {
            sessions[id]?.connection = nil
            sessions[id]?.lostAt = now
        }
        return notes
    }

    mutating func received(
        _ bytes: [UInt8], isText: Bool, on number: Int, api: inout DiscordAPI, now: Instant
    ) -> [Output] {
        guard var connection = connections[number], !connection.isMute, !connection.isClosing else { return [] }
        let asked = connection.receive(bytes, isText: isText, rules: api.rules, now: now)
        connections[number] = connection
        switch asked {
        case .heartbeat:
            return [.note(.heartbeat(connection: number)), .send(number, Array(#"{"t":null,"s":null,"op":11}"#.utf8))]
        case .identify(let data): return identify(data, on: number, api: &api, now: now)
        case .resume(let data): return resume(data, on: number, api: api, now: now)
        case .members(let data): return members(data, on: number, api: api)
        case .nothing: return []
        case .close(let code, let reason): return close(number, code, reason)
        }
    }

    /// Heartbeats that stopped end the session; sessions without a connection are forgotten after a while.
    mutating func tick(rules: DiscordRules, now: Instant) -> [Output] {
        sessions = sessions.filter { $0.value.lostAt.map { now - $0 < rules.resumeWindow } ?? true }
        guard rules.endsSilentSessions else { return [] }
        let patience = rules.heartbeatInterval + rules.heartbeatInterval / 2
        let silent = connections.values.filter { now - $0.lastBeat > patience && !$0.isMute && !$0.isClosing }
        return silent.flatMap { connection in
            if let id = connection.session { sessions[id] = nil }
            return close(connection.number, 4009, "Session timed out.")
        }
    }

    mutating func close(_ number: Int, _ code: UInt16, _ reason: String) -> [Output] {
        connections[number]?.isClosing = true
        return [.note(.weClosed(connection: number, code: code)), .close(number, code, reason)]
    }

    /// Op 9 to all. Resumable: the sessions wait for their resume; else they are gone.
    mutating func invalidate(isResumable: Bool, now: Instant) -> [Output] {
        var output: [Output] = []
        for (id, session) in sessions {
            guard let number = session.connection else { continue }
            output.append(.send(number, Self.invalidSession(isResumable)))
            connections[number]?.session = nil
            sessions[id]?.connection = nil
            sessions[id]?.lostAt = now
        }
        return isResumable ? output : output + forgetSessions()
    }

    /// As after an outage on Discord's side: a resume gets op 9 false.
    mutating func forgetSessions() -> [Output] {
        defer { sessions = [:] }
        for session in sessions.values {
            if let number = session.connection { connections[number]?.session = nil }
        }
        return sessions.keys.sorted().map { .note(.sessionEnded($0)) }
    }

    mutating func mute(_ number: Int) { connections[number]?.isMute = true }

    // MARK: Sessions

    private mutating func identify(_ data: JSON, on number: Int, api: inout DiscordAPI, now: Instant) -> [Output] {
        let identify: Identify
        let world = api.world
        let count = data["shard"]?[1]?.int ?? 1
        let mine = world.guilds.values.filter { guild in
            guild.members[world.bot] != nil
                && (count < 1 || Int((guild.id >> 22) % UInt64(max(1, count))) == data["shard"]?[0]?.int ?? 0)
        }.sorted { $0.id < $1.id }
        do throws(Identify.Refusal) {
            identify = try Identify(data, token: api.token, rules: api.rules, guilds: mine.count)
        } catch {
            guard case .close(let code, let reason) = error else { return [] }
            return [.note(.identified(connection: number, data))] + close(number, code, reason)
        }
        var output: [Output] = [.note(.identified(connection: number, data))]
        switch api.identifies.admit(shard: identify.shard, rules: api.rules, now: now) {
        case .tooSoon: return output + [.send(number, Self.invalidSession(false))]
        case .exhausted: return output + resetToken(&api)
        case .welcome: break
        }
        sessionCount += 1
        // Thirty-two hex digits, as the real ones look.
        let id =
            String(now.milliseconds, radix: 16) + String(repeating: "0", count: 12) + String(sessionCount, radix: 16)
        sessions[id] = GatewaySession(id: id, identify: identify, connection: number)
        connections[number]?.session = id
        var ready: JSON = [
            "v": 10, "user_settings": [:], "user": world.ownPayload, "session_type": "normal",
            "session_id": .string(id),
            "resume_gateway_url": .string(api.gatewayURL), "relationships": [], "private_channels": [],
            "presences": [], "guilds": .array(mine.map { ["id": .id($0.id), "unavailable": true] }),
            "guild_join_requests": [], "geo_ordered_rtc_regions": [],
            "application": ["id": .id(world.application), "flags": api.applicationPayload["flags"] ?? 0], "auth": [:],
            "_trace": [#"["stand-in",{"micros":0}]"#],
        ]
        if data["shard"]?.isNull == false { ready["shard"] = data["shard"] }
        output += emit("READY", ready.bytes, to: id, rules: api.rules)
        if identify.intents & GatewayIntent.guilds != 0 {
            for guild in mine {
                let event = world.guildCreate(guild, intents: identify.intents)
                output += emit(event.name, event.data.bytes, to: id, rules: api.rules)
            }
        }
        return output
    }

    /// The day's starts are used up: Discord ends every session and makes the token worthless (sheet §1, Pacing).
    private mutating func resetToken(_ api: inout DiscordAPI) -> [Output] {
        api.token = "reset.\(api.identifies.total).\(api.token.utf8.count)"
        sessions = [:]
        return connections.keys.sorted().flatMap { close($0, 4004, "Authentication failed.") }
    }

    private mutating func resume(_ data: JSON, on number: Int, api: DiscordAPI, now: Instant) -> [Output] {
        let output: [Output] = [.note(.resumeAsked(connection: number, data))]
        guard let token = data["token"]?.string, let id = data["session_id"]?.string, let last = data["seq"]?.int else {
            return output + close(number, 4002, "Error while decoding payload.")
        }
        guard token == api.token else { return output + close(number, 4004, "Authentication failed.") }
        let refused: [Output] = [.send(number, Self.invalidSession(false))]
        guard var session = sessions[id] else { return output + refused }
        if let lostAt = session.lostAt, now - lostAt >= api.rules.resumeWindow {
            sessions[id] = nil
            return output + refused
        }
        switch session.replay(after: last) {
        case .invalid:
            sessions[id] = nil
            return output + close(number, 4007, "Invalid seq.")
        case .stale:
            sessions[id] = nil
            return output + refused
        case .frames(let frames):
            var all = output
            // Its old connection, if the server has not noticed yet that it is dead.
            if let old = session.connection, old != number {
                connections[old]?.session = nil
                connections[old]?.isClosing = true
                all.append(.drop(old))
            }
            session.connection = number
            session.lostAt = nil
            sessions[id] = session
            connections[number]?.session = id
            all += frames.map { .send(number, $0) }
            return all + emit("RESUMED", Array("{}".utf8), to: id, rules: api.rules)
        }
    }

    static func invalidSession(_ isResumable: Bool) -> [UInt8] {
        Array(#"{"t":null,"s":null,"op":9,"d":\#(isResumable)}"#.utf8)
    }

    // MARK: Events

    private mutating func emit(_ name: String, _ data: [UInt8], to id: String, rules: DiscordRules) -> [Output] {
        guard let frame = sessions[id]?.record(name, data, keeping: rules.replayLimit) else { return [] }
        guard let number = sessions[id]?.connection, connections[number]?.isMute == false,
            connections[number]?.isClosing == false
        else { return [] }
        return [.send(number, frame)]
    }

    mutating func broadcast(_ happening: Happening, world: DiscordWorld, rules: DiscordRules) -> [Output] {
        if sessions.isEmpty { return [] }
        var output: [Output] = []
        for event in world.events(for: happening) {
            // Each variant is written once, however many sessions there are.
            var full: [UInt8]?
            var blanked: [UInt8]?
            // By key: a session held here while it records would have its whole log copied.
            for id in Array(sessions.keys) {
                guard let intents = sessions[id]?.intents(subscribingTo: event) else { continue }
                if case .guildJoined(let guild) = happening, let guild = world.guilds[guild] {
                    let own = world.guildCreate(guild, intents: intents)
                    output += emit(own.name, own.data.bytes, to: id, rules: rules)
                } else if event.isBlankable, intents & GatewayIntent.messageContent == 0 {
                    let bytes = blanked ?? world.blank(event.data).bytes
                    blanked = bytes
                    output += emit(event.name, bytes, to: id, rules: rules)
                } else {
                    let bytes = full ?? event.data.bytes
                    full = bytes
                    output += emit(event.name, bytes, to: id, rules: rules)
                }
            }
        }
        return output
    }

    /// Sends an event of a test's own making, such as one no client knows.
    mutating func inject(_ name: String, _ data: [UInt8], rules: DiscordRules) -> [Output] {
        sessions.keys.sorted().flatMap { emit(name, data, to: $0, rules: rules) }
    }

    private mutating func members(_ data: JSON, on number: Int, api: DiscordAPI) -> [Output] {
        guard let id = connections[number]?.session, let session = sessions[id],
            let guildID = data["guild_id"]?.id ?? data["guild_id"]?[0]?.id, let guild = api.world.guilds[guildID]
        else { return [] }
        if let nonce = data["nonce"]?.string, nonce.utf8.count > 32 { return close(number, 4002, "Invalid nonce.") }
        var found = guild.members.values.sorted { $0.user < $1.user }
        var missing: [JSON] = []
        if let wanted = data["user_ids"]?.array ?? data["user_ids"].map({ [$0] }) {
            let ids = wanted.prefix(100).compactMap(\.id)
            missing = ids.filter { guild.members[$0] == nil }.map(JSON.id)
            found = found.filter { ids.contains($0.user) }
        } else {
            let query = data["query"]?.string ?? ""
            let limit = data["limit"]?.int ?? 0
            // Everybody at once takes the members intent; without it only the bot is named.
            if query.isEmpty, session.identify.intents & GatewayIntent.members == 0 {
                found = found.filter { $0.user == api.world.bot }
            }
            found = found.filter { member in
                query.isEmpty
                    || api.world.users[member.user]?.shownName.lowercased().hasPrefix(query.lowercased()) == true
            }
            if limit > 0 { found = Array(found.prefix(min(100, limit))) }
        }
        var chunk: JSON = [
            "guild_id": .id(guildID), "members": .array(found.map(api.world.payload(member:))), "chunk_index": 0,
            "chunk_count": 1, "not_found": .array(missing),
        ]
        if let nonce = data["nonce"] { chunk["nonce"] = nonce }
        return emit("GUILD_MEMBERS_CHUNK", chunk.bytes, to: id, rules: api.rules)
    }
}

/// What a bot did at the gateway, for tests to ask about and wait for.
package enum GatewayNote: Sendable {
    case opened(connection: Int, query: String)
    case identified(connection: Int, JSON)
    case resumeAsked(connection: Int, JSON)
    case heartbeat(connection: Int)
    /// `byClient`: the client began the close. `code` nil: the line was lost without a close frame.
    case closed(connection: Int, code: UInt16?, byClient: Bool)
    case weClosed(connection: Int, code: UInt16)
    case sessionEnded(String)
}
