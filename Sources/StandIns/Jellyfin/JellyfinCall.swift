// A request as Jellyfin reads it (AuthorizationContext): who asks from which device, told in one header or, for the old,
// in several.

import Sockets

struct JellyfinCall: Sendable {
    let method: String
    let path: String
    let query: [(name: String, value: String)]
    let body: [UInt8]
    let contentType: String?
    let client: String
    let device: String
    let deviceID: String
    let version: String
    let token: String?
    var parameters: [String] = []

    init(_ request: ServerRequest, takesOldTokens: Bool) {
        method = request.method
        path = request.path
        query = request.query
        body = request.body
        contentType = request.contentType
        let said = Self.pairs(request.headers["authorization"] ?? "", takesOldTokens: takesOldTokens)
        client = said["Client"] ?? ""
        device = said["Device"] ?? ""
        deviceID = said["DeviceId"] ?? ""
        version = said["Version"] ?? ""
        var tokens = [said["Token"]]
        if takesOldTokens { tokens += [request.headers["x-emby-token"], request.headers["x-mediabrowser-token"]] }
        tokens.append(request.queryValue("ApiKey"))
        if takesOldTokens { tokens.append(request.queryValue("api_key")) }
        token = tokens.compactMap { $0 }.first { !$0.isEmpty }
    }

    static let headers = ["X-Emby-Token", "X-MediaBrowser-Token"]

    /// Names of queries are read whatever their case.
    subscript(name: String) -> String? {
        query.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// `MediaBrowser Client="A", Token="B"`: commas inside quotation marks belong to the value, which is percent-encoded.
    static func pairs(_ header: String, takesOldTokens: Bool) -> [String: String] {
        guard let space = header.firstIndex(of: " ") else { return [:] }
        let scheme = header[..<space].lowercased()
        guard scheme == "mediabrowser" || takesOldTokens && scheme == "emby" else { return [:] }
        var found: [String: String] = [:]
        var isQuoted = false
        let parts = header[space...].dropFirst().split { character in
            if character == "\"" { isQuoted.toggle() }
            return character == "," && !isQuoted
        }
        for part in parts {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { continue }
            let name = halves[0].filter { $0 != " " }
            let value = halves[1].filter { $0 != "\"" }
            found[name] = value.replacing("+", with: " ").percentDecoded
        }
        return found
    }
}
