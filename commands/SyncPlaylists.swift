// `!plex sync_playlists`: playlists that follow the stars. `run` is the owner's, `mine` the caller's own, `undo` takes the
// last run back.

package import Bot
import Discord
package import Domain
package import Music
import Runtime

package struct PlaylistsSource: Sendable {
    package typealias Progress = @Sendable (Report) async -> Void

    /// What is configured.
    package var wishes: [PlaylistWish]
    package var sync: @Sendable (PlaylistRequest, @escaping Progress) async throws -> [PlaylistOutcome]
    package var undo: @Sendable (PlaylistRequest, @escaping Progress) async throws -> PlaylistOutcome

    /// Whether the schedule looks after this person's too, by Discord id.
    package var keep: @Sendable (UInt64, Bool) async throws -> Void

    package init(
        wishes: [PlaylistWish],
        sync: @escaping @Sendable (PlaylistRequest, @escaping Progress) async throws -> [PlaylistOutcome],
        undo: @escaping @Sendable (PlaylistRequest, @escaping Progress) async throws -> PlaylistOutcome,
        keep: @escaping @Sendable (UInt64, Bool) async throws -> Void
    ) {
        self.keep = keep
        self.wishes = wishes
        self.sync = sync
        self.undo = undo
    }

    package init(_ playlists: Playlists) {
        self.init(
            wishes: playlists.wishes, sync: { try await playlists.sync($0, progress: $1) },
            undo: { try await playlists.undo($0, progress: $1) }, keep: { try await playlists.keep($0, $1) })
    }
}

struct SyncPlaylists: Command {
    let source: Configured<PlaylistsSource>

    var signature: Signature {
        let title = Option.text("title", "One of the playlists; all when left out", rest: true) { [source] completion in
            completion.narrowing(source.value?.wishes.map { .init($0.title) } ?? [])
        }
        let preview = Option.flag("dry-run", "Only show what would change")
        let force = Option.flag("force", "Also where most of a playlist would go")
        return Signature(
            "sync_playlists", "Brings playlists made of rated tracks up to date", aliases: ["playlists"],
            verbs: [
                Signature(
                    "run", "The server owner's playlists", options: [title, preview, force], level: .admin,
                    examples: [
                        .init("sync_playlists", "adds what got its stars, removes what lost them"),
                        .init("sync_playlists --dry-run", "shows what would change"),
                        .init("sync_playlists run My Top Rated", "only that one"),
                    ]),
                Signature(
                    "mine", "The same of your own stars, for your linked Plex account",
                    options: [title, .flag("schedule", "Keep them so by themselves, or no longer"), preview, force],
                    examples: [
                        .init("sync_playlists mine", "makes or updates your own playlists"),
                        .init("sync_playlists mine --schedule", "and keeps them so, when the owner's are updated"),
                        .init("sync_playlists mine --no-schedule", "leaves them as they are"),
                    ]),
                Signature(
                    "undo", "Takes the last change of a playlist back",
                    options: [title, .flag("mine", "Of your own playlists"), preview, force],
                    examples: [
                        .init("sync_playlists undo --dry-run", "shows what would come back"),
                        .init("sync_playlists undo --mine", "takes back what mine did"),
                    ]),
                Signature(
                    "list", "Shows which playlists there are and what belongs into them",
                    examples: [.init("sync_playlists list", "names them with their stars and order")]),
            ], bareVerb: "run", isSlow: true)
    }

    func run(_ call: Call) async throws -> Answer {
        let source = try source.get()
        if call.verb == "list" { return .report(list(source)) }
        let isMine = call.verb == "mine" || call.arguments.flag("mine")
        if !isMine, call.caller.level < .admin {
            throw Complaint(
                "The owner's playlists are for admins.",
                advice: ["\(code: call.spelling("sync_playlists undo --mine")) takes back your own."])
        }
        let request = PlaylistRequest(
            isMine ? .person(discord: call.caller.id.rawValue) : .owner, title: call.arguments.text("title"),
            preview: call.arguments.flag("dry-run"), forced: call.arguments.flag("force"), actor: call.caller.actor)
        do {
            if call.verb == "undo" { return undone(try await source.undo(request, call.progress), call) }
            // Not given it changes nothing; `--no-schedule` is a no.
            let isKept = call.arguments.has("schedule") ? call.arguments.flag("schedule") : nil
            if isKept == false {
                try await source.keep(call.caller.id.rawValue, false)
                return .report(Report("Your playlists are left as they are from now on.", tone: .good))
            }
            let outcomes = try await source.sync(request, call.progress)
            guard isKept == true else { return Self.answer(outcomes, request) }
            // Only now: without a link there is nothing to keep.
            try await source.keep(call.caller.id.rawValue, true)
            return Self.answer(outcomes, request, adding: "They are kept up to date by themselves from now on.")
        } catch {
            throw complaint(error, call)
        }
    }

