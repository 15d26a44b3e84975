// Who answers when something on a card is chosen. A feature registers one handler per kind of card; the card itself is
// data, so the handler is found again after a restart.

package import Domain
package import Runtime

/// Somebody chose.
package struct Decision: Sendable {
    package var card: String
    package var kind: String
    /// What the card was about, as it was made.
    package var subject: String
    package var choice: Card.Choice
    package var by: Caller
    package var at: Instant
    /// The program ended while this was being carried out before: check what has already happened.
    package var isRepeated: Bool
    package var clock: any Clock
    package var log: Log
    package var progress: @Sendable (Report) async -> Void
}

/// What becomes of the card.
package enum CardAnswer: Sendable {
    /// It is settled and shows this instead.
    case replaced(Report)
    /// It is settled, keeps what it says, and tells who decided and what came of it.
    case decided(Prose)
    /// It is settled and the next step takes its place.
    case next(Card)
    /// It is settled and what was asked for takes its place.
    case pages([Report])
    /// It stays open; only who pressed sees this.
    case note(Report)
}

package struct CardHandler: Sendable {
    package enum Audience: Hashable, Sendable {
        /// Who called the command; admins too.
        case caller
        case level(Level)
    }

    package var kind: String
    package var audience: Audience
    /// Written into the Ledger, with who and what.
    package var isRecorded: Bool
    /// Choices that show something and decide nothing: answered with a note, while others may decide.
    package var looks: Set<String>
    package var decide: @Sendable (Decision) async throws -> CardAnswer

    package init(
        _ kind: String, for audience: Audience = .caller, recorded isRecorded: Bool = false,
        looks: Set<String> = [], decide: @escaping @Sendable (Decision) async throws -> CardAnswer
    ) {
        self.kind = kind
        self.audience = audience
        self.isRecorded = isRecorded
        self.looks = looks
        self.decide = decide
    }

    /// For `Card.confirmation`: acts, or says that nothing was done.
    package static func confirmation(
        _ kind: String, recorded isRecorded: Bool = false, act: @escaping @Sendable (Decision) async throws -> Report
    ) -> CardHandler {
        CardHandler(kind, recorded: isRecorded) { decision in
            guard decision.choice.value == Card.confirmed else {
                return .replaced(Report("Cancelled. Nothing was changed."))
            }
            return .replaced(try await act(decision))
        }
    }

    /// For cards that admins decide: once, shown on the card, recorded in the Ledger. `carryOut` returns what came of it.
    package static func approval(
        _ kind: String, level: Level = .admin, carryOut: @escaping @Sendable (Decision) async throws -> Prose
    ) -> CardHandler {
        CardHandler(kind, for: .level(level), recorded: true) { decision in
            .decided(try await carryOut(decision))
        }
    }
}

extension Card {
    static let confirmed = "yes"

    /// The two-step act: what would happen, and a button for it. `subject` says what to do; nothing waits in memory.
    package static func confirmation(
        of report: Report, kind: String, subject: String = "", act: String, weight: Weight = .danger,
        lasts: Duration = .minutes(15)
    ) -> Card {
        Card(
            report, kind: kind, subject: subject,
            choices: [
                Choice(act, value: confirmed, weight: weight), Choice("Cancel", value: "no"),
            ], lasts: lasts)
    }
}
