// `!plex why`: what was done, for whom, by which rule, and what came of it. Reads the Ledger; admins see all of it,
// everybody else what they asked for themselves.

import Bot
import Domain
import Runtime
package import Storage

package struct WhySource: Sendable {
    package var entries: @Sendable (LedgerFilter, _ most: Int) async throws -> [LedgerEntry]

    package init(entries: @escaping @Sendable (LedgerFilter, Int) async throws -> [LedgerEntry]) {
        self.entries = entries
    }
}

struct Why: Command {
    private static let most = 60
    private static let perPage = 8

    let source: Configured<WhySource>

    let signature = Signature(
        "why", "Tells what I did, why, and what came of it",
        options: [
            .text(
                "about", "A part of its name, such as “playlist” or “Blue Harbour”; without one, the newest", rest: true
            )
        ], privacy: .privately,
        examples: [.init("why", "the newest things I did"), .init("why playlist", "what I did to playlists")])

    func run(_ call: Call) async throws -> Answer {
        let isAdmin = call.caller.level == .admin
        let filter = LedgerFilter(actor: isAdmin ? nil : call.caller.actor)
        let about = call.arguments.text("about")
        let entries = try await source.get().entries(filter, about == nil ? Self.most : 1000).filter { entry in
            guard let about else { return true }
            let wanted = Likeness.folded(about)
            return [entry.action, entry.subject, entry.summary, entry.reason, entry.actor].contains {
                Likeness.folded($0).contains(wanted)
            }
        }
        guard !entries.isEmpty else {
            let what: Prose = about.map { "Nothing about “\($0)”" } ?? "Nothing"
            return .report(
                Report(
                    "\(what) is written down\(isAdmin ? "" : " for you").",
                    lines: isAdmin ? [] : ["What others asked for, admins can see."]))
        }
        let shown = Array(entries.prefix(Self.most))
        return .pages(
            stride(from: 0, to: shown.count, by: Self.perPage).map { start in
                Report(
                    "What I did",
                    lines: shown[start..<min(start + Self.perPage, shown.count)].map { Self.line($0, call) },
                    footer: entries.count > shown.count ? "The newest \(shown.count) of \(entries.count)" : "")
            })
    }

    private static func line(_ entry: LedgerEntry, _ call: Call) -> Prose {
        let what = entry.summary.isEmpty ? "\(entry.action) \(entry.subject)" : entry.summary
        var line: Prose = "\(time: entry.at) \(strong: what), \(outcome(entry.outcome))"
        if !entry.reason.isEmpty { line += "\nBecause: \(entry.reason)" }
        line += "\nAsked by \(actor(entry.actor)), \(code: entry.action)"
        if let undo = entry.undo { line += "\nTo undo: \(code: call.spelling(undo))" }
        return line
    }

    private static func actor(_ actor: String) -> Prose {
        guard actor.hasPrefix("discord:"), let id = UInt64(actor.dropFirst("discord:".count)) else { return "\(actor)" }
        return Prose(parts: [.person(discord: id, name: actor)])
    }

    private static func outcome(_ outcome: LedgerEntry.Outcome) -> Prose {
        switch outcome {
        case .intended: "begun"
        case .done: "done"
        case .failed(let why): "failed: \(why)"
        case .refused(let why): "refused: \(why)"
        case .interrupted: "interrupted: it is not known whether it happened"
        case .dryRun: "only tried (dry run)"
        }
    }
}
