// Who answers the tracker's question which show it is.

package import Bot
import Domain
import Tracker

package enum TrackerHandlers {
    package static func handlers(_ source: Configured<TrackerSource>) -> [CardHandler] {
        [
            CardHandler(TrackerCards.conflictKind, for: .level(.admin), recorded: true, looks: ["search"]) { decision in
                guard let id = Int64(decision.subject) else {
                    throw Complaint("This card is not whole: \(code: "tracker conflicts") shows how things stand.")
                }
                let answer = try await source.get().tracker.answer(id, decision.choice.value, by: decision.by.actor)
                // What was not done may be asked again: the card stays.
                return answer.isDone ? .replaced(answer.report) : .note(answer.report)
            }
        ]
    }
}
