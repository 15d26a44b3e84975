// What the owner set about sending.

internal import Runtime

package struct SendingWishes: Sendable, Hashable {
    /// What becomes of an issue in whose time nothing happened.
    package enum Quiet: String, Hashable, Sendable, CaseIterable {
        case skip, send
    }

    package var wantsApproval: Bool
    package var quiet: Quiet
    /// Between two letters.
    package var pace: Duration
    /// In any 24 hours; nil: no limit of ours.
    package var mostPerDay: Int?

    package init(
        wantsApproval: Bool = false, quiet: Quiet = .skip, pace: Duration = .seconds(5), mostPerDay: Int? = 400
    ) {
        self.wantsApproval = wantsApproval
        self.quiet = quiet
        self.pace = pace
        self.mostPerDay = mostPerDay
    }
}
