// The one message that is kept true: what to do with it next. Edited only when something changed, posted anew only when it
// is gone, and what stands in the way is said once, not every minute.

package import Domain

package struct StatusMessageRules: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        case nothing
        case post
        case edit(message: UInt64)
    }

    package enum Refusal: Hashable, Sendable {
        /// The message is not there any more.
        case gone
        /// A permission is missing, or the channel is: somebody has to act.
        case forbidden(String)
        /// It may go better next time.
        case passing(String)
    }

    /// Nil: there is none yet, or it was deleted.
    package private(set) var message: UInt64?
    private var shown: Report?
    private var told: Set<String> = []
    private var failures = 0
    private var turnsToSkip = 0

    package init(message: UInt64?) { self.message = message }

    /// At most so many turns are left out while it goes wrong.
    package static let mostSkipped = 30

    package mutating func next(showing report: Report) -> Step {
        if turnsToSkip > 0 {
            turnsToSkip -= 1
            return .nothing
        }
        guard let message else { return .post }
        return report == shown ? .nothing : .edit(message: message)
    }

    package mutating func wasShown(_ report: Report, in message: UInt64) {
        self.message = message
        shown = report
        failures = 0
    }

    /// What to tell the admins; nil where they know already, or nothing is to be done.
    package mutating func wasRefused(_ refusal: Refusal) -> String? {
        switch refusal {
        case .gone:
            // Gone twice in a row is no deleted message: do not post every turn.
            message = nil
            shown = nil
            failures += 1
            if failures > 1 { skip() }
            return nil
        case .passing:
            failures += 1
            skip()
            return nil
        case .forbidden(let why):
            failures += 1
            skip()
            return told.insert(why).inserted ? why : nil
        }
    }

    /// 1, 3, 7, 15 and then 30 turns.
    private mutating func skip() {
        turnsToSkip = min(Self.mostSkipped, (1 << min(failures, 5)) - 1)
    }
}
