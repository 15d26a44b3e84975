// `!plex sync_playlists` and the job of that name: playlists that follow the stars. Gathers, lets the rules decide, hands
// the rest to a run (PlaylistMend); and takes a run back by the same way.

package import Domain
package import Plex
internal import PlexTV
package import Runtime
package import Storage
internal import Synchronization

package struct PlaylistRequest: Sendable {
    package enum Whose: Hashable, Sendable {
        case owner
        case person(discord: UInt64)

        package var account: String {
            switch self {
            case .owner: "owner"
            case .person(let id): "discord:\(id)"
            }
        }
        package init?(account: String) {
            if account == "owner" {
                self = .owner
            } else if account.hasPrefix("discord:"), let id = UInt64(account.dropFirst(8)) {
                self = .person(discord: id)
            } else {
                return nil
            }
        }
    }

    package var whose: Whose
    /// One of the configured ones; nil: all.
    package var title: String?
    package var isPreview: Bool
    /// Also where it looks as if something were wrong.
    package var isForced: Bool
    /// For the Ledger: "discord:123", "job:playlists".
    package var actor: String

    package init(
        _ whose: Whose, title: String? = nil, preview isPreview: Bool = false, forced isForced: Bool = false,
        actor: String
    ) {
        self.whose = whose
        self.title = title
        self.isPreview = isPreview
        self.isForced = isForced
        self.actor = actor
    }
}

