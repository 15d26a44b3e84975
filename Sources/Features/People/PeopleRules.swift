// Who is there, judged from what each source says (rule 1: no network and no clock in here). What a source could not say
// leaves everything as it was (rule 2): a failed or doubtful list makes nobody a former member.

package import Domain
package import Runtime

/// What the sources say of the people: those of Plex by plex.tv id, those of Jellyfin by its own.
package struct PeopleEvidence: Sendable {
    package struct Account: Sendable, Hashable {
        package var id: Int
        package var username: String
        package var title: String
        package var email: String
        package var isHome: Bool
        package var isManaged: Bool
        /// Nil: this server is not shared with them. True: invited, not accepted.
        package var pendingShare: Bool?
        package var shareID: Int?

        package init(
            id: Int, username: String = "", title: String = "", email: String = "", isHome: Bool = false,
            isManaged: Bool = false, pendingShare: Bool? = nil, shareID: Int? = nil
        ) {
            self.id = id
            self.username = username
            self.title = title
            self.email = email
            self.isHome = isHome
            self.isManaged = isManaged
            self.pendingShare = pendingShare
            self.shareID = shareID
        }
    }

    package struct Share: Sendable, Hashable {
        package var account: Int
        package var id: Int
        package var acceptedAt: Instant?
        /// Nil: it does not say which.
        package var libraries: Libraries?

        package init(account: Int, id: Int, acceptedAt: Instant?, libraries: Libraries? = nil) {
            self.account = account
            self.id = id
            self.acceptedAt = acceptedAt
            self.libraries = libraries
        }
    }

    package struct Nickname: Sendable, Hashable {
        package var account: Int
        package var username: String
        package var friendlyName: String
        package var email: String?

        package init(account: Int, username: String, friendlyName: String, email: String? = nil) {
            self.account = account
            self.username = username
            self.friendlyName = friendlyName
            self.email = email
        }
    }

    package var owner: Reading<Account>
    /// Friends and members of the Home, never the owner.
    package var accounts: Reading<[Account]>
    /// Who has this server, and since when.
    package var shares: Reading<[Share]>
    /// Who was invited and has not answered.
    package var invitations: Reading<[Account]>
    /// Tautulli's users; `absent` where there is no Tautulli.
    package var nicknames: Reading<[Nickname]>
    /// Jellyfin's users; `absent` where there is no Jellyfin.
    package var jellyfin: Reading<[JellyfinAccount]>

    package init(
        owner: Reading<Account>, accounts: Reading<[Account]>, shares: Reading<[Share]>,
        invitations: Reading<[Account]> = .absent, nicknames: Reading<[Nickname]>,
        jellyfin: Reading<[JellyfinAccount]> = .absent
    ) {
        self.jellyfin = jellyfin
        self.invitations = invitations
        self.owner = owner
        self.accounts = accounts
        self.shares = shares
        self.nicknames = nicknames
    }
}

/// What the table should say afterwards.
package struct Census: Sendable, Equatable {
    /// Everybody of Plex who is new or changed; a new one has the id 0.
    package var changed: [Person] = []
    /// Every account of Jellyfin that is new or changed, whoever it belongs to.
    package var jellyfin: [JellyfinAccount] = []
    /// For the owner: what could not be found out.
    package var doubts: [String] = []
    /// Of these, those that leave open who has the Plex server: whoever takes something away must know.
    package var doubtsAboutAccess: [String] = []

    package init() {}

    fileprivate mutating func doubtAccess(_ why: String) {
        doubts.append(why)
        doubtsAboutAccess.append(why)
    }
}

