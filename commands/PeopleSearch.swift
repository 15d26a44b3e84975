// Somebody by name, for admins: exact first, and a question back rather than a guess.

import Bot
import Domain
import People
import Runtime

enum PeopleSearch {
    static func person(named typed: String, in people: People) async throws -> Person {
        let all = try await people.all()
        let wanted = Likeness.folded(typed)
        let exact = all.filter { [$0.name, $0.username, $0.email].contains { Likeness.folded($0) == wanted } }
        if exact.count == 1 { return exact[0] }
        if exact.count > 1 {
            let names = exact.map { "\(strong: $0.name) (\($0.username))" as Prose }.joined(by: ", ")
            throw Complaint("More than one person is called so: \(names).", advice: ["Use the username."])
        }
        var advice: [Prose] = []
        if let meant = Likeness.closest(
            to: typed, among: all.flatMap { [$0.name, $0.username] }.filter { !$0.isEmpty })
        {
            advice.append("Did you mean \(strong: meant)?")
        }
        if all.isEmpty { advice.append("I do not know anybody yet: \(code: "jobs run people") looks.") }
        throw Complaint("I know nobody called “\(typed)”.", advice: advice)
    }
}
