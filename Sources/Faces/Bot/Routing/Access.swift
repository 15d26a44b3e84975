// Who may do what and where (issue's levels): ids first, then roles, then the guild's own permissions. Discord's
// `default_member_permissions` can be overridden by a server's admins, so rights are checked here as well (sheet, 5).

package import Discord

package struct AccessRules: Hashable, Sendable {
    package var adminUsers: Set<Snowflake>
    package var adminRoles: Set<Snowflake>
    package var trustedUsers: Set<Snowflake>
    package var trustedRoles: Set<Snowflake>
    /// Empty: everyone in the guild is a member. Otherwise only these roles (and trusted people and admins) are.
    package var memberRoles: Set<Snowflake>
    /// Manage Server or Administrator make an admin.
    package var trustsManageServer: Bool
    package var allowsDirectMessages: Bool
    /// Empty: every channel. Admins may call anywhere.
    package var channels: Set<Snowflake>

    package init(
        adminUsers: Set<Snowflake> = [], adminRoles: Set<Snowflake> = [], trustedUsers: Set<Snowflake> = [],
        trustedRoles: Set<Snowflake> = [], memberRoles: Set<Snowflake> = [], trustsManageServer: Bool = true,
        allowsDirectMessages: Bool = true, channels: Set<Snowflake> = []
    ) {
        self.adminUsers = adminUsers
        self.adminRoles = adminRoles
        self.trustedUsers = trustedUsers
        self.trustedRoles = trustedRoles
        self.memberRoles = memberRoles
        self.trustsManageServer = trustsManageServer
        self.allowsDirectMessages = allowsDirectMessages
        self.channels = channels
    }

    /// Nil: not even a member.
    package func level(of person: Snowflake, roles: [Snowflake], permissions: Permissions) -> Level? {
        if adminUsers.contains(person) || !adminRoles.isDisjoint(with: roles) { return .admin }
        if trustsManageServer, !permissions.isDisjoint(with: [.administrator, .manageServer]) { return .admin }
        if trustedUsers.contains(person) || !trustedRoles.isDisjoint(with: roles) { return .trusted }
        return memberRoles.isEmpty || !memberRoles.isDisjoint(with: roles) ? .member : nil
    }

    package enum Place: Hashable, Sendable { case open, directMessagesClosed, elsewhere }

    package func place(guild: Snowflake?, channel: Snowflake, parent: Snowflake? = nil, level: Level) -> Place {
        if guild == nil { return allowsDirectMessages || level == .admin ? .open : .directMessagesClosed }
        if channels.isEmpty || level == .admin || channels.contains(channel) { return .open }
        return parent.map(channels.contains) == true ? .open : .elsewhere
    }
}
