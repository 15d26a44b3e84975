// A session: what one Identify began. It outlives its connection for a while, numbers its events from 1 with READY and
// keeps them for replay (sheet §1, Resume; §7).

import Runtime

struct GatewaySession: Sendable {
    let id: String
    let identify: Identify
    /// The connection that carries it; nil while the line is lost.
    var connection: Int?
    var lostAt: Instant?
    private(set) var sequence = 0
    private var log: [(sequence: Int, frame: [UInt8])] = []

    init(id: String, identify: Identify, connection: Int) {
        self.id = id
        self.identify = identify
        self.connection = connection
    }

    enum Replay {
        case frames([[UInt8]])
        /// Older than what is kept: op 9 false.
        case stale
        /// A number that was never given: close 4007.
        case invalid
    }

    /// Numbers an event and keeps it. `data` is its JSON text, written once for all sessions.
    mutating func record(_ name: String, _ data: [UInt8], keeping limit: Int) -> [UInt8] {
        sequence += 1
        var frame: [UInt8] = []
        frame.reserveCapacity(data.count + 64)
        frame += #"{"t":"\#(name)","s":\#(sequence),"op":0,"d":"#.utf8
        frame += data
        frame.append(UInt8(ascii: "}"))
        // A replayed RESUMED would announce an end of the replay that has not come.
        if name != "RESUMED" { log.append((sequence, frame)) }
        if log.count > limit + limit / 4 { log.removeFirst(log.count - limit) }
        return frame
    }

    func replay(after last: Int) -> Replay {
        if last > sequence || last < 0 { return .invalid }
        // Numbers begin at 1; whoever has seen less than the oldest kept event has lost some.
        if let first = log.first, last < first.sequence - 1 { return .stale }
        return .frames(log.filter { $0.sequence > last }.map(\.frame))
    }

    /// The session's intents, when the event is for it.
    func intents(subscribingTo event: GatewayEvent) -> Int? {
        guard carries(guild: event.guild), event.intent == 0 || identify.intents & event.intent != 0 else { return nil }
        return identify.intents
    }

    /// `(guild_id >> 22) % count`; what belongs to no server goes to shard 0.
    func carries(guild: DiscordID?) -> Bool {
        guard let guild else { return identify.shard == 0 }
        return Int((guild >> 22) % UInt64(identify.shards)) == identify.shard
    }
}
