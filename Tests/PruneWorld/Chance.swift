// Everything random here comes from one number, and each draw from what it is about: who asks in which order changes
// nothing, so a seed tells the same story again.

import Runtime

package struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(_ words: UInt64...) {
        state = words.reduce(0x9E37_79B9_7F4A_7C15) { Self.mix($0 ^ Self.mix($1 &+ 0x9E37_79B9_7F4A_7C15)) }
    }

    /// SplitMix64's.
    private static func mix(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    package mutating func happens(_ odds: Double) -> Bool {
        Double(next() >> 11) / Double(1 << 53) < odds
    }

    package mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// Whole seconds.
    package mutating func span(_ from: Duration, _ to: Duration) -> Duration {
        let (low, high) = (from.milliseconds / 1000, max(from, to).milliseconds / 1000)
        return .seconds(low + Int64(next() % UInt64(high - low + 1)))
    }

    package mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }
}
