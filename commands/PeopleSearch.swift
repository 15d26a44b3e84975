// Somebody by name, for admins: exact first, and a question back rather than a guess.

import Bot
import Domain
import People
import Runtime

enum PeopleSearch {
    static func person(named typed: String, on service: PeopleService, in people: People) async throws -> Person {
        let all = try await people.all().filter { service == .plex ? $0.plexID != nil : $0.jellyfinID != nil }
        let wanted = Likeness.folded(typed)
        let exact = all.filter { names($0, service).contains { Likeness.folded($0) == wanted } }
        if exact.count == 1 { return exact[0] }
        if exact.count > 1 {
            let names = exact.map { "\(strong: $0.name) (\($0.username))" as Prose }.joined(by: ", ")
            throw Complaint("More than one person is called so: \(names).", advice: ["Use the username."])
        }
        var advice: [Prose] = []
        if let meant = Likeness.closest(
            to: typed, among: all.flatMap { names($0, service).prefix(2) }.filter { !$0.isEmpty })
        {
            advice.append("Did you mean \(strong: meant)?")
        }
        if all.isEmpty { advice.append("I do not know anybody there yet: \(code: "jobs run people") looks.") }
        throw Complaint("I know nobody called “\(typed)” on \(service == .plex ? "Plex" : "Jellyfin").", advice: advice)
    }

    /// What they go by there; an address is never proposed.
    private static func names(_ person: Person, _ service: PeopleService) -> [String] {
        service == .plex ? [person.name, person.username, person.email] : [person.jellyfinName]
    }
}
