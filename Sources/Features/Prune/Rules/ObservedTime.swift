// The time in which everything was seen good: the only time that counts against anybody. Time before the installation,
// outages of server, Tautulli or Autoplex and jumps of the clock are not in it, because nobody looked and saw well then.

package import Runtime

/// From one moment to another; nothing where the end does not lie behind the beginning.
package struct Span: Hashable, Sendable {
    package var from: Instant
    package var to: Instant

    package init(_ from: Instant, _ to: Instant) {
        self.from = from
        self.to = max(from, to)
    }

    package var length: Duration { to - from }
}

package struct ObservedTime: Hashable, Sendable {
    /// In order, without overlap.
    package let spans: [Span]
    /// What the spans before each one amount to.
    private let before: [Duration]

    /// Spans may overlap, as after a clock that went back: what is seen twice counts once.
    package init(_ spans: [Span]) {
        var merged: [Span] = []
        for span in spans.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) where span.length > .zero {
            if let last = merged.last, span.from <= last.to {
                merged[merged.count - 1].to = max(last.to, span.to)
            } else {
                merged.append(span)
            }
        }
        self.spans = merged
        var sum = Duration.zero
        before = merged.map { span in
            defer { sum += span.length }
            return sum
        }
    }

    /// How much of the time from one moment to the other was observed.
    package func length(from: Instant, to: Instant) -> Duration {
        to > from ? upTo(to) - upTo(from) : .zero
    }

    /// The same without what lies in `pauses`.
    package func length(from: Instant, to: Instant, without pauses: ObservedTime) -> Duration {
        let all = length(from: from, to: to)
        if all == .zero || pauses.spans.isEmpty { return all }
        return pauses.spans.reduce(all) { rest, pause in
            rest - length(from: max(from, pause.from), to: min(to, pause.to))
        }
    }

    private func upTo(_ moment: Instant) -> Duration {
        // The number of spans that begin before it.
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].from < moment { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return .zero }
        let span = spans[low - 1]
        return before[low - 1] + (min(moment, span.to) - span.from)
    }
}

/// How the newest span goes on with another good look.
package enum Observation {
    package enum Step: Hashable, Sendable {
        /// The newest span reaches until here now.
        case prolongs
        case begins
        /// Nothing has passed since.
        case stays
    }

    /// `jump`: the wall clock did something else than time did since the last look.
    package static func step(newest: Span?, now: Instant, tolerance: Duration, jump: Bool) -> Step {
        guard let newest else { return .begins }
        // What lies between nobody saw: the machine slept, the clock was set, or the looks failed.
        if jump || now < newest.from || now - newest.to > tolerance { return .begins }
        // Seen already: by another's look, or before the clock went back.
        return now <= newest.to ? .stays : .prolongs
    }
}
