// Who is there, from what the sources say; and that silence changes nothing.

import Domain
import People
import Runtime
import Testing

@Suite struct PeopleRulesTests {
    typealias Account = PeopleEvidence.Account
    static let now = Instant(seconds: 1_800_000_000)
    static let joined = Instant(seconds: 1_700_000_000)

    static func evidence(
        owner: Reading<Account> = .known(Account(id: 1, username: "robin", title: "Robin")),
        accounts: Reading<[Account]> = .known([
            Account(id: 2, username: "ann", title: "Ann", email: "ann@example.org", pendingShare: false, shareID: 20)
        ]),
        shares: Reading<[PeopleEvidence.Share]> = .known([.init(account: 2, id: 20, acceptedAt: joined)]),
        invitations: Reading<[Account]> = .known([]), nicknames: Reading<[PeopleEvidence.Nickname]> = .absent
    ) -> PeopleEvidence {
        PeopleEvidence(
            owner: owner, accounts: accounts, shares: shares, invitations: invitations, nicknames: nicknames)
    }

    static func people(after evidence: PeopleEvidence = evidence(), knowing known: [Person] = []) -> [Int: Person] {
        let census = PeopleRules.census(of: known, from: evidence, now: now)
        var people = Dictionary(uniqueKeysWithValues: known.map { ($0.plexID ?? 0, $0) })
        for person in census.changed { people[person.plexID ?? 0] = person }
        return people
    }

    @Test func `the owner and who has an accepted share are members`() {
        let people = Self.people()
        #expect(people[1]?.isOwner == true && people[1]?.access == .member && people[1]?.joinedAt == nil)
        #expect(people[2]?.access == .member && people[2]?.joinedAt == Self.joined && people[2]?.shareID == 20)
        #expect(people[2]?.email == "ann@example.org" && people[2]?.firstSeen == Self.now)
    }

    @Test func `who has not accepted is invited, until the invitation is known to be gone`() {
        let none = (accounts: Reading<[Account]>.known([]), shares: Reading<[PeopleEvidence.Share]>.known([]))
        let gus = Account(id: 3, username: "gus", pendingShare: true, shareID: 30)
        let people = Self.people(
            after: Self.evidence(accounts: none.accounts, shares: none.shares, invitations: .known([gus])))
        #expect(people[3]?.access == .invited && people[3]?.shareID == 30)
        let known = Array(people.values)
        let quiet = Self.evidence(accounts: none.accounts, shares: none.shares, invitations: .unknown(why: "down"))
        #expect(Self.people(after: quiet, knowing: known)[3]?.access == .invited)
        let withdrawn = Self.evidence(accounts: none.accounts, shares: none.shares, invitations: .known([]))
        #expect(Self.people(after: withdrawn, knowing: known)[3]?.access == .former)
    }

    @Test func `a member of the Home needs no share`() {
        let people = Self.people(
            after: Self.evidence(
                accounts: .known([Account(id: 4, title: "Kid", isHome: true, isManaged: true)]), shares: .known([])))
        #expect(people[4]?.access == .member && people[4]?.isManaged == true && people[4]?.name == "Kid")
    }

    @Test func `who is on neither list any more is former, and keeps everything else`() {
        let known = [
            Person(
                id: 9, plexID: 2, name: "Ann", access: .member, shareID: 20, joinedAt: Self.joined,
                firstSeen: Self.joined)
        ]
        let people = Self.people(after: Self.evidence(accounts: .known([]), shares: .known([])), knowing: known)
        #expect(people[2]?.access == .former && people[2]?.shareID == nil)
        #expect(people[2]?.joinedAt == Self.joined && people[2]?.id == 9)
    }

    /// Rule 2: each list may fail, alone or with the others, and nobody loses anything by it.
    @Test(arguments: [0, 1, 2, 3])
    func `a list that failed makes nobody a former member`(_ which: Int) {
        let known = [
            Person(
                id: 9, plexID: 2, name: "Ann", access: .member, shareID: 20, joinedAt: Self.joined,
                firstSeen: Self.joined)
        ]
        var evidence = Self.evidence(accounts: .known([]), shares: .known([]))
        if which != 1 { evidence.accounts = .unknown(why: "down") }
        if which != 0 { evidence.shares = .unknown(why: "down") }
        if which == 3 { evidence.owner = .unknown(why: "down") }
        let census = PeopleRules.census(of: known, from: evidence, now: Self.now)
        #expect(census.changed.allSatisfy { $0.plexID != 2 || $0.access == .member })
        #expect(census.doubts.contains { $0.contains("down") })
    }

    @Test func `Tautulli's name is shown, plex.tv's account is believed`() {
        let people = Self.people(
            after: Self.evidence(
                nicknames: .known([
                    .init(account: 2, username: "old-ann", friendlyName: "Annie", email: "old@example.org"),
                    .init(account: 0, username: "Local", friendlyName: "Local"),
                ])))
        #expect(people[2]?.name == "Annie" && people[2]?.username == "ann" && people[2]?.email == "ann@example.org")
        #expect(people[0] == nil)
    }

    @Test func `somebody only Tautulli remembers has no access by that`() {
        let people = Self.people(
            after: Self.evidence(nicknames: .known([.init(account: 7, username: "gone", friendlyName: "Gone")])))
        #expect(people[7]?.access == .unknown && people[7]?.name == "Gone")
    }

    @Test func `the same answers again change nothing`() {
        let first = PeopleRules.census(of: [], from: Self.evidence(), now: Self.now)
        let again = PeopleRules.census(of: first.changed, from: Self.evidence(), now: Self.now + .days(1))
        #expect(again == Census())
    }

    @Test func `a server that was sold has one owner`() {
        let known = [Person(id: 1, plexID: 1, name: "Robin", isOwner: true, access: .member, firstSeen: Self.joined)]
        let people = Self.people(
            after: Self.evidence(
                owner: .known(Account(id: 5, username: "new")), accounts: .known([]), shares: .known([])),
            knowing: known)
        #expect(people.values.filter(\.isOwner).map(\.plexID) == [5])
        #expect(people[1]?.access == .former)
    }

    @Test func `which libraries somebody may see is as plex.tv said last`() {
        func shares(_ libraries: Libraries?) -> Reading<[PeopleEvidence.Share]> {
            .known([.init(account: 2, id: 20, acceptedAt: Self.joined, libraries: libraries)])
        }
        let people = Self.people(after: Self.evidence(shares: shares(.only([1, 3]))))
        #expect(people[1]?.libraries == .all && people[2]?.libraries == .only([1, 3]))
        let known = Array(people.values)
        for silent in [shares(nil), .unknown(why: "down"), .absent] {
            #expect(Self.people(after: Self.evidence(shares: silent), knowing: known)[2]?.libraries == .only([1, 3]))
        }
        let all = Self.people(after: Self.evidence(shares: shares(.all)), knowing: known)
        #expect(all[2]?.libraries == .all)
        // Never told, never guessed.
        #expect(Self.people(after: Self.evidence(shares: shares(nil)))[2]?.libraries == nil)
    }

    @Test func `who lives in the Home sees everything, unless a share says what`() {
        let home = Account(id: 4, title: "Kid", isHome: true)
        func libraries(_ shares: [PeopleEvidence.Share]) -> Libraries? {
            Self.people(after: Self.evidence(accounts: .known([home]), shares: .known(shares)))[4]?.libraries
        }
        #expect(libraries([]) == .all)
        #expect(libraries([.init(account: 4, id: 40, acceptedAt: Self.joined, libraries: .only([2]))]) == .only([2]))
    }
}
