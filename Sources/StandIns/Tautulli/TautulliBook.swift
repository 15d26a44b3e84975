// What Tautulli itself keeps: the history, and the people with its settings for each. It is written from the world's
// plays as they come, and stays when the world forgets (sheet §3 What is never logged, §4).

import Runtime

struct TautulliBook: Sendable {
    struct User: Sendable {
        let row: Int
        var person: HouseholdWorld.Person
        var isActive: Bool
        var friendlyName: String?
        var notifies = true
        var keepsHistory = true
        var allowsGuest = false
        var isDeleted = false

        /// Managed users have none at plex.tv; their title stands in.
        var username: String { person.username.isEmpty ? person.title : person.username }
        var shownName: String {
            let names = [friendlyName, person.friendlyName, username]
            return names.compactMap { $0 }.first { !$0.isEmpty } ?? username
        }
    }

    private(set) var rows: [TautulliRow] = []
    private(set) var users: [User] = []
    private var places: [Int: Int] = [:]
    private var seen: Set<Int> = []
    private var latest: [Sitting: Int] = [:]

    /// Who played what, for the grouping of sittings.
    private struct Sitting: Hashable {
        var user: Int
        var ratingKey: Int
    }

    func user(_ id: Int) -> User? { places[id].map { users[$0] } }

    /// True when somebody by this id is known; `change` is then done.
    @discardableResult
    mutating func changeUser(_ id: Int, _ change: (inout User) -> Void) -> Bool {
        guard let index = places[id] else { return false }
        change(&users[index])
        return true
    }

    /// What plex.tv tells: friends who have accepted, the Home and the owner. Who is not listed any more stays, inactive.
    mutating func refreshUsers(_ world: HouseholdWorld) {
        for index in users.indices { users[index].isActive = false }
        for person in world.people where person.isOwner || person.acceptedAt != nil {
            let isActive = person.isOwner || person.shareID != nil
            let isKnown = changeUser(person.id) { user in
                user.person = person
                user.isActive = isActive
            }
            // Row 1 is Local's.
            if isKnown { continue }
            places[person.id] = users.count
            users.append(User(row: users.count + 2, person: person, isActive: isActive))
        }
    }

    /// Writes down what has ended since the last look.
    mutating func log(_ world: HouseholdWorld, watchedPercent: Int) {
        // Plays are only ever added.
        guard world.plays.count != seen.count else { return }
        for play in world.plays where seen.insert(play.id).inserted {
            if let row = row(of: play, in: world, watchedPercent: watchedPercent) { rows.append(row) }
        }
    }

    private mutating func row(
        of play: HouseholdWorld.Play, in world: HouseholdWorld, watchedPercent: Int
    ) -> TautulliRow? {
        guard let person = user(play.person), person.keepsHistory else { return nil }
        let paused = Int(play.paused.milliseconds / 1000)
        let played = Int(play.stopped.seconds - play.started.seconds) - paused
        switch play.snapshot.kind {
        case .movie, .episode: if played < 120 { return nil }
        case .track: if played < 15, play.snapshot.milliseconds >= 30_000 { return nil }
        case .show, .season, .artist, .album: return nil
        }
        let sitting = Sitting(user: play.person, ratingKey: play.ratingKey)
        var reference = play.id
        if let last = latest[sitting], rows.indices.contains(last) {
            let earlier = rows[last]
            // Gone on with, not begun again.
            if earlier.percent < watchedPercent, earlier.percent <= play.percent { reference = earlier.reference }
        }
        latest[sitting] = rows.count
        return TautulliRow(
            id: play.id, reference: reference, userID: play.person, username: person.username,
            started: Int(play.started.seconds), stopped: Int(play.stopped.seconds), paused: paused,
            item: TautulliSubject(play.snapshot, in: world), percent: play.percent, device: play.device,
            isLocal: play.isLocal, decision: play.decision)
    }

    mutating func deleteRows(where isDeleted: (TautulliRow) -> Bool) {
        rows.removeAll(where: isDeleted)
        latest = [:]
        for (index, row) in rows.enumerated() {
            latest[Sitting(user: row.userID, ratingKey: row.item.item.ratingKey)] = index
        }
    }
}
