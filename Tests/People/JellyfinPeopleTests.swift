// People of Jellyfin: found by the census, linked by Quick Connect, joined with who they are on Plex, and parted again.

import Crypto
import Domain
import FoundationEssentials
import Runtime
import StandIns
import Storage
import Testing

@testable import People

@Suite(.timeLimit(.minutes(1))) struct JellyfinPeopleTests {
    typealias Ids = HouseholdWorld.JellyfinPeople
    typealias PlexIds = HouseholdWorld.People
    typealias House = PeopleTests.House

    static func person(_ house: House, _ id: String) async throws -> Person {
        let found = try await house.people.person(jellyfin: id)
        return try #require(found)
    }

    /// Somebody on Discord proves that Jellyfin account.
    @discardableResult
    static func prove(
        _ house: House, _ discord: UInt64, _ account: String
    ) async throws -> JellyfinSignIn.Outcome {
        let begun = try await house.jellyfinSignIn.begin(for: discord)
        let isDone = await house.jellyfin.approve(code: begun.code, as: account)
        #expect(isDone)
        return try await house.jellyfinSignIn.finish(begun.ticket, for: discord)
    }

    static func provePlex(_ house: House, _ discord: UInt64, _ account: Int) async throws {
        let (_, ticket, _) = try await house.signIn.begin(for: discord)
        await house.plexTV.approve(pin: try #require(house.plexTV.openPins.first), as: account)
        let outcome = try await house.signIn.finish(ticket, for: discord)
        guard case .linked = outcome else { Issue.record("\(outcome)"); return }
    }

    static func actions(_ house: House) async throws -> [String] {
        try await Ledger(house.database).entries().reversed().map(\.action)
    }

    // MARK: The census

    @Test func `Jellyfin's people are people of their own, whatever they are called`() async throws {
        try await PeopleTests.with { house in
            let report = try await house.census.run()
            let text = report.map { "\($0)" } ?? ""
            #expect(text.contains("Ann") && text.contains("Robin") && !text.contains("Ines"), "\(text)")
            let ann = try await Self.person(house, Ids.ann)
            let annOfPlex = try await PeopleTests.person(house, PlexIds.ann)
            #expect(ann.id != annOfPlex.id && ann.plexID == nil && annOfPlex.jellyfinID == nil)
            #expect(ann.name == "Ann" && ann.access == .unknown && ann.jellyfinAccess == .member)
            let kit = try await Self.person(house, Ids.kit)
            #expect(kit.jellyfinAccess == .former)
            // Said once.
            let again = try await house.census.run()
            #expect(again == nil)
        }
    }

    @Test func `a day on which Jellyfin fails changes nobody`() async throws {
        try await PeopleTests.with { house in
            _ = try await house.census.run()
            let before = try await house.people.all()
            for fault: HTTPFault in [
                .html502, .garbage, .truncated, .status(401, .null), .status(200, []), .status(200, [["Name": "Ann"]]),
                .refuse,
            ] {
                await house.jellyfin.fail("GET /Users", with: fault, times: 2)
                let report = try await house.census.run()
                #expect(report?.tone == .warning)
                await house.jellyfin.endFaults()
                let after = try await house.people.all()
                #expect(after == before)
            }
        }
    }

    @Test func `who is taken off Jellyfin is former there, who comes back is the same person`() async throws {
        try await PeopleTests.with { house in
            _ = try await house.census.run()
            let ines = try await Self.person(house, Ids.ines)
            let accounts = house.household.read(\.jellyfin)
            house.household.change { world in world.jellyfin.removeAll { $0.id == Ids.ines } }
            _ = try await house.census.run()
            let gone = try await Self.person(house, Ids.ines)
            #expect(gone.id == ines.id && gone.jellyfinAccess == .former)
            house.household.change { $0.jellyfin = accounts }
            _ = try await house.census.run()
            let back = try await Self.person(house, Ids.ines)
            #expect(back == ines)
        }
    }

    // MARK: Proving

    @Test func `typing the code links, only who asked, and nothing of it is kept`() async throws {
        try await PeopleTests.with { house in
            let begun = try await house.jellyfinSignIn.begin(for: 11)
            #expect(begun.code.count == 6 && begun.server == "Household's Jellyfin")
            #expect(!begun.ticket.contains(begun.code))
            let early = try await house.jellyfinSignIn.finish(begun.ticket, for: 11)
            #expect(early == .notYet)
            await house.jellyfin.approve(code: begun.code, as: Ids.ines)
            let thief = try await house.jellyfinSignIn.finish(begun.ticket, for: 12)
            #expect(thief == .expired)
            let outcome = try await house.jellyfinSignIn.finish(begun.ticket, for: 11)
            #expect(outcome == .linked(name: "Ines", isSignedOut: true))
            #expect(house.jellyfin.signedIn.isEmpty)
            let linked = try await house.people.person(discord: 11)
            #expect(linked?.jellyfinID == Ids.ines && linked?.plexID == nil)
            let proof = try await house.people.link(of: 11)?.proof
            #expect(proof == .quickConnect)
            let token = try await house.people.token(of: try #require(linked).id)
            #expect(token == nil)
        }
    }

    @Test func `a code runs out, nonsense is no ticket, and what is switched off says so`() async throws {
        try await PeopleTests.with { house in
            let begun = try await house.jellyfinSignIn.begin(for: 11)
            await house.clock.advance(by: .minutes(11))
            let late = try await house.jellyfinSignIn.finish(begun.ticket, for: 11)
            #expect(late == .expired)
            let nonsense = try await house.jellyfinSignIn.finish("{", for: 11)
            #expect(nonsense == .expired)
            await house.jellyfin.changeRules { $0.hasQuickConnect = false }
            do {
                _ = try await house.jellyfinSignIn.begin(for: 11)
                Issue.record("begun")
            } catch { #expect(JellyfinSignIn.isSwitchedOff(error)) }
        }
    }

    @Test func `a session that cannot be ended is told of, and the link stands`() async throws {
        try await PeopleTests.with { house in
            let begun = try await house.jellyfinSignIn.begin(for: 11)
            await house.jellyfin.approve(code: begun.code, as: Ids.ines)
            await house.jellyfin.fail("POST /Sessions/Logout", with: .html502, times: 9)
            async let finishing = house.jellyfinSignIn.finish(begun.ticket, for: 11)
            await house.clock.sleepers(atLeast: 1)
            await house.clock.advance(by: .seconds(2))
            let outcome = try await finishing
            #expect(outcome == .linked(name: "Ines", isSignedOut: false))
        }
    }

    // MARK: Both

    @Test(arguments: [true, false])
    func `who proves both is one person, in either order, and two again after unlinking`(_ plexFirst: Bool) async throws
    {
        try await PeopleTests.with { house in
            _ = try await house.census.run()
            let before = try await house.people.all()
            let bo = try await PeopleTests.person(house, PlexIds.bo)
            let tanner = try await Self.person(house, Ids.tanner)
            if plexFirst { try await Self.provePlex(house, 11, PlexIds.bo) }
            try await Self.prove(house, 11, Ids.tanner)
            if !plexFirst { try await Self.provePlex(house, 11, PlexIds.bo) }

            let one = try await Self.person(house, Ids.tanner)
            #expect(one.id == bo.id && one.plexID == PlexIds.bo && one.jellyfinName == "tanner" && one.name == bo.name)
            let mine = try await house.people.person(discord: 11)
            #expect(mine == one)
            // Whoever remembered the other number finds the one person.
            let byNumber = try await house.people.person(tanner.id)
            #expect(byNumber == one)
            let all = try await house.people.all()
            #expect(all.count == before.count - 1)
            // The census leaves them joined.
            _ = try await house.census.run()
            let still = try await house.people.all()
            #expect(still == all)

            let unlinked = try await house.people.unlink(11, from: .jellyfin, by: "discord:11")
            #expect(unlinked)
            let after = try await house.people.all()
            #expect(after == before)
            let plex = try await house.people.person(discord: 11)
            #expect(plex == bo)
            let actions = try await Self.actions(house)
            #expect(actions.filter { $0 == "people.link" }.count == (plexFirst ? 1 : 2))
            #expect(actions.suffix(2) == ["people.join", "people.part"], "\(actions)")
        }
    }

    @Test func `unlinking everything parts them and forgets the token`() async throws {
        try await PeopleTests.with { house in
            _ = try await house.census.run()
            let before = try await house.people.all()
            try await Self.provePlex(house, 11, PlexIds.bo)
            try await Self.prove(house, 11, Ids.tanner)
            let unlinked = try await house.people.unlink(11, by: "discord:11")
            #expect(unlinked)
            let nobody = try await house.people.person(discord: 11)
            #expect(nobody == nil)
            let after = try await house.people.all()
            #expect(after == before)
            let bo = try await PeopleTests.person(house, PlexIds.bo)
            let token = try await house.people.token(of: bo.id)
            #expect(token == nil)
        }
    }

    @Test func `letting go of Plex alone keeps who they are on Jellyfin`() async throws {
        try await PeopleTests.with { house in
            try await Self.provePlex(house, 11, PlexIds.bo)
            try await Self.prove(house, 11, Ids.tanner)
            let unlinked = try await house.people.unlink(11, from: .plex, by: "discord:11")
            #expect(unlinked)
            let left = try await house.people.person(discord: 11)
            #expect(left?.jellyfinID == Ids.tanner && left?.plexID == nil)
            let proof = try await house.people.link(of: 11)?.proof
            #expect(proof == .quickConnect)
            let again = try await house.people.unlink(11, from: .plex, by: "discord:11")
            #expect(!again)
        }
    }

    /// A Jellyfin account that two share must not lead from one to the other's Plex.
    @Test func `an account somebody else proved opens nothing of theirs`() async throws {
        try await PeopleTests.with { house in
            try await Self.provePlex(house, 11, PlexIds.bo)
            try await Self.prove(house, 11, Ids.tanner)
            let second = try await Self.prove(house, 12, Ids.tanner)
            #expect(second == .taken(name: "tanner"))
            let nobody = try await house.people.person(discord: 12)
            #expect(nobody == nil)
            #expect(house.jellyfin.signedIn.isEmpty)

            // The other way round: both proved it before one of them proved Plex.
            try await Self.prove(house, 13, Ids.ines)
            try await Self.prove(house, 14, Ids.ines)
            try await Self.provePlex(house, 13, PlexIds.ann)
            let other = try await house.people.person(discord: 14)
            #expect(other?.jellyfinID == Ids.ines && other?.plexID == nil)
            let ann = try await house.people.person(discord: 13)
            #expect(ann?.plexID == PlexIds.ann && ann?.jellyfinID == nil)
        }
    }

    @Test func `another account takes the place of the one before`() async throws {
        try await PeopleTests.with { house in
            try await Self.provePlex(house, 11, PlexIds.bo)
            try await Self.prove(house, 11, Ids.tanner)
            try await Self.prove(house, 11, Ids.ines)
            let bo = try await PeopleTests.person(house, PlexIds.bo)
            #expect(bo.jellyfinID == Ids.ines)
            let tanner = try await Self.person(house, Ids.tanner)
            #expect(tanner.plexID == nil && tanner.name == "tanner")
            // To another account on Plex it goes along.
            try await Self.provePlex(house, 11, PlexIds.ann)
            let ann = try await PeopleTests.person(house, PlexIds.ann)
            #expect(ann.jellyfinID == Ids.ines)
            let token = try await house.people.token(of: bo.id)
            #expect(token == nil)
        }
    }

    @Test func `an admin's word joins too, and the Ledger knows whose word it was`() async throws {
        try await PeopleTests.with { house in
            _ = try await house.census.run()
            let ann = try await PeopleTests.person(house, PlexIds.ann)
            try await house.people.link(11, to: ann, proof: .vouched(by: "discord:1"))
            let linking = try await house.people.link(
                11, toJellyfin: JellyfinAccount(id: Ids.ann, name: "Ann"), proof: .vouched(by: "discord:1"))
            let joined = try await PeopleTests.person(house, PlexIds.ann)
            #expect(linking == .linked(joined) && joined.jellyfinID == Ids.ann)
            let join = try await house.people.join(of: ann.id)
            #expect(join?.proof == .vouched(by: "discord:1") && join?.discord == 11)
            let row = try await Ledger(house.database).entries(matching: LedgerFilter(action: "people.join")).first
            #expect(row?.actor == "discord:1" && row?.undo == "unlink --jellyfin Ann")
            #expect(row?.summary == "Ann on Jellyfin is Ann on Plex")
        }
    }
}
