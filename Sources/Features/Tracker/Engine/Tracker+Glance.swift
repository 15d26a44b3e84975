// What the plays of a batch ask of the tables, read in one trip: a trip for each question costs more than its answer. What
// is there is believed for as long as a batch may wait to be written down anyway; what is not there is asked for once more,
// for a play of the same batch may have brought it.

internal import Domain
internal import Runtime
internal import Storage

struct Glance: Sendable {
    struct Whose: Hashable, Sendable {
        var account: EpisodePlay.Account
        var server: String
        var door: Int64?
    }

    struct Follower: Hashable, Sendable {
        var person: Int64
        var show: Int64
    }

    var at: Instant
    /// By the number of their row.
    var ids: [Int64: PlayIDs] = [:]
    var mappings: [Int64: ShowMapping] = [:]
    var viewers: [Int64: TrackedPerson] = [:]
    var followers: [Follower: Bool] = [:]
    /// Whose followers were read.
    var shows: Set<Int64> = []
    var people: [Whose: Int64] = [:]
}

extension Tracker {
    /// As long as the quick of a batch wait for the slow.
    static let blink = Duration.milliseconds(100)

    func look(at rows: ArraySlice<LogRow>) async throws {
        let now = clock.now
        let claims = rows.compactMap { row in
            row.play.map { play in
                let ids = glance?.ids[row.id] ?? PlayIDs(play)
                return (row.id, ids, ShowIdentity(play, ids))
            }
        }
        glance = try await database.read { db in
            var glance = Glance(at: now)
            for person in try ViewerBook.all(db) { glance.viewers[person.person] = person }
            for (row, ids, identity) in claims {
                glance.ids[row] = ids
                guard let mapping = try MappingBook.mapping(for: identity, db) else { continue }
                glance.mappings[row] = mapping
                guard glance.shows.insert(mapping.show).inserted else { continue }
                for (person, isOn) in try ViewerBook.followers(of: mapping.show, db) {
                    glance.followers[.init(person: person, show: mapping.show)] = isOn
                }
            }
            return glance
        }
    }

    private var fresh: Glance? {
        guard let glance, clock.now - glance.at <= Self.blink else { return nil }
        return glance
    }

    func mapping(of row: LogRow, _ identity: ShowIdentity) async throws -> ShowMapping? {
        if let known = fresh?.mappings[row.id] { return known }
        return try await mappings.mapping(for: identity)
    }

    func viewer(_ person: Int64) async throws -> TrackedPerson? {
        if let fresh { return fresh.viewers[person] }
        return try await viewers.one(person)
    }

    /// Nil: never followed.
    func isOn(_ person: Int64, show: Int64) async throws -> Bool? {
        if let fresh, fresh.shows.contains(show) { return fresh.followers[.init(person: person, show: show)] }
        return try await viewers.isOn(person, show: show)
    }

    /// Many plays of a batch are one person's.
    func person(_ account: EpisodePlay.Account, _ server: String, _ door: Int64?) async -> Reading<Int64> {
        let whose = Glance.Whose(account: account, server: server, door: door)
        if let known = fresh?.people[whose] { return .known(known) }
        let reading = await soon(.people, { [sources] in await sources.person(account, server, door) })
        if case .known(let person) = reading { glance?.people[whose] = person }
        return reading
    }
}
