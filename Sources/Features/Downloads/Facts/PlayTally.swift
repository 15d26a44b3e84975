// How often somebody watched a film within the window, as each source counts: some know exactly, some only that it was at
// least so often (our own ledger is younger than the film), some that it was at most so often (a start is no watch).

package import Domain

package struct PlayTally: Hashable, Sendable, Codable {
    package enum Bound: String, Hashable, Sendable, Codable {
        case exactly, atLeast, atMost
    }

    package var source: String
    package var count: Reading<Int>
    package var bound: Bound

    package init(_ source: String, _ count: Reading<Int>, _ bound: Bound = .exactly) {
        self.source = source
        self.count = count
        self.bound = bound
    }

    package var words: String {
        switch count {
        case .known(let count):
            switch bound {
            case .exactly: "\(source): \(count)"
            case .atLeast: "\(source): at least \(count)"
            // A beginning is no watch: it only bounds them.
            case .atMost: "\(source): begun \(Figures.times(count))"
            }
        case .absent: "\(source): no rows"
        case .unknown(let why): "\(source): \(why)"
        }
    }
}

package struct PlayRange: Hashable, Sendable {
    package var least: Int
    /// Nil: nobody can say.
    package var most: Int?

    /// What together they leave possible. Sources that contradict each other settle on the higher number: a source may
    /// have missed a play, none has made one up.
    package init(_ tallies: [PlayTally]) {
        least = 0
        for tally in tallies {
            guard let count = tally.count.known else { continue }
            if tally.bound != .atMost { least = max(least, count) }
            if tally.bound != .atLeast { most = min(most ?? count, count) }
        }
        most = most.map { max($0, least) }
    }
}
