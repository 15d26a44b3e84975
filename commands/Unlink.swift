// `!plex unlink`: forgets who somebody is on Plex or Jellyfin, and the token they entrusted.

import Bot
import Discord
import Domain
import People

struct Unlink: Command {
    let source: Configured<PeopleSource>

    var signature: Signature {
        Signature(
            "unlink", "Forgets which account is yours",
            options: [
                .service("Only that one; without it both"), .person("who", "Somebody else (for admins)"),
            ], privacy: .privately,
            examples: [
                .init("unlink", "forgets who you are"), .init("unlink me", "the same"),
                .init("unlink jellyfin", "forgets who you are on Jellyfin"),
            ])
    }

    func run(_ call: Call) async throws -> Answer {
        let who = call.arguments.person("who")
        if let who, who.discord != call.caller.id.rawValue, call.caller.level != .admin {
            throw Complaint("Only admins may unlink somebody else.")
        }
        let discord = who?.discord ?? call.caller.id.rawValue
        let service = call.arguments.text("service").flatMap(PeopleService.init(rawValue:))
        guard try await source.get().people.unlink(discord, from: service, by: call.caller.actor) else {
            let account =
                switch service {
                case .plex: "a Plex account"
                case .jellyfin: "a Jellyfin account"
                case nil: "an account"
                }
            throw Complaint("\(discord == call.caller.id.rawValue ? "You are" : "They are") not linked to \(account).")
        }
        return .report(
            Report("Unlinked", lines: ["The link is gone, and the token that came with it."], tone: .good))
    }
}
