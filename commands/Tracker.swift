// `!plex tracker`: what one watches of shows: what comes next, how far one is, what was seen when; and an admin's words
// about which show is which.

import Bot
import Discord
import Domain
import People
import Tracker

struct TrackerCommand: Command {
    let source: Configured<TrackerSource>

    var signature: Signature {
        Signature(
            "tracker", "What you watch of shows: what comes next, and how far you are",
            verbs: own + list + work, bareVerb: "next")
    }

    // MARK: One's own list

    private var own: [Signature] {
        [
            Signature(
                "next", "Shows the next episode of each show you watch",
                examples: [.init("tracker", "what comes next"), .init("tracker next", "the same")]),
            Signature(
                "progress", "Shows how far you are with each show",
                examples: [.init("tracker progress", "all your shows, the one seen last first")]),
            Signature(
                "season", "Shows a season, episode by episode",
                options: [.number("season", "Which; 0 are the specials", 0...3000, required: true), show],
                examples: [.init("tracker season 1 The Harbour", "which of its first season you have seen")]),
            Signature(
                "show", "Shows what is known of a show, and how far you are", options: [show],
                examples: [.init("tracker show The Harbour", "seasons, what comes next, its numbers")]),
            Signature(
                "history", "Shows what you watched, the latest first",
                options: [.text("show", "Only of that show", rest: true, longest: 200, complete: shows)],
                examples: [
                    .init("tracker history", "the last hundred episodes"),
                    .init("tracker history The Harbour", "only of that show"),
                ]),
            Signature(
                "stats", "Shows your episodes in numbers", isSlow: true,
                examples: [.init("tracker stats", "shows, episodes, hours, by month")]),
            Signature(
                "calendar", "Shows when the next episodes of your shows air",
                options: [.number("days", "How far ahead", 1...365)],
                examples: [
                    .init("tracker calendar", "the next thirty days"), .init("tracker calendar 7", "the next week"),
                ]),
        ]
    }

    private var list: [Signature] {
        [
            Signature(
                "add", "Puts a show onto your list", options: [named], isSlow: true,
                examples: [
                    .init("tracker add The Harbour", "looks for it in the catalogues"),
                    .init("tracker add tvdb:52", "by its number"),
                ]),
            Signature(
                "on", "Tracks a show again that you had switched off", options: [show],
                examples: [.init("tracker on The Harbour", "what you watch of it is marked again")]),
            Signature(
                "off", "Tracks a show no more; what is marked stays", options: [show],
                examples: [.init("tracker off The Harbour", "what you watch of it is not marked")]),
            Signature(
                "watched", "Marks an episode as watched, by hand",
                options: [
                    .number("season", "Which season", 0...3000, required: true),
                    .number("episode", "Which episode", 0...100_000, required: true),
                    Option.text("date", "When, such as 2026-01-31; today if not said", longest: 10).onlyNamed(), show,
                ],
                examples: [
                    .init("tracker watched 1 2 The Harbour", "today"),
                    .init("tracker watched 1 2 The Harbour --date 2026-01-31", "on that day, and it stays so"),
                ]),
            Signature(
                "unwatched", "Takes the mark of an episode away",
                options: [
                    .number("season", "Which season", 0...3000, required: true),
                    .number("episode", "Which episode", 0...100_000, required: true), show,
                ], examples: [.init("tracker unwatched 1 2 The Harbour", "as if you had not seen it")]),
            Signature(
                "settings", "Shows or changes what is done by itself for you",
                options: [
                    .choice("auto-add", "Shows you watch come onto your list", [.init("yes"), .init("no")]),
                    .choice("auto-watch", "What you watch is marked", [.init("yes"), .init("no")]),
                ], privacy: .privately,
                examples: [
                    .init("tracker settings", "as they are"),
                    .init("tracker settings --auto-add no", "new shows wait until you add them"),
                ]),
            Signature(
                "url", "Gives you your own secret address for Plex's webhook, or for a calendar",
                options: [
                    .choice(
                        "what", "Which",
                        [
                            .init("webhook"), .init("calendar"), .init("a program's key", value: "api"),
                        ]), .flag("rotate", "A new one; the one before is void at once"),
                ], privacy: .privately,
                examples: [
                    .init("tracker url calendar", "when your shows air, for your calendar"),
                    .init("tracker url", "to paste into Plex, once"),
                    .init("tracker url --rotate", "another one, when somebody else has seen it"),
                ]),
            Signature(
                "export", "Gives you everything you watched as a file",
                options: [.choice("form", "Which", [.init("csv"), .init("json")])], privacy: .privately, isSlow: true,
                examples: [
                    .init("tracker export", "a table, as other trackers read it"),
                    .init("tracker export json", "the same as JSON"),
                ]),
        ]
    }

