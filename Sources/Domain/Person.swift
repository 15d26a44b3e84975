// Somebody who uses the server, or did (rule 5: there is one table of people, and People owns it). Matched by ids only:
// names are for showing.

package import Runtime

package struct Person: Hashable, Sendable, Identifiable {
    package enum Access: String, Hashable, Sendable {
        /// Owns the server, lives in the owner's Plex Home, or has an accepted share; of Jellyfin: has an account in use.
        case member
        case invited
        /// Had access once.
        case former
        /// Known to others only, or the one who knows has not been asked yet.
        case unknown
    }

    /// Ours, and never given to somebody else.
    package let id: Int64
    package var plexID: Int?
    /// 32 small hexadecimal digits.
    package var jellyfinID: String?
    package var jellyfinName: String
    /// What people call them: Tautulli's friendly name, else Plex's, else Jellyfin's.
    package var name: String
    package var username: String
    package var email: String
    package var isOwner: Bool
    package var isHome: Bool
    /// Of the Plex Home, without an account of their own: nobody can sign in as them.
    package var isManaged: Bool
    /// To the Plex server.
    package var access: Access
    package var jellyfinAccess: Access
    package var shareID: Int?
    /// Of the Plex server, as plex.tv told last; nil: it never did.
    package var libraries: Libraries?
    /// When they accepted the invitation, as plex.tv says; nil: never guessed.
    package var joinedAt: Instant?
    package var firstSeen: Instant

    package init(
        id: Int64, plexID: Int? = nil, jellyfinID: String? = nil, jellyfinName: String = "", name: String,
        username: String = "", email: String = "", isOwner: Bool = false, isHome: Bool = false,
        isManaged: Bool = false, access: Access = .unknown, jellyfinAccess: Access = .unknown, shareID: Int? = nil,
        libraries: Libraries? = nil, joinedAt: Instant? = nil, firstSeen: Instant
    ) {
        self.id = id
        self.plexID = plexID
        self.jellyfinID = jellyfinID
        self.jellyfinName = jellyfinName
        self.name = name
        self.username = username
        self.email = email
        self.isOwner = isOwner
        self.isHome = isHome
        self.isManaged = isManaged
        self.access = access
        self.jellyfinAccess = jellyfinAccess
        self.shareID = shareID
        self.libraries = libraries
        self.joinedAt = joinedAt
        self.firstSeen = firstSeen
    }

    /// As the server's own history counts accounts: its owner is 1 there, whatever plex.tv calls them.
    package var localID: Int? { isOwner ? 1 : plexID }
    /// As the Ledger writes whom something is about.
    package var subject: String { "person:\(id)" }
}
