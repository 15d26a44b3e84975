// Cards shown and decided on another face than Discord: the dashboard. Whoever decides first, here or there, has decided,
// and the message on Discord says so.

import Discord
package import Domain
package import Runtime
import Storage

/// A card that waits for the admins.
package struct OpenCard: Sendable {
    package var id: String
    package var report: Report
    package var choices: [Card.Choice]
    package var since: Instant
    package var ends: Instant?
}

extension Desk {
    package func openCards() async throws -> [OpenCard] {
        let now = book.database.clock.now
        var open: [OpenCard] = []
        for (card, since) in try await book.openForAdmins() where !card.isExpired(now) {
            guard handlers[card.kind] != nil, let (report, _) = try await book.page(0, of: card.id) else { continue }
            open.append(
                OpenCard(
                    id: card.id, report: report, choices: card.face.choices, since: since, ends: card.expiresAt))
        }
        return open
    }

    /// What the card says now, or what is answered to whoever pressed.
    package func decide(_ id: String, _ choice: String, by caller: Caller, log: Log) async throws -> Report {
        let card = try await book.card(id)
        guard let index = card?.face.choices.firstIndex(where: { $0.value == choice }) else {
            return Report("I no longer know this one.", tone: .warning)
        }
        switch try await choose(index, on: id, caller, log, { _ in }) {
        case .whisper(let report), .say(let report, _): return report
        case .nothing: return Report("Done")
        case .replace(let shown, let components):
            if let channel = card?.channel, let message = card?.message {
                do {
                    try await voice.say(Speech(report: shown, components: components), writer) { [voice] in
                        try await voice.edit(channel, message, $0)
                    }
                } catch {
                    log.warning("a card's message could not be changed", ["card": id, "why": "\(error)"])
                }
            }
            return shown
        }
    }
}
