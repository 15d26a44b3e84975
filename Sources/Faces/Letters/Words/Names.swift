// How people are called towards others: as the owner wants it, and never by an address.

internal import Newsletter

struct Names: Sendable {
    private let policy: NamesPolicy
    private var shown: [Int64: String] = [:]

    static let nameless = "Somebody"

    init(_ policy: NamesPolicy, of issue: IssueFacts) {
        self.policy = policy
        guard policy != .nobody else { return }
        var people = issue.people.map(\.person) + issue.shared.flatMap(\.people) + issue.quiet
        people += issue.network.people + issue.race.runners.map(\.person)
        var names: [Int64: String] = [:]
        // A hit is shared by hundreds, most of whom share others too: each is looked at once.
        for person in people where person.id != 0 && names[person.id] == nil {
            if let name = person.name { names[person.id] = Self.withoutAddress(name) }
        }
        let firsts = policy == .firstNames ? names.values.map { $0.split(separator: " ").first ?? "" } : []
        let bearers = Dictionary(firsts.map { ($0, 1) }, uniquingKeysWith: +)
        var taken: Set<String> = []
        // By id, so that the same people are called the same in every letter.
        for (id, name) in names.sorted(by: { $0.key < $1.key }) {
            var short = Self.short(name, policy, bearers)
            var number = 2
            let wish = short
            while !taken.insert(short).inserted {
                short = "\(wish) \(number)"
                number += 1
            }
            shown[id] = short
        }
    }

    var areShown: Bool { policy != .nobody }

    /// Nil: not to be named.
    subscript(person: FactsPerson) -> String? {
        guard policy != .nobody, let name = person.name else { return nil }
        if let known = shown[person.id] { return known }
        return Self.short(Self.withoutAddress(name), policy, [:])
    }

    func orSomebody(_ person: FactsPerson) -> String { self[person] ?? Self.nameless }

    /// "Ann, Bo and 2 others"; "4 people" where nobody may be named.
    func list(_ people: [FactsPerson], most: Int, you: Int64?) -> String {
        var named = people.filter { $0.id == you && you != nil }.map { _ in "You" }
        named += people.filter { $0.id != you || you == nil }.compactMap { self[$0] }
        guard !named.isEmpty else { return Numbers.count(people.count, "person", "people") }
        let first = named.prefix(most)
        let rest = people.count - first.count
        if rest > 0 { return first.joined(separator: ", ") + " and \(Numbers.count(rest, "other"))" }
        guard first.count > 1, let last = first.last else { return first.joined() }
        return first.dropLast().joined(separator: ", ") + " and \(last)"
    }

    /// What somebody is greeted by; nil where their name is none.
    static func first(_ name: String?) -> String? {
        guard let name, let word = withoutAddress(name).split(separator: " ").first else { return nil }
        return Shown.text(String(word), most: Shown.mostName)
    }

    /// `bearers`: how many people begin with which name, this one among them.
    private static func short(_ name: String, _ policy: NamesPolicy, _ bearers: [Substring: Int]) -> String {
        let words = name.split(separator: " ").filter { !$0.hasPrefix("(") }
        guard let first = words.first else { return Shown.text(name, most: Shown.mostName, orElse: nameless) }
        switch policy {
        case .names, .nobody: return Shown.text(name, most: Shown.mostName, orElse: nameless)
        case .firstNames:
            let own = name.split(separator: " ").first == first ? 1 : 0
            let isShared = bearers[first, default: 0] > own
            let last = isShared && words.count > 1 ? words.last?.first.map { " \($0)." } ?? "" : ""
            return Shown.text(first + last, most: Shown.mostName, orElse: nameless)
        case .initials:
            let letters = words.prefix(3).compactMap { $0.first { $0.isLetter || $0.isNumber } ?? $0.first }
            return Shown.text(letters.map { $0.uppercased() }.joined(), most: Shown.mostName, orElse: nameless)
        }
    }

    /// Some servers know people by their address, which is nobody else's business.
    private static func withoutAddress(_ name: String) -> String {
        let name = Shown.onOneLine(name)
        guard let at = name.firstIndex(of: "@"), at != name.startIndex, name[at...].contains("."),
            !name[..<at].contains(" ")
        else { return name }
        return String(name[..<at])
    }
}
