// Which Discord user is which person, and how that was proved.

package import Domain
package import Runtime

package struct PeopleLink: Sendable, Hashable {
    package enum Proof: Sendable, Hashable {
        /// They signed in at plex.tv.
        case signedIn
        /// They typed our code into a Jellyfin they were signed in to.
        case quickConnect
        /// An admin said so: "discord:123".
        case vouched(by: String)
    }
    package var discord: UInt64
    package var person: Int64
    package var proof: Proof
    package var at: Instant
    /// The row of Jellyfin alone it came along with when an admin said that both are one person. Such a link proves
    /// nothing of Plex, and opens nothing that was entrusted there. Nil: it was made for this very person.
    package var alone: Int64?
}

/// How somebody came by a second account.
package struct PeopleJoin: Sendable, Hashable {
    package var person: Int64
    /// The row that waits for the day they part.
    package var alone: Int64
    /// Who proved both; nil: an admin said that they are one, and only an admin says otherwise.
    package var discord: UInt64?
    package var proof: PeopleLink.Proof
    package var at: Instant
}

package enum PeopleService: String, Sendable, CaseIterable {
    case plex, jellyfin
}

/// What became of a proof of a Jellyfin account.
package enum JellyfinLinking: Sendable, Equatable {
    case linked(Person)
    /// Somebody else proved the account to be theirs. One of the two must let go of it first: with it would come what the
    /// other entrusted.
    case taken
    /// An admin said which Jellyfin account is theirs, and it is another one.
    case saidOtherwise(jellyfin: String)
}

extension PeopleLink.Proof {
    init(_ word: String) {
        self =
            switch word {
            case "plex": .signedIn
            case "jellyfin": .quickConnect
            default: .vouched(by: word)
            }
    }

    var word: String {
        switch self {
        case .signedIn: "plex"
        case .quickConnect: "jellyfin"
        case .vouched(let by): by
        }
    }

    /// For the Ledger.
    var reason: String {
        switch self {
        case .signedIn: "signed in at plex.tv"
        case .quickConnect: "typed a code into Jellyfin (Quick Connect)"
        case .vouched: "an admin vouched for it"
        }
    }

    func actor(_ discord: UInt64) -> String {
        if case .vouched(let by) = self { by } else { "discord:\(discord)" }
    }
}
