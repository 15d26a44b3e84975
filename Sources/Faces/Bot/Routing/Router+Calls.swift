// A call that is understood: is it allowed, is it too soon, then its turn, its work, its answer or its failure. The
// same for text, mention and slash.

import Discord
import Domain
import Runtime

extension Router {
    func start(
        _ found: CommandList.Found, _ arguments: Arguments, _ caller: Caller, _ source: Call.Source,
        _ spelling: Spelling,
        _ way: Exchange.Way
    ) {
        let signature = found.signature
        guard caller.level >= signature.level else {
            let name = spelling(found.path.joined(separator: " "))
            let door = ClosedDoor("for \(signature.level.name)", "\(code: name) is for \(signature.level.name) only.")
            refuse(door, way, caller, command: found.path.joined(separator: " "))
            return
        }
        let cooldown = caller.level == .admin ? nil : signature.cooldown ?? manners.cooldown
        if let wait = cooldowns.admit(caller.id.rawValue, found.path, cooldown: cooldown, now: clock.uptime) {
            let seconds = max(1, Int(wait.inSeconds.rounded(.up)))
            complain(Complaint("Not so fast: please ask again in \(seconds) s."), way, caller)
            return
        }

        let path = found.path.joined(separator: " ")
        // What is for admins only is among them there, and read where it was asked.
        var isAmongAdmins = false
        if case .text = way, signature.level == .admin { isAmongAdmins = caller.channel == manners.adminChannel }
        begin(
            way, caller, isPrivate: isAmongAdmins ? signature.privacy == .secretly : signature.privacy != .shared,
            privateSpelling: Spelling("/\(manners.slashName)")(path), isSlow: signature.isSlow, label: path
        ) { router, ticket, progress in
            let call = Call(
                path: found.path, signature: signature, arguments: arguments, caller: caller, source: source,
                spelling: spelling, commands: router.commands, asked: router.clock.now, clock: router.clock,
                log: router.log.labelled(path), progress: progress)
            return await router.inTurn(ticket, caller, path) {
                let answer = try await found.command.run(call)
                guard let laid = try await router.desk.lay(answer, for: caller) else { return .nothing }
                return .say(laid.report, components: laid.components)
            }
        }
    }

    /// Waits for its turn, works, and makes a sentence of whatever goes wrong.
    nonisolated func inTurn(
        _ ticket: Int, _ caller: Caller, _ label: String, _ work: @Sendable () async throws -> Exchange.Ending
    ) async -> Exchange.Ending {
        do {
            try await enter(ticket)
            let ending = try await work()
            await leave(ticket)
            await count(.answered)
            return ending
        } catch {
            await leave(ticket)
            return await failure(error, caller, label)
        }
    }

    private nonisolated func failure(_ error: any Error, _ caller: Caller, _ label: String) async -> Exchange.Ending {
        if let complaint = error as? Complaint {
            await count(.misunderstood)
            return .whisper(complaint.report)
        }
        if error is CancellationError {
            return .whisper(Report("This was stopped before it was finished.", tone: .warning))
        }
        // The number ties what the person saw to the line in the log.
        let number = String(UInt32.random(in: .min ... .max), radix: 36)
        log.error(
            "a command failed", ["command": label, "number": number, "caller": "\(caller.id)", "why": "\(error)"])
        await count(.failed("\(label): \(error)"))
        // Causes name settings and services: they are for who can do something about them.
        let why: Prose = caller.level == .admin ? "\("\(error)")" : "It is not your fault. An admin can find out why."
        return .whisper(
            Report(
                "That did not work.", lines: [why, "It is in the log as \(code: number)."], tone: .bad))
    }
}
