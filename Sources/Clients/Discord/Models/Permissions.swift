// Permission bits (sheet §5). They travel as decimal strings; unknown bits are kept.

package struct Permissions: OptionSet, Hashable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
    private init(bit: UInt64) { rawValue = 1 << bit }

    package static let administrator = Permissions(bit: 3)
    package static let manageChannels = Permissions(bit: 4)
    package static let manageServer = Permissions(bit: 5)
    package static let addReactions = Permissions(bit: 6)
    package static let viewAuditLog = Permissions(bit: 7)
    package static let viewChannel = Permissions(bit: 10)
    package static let sendMessages = Permissions(bit: 11)
    package static let manageMessages = Permissions(bit: 13)
    package static let embedLinks = Permissions(bit: 14)
    package static let attachFiles = Permissions(bit: 15)
    package static let readMessageHistory = Permissions(bit: 16)
    package static let mentionEveryone = Permissions(bit: 17)
    package static let useExternalEmojis = Permissions(bit: 18)
    package static let manageRoles = Permissions(bit: 28)
    package static let manageWebhooks = Permissions(bit: 29)
    package static let useApplicationCommands = Permissions(bit: 31)
    package static let manageThreads = Permissions(bit: 34)
    package static let createPublicThreads = Permissions(bit: 35)
    package static let sendMessagesInThreads = Permissions(bit: 38)
    package static let moderateMembers = Permissions(bit: 40)
    package static let pinMessages = Permissions(bit: 51)

    package static let all = Permissions(rawValue: .max)

    private static let named: [(Permissions, String)] = [
        (.administrator, "Administrator"), (.manageChannels, "Manage Channels"), (.manageServer, "Manage Server"),
        (.addReactions, "Add Reactions"), (.viewAuditLog, "View Audit Log"), (.viewChannel, "View Channel"),
        (.sendMessages, "Send Messages"), (.sendMessagesInThreads, "Send Messages in Threads"),
        (.embedLinks, "Embed Links"), (.attachFiles, "Attach Files"),
        (.readMessageHistory, "Read Message History"), (.manageMessages, "Manage Messages"),
        (.mentionEveryone, "Mention Everyone"), (.useExternalEmojis, "Use External Emojis"),
        (.manageRoles, "Manage Roles"), (.manageWebhooks, "Manage Webhooks"),
        (.useApplicationCommands, "Use Application Commands"), (.manageThreads, "Manage Threads"),
        (.createPublicThreads, "Create Public Threads"), (.moderateMembers, "Timeout Members"),
        (.pinMessages, "Pin Messages"),
    ]

    /// As Discord's settings call them: "View Channel, Send Messages and Embed Links".
    package var inWords: String {
        let names = Self.named.filter { contains($0.0) }.map(\.1)
        guard let last = names.last else { return "no permission" }
        return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension Permissions: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard let bits = UInt64(text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a bit set")
            }
            rawValue = bits
        } else {
            rawValue = try container.decode(UInt64.self)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode("\(rawValue)")
    }
}

// Effective permissions, as Discord works them out (sheet §5). Role order plays no part, and a category's overwrites
// count only where the channel has copied them, so neither is looked at.
extension Permissions {
    /// What a member may do in the guild as a whole.
    package static func of(member: Snowflake, roles memberRoles: [Snowflake], in guild: Guild) -> Permissions {
        if guild.ownerID == member { return .all }
        let theirs = Set(memberRoles)
        let granted = guild.roles.reduce(into: Permissions()) { sum, role in
            // The role whose id is the guild's is @everyone.
            if role.id == guild.id || theirs.contains(role.id) { sum.formUnion(role.permissions) }
        }
        return granted.contains(.administrator) ? .all : granted
    }

    /// What a member may do in one channel. Of a thread the parent's overwrites count; pass the parent as `parent`.
    package static func of(
        member: Snowflake, roles memberRoles: [Snowflake], in guild: Guild, channel: Channel, parent: Channel? = nil,
        isTimedOut: Bool = false
    ) -> Permissions {
        let base = of(member: member, roles: memberRoles, in: guild)
        if base == .all { return .all }
        let theirs = Set(memberRoles)
        let overwrites = (channel.kind.isThread ? parent ?? channel : channel).overwrites

        var result = base
        if let everyone = overwrites.first(where: { !$0.isForMember && $0.id == guild.id }) {
            result = result.subtracting(everyone.deny).union(everyone.allow)
        }
        var allow = Permissions()
        var deny = Permissions()
        for overwrite in overwrites where !overwrite.isForMember && theirs.contains(overwrite.id) {
            allow.formUnion(overwrite.allow)
            deny.formUnion(overwrite.deny)
        }
        result = result.subtracting(deny).union(allow)
        if let own = overwrites.first(where: { $0.isForMember && $0.id == member }) {
            result = result.subtracting(own.deny).union(own.allow)
        }
        return result.afterImplications(inThread: channel.kind.isThread, isTimedOut: isTimedOut)
    }

    /// Some permissions are worth nothing without others.
    private func afterImplications(inThread: Bool, isTimedOut: Bool) -> Permissions {
        guard contains(.viewChannel) else { return [] }
        var result = self
        if isTimedOut { result.formIntersection([.viewChannel, .readMessageHistory]) }
        if !result.contains(inThread ? .sendMessagesInThreads : .sendMessages) {
            result.subtract([.embedLinks, .attachFiles, .mentionEveryone])
        }
        return result
    }
}
