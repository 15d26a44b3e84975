// lws 4.1 decodes a request's line before it looks for its end, so an encoded newline in a query (`?summary=a%0Ab`) ends
// the line there and the rest is lost (lib/roles/http/parsers.c, "check_eol"). A server that has to hear newlines hears
// them through this: on the way in, `%0A` and `%0D` of request lines become two control characters nobody sends, equally
// long, and what lws decodes is turned back.

struct RequestLineKeeper: Sendable {
    private enum Stage: Sendable {
        case requestLine
        case headers
        case body(left: Int)
        /// An upgraded connection, or one that cannot be followed: whatever comes is passed on.
        case passing
    }

    private var stage = Stage.requestLine
    /// The beginning of an escape whose end has not come yet.
    private var held: [UInt8] = []
    private var line: [UInt8] = []
    private var length = 0
    private var isUpgrade = false

    mutating func pass(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        for byte in bytes { take(byte, &out) }
        return out
    }

    private mutating func take(_ byte: UInt8, _ out: inout [UInt8]) {
        switch stage {
        case .requestLine: takeOfRequestLine(byte, &out)
        case .headers:
            out.append(byte)
            if byte != 0x0A {
                if byte != 0x0D, line.count < 256 { line.append(byte) }
                return
            }
            endHeader()
        case .body(let left):
            out.append(byte)
            stage = left > 1 ? .body(left: left - 1) : .requestLine
        case .passing: out.append(byte)
        }
    }

    private mutating func takeOfRequestLine(_ byte: UInt8, _ out: inout [UInt8]) {
        switch (held.count, byte) {
        case (0, UInt8(ascii: "%")), (1, UInt8(ascii: "0")):
            held.append(byte)
        case (2, UInt8(ascii: "A")), (2, UInt8(ascii: "a")):
            out += "%1E".utf8
            held = []
        case (2, UInt8(ascii: "D")), (2, UInt8(ascii: "d")):
            out += "%1F".utf8
            held = []
        default:
            out += held
            held = []
            if byte == UInt8(ascii: "%") { return held.append(byte) }
            out.append(byte)
            if byte == 0x0A { stage = .headers }
        }
    }

    private mutating func endHeader() {
        defer { line = [] }
        let text = String(decoding: line, as: UTF8.self).lowercased()
        if text.isEmpty {
            stage = isUpgrade ? .passing : length > 0 ? .body(left: length) : .requestLine
            length = 0
            isUpgrade = false
        } else if text.hasPrefix("content-length:") {
            length = Int(text.dropFirst("content-length:".count).filter { $0 != " " }) ?? 0
        } else if text.hasPrefix("upgrade:") || text.hasPrefix("transfer-encoding:") {
            isUpgrade = true
        }
    }

    /// Of what lws has decoded.
    static func restored(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x1E || $0 == 0x1F }) else { return text }
        let bytes = text.utf8.map { $0 == 0x1E ? 0x0A : $0 == 0x1F ? 0x0D : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
