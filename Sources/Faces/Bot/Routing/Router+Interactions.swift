// Slash commands, buttons, menus and completions. Their rights come computed by Discord for the very channel.

import Discord
import Domain
import Runtime

extension Router {
    func answer(_ interaction: Interaction) {
        guard let user = interaction.caller else { return }
        let roles = interaction.member?.roles ?? []
        let permissions = interaction.member?.permissions ?? []
        let level = manners.access.level(of: user.id, roles: roles, permissions: permissions)
        let caller = Caller(
            id: user.id, name: interaction.member?.nick ?? user.name, level: level ?? .member,
            guild: interaction.guildID, channel: interaction.channelID ?? user.id)
        let parent = interaction.channel?.parentID ?? guilds.parent(of: caller.channel)
        let closed = closedDoor(caller, isKnown: level != nil, parent: parent)

        switch interaction.content {
        case .command(let invocation):
            let way = Exchange.Way.slash(interaction)
            if let closed { return refuse(closed, way, caller) }
            call(invocation, caller, way)
        case .autocomplete(let invocation):
            complete(invocation, caller, interaction, isClosed: closed != nil)
        case .component(let press):
            let way = Exchange.Way.press(interaction)
            // A card stands where the bot put it: only strangers are turned away, not channels.
            if level == nil, let closed { return refuse(closed, way, caller) }
            begin(way, caller, label: "press") { router, ticket, progress in
                await router.inTurn(ticket, caller, "press") {
                    try await router.desk.press(press, by: caller, log: router.log, progress: progress)
                }
            }
        case .ping, .form, .unknown: break
        }
    }

    private func call(_ invocation: Interaction.Invocation, _ caller: Caller, _ way: Exchange.Way) {
        let spelling = Spelling("/\(manners.slashName)")
        guard let found = commands.find(Array(invocation.path.dropFirst())) else {
            // Discord shows old commands for a while after they are gone.
            complain(
                Complaint(
                    "I do not know this command any more.",
                    advice: ["Reload Discord, or see \(code: spelling("help")) for what there is."]), way, caller)
            return
        }
        do throws(Complaint) {
            let arguments = try SlashArguments.arguments(of: invocation, for: found.signature.options, caller: caller)
            start(found, arguments, caller, .slash, spelling, way)
        } catch {
            complain(found.complaint(error, spelling), way, caller)
        }
    }

    // MARK: Completions

    /// Discord waits three seconds; what is later is worth nothing.
    private static var completionTime: Duration { .milliseconds(2500) }

    private func complete(
        _ invocation: Interaction.Invocation, _ caller: Caller, _ interaction: Interaction, isClosed: Bool
    ) {
        let found = commands.find(Array(invocation.path.dropFirst()))
        let option = found.flatMap { found in
            invocation.focused.flatMap { focused in found.signature.options.first { $0.name == focused.name } }
        }
        let isAllowed = !isClosed && found.map { caller.level >= $0.signature.level } == true
        let (voice, commands, clock, log) = (desk.voice, commands, clock, log)
        beginQuietly {
            var respond = OneAnswer { choices in
                do { try await voice.respond(interaction, .choices(choices)) } catch {
                    log.debug("completions came too late", ["why": "\(error)"])
                }
            }
            guard let found, let option, isAllowed else { return await respond.give([]) }
            let completion = Completion(
                partial: invocation.focused?.value?.typed ?? "",
                arguments: SlashArguments.lenient(invocation, for: found.signature.options, caller: caller),
                caller: caller, commands: commands, clock: clock)
            await withTaskGroup(of: [CommandOption.Choice].self) { group in
                group.addTask { await Completions.choices(of: option, completion, log: log) }
                group.addTask {
                    try? await clock.sleep(for: Self.completionTime)
                    return []
                }
                // Answered here and not after the group: a completer deaf to cancellation must not cost the answer.
                if let first = await group.next() { await respond.give(first) }
                group.cancelAll()
            }
        }
    }
}

private struct OneAnswer {
    var send: ([CommandOption.Choice]) async -> Void
    private var isGiven = false

    init(send: @escaping ([CommandOption.Choice]) async -> Void) { self.send = send }

    mutating func give(_ choices: [CommandOption.Choice]) async {
        if isGiven { return }
        isGiven = true
        await send(choices)
    }
}
