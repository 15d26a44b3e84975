// Who may, where, and how often.

import Discord
import Runtime
import Testing

@testable import Bot

@Suite struct AccessTests {
    let rules = AccessRules(
        adminUsers: [1], adminRoles: [10], trustedUsers: [2], trustedRoles: [20], memberRoles: [30], channels: [500])

    @Test(
        arguments: [
            (1, [], [], Level.admin), (9, [10], [], .admin), (9, [], [.manageServer], .admin),
            (9, [], [.administrator], .admin),
            (2, [], [], .trusted), (9, [20], [], .trusted), (9, [30], [], .member), (9, [99], [.sendMessages], nil),
            (9, [], [], nil),
            (2, [10, 20], [], .admin),
        ] as [(UInt64, [UInt64], Permissions, Level?)])
    func `the highest right counts`(person: UInt64, roles: [UInt64], permissions: Permissions, level: Level?) {
        #expect(
            rules.level(of: Snowflake(person), roles: roles.map { Snowflake($0) }, permissions: permissions) == level)
    }

    @Test func `Manage Server counts only where the owner wants it`() {
        var rules = AccessRules()
        rules.trustsManageServer = false
        #expect(rules.level(of: 9, roles: [], permissions: [.manageServer]) == .member)
    }

    @Test func `places are kept to`() {
        #expect(rules.place(guild: 3, channel: 500, level: .member) == .open)
        #expect(rules.place(guild: 3, channel: 501, level: .member) == .elsewhere)
        #expect(
            rules.place(guild: 3, channel: 501, parent: 500, level: .member) == .open, "a thread of an open channel")
        #expect(rules.place(guild: 3, channel: 501, level: .admin) == .open)
        #expect(rules.place(guild: nil, channel: 7, level: .member) == .open)
        var closed = rules
        closed.allowsDirectMessages = false
        #expect(closed.place(guild: nil, channel: 7, level: .trusted) == .directMessagesClosed)
        #expect(closed.place(guild: nil, channel: 7, level: .admin) == .open)
    }

    @Test func `a guild not known yet makes no admins`() {
        var book = GuildBook(keepsThreads: false)
        #expect(book.permissions(of: 1, roles: [10], in: 3) == [])
        book.enter(Guild(id: 3, name: "", ownerID: 1, roles: [Role(id: 10, name: "", permissions: [.manageServer])]))
        #expect(book.permissions(of: 1, roles: [], in: 3).contains(.manageServer), "the owner")
        #expect(book.permissions(of: 2, roles: [10], in: 3) == [.manageServer])
        book.enter(Role(id: 10, name: "", permissions: []), in: 3)
        #expect(book.permissions(of: 2, roles: [10], in: 3) == [], "a right taken away is gone at once")
    }

    @Test func `a cooldown is per person and command`() {
        var cooldowns = Cooldowns()
        func admit(_ person: UInt64, _ command: String, at now: Int) -> Duration? {
            cooldowns.admit(person, [command], cooldown: .seconds(10), now: .seconds(now))
        }
        #expect(admit(1, "a", at: 0) == nil)
        #expect(admit(1, "a", at: 4) == .seconds(6))
        #expect(admit(2, "a", at: 4) == nil)
        #expect(admit(1, "b", at: 4) == nil)
        #expect(admit(1, "a", at: 10) == nil)
    }

    @Test func `a million people do not fill the memory`() {
        var cooldowns = Cooldowns()
        for person in 0..<20_000 { _ = cooldowns.admit(UInt64(person), ["a"], cooldown: .hours(1), now: .zero) }
        let wait = cooldowns.admit(19_999, ["a"], cooldown: .hours(1), now: .zero)
        #expect(wait == .hours(1))
    }

    @Test func `turns are taken in order, and who leaves is passed over`() {
        var turns = Turns(mostAtOnce: 2)
        let entered = (1...5).map { turns.enter($0) }
        #expect(entered == [true, true, false, false, false])
        let gaveUp = turns.leave(3)
        #expect(gaveUp == nil, "it waited")
        #expect(turns.waitingCount == 2)
        let next = [1, 2, 4, 5].map { turns.leave($0) }
        #expect(next == [4, 5, nil, nil])
        #expect(turns.runningCount == 0 && turns.waitingCount == 0)
    }

    @Test func `ten thousand turns leave nothing behind`() {
        var turns = Turns(mostAtOnce: 1)
        let entered = (0...10_000).map { turns.enter($0) }
        #expect(entered.filter(\.self).count == 1)
        let next = (0...10_000).map { turns.leave($0) }
        #expect(next == (1...10_000).map { $0 } + [nil])
        #expect(turns.runningCount == 0 && turns.waitingCount == 0)
    }
}
