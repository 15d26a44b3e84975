// An admin's word that two accounts are one person's, without anybody on Discord, and the way back.

import Crypto
import Domain
import FoundationEssentials
import Runtime
import StandIns
import Storage
import Synchronization
import Testing

@testable import People

@Suite(.timeLimit(.minutes(1))) struct MergingTests {
    typealias Ids = HouseholdWorld.JellyfinPeople
    typealias PlexIds = HouseholdWorld.People
    typealias House = PeopleTests.House

    static func both(_ house: House, _ jellyfin: String, _ plex: Int) async throws -> (alone: Person, person: Person) {
        _ = try await house.census.run()
        return (try await JellyfinPeopleTests.person(house, jellyfin), try await PeopleTests.person(house, plex))
    }

    static func merged(_ house: House, _ alone: Person, _ person: Person) async throws -> Person {
        let merging = try await house.people.merge(alone.id, into: person.id, by: "discord:1")
        guard case .merged(let merged) = merging else {
            Issue.record("\(merging)")
            return person
        }
        return merged
    }

    @Test func `makes one person of two with nobody on Discord, and the census leaves it so`() async throws {
        try await PeopleTests.with { house in
            let (alone, ann) = try await Self.both(house, Ids.ann, PlexIds.ann)
            let everybody = try await house.people.all().count
            let merged = try await Self.merged(house, alone, ann)
            #expect(merged.id == ann.id && merged.jellyfinID == Ids.ann && merged.name == ann.name)
            _ = try await house.census.run()
            let after = try await house.people.all()
            #expect(after.count == everybody - 1 && !after.contains { $0.id == alone.id })
            // Whoever kept the old number finds the one person.
            let old = try await house.people.person(alone.id)
            #expect(old?.id == ann.id)
            let join = try await house.people.join(of: ann.id)
            #expect(join?.discord == nil && join?.proof == .vouched(by: "discord:1") && join?.alone == alone.id)

            let parted = try await house.people.part(ann.id, by: "discord:1")
            #expect(parted?.id == alone.id && parted?.name == "Ann" && parted?.jellyfinID == Ids.ann)
            let again = try await house.people.part(ann.id, by: "discord:1")
            #expect(again == nil)
            let actions = try await JellyfinPeopleTests.actions(house)
            #expect(actions == ["people.join", "people.part"])
        }
    }

    @Test func `takes the links of Jellyfin along, without the use of a token, and gives them back`() async throws {
        try await PeopleTests.with { house in
            let (alone, bo) = try await Self.both(house, Ids.tanner, PlexIds.bo)
            try await JellyfinPeopleTests.provePlex(house, 12, PlexIds.bo)
            try await JellyfinPeopleTests.prove(house, 11, Ids.tanner)
            let merged = try await Self.merged(house, alone, bo)
            let who = try await house.people.person(discord: 11)
            #expect(who?.id == merged.id)
            let users = try await house.people.discordIDs(of: merged.id)
            #expect(Set(users) == [11, 12])
            // The token was entrusted by whoever signed in, not by whoever came along.
            let own = try await house.signIn.serverToken(of: 12)
            let others = try await house.signIn.serverToken(of: 11)
            #expect(own != nil && others == nil)
            _ = try await house.people.unlink(12, by: "discord:12")
            let token = try await house.people.token(of: merged.id)
            #expect(token == nil)

            _ = try await house.people.part(merged.id, by: "discord:1")
            let back = try await house.people.link(of: 11)
            #expect(back?.person == alone.id && back?.alone == nil && back?.proof == .quickConnect)
        }
    }

    @Test func `is not undone by what a Discord user does with their own link`() async throws {
        try await PeopleTests.with { house in
            let (alone, bo) = try await Self.both(house, Ids.tanner, PlexIds.bo)
            try await JellyfinPeopleTests.prove(house, 11, Ids.tanner)
            try await JellyfinPeopleTests.provePlex(house, 12, PlexIds.bo)
            let merged = try await Self.merged(house, alone, bo)
            let ofPlex = try await house.people.unlink(12, from: .jellyfin, by: "discord:12")
            #expect(!ofPlex)
            // Another account does not take its place.
            let other = try await JellyfinPeopleTests.prove(house, 12, Ids.ines)
            #expect(other == .saidOtherwise(jellyfin: "tanner"))
            for discord in [11, 12] as [UInt64] {
                let isGone = try await house.people.unlink(discord, by: "discord:\(discord)")
                #expect(isGone)
            }
            let still = try await house.people.person(merged.id)
            #expect(still?.jellyfinID == Ids.tanner)
            // Whoever proves the account is that person now, and nobody is who was not asked.
            try await JellyfinPeopleTests.prove(house, 13, Ids.tanner)
            let link = try await house.people.link(of: 13)
            #expect(link?.person == merged.id && link?.alone == alone.id)
            let second = try await JellyfinPeopleTests.prove(house, 14, Ids.tanner)
            #expect(second == .taken(name: "tanner"))
        }
    }

    @Test func `stays where it is when somebody signs in at plex.tv who came along`() async throws {
        try await PeopleTests.with { house in
            let (alone, bo) = try await Self.both(house, Ids.tanner, PlexIds.bo)
            try await JellyfinPeopleTests.prove(house, 11, Ids.tanner)
            let merged = try await Self.merged(house, alone, bo)
            try await JellyfinPeopleTests.provePlex(house, 11, PlexIds.bo)
            let token = try await house.signIn.serverToken(of: 11)
            #expect(token != nil)
            _ = try await house.people.part(merged.id, by: "discord:1")
            // They have proved Plex themselves since.
            let link = try await house.people.link(of: 11)
            #expect(link?.person == bo.id)
        }
    }

    @Test func `is told of once it is done, and not when it is refused`() async throws {
        try await PeopleTests.with { house in
            let (alone, ann) = try await Self.both(house, Ids.ann, PlexIds.ann)
            let told = Mutex<[String]>([])
            let people = People(house.database, key: .random()) { alone, person, actor in
                told.withLock { $0.append("\(alone) \(person.id) \(actor)") }
            }
            for _ in 1...2 { _ = try await people.merge(alone.id, into: ann.id, by: "dashboard") }
            #expect(told.withLock { $0 } == ["\(alone.id) \(ann.id) dashboard"])
            let joins = try await people.joins()
            #expect(joins == [alone.id: ann.id])
        }
    }

    @Test func `is refused with a sentence where there is not one of each`() async throws {
        try await PeopleTests.with { house in
            let (ann, bo) = try await Self.both(house, Ids.ann, PlexIds.bo)
            let annOfPlex = try await PeopleTests.person(house, PlexIds.ann)
            _ = try await Self.merged(house, ann, annOfPlex)
            let ines = try await JellyfinPeopleTests.person(house, Ids.ines)
            let cases: [(Int64, Int64, MergeRefusal)] = [
                (ines.id, annOfPlex.id, .hasJellyfin(name: "Ann", account: "Ann")),
                (bo.id, annOfPlex.id, .hasJellyfin(name: "Ann", account: "Ann")),
                (ann.id, bo.id, .notOfJellyfinAlone(name: "Ann")),
                (annOfPlex.id, bo.id, .notOfJellyfinAlone(name: "Ann")),
                (bo.id, bo.id, .notOfJellyfinAlone(name: bo.name)), (ines.id, ines.id, .notOfPlex(name: "Ines")),
                (ines.id, ann.id, .notOfPlex(name: "Ann")), (ines.id, 999, .nobody), (999, bo.id, .nobody),
            ]
            for (alone, person, refusal) in cases {
                let merging = try await house.people.merge(alone, into: person, by: "discord:1")
                #expect(merging == .refused(refusal), "\(alone) \(person)")
            }
            let actions = try await JellyfinPeopleTests.actions(house)
            #expect(actions == ["people.join"])
        }
    }

    // MARK: Undo

    static func newest(_ house: House, _ action: String) async throws -> LedgerEntry {
        let entry = try await Ledger(house.database).entries(matching: LedgerFilter(action: action)).first
        return try #require(entry)
    }

    @Test func `is taken back from the Ledger, and put there again, as long as nothing came between`() async throws {
        try await PeopleTests.with { house in
            let undo = PeopleUndo(house.people)
            let (alone, ann) = try await Self.both(house, Ids.ann, PlexIds.ann)
            _ = try await Self.merged(house, alone, ann)
            let join = try await Self.newest(house, "people.join")
            #expect(join.undo == "unlink --jellyfin Ann")
            let may = try await undo.obstacle(of: join)
            #expect(may == nil)
            let parted = try await undo.undo(join, by: "discord:2")
            #expect(parted?.title.plainText == "Parted")
            let twice = try await undo.undo(join, by: "discord:2")
            let why = try await undo.obstacle(of: join)
            #expect(twice == nil && why?.plainText == "They are parted already.")

            let part = try await Self.newest(house, "people.part")
            #expect(part.actor == "discord:2" && part.undo == "link --plex ann --jellyfin Ann")
            let merged = try await undo.undo(part, by: "discord:2")
            #expect(merged?.title.plainText == "Merged")
            // Joined anew: the first entry speaks of another joining.
            await house.clock.advance(by: .minutes(1))
            let old = try await undo.obstacle(of: part)
            #expect(old?.plainText == "They are one again.")
        }
    }

    @Test func `of a link is unlinking, unless another took its place`() async throws {
        try await PeopleTests.with { house in
            let undo = PeopleUndo(house.people)
            _ = try await house.census.run()
            let ann = try await PeopleTests.person(house, PlexIds.ann)
            try await house.people.link(180_000_000_000_000_001, to: ann, proof: .vouched(by: "discord:1"))
            let first = try await Self.newest(house, "people.link")
            #expect(first.undo == "unlink 180000000000000001")
            await house.clock.advance(by: .minutes(1))
            let bo = try await PeopleTests.person(house, PlexIds.bo)
            try await house.people.link(180_000_000_000_000_001, to: bo, proof: .vouched(by: "discord:1"))
            let why = try await undo.obstacle(of: first)
            #expect(why?.plainText == "That link is gone, or another has taken its place.")
            let second = try await Self.newest(house, "people.link")
            _ = try await undo.undo(second, by: "dashboard")
            let nobody = try await house.people.person(discord: 180_000_000_000_000_001)
            #expect(nobody == nil)
        }
    }

    // MARK: From before

    @Test func `a database from before an admin's word keeps its joins and links`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/joins-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/a.db"
        let before = Schema("people", migrations: Array(Schema.people.migrations.prefix(3)))
        let old = try await Database.open(path: path, clock: VirtualClock(), schemas: [before])
        try await old.write { db in
            try db.run(
                """
                INSERT INTO people (id, plex_id, jellyfin_id, jellyfin_name, name, username, email, is_owner, is_home,
                    is_managed, access, first_seen)
                VALUES (1, 7, 'aa', 'Ann J', 'Ann', 'ann', '', 0, 0, 0, 'member', 1),
                    (2, NULL, NULL, '', 'Ann J', '', '', 0, 0, 0, 'unknown', 1)
                """)
            try db.run("INSERT INTO people_links (discord_id, person, proof, linked_at) VALUES (5, 1, 'plex', 3)")
            try db.run(
                "INSERT INTO people_joins (person, alone, discord_id, proof, joined_at) VALUES (1, 2, 5, 'jellyfin', 4)"
            )
        }
        await old.close()
        let new = try await Database.open(path: path, clock: VirtualClock(), schemas: [.people])
        let people = People(new, key: .random())
        let join = try await people.join(of: 1)
        #expect(join?.alone == 2 && join?.discord == 5 && join?.proof == .quickConnect)
        let link = try await people.link(of: 5)
        #expect(link?.person == 1 && link?.alone == nil)
        let unlinked = try await people.unlink(5, from: .jellyfin, by: "discord:5")
        let alone = try await people.person(jellyfin: "aa")
        #expect(unlinked && alone?.id == 2)
        await new.close()
    }
}