package final class Playlists: Sendable {
    package typealias Progress = @Sendable (Report) async -> Void

    package let wishes: [PlaylistWish]
    let owner: Plex
    let book: PlaylistBook
    let effects: Effects
    let clock: any Clock
    let log: Log
    let pause: Duration
    let tokenOf: @Sendable (UInt64) async throws -> Secret?
    let does: @Sendable (Plex, _ machine: String) -> PlaylistEffects
    /// Accounts being worked on: two runs at once would each undo what the other computed.
    private let busy = Mutex<Set<String>>([])

    /// - Parameters:
    ///   - plex: with the owner's token
    ///   - tokenOf: a linked person's own, by Discord id
    ///   - pause: before a write that failed for a passing reason is looked at again; doubles each time
    package init(
        plex: Plex, wishes: [PlaylistWish], database: Database, effects: Effects, clock: any Clock, log: Log,
        pause: Duration = .seconds(2), tokenOf: @escaping @Sendable (UInt64) async throws -> Secret? = { _ in nil },
        does: @escaping @Sendable (Plex, String) -> PlaylistEffects = { PlaylistEffects.on($0, machine: $1) }
    ) {
        owner = plex
        self.wishes = wishes
        book = PlaylistBook(database: database)
        self.effects = effects
        self.clock = clock
        self.log = log.labelled("playlists")
        self.pause = pause
        self.tokenOf = tokenOf
        self.does = does
    }

    func plex(of account: String) async throws -> Plex {
        switch PlaylistRequest.Whose(account: account) {
        case .owner: return owner
        case .person(let id):
            do {
                // A token that could not be asked for is not the same as none.
                guard let token = try await tokenOf(id) else { throw PlaylistTrouble.notLinked }
                return owner.acting(as: token)
            } catch PlexTVError.rejectedToken {
                throw PlaylistTrouble.rejectedLink
            }
        case nil: throw PlaylistTrouble.notLinked
        }
    }

    func claim(_ account: String) throws(PlaylistTrouble) {
        guard busy.withLock({ $0.insert(account).inserted }) else { throw .underWay }
    }
    func release(_ account: String) { busy.withLock { _ = $0.remove(account) } }

    // MARK: Bringing playlists up to date

    /// One outcome for each playlist. Throws `PlaylistTrouble` or `PlexError` where nothing could be begun.
    package func sync(
        _ request: PlaylistRequest, progress: @escaping Progress = { _ in }
    ) async throws -> [PlaylistOutcome] {
        let chosen = try chosen(request.title)
        let account = request.whose.account
        let plex = try await plex(of: account)
        try claim(account)
        defer {
            release(account)
            Memory.giveBack()
        }
        do {
            return try await sync(chosen, request, plex, progress)
        } catch PlexError.rejectedToken where request.whose != .owner {
            throw PlaylistTrouble.rejectedLink
        }
    }

    private func chosen(_ title: String?) throws(PlaylistTrouble) -> [PlaylistWish] {
        if wishes.isEmpty { throw .noWishes }
        guard let title else { return wishes }
        let folded = title.lowercased()
        guard let wish = wishes.first(where: { $0.title.lowercased() == folded }) else {
            throw .noSuchWish(title, known: wishes.map(\.title))
        }
        return [wish]
    }

    private func sync(
        _ wishes: [PlaylistWish], _ request: PlaylistRequest, _ plex: Plex, _ progress: @escaping Progress
    ) async throws -> [PlaylistOutcome] {
        let sections = try await plex.sections().filter(\.isMusic)
        if sections.isEmpty { throw PlaylistTrouble.noMusic }
        let lists = try await plex.playlists()
        let machine = try await plex.identity().machineIdentifier
        // Each library is read once, for the wish that asks for the fewest stars.
        let least = wishes.map(\.least).min() ?? 10
        var read: [Int: [PlaylistSong]] = [:]
        var outcomes: [PlaylistOutcome] = []
        for wish in wishes {
            var outcome = PlaylistOutcome(
                title: wish.title, rule: wish.words, mode: request.isPreview ? .preview : .real)
            do {
                var songs: [PlaylistSong] = []
                for section in try Self.sections(of: wish, among: sections) {
                    if read[section.id] == nil {
                        read[section.id] = try await PlaylistReader.songs(atLeast: least, in: section.id, plex)
                    }
                    songs += read[section.id] ?? []
                }
                outcome = try await sync(
                    wish, PlaylistRules.wanted(songs, by: wish), request,
                    Found(plex: plex, machine: machine, lists: lists), outcome, progress)
            } catch let error as PlexError {
                // With one playlist to do there is nothing else to tell.
                if wishes.count == 1 { throw error }
                outcome.stopped = "\(error)"
            } catch let trouble as PlaylistTrouble {
                if wishes.count == 1 { throw trouble }
                outcome.stopped = "\(trouble)"
            }
            outcomes.append(outcome)
            if let why = outcome.stopped { log.warning("“\(wish.title)” is not up to date: \(why)") }
        }
        return outcomes
    }

    private static func sections(
        of wish: PlaylistWish, among sections: [PlexSection]
    ) throws(PlaylistTrouble) -> [PlexSection] {
        if wish.sections.isEmpty { return sections }
        var chosen: [PlexSection] = []
        for name in wish.sections {
            let found = sections.filter { $0.title.lowercased() == name.lowercased() }
            if found.isEmpty { throw .noSection(name, known: sections.map(\.title)) }
            chosen += found.filter { !chosen.contains($0) }
        }
        return chosen
    }

    struct Found {
        let plex: Plex
        let machine: String
        let lists: [PlexPlaylist]
    }

    private func sync(
        _ wish: PlaylistWish, _ songs: [PlaylistSong], _ request: PlaylistRequest, _ found: Found,
        _ blank: PlaylistOutcome, _ progress: @escaping Progress
    ) async throws -> PlaylistOutcome {
        var outcome = blank
        let account = request.whose.account
        let named = found.lists.filter { $0.title == wish.title }
        let playlist = try await choose(named, wish.title, account, &outcome)
        let places =
            if let playlist { try await PlaylistReader.places(of: playlist, found.plex) } else {
                [PlaylistPlace]()
            }
        let keepsOrder = wish.order == .keep
        outcome.planned = PlaylistRules.change(from: places, to: songs, keepsOrder: keepsOrder)
        outcome.size = places.count
        if playlist == nil {
            if songs.isEmpty {
                outcome.notes.append("No track has such a rating, and Plex makes no empty playlists.")
                return outcome
            }
            outcome.isCreated = request.isPreview
        }
        if outcome.planned.isEmpty { return outcome }
        outcome.objection = PlaylistRules.objection(to: outcome.planned, places: places, wanted: songs)
        if request.isPreview { return outcome }
        if outcome.objection != nil, !request.isForced { return outcome }
        outcome.objection = nil
        return try await mend(
            Goal(
                songs: songs, playlist: playlist, places: places, keepsOrder: keepsOrder, account: account,
                actor: request.actor, known: Set(named.map(\.ratingKey))), found, outcome, progress)
    }

    /// Of several with one name the one worked on before, else the oldest.
    private func choose(
        _ named: [PlexPlaylist], _ title: String, _ account: String, _ outcome: inout PlaylistOutcome
    ) async throws -> PlexPlaylist? {
        let plain = named.filter { !$0.isSmart }
        if plain.isEmpty {
            if !named.isEmpty { throw PlaylistTrouble.smart(title) }
            return nil
        }
        if named.count > plain.count {
            outcome.notes.append("There is a smart playlist of the same name too; it is left alone.")
        }
        let last = try await book.lastPlaylist(account: account, title: title)
        let oldest = plain.min { (Int($0.ratingKey) ?? .max) < (Int($1.ratingKey) ?? .max) }
        let used = plain.first { $0.ratingKey == last } ?? oldest
        if plain.count > 1, let used {
            let size = used.leafCount.map { ", with \($0) tracks" } ?? ""
            outcome.notes.append(
                "\(plain.count) playlists have this name; number \(used.ratingKey)\(size) is used, the others are left alone."
            )
        }
        return used
    }

    struct Goal {
        var songs: [PlaylistSong]
        var playlist: PlexPlaylist?
        var places: [PlaylistPlace]
        var keepsOrder: Bool
        var account: String
        var actor: String
        var known: Set<String> = []
    }

    func mend(
        _ goal: Goal, _ found: Found, _ outcome: PlaylistOutcome, _ progress: @escaping Progress
    ) async throws -> PlaylistOutcome {
        let run = try await book.open(
            account: goal.account, title: outcome.title, playlist: goal.playlist?.ratingKey,
            before: goal.playlist == nil ? nil : goal.places.map(\.key), actor: goal.actor, isUndo: outcome.isUndo)
        let door = PlaylistDoor(
            effects: effects, book: book, run: run, actor: goal.actor, reason: outcome.rule,
            undo: Self.undo(of: outcome, account: goal.account))
        let pace = PlaylistPace(title: outcome.title, clock: clock, show: progress)
        var mend = PlaylistMend(
            plex: found.plex, effects: does(found.plex, found.machine), door: door, account: goal.account,
            keepsOrder: goal.keepsOrder, clock: clock, pause: pause, songs: goal.songs, playlist: goal.playlist,
            places: goal.places, known: goal.known, outcome: outcome
        ) { done, all in await pace.tell(done, of: all) }
        try await mend.run()
        var result = mend.outcome
        result.size = mend.places.count
        try await book.close(run, after: result.stopped == nil ? mend.places.map(\.key) : nil)
        if result.changedSomething {
            log.info(
                "“\(result.title)” is brought up to date",
                [
                    "added": "\(result.added.count)", "removed": "\(result.removed.count)",
                    "moved": "\(result.moved)", "requests": "\(result.requests)", "by": goal.actor,
                ])
        }
        return result
    }
}
