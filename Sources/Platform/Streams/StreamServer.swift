// Takes calls on a port of loopback; each is served by a thread of its own (accept(2)).

internal import Glibc
internal import Runtime
internal import Synchronization

package final class StreamServer: Sendable {
    package struct Failure: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    private struct State: Sendable {
        var lines: [Int: Stream] = [:]
        var nextLine = 0
        var isListening = true
        var isStopping = false
        var whenQuiet: CheckedContinuation<Void, Never>?

        var isQuiet: Bool { lines.isEmpty && !isListening }

        mutating func takeWaiting() -> CheckedContinuation<Void, Never>? {
            guard isQuiet else { return nil }
            defer { whenQuiet = nil }
            return whenQuiet
        }
    }

    package let port: Int
    private let listener: Int32
    private let state = Mutex(State())

    /// From here on callers find the port open; they wait until `begin`.
    package init(port wanted: Int = 0) throws(Failure) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        unsafe setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(clamping: wanted).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(listener, generic, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard isListening else {
            close(listener)
            throw Failure(description: "cannot listen on port \(wanted) of 127.0.0.1: error \(errno)")
        }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    /// `serve` may wait; when it returns, the line is closed.
    package func begin(_ serve: @escaping @Sendable (Stream) -> Void) throws(Failure) {
        do {
            try SystemThread.start(named: "calls") { self.takeCalls(serve) }.detach()
        } catch {
            endListening()
            throw Failure(description: error.description)
        }
    }

    /// Closes the port and hangs up on everybody; returns when every thread is done.
    package func stop() async {
        let lines = state.withLock { state in
            state.isStopping = true
            return Array(state.lines.values)
        }
        shutdown(listener, Int32(SHUT_RDWR))
        for line in lines { line.shutDown() }
        await withCheckedContinuation { continuation in
            let isQuiet = state.withLock { state in
                if state.isQuiet { return true }
                state.whenQuiet = continuation
                return false
            }
            if isQuiet { continuation.resume() }
        }
    }

    private func takeCalls(_ serve: @escaping @Sendable (Stream) -> Void) {
        defer { endListening() }
        while true {
            let number = accept(listener, nil, nil)
            guard number >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            var yes: Int32 = 1
            // Answers are short and one waits for each: none may wait for more to go with it (Nagle).
            unsafe setsockopt(
                number, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
            take(Stream(number), serve)
        }
    }

    private func endListening() {
        close(listener)
        let waiting = state.withLock { state in
            state.isListening = false
            return state.takeWaiting()
        }
        waiting?.resume()
    }

    private func take(_ line: Stream, _ serve: @escaping @Sendable (Stream) -> Void) {
        let place: Int? = state.withLock { state in
            guard !state.isStopping else { return nil }
            state.nextLine += 1
            state.lines[state.nextLine] = line
            return state.nextLine
        }
        guard let place else { return line.close() }
        let thread = try? SystemThread.start(named: "call") { [self] in
            serve(line)
            end(line, at: place)
        }
        if let thread { thread.detach() } else { end(line, at: place) }
    }

    private func end(_ line: Stream, at place: Int) {
        line.close()
        let waiting = state.withLock { state in
            state.lines[place] = nil
            return state.takeWaiting()
        }
        waiting?.resume()
    }
}
