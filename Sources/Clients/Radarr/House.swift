// What Radarr says of itself and of how it is set up.

internal import LooseJSON
internal import Servarr

package struct RadarrServer: Hashable, Sendable {
    package var version: String
    /// What its Connect events carry.
    package var instance: String
}

package struct RadarrHealth: Hashable, Sendable {
    package enum Level: String, Hashable, Sendable { case ok, notice, warning, error }
    package var level: Level
    /// Which of its checks.
    package var source: String
    package var message: String
}

package struct RadarrTag: Hashable, Sendable, Identifiable {
    package var id: Int
    package var label: String
}

package struct RadarrRootFolder: Hashable, Sendable {
    package var path: String
    package var isAccessible: Bool
    /// Bytes; nil: unknown.
    package var freeSpace: Int64?
}

package struct RadarrProfile: Hashable, Sendable, Identifiable {
    package var id: Int
    package var name: String
    package var allowsUpgrades: Bool
}

extension Radarr {
    /// The harmless question that needs the key.
    package func status() async throws(RadarrError) -> RadarrServer {
        let call = ServarrCall("GET", "/api/v3/system/status", what: "its description")
        let json = try await server.ask(call)
        guard let version = json.text("version"), let program = json.text("appName") else {
            throw server.failed(.unreadable(call.what))
        }
        // The family shares this address: a Sonarr answers it as well.
        guard program == "Radarr" else { throw server.failed(.wrongAddress("\(program) answers at that address")) }
        return RadarrServer(version: version, instance: json.text("instanceName") ?? program)
    }

    /// What it complains of; empty: all is well.
    package func health() async throws(RadarrError) -> [RadarrHealth] {
        try await server.list(ServarrCall("GET", "/api/v3/health", what: "its health")) { json in
            guard let level = json.text("type").flatMap({ RadarrHealth.Level(rawValue: $0) }) else { return nil }
            return RadarrHealth(
                level: level, source: json.text("source") ?? "", message: json.text("message") ?? "")
        }
    }

    package func tags() async throws(RadarrError) -> [RadarrTag] {
        try await server.list(ServarrCall("GET", "/api/v3/tag", what: "the tags")) { RadarrTag($0) }
    }

    /// Small letters, digits and hyphens. One that exists comes back as it is.
    package func makeTag(_ label: String) async throws(RadarrError) -> RadarrTag {
        let call = ServarrCall("POST", "/api/v3/tag", what: "the tag \(label)")
            .saying(.fields(["label": .text(label)]))
        guard let tag = RadarrTag(try await server.ask(call)) else { throw server.failed(.unreadable(call.what)) }
        return tag
    }

    package func rootFolders() async throws(RadarrError) -> [RadarrRootFolder] {
        try await server.list(ServarrCall("GET", "/api/v3/rootfolder", what: "the root folders")) { json in
            json.text("path").map { path in
                RadarrRootFolder(
                    path: path, isAccessible: json.claim("accessible") ?? false,
                    freeSpace: json.whole("freeSpace").map(Int64.init))
            }
        }
    }

    /// Nil: it has none there.
    package func rootFolder(_ path: String) async throws(RadarrError) -> RadarrRootFolder? {
        func bare(_ path: String) -> [Substring] { path.split { $0 == "/" || $0 == "\\" } }
        return try await rootFolders().first { bare($0.path) == bare(path) }
    }

    package func profiles() async throws(RadarrError) -> [RadarrProfile] {
        try await server.list(ServarrCall("GET", "/api/v3/qualityprofile", what: "the quality profiles")) { json in
            guard let id = json.whole("id"), let name = json.text("name") else { return nil }
            return RadarrProfile(id: id, name: name, allowsUpgrades: json.claim("upgradeAllowed") ?? false)
        }
    }
}

extension RadarrTag {
    init?(_ json: Loose) {
        guard let id = json.whole("id"), let label = json.text("label") else { return nil }
        self.init(id: id, label: label)
    }
}
