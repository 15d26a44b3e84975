// Who answers prune's cards: removal, too many at once, nobody reached, numbers in doubt, and the member's own button.

package import Bot
import Discord
import Domain
import People
import Prune
import Runtime

package enum PruneHandlers {
    package static func handlers(_ source: Configured<PruneSource>) -> [CardHandler] {
        [
            answer(PruneCards.approvalKind, source) { prune, subject, choice, actor in
                guard let removal = subject.removal, let person = subject.person else { return nil }
                return switch choice {
                case "remove": try await prune.approve(removal, by: actor)
                case "ignore": try await prune.ignore(removal, by: actor)
                case "vip": try await prune.vip(person, true, by: actor)
                default: try await prune.hold(person, by: actor)
                }
            },
            answer(PruneCards.breakerKind, source) { prune, subject, choice, actor in
                guard choice == "release" else { return try await prune.stop(by: actor) }
                guard let count = subject.count else { return nil }
                return try await prune.release(count, by: actor)
            },
            answer(PruneCards.unreachableKind, source) { prune, subject, choice, actor in
                guard let person = subject.person else { return nil }
                return switch choice {
                case "told": try await prune.told(person, by: actor)
                case "vip": try await prune.vip(person, true, by: actor)
                default: try await prune.hold(person, by: actor)
                }
            },
            answer(PruneCards.acceptKind, source) { prune, _, _, actor in try await prune.accept(by: actor) },
            stillHere(source),
        ]
    }

    private static func answer(
        _ kind: String, _ source: Configured<PruneSource>,
        _ act: @escaping @Sendable (Prune, PruneCardSubject, String, String) async throws -> PruneAnswer?
    ) -> CardHandler {
        CardHandler(kind, for: .level(.admin), recorded: true) { decision in
            let prune = try source.get().prune
            guard let subject = PruneCardSubject(decision.subject),
                let answer = try await act(prune, subject, decision.choice.value, decision.by.actor)
            else { throw Complaint("This card is not whole: \(code: "prune status") shows how things stand.") }
            switch answer.end {
            case .done, .alreadySo: return .replaced(answer.report)
            // It may be asked again: the card stays.
            case .refused, .dryRun, .failed, .unclear: return .note(answer.report)
            }
        }
    }

    /// In somebody's direct messages: theirs alone to press, whoever the card has got to.
    private static func stillHere(_ source: Configured<PruneSource>) -> CardHandler {
        CardHandler(PruneNotice.hereKind, for: .level(.member)) { decision in
            let source = try source.get()
            let own = try await source.people.person(discord: decision.by.id.rawValue)
            guard let own, let subject = PruneCardSubject(decision.subject), subject.person == own.id else {
                throw Complaint("This message is not yours.")
            }
            // A button of months ago says nothing about now.
            if let standing = try await source.prune.standing(of: own.id),
                !subject.isOfLapse(from: standing.baseline.at)
            {
                return .replaced(over(standing))
            }
            return .replaced(here(try await source.prune.here(own.id, way: "discord")))
        }
    }

    private static func over(_ standing: PruneStanding) -> Report {
        var report = Report(
            "That message is void", lines: ["You have been seen since it was written, so it no longer counts."],
            tone: .good)
        if standing.counts {
            report.lines.append("As things are now, your place lasts until \(time: standing.due, .dateAndTime).")
        }
        return report
    }

    private static func here(_ answer: HereAnswer) -> Report {
        switch answer {
        case .moved(let until, let left):
            Report(
                "Good to know", lines: ["Your place lasts until \(time: until, .dateAndTime)."],
                footer: left > 0
                    ? "Playing anything keeps it too."
                    : "That was the last time it counts: play something before then.",
                tone: .good)
        case .notNeeded(let until):
            Report("You have time", lines: ["Your place lasts until \(time: until, .dateAndTime) anyway."], tone: .good)
        case .noMore(let until):
            Report(
                "Please play something",
                lines: ["You have said so as often as it counts. Your place ends \(time: until, .dateAndTime)."],
                tone: .warning)
        case .safe(let why): Report("Nothing to do", lines: ["Your place is safe: \(why)."], tone: .good)
        case .unknown: Report("You are not on this server", lines: ["There is nothing to keep."])
        }
    }
}
