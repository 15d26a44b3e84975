// `!plex newsletter`: look at it, try it, send it, follow it; and everybody's own yes or no.

import Bot
import Domain
import Newsletter
import People

struct NewsletterCommand: Command {
    let source: Configured<NewsletterSource>

    var signature: Signature {
        let someone = Option.text(
            "person", "Whose: a name on the server; without one, your own", rest: true, longest: 100
        ) {
            [source] completion in
            guard completion.caller.level == .admin, let people = source.value?.people else { return [] }
            return completion.narrowing(try await people.all().map { .init($0.name) })
        }
        return Signature(
            "newsletter", "A letter by e-mail about what is new and what was watched",
            verbs: [
                Signature(
                    "status", "Shows who gets it, what is on its way and what went out", level: .admin,
                    examples: [.init("newsletter status", "who gets it, and how the last one went")]),
                Signature(
                    "preview", "Shows the letter, exactly as it would be sent",
                    options: [
                        Option.flag("running", "Of the time that still runs, as far as it has come"), someone,
                    ], isSlow: true,
                    examples: [
                        .init("newsletter preview", "your own letter"),
                        .init("newsletter preview ann", "Ann's, for admins"),
                    ]),
                Signature(
                    "test", "Sends you your own letter as a test", level: .admin, isSlow: true,
                    examples: [.init("newsletter test", "one letter, to you")]),
                Signature(
                    "send", "Makes the issue of the last period and sends it, after you confirm", level: .admin,
                    isSlow: true, examples: [.init("newsletter send", "asks first, then sends")]),
                Signature(
                    "schedule", "Shows when the next issue is made", level: .admin,
                    examples: [.init("newsletter schedule", "the next issue and its time")]),
                Signature(
                    "templates", "Checks your templates and shows a letter while you write them", level: .admin,
                    isSlow: true, examples: [.init("newsletter templates", "a page that follows your files")]),
                Signature(
                    "hold", "Stops sending; what went out stays", level: .admin,
                    examples: [.init("newsletter hold", "stops after the letter that is on its way")]),
                Signature(
                    "resume", "Goes on with what was stopped; nobody gets a second copy", level: .admin,
                    examples: [.init("newsletter resume", "goes on")]),
                Signature(
                    "abandon", "Gives up what has not gone out yet", level: .admin,
                    examples: [.init("newsletter abandon", "the rest of this issue is never sent")]),
                Signature(
                    "subscribe", "Sends you the newsletter from now on", options: [someone],
                    examples: [.init("newsletter subscribe", "you get the next one")]),
                Signature(
                    "unsubscribe", "Sends you no newsletter any more", options: [someone],
                    examples: [.init("newsletter unsubscribe", "you get no more")]),
                Signature(
                    "preferences", "What is in your letter, and whether others see your name",
                    examples: [.init("newsletter preferences", "a link of your own, or how it stands")]),
            ], privacy: .privately)
    }

    func run(_ call: Call) async throws -> Answer {
        let desk = NewsletterDesk(source: try source.get(), call: call)
        switch call.verb {
        case "preview": return try await desk.preview()
        case "test": return .report(try await desk.test())
        case "send": return try await desk.send()
        case "schedule": return .report(try await desk.schedule())
        case "templates": return .report(try await desk.templates())
        case "hold": return .report(try await desk.hold())
        case "resume": return .report(try await desk.resume())
        case "abandon": return .report(try await desk.abandon())
        case "subscribe": return .report(try await desk.subscribe())
        case "unsubscribe": return .report(try await desk.unsubscribe())
        case "preferences": return .report(try await desk.preferences())
        default: return .report(try await source.get().post.status().report)
        }
    }
}
