// A client that sends exactly the bytes a test wants, however ill-behaved. Its socket blocks, so it waits on threads of
// its own: the few on which tests run must not.

import Glibc
import Runtime
import Sockets

final class RawClient: @unchecked Sendable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw SocketError.failed("cannot connect: error \(errno)") }
        // So that a server that never answers fails the test instead of hanging it.
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { Glibc.close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes {
            unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    /// Everything until the server ends the connection.
    func readToEnd() async -> String { await offThread { self.blockingReadToEnd() } }

    private func blockingReadToEnd() -> String {
        var all: [UInt8] = []
        while let piece = read() { all += piece }
        return String(decoding: all, as: UTF8.self)
    }

    /// Until the text is in what came; nil when the connection ends before.
    func read(until text: String) async -> String? { await offThread { self.blockingRead(until: text) } }

    private func blockingRead(until text: String) -> String? {
        var all: [UInt8] = []
        while let piece = read() {
            all += piece
            let soFar = String(decoding: all, as: UTF8.self)
            if soFar.contains(text) { return soFar }
        }
        return nil
    }

    private func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

func offThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        do {
            try SystemThread.start(named: "raw client") { continuation.resume(returning: body()) }.detach()
        } catch {
            continuation.resume(returning: body())
        }
    }
}
