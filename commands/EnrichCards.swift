// Who answers the cards of `!plex enrich`. Writing is for admins, whoever asked.

package import Bot
import Domain
package import Music
import MusicBrainz

extension CommandList {
    package static func enrichCards(_ enrichment: Enrichment) -> [CardHandler] {
        [
            CardHandler(EnrichCard.write, for: .level(.admin)) { decision in
                try await EnrichDesk.plainly { try await write(decision, enrichment) }
            },
            CardHandler(EnrichCard.album) { decision in
                try await EnrichDesk.plainly {
                    let desk = EnrichDesk(enrichment, by: decision.by)
                    return answer(try await desk.album(key: decision.choice.value, EnrichWish(decision.subject)))
                }
            },
            CardHandler(EnrichCard.release) { decision in
                guard let release = MBID(decision.choice.value) else { return cancelled }
                return try await EnrichDesk.plainly {
                    let desk = EnrichDesk(enrichment, by: decision.by)
                    return answer(try await desk.album(key: decision.subject, .release(release)))
                }
            },
            CardHandler(EnrichCard.artist, for: .level(.admin)) { decision in
                try await EnrichDesk.plainly { try await artist(decision, enrichment) }
            },
        ]
    }

    private static let cancelled = CardAnswer.replaced(Report("Cancelled. Nothing was changed."))

    /// The next step takes the card's place.
    private static func answer(_ answer: Answer) -> CardAnswer {
        switch answer {
        case .report(let report): .replaced(report)
        case .card(let card): .next(card)
        case .pages(let pages): .replaced(pages.first ?? Report("There is nothing to show."))
        case .nothing: cancelled
        }
    }

    private static func write(_ decision: Decision, _ enrichment: Enrichment) async throws -> CardAnswer {
        guard decision.choice.value == EnrichCard.confirmed else { return cancelled }
        guard let change = SummaryChange(json: decision.subject) else {
            throw Complaint("I can no longer read this card. Please ask again.")
        }
        let written = try await enrichment.carryOut(change, by: decision.by.actor)
        let report = enrichment.reports.result(written, of: change)
        switch written {
        case .done, .alreadyThere, .dryRun, .refused: return .replaced(report)
        // The card stays open: pressing again looks first and writes what is missing.
        case .failed, .unknown: return .note(report)
        }
    }

    private static func artist(_ decision: Decision, _ enrichment: Enrichment) async throws -> CardAnswer {
        if decision.subject.isEmpty {
            return .next(
                try await EnrichDesk(enrichment, by: decision.by).confirmation(decision.choice.value))
        }
        guard decision.choice.value == EnrichCard.confirmed else { return cancelled }
        // Cut off by a crash: the runs go on by themselves, and tell the admins.
        if decision.isRepeated {
            return .replaced(Report("This goes on after a restart; the report comes to the admins.", tone: .warning))
        }
        let (name, _) = try await enrichment.size(ofArtist: decision.subject)
        let scope = RunScope(artist: decision.subject, name: name)
        let tally = try await enrichment.run(scope, by: decision.by.actor) { tally in
            await decision.progress(enrichment.reports.progress(tally))
        }
        return .replaced(enrichment.reports.report(tally))
    }
}
