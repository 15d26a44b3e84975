// Who may post. Not every sender can set a header (Plex can only be given an address), so the secret is taken wherever a
// sender can put it: a header of its own, `Authorization: Bearer`, the password of a Basic login, the address's last part
// or its query. Compared as digests, so that the time it takes tells neither where it differs nor how long it is.

internal import Crypto
internal import Runtime
internal import Sockets

struct HookSecret: Sendable {
    private let digest: [UInt8]?

    /// Nil: everybody who can reach the port may post.
    init(_ secret: Secret?) {
        digest = secret.flatMap { $0.isEmpty ? nil : Digest.sha256([UInt8]($0.reveal().utf8)) }
    }

    func admits(_ request: ServerRequest) -> Bool {
        guard let digest else { return true }
        // All of them are looked at, whether one has fitted or not.
        var fits = false
        for offered in Self.offers(request) {
            fits = areEqualInConstantTime(Digest.sha256([UInt8](offered.utf8)), digest) || fits
        }
        return fits
    }

    private static func offers(_ request: ServerRequest) -> [String] {
        var offers = [
            request.headers["x-webhook-secret"], request.parameters["secret"], request.queryValue("secret"),
        ].compactMap { $0 }
        if let words = request.headers["authorization"]?.split(separator: " ", maxSplits: 1), words.count == 2 {
            switch words[0].lowercased() {
            case "bearer": offers.append(String(words[1]))
            case "basic":
                // "name:password" in Base64; the name is anybody's.
                if let login = [UInt8](base64: words[1]), let colon = login.firstIndex(of: UInt8(ascii: ":")) {
                    offers.append(String(decoding: login[(colon + 1)...], as: UTF8.self))
                }
            default: break
            }
        }
        return offers
    }
}
