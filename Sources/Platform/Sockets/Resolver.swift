// Names to addresses (getaddrinfo(3)). Debian's libwebsockets would ask in the middle of its loop, where a slow name server
// holds up every connection; so each question gets a short-lived thread of its own.

internal import Glibc
internal import Runtime

enum Resolver {
    typealias Answer = Result<[String], SocketError>

    /// Calls back on the loop's thread with numeric addresses, in the order the system prefers (RFC 6724).
    static func resolve(_ host: String, on loop: EventLoop, _ answer: @escaping @Sendable (Answer) -> Void) {
        if case .success(let addresses) = look(up: host, flags: AI_NUMERICHOST) {
            answer(.success(addresses))
            return
        }
        do {
            try SystemThread.start(named: "name lookup") {
                let found = look(up: host, flags: AI_ADDRCONFIG)
                loop.perform { answer(found) }
            }.detach()
        } catch { answer(.failure(.failed(error.description))) }
    }

    private static func look(up host: String, flags: Int32) -> Answer {
        var wanted = unsafe addrinfo()
        unsafe wanted.ai_family = AF_UNSPEC
        unsafe wanted.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe wanted.ai_flags = flags
        var first: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, nil, &wanted, &first)
        defer { if let first = unsafe first { unsafe freeaddrinfo(first) } }
        guard code == 0 else {
            let reason = unsafe String(cString: gai_strerror(code))
            return .failure(.unreachable("\(host) was not found (\(reason)): check the name and the network"))
        }
        var addresses: [String] = []
        var next = unsafe first
        while let entry = unsafe next {
            unsafe next = entry.pointee.ai_next
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let isWritten = unsafe getnameinfo(
                entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            let address = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            if isWritten == 0, !addresses.contains(address) { addresses.append(address) }
        }
        return addresses.isEmpty ? .failure(.unreachable("\(host) has no address")) : .success(addresses)
    }
}
