// The worlds to begin with: a household of a few people for tests, the demo and the README's pictures, and a crowd of
// servers for measuring.

import Runtime

extension DiscordWorld {
    /// Everybody and everything in the household by name, so that no test needs to write an id.
    package enum Household {
        private static let founded = Instant(seconds: 1_640_995_200)  // 2022-01-01
        private static func id(_ number: UInt64) -> DiscordID {
            // A day apart, because ids of one instant hardly occur and hide mistakes in their order.
            DiscordWorld.snowflake(at: founded + .days(Int64(number)), number: number)
        }

        package static let server = id(1)
        package static let media = id(2)
        package static let admin = id(3)
        package static let offTopic = id(4)
        package static let adminRole = id(5)
        package static let trustedRole = id(6)
        package static let robin = id(10)
        package static let ann = id(11)
        package static let bo = id(12)
        package static let chris = id(13)
        package static let autoplex = id(20)
        package static let application = id(20)
        package static let botRole = id(21)
    }

    /// "The Household": Robin owns it, Chris is trusted, Ann and Bo are members; #admin is for the admins and the bot.
    package static let small: DiscordWorld = {
        typealias H = Household
        var world = DiscordWorld(
            bot: User(id: H.autoplex, name: "autoplex", displayName: "Autoplex", isBot: true),
            application: H.application)
        world.now = Instant(seconds: 1_704_067_200)  // 2024-01-01
        for (id, name) in [(H.robin, "Robin"), (H.ann, "Ann"), (H.bo, "Bo"), (H.chris, "Chris")] {
            world.add(User(id: id, name: name.lowercased(), displayName: name))
        }
        let botRights =
            Permission.ordinary | Permission.manageMessages | Permission.pinMessages | Permission.manageWebhooks
        world.add(
            Guild(
                id: H.server, name: "The Household", owner: H.robin,
                roles: [
                    Role(id: H.server, name: "@everyone", permissions: Permission.ordinary, position: 0),
                    Role(
                        id: H.trustedRole, name: "Trusted", permissions: Permission.ordinary, color: 0x3BA55D,
                        position: 1),
                    Role(id: H.botRole, name: "Autoplex", permissions: botRights, color: 0xE5A00D, position: 2),
                    Role(
                        id: H.adminRole, name: "Admin", permissions: Permission.ordinary | Permission.manageGuild,
                        color: 0xED4245, position: 3),
                ]))
        world.addMember(H.autoplex, to: H.server, roles: [H.botRole])
        world.addMember(H.robin, to: H.server, roles: [H.adminRole])
        world.addMember(H.ann, to: H.server)
        world.addMember(H.bo, to: H.server)
        world.addMember(H.chris, to: H.server, roles: [H.trustedRole])
        world.add(
            Channel(
                id: H.media, kind: .text, guild: H.server, name: "media",
                topic: "What to watch, and what the server is up to", position: 0))
        world.add(
            Channel(
                id: H.admin, kind: .text, guild: H.server, name: "admin", topic: "Only admins and Autoplex",
                position: 1,
                overwrites: [
                    Overwrite(subject: .role, id: H.server, deny: Permission.viewChannel),
                    Overwrite(subject: .role, id: H.adminRole, allow: Permission.viewChannel),
                    Overwrite(subject: .role, id: H.botRole, allow: Permission.viewChannel),
                ]))
        world.add(
            Channel(
                id: H.offTopic, kind: .text, guild: H.server, name: "off-topic", topic: "Everything else", position: 2))
        world.outbox = []
        return world
    }()

    /// The household and a crowd of further servers, for measuring: `guilds` in all, each with so many channels.
    package static func crowded(guilds count: Int, channels perGuild: Int) -> DiscordWorld {
        var world = small
        for number in 1..<max(1, count) {
            let guild = world.snowflake()
            world.add(
                Guild(
                    id: guild, name: "Server \(number)", owner: Household.robin,
                    roles: [Role(id: guild, name: "@everyone", permissions: Permission.ordinary, position: 0)]))
            world.addMember(Household.autoplex, to: guild)
            world.addMember(Household.robin, to: guild)
            for position in 0..<perGuild {
                world.add(
                    Channel(
                        id: world.snowflake(), kind: .text, guild: guild, name: "room-\(position)",
                        topic: "Room \(position) of server \(number)", position: position))
            }
        }
        world.outbox = []
        return world
    }
}
