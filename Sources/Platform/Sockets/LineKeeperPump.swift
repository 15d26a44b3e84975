// The thread between a client and lws on which a RequestLineKeeper works: lws gets one end of a pair of sockets in place
// of the connection, under the same number. A thread for each connection, which stand-ins can afford.

internal import Glibc
internal import Runtime

enum LineKeeperPump {
    /// False when the system has no more sockets; the connection then stays as it is.
    static func interpose(at descriptor: Int32) -> Bool {
        let outer = dup(descriptor)
        guard outer >= 0 else { return false }
        var pair: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0 else {
            Glibc.close(outer)
            return false
        }
        let inner = pair[1]
        // lws' end must not wait, as lws has made it; ours do. (Flags belong to the file, not to its number.)
        _ = fcntl(pair[0], F_SETFL, O_NONBLOCK)
        // As much as the system allows: an answer that does not fit is sent in turns.
        var size = Int32(4 << 20)
        unsafe setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        for end in [outer, inner] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        dup2(pair[0], descriptor)
        _ = fcntl(outer, F_SETFL, fcntl(outer, F_GETFL) & ~O_NONBLOCK)
        Glibc.close(pair[0])
        do {
            try SystemThread.start(named: "request-lines") { run(outer: outer, inner: inner) }.detach()
        } catch {
            Glibc.close(outer)
            Glibc.close(inner)
        }
        return true
    }

    private static func run(outer: Int32, inner: Int32) {
        defer {
            Glibc.close(outer)
            Glibc.close(inner)
        }
        var keeper = RequestLineKeeper()
        var hears = true
        while true {
            var ends = [
                pollfd(fd: hears ? outer : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: inner, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&ends, 2, -1) > 0 || errno == EINTR else { return }
            if ends[1].revents != 0 {
                guard let answer = read(inner), write(answer, to: outer) else { return }
            }
            if ends[0].revents != 0 {
                if let asked = read(outer) {
                    guard write(keeper.pass(asked), to: inner) else { return }
                } else {
                    // What is still being answered may be read by a client that has said all it had to say.
                    hears = false
                    shutdown(inner, Int32(SHUT_WR))
                }
            }
        }
    }

    /// Nil at the end.
    private static func read(_ end: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe Glibc.read(end, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return Array(buffer.prefix(count))
    }

    private static func write(_ bytes: [UInt8], to end: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBufferPointer { buffer in
                unsafe send(end, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
