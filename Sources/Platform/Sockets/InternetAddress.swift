// An IP address as bytes (inet_pton(3)), so that networks can be compared: 4 of them, or 16. IPv4 in IPv6's clothes
// (::ffff:192.0.2.1, RFC 4291 §2.5.5.2) is IPv4, for a socket of both kinds shows it so.

internal import Glibc

package enum InternetAddress {
    /// Nil where the text is none.
    package static func bytes(of text: String) -> [UInt8]? {
        var four = [UInt8](repeating: 0, count: 4)
        if unsafe inet_pton(AF_INET, text, &four) == 1 { return four }
        var sixteen = [UInt8](repeating: 0, count: 16)
        guard unsafe inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        let mapped = Array(repeating: UInt8(0), count: 10) + [0xFF, 0xFF]
        return sixteen.starts(with: mapped) ? Array(sixteen.suffix(4)) : sixteen
    }
}
