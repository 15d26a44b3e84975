// A server that says exactly the bytes a test wants, so that our client is judged by something that shares no line with
// it: RFC 6455 by hand over blocking sockets. One connection after the other, each played by the test's script.

import FoundationEssentials
import Glibc
import Runtime
import Sockets

final class RawServer: Sendable {
    let port: Int
    private let listener: Int32
    private let thread: SystemThread

    init(_ script: @escaping @Sendable (RawConnection) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        keepToOurselves(listener)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(listener, generic, length) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard isListening else { throw SocketError.failed("cannot listen: error \(errno)") }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        thread = try SystemThread.start(named: "raw server") {
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                keepToOurselves(descriptor)
                let connection = RawConnection(descriptor)
                script(connection)
                connection.close()
            }
        }
    }

    var url: String { "ws://127.0.0.1:\(port)/" }

    /// The script must have come to its end, or come to it when the client is gone.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        thread.join()
        Glibc.close(listener)
    }
}

/// The server's end of one connection.
final class RawConnection: @unchecked Sendable {
    enum Opcode {
        static let continuation: UInt8 = 0, text: UInt8 = 1, binary: UInt8 = 2
        static let close: UInt8 = 8, ping: UInt8 = 9, pong: UInt8 = 10
    }
    struct Frame { var opcode: UInt8, isFinal: Bool, payload: [UInt8] }

    private var descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func close() {
        guard descriptor >= 0 else { return }
        shutdown(descriptor, Int32(SHUT_RDWR))
        Glibc.close(descriptor)
        descriptor = -1
    }

    /// A reset instead of a farewell, as from a machine that lost its power.
    func abort() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        Glibc.close(descriptor)
        descriptor = -1
    }

    /// False when the client is gone.
    @discardableResult func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    func read(_ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var piece = [UInt8](repeating: 0, count: count - bytes.count)
            let received = unsafe recv(descriptor, &piece, piece.count, 0)
            guard received > 0 else { return nil }
            bytes += piece.prefix(received)
        }
        return bytes
    }

    /// The head of the client's request.
    @discardableResult func readRequest() -> String {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8), let byte = read(1) { head += byte }
        return String(decoding: head, as: UTF8.self)
    }

    /// Reads the request and answers it as RFC 6455, 4.2.2 wants; returns the request.
    @discardableResult func upgrade() -> String {
        let request = readRequest()
        let key = request.firstMatch(of: /Sec-WebSocket-Key: (\S+)/)?.1 ?? ""
        let accept = Data(sha1(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))).base64EncodedString()
        send(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: \(accept)\r\n\r\n")
        return request
    }

    @discardableResult
    func send(frame opcode: UInt8, _ payload: [UInt8] = [], isFinal: Bool = true) -> Bool {
        var frame = [opcode | (isFinal ? 0x80 : 0)]
        switch payload.count {
        case ..<126: frame.append(UInt8(payload.count))
        case ..<65536: frame += [126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default:
            frame.append(127)
            for shift in stride(from: 56, through: 0, by: -8) { frame.append(UInt8(payload.count >> shift & 255)) }
        }
        return send(frame + payload)
    }

    func send(text: String) { send(frame: Opcode.text, Array(text.utf8)) }

    func sendClose(_ code: UInt16, _ reason: String = "") {
        send(frame: Opcode.close, [UInt8(code >> 8), UInt8(code & 255)] + reason.utf8)
    }

    /// Nil when the connection ended. A client's frame must be masked (RFC 6455, 5.1): one that is not reads as its end.
    func readFrame() -> Frame? {
        guard let head = read(2), head[1] & 0x80 != 0 else { return nil }
        var length = Int(head[1] & 0x7F)
        if length >= 126 {
            guard let long = read(length == 126 ? 2 : 8) else { return nil }
            length = long.reduce(0) { $0 << 8 | Int($1) }
        }
        guard let mask = read(4), var payload = length == 0 ? [] : read(length) else { return nil }
        for index in payload.indices { payload[index] ^= mask[index & 3] }
        return Frame(opcode: head[0] & 15, isFinal: head[0] & 0x80 != 0, payload: payload)
    }

    /// Reads until the client says goodbye or is gone: "1000 bye", "" for a close frame without a code, nil without one.
    func readClose() -> String? {
        while let frame = readFrame() {
            guard frame.opcode == Opcode.close else { continue }
            guard frame.payload.count >= 2 else { return "" }
            let code = Int(frame.payload[0]) << 8 | Int(frame.payload[1])
            return "\(code) " + String(decoding: frame.payload[2...], as: UTF8.self)
        }
        return nil
    }
}

/// Not for the processes that other tests start meanwhile: what they hold open does not end.
func keepToOurselves(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

/// FIPS 180-4.
private func sha1(_ message: [UInt8]) -> [UInt8] {
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
    var padded = message + [0x80]
    while padded.count % 64 != 56 { padded.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) { padded.append(UInt8((message.count * 8) >> shift & 255)) }
    func rotated(_ word: UInt32, _ by: UInt32) -> UInt32 { word << by | word >> (32 - by) }
    for block in stride(from: 0, to: padded.count, by: 64) {
        var words = (0..<16).map { word in
            (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(padded[block + word * 4 + $1]) }
        }
        for index in 16..<80 {
            words.append(rotated(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1))
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for (index, word) in words.enumerated() {
            let (mix, constant): (UInt32, UInt32) =
                switch index {
                case ..<20: (b & c | ~b & d, 0x5A82_7999)
                case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let next = rotated(a, 5) &+ mix &+ e &+ constant &+ word
            (a, b, c, d, e) = (next, a, rotated(b, 30), c, d)
        }
        for (index, value) in [a, b, c, d, e].enumerated() { state[index] &+= value }
    }
    return state.flatMap { word in stride(from: 24, through: 0, by: -8).map { UInt8(word >> UInt32($0) & 255) } }
}
