// Who is shown to others, and under which name. Two of one name are told apart, and who does not want to be named is not.

internal import Domain

struct PeopleNames: Sendable {
    private let shown: [Int64: FactsPerson]
    private let own: [Int64: FactsPerson]
    private let byAccount: [Int: Person]

    init(_ people: [Person], unnamed: Set<Int64>, namesPeople: Bool) {
        var taken: [String: Int] = [:]
        for person in people { taken[person.name, default: 0] += 1 }
        var used: Set<String> = []
        var own: [Int64: FactsPerson] = [:]
        for person in people.sorted(by: { $0.id < $1.id }) {
            var name = person.name.isEmpty ? person.username : person.name
            if taken[person.name, default: 0] > 1, !person.username.isEmpty, person.username != name {
                name += " (\(person.username))"
            }
            var number = 2
            var tried = name.isEmpty ? "Somebody" : name
            while !used.insert(tried).inserted {
                tried = "\(name) \(number)"
                number += 1
            }
            own[person.id] = FactsPerson(id: person.id, name: tried)
        }
        self.own = own
        shown = own.mapValues { person in
            let isHidden = !namesPeople || unnamed.contains(person.id)
            return FactsPerson(id: person.id, name: isHidden ? nil : person.name)
        }
        var byAccount: [Int: Person] = [:]
        for person in people { if let id = person.plexID { byAccount[id] = person } }
        self.byAccount = byAccount
    }

    /// As themselves read it.
    func own(_ person: Person) -> FactsPerson { own[person.id] ?? FactsPerson(id: person.id, name: person.name) }
    /// As others read it.
    func shown(_ person: Person) -> FactsPerson { shown[person.id] ?? FactsPerson(id: person.id, name: nil) }

    func person(account: Int) -> Person? { byAccount[account] }
    func shown(account: Int) -> FactsPerson {
        person(account: account).map { shown($0) } ?? FactsPerson(id: 0, name: nil)
    }

    /// Who takes part: those who had access once and those only invited are no neighbours any more, or not yet.
    func isCompany(account: Int) -> Bool {
        guard account != 0, let person = byAccount[account] else { return false }
        return person.access == .member || person.access == .unknown
    }
}
