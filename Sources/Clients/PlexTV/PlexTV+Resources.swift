// The servers an account may use, with the token for each (sheet plex.md §8).

package import Runtime

package struct PlexTVResource: Hashable, Sendable {
    package struct Connection: Hashable, Sendable {
        package var uri: String
        package var isLocal: Bool
        package var isRelay: Bool
    }

    package var name: String
    /// Of a server: its machineIdentifier.
    package var clientIdentifier: String
    package var isServer: Bool
    package var isOwned: Bool
    package var version: String
    /// Opens this server as this account.
    package var accessToken: Secret?
    package var connections: [Connection]

    package init(
        name: String, clientIdentifier: String, isServer: Bool, isOwned: Bool, version: String = "",
        accessToken: Secret? = nil, connections: [Connection] = []
    ) {
        self.name = name
        self.clientIdentifier = clientIdentifier
        self.isServer = isServer
        self.isOwned = isOwned
        self.version = version
        self.accessToken = accessToken
        self.connections = connections
    }
}

extension PlexTV {
    package func resources() async throws(PlexTVError) -> [PlexTVResource] {
        let call = PlexTVCall(
            "GET", "/api/v2/resources", [("includeHttps", "1"), ("includeRelay", "1"), ("includeIPv6", "1")],
            what: "the servers of the account")
        return try await json(call, as: [WireResource].self).map(PlexTVResource.init)
    }
}

extension PlexTVResource {
    init(_ wire: WireResource) {
        self.init(
            name: wire.name, clientIdentifier: wire.clientIdentifier,
            isServer: wire.provides.split(separator: ",").contains("server"), isOwned: wire.owned,
            version: wire.version, accessToken: wire.accessToken.isEmpty ? nil : Secret(wire.accessToken),
            connections: wire.connections.map { Connection(uri: $0.uri, isLocal: $0.isLocal, isRelay: $0.isRelay) })
    }
}