    // MARK: An admin's

    private var work: [Signature] {
        [
            Signature(
                "conflicts", "Shows which shows are in question",
                options: [.number("number", "One of them, to be answered", 1...1_000_000_000)], level: .admin,
                examples: [
                    .init("tracker conflicts", "all of them"), .init("tracker conflicts 1", "one, with its candidates"),
                ]),
            Signature(
                "map", "Says which show it is that is in question",
                options: [.number("number", "Of the question", 1...1_000_000_000, required: true), named],
                level: .admin, isSlow: true,
                examples: [.init("tracker map 1 The Harbour", "question 1 is that show")]),
            Signature(
                "unmap", "Undoes a mapping, with the marks that came by it",
                options: [.number("number", "Of the mapping", 1...1_000_000_000, required: true)], level: .admin,
                examples: [.init("tracker unmap 1", "mapping 1 was wrong")]),
            Signature(
                "mappings", "Shows which of the library's shows is which", level: .admin,
                examples: [.init("tracker mappings", "the latest first, with why")]),
            Signature(
                "log", "Shows what arrived and what became of it",
                options: [
                    .choice(
                        "status", "Only those",
                        ["received", "ignored", "duplicate", "waiting", "marked", "failed"].map { .init($0) })
                ], level: .admin,
                examples: [
                    .init("tracker log", "the latest first"), .init("tracker log failed", "what could not be used"),
                ]),
            Signature(
                "replay", "Looks at a line of the log anew",
                options: [.number("number", "Of the line", 1...1_000_000_000_000, required: true)], level: .admin,
                isSlow: true, examples: [.init("tracker replay 1", "as if it had just arrived")]),
        ]
    }

    /// One of ours.
    private var show: Option { .text("show", "Its name", required: true, rest: true, longest: 200, complete: shows) }

    /// Of any catalogue.
    private var named: Option {
        .text("name", "Its name, or tmdb:603, tvdb:78, tt0133093", required: true, rest: true, longest: 200)
    }

    private var shows: Option.Completer {
        { [source] completion in
            guard let source = source.value,
                let person = try await source.people.person(discord: completion.caller.id.rawValue)
            else { return [] }
            let all = try await source.tracker.lists.progress(of: person.id, today: source.today)
            return completion.narrowing(all.map { Option.Choice($0.title) })
        }
    }

    func run(_ call: Call) async throws -> Answer {
        let source = try source.get()
        guard source.tracker.wishes.isOn else {
            throw Complaint("Nobody's shows are tracked here.", advice: ["\(code: "TRACKER=on") begins it."])
        }
        let admin = TrackerDesk(source: source, call: call)
        switch call.verb {
        case "conflicts": return try await admin.conflicts()
        case "map": return .report(try await admin.map())
        case "unmap": return .report(try await admin.unmap())
        case "mappings": return .pages(try await admin.mappings())
        case "log": return .pages(try await admin.log())
        case "replay": return .report(try await admin.replay())
        default: break
        }
        let list = try await TrackerList(source: source, call: call)
        switch call.verb {
        case "progress": return .pages(try await list.progress())
        case "season": return .pages(try await list.season())
        case "show": return .report(try await list.show())
        case "history": return .pages(try await list.history())
        case "stats": return .report(try await list.stats())
        case "calendar": return .pages(try await list.calendar())
        case "add": return .report(try await list.add())
        case "on": return .report(try await list.turn(true))
        case "off": return .report(try await list.turn(false))
        case "watched": return .report(try await list.watched())
        case "unwatched": return .report(try await list.unwatched())
        case "settings": return .report(try await list.settings())
        case "url": return .report(try await list.url())
        case "export": return .report(try await list.export())
        default: return .report(try await list.next())
        }
    }
}
