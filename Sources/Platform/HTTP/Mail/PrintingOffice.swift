// Just enough of a mail server (RFC 5321) to be handed one message by libcurl, over a socket without a file (unix(7),
// abstract) whose name nobody else knows. A pair of connected sockets would do, but libcurl 7.88 connects those again.

internal import Glibc
internal import Synchronization

final class PrintingOffice: Sendable {
    struct NotOpened: Error, CustomStringConvertible {
        let description: String
    }

    let name: String
    private let listener: Int32
    private let kept = Mutex<[UInt8]?>(nil)

    init() throws(NotOpened) {
        let name = "autoplex-" + (0..<4).map { _ in String(UInt32.random(in: 0...UInt32.max), radix: 16) }.joined()
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { path in
            // The zero in front is what makes it a name without a file.
            for (place, byte) in name.utf8.enumerated() { unsafe path[place + 1] = byte }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
        let isListening = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(listener, generic, length) == 0 && listen(listener, 1) == 0
            }
        }
        guard isListening else {
            let code = errno
            Glibc.close(listener)
            throw NotOpened(description: "no socket for making a message: error \(code)")
        }
        self.name = name
        self.listener = listener
    }

    deinit { Glibc.close(listener) }

    /// The message, once `run` has returned.
    var letter: [UInt8]? { kept.withLock { $0 } }

    /// Nobody comes any more.
    func close() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// One call, until it is over. On a thread of its own.
    func run() {
        let line = accept(listener, nil, nil)
        guard line >= 0 else { return }
        serve(line)
        Glibc.close(line)
    }

    private func serve(_ socket: Int32) {
        var waiting: [UInt8] = []
        var read = 0
        var letter: [UInt8]?
        say(socket, "220 ready")
        while let chunk = receive(socket) {
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
                    say(socket, "354 go on")
                    letter = Array(waiting[read...])
                case "QUIT": say(socket, "221 bye")
                default: say(socket, "250 fine")
                }
            }
            guard let whole = letter, whole.suffix(5).elementsEqual("\r\n.\r\n".utf8) else { continue }
            kept.withLock { $0 = Self.withoutStuffing(whole.dropLast(3)) }
            letter = nil
            (waiting, read) = ([], 0)
            say(socket, "250 printed")
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

    private func say(_ socket: Int32, _ line: String) {
        let bytes = Array("\(line)\r\n".utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    private func receive(_ socket: Int32) -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe recv(socket, &chunk, chunk.count, 0)
        return count > 0 ? Array(chunk.prefix(count)) : nil
    }
}
