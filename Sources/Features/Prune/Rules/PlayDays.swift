// On which days each account played: all that is left of millions of plays once they went by.

package import Domain
internal import Runtime

package struct PlayDays: Sendable {
    /// Days since 1970 in UTC, as they came.
    private var days: [Int: [Int32]] = [:]

    package init() {}

    package mutating func add(_ plays: [Play]) {
        for play in plays { add(account: play.account, day: Int(play.started.seconds / 86_400)) }
    }

    package mutating func add(account: Int, day: Int) {
        let day = Int32(clamping: day)
        // A history comes in its order, so that most plays of a day stand together.
        if days[account]?.last != day { days[account, default: []].append(day) }
    }

    /// In order, each once.
    package func days(of account: Int) -> [Day] {
        Set(days[account] ?? []).sorted().map { Day(number: Int($0)) }
    }
}
