// `!plex unlink`: forgets who somebody is on Plex, and the token they entrusted.

import Bot
import Discord
import Domain
import People

struct Unlink: Command {
    let source: Configured<PeopleSource>

    let signature = Signature(
        "unlink", "Forgets which Plex account is yours", options: [.person("who", "Somebody else (for admins)")],
        privacy: .privately,
        examples: [.init("unlink", "forgets who you are"), .init("unlink me", "the same")])

    func run(_ call: Call) async throws -> Answer {
        let who = call.arguments.person("who")
        if let who, who.discord != call.caller.id.rawValue, call.caller.level != .admin {
            throw Complaint("Only admins may unlink somebody else.")
        }
        let discord = who?.discord ?? call.caller.id.rawValue
        guard try await source.get().people.unlink(discord, by: call.caller.actor) else {
            throw Complaint(
                who == nil ? "You are not linked to a Plex account." : "They are not linked to a Plex account.")
        }
        return .report(
            Report("Unlinked", lines: ["The link and the token that came with it are gone."], tone: .good))
    }
}
