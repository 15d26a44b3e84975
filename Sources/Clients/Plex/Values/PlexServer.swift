// The server itself: what it is, its libraries, its accounts (sheet plex.md §2).

package import Runtime

/// What anyone may ask, without a token.
package struct PlexIdentity: Hashable, Sendable {
    package var machineIdentifier: String
    package var version: String
    /// False: nobody owns it yet, and whoever reaches it may claim it. Do not work with such a server.
    package var isClaimed: Bool

    package init(machineIdentifier: String, version: String, isClaimed: Bool) {
        self.machineIdentifier = machineIdentifier
        self.version = version
        self.isClaimed = isClaimed
    }
}

package struct PlexServer: Hashable, Sendable {
    package var machineIdentifier: String
    package var version: String
    package var name: String
    package var platform: String
    /// The owner's plex.tv name or address; empty when not signed in.
    package var owner: String
    package var hasPlexPass: Bool

    package init(
        machineIdentifier: String, version: String, name: String, platform: String = "", owner: String = "",
        hasPlexPass: Bool = false
    ) {
        self.machineIdentifier = machineIdentifier
        self.version = version
        self.name = name
        self.platform = platform
        self.owner = owner
        self.hasPlexPass = hasPlexPass
    }
}

/// Someone with plays on this server. The owner is 1, everyone else has their plex.tv id.
package struct PlexAccount: Hashable, Sendable {
    package var id: Int
    package var name: String
    package var thumb: String?
    package var isOwner: Bool { id == 1 }

    package init(id: Int, name: String, thumb: String? = nil) {
        self.id = id
        self.name = name
        self.thumb = thumb
    }
}

/// A library.
package struct PlexSection: Hashable, Sendable {
    /// The server's own number, not the one invitations want (PlexTV.sections has both).
    package var id: Int
    /// `.artist` for music, `.movie`, `.show`.
    package var kind: PlexKind
    package var title: String
    package var uuid = ""
    package var agent = ""
    package var language = ""
    package var updatedAt: Instant?
    package var folders: [String] = []

    package var isMusic: Bool { kind == .artist }

    package init(id: Int, kind: PlexKind, title: String) {
        self.id = id
        self.kind = kind
        self.title = title
    }
}

extension PlexSection {
    init(_ node: JSONNode) throws(Unreadable) {
        guard let id = node["key"]?.int else { throw Unreadable(why: "has no number for a key") }
        self.init(id: id, kind: PlexKind(try node.needed("type")), title: node.text("title"))
        uuid = node.text("uuid")
        agent = node.text("agent")
        language = node.text("language")
        updatedAt = node.instant("updatedAt")
        folders = node.list("Location").compactMap { $0["path"]?.text }
    }
}

extension PlexAccount {
    init(_ node: JSONNode) throws(Unreadable) {
        guard let id = node["id"]?.int else { throw Unreadable(why: "has no number for an id") }
        self.init(id: id, name: node.text("name"), thumb: node["thumb"]?.text)
    }
}
