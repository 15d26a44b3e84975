// An admin's word that somebody of Plex and an account on Jellyfin are one person, or are not. It needs nobody on Discord:
// who was linked to the Jellyfin account comes along, proves nothing of Plex by that, and goes back on parting. What a
// Discord user does with their own link leaves it alone.

package import Domain
internal import Runtime
package import Storage

/// Why two cannot be made one.
package enum MergeRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case nobody
    case notOfPlex(name: String)
    case notOfJellyfinAlone(name: String)
    case hasJellyfin(name: String, account: String)

    package var description: String {
        switch self {
        case .nobody: "Nobody is known by that number."
        case .notOfPlex(let name): "\(name) has no account on Plex: of the two, one is on Plex and one on Jellyfin."
        case .notOfJellyfinAlone(let name):
            "\(name) is not on Jellyfin alone: only an account that is nobody’s on Plex can be merged."
        case .hasJellyfin(let name, let account):
            "\(name) has an account on Jellyfin already, \(account): part these two first."
        }
    }
}

package enum Merging: Sendable, Equatable {
    case merged(Person)
    case refused(MergeRefusal)
}

extension People {
    /// Nil: they can be made one.
    package func obstacle(
        merging alone: Int64, into person: Int64
    ) async throws(StorageError) -> MergeRefusal? {
        try await database.read { db in try Self.obstacle(merging: alone, into: person, db) }
    }

    /// - Parameters:
    ///   - alone: who is known from Jellyfin only
    ///   - person: who has an account on Plex, and none on Jellyfin
    package func merge(
        _ alone: Int64, into person: Int64, by actor: String
    ) async throws(StorageError) -> Merging {
        let now = database.clock.now
        let merging: Merging = try await database.write { db in
            if let refusal = try Self.obstacle(merging: alone, into: person, db) { return .refused(refusal) }
            try Self.join(alone, to: person, nil, .vouched(by: actor), now, db)
            try db.run("UPDATE people_links SET person = $1, alone = $2 WHERE person = $2", person, alone)
            return try Self.person(person, db).map { .merged($0) } ?? .refused(.nobody)
        }
        if case .merged(let whole) = merging { await merged(alone, whole, actor) }
        return merging
    }

    /// Whoever joined them. Nil: they have one account only; else who is known from Jellyfin alone again.
    package func part(_ person: Int64, by actor: String) async throws(StorageError) -> Person? {
        let now = database.clock.now
        return try await database.write { db in
            guard let join = try Self.join(of: person, db) else { return nil }
            try Self.part(person, by: actor, now, db)
            return try Self.person(join.alone, db)
        }
    }

    static func obstacle(
        merging alone: Int64, into person: Int64, _ db: borrowing Session
    ) throws(StorageError) -> MergeRefusal? {
        guard let jellyfin = try self.person(alone, db), let plex = try self.person(person, db) else { return .nobody }
        if plex.plexID == nil || plex.id != person { return .notOfPlex(name: plex.name) }
        if let id = plex.jellyfinID {
            return .hasJellyfin(name: plex.name, account: plex.jellyfinName.isEmpty ? id : plex.jellyfinName)
        }
        if jellyfin.plexID != nil || jellyfin.jellyfinID == nil || jellyfin.id != alone {
            return .notOfJellyfinAlone(name: jellyfin.name)
        }
        return nil
    }
}
