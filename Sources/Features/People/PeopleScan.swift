// Asks plex.tv, Tautulli and Jellyfin who is there and keeps the table true. Each source may fail by itself; what it would have
// said stays as it was, and the report says whose answer is missing.

package import Domain
internal import FoundationEssentials
package import Jellyfin
package import Plex
package import PlexTV
package import Runtime
internal import Storage
package import Tautulli

package struct PeopleScan: Sendable {
    private let people: People
    private let plex: Plex?
    private let plexTV: PlexTV?
    private let tautulli: Tautulli?
    private let jellyfin: Jellyfin?
    private let clock: any Clock

    package init(
        people: People, plex: Plex?, plexTV: PlexTV?, tautulli: Tautulli?, jellyfin: Jellyfin? = nil, clock: any Clock
    ) {
        self.people = people
        self.plex = plex
        self.plexTV = plexTV
        self.tautulli = tautulli
        self.jellyfin = jellyfin
        self.clock = clock
    }

    /// A report only where something could not be found out, or where an admin may know more than ids tell.
    package func run() async throws -> Report? {
        let census = try await refresh()
        let hints = try await newNamesakes().map { pair in
            "\(strong: pair.jellyfin) on Jellyfin may be \(strong: pair.plex) on Plex." as Prose
        }
        let advice: [Prose] =
            hints.isEmpty
            ? []
            : [
                "If you know it, \(code: "link --plex NAME --jellyfin NAME") says so, or Merge on the dashboard’s page "
                    + "People. A name alone proves nothing."
            ]
        guard !census.doubts.isEmpty else {
            return hints.isEmpty ? nil : Report("Perhaps the same people", lines: hints + advice)
        }
        return Report(
            "Not everybody could be asked about", lines: census.doubts.map { "\($0)" } + hints + advice,
            footer: "The people stay as they were last known.", tone: .warning)
    }

    /// The table as true as it can be made now, without a word.
    @discardableResult
    package func refresh() async throws -> Census {
        let census = try await census()
        try await people.take(census)
        return census
    }

    /// Those nobody has been told of yet: once is enough.
    private func newNamesakes() async throws -> [JellyfinRules.Namesakes] {
        let pairs = JellyfinRules.namesakes(among: try await people.all())
        guard !pairs.isEmpty else { return [] }
        let remembered = Remembered(people.database)
        let told = try await remembered.get(Self.toldKey)
        var known = (try? JSONDecoder().decode(Set<String>.self, from: Data((told ?? "[]").utf8))) ?? []
        let new = pairs.filter { known.insert($0.key).inserted }
        guard !new.isEmpty else { return [] }
        try await remembered.set(Self.toldKey, String(decoding: JSONEncoder().encode(known.sorted()), as: UTF8.self))
        return new
    }

    private static let toldKey = "people.namesakes"

    /// Whom to show in place of somebody unknown. Looks first where nobody has looked yet, as on the first day.
    package func owner() async throws -> Person? {
        if let owner = try await people.owner() { return owner }
        try await refresh()
        return try await people.owner()
    }

    private func census() async throws -> Census {
        let known = try await people.all()
        return PeopleRules.census(of: known, from: await evidence(known), now: clock.now)
    }

    private func evidence(_ known: [Person]) async -> PeopleEvidence {
        // plex.tv answers one at a time, and the server must first say which one it is.
        let machine = await machine()
        let lastMembers = known.count { $0.shareID != nil && $0.access == .member }
        let lastListed = known.count { !$0.isOwner && ($0.access == .member || $0.access == .invited) }
        return PeopleEvidence(
            owner: await owner(), accounts: await accounts(machine, lastListed),
            shares: await shares(machine, lastMembers), invitations: await invitations(machine),
            nicknames: await nicknames(), jellyfin: await jellyfinAccounts())
    }

    private func jellyfinAccounts() async -> Reading<[JellyfinAccount]> {
        guard let jellyfin else { return .absent }
        do { return .known(try await jellyfin.users().map { JellyfinAccount($0) }) } catch {
            return .unknown(why: "\(error)")
        }
    }

    private func machine() async -> Reading<String> {
        guard let plex else { return .absent }
        do {
            let identity = try await plex.identity()
            if !identity.isClaimed { return .unknown(why: "the Plex server belongs to nobody: sign it in") }
            return .known(identity.machineIdentifier)
        } catch {
            return .unknown(why: "\(error)")
        }
    }

    private func owner() async -> Reading<PeopleEvidence.Account> {
        guard let plexTV else { return .absent }
        do {
            let user = try await plexTV.user()
            return .known(
                PeopleEvidence.Account(
                    id: user.id, username: user.username, title: user.title, email: user.email, isHome: user.isHome))
        } catch {
            return .unknown(why: "\(error)")
        }
    }

    private func accounts(_ machine: Reading<String>, _ lastCount: Int) async -> Reading<[PeopleEvidence.Account]> {
        guard let plexTV else { return .absent }
        guard let machine = machine.known else { return machine.map { _ in [] } }
        do {
            return .known(
                try await plexTV.users(lastCount: lastCount).map { person in
                    let share = person.servers.first { $0.machineIdentifier == machine }
                    return PeopleEvidence.Account(
                        id: person.id, username: person.username, title: person.title, email: person.email,
                        isHome: person.isHome, isManaged: person.isManaged, pendingShare: share?.isPending,
                        shareID: share?.shareID)
                })
        } catch {
            return .unknown(why: "\(error)")
        }
    }

    private func shares(_ machine: Reading<String>, _ lastCount: Int) async -> Reading<[PeopleEvidence.Share]> {
        guard let plexTV else { return .absent }
        guard let machine = machine.known else { return machine.map { _ in [] } }
        do {
            return .known(
                try await plexTV.shares(ofServer: machine, lastCount: lastCount).map {
                    PeopleEvidence.Share(
                        account: $0.userID, id: $0.id, acceptedAt: $0.acceptedAt, libraries: Self.libraries(of: $0))
                })
        } catch {
            return .unknown(why: "\(error)")
        }
    }

    /// Nil where it does not say which: a share of nothing does not exist.
    private static func libraries(of share: PlexTVShare) -> Libraries? {
        if share.sharesAllLibraries { return .all }
        let shared = share.sections.filter(\.isShared)
        let keys = shared.compactMap(\.key)
        return keys.isEmpty || keys.count < shared.count ? nil : .only(Set(keys))
    }

    private func invitations(_ machine: Reading<String>) async -> Reading<[PeopleEvidence.Account]> {
        guard let plexTV else { return .absent }
        guard let machine = machine.known else { return machine.map { _ in [] } }
        do {
            return .known(
                try await plexTV.invitations(toServer: machine).compactMap { invitation in
                    // Somebody invited by an address that no account has yet is nobody to keep.
                    invitation.userID.map {
                        PeopleEvidence.Account(
                            id: $0, username: invitation.username, email: invitation.email, pendingShare: true,
                            shareID: invitation.id)
                    }
                })
        } catch {
            return .unknown(why: "\(error)")
        }
    }

    private func nicknames() async -> Reading<[PeopleEvidence.Nickname]> {
        guard let tautulli else { return .absent }
        do {
            return .known(
                try await tautulli.users().filter(\.isPerson).map {
                    PeopleEvidence.Nickname(
                        account: $0.id, username: $0.username, friendlyName: $0.friendlyName, email: $0.email)
                })
        } catch {
            return .unknown(why: "\(error)")
        }
    }
}
