// Which part of the guilds a connection serves (sheet discord.md §1 "Pacing").

package struct Shard: Hashable, Sendable, CustomStringConvertible {
    package let number: Int
    package let count: Int

    package init(_ number: Int, of count: Int) {
        precondition(count > 0 && (0..<count).contains(number), "shard \(number) of \(count)")
        self.number = number
        self.count = count
    }

    package static let only = Shard(0, of: 1)

    /// Nil: a direct message, which always comes on shard 0.
    package static func number(for guild: Snowflake?, of count: Int) -> Int {
        guard let guild else { return 0 }
        return Int((guild.rawValue >> 22) % UInt64(count))
    }

    package func serves(_ guild: Snowflake?) -> Bool { Self.number(for: guild, of: count) == number }

    package var description: String { "\(number)/\(count)" }
}
