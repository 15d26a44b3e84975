// The frame around every gateway payload, `{op, d, s, t}` (sheet discord.md §1), read in one pass over the bytes. Most
// events concern nobody here; of those only `op`, `t` and `s` are wanted, and `d` is not decoded.
//
// Discord usually writes `d` last, so one could stop when the other three are known. The pass goes on to the end all the
// same: it costs about a nanosecond a byte, and only so a cut-off frame is noticed at once, before its `s` counts as
// received and a resume would leave the event out.

internal import FoundationEssentials

package struct Envelope: Equatable, Sendable {
    package var op: Int
    /// `s`: present on dispatches only.
    package var sequence: Int64?
    /// `t`: the event's name, on dispatches only.
    package var name: String?
    /// Where `d` stands in the bytes; nil when it is absent or null.
    package var payload: Range<Int>?

    package init(_ bytes: [UInt8]) throws(EnvelopeError) {
        var op: Range<Int>?
        var sequence: Range<Int>?
        var name: Range<Int>?
        var payload: Range<Int>?
        var scan = JSONScan(bytes)
        do throws(JSONDamage) {
            try scan.members { key, value in
                switch key.count {
                case 2 where key.reads("op"): op = value
                case 1 where key.reads("d"): payload = value
                case 1 where key.reads("s"): sequence = value
                case 1 where key.reads("t"): name = value
                default: break
                }
            }
            guard scan.next() == nil else { throw scan.damage }
        } catch {
            throw .notJSON(position: error.position)
        }
        guard let op, let number = Int(bytes[op].text) else { throw .missing("op") }
        self.op = number
        if let sequence, !bytes[sequence].reads("null") {
            guard let number = Int64(bytes[sequence].text) else { throw .missing("s") }
            self.sequence = number
        }
        if let name, !bytes[name].reads("null") {
            guard bytes[name].first == UInt8(ascii: "\"") else { throw .missing("t") }
            self.name = bytes[name].dropFirst().dropLast().text
        }
        if let payload, !bytes[payload].reads("null") { self.payload = payload }
    }

    /// `d` as a value; `bytes` are those the envelope was read from.
    package func decode<Value: Decodable>(_ type: Value.Type = Value.self, from bytes: [UInt8]) throws -> Value {
        guard let payload else { throw EnvelopeError.missing("d") }
        return try Self.decoder.decode(Value.self, from: Data(bytes[payload]))
    }

    private static let decoder = JSONDecoder()
}

extension ArraySlice<UInt8> {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

package enum EnvelopeError: Error, Equatable, Sendable, CustomStringConvertible {
    case notJSON(position: Int)
    case missing(String)

    package var description: String {
        switch self {
        case .notJSON(let position): "a frame that is not JSON from byte \(position) on"
        case .missing(let key): "a frame without a readable '\(key)'"
        }
    }
}
