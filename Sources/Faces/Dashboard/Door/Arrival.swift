// From where a request came, behind whatever stands in front of us: the client's address, whether the line to it was
// TLS, and whether a page of ours sent the form. What a proxy says of it counts only from proxies the owner trusts.

internal import Sockets

package struct TrustedProxies: Sendable {
    private let networks: [Network]

    /// "10.0.0.0/8, 172.18.0.2, ::1"; throws with what is none.
    package init(_ text: String) throws(NotANetwork) {
        var networks: [Network] = []
        for word in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            guard let network = Network(String(word)) else { throw NotANetwork(text: String(word)) }
            networks.append(network)
        }
        self.networks = networks
    }

    package struct NotANetwork: Error, Hashable, Sendable, CustomStringConvertible {
        package let text: String
        package var description: String {
            "\"\(text)\" is neither an address nor a network such as 172.18.0.0/16"
        }
    }

    func contain(_ address: String) -> Bool {
        guard let bytes = InternetAddress.bytes(of: address) else { return false }
        return networks.contains { $0.contains(bytes) }
    }

    private struct Network: Sendable {
        let bytes: [UInt8]
        let length: Int

        init?(_ text: String) {
            let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let bytes = InternetAddress.bytes(of: String(halves[0])) else { return nil }
            let whole = bytes.count * 8
            if halves.count == 2 {
                guard let length = Int(halves[1]), (0...whole).contains(length) else { return nil }
                self.length = length
            } else {
                length = whole
            }
            self.bytes = bytes
        }

        func contains(_ address: [UInt8]) -> Bool {
            guard address.count == bytes.count else { return false }
            let full = length / 8
            guard address.prefix(full) == bytes.prefix(full) else { return false }
            let rest = length % 8
            return rest == 0 || (address[full] ^ bytes[full]) >> (8 - rest) == 0
        }
    }
}

struct Arrival: Sendable {
    let address: String
    let isSecure: Bool

    init(_ request: ServerRequest, trusting proxies: TrustedProxies, isPublicSecure: Bool) {
        guard proxies.contain(request.peer) else {
            address = request.peer
            isSecure = false
            return
        }
        // Each proxy writes its own client at the end: the last one that is no proxy of ours is the client.
        let chain = (request.headers["x-forwarded-for"] ?? "").split(separator: ",").map {
            $0.trimmed
        }
        address = chain.last { !proxies.contain($0) } ?? chain.first ?? request.peer
        let scheme = request.headers["x-forwarded-proto"].map { ($0.split(separator: ",").last ?? "").trimmed }
        isSecure = scheme.map { $0.lowercased() == "https" } ?? isPublicSecure
    }

    /// A form that another site made a browser send says so in one of these (Fetch §3.2, Fetch Metadata §2.3); a browser
    /// too old for both is left to the word in the form.
    static func isFromElsewhere(_ request: ServerRequest) -> Bool {
        if let site = request.headers["sec-fetch-site"] { return site != "same-origin" && site != "none" }
        guard let origin = request.headers["origin"], let host = request.headers["host"] else { return false }
        guard let mark = origin.firstRange(of: "://") else { return true }
        return origin[mark.upperBound...].lowercased() != host.lowercased()
    }
}

extension StringProtocol {
    /// Without blanks at its ends.
    var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        var end = start
        while let last = end.last, last == " " || last == "\t" { end = end.dropLast() }
        return String(end)
    }
}
