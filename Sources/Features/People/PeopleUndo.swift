// Taking back what the Ledger says of people: a link, a joining of two accounts, a parting. What was changed since is
// not touched: then the sentence says so.

package import Domain
internal import FoundationEssentials
internal import Runtime
package import Storage

package struct PeopleUndo: Sendable {
    static let link = "people.link"
    static let join = "people.join"
    static let part = "people.part"

    /// Which entries of the Ledger it can take back.
    package static let actions = [link, join, part]

    private struct Evidence: Decodable {
        var discord: String?
        /// The row of Jellyfin alone.
        var person: Int64?
        var at: Int64?
    }

    private let people: People

    package init(_ people: People) { self.people = people }

    /// Nil: it can be taken back.
    package func obstacle(of entry: LedgerEntry) async throws(StorageError) -> Prose? {
        guard let person = Self.person(entry) else { return "It is not known any more whom it was about." }
        let evidence = Self.evidence(entry)
        switch entry.action {
        case Self.link:
            guard let discord = evidence.discord.flatMap({ UInt64($0) }), let at = evidence.at else {
                return "It was written down before links could be taken back here."
            }
            guard let link = try await people.link(of: discord), link.at.milliseconds == at else {
                return "That link is gone, or another has taken its place."
            }
            return nil
        case Self.join:
            guard let join = try await people.join(of: person), join.alone == evidence.person,
                evidence.at == nil || join.at.milliseconds == evidence.at
            else { return "They are parted already." }
            return nil
        default:
            guard let alone = evidence.person else { return "It is not known any more which account it was." }
            if let join = try await people.join(of: person), join.alone == alone { return "They are one again." }
            return try await people.obstacle(merging: alone, into: person).map { "\($0.description)" }
        }
    }

    /// Nil: it can not be taken back any more.
    package func undo(_ entry: LedgerEntry, by actor: String) async throws(StorageError) -> Report? {
        guard try await obstacle(of: entry) == nil, let person = Self.person(entry) else { return nil }
        let evidence = Self.evidence(entry)
        switch entry.action {
        case Self.link:
            guard let discord = evidence.discord.flatMap({ UInt64($0) }),
                try await people.unlink(discord, by: actor)
            else { return nil }
            return Report("Unlinked", lines: ["Nobody knows any more who Discord user \(discord) is."], tone: .good)
        case Self.join:
            guard let alone = try await people.part(person, by: actor) else { return nil }
            return Report("Parted", lines: ["\(strong: alone.name) is known from Jellyfin alone again."], tone: .good)
        default:
            guard let alone = evidence.person,
                case .merged(let merged) = try await people.merge(alone, into: person, by: actor)
            else { return nil }
            return Report(
                "Merged", lines: ["\(strong: merged.jellyfinName) on Jellyfin is \(strong: merged.name) again."],
                tone: .good)
        }
    }

    private static func evidence(_ entry: LedgerEntry) -> Evidence {
        (try? JSONDecoder().decode(Evidence.self, from: Data(entry.evidence.utf8))) ?? Evidence()
    }

    private static func person(_ entry: LedgerEntry) -> Int64? {
        entry.subject.hasPrefix("person:") ? Int64(entry.subject.dropFirst("person:".count)) : nil
    }
}

extension Person {
    /// What finds them again when it is typed: usernames are one person's only.
    package var calledOnPlex: String { username.isEmpty ? name : username }
}
