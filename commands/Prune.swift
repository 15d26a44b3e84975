// `!plex prune`: how everybody stands, why, what these rules would have done, and an admin's words: hold, VIP, undo, stop.

import Bot
import Domain
import People

struct PruneCommand: Command {
    let source: Configured<PruneSource>

    var signature: Signature {
        let someone = somebody(isRequired: true)
        return Signature(
            "prune", "Who watches, who is warned, and whose share ends",
            verbs: [
                Signature(
                    "status", "Shows everybody by the days they have left, and why", level: .admin, isSlow: true,
                    examples: [
                        .init("prune", "everybody, the least days left first"), .init("prune status", "the same"),
                    ]),
                Signature(
                    "why", "Shows what is known of somebody, and which rule decides", options: [someone], level: .admin,
                    examples: [.init("prune why ann", "signs of life, warnings, the verdict")]),
                Signature(
                    "run", "Looks at everybody now",
                    options: [Option.flag("dry", "Looks and does nothing, whatever the settings say")], level: .admin,
                    isSlow: true,
                    examples: [
                        .init("prune run --dry", "what would be done now"),
                        .init("prune run", "does it, as far as the settings allow"),
                    ]),
                Signature(
                    "simulate", "Shows what other numbers would have done in the past", options: Self.simulation,
                    level: .admin, isSlow: true,
                    examples: [
                        .init("prune simulate --warn 20 --kick 60 --days 365", "the past year under these numbers"),
                        .init("prune simulate", "under the numbers that are set"),
                    ]),
                Signature(
                    "vip", "People who are never pruned",
                    options: [
                        Option.choice("what", "What to do", [.init("list"), .init("add"), .init("remove")]),
                        somebody(isRequired: false),
                    ], level: .admin,
                    examples: [
                        .init("prune vip list", "everybody who is never pruned, and why"),
                        .init("prune vip add ann", "Ann is never pruned"),
                        .init("prune vip remove ann", "Ann is judged like others"),
                    ]),
                Signature(
                    "hold", "Keeps somebody for a while, whatever they watch",
                    options: [Option.number("days", "For how long; 0 ends it", 0...3650).onlyNamed(), someone],
                    level: .admin,
                    examples: [
                        .init("prune hold ann", "for as long as the settings say"),
                        .init("prune hold ann --days 60", "for 60 days"),
                    ]),
                Signature(
                    "pause", "Announces a holiday that does not count: yours, or for admins anybody's",
                    options: [
                        Option.text("until", "The last day, such as 2026-12-24, or end", required: true, longest: 20),
                        somebody(isRequired: false),
                    ],
                    examples: [
                        .init("prune pause 2026-12-24", "away until then"),
                        .init("prune pause end", "back again"),
                        .init("prune pause 2026-12-24 ann", "Ann is away, for admins"),
                    ]),
                Signature(
                    "told", "Says that you told somebody yourself: as good as a delivered warning", options: [someone],
                    level: .admin, examples: [.init("prune told ann", "you told Ann the date")]),
                Signature(
                    "undo", "Invites somebody again, with the libraries and rights they had", options: [someone],
                    level: .admin, isSlow: true, examples: [.init("prune undo ann", "an invitation for Ann")]),
                Signature(
                    "stop", "Stops everything at once, until prune start", level: .admin,
                    examples: [.init("prune stop", "nothing more happens to anybody")]),
                Signature(
                    "start", "Lets it go on after prune stop", level: .admin,
                    examples: [.init("prune start", "goes on")]),
                Signature(
                    "accept", "Says that fewer people, a shorter history or another server are right", level: .admin,
                    examples: [.init("prune accept", "the numbers it doubts are right")]),
                Signature(
                    "settings", "Shows the rules in force", level: .admin,
                    examples: [.init("prune settings", "days, caps, who is never pruned")]),
            ], bareVerb: "status", privacy: .privately)
    }

    private func somebody(isRequired: Bool) -> Option {
        .text("person", "A name on the server", required: isRequired, rest: true, longest: 100) { [source] completion in
            guard completion.caller.level == .admin, let people = source.value?.people else { return [] }
            return completion.narrowing(
                try await people.all().filter { $0.plexID != nil }.map { Option.Choice($0.name) })
        }
    }

    private static let simulation = [
        Option.number("warn", "Days without watching until a warning", 1...3650).onlyNamed(),
        Option.number("kick", "Days without watching until the removal", 2...3650).onlyNamed(),
        Option.number("days", "How far back", 30...3650).onlyNamed(),
    ]

    func run(_ call: Call) async throws -> Answer {
        let desk = PruneDesk(source: try source.get(), call: call)
        switch call.verb {
        case "why": return .report(try await desk.why())
        case "run": return try await desk.look()
        case "simulate": return .report(try await desk.simulate())
        case "vip": return .report(try await desk.vip())
        case "hold": return .report(try await desk.hold())
        case "pause": return .report(try await desk.pause())
        case "told": return .report(try await desk.told())
        case "undo": return .report(try await desk.undo())
        case "stop": return .report(try await desk.stop())
        case "start": return .report(try await desk.start())
        case "accept": return .report(try await desk.accept())
        case "settings": return .report(desk.settings())
        default: return try await desk.status()
        }
    }
}
