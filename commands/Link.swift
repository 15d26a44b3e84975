// `!plex link`: who on Discord is who on Plex and on Jellyfin. By signing in at plex.tv, by typing a code into one's own
// Jellyfin, or because an admin says so; never by a name somebody types about themselves.

import Bot
import Discord
import Domain
import People
import Runtime
import Storage

struct Link: Command {
    let source: Configured<PeopleSource>

    var signature: Signature {
        Signature(
            "link", "Ties your Discord name to your account on Plex or Jellyfin",
            options: [
                .service("Where your account is; Plex unless you say Jellyfin"),
                .person("who", "Somebody else (for admins)"),
                .text("plex", "That person's name on Plex (for admins)", rest: true, longest: 100) { completion in
                    try await names(completion) { $0.plexID == nil ? nil : $0.name }
                },
                .text("jellyfin", "That person's name on Jellyfin (for admins)", rest: true, longest: 100) {
                    completion in
                    try await names(completion) { $0.jellyfinID == nil ? nil : $0.jellyfinName }
                }.onlyNamed(),
            ], privacy: .privately, cooldown: .seconds(10),
            examples: [
                .init("link", "lets you sign in at plex.tv and remembers who you are"),
                .init("link jellyfin", "shows a code to type into your Jellyfin, which proves your account there"),
                .init("link 180000000000000001 ann", "ties that Discord user to “ann” on Plex, as an admin says"),
                .init("link 180000000000000001 --jellyfin ann", "the same for “ann” on Jellyfin"),
                .init("link --plex ann --jellyfin ann", "both accounts are one person’s, whoever that is on Discord"),
            ])
    }

    private func names(
        _ completion: Completion, of name: (Person) -> String?
    ) async throws -> [Option.Choice] {
        guard completion.caller.level == .admin, let people = source.value?.people else { return [] }
        return completion.narrowing(try await people.all().compactMap { name($0).map { .init($0) } })
    }

    func run(_ call: Call) async throws -> Answer {
        guard let who = call.arguments.person("who") else {
            let isJellyfin = call.arguments.text("service") == PeopleService.jellyfin.rawValue
            if call.caller.level == .admin, let plex = call.arguments.text("plex"),
                let jellyfin = call.arguments.text("jellyfin")
            {
                return .report(try await merge(plex: plex, jellyfin: jellyfin, call))
            }
            guard !call.arguments.has("plex"), !call.arguments.has("jellyfin") else {
                throw Complaint(
                    "A name proves nothing.",
                    advice: [
                        "\(code: call.spelling("link")) lets you sign in at Plex instead, "
                            + "\(code: call.spelling("link jellyfin")) asks your Jellyfin."
                    ])
            }
            let source = try source.get()
            return .card(
                isJellyfin ? try await JellyfinLink(source).card(call) : try await PlexLink(source).card(call))
        }
        guard call.caller.level == .admin else {
            throw Complaint(
                "Only admins may link somebody else.", advice: ["\(code: call.spelling("link")) links yourself."])
        }
        return .report(try await vouch(for: who, call))
    }

    /// An admin says so of two accounts, and nobody on Discord is needed for it.
    private func merge(plex: String, jellyfin: String, _ call: Call) async throws -> Report {
        let people = try source.get().people
        let ofPlex = try await PeopleSearch.person(named: plex, on: .plex, in: people)
        let ofJellyfin = try await PeopleSearch.person(named: jellyfin, on: .jellyfin, in: people)
        switch try await people.merge(ofJellyfin.id, into: ofPlex.id, by: call.caller.actor) {
        case .refused(let refusal): throw Complaint("\(refusal.description)")
        case .merged(let person):
            let undo = call.spelling("unlink --jellyfin \(person.jellyfinName.typed)")
            return Report(
                "Merged",
                lines: [
                    "\(strong: person.jellyfinName) on Jellyfin is \(strong: person.name) on Plex.",
                    "\(code: undo) parts them again.",
                ], tone: .good)
        }
    }

    /// An admin says so. Both at once are one person with two accounts.
    private func vouch(for who: PersonMention, _ call: Call) async throws -> Report {
        let people = try source.get().people
        let (plex, jellyfin) = (call.arguments.text("plex"), call.arguments.text("jellyfin"))
        guard plex != nil || jellyfin != nil else {
            throw Complaint(
                "Say who that is: \(code: call.spelling("link @\(who.name) NAME")) on Plex, "
                    + "\(code: call.spelling("link @\(who.name) --jellyfin NAME")) on Jellyfin.")
        }
        // Both are found before anything is written.
        let ofPlex = try await plex.asyncMap { try await PeopleSearch.person(named: $0, on: .plex, in: people) }
        let ofJellyfin = try await jellyfin.asyncMap {
            try await PeopleSearch.person(named: $0, on: .jellyfin, in: people)
        }
        let whom = Prose(parts: [.person(discord: who.discord, name: who.name)])
        let proof = PeopleLink.Proof.vouched(by: call.caller.actor)
        var lines: [Prose] = []
        if let ofPlex {
            try await people.link(who.discord, to: ofPlex, proof: proof)
            lines.append("\(whom) is \(strong: ofPlex.name) on Plex.")
        }
        if let person = ofJellyfin, let id = person.jellyfinID {
            let account = JellyfinAccount(id: id, name: person.jellyfinName, access: person.jellyfinAccess)
            switch try await people.link(who.discord, toJellyfin: account, proof: proof) {
            case .linked: lines.append("\(whom) is \(strong: person.jellyfinName) on Jellyfin.")
            case .taken:
                throw Complaint(
                    "\(strong: person.jellyfinName) on Jellyfin is linked to somebody else.",
                    advice: lines + ["\(code: call.spelling("unlink jellyfin @them")) lets go of it first."])
            case .saidOtherwise(let other):
                let part = call.spelling("unlink --jellyfin \(other.typed)")
                throw Complaint(
                    "An admin said that \(whom) is \(strong: other) on Jellyfin.",
                    advice: lines + ["\(code: part) parts them first."])
            }
        }
        return Report("Linked", lines: lines, tone: .good)
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<New>(_ change: (Wrapped) async throws -> New) async rethrows -> New? {
        if let self { try await change(self) } else { nil }
    }
}
