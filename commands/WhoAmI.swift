// `!plex whoami`: what is kept about the caller.

import Bot
import Discord
import Domain
import People

struct WhoAmI: Command {
    let source: Configured<PeopleSource>

    let signature = Signature(
        "whoami", "Shows who you are on Plex, as far as I know", privacy: .privately,
        examples: [.init("whoami", "shows your account and how it was proved")])

    func run(_ call: Call) async throws -> Answer {
        let discord = call.caller.id.rawValue
        let people = try source.get().people
        guard let link = try await people.link(of: discord),
            let person = try await people.person(link.person)
        else {
            return .report(
                Report(
                    "I do not know who you are on Plex.",
                    lines: ["\(code: call.spelling("link")) lets you sign in and tells me."]))
        }
        var report = Report("You are \(person.name)")
        report.fields = [
            Report.Field(
                "Plex", person.username.isEmpty ? "no account of their own" : "\(person.username)", short: true),
            Report.Field("Server", "\(access(person))", short: true),
        ]
        if let joined = person.joinedAt {
            report.fields.append(Report.Field("Joined", "\(time: joined, .date)", short: true))
        }
        let token = (try? await people.token(of: person.id)) != nil
        report.fields.append(Report.Field("Linked", "\(time: link.at, .date), \(proof(link.proof))", short: true))
        report.footer =
            token
            ? "Your Plex token is kept sealed, for what you ask me to do in your name."
            : "I hold no token of yours."
        return .report(report)
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

    private func proof(_ proof: PeopleLink.Proof) -> String {
        switch proof {
        case .signedIn: "you signed in at plex.tv"
        case .vouched: "an admin said so"
        }
    }
}
