// Which libraries of the server somebody may see. Kept as text in a column: "all", or the server's own numbers of them.

package enum Libraries: Hashable, Sendable {
    case all
    case only(Set<Int>)

    package func contains(_ section: Int) -> Bool {
        switch self {
        case .all: true
        case .only(let sections): sections.contains(section)
        }
    }

    /// What is in both.
    package func intersection(_ other: Libraries) -> Libraries {
        switch (self, other) {
        case (.all, _): other
        case (_, .all): self
        case (.only(let some), .only(let others)): .only(some.intersection(others))
        }
    }
}

extension Libraries: LosslessStringConvertible {
    package var description: String {
        switch self {
        case .all: "all"
        case .only(let sections): sections.sorted().map { "\($0)" }.joined(separator: ",")
        }
    }

    package init?(_ text: String) {
        if text == "all" {
            self = .all
            return
        }
        let numbers = text.split(separator: ",").map { Int($0) }
        guard !numbers.contains(nil) else { return nil }
        self = .only(Set(numbers.compactMap(\.self)))
    }
}
