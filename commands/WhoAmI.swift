// `!plex whoami`: what is kept about the caller.

import Bot
import Discord
import Domain
import People
import Runtime

struct WhoAmI: Command {
    let source: Configured<PeopleSource>

    let signature = Signature(
        "whoami", "Shows who you are on Plex and Jellyfin, as far as I know", privacy: .privately,
        examples: [.init("whoami", "shows your accounts and how they were proved")])

    func run(_ call: Call) async throws -> Answer {
        let source = try source.get()
        let (people, hasJellyfin) = (source.people, source.jellyfin.value != nil)
        guard let link = try await people.link(of: call.caller.id.rawValue),
            let person = try await people.person(link.person)
        else {
            return .report(
                Report(
                    "I do not know who you are on Plex\(hasJellyfin ? " or Jellyfin" : "").",
                    lines: ["\(code: call.spelling("link")) lets you sign in and tells me."]
                        + (hasJellyfin
                            ? ["\(code: call.spelling("link jellyfin")) asks your Jellyfin."] : [])))
        }
        var report = Report("You are \(person.name)")
        report.fields = plex(person)
        if let joined = person.joinedAt {
            report.fields.append(Report.Field("Joined", "\(time: joined, .date)", short: true))
        }
        if person.jellyfinID != nil {
            report.fields.append(Report.Field("Jellyfin", "\(person.jellyfinName)\(state(person))", short: true))
        }
        report.fields.append(Report.Field("Linked", "\(time: link.at, .date), \(proof(link.proof))", short: true))
        if let join = try await people.join(of: person.id) {
            report.fields.append(
                Report.Field("Jellyfin linked", "\(time: join.at, .date), \(proof(join.proof))", short: true))
        }
        let isKept = (try? await people.token(of: person.id)) != nil
        let token = isKept && link.alone == nil
        report.footer =
            token
            ? "Your Plex token is kept sealed, for what you ask me to do in your name."
            : "I hold no token of yours."
        return .report(report)
    }

    private func plex(_ person: Person) -> [Report.Field] {
        guard person.plexID != nil else { return [Report.Field("Plex", "not linked", short: true)] }
        return [
            Report.Field(
                "Plex", person.username.isEmpty ? "no account of their own" : "\(person.username)", short: true),
            Report.Field("Server", "\(access(person))", short: true),
        ]
    }

    private func access(_ person: Person) -> String {
        if person.isOwner { return "you own it" }
        return switch person.access {
        case .member: person.isHome ? "member of the Home" : "shared with you"
        case .invited: "invited, not accepted yet"
        case .former: "no longer shared with you"
        case .unknown: "not known"
        }
    }

    private func state(_ person: Person) -> String {
        person.jellyfinAccess == .former ? " (switched off or gone)" : ""
    }

    private func proof(_ proof: PeopleLink.Proof) -> String {
        switch proof {
        case .signedIn: "you signed in at plex.tv"
        case .quickConnect: "you typed a code into Jellyfin"
        case .vouched: "an admin said so"
        }
    }
}
