// Grinds hooks: from its seed a mill makes bodies between the real and the senseless, and puts each to every reader. None
// may trap, and what a reader believes must be fit to be kept: times that can be, texts that end, a key that stays.

internal import Domain
internal import FoundationEssentials
internal import Jellyfin
internal import Plex
internal import Radarr
internal import Runtime
internal import Tautulli
internal import Web

package struct HookMill {
    private var dice: Dice
    package private(set) var bodies = 0
    package private(set) var events = 0

    package init(seed: UInt64) { dice = Dice(seed: seed) }

    /// splitmix64 (Steele, Lea, Flood 2014): good enough to choose by, and the same everywhere.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        init(seed: UInt64) { state = seed }
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// Whatever is wrong with what a reader believed; none: all is well.
    package mutating func grind(_ count: Int) -> [String] {
        var faults: [String] = []
        for _ in 0..<count {
            let body = body()
            bodies += 1
            faults += judge(body).map { "\($0): \(String(decoding: body.prefix(400), as: UTF8.self))" }
        }
        return faults
    }

    /// As if these were all anybody asked for.
    private static let names = ["NotificationType", "Item", "Name", "Id", "event", "Metadata", "Guid", "", "ü"]

    private static let arrival = Instant(seconds: 1_767_268_800)

    private mutating func judge(_ body: [UInt8]) -> [String] {
        var faults: [String] = []
        for names in [nil, Self.names] {
            if let difference = PlainJSON.difference(body, wanting: names) { faults.append(difference) }
        }
        faults += EpisodeMill.faults(body)
        let pairs = String(decoding: body.prefix(200), as: UTF8.self).split(separator: "&").map { pair in
            (name: String(pair.prefix(20)), value: String(pair.dropFirst(20)))
        }
        for reading in [
            JellyfinHook.read(.text(body), arrival: Self.arrival),
            JellyfinHook.read(.form(pairs), arrival: Self.arrival), PlexHook.read(body, arrival: Self.arrival),
            TautulliHook.read(body, arrival: Self.arrival),
        ] {
            if case .event(let playback) = reading { faults += self.faults(of: playback) }
        }
        if case .event(let notice) = RadarrHook.read(body, arrival: Self.arrival) {
            events += 1
            if notice.movieID <= 0 { faults.append("an import of no film") }
            faults += Self.faults(keeping: .notice(notice))
        }
        return faults
    }

    private mutating func faults(of playback: Playback) -> [String] {
        events += 1
        var faults: [String] = []
        if let position = playback.position, position < .zero { faults.append("a position before the beginning") }
        if let runtime = playback.runtime, runtime <= .zero { faults.append("a film of no length") }
        if playback.at > Self.arrival + .minutes(5) { faults.append("an end in the future") }
        if playback.film.title.count > 300 || playback.itemID.count > 100 { faults.append("a text without end") }
        if playback.itemKind != .film { faults.append("no film") }
        return faults + Self.faults(keeping: .playback(playback))
    }

    /// What the inbox gives back is what was put in.
    private static func faults(keeping event: HookEvent) -> [String] {
        guard let back = try? JSONDecoder().decode(HookEvent.self, from: Data(KeptHook.bytes(event))) else {
            return ["cannot be kept"]
        }
        return back == event && back.key == event.key ? [] : ["came back as something else"]
    }

    // MARK: Bodies

    private mutating func body() -> [UInt8] {
        var body = Array((HookSamples.all.randomElement(using: &dice) ?? "").utf8)
        switch Int.random(in: 0..<10, using: &dice) {
        case 0: body = noise(Int.random(in: 0..<300, using: &dice))
        case 1: body = Array(json(depth: 0).utf8)
        case 2:
            body = Array(
                String(repeating: ["[", "{\"a\":", "\"\\u"].randomElement(using: &dice) ?? "", count: 400).utf8)
        case 3, 4, 5, 6: for _ in 0..<Int.random(in: 1...3, using: &dice) { body = otherValue(in: body) }
        case 7: for _ in 0..<Int.random(in: 1...20, using: &dice) { body = withText(in: body) }
        default: for _ in 0..<Int.random(in: 0...6, using: &dice) { body = bitten(body) }
        }
        return body
    }

    private mutating func noise(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
    }

    /// A byte changed, left out or put in, a stretch doubled, the end cut off.
    private mutating func bitten(_ body: [UInt8]) -> [UInt8] {
        guard body.count > 2 else { return noise(4) }
        var body = body
        let at = Int.random(in: 0..<body.count, using: &dice)
        switch Int.random(in: 0..<6, using: &dice) {
        case 0: body[at] = UInt8.random(in: 0...255, using: &dice)
        case 1: body.remove(at: at)
        case 2: body.insert(UInt8.random(in: 0...255, using: &dice), at: at)
        case 3: body.removeLast(body.count - at)
        case 4: body.insert(contentsOf: body[at..<min(body.count, at + 30)], at: at)
        default: body[at] = Array("{}[]\",:\\0-9eE.+tfn".utf8).randomElement(using: &dice) ?? 0
        }
        return body
    }

    /// Something that is not plain put where it pleases, most often into a text: what stands eight bytes before or after
    /// the next quotation mark is what a fast reader gets wrong.
    private mutating func withText(in body: [UInt8]) -> [UInt8] {
        let pieces: [[UInt8]] = [
            Array("ü".utf8), Array("🌳".utf8), Array("\\\"".utf8), Array("\\u00e9".utf8), Array("\\\\".utf8),
            Array("12345678".utf8), Array("x".utf8), [0xC3], [0xA9], [0x80], [0x1F], [0x7F], [0xED, 0xA0, 0x80],
            Array("!#[]".utf8), Array(" ".utf8),
        ]
        // Seldom what breaks the whole.
        let most = Int.random(in: 0..<4, using: &dice) == 0 ? pieces.count : 7
        let at = Int.random(in: 0...body.count, using: &dice)
        return Array(body[..<at]) + pieces[Int.random(in: 0..<most, using: &dice)] + Array(body[at...])
    }

    /// The same hook with another value somewhere.
    private mutating func otherValue(in body: [UInt8]) -> [UInt8] {
        let colons = body.indices.filter {
            body[$0] == UInt8(ascii: ":") && $0 > 0 && body[$0 - 1] == UInt8(ascii: "\"")
        }
        guard let colon = colons.randomElement(using: &dice) else { return body }
        var end = colon + 1
        var isText = false
        while end < body.count,
            isText || ![UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains(body[end])
        {
            if body[end] == UInt8(ascii: "\"") { isText.toggle() }
            end += 1
        }
        return Array(body[...colon]) + Array(value().utf8) + Array(body[end...])
    }

    private mutating func value() -> String {
        let values = [
            "null", "true", "\"True\"", "\"\"", "0", "-1", "1.5", "1e30", "-1e400", "9223372036854775807",
            "9223372036854775808", "\"9223372036854775807\"", "\"-5\"", "\"12\"", "[]", "{}", "[{}]", "\"\\u0000\"",
            "\"\\ud83d\"", "\"\\ud83d\\ude00\"", "\"@everyone **x**\"", "\"2026-01-01T11:59:00Z\"",
            "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00\"", "\"PlaybackStop\"", "\"Movie\"",
            "\"tt0\"", "\"\(String(repeating: "x", count: 500))\"", "123456789012345678901234567890",
        ]
        return Int.random(in: 0..<8, using: &dice) == 0
            ? json(depth: 1) : values.randomElement(using: &dice) ?? "null"
    }

    private mutating func json(depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 4 ? 3 : 6), using: &dice) {
        case 0, 1, 2: return value0()
        case 3:
            let count = Int.random(in: 0..<4, using: &dice)
            return "[\((0..<count).map { _ in json(depth: depth + 1) }.joined(separator: ","))]"
        default:
            let names = ["NotificationType", "Item", "User", "ItemId", "event", "Metadata", "movie", "eventType", "x"]
            let count = Int.random(in: 0..<5, using: &dice)
            let members = (0..<count).map { _ in
                "\"\(names.randomElement(using: &dice) ?? "")\":\(json(depth: depth + 1))"
            }
            return "{\(members.joined(separator: ","))}"
        }
    }

    private mutating func value0() -> String {
        ["1", "\"x\"", "false", "null", "1e5", "\"Download\"", "\"media.stop\""].randomElement(using: &dice) ?? "1"
    }
}
