// Who has an account on the server.

internal import HTTP
package import Runtime

package struct JellyfinUser: Hashable, Sendable, Identifiable {
    /// 32 small hexadecimal digits, however the server wrote it.
    package var id: String
    package var name: String
    package var isDisabled: Bool
    package var isAdministrator: Bool
    /// Nil: not told, as by 12.0.
    package var hasPassword: Bool?
    package var lastActivity: Instant?

    package init(
        id: String, name: String, isDisabled: Bool = false, isAdministrator: Bool = false, hasPassword: Bool? = nil,
        lastActivity: Instant? = nil
    ) {
        self.id = id
        self.name = name
        self.isDisabled = isDisabled
        self.isAdministrator = isAdministrator
        self.hasPassword = hasPassword
        self.lastActivity = lastActivity
    }
}

extension Jellyfin {
    /// All of them, hidden and disabled ones too. A list with nobody in it, or with somebody who cannot be read, is not
    /// believed: every server has an administrator, and whoever is missing from a list might be forgotten by it.
    package func users() async throws(JellyfinError) -> [JellyfinUser] {
        let users = try await json(JellyfinCall("GET", "/Users", what: "the users"), as: [WireUser].self).map(\.user)
        if users.isEmpty { throw .unreadable("the users: nobody, where there is always an administrator") }
        return users
    }
}

struct WireUser: Decodable {
    var user: JellyfinUser

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        guard let id = fields.id("Id"), let name = fields.text("Name") else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "a user without id or name"))
        }
        let policy = fields.fields("Policy")
        user = JellyfinUser(
            id: id, name: name, isDisabled: policy?.claim("IsDisabled") ?? false,
            isAdministrator: policy?.claim("IsAdministrator") ?? false, hasPassword: fields.claim("HasPassword"),
            lastActivity: fields.text("LastActivityDate").flatMap { LocalTime.instant(iso8601: $0) })
    }
}
