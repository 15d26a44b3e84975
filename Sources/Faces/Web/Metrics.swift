// The Prometheus text format 0.0.4. Numbers are read from their owners when somebody asks, so nothing is counted twice
// and no room has to know that metrics exist.

package struct MetricFamily: Sendable, Equatable {
    package enum Kind: String, Sendable { case counter, gauge, histogram }

    package struct Sample: Sendable, Equatable {
        /// Of a histogram: "_bucket", "_sum", "_count".
        package var suffix = ""
        package let labels: [(name: String, value: String)]
        package let value: Double

        package static func == (a: Sample, b: Sample) -> Bool {
            a.suffix == b.suffix && a.value == b.value && a.labels.elementsEqual(b.labels, by: ==)
        }
    }

    package let name: String
    package let help: String
    package let kind: Kind
    package private(set) var samples: [Sample] = []

    /// `name` without the prefix, with its base unit: "job_last_run_timestamp_seconds".
    package init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = "autoplex_" + name
        self.kind = kind
        self.help = help
    }

    package init(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        self.init(name, kind, help)
        add(value)
    }

    package mutating func add(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
        samples.append(Sample(labels: labels.map { (name: $0.key, value: $0.value) }, value: value))
    }

    package mutating func add(_ tally: HistogramTally, _ labels: KeyValuePairs<String, String> = [:]) {
        let labels = labels.map { (name: $0.key, value: $0.value) }
        var count = 0
        for (bound, some) in zip(HistogramTally.bounds + [.infinity], tally.counts) {
            count += some
            samples.append(
                Sample(
                    suffix: "_bucket", labels: labels + [("le", bound.prometheusText)], value: Double(count)))
        }
        samples.append(Sample(suffix: "_sum", labels: labels, value: tally.sum))
        samples.append(Sample(suffix: "_count", labels: labels, value: Double(count)))
    }
}

/// How long something took, how often. From what a local network does at once to what a model thinks about.
package struct HistogramTally: Hashable, Sendable {
    /// In seconds.
    package static let bounds = [0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    /// Each on its own, the last one beyond all bounds.
    fileprivate var counts = [Int](repeating: 0, count: bounds.count + 1)
    fileprivate var sum = 0.0

    package init() {}

    package mutating func note(_ seconds: Double) {
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += seconds
    }
}

extension Sequence where Element == MetricFamily {
    package func prometheusText() -> String {
        var text = ""
        for family in self where !family.samples.isEmpty {
            text += "# HELP \(family.name) \(family.help.escapedForPrometheus(quotes: false))\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                let labels = sample.labels
                    .map { "\($0.name)=\"\($0.value.escapedForPrometheus(quotes: true))\"" }
                    .joined(separator: ",")
                text +=
                    "\(family.name)\(sample.suffix)\(labels.isEmpty ? "" : "{\(labels)}") \(sample.value.prometheusText)\n"
            }
        }
        return text
    }
}

extension Double {
    fileprivate var prometheusText: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Inf" : "+Inf" }
        if self == rounded(), abs(self) < 1e15 { return "\(Int64(self))" }
        return "\(self)"
    }
}

extension String {
    fileprivate func escapedForPrometheus(quotes: Bool) -> String {
        var escaped = ""
        for character in unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