    private func complaint(_ error: any Error, _ call: Call) -> any Error {
        guard let sentence = PlaylistTrouble.sentence(for: error) else { return error }
        var advice: [Prose] = []
        switch error as? PlaylistTrouble {
        case .notLinked, .rejectedLink: advice.append("\(code: call.spelling("link")) links it.")
        case .noSuchWish: advice.append("\(code: call.spelling("sync_playlists list")) names them.")
        default: break
        }
        return Complaint("\(sentence).", advice: advice)
    }

    private func list(_ source: PlaylistsSource) -> Report {
        if source.wishes.isEmpty {
            return Report(
                "There are no playlists.", lines: ["\(code: "PLAYLISTS") in the settings says which there should be."])
        }
        return Report("Playlists", fields: source.wishes.map { Report.Field("\($0.title)", "\($0.words)") })
    }

    private func undone(_ outcome: PlaylistOutcome, _ call: Call) -> Answer {
        var pages = outcome.pages
        if outcome.changedSomething {
            let how = call.spelling("jobs pause playlists")
            pages[0].lines.append("The next run brings it up to date again; \(code: how) keeps the schedule from it.")
        }
        return .pages(pages)
    }

    // MARK: Asking first

    static let cardKind = "playlists.force"

    private static func answer(
        _ outcomes: [PlaylistOutcome], _ request: PlaylistRequest, adding line: Prose? = nil
    ) -> Answer {
        func with(_ pages: [Report]) -> [Report] {
            var pages = pages
            if let line, !pages.isEmpty { pages[0].lines.append(line) }
            return pages
        }
        let asked = outcomes.filter { $0.objection != nil && $0.mode == .real }
        if asked.count == 1 {
            let report = with([outcomes.count == 1 ? asked[0].report : overview(outcomes)])[0]
            return .card(
                .confirmation(
                    of: report, kind: cardKind, subject: "\(request.whose.account)\n\(asked[0].title)",
                    act: "Remove \(asked[0].planned.removals.count) tracks"))
        }
        if outcomes.count == 1 { return .pages(with(outcomes[0].pages)) }
        return .pages(with([overview(outcomes)] + outcomes.filter { !$0.isNothing }.flatMap(\.pages)))
    }

    private static func overview(_ outcomes: [PlaylistOutcome]) -> Report {
        let isBad = outcomes.contains { $0.stopped != nil }
        let isAsked = outcomes.contains { $0.objection != nil }
        return Report(
            "Playlists", fields: outcomes.map { Report.Field("\($0.title)", $0.line) },
            tone: isBad ? .bad : isAsked ? .warning : .good)
    }
}

extension CardHandler {
    /// The button below a change that would take most of a playlist away.
    package static func playlists(_ source: Configured<PlaylistsSource>) -> CardHandler {
        .confirmation(SyncPlaylists.cardKind, recorded: true) { decision in
            let halves = decision.subject.split(separator: "\n", maxSplits: 1).map(String.init)
            guard halves.count == 2, let whose = PlaylistRequest.Whose(account: halves[0]) else {
                throw Complaint("This card is from another time. Give the command again.")
            }
            let request = PlaylistRequest(whose, title: halves[1], forced: true, actor: decision.by.actor)
            do {
                let outcomes = try await source.get().sync(request, decision.progress)
                return outcomes.first?.report ?? Report("There was nothing to do.")
            } catch {
                guard let sentence = PlaylistTrouble.sentence(for: error) else { throw error }
                throw Complaint("\(sentence).")
            }
        }
    }
}
