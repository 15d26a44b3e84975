// The address of a gateway connection (sheet discord.md §1 "URL"): Discord gives it with or without a trailing slash and
// without a query; the same query goes on the resume address.

internal import Compression

struct GatewayAddress: Equatable, Sendable {
    let isSecure: Bool
    /// Host, and port if one is given.
    let authority: String
    let path: String

    /// Nil for anything but ws:// and wss:// addresses.
    init?(_ text: String) {
        let rest: Substring
        if text.hasPrefix("wss://") {
            isSecure = true
            rest = text.dropFirst(6)
        } else if text.hasPrefix("ws://") {
            isSecure = false
            rest = text.dropFirst(5)
        } else {
            return nil
        }
        let address = rest.prefix { $0 != "?" && $0 != "#" }
        let authority = address.prefix { $0 != "/" }
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        self.authority = String(authority)
        let path = address.dropFirst(authority.count)
        self.path = path.isEmpty ? "/" : String(path)
    }

    func url(_ compression: TransportCompression) -> String {
        (isSecure ? "wss://" : "ws://") + authority + path + "?v=10&encoding=json"
            + (compression == .none ? "" : "&compress=\(compression.rawValue)")
    }
}
