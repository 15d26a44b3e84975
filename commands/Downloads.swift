// `!plex downloads`: which films are kept on disk, which were, and why; what would be decided; and an admin's word about
// one film.

import Bot
import Domain
import Downloads

struct DownloadsCommand: Command {
    let source: Configured<DownloadsSource>

    var signature: Signature {
        Signature(
            "downloads", "Which films are kept on disk, and why",
            verbs: [
                Signature(
                    "overview", "Shows what is on its way, and what the last 90 days came to", level: .trusted,
                    isSlow: true,
                    examples: [.init("downloads", "what is on its way"), .init("downloads overview", "the same")]),
                Signature(
                    "decisions", "Shows the latest decisions with reason and outcome", level: .admin,
                    examples: [.init("downloads decisions", "the newest first")]),
                Signature(
                    "why", "Shows why a film was kept or not: every rule with what it saw", options: [film],
                    level: .admin, isSlow: true,
                    examples: [.init("downloads why Night Ferry", "every rule of the last decision")]),
                Signature(
                    "test", "Tells what would be decided if somebody had just watched a film; nothing is done",
                    options: [
                        Option.text("user", "A name; without it the first who is tracked", longest: 100).onlyNamed(),
                        film,
                    ], level: .admin, isSlow: true,
                    examples: [
                        .init("downloads test Night Ferry", "as if a tracked person had watched it"),
                        .init("downloads test Night Ferry --user ann", "as if Ann had"),
                    ]),
                Signature(
                    "override", "Says what is to become of a film, whatever the rules say",
                    options: [
                        Option.choice(
                            "word", "What", [.init("always"), .init("never"), .init("ask"), .init("rules")],
                            required: true),
                        film,
                    ], level: .admin, isSlow: true,
                    examples: [
                        .init("downloads override never Night Ferry", "it is never downloaded"),
                        .init("downloads override always Night Ferry", "kept when it is watched next"),
                        .init("downloads override rules Night Ferry", "the rules decide again"),
                    ]),
                Signature(
                    "stats", "Shows downloads, refusals, space taken and spared",
                    options: [Option.number("days", "How far back", 1...3650)], level: .trusted, isSlow: true,
                    examples: [
                        .init("downloads stats", "the last 90 days"), .init("downloads stats 365", "the last year"),
                    ]),
                Signature(
                    "proposals", "Shows films on disk that nobody watches",
                    options: [Option.flag("look", "Looks for them now and asks about each")], level: .admin,
                    isSlow: true,
                    examples: [
                        .init("downloads proposals", "what was proposed"),
                        .init("downloads proposals --look", "looks now"),
                    ]),
            ], bareVerb: "overview")
    }

    private var film: Option {
        .text("film", "Its title, or tmdb:603, or tt0133093", required: true, rest: true, longest: 200) {
            [source] completion in
            guard completion.caller.level == .admin, let downloads = source.value?.downloads else { return [] }
            return completion.narrowing(try await downloads.book.films(200).map { Option.Choice($0.name) })
        }
    }

    func run(_ call: Call) async throws -> Answer {
        let desk = DownloadsDesk(source: try source.get(), call: call)
        switch call.verb {
        case "decisions": return .pages(try await desk.decisions())
        case "why": return .report(try await desk.why())
        case "test": return .pages(try await desk.test())
        case "override": return .report(try await desk.override())
        case "stats": return .report(try await desk.stats())
        case "proposals": return .report(try await desk.proposals())
        default: return .report(try await desk.overview())
        }
    }
}
