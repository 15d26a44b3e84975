// Messages: is it for us, who says it, may they, what do they mean.

import Discord
import Domain
import Runtime

extension Router {
    func hear(_ message: Message) {
        guard message.isFromPerson, let addressed = address.read(message.content, isDirect: message.guildID == nil)
        else { return }
        let way = Exchange.Way.text(
            channel: message.channelID, message: message.id, isDirect: message.guildID == nil)
        let roles = message.member?.roles ?? []
        let permissions = guilds.permissions(of: message.author.id, roles: roles, in: message.guildID)
        let name = message.member?.nick ?? message.author.name
        let spelling = Spelling(addressed.source == .mention ? "@\(botName)" : manners.prefix)

        let level = manners.access.level(of: message.author.id, roles: roles, permissions: permissions)
        let caller = Caller(
            id: message.author.id, name: name, level: level ?? .member, guild: message.guildID,
            channel: message.channelID)
        if let closed = closedDoor(caller, isKnown: level != nil, parent: guilds.parent(of: message.channelID)) {
            // Told once in a while: a refusal for every message would be noise where none is wanted.
            let told = cooldowns.admit(caller.id.rawValue, ["closed"], cooldown: .minutes(10), now: clock.uptime)
            if told == nil { refuse(closed, way, caller) }
            return
        }

        var names: [UInt64: String] = [:]
        for user in message.mentions { names[user.id.rawValue] = user.name }
        let mentionNames = MentionNames(
            caller: PersonMention(discord: caller.id.rawValue, name: name), names: names)
        do throws(Complaint) {
            let typed = try TypedCall.read(
                addressed.line, from: commands, for: caller.level, names: mentionNames, spelling: spelling)
            start(typed.found, typed.arguments, caller, addressed.source, spelling, way)
        } catch {
            complain(error, way, caller)
        }
    }

    /// A right that is missing: the rule is for the log.
    struct ClosedDoor: Sendable {
        let rule: String
        let complaint: Complaint

        init(_ rule: String, _ words: Prose, advice: [Prose] = []) {
            self.rule = rule
            complaint = Complaint(words, advice: advice)
        }
    }

    /// Why this person is not served here; nil when they are.
    func closedDoor(_ caller: Caller, isKnown: Bool, parent: Snowflake?) -> ClosedDoor? {
        guard isKnown else {
            return ClosedDoor("no member's role", "I only work for members of this server with a certain role.")
        }
        switch manners.access.place(guild: caller.guild, channel: caller.channel, parent: parent, level: caller.level) {
        case .open: return nil
        case .directMessagesClosed:
            return ClosedDoor(
                "no direct messages", "I do not answer direct messages. Please ask in a channel of the server.")
        case .elsewhere:
            let places = manners.access.channels.sorted().prefix(5)
                .map { Prose(parts: [.channel($0.rawValue)]) }.joined(by: ", ")
            return ClosedDoor(
                "not in this channel", "I do not answer in this channel.", advice: ["Please ask in \(places)."])
        }
    }

    func refuse(_ door: ClosedDoor, _ way: Exchange.Way, _ caller: Caller, command: String = "") {
        log.decided(
            DecisionLine(
                "command.refused", "refused", ids: ["request": "\(way.request)"], rule: door.rule, subject: command,
                by: caller.actor))
        complain(door.complaint, way, caller)
    }

    func complain(_ complaint: Complaint, _ way: Exchange.Way, _ caller: Caller) {
        begin(way, caller, label: "complaint") { router, _, _ in
            await router.count(.misunderstood)
            return .whisper(complaint.report)
        }
    }
}
