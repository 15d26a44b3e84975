// What is so, whoever knows it: the people, what they watch, who has a share, and what reached whom. Time here is the
// true one; `offset` is how far the program's wall clock is off.

import Domain
import Prune
import Runtime

package struct Truth: Sendable {
    static let machine = "5f2c9a0b7d4e4e6bb1a3c0ffee00d00d0badcafe"
    /// Noon of a Thursday in winter.
    static let beginning = Instant(seconds: 1_767_268_800)

    let plan: WorldPlan
    let spells: [Spell]
    var now = Self.beginning
    var offset = Duration.zero
    var residents: [Resident] = []
    var nextShare = 5000
    /// Of Tautulli.
    var rows = 0
    var newestRow: Instant?
    var happenings = Agenda<Happening>()
    var errands = Agenda<Errand>()
    var areFaultsOver = false
    var stopFile = false
    /// An admin was told that it is stopped.
    var isStopped = false
    var released: Int?
    var letters: [Letter] = []
    var removals: [Removal] = []
    /// True times at which a look could be believed, and what lies between those near enough to one another.
    var looks: [Instant] = []
    var seen: [Span] = []
    var offsets: [(from: Instant, offset: Duration)] = []
    var isInstalled = false
    var isDry = false
    /// By spell: what was true when it began.
    var frozenPeople: [Int: [Person]] = [:]
    var frozenHistory: [Int: HistoryPulse] = [:]
    var frozenPlex: [Int: [Int: LastPlay]] = [:]
    var lostRows: [Int: Int] = [:]

    var violations: [String] = []
    var keepsTrace: Bool
    var trace: [String] = []
    package var tally = Tally()

    var wall: Instant { now + offset }
    var wishes: PruneWishes { plan.wishes }

    enum Happening: Sendable {
        case starts(Int64)
        case ends(Int64)
        case invited
        case accepts(Int64)
        case leaves(Int64)
        case returns(Int64)
        /// The owner gives them another share by hand.
        case resharing(Int64)
    }

    /// What the driver does.
    package enum Errand: Sendable {
        case scan(Int), look(Int), arrivals(Int)
        case admin
        case here(Int64), pause(Int64), unpause(Int64)
        case jump(Duration)
        case outage(Duration)
        case restart
        case stopFile(Bool)
        case endOfDryRun
    }

    /// For a reader who has to know that things happened at all.
    package struct Tally: Sendable, Hashable {
        package var wholeLooks = 0, doubtedLooks = 0, warnings = 0, reminders = 0, removals = 0, welcomes = 0,
            crashes = 0
        package var approvals = 0, invitations = 0, heres = 0, pauses = 0, holds = 0, badAnswers = 0, badActs = 0
        package var breakers = 0, calls = 0, tasks = 0, meanwhile = 0

        package init() {}

        package static func + (a: Tally, b: Tally) -> Tally {
            var sum = a
            sum.wholeLooks += b.wholeLooks
            sum.doubtedLooks += b.doubtedLooks
            sum.warnings += b.warnings
            sum.reminders += b.reminders
            sum.removals += b.removals
            sum.welcomes += b.welcomes
            sum.crashes += b.crashes
            sum.approvals += b.approvals
            sum.invitations += b.invitations
            sum.heres += b.heres
            sum.pauses += b.pauses
            sum.holds += b.holds
            sum.badAnswers += b.badAnswers
            sum.badActs += b.badActs
            sum.breakers += b.breakers
            sum.calls += b.calls
            sum.tasks += b.tasks
            sum.meanwhile += b.meanwhile
            return sum
        }
    }

    init(_ plan: WorldPlan, keepsTrace: Bool) {
        self.plan = plan
        self.keepsTrace = keepsTrace
        spells = plan.spells(from: Self.beginning)
        populate()
    }

    mutating func note(_ words: @autoclosure () -> String) {
        guard keepsTrace else { return }
        let passed = (now - Self.beginning).milliseconds / 1000
        let (days, rest) = (passed / 86400, passed % 86400)
        let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        let shift = offset == .zero ? "" : " [clock \(offset.milliseconds / 3_600_000) h]"
        trace.append("day \(days) \(clock.joined(separator: ":"))\(shift)  \(words())")
    }

    mutating func violated(_ words: String) {
        violations.append(words)
        note("!! \(words)")
    }

    func index(_ person: Int64) -> Int { Int(person) - 1 }

    subscript(_ person: Int64) -> Resident {
        get { residents[index(person)] }
        set { residents[index(person)] = newValue }
    }
}

/// Things in the order of their time; of equal ones the first that was put in.
struct Agenda<Entry: Sendable>: Sendable {
    private var heap: [(at: Instant, number: Int, entry: Entry)] = []
    private var count = 0

    var next: Instant? { heap.first?.at }

    mutating func add(_ at: Instant, _ entry: Entry) {
        heap.append((at, count, entry))
        count += 1
        var child = heap.count - 1
        while child > 0, precedes(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func take() -> (at: Instant, entry: Entry)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            var parent = 0
            while true {
                var least = parent
                for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(child, least) {
                    least = child
                }
                if least == parent { break }
                heap.swapAt(parent, least)
                parent = least
            }
        }
        return (first.at, first.entry)
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool { (heap[a].at, heap[a].number) < (heap[b].at, heap[b].number) }
}
