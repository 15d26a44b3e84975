// The far end of a pair of sockets: just enough of a mail server (RFC 5321) to be handed one message by libcurl.

internal import Glibc
internal import Synchronization

final class PrintingOffice: Sendable {
    private let socket: Int32
    private let kept = Mutex<[UInt8]?>(nil)

    init(_ socket: Int32) { self.socket = socket }

    /// The message, once `run` has returned.
    var letter: [UInt8]? { kept.withLock { $0 } }

    /// Until the other end is closed. On a thread of its own.
    func run() {
        defer { close(socket) }
        var waiting: [UInt8] = []
        var read = 0
        var letter: [UInt8]?
        say("220 ready")
        while let chunk = receive() {
            if letter != nil {
                letter?.append(contentsOf: chunk)
            } else {
                waiting += chunk
            }
            while letter == nil, let end = waiting[read...].firstIndex(of: 10) {
                let verb = String(decoding: waiting[read..<end].prefix(4), as: UTF8.self)
                read = end + 1
                switch verb {
                case "DATA":
                    say("354 go on")
                    letter = Array(waiting[read...])
                case "QUIT": say("221 bye")
                default: say("250 fine")
                }
            }
            guard let whole = letter, whole.suffix(5).elementsEqual("\r\n.\r\n".utf8) else { continue }
            kept.withLock { $0 = Self.withoutStuffing(whole.dropLast(3)) }
            letter = nil
            (waiting, read) = ([], 0)
            say("250 printed")
        }
    }

    /// RFC 5321 §4.5.2: a line that begins with a dot was given one more.
    private static func withoutStuffing(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var isLineStart = true
        for byte in bytes {
            if !(isLineStart && byte == UInt8(ascii: ".")) { plain.append(byte) }
            isLineStart = byte == 10
        }
        return plain
    }

    private func say(_ line: String) {
        let bytes = Array("\(line)\r\n".utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    private func receive() -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe recv(socket, &chunk, chunk.count, 0)
        return count > 0 ? Array(chunk.prefix(count)) : nil
    }
}
