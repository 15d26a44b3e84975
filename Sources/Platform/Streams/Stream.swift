// One line to a client, read and written by a thread that may wait: for servers of a few lines that talk in turns, such
// as SMTP, where a thread per line is the plainest program. TLS from the start or from the middle on (SSL_accept(3)).

internal import CCrypto
internal import Glibc
internal import Runtime
internal import Synchronization

package final class Stream: Sendable {
    package struct Gone: Error, Sendable {}

    @safe private struct Reading {
        var buffer: [UInt8] = []
        var start = 0
        var encryption: OpaquePointer?
    }
    private struct Handle: Sendable {
        var number: Int32
        var isClosed = false
    }

    /// Touched by the one thread that serves this line.
    private nonisolated(unsafe) var reading = Reading()
    private let handle: Mutex<Handle>
    private let number: Int32

    init(_ number: Int32) {
        self.number = number
        handle = Mutex(Handle(number: number))
    }

    deinit { close() }

    package var isEncrypted: Bool { unsafe reading.encryption != nil }
    /// Whether the other side has said more already than has been read.
    package var hasMore: Bool { unsafe reading.start < reading.buffer.count }

    /// Up to and with its line feed; at most `limit` bytes, the rest of a longer line then comes as the next. Nil at the end.
    package func line(limit: Int) -> [UInt8]? {
        while true {
            let waiting = unsafe reading.buffer[reading.start...].prefix(limit)
            if let end = waiting.firstIndex(of: 10) { return take(through: end) }
            if waiting.count >= limit { return take(through: waiting.endIndex - 1) }
            guard fill() else { return nil }
        }
    }

    package func write(_ bytes: [UInt8]) throws(Gone) {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[sent...])
                if let encryption = unsafe reading.encryption {
                    return unsafe Int(SSL_write(encryption, rest.baseAddress, Int32(clamping: rest.count)))
                }
                return unsafe send(number, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Gone() }
            sent += count
        }
    }

    /// What was said before in the open and not read yet is forgotten: it may come from somebody in between.
    package func encrypt(as identity: TLSIdentity) throws(Gone) {
        unsafe reading.buffer = []
        unsafe reading.start = 0
        guard let encryption = unsafe SSL_new(identity.context) else { throw Gone() }
        unsafe SSL_set_fd(encryption, number)
        guard unsafe SSL_accept(encryption) == 1 else {
            unsafe SSL_free(encryption)
            ERR_clear_error()
            throw Gone()
        }
        unsafe reading.encryption = encryption
    }

    /// Says nothing and hears nothing until the other side hangs up, or this one is closed.
    package func waitUntilGone() {
        repeat {
            unsafe reading.buffer = []
            unsafe reading.start = 0
        } while fill()
    }

    /// Waits that long, or until the other side hangs up.
    package func pause(for time: Duration) {
        var watched = pollfd(fd: number, events: Int16(bitPattern: 0x2000), revents: 0)  // POLLRDHUP
        _ = unsafe poll(&watched, 1, Int32(clamping: time.milliseconds))
    }

    /// From any thread: the serving one then meets the end.
    package func shutDown() {
        handle.withLock { handle in
            if !handle.isClosed { shutdown(handle.number, Int32(SHUT_RDWR)) }
        }
    }

    /// By the serving thread, as the last thing.
    func close() {
        let isFirst = handle.withLock { handle in
            defer { handle.isClosed = true }
            return !handle.isClosed
        }
        guard isFirst else { return }
        if let encryption = unsafe reading.encryption {
            unsafe SSL_shutdown(encryption)
            unsafe SSL_free(encryption)
            ERR_clear_error()
            unsafe reading.encryption = nil
        }
        Glibc.close(number)
    }

    private func take(through end: Int) -> [UInt8] {
        let line = unsafe Array(reading.buffer[reading.start...end])
        unsafe reading.start = end + 1
        if unsafe reading.start == reading.buffer.count {
            unsafe reading.buffer.removeAll(keepingCapacity: true)
            unsafe reading.start = 0
        }
        return line
    }

    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        let count: Int
        if let encryption = unsafe reading.encryption {
            count = unsafe Int(SSL_read(encryption, &chunk, Int32(chunk.count)))
            if count <= 0 { ERR_clear_error() }
        } else {
            count = unsafe recv(number, &chunk, chunk.count, 0)
        }
        guard count > 0 else { return false }
        if unsafe reading.start > 64 << 10 {
            unsafe reading.buffer.removeFirst(reading.start)
            unsafe reading.start = 0
        }
        unsafe reading.buffer += chunk.prefix(count)
        return true
    }
}
