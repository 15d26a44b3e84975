// What the server says of itself: the harmless question that needs the key, and so tells whether all is set up.

internal import HTTP

package struct JellyfinServer: Hashable, Sendable {
    package var id: String
    package var name: String
    package var version: String

    package init(id: String, name: String, version: String) {
        self.id = id
        self.name = name
        self.version = version
    }
}

extension Jellyfin {
    package func systemInfo() async throws(JellyfinError) -> JellyfinServer {
        try await json(JellyfinCall("GET", "/System/Info", what: "the server's description"), as: WireServer.self)
            .server
    }
}

private struct WireServer: Decodable {
    var server: JellyfinServer

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        guard let id = fields.text("Id"), let version = fields.text("Version")
        else { throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not a Jellyfin")) }
        server = JellyfinServer(id: id, name: fields.text("ServerName") ?? "Jellyfin", version: version)
    }
}
