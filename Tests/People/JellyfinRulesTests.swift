// Who is there on Jellyfin, judged from its list.

import Domain
import Runtime
import Testing

@testable import People

@Suite struct JellyfinRulesTests {
    static let now = Instant(seconds: 1_767_225_600)

    static func person(_ id: Int64, plex: Int? = nil, jellyfin: String? = nil, _ name: String) -> Person {
        Person(
            id: id, plexID: plex, jellyfinID: jellyfin, jellyfinName: jellyfin == nil ? "" : name, name: name,
            access: plex == nil ? .unknown : .member, jellyfinAccess: jellyfin == nil ? .unknown : .member,
            firstSeen: now)
    }

    @Test func `who is new is written down, and the same list again changes nothing`() {
        let accounts = [JellyfinAccount(id: "a", name: "Ann"), JellyfinAccount(id: "k", name: "Kit", access: .former)]
        #expect(JellyfinRules.changed(of: [], from: accounts) == accounts)
        var kit = Self.person(2, jellyfin: "k", "Kit")
        kit.jellyfinAccess = .former
        #expect(JellyfinRules.changed(of: [Self.person(1, jellyfin: "a", "Ann"), kit], from: accounts).isEmpty)
    }

    @Test func `who is off the list is former, once, and keeps their name`() {
        var gone = Self.person(1, jellyfin: "a", "Ann")
        let change = JellyfinRules.changed(of: [gone], from: [JellyfinAccount(id: "b", name: "Bo")])
        #expect(
            change == [JellyfinAccount(id: "a", name: "Ann", access: .former), JellyfinAccount(id: "b", name: "Bo")])
        gone.jellyfinAccess = .former
        #expect(
            JellyfinRules.changed(
                of: [gone, Self.person(2, jellyfin: "b", "Bo")],
                from: [
                    JellyfinAccount(id: "b", name: "Bo")
                ]
            ).isEmpty)
    }

    @Test func `a new name under the same id is the same person`() {
        let change = JellyfinRules.changed(
            of: [Self.person(1, jellyfin: "a", "Ann")], from: [JellyfinAccount(id: "a", name: "Anna")])
        #expect(change == [JellyfinAccount(id: "a", name: "Anna")])
    }

    /// Rule 2: nothing follows from a list that could not be read.
    @Test func `a list that failed changes nobody and is told of`() {
        let known = [Self.person(1, jellyfin: "a", "Ann")]
        let census = PeopleRules.census(
            of: known,
            from: PeopleEvidence(
                owner: .absent, accounts: .absent, shares: .absent, nicknames: .absent, jellyfin: .unknown(why: "down")),
            now: Self.now)
        #expect(census.jellyfin.isEmpty && census.changed.isEmpty)
        #expect(census.doubts == ["Jellyfin's list of users: down"])
    }

    @Test func `one name in two places is a hint, whatever its case, until they are one`() {
        let people = [
            Self.person(1, plex: 41, "Ann"), Self.person(2, jellyfin: "a", "ANN"),
            Self.person(3, jellyfin: "i", "Ines"),
        ]
        let hints = JellyfinRules.namesakes(among: people)
        #expect(hints.map(\.plex) == ["Ann"] && hints.map(\.jellyfin) == ["ANN"])
        var both = Self.person(1, plex: 41, jellyfin: "a", "Ann")
        both.jellyfinAccess = .member
        #expect(JellyfinRules.namesakes(among: [both, people[2]]).isEmpty)
    }
}
