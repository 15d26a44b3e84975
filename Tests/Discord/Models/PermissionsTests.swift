// Who may do what where, as Discord works it out.

import Discord
import Testing

private let everyone: Snowflake = 1
private let owner: Snowflake = 2
private let ann: Snowflake = 3

private func guild(everyone everyonePermissions: Permissions, _ roles: Role...) -> Guild {
    Guild(
        id: 1, name: "Home", ownerID: owner,
        roles: [Role(id: everyone, name: "@everyone", permissions: everyonePermissions)] + roles)
}

private func channel(_ kind: Channel.Kind = .text, _ overwrites: Channel.Overwrite...) -> Channel {
    Channel(id: 10, kind: kind, name: "media", overwrites: overwrites)
}

private func role(_ id: Snowflake, allow: Permissions = [], deny: Permissions = []) -> Channel.Overwrite {
    Channel.Overwrite(id: id, isForMember: false, allow: allow, deny: deny)
}

private func member(_ id: Snowflake, allow: Permissions = [], deny: Permissions = []) -> Channel.Overwrite {
    Channel.Overwrite(id: id, isForMember: true, allow: allow, deny: deny)
}

private let reader: Permissions = [.viewChannel, .sendMessages]

@Suite struct PermissionsTests {
    private func anns(_ channel: Channel, _ guild: Guild, roles: [Snowflake] = [5], timedOut: Bool = false)
        -> Permissions
    {
        Permissions.of(member: ann, roles: roles, in: guild, channel: channel, isTimedOut: timedOut)
    }

    @Test func `the owner and administrators may do everything everywhere`() {
        let guild = guild(everyone: [], Role(id: 5, name: "admin", permissions: .administrator))
        let closed = channel(.text, role(everyone, deny: .all), member(ann, deny: .all), member(owner, deny: .all))
        #expect(Permissions.of(member: owner, roles: [], in: guild, channel: closed) == .all)
        #expect(anns(closed, guild) == .all)
    }

    @Test func `roles add up, those the member lacks do not count`() {
        let guild = guild(
            everyone: reader, Role(id: 5, name: "a", permissions: .embedLinks),
            Role(id: 6, name: "b", permissions: .attachFiles))
        #expect(anns(channel(), guild) == [.viewChannel, .sendMessages, .embedLinks])
        #expect(anns(channel(), guild, roles: [5, 6]).contains(.attachFiles))
        #expect(Permissions.of(member: ann, roles: [6], in: guild) == [.viewChannel, .sendMessages, .attachFiles])
    }

    @Test func `a role's allowance beats another role's denial and the everyone's`() {
        let guild = guild(everyone: reader, Role(id: 5, name: "a"), Role(id: 6, name: "b"))
        let channel = channel(
            .text, role(everyone, deny: .sendMessages), role(5, deny: .sendMessages), role(6, allow: .sendMessages))
        #expect(!anns(channel, guild, roles: [5]).contains(.sendMessages))
        #expect(anns(channel, guild, roles: [5, 6]).contains(.sendMessages))
    }

    @Test func `the member's own overwrite has the last word`() {
        let guild = guild(everyone: reader, Role(id: 5, name: "a"))
        #expect(
            !anns(channel(.text, role(5, allow: .sendMessages), member(ann, deny: .sendMessages)), guild).contains(
                .sendMessages))
        #expect(
            anns(channel(.text, role(5, deny: .sendMessages), member(ann, allow: .sendMessages)), guild).contains(
                .sendMessages))
        // An overwrite for a role with the member's id is no overwrite for the member.
        #expect(anns(channel(.text, role(ann, deny: .sendMessages)), guild).contains(.sendMessages))
    }

    @Test func `who does not see the channel may do nothing in it`() {
        let guild = guild(everyone: [.viewChannel, .sendMessages, .readMessageHistory])
        #expect(anns(channel(.text, role(everyone, deny: .viewChannel)), guild) == [])
    }

    @Test func `who may not write sends no embeds, files or mentions`() {
        let guild = guild(everyone: [.viewChannel, .embedLinks, .attachFiles, .mentionEveryone, .addReactions])
        #expect(anns(channel(), guild) == [.viewChannel, .addReactions])
    }

    @Test func `a thread has its parent's overwrites and its own right to write`() {
        let guild = guild(everyone: [.viewChannel, .sendMessages, .embedLinks])
        let thread = channel(.publicThread)
        let parent = channel(.text, role(everyone, allow: .sendMessagesInThreads, deny: .sendMessages))
        let inThread = Permissions.of(member: ann, roles: [], in: guild, channel: thread, parent: parent)
        #expect(inThread.isSuperset(of: [.sendMessagesInThreads, .embedLinks]))
        let without = Permissions.of(member: ann, roles: [], in: guild, channel: thread, parent: channel())
        #expect(!without.contains(.embedLinks))
    }

    @Test func `a time-out leaves reading`() {
        let guild = guild(everyone: [.viewChannel, .sendMessages, .readMessageHistory, .embedLinks])
        #expect(anns(channel(), guild, timedOut: true) == [.viewChannel, .readMessageHistory])
        #expect(Permissions.of(member: owner, roles: [], in: guild, channel: channel(), isTimedOut: true) == .all)
    }

    @Test func `bits travel as strings and unknown ones are kept`() throws {
        #expect(
            try decoded([Permissions].self, #"["18014398509481984",2048]"#) == [
                Permissions(rawValue: 1 << 54), .sendMessages,
            ])
        #expect(try encoded([Permissions(rawValue: 1 << 54)]) == #"["18014398509481984"]"#)
    }

    @Test func `permissions are named as in Discord's settings`() {
        #expect(Permissions([.sendMessages, .viewChannel]).inWords == "View Channel and Send Messages")
        #expect(Permissions.attachFiles.inWords == "Attach Files")
    }
}
