// What the Ledger's page can take back: each feature's own undo, by the visitor's name and through the same doors as when it
// is typed.

internal import Bot
internal import Dashboard
internal import Domain
internal import Downloads
internal import Jobs
internal import Music
internal import People
internal import Prune
internal import Runtime
internal import Storage
internal import Tracker

extension Application {
    func undoings(
        _ features: Features, _ prune: Prune?, _ downloads: Downloads?, _ tracker: Tracker?, _ runner: JobRunner
    ) -> [Undoing] {
        [
            undoing(features.people), features.playlists.value.map(undoing), features.enrich.value.map(undoing),
            prune.map(undoing), downloads.map(undoing), tracker.map(undoing),
            undoing(runner, Ledger(features.database)),
        ].compactMap(\.self)
    }

    private func undoing(_ people: People) -> Undoing {
        let undo = PeopleUndo(people)
        return Undoing(
            PeopleUndo.actions, obstacle: { try await undo.obstacle(of: $0) },
            undo: { entry, actor in
                guard let report = try await undo.undo(entry, by: actor) else { throw Self.overtaken }
                return (report, .done)
            })
    }

    private func undoing(_ playlists: Playlists) -> Undoing {
        Undoing(
            [Playlists.undoableActions], obstacle: { try await playlists.obstacle(undoing: $0) },
            question: { "Take back the whole run that did this: \($0.summary)?" },
            undo: { entry, actor in
                do {
                    let outcome = try await playlists.undo(entry, by: actor)
                    return (outcome.report, outcome.stopped == nil && outcome.mode == .real ? .done : .not)
                } catch {
                    guard let sentence = PlaylistTrouble.sentence(for: error) else { throw error }
                    throw Refusal("\(sentence).")
                }
            })
    }

    private func undoing(_ enrichment: Enrichment) -> Undoing {
        Undoing(
            [Enrichment.undoableAction], obstacle: { try await enrichment.obstacle(undoing: $0) },
            undo: { entry, actor in
                do {
                    let (report, isDone) = try await enrichment.undo(entry, by: actor)
                    return (report, isDone ? .done : .not)
                } catch let trouble as EnrichTrouble {
                    throw Refusal(EnrichReports.sentence(trouble.description))
                }
            })
    }

    private func undoing(_ prune: Prune) -> Undoing {
        Undoing(
            [Prune.undoableAction], obstacle: { try await prune.obstacle(undoing: $0) },
            question: { _ in "Invite them again, with the libraries and rights they had?" },
            undo: { entry, actor in
                let answer = try await prune.undo(entry, by: actor)
                return (answer.report, answer.end == .done || answer.end == .alreadySo ? .done : .not)
            })
    }

    private func undoing(_ downloads: Downloads) -> Undoing {
        Undoing(
            [Downloads.undoableAction], obstacle: { try await downloads.obstacle(undoing: $0) },
            question: { "Let hold again what held before: \($0.summary)?" },
            undo: { entry, actor in
                guard let report = try await downloads.undo(entry, by: actor) else { throw Self.overtaken }
                return (report, .done)
            })
    }

    private func undoing(_ tracker: Tracker) -> Undoing {
        Undoing(
            [Tracker.undoableAction], obstacle: { try await tracker.obstacle(undoing: $0) },
            question: { "Take this mapping back, with every mark that came by it: \($0.summary)?" },
            undo: { entry, actor in
                let answer = try await tracker.undo(entry, by: actor)
                return (answer.report, answer.isDone ? .done : .not)
            })
    }

    private func undoing(_ runner: JobRunner, _ ledger: Ledger) -> Undoing {
        let (pause, resume) = ("jobs.pause", "jobs.resume")
        @Sendable func job(_ entry: LedgerEntry) -> String { String(entry.subject.dropFirst("job:".count)) }
        return Undoing(
            [pause, resume],
            obstacle: { entry in
                guard let status = try await runner.list().first(where: { $0.name == job(entry) }) else {
                    return "There is no such job any more."
                }
                if status.isPaused == (entry.action == pause) { return nil }
                return status.isPaused ? "It is paused again." : "It runs again already."
            },
            question: { $0.action == pause ? "Let \(strong: job($0)) run again?" : "Pause \(strong: job($0))?" },
            undo: { entry, actor in
                let name = job(entry)
                let isPause = entry.action == pause
                guard try await isPause ? runner.resume(name) : runner.pause(name) else { throw Self.overtaken }
                try await ledger.append(
                    LedgerEntry(
                        at: clock.now, actor: actor, action: isPause ? resume : pause, subject: entry.subject,
                        summary: name, undo: "jobs \(isPause ? "pause" : "resume") \(name)"))
                let words: Prose = isPause ? "will run again." : "is paused until somebody lets it run again."
                return (Report("\(strong: name) \(words)", tone: .good), .done)
            })
    }

    private static var overtaken: Refusal { Refusal("It cannot be taken back any more: something changed meanwhile.") }
}
