// Who is there on Jellyfin, judged from its list of users (rule 1: no network and no clock in here). Accounts are matched
// by id. A name that is on Plex too is a hint for an admin and nothing more: anybody may call themselves anything.

package import Domain
internal import Jellyfin
internal import Runtime

/// An account on Jellyfin, as far as we keep it.
package struct JellyfinAccount: Sendable, Hashable {
    package var id: String
    package var name: String
    /// `.member`: may sign in. `.former`: switched off, or gone.
    package var access: Person.Access

    package init(id: String, name: String, access: Person.Access = .member) {
        self.id = id
        self.name = name
        self.access = access
    }

    init(_ user: JellyfinUser) {
        self.init(id: user.id, name: user.name, access: user.isDisabled ? .former : .member)
    }
}

package enum JellyfinRules {
    /// One name in two places.
    package struct Namesakes: Sendable, Hashable {
        package var jellyfin: String
        package var plex: String
        /// The row of Jellyfin alone, and the one of Plex.
        package var alone: Int64
        package var person: Int64
        /// The same as long as both are who they are.
        package var key: String { "\(alone) \(person)" }
    }

    /// What the table does not say yet. Who is not on the list any more is former, and keeps their name.
    package static func changed(of known: [Person], from accounts: [JellyfinAccount]) -> [JellyfinAccount] {
        let before = Dictionary(
            known.compactMap { person in
                person.jellyfinID.map {
                    ($0, JellyfinAccount(id: $0, name: person.jellyfinName, access: person.jellyfinAccess))
                }
            }
        ) { a, _ in a }
        let listed = Set(accounts.map(\.id))
        let gone = before.values.filter { !listed.contains($0.id) && $0.access != .former }.map { account in
            JellyfinAccount(id: account.id, name: account.name, access: .former)
        }
        return (accounts.filter { before[$0.id] != $0 } + gone).sorted { $0.id < $1.id }
    }

    /// People with an account here and no Plex account, called as somebody with a Plex account and none here.
    package static func namesakes(among people: [Person]) -> [Namesakes] {
        let ofPlex = people.filter { $0.plexID != nil && $0.jellyfinID == nil && $0.access != .former }
        return people.filter { $0.plexID == nil && $0.jellyfinAccess == .member }.flatMap { person in
            let name = Likeness.folded(person.jellyfinName)
            return ofPlex.filter { [$0.name, $0.username].contains { Likeness.folded($0) == name } }.map { other in
                Namesakes(
                    jellyfin: person.jellyfinName, plex: other.name.isEmpty ? other.username : other.name,
                    alone: person.id, person: other.id)
            }
        }
    }
}
