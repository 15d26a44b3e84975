// Discord's ids (sheet §3). They are 64-bit numbers that travel as strings, because JavaScript cannot hold them; each one
// carries the moment it was made, which is the only honest clock for an interaction's three seconds.

package import Runtime

package struct Snowflake: Hashable, Comparable, Sendable, RawRepresentable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue }
    package init(_ value: UInt64) { rawValue = value }
    /// Nil for anything but decimal digits.
    package init?(_ text: some StringProtocol) {
        guard let first = text.utf8.first, first != UInt8(ascii: "+"), let value = UInt64(text) else { return nil }
        rawValue = value
    }

    /// The first id that can have been made at `instant`: for `after=` and `before=`.
    package init(at instant: Instant) {
        rawValue = UInt64(max(0, instant.milliseconds - Self.epoch)) << 22
    }

    /// 2015-01-01, Discord's beginning of time.
    private static let epoch: Int64 = 1_420_070_400_000

    package var instant: Instant { Instant(milliseconds: Int64(rawValue >> 22) + Self.epoch) }

    package static func < (a: Snowflake, b: Snowflake) -> Bool { a.rawValue < b.rawValue }
}

extension Snowflake: CustomStringConvertible, ExpressibleByIntegerLiteral {
    package var description: String { "\(rawValue)" }
    package init(integerLiteral value: UInt64) { rawValue = value }
}

extension Snowflake: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard let id = Snowflake(text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an id")
            }
            self = id
        } else {
            rawValue = try container.decode(UInt64.self)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode("\(rawValue)")
    }
}
