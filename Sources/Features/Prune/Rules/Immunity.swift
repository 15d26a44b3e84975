// Whom nothing ever happens to. A name may protect, and never hurt: whom it happens to is decided by numbers only.

package import Domain

package enum Immunity: Hashable, Sendable {
    case owner, home, managed
    /// Has not accepted yet: there is nothing to lose.
    case invited
    /// Without a plex.tv account or share of their own.
    case noShare
    case admin
    /// A name of the settings.
    case named(String)
    /// Said so.
    case vip(by: String)
    case role(UInt64)

    package var words: String {
        switch self {
        case .owner: "owns the server"
        case .home: "in the owner's Plex Home"
        case .managed: "a managed user"
        case .invited: "has not accepted the invitation"
        case .noShare: "has no share of this server"
        case .admin: "the admin's address"
        case .named(let name): "VIP: \(name) in the settings"
        case .vip: "VIP"
        case .role(let id): "VIP: has the role \(id)"
        }
    }
}

package enum ImmunityRules {
    /// Nil: not immune by what is known without asking Discord.
    package static func immunity(
        of person: Person, _ record: PruneRecord?, _ wishes: PruneWishes
    ) -> Immunity? {
        if person.isOwner { return .owner }
        if person.isManaged { return .managed }
        if person.isHome { return .home }
        if person.access == .invited { return .invited }
        if person.access != .member || person.shareID == nil || person.plexID == nil { return .noShare }
        if let record, record.isVIP { return .vip(by: record.vipBy) }
        if !wishes.adminEmail.isEmpty, folded(wishes.adminEmail) == folded(person.email) { return .admin }
        let names = Set([person.username, person.email, person.plexID.map(String.init) ?? ""].map(folded))
        let match = wishes.vipNames.first { name in
            let name = folded(name)
            return !name.isEmpty && names.contains(name)
        }
        return match.map { .named($0) }
    }

    package static func immunity(ofRoles roles: [UInt64], _ wishes: PruneWishes) -> Immunity? {
        wishes.vipRoles.first(where: roles.contains).map { .role($0) }
    }

    /// Exact but for case and blanks around it.
    private static func folded(_ text: String) -> String {
        let words = text.lowercased().split(separator: " ", omittingEmptySubsequences: true)
        return words.joined(separator: " ")
    }
}
