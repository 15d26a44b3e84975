// The cards by which somebody proves an account of theirs, and what their buttons do.

package import Bot
import Discord
import Domain
import People
import Runtime

struct PlexLink {
    static let kind = "people.link"
    let source: PeopleSource

    init(_ source: PeopleSource) { self.source = source }

    func card(_ call: Call) async throws -> Card {
        let begun = try await source.signIn.get().begin(for: call.caller.id.rawValue)
        let report = Report(
            "Who are you on Plex?",
            lines: [
                "1. \(link: "Sign in at plex.tv", to: begun.url), with your own account, and allow Autoplex.",
                "2. Come back here and press the button.",
                "Never open such a link that somebody else sent you: it would make your account theirs here.",
            ], footer: "I never see your password. \(call.spelling("unlink")) undoes this.")
        return Card(
            report, kind: Self.kind, subject: begun.ticket,
            choices: [.init("I have signed in", value: "done", weight: .main), .init("Cancel", value: "cancel")],
            lasts: begun.expires - call.clock.now)
    }

    func finish(_ decision: Decision) async throws -> CardAnswer {
        switch try await source.signIn.get().finish(decision.subject, for: decision.by.id.rawValue) {
        case .linked(let person):
            .replaced(Report("Welcome, \(person.name)", lines: ["I know now who you are on Plex."], tone: .good))
        case .notYet:
            .note(
                Report(
                    "Plex has not told me yet.",
                    lines: ["Open the link, sign in, allow Autoplex, then press again."], tone: .warning))
        case .expired:
            .replaced(
                Report(
                    "This sign-in has run out.", lines: ["Ask for a new one with \(code: "link")."], tone: .warning))
        case .stranger(let username):
            .replaced(
                Report(
                    "\(username) does not share this server.",
                    lines: ["Ask the owner for an invitation, or sign in with the account that has one."],
                    tone: .warning))
        }
    }
}

struct JellyfinLink {
    static let kind = "people.jellyfin"
    let source: PeopleSource

    init(_ source: PeopleSource) { self.source = source }

    func card(_ call: Call) async throws -> Card {
        let signIn = try source.jellyfin.get()
        let begun: (server: String, code: String, ticket: String, expires: Instant)
        do { begun = try await signIn.begin(for: call.caller.id.rawValue) } catch {
            throw Self.complaint(error) ?? error
        }
        let report = Report(
            "Who are you on Jellyfin?",
            lines: [
                "1. Open \(strong: begun.server) in a browser or an app where you are signed in.",
                "2. Choose your picture or the menu, then \(strong: "Quick Connect").",
                "3. Type \(code: begun.code), come back here and press the button.",
                "Never type such a code that somebody else sent you: it would make your account theirs here.",
            ],
            footer: "I never see your password, and keep nothing but who you are. "
                + "\(call.spelling("unlink jellyfin")) undoes this.")
        return Card(
            report, kind: Self.kind, subject: begun.ticket,
            choices: [.init("Done", value: "done", weight: .main), .init("Cancel", value: "cancel")],
            lasts: begun.expires - call.clock.now)
    }

    func finish(_ decision: Decision) async throws -> CardAnswer {
        let outcome: JellyfinSignIn.Outcome
        do {
            outcome = try await source.jellyfin.get().finish(decision.subject, for: decision.by.id.rawValue)
        } catch { throw Self.complaint(error) ?? error }
        switch outcome {
        case .linked(let name, let isSignedOut):
            var report = Report("Welcome, \(name)", lines: ["I know now who you are on Jellyfin."], tone: .good)
            if !isSignedOut {
                report.lines.append(
                    "I could not sign out again: you may remove the device \(strong: "Autoplex") from your Jellyfin.")
            }
            return .replaced(report)
        case .notYet:
            return .note(
                Report(
                    "Jellyfin has not told me yet.", lines: ["Type the code there, then press again."],
                    tone: .warning))
        case .expired:
            return .replaced(
                Report(
                    "This code has run out.", lines: ["Ask for a new one with \(code: "link jellyfin")."],
                    tone: .warning))
        case .taken(let name):
            return .replaced(
                Report(
                    "\(name) on Jellyfin is linked to somebody else here.",
                    lines: ["If that is you too, \(code: "unlink jellyfin") there first; else ask an admin."],
                    tone: .warning))
        case .saidOtherwise(let name):
            return .replaced(
                Report(
                    "An admin said that you are \(name) on Jellyfin.",
                    lines: ["If that is wrong, ask an admin to part the two."], tone: .warning))
        }
    }

    /// Not a fault of ours, and nothing that trying again would mend.
    private static func complaint(_ error: any Error) -> Complaint? {
        guard JellyfinSignIn.isSwitchedOff(error) else { return nil }
        return Complaint(
            "Quick Connect is switched off on this Jellyfin.",
            advice: [
                "Whoever runs it can switch it on under Dashboard → General, or an admin here can link you."
            ])
    }
}

package enum LinkCards {
    package static func handlers(_ source: PeopleSource) -> [CardHandler] {
        [
            CardHandler(PlexLink.kind) { decision in
                guard decision.choice.value == "done" else { return cancelled }
                return try await PlexLink(source).finish(decision)
            },
            CardHandler(JellyfinLink.kind) { decision in
                guard decision.choice.value == "done" else { return cancelled }
                return try await JellyfinLink(source).finish(decision)
            },
        ]
    }

    private static var cancelled: CardAnswer { .replaced(Report("Cancelled. Nothing was linked.")) }
}
