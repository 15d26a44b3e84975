// Accounts, and who may use which server, as plex.tv knows them (sheet plex.md §8).

package import Runtime
internal import XML

/// The account a token belongs to.
package struct PlexTVUser: Hashable, Sendable {
    package var id: Int
    package var uuid: String
    package var username: String
    package var title: String
    package var email: String
    package var thumb: String?
    package var isHome: Bool
    package var isHomeAdmin: Bool
    package var hasPlexPass: Bool

    package init(
        id: Int, uuid: String = "", username: String, title: String = "", email: String = "",
        thumb: String? =
            nil, isHome: Bool = false, isHomeAdmin: Bool = false, hasPlexPass: Bool = false
    ) {
        self.id = id
        self.uuid = uuid
        self.username = username
        self.title = title
        self.email = email
        self.thumb = thumb
        self.isHome = isHome
        self.isHomeAdmin = isHomeAdmin
        self.hasPlexPass = hasPlexPass
    }
}

/// A friend or a member of the owner's Plex Home; never the owner.
package struct PlexTVPerson: Hashable, Sendable {
    package var id: Int
    /// Empty for managed users, who have no account of their own.
    package var username: String
    package var title: String
    package var email: String
    package var thumb: String?
    package var isHome: Bool
    package var isManaged: Bool
    package var rights: PlexTVRights
    package var servers: [Server]

    /// A server of the owner's that is shared with them.
    package struct Server: Hashable, Sendable {
        /// The share's own id.
        package var shareID: Int
        package var machineIdentifier: String
        package var name: String
        package var isPending: Bool
        package var sharesAllLibraries: Bool
        package var libraryCount: Int?
        package var lastSeenAt: Instant?

        package init(
            shareID: Int, machineIdentifier: String, name: String = "", isPending: Bool = false,
            sharesAllLibraries: Bool = false, libraryCount: Int? = nil, lastSeenAt: Instant? = nil
        ) {
            self.shareID = shareID
            self.machineIdentifier = machineIdentifier
            self.name = name
            self.isPending = isPending
            self.sharesAllLibraries = sharesAllLibraries
            self.libraryCount = libraryCount
            self.lastSeenAt = lastSeenAt
        }
    }

    package init(
        id: Int, username: String, title: String = "", email: String = "", thumb: String? = nil, isHome: Bool = false,
        isManaged: Bool = false, rights: PlexTVRights = PlexTVRights(), servers: [Server] = []
    ) {
        self.id = id
        self.username = username
        self.title = title
        self.email = email
        self.thumb = thumb
        self.isHome = isHome
        self.isManaged = isManaged
        self.rights = rights
        self.servers = servers
    }
}

/// One person's share of one server.
package struct PlexTVShare: Hashable, Sendable {
    package var id: Int
    package var userID: Int
    package var username: String
    package var email: String
    /// Opens this server as that person. As good as their password here.
    package var accessToken: Secret?
    /// Nil: not accepted yet.
    package var acceptedAt: Instant?
    package var invitedAt: Instant?
    package var sharesAllLibraries: Bool
    package var rights: PlexTVRights
    package var sections: [PlexTVSection]

    package init(
        id: Int, userID: Int, username: String = "", email: String = "", accessToken: Secret? = nil,
        acceptedAt: Instant? = nil, invitedAt: Instant? = nil, sharesAllLibraries: Bool = false,
        rights: PlexTVRights = PlexTVRights(), sections: [PlexTVSection] = []
    ) {
        self.id = id
        self.userID = userID
        self.username = username
        self.email = email
        self.accessToken = accessToken
        self.acceptedAt = acceptedAt
        self.invitedAt = invitedAt
        self.sharesAllLibraries = sharesAllLibraries
        self.rights = rights
        self.sections = sections
    }
}

/// A library, by both its numbers.
package struct PlexTVSection: Hashable, Sendable {
    /// plex.tv's own: what invitations want.
    package var id: Int
    /// The server's own: `PlexSection.id`.
    package var key: Int?
    package var title: String
    package var kind: String
    package var isShared: Bool

    package init(id: Int, key: Int?, title: String, kind: String, isShared: Bool = false) {
        self.id = id
        self.key = key
        self.title = title
        self.kind = kind
        self.isShared = isShared
    }
}

extension PlexTVPerson {
    init(_ element: XMLElement) throws(PlexTVError) {
        guard let id = element.int("id") else { throw .unreadable("the users: one has no id") }
        self.init(
            id: id, username: element["username"] ?? "", title: element["title"] ?? "",
            email: element["email"] ?? "", thumb: element["thumb"], isHome: element.flag("home"),
            isManaged: element.flag("restricted"), rights: PlexTVRights(element), servers: [])
        for server in element.children(named: "Server") {
            guard let share = server.int("id"), let machine = server["machineIdentifier"] else {
                throw .unreadable("the users: a server of user \(id) has no id")
            }
            servers.append(
                Server(
                    shareID: share, machineIdentifier: machine, name: server["name"] ?? "",
                    isPending: server.flag("pending"), sharesAllLibraries: server.flag("allLibraries"),
                    libraryCount: server.int("numLibraries"), lastSeenAt: server.instant("lastSeenAt")))
        }
    }
}

extension PlexTVShare {
    init(_ element: XMLElement) throws(PlexTVError) {
        guard let id = element.int("id") else { throw .unreadable("the shares: one has no id") }
        guard let user = element.int("userID") else { throw .unreadable("the shares: share \(id) has no userID") }
        var sections: [PlexTVSection] = []
        for section in element.children(named: "Section") { sections.append(try PlexTVSection(section)) }
        let token = element["accessToken"].flatMap { $0.isEmpty ? nil : Secret($0) }
        self.init(
            id: id, userID: user, username: element["username"] ?? "", email: element["email"] ?? "",
            accessToken: token, acceptedAt: element.instant("acceptedAt"), invitedAt: element.instant("invitedAt"),
            sharesAllLibraries: element.flag("allLibraries"), rights: PlexTVRights(element),
            sections: sections)
    }
}

extension PlexTVSection {
    init(_ element: XMLElement) throws(PlexTVError) {
        guard let id = element.int("id") else { throw .unreadable("the libraries: one has no id") }
        self.init(
            id: id, key: element.int("key"), title: element["title"] ?? "", kind: element["type"] ?? "",
            isShared: element.flag("shared"))
    }
}

extension XMLElement {
    func int(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    func flag(_ name: String) -> Bool { self[name] == "1" || self[name] == "true" }

    /// Seconds since 1970; 0 and rubbish are no time.
    func instant(_ name: String) -> Instant? {
        guard let seconds = int(name), (1..<253_402_300_800).contains(seconds) else { return nil }
        return Instant(seconds: Int64(seconds))
    }
}
