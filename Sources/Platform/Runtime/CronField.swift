// One of the five fields of a crontab line: `*`, `5`, `1-5`, `*/15`, `mon,wed`, and any list of these.

struct CronField {
    /// The values a field allows.
    struct Set: Sendable, Hashable {
        private let bits: UInt64
        /// Written with a `*` in front, as `*` or `*/2`: for crontab(5) a day so written is not restricted.
        let isStarred: Bool

        init(_ values: some Sequence<Int>, isStarred: Bool) {
            bits = values.reduce(0) { $0 | 1 << UInt64($1) }
            self.isStarred = isStarred
        }

        func contains(_ value: Int) -> Bool { bits & (1 << UInt64(value)) != 0 }
    }

    let name: String
    let range: ClosedRange<Int>
    var names: [String] = []
    let example: String

    static let minute = CronField(name: "minute", range: 0...59, example: "*/15")
    static let hour = CronField(name: "hour", range: 0...23, example: "4")
    static let day = CronField(name: "day", range: 1...31, example: "1")
    static let month = CronField(
        name: "month", range: 1...12,
        names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], example: "jan-jun")
    /// 7 is Sunday too.
    static let weekday = CronField(
        name: "weekday", range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], example: "mon-fri")

    func parse(_ text: String) throws(CronError) -> Set {
        var values: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            values += try range(of: String(part), in: text)
        }
        if name == "weekday" { values = values.map { $0 % 7 } }
        return Set(values, isStarred: text.hasPrefix("*"))
    }

    private func range(of part: String, in text: String) throws(CronError) -> [Int] {
        let halves = part.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count) else { throw fault(in: text) }
        var step = 1
        if halves.count == 2 {
            guard let given = Int(halves[1]), given > 0, !halves[1].hasPrefix("+") else { throw fault(in: text) }
            step = given
        }
        if halves[0] == "*" { return Array(stride(from: range.lowerBound, through: top, by: step)) }
        let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count), let first = value(ends[0]) else { throw fault(in: text) }
        var last = first
        if ends.count == 2 {
            guard var given = value(ends[1]) else { throw fault(in: text) }
            // "fri-sun": Sunday at the end of a range is 7.
            if name == "weekday", given < first, given == 0 { given = 7 }
            guard given >= first else { throw fault(in: text) }
            last = given
        } else if halves.count == 2 {
            last = top
        }
        return Array(stride(from: first, through: last, by: step))
    }

    private var top: Int { name == "weekday" ? 6 : range.upperBound }

    private func value(_ text: Substring) -> Int? {
        if let index = names.firstIndex(of: text.lowercased()) { return index + (name == "month" ? 1 : 0) }
        guard let number = Int(text), range.contains(number), !text.hasPrefix("+") else { return nil }
        return number
    }

    private func fault(in text: String) -> CronError {
        CronError(
            description:
                "the \(name) \"\(text)\" is not understood: \(range.lowerBound) to \(range.upperBound), such as \"\(example)\""
        )
    }
}
