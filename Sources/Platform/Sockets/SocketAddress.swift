// The address of a WebSocket, taken apart (RFC 6455, 3; RFC 3986).

struct SocketAddress: Sendable, Equatable {
    let isEncrypted: Bool
    /// Without the brackets of an IPv6 address.
    let host: String
    let port: Int
    /// With the query; begins with a slash.
    let target: String

    /// What the Host header says: a port that is not the usual one is part of it.
    var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isEncrypted ? 443 : 80) ? name : "\(name):\(port)"
    }

    init(_ url: String) throws(SocketError) {
        func bad(_ why: String) -> SocketError { .badAddress("not a WebSocket address: \(why)") }
        // Anything else could end the request's line and begin a header.
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw bad("it has spaces or unusual characters") }
        let lower = url.lowercased()
        let isEncrypted = lower.hasPrefix("wss://")
        guard isEncrypted || lower.hasPrefix("ws://") else { throw bad("it does not begin with ws:// or wss://") }
        let rest = url.dropFirst(isEncrypted ? 6 : 5)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        // A fragment is never sent.
        let target = rest.dropFirst(authority.count).prefix { $0 != "#" }
        guard !authority.contains("@") else { throw bad("a name and password do not belong in it") }

        let name: Substring
        let port: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw bad("a bracket is not closed") }
            name = authority[authority.index(after: authority.startIndex)..<end]
            port = authority[authority.index(after: end)...]
        } else {
            name = authority.prefix { $0 != ":" }
            port = authority.dropFirst(name.count)
        }
        // lws keeps the host in 128 bytes and writes the request's first line with room for 2048.
        guard !name.isEmpty, name.utf8.count < 120 else { throw bad("the host is missing or too long") }
        guard target.utf8.count < 2000 else { throw bad("it is too long") }
        if port.isEmpty || port == ":" {
            self.port = isEncrypted ? 443 : 80
        } else {
            guard port.hasPrefix(":"), let number = Int(port.dropFirst()), (1...65535).contains(number) else {
                throw bad("the port is not a number from 1 to 65535")
            }
            self.port = number
        }
        self.isEncrypted = isEncrypted
        self.host = String(name)
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
    }
}
