// `!plex unlink`: forgets who somebody is on Plex or Jellyfin, and the token they entrusted.

import Bot
import Discord
import Domain
import People
import Storage

struct Unlink: Command {
    let source: Configured<PeopleSource>

    var signature: Signature {
        Signature(
            "unlink", "Forgets which account is yours",
            options: [
                .service("Only that one; without it both"), .person("who", "Somebody else (for admins)"),
                .text(
                    "jellyfin", "Parts that name on Jellyfin from its Plex account (for admins)", rest: true,
                    longest: 100
                ) { completion in
                    guard completion.caller.level == .admin, let people = source.value?.people else { return [] }
                    let both = try await people.all().filter { $0.plexID != nil && $0.jellyfinID != nil }
                    return completion.narrowing(both.map { .init($0.jellyfinName) })
                }.onlyNamed(),
            ], privacy: .privately,
            examples: [
                .init("unlink", "forgets who you are"), .init("unlink me", "the same"),
                .init("unlink jellyfin", "forgets who you are on Jellyfin"),
                .init("unlink --jellyfin ann", "“ann” on Jellyfin is a person of their own again, as an admin says"),
            ])
    }

    func run(_ call: Call) async throws -> Answer {
        if let name = call.arguments.text("jellyfin") { return .report(try await part(name, call)) }
        let who = call.arguments.person("who")
        if let who, who.discord != call.caller.id.rawValue, call.caller.level != .admin {
            throw Complaint("Only admins may unlink somebody else.")
        }
        let discord = who?.discord ?? call.caller.id.rawValue
        let service = call.arguments.text("service").flatMap(PeopleService.init(rawValue:))
        let people = try source.get().people
        guard try await people.unlink(discord, from: service, by: call.caller.actor) else {
            try await refuseWordOfAdmin(of: discord, service, people, call)
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

    /// What an admin said about the accounts is not taken back by letting go of a link.
    private func refuseWordOfAdmin(
        of discord: UInt64, _ service: PeopleService?, _ people: People, _ call: Call
    ) async throws {
        guard service == .jellyfin, let person = try await people.person(discord: discord),
            let join = try await people.join(of: person.id), join.discord == nil
        else { return }
        let part = call.spelling("unlink --jellyfin \(person.jellyfinName.typed)")
        throw Complaint(
            "An admin said that \(person.jellyfinName) on Jellyfin and \(person.name) on Plex are one person.",
            advice: ["An admin parts them with \(code: part)."])
    }

    private func part(_ name: String, _ call: Call) async throws -> Report {
        guard call.caller.level == .admin else { throw Complaint("Only admins may part two accounts.") }
        let people = try source.get().people
        let person = try await PeopleSearch.person(named: name, on: .jellyfin, in: people)
        guard let alone = try await people.part(person.id, by: call.caller.actor) else {
            throw Complaint("\(person.jellyfinName) on Jellyfin is nobody’s on Plex.")
        }
        return Report(
            "Parted",
            lines: ["\(strong: alone.name) on Jellyfin is not \(strong: person.name) on Plex any more."], tone: .good)
    }
}
