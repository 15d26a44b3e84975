// `!plex link`: who on Discord is who on Plex. By signing in at plex.tv, or because an admin says so; never by a name
// somebody types about themselves.

package import Bot
import Discord
import Domain
package import People
import Runtime

package struct PeopleSource: Sendable {
    package var people: People
    package var signIn: Configured<PlexSignIn>

    package init(people: People, signIn: Configured<PlexSignIn>) {
        self.people = people
        self.signIn = signIn
    }
}

struct Link: Command {
    static let card = "people.link"
    let source: Configured<PeopleSource>

    var signature: Signature {
        Signature(
            "link", "Ties your Discord name to your Plex account",
            options: [
                .person("who", "Somebody else (for admins)"),
                .text("plex", "That person's name on Plex (for admins)", rest: true, longest: 100) {
                    [source] completion in
                    guard completion.caller.level == .admin, let people = source.value?.people else { return [] }
                    return completion.narrowing(try await people.all().map { .init($0.name) })
                },
            ], privacy: .privately, cooldown: .seconds(10),
            examples: [
                .init("link", "lets you sign in at plex.tv and remembers who you are"),
                .init("link 180000000000000001 ann", "ties that Discord user to “ann” on Plex, as an admin says"),
            ])
    }

    func run(_ call: Call) async throws -> Answer {
        guard let who = call.arguments.person("who") else {
            guard !call.arguments.has("plex") else {
                throw Complaint(
                    "A name proves nothing.",
                    advice: ["\(code: call.spelling("link")) lets you sign in at Plex instead."])
            }
            return try await signIn(call)
        }
        guard call.caller.level == .admin else {
            throw Complaint(
                "Only admins may link somebody else.", advice: ["\(code: call.spelling("link")) links yourself."])
        }
        guard let name = call.arguments.text("plex") else {
            throw Complaint("Say who that is on Plex: \(code: call.spelling("link @\(who.name) <plex name>")).")
        }
        let people = try source.get().people
        let person = try await PeopleSearch.person(named: name, in: people)
        try await people.link(who.discord, to: person, proof: .vouched(by: call.caller.actor))
        let whom = Prose(parts: [.person(discord: who.discord, name: who.name)])
        return .report(Report("Linked", lines: ["\(whom) is \(strong: person.name) on Plex."], tone: .good))
    }

    private func signIn(_ call: Call) async throws -> Answer {
        let begun = try await source.get().signIn.get().begin(for: call.caller.id.rawValue)
        let report = Report(
            "Who are you on Plex?",
            lines: [
                "1. \(link: "Sign in at plex.tv", to: begun.url), with your own account, and allow Autoplex.",
                "2. Come back here and press the button.",
                "Never open such a link that somebody else sent you: it would make your account theirs here.",
            ], footer: "I never see your password. \(call.spelling("unlink")) undoes this.")
        return .card(
            Card(
                report, kind: Self.card, subject: begun.ticket,
                choices: [.init("I have signed in", value: "done", weight: .main), .init("Cancel", value: "cancel")],
                lasts: begun.expires - call.clock.now))
    }
}

/// What the button on the sign-in card does.
package enum LinkCards {
    package static func handlers(_ source: PeopleSource) -> [CardHandler] {
        [
            CardHandler(Link.card) { decision in
                guard decision.choice.value == "done" else {
                    return .replaced(Report("Cancelled. You are not linked."))
                }
                switch try await source.signIn.get().finish(decision.subject, for: decision.by.id.rawValue) {
                case .linked(let person):
                    return .replaced(
                        Report("Welcome, \(person.name)", lines: ["I know now who you are on Plex."], tone: .good))
                case .notYet:
                    return .note(
                        Report(
                            "Plex has not told me yet.",
                            lines: ["Open the link, sign in, allow Autoplex, then press again."], tone: .warning))
                case .expired:
                    return .replaced(
                        Report(
                            "This sign-in has run out.", lines: ["Ask for a new one with \(code: "link")."],
                            tone: .warning))
                case .stranger(let username):
                    return .replaced(
                        Report(
                            "\(username) does not share this server.",
                            lines: ["Ask the owner for an invitation, or sign in with the account that has one."],
                            tone: .warning))
                }
            }
        ]
    }
}
