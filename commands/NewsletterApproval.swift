// A scheduled issue that waits for an admin's word (NEWSLETTER_APPROVAL): a card in the admin channel, decided once, by
// admins only, a week later and after a restart as well.

import Bot
import Discord
package import Domain
package import Newsletter
import People

package enum NewsletterApproval {
    static let kind = "newsletter.approval"

    private enum Answer: String {
        case send, preview, skip
    }

    package static func card(_ issue: IssueFacts, _ highlights: Report, _ status: NewsletterStatus) -> Card {
        var report = highlights
        let who = status.readers.count
        report.lines.insert(
            "\(strong: "Issue \(issue.number) waits for your word.") \(who) \(who == 1 ? "person gets" : "people get") it.",
            at: 0)
        report.footer = "Until somebody presses, nobody gets it."
        return Card(
            report, kind: kind, subject: "\(issue.number)",
            choices: [
                .init("Send", value: Answer.send.rawValue, weight: .main),
                .init("Preview", value: Answer.preview.rawValue),
                .init("Skip this issue", value: Answer.skip.rawValue, weight: .danger),
            ])
    }

    /// Without an admin channel there is nowhere a card could stand.
    package static func notice(_ issue: IssueFacts) -> Report {
        Report(
            "Issue \(issue.number) of the newsletter is ready", lines: ["\(issue.period.name)"],
            footer: "newsletter preview shows it, newsletter send sends it.")
    }

    static func handler(_ source: Configured<NewsletterSource>) -> CardHandler {
        CardHandler(kind, for: .level(.admin), recorded: true, looks: [Answer.preview.rawValue]) { decision in
            let source = try source.get()
            guard let number = Int(decision.subject), let issue = try await source.issue(number) else {
                throw Complaint("There is no such issue any more.")
            }
            switch Answer(rawValue: decision.choice.value) {
            case .preview: return .note(try await preview(issue, decision, source))
            case .send: return .decided(try await send(issue, decision, source))
            case .skip: return .decided(try await skip(issue, decision, source))
            case nil: throw Complaint("I do not know that choice.")
            }
        }
    }

    private static func send(
        _ issue: IssueFacts, _ decision: Decision, _ source: NewsletterSource
    ) async throws -> Prose {
        // A rehearsal would settle the card and send nothing.
        guard !source.post.isDryRun else { throw Complaint("DRY_RUN is on: nothing is sent.") }
        let actor = decision.by.actor
        switch try await source.post.begin(issue, by: actor, isApproved: true, evenIfQuiet: true) {
        case .began(let progress):
            await source.go(actor)
            let letters = progress.waiting
            return "\(letters) \(letters == 1 ? "letter is" : "letters are") on the way, one after the other."
        case .already(let sending):
            // Ours, when the program ended between beginning and saying so.
            await source.go(actor)
            return decision.isRepeated && sending.by == actor
                ? "The letters are on the way." : "Decided elsewhere: \(sending.state.words)."
        case .awaitsApproval, .skipped, .rehearsed: throw Complaint("It could not begin: try newsletter send.")
        case .needsTest:
            throw Complaint("Before the first letter goes to people, one goes to you: newsletter test.")
        }
    }

    private static func skip(
        _ issue: IssueFacts, _ decision: Decision, _ source: NewsletterSource
    ) async throws -> Prose {
        if try await source.post.skip(issue.number, by: decision.by.actor) != nil { return "Nobody gets it." }
        guard let sending = try await source.post.book.sending(of: issue.number) else { return "" }
        return decision.isRepeated && sending.state == .skipped
            ? "Nobody gets it." : "Too late, decided elsewhere: \(sending.state.words)."
    }

    /// The presser's own letter; of an admin who has none, somebody's.
    private static func preview(
        _ issue: IssueFacts, _ decision: Decision, _ source: NewsletterSource
    ) async throws -> Report {
        var person = try await source.people.person(discord: decision.by.id.rawValue)
        if person == nil { person = try await source.post.status().readers.first }
        guard let person else { throw Complaint("Nobody gets this issue, so there is no letter to show.") }
        let preview = try await source.preview(person, .issue(issue.number))
        return try await preview.report(.issue(issue.number), for: person, toAdmin: true, source)
    }
}
