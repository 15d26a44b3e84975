// Tautulli itself and the server it watches (sheet §2).

package struct TautulliInfo: Sendable, Equatable {
    /// "v2.17.2"
    package var version: String
    package var platform: String
    package var installType: String
}

/// Tautulli's memory of the Plex server, which it need not be connected to.
package struct TautulliServerInfo: Sendable, Equatable {
    package var name: String
    package var version: String
    package var platform: String
    /// Plex's machine identifier.
    package var identifier: String
    package var hasPlexPass: Bool
}

extension Tautulli {
    /// Whether it is there and takes our key; costs it nothing.
    package func ping() async throws(TautulliError) {
        _ = try await ask("arnold", [], .prompt, as: String.self)
    }

    package func info() async throws(TautulliError) -> TautulliInfo { try await ask("get_tautulli_info") }

    package func serverInfo() async throws(TautulliError) -> TautulliServerInfo { try await ask("get_server_info") }

    /// Tautulli's belief; it notices an outage late.
    package func isConnectedToPlex() async throws(TautulliError) -> Bool {
        try await ask("server_status", [], .prompt, as: ServerStatus.self).connected
    }
}

struct ServerStatus: Decodable {
    let connected: Bool
}

/// Asked of Plex itself.
struct ServerIdentity: Decodable {
    let machine: String

    init(from decoder: any Decoder) throws {
        machine = try decoder.fields.decode(String.self, forKey: "machine_identifier")
    }
}

extension TautulliInfo: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        self.init(
            version: try fields.decode(String.self, forKey: "tautulli_version"),
            platform: fields.text("tautulli_platform"), installType: fields.text("tautulli_install_type"))
    }
}

extension TautulliServerInfo: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        self.init(
            name: try fields.decode(String.self, forKey: "pms_name"), version: fields.text("pms_version"),
            platform: fields.text("pms_platform"), identifier: fields.text("pms_identifier"),
            hasPlexPass: fields.flag("pms_plexpass"))
    }
}
