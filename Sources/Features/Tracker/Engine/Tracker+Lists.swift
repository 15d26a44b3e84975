// What people do with their own lists: shows they follow or not, and what they saw themselves.

internal import Domain
package import Runtime
internal import Storage

extension Tracker {
    /// On the person's list from now on, and what of it was passed over is marked.
    package func add(_ show: KnownShow, for person: Int64) async throws -> Int {
        _ = try await viewers.join(person)
        try await viewers.follow(person, show: show.id, isOn: true)
        let before = try await marks.marks(of: person, show: show.id).count
        _ = try await logBook.replay(.notAdded, person: person, show: show.id)
        try await work()
        return try await marks.marks(of: person, show: show.id).count - before
    }

    package func turn(_ show: KnownShow, _ isOn: Bool, for person: Int64) async throws {
        _ = try await viewers.join(person)
        try await viewers.follow(person, show: show.id, isOn: isOn)
    }

    /// True: they were not tracked before. What of theirs was passed over is looked at anew.
    package func join(_ person: Int64) async throws -> Bool {
        guard try await viewers.join(person) else { return false }
        if try await logBook.replay(.notListed, person: person) > 0 { try await work() }
        return true
    }

    package func set(_ person: Int64, autoAdd: Bool?, autoWatch: Bool?) async throws -> TrackedPerson {
        _ = try await join(person)
        try await viewers.set(person, autoAdd: autoAdd, autoWatch: autoWatch)
        return try await settings(of: person)
    }

    /// With what the settings say where the person said nothing.
    package func settings(of person: Int64) async throws -> TrackedPerson {
        var known = try await viewers.one(person) ?? TrackedPerson(person: person)
        known.autoAdd = known.autoAdd ?? wishes.autoAdd
        known.autoWatch = known.autoWatch ?? wishes.autoWatch
        return known
    }

    // MARK: By hand

    /// Nil: the show has no such episode.
    package func watched(
        _ show: KnownShow, season: Int, number: Int, at: Instant, by person: Int64
    ) async throws -> KnownEpisode? {
        guard let episode = try await episodes(of: show.id).first(where: { $0.season == season && $0.number == number })
        else { return nil }
        _ = try await viewers.join(person)
        if try await viewers.isOn(person, show: show.id) == nil {
            try await viewers.follow(person, show: show.id, isOn: true)
        }
        _ = try await marks.set(person: person, show: show.id, episode: episode.id, seenAt: at)
        return episode
    }

    package func unwatched(
        _ show: KnownShow, season: Int, number: Int, by person: Int64
    ) async throws -> KnownEpisode? {
        guard let episode = try await episodes(of: show.id).first(where: { $0.season == season && $0.number == number })
        else { return nil }
        try await marks.unwatch(person: person, show: show.id, episode: episode.id, until: clock.now)
        return episode
    }
}