package enum PeopleRules {
    package static func census(of known: [Person], from evidence: PeopleEvidence, now: Instant) -> Census {
        var census = Census()
        var people = Dictionary(known.compactMap { person in person.plexID.map { ($0, person) } }) { a, _ in a }
        let before = people

        func note(_ id: Int, _ change: (inout Person) -> Void) {
            var person = people[id] ?? Person(id: 0, plexID: id, name: "", firstSeen: now)
            change(&person)
            people[id] = person
        }

        // Tautulli first, so that what plex.tv says of names and addresses stands above it.
        switch evidence.nicknames {
        case .known(let nicknames):
            for nickname in nicknames where nickname.account != 0 {
                note(nickname.account) { person in
                    if person.username.isEmpty { person.username = nickname.username }
                    if person.email.isEmpty, let email = nickname.email { person.email = email }
                }
            }
        case .unknown(let why): census.doubts.append("Tautulli: \(why)")
        case .absent: break
        }
        switch evidence.accounts {
        case .known(let accounts): for account in accounts { note(account.id) { describe(account, in: &$0) } }
        case .unknown(let why): census.doubtAccess("plex.tv's list of people: \(why)")
        case .absent: break
        }
        switch evidence.invitations {
        case .known(let invited): for account in invited { note(account.id) { describe(account, in: &$0) } }
        case .unknown(let why): census.doubtAccess("plex.tv's list of invitations: \(why)")
        case .absent: break
        }
        switch evidence.owner {
        case .known(let owner):
            note(owner.id) { person in
                describe(owner, in: &person)
                person.isOwner = true
                person.access = .member
                person.libraries = .all
            }
            for id in people.keys where id != owner.id { people[id]?.isOwner = false }
        case .unknown(let why): census.doubtAccess("plex.tv's account: \(why)")
        case .absent: break
        }
        settleAccess(&people, evidence, now: now, &census)
        name(&people, evidence)
        census.changed = people.values.filter { $0 != before[$0.plexID ?? 0] }
            .sorted { ($0.plexID ?? 0) < ($1.plexID ?? 0) }
        switch evidence.jellyfin {
        case .known(let accounts): census.jellyfin = JellyfinRules.changed(of: known, from: accounts)
        case .unknown(let why): census.doubts.append("Jellyfin's list of users: \(why)")
        case .absent: break
        }
        return census
    }

    private static func describe(_ account: PeopleEvidence.Account, in person: inout Person) {
        if !account.username.isEmpty { person.username = account.username }
        if !account.email.isEmpty { person.email = account.email }
        person.isHome = account.isHome
        person.isManaged = account.isManaged
    }

    /// Only two whole lists together say that somebody has no access: members of the Home may have no share.
    private static func settleAccess(
        _ people: inout [Int: Person], _ evidence: PeopleEvidence, now: Instant, _ census: inout Census
    ) {
        let shares: [Int: PeopleEvidence.Share]
        switch evidence.shares {
        case .known(let list): shares = Dictionary(list.map { ($0.account, $0) }) { a, _ in a }
        case .unknown(let why):
            census.doubtAccess("plex.tv's list of shares: \(why)")
            return
        case .absent: return
        }
        for (id, share) in shares {
            var person = people[id] ?? Person(id: 0, plexID: id, name: "", firstSeen: now)
            person.shareID = share.id
            person.access = share.acceptedAt == nil ? .invited : .member
            if let accepted = share.acceptedAt { person.joinedAt = accepted }
            person.libraries = share.libraries ?? person.libraries
            people[id] = person
        }
        guard let accounts = evidence.accounts.known else { return }
        let invited = evidence.invitations.known ?? []
        let listed = Dictionary((accounts + invited).map { ($0.id, $0) }) { a, b in a.pendingShare == nil ? b : a }
        for (id, person) in people where shares[id] == nil && !person.isOwner {
            let account = listed[id]
            if account?.isHome == true || account?.pendingShare == false {
                people[id]?.access = .member
                // Who lives in the Home sees everything, unless a share says what.
                if account?.isHome == true { people[id]?.libraries = .all }
            } else if account?.pendingShare == true {
                people[id]?.access = .invited
                people[id]?.shareID = account?.shareID
            } else if person.access == .member || person.access == .invited && evidence.invitations.known != nil {
                people[id]?.access = .former
                people[id]?.shareID = nil
            }
        }
    }

    /// The owner's own words for somebody before Plex's.
    private static func name(_ people: inout [Int: Person], _ evidence: PeopleEvidence) {
        // Where the owner gave no name, Tautulli tells the username.
        let nicknames = (evidence.nicknames.known ?? []).filter { $0.friendlyName != $0.username }
        let friendly = Dictionary(nicknames.map { ($0.account, $0.friendlyName) }) { a, _ in a }
        let titles = Dictionary(
            ((evidence.accounts.known ?? []) + [evidence.owner.known].compactMap(\.self)).map { ($0.id, $0.title) }
        ) { a, _ in a }
        for (id, person) in people {
            let known = [friendly[id], titles[id], person.name, person.username].compactMap(\.self)
            people[id]?.name = known.first { !$0.isEmpty } ?? "Somebody (\(id))"
        }
    }
}
