// A small server on paper: who is on it, what they play and when, what each service would answer, and every fault it may
// have. The engine sees it through its closures only; the journal keeps what was done to the world.

import Domain
import FoundationEssentials
import Prune
import Runtime
import Storage
import Synchronization

/// One thing done to the world.
enum Deed: Hashable, Sendable, CustomStringConvertible {
    case mail(PruneNotice.Kind, Int64)
    case message(PruneNotice.Kind, Int64, UInt64)
    case word(String)
    case remove(share: Int)
    case end(session: String)
    case invite(Int64, libraries: [Int])
    case forget(Int64)

    var description: String {
        switch self {
        case .mail(let kind, let person): "mail \(kind) to \(person)"
        case .message(let kind, let person, _): "message \(kind) to \(person)"
        case .word(let about): "word: \(about)"
        case .remove(let share): "remove share \(share)"
        case .end(let session): "end \(session)"
        case .invite(let person, _): "invite \(person)"
        case .forget(let person): "forget \(person)"
        }
    }
}

struct Down: Error, CustomStringConvertible {
    var description = "it does not answer"
}

final class Stage: Sendable {
    struct World: Sendable {
        var people: [Person] = []
        /// plex.tv account → newest logged play.
        var logged: [Int: LastPlay] = [:]
        var rows = 1000
        var own: [Int: LastPlay] = [:]
        var streams: [PruneStream] = []
        var machine = "machine"
        var links: [Int64: [UInt64]] = [:]
        var roles: [UInt64: [UInt64]] = [:]
        var stopFile: String?
        var journal: [Deed] = []
        var notices: [PruneNotice] = []
        var words: [PruneWord] = []
        // What each source answers instead.
        var peopleFault: Reading<[Person]>?
        var historyFault: Reading<HistoryPulse>?
        var ownFault: Reading<[Int: LastPlay]>?
        var streamsFault: Reading<[PruneStream]>?
        var serverFault: Reading<String>?
        var shareFault: Reading<ShareSnapshot>?
        var rolesFault: Reading<[UInt64]>?
        var linksFault: Reading<[UInt64]>?
        // What each act throws; `removeHappens`: although it throws, it happened.
        var mailError: (any Error)?
        var messageError: (any Error)?
        var tellError: (any Error)?
        var removeError: (any Error)?
        var removeHappens = false
        var removeIsIgnored = false
        var inviteError: (any Error)?
        /// Run before an answer or an act, once.
        var before: [String: @Sendable () async throws -> Void] = [:]
    }

    let folder: String
    let clock: JumpingClock
    let database: Database
    let effects: Effects
    let prune: Prune
    let wishes: PruneWishes
    private let world: Mutex<World>

    static let start = Instant(seconds: 1_767_268_800)
    static let day = Duration.days(1)

    private init(
        folder: String, clock: JumpingClock, database: Database, effects: Effects, wishes: PruneWishes, world: World
    ) {
        self.folder = folder
        self.clock = clock
        self.database = database
        self.effects = effects
        self.wishes = wishes
        self.world = Mutex(world)
        let link = Link()
        prune = Prune(
            database, effects: effects, wishes: wishes, sources: link.sources, acts: link.acts(wishes))
        link.stage.withLock { $0.value = self }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Looks are rarer than by default, so that months pass quickly.
    static func wishes(_ change: (inout PruneWishes) -> Void = { _ in }) -> PruneWishes {
        var wishes = PruneWishes(mode: .on, lookEvery: .hours(3))
        change(&wishes)
        return wishes
    }

    /// A week instead of a month, where many ways are tried.
    static let week = wishes { wishes in
        wishes.warnDays = 3
        wishes.kickDays = 6
        wishes.hereDays = 4
    }

    static func open(
        _ wishes: PruneWishes = Stage.wishes(), dry: Bool = false, members: Int = 12,
        _ body: (Stage) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/autoplex-prune-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let clock = JumpingClock()
        let database = try await Database.open(path: folder + "/autoplex.db", clock: clock, schemas: [.prune])
        let approvals = PruneApprovals(database)
        let effects = Effects(
            database, isDryRun: dry, dryKinds: wishes.mode == .dry ? PruneKind.dryPrefixes : [], caps: wishes.caps,
            isApproved: { await approvals.isApproved($0) })
        var world = World()
        world.people = [owner] + (1...members).map { member($0) }
        for person in world.people {
            world.logged[person.plexID ?? 0] = LastPlay(at: start - .hours(2), title: "The Beginning")
        }
        let stage = Stage(
            folder: folder, clock: clock, database: database, effects: effects, wishes: wishes, world: world)
        try await effects.settleInterrupted(stage.prune.verifies)
        try await body(stage)
        await database.close()
    }

    /// Another engine on the same database, as after a restart or in a second process.
    func another(_ wishes: PruneWishes? = nil, dry: Bool = false) async throws -> (Prune, Effects) {
        let wishes = wishes ?? self.wishes
        let approvals = PruneApprovals(database)
        let effects = Effects(
            database, isDryRun: dry, dryKinds: wishes.mode == .dry ? PruneKind.dryPrefixes : [], caps: wishes.caps,
            isApproved: { await approvals.isApproved($0) })
        let link = Link()
        link.stage.withLock { $0.value = self }
        let prune = Prune(database, effects: effects, wishes: wishes, sources: link.sources, acts: link.acts(wishes))
        try await effects.settleInterrupted(prune.verifies)
        return (prune, effects)
    }

    static let owner = Person(
        id: 1, plexID: 500, name: "Olga", username: "olga", email: "olga@home.example", isOwner: true, isHome: true,
        access: .member, firstSeen: start)

    /// Number 1 is person 2, account 1001, share 9001.
    static func member(_ number: Int, joined: Instant? = start - .days(400)) -> Person {
        Person(
            id: Int64(number + 1), plexID: 1000 + number, name: "User\(number)", username: "user\(number)",
            email: "user\(number)@home.example", access: .member, shareID: 9000 + number, joinedAt: joined,
            firstSeen: start - .days(400))
    }

    // MARK: The world

    @discardableResult
    func change<Value: Sendable>(_ body: (inout sending World) -> sending Value) -> Value {
        world.withLock { body(&$0) }
    }
    var now: World { world.withLock { $0 } }
    var journal: [Deed] { now.journal }

    func play(_ number: Int, _ title: String = "A Film") {
        let at = clock.now
        change { $0.logged[1000 + number] = LastPlay(at: at, title: title) }
    }

    func before(_ name: String, _ body: @escaping @Sendable () async throws -> Void) {
        change { $0.before[name] = body }
    }

    fileprivate func come(to name: String) async throws {
        let body = change { world -> (@Sendable () async throws -> Void)? in
            defer { world.before[name] = nil }
            return world.before[name]
        }
        try await body?()
    }

    /// The others play, so that the history is not stale, and the engine looks.
    @discardableResult
    func live(_ span: Duration, watching: [Int] = Array(2...12), every: Duration = .hours(6)) async throws
        -> [PruneScan]
    {
        var scans: [PruneScan] = []
        let end = clock.now + span
        while clock.now < end {
            clock.move(by: every)
            for number in watching { play(number) }
            scans.append(try await prune.scan())
        }
        return scans
    }

    /// Up to the card: user 1 idle until they are due.
    func untilDue() async throws {
        try await live(.days(Int64(wishes.kickDays) + 2))
    }

    func openCase(_ number: Int = 1) async throws -> PruneCase? {
        try await prune.book.state().openCase(Int64(number + 1))
    }

    func ledger(_ action: String? = nil, _ number: Int? = nil) async throws -> [LedgerEntry] {
        let filter = LedgerFilter(action: action, subject: number.map { "person:\($0 + 1)" })
        return try await Ledger(database).entries(matching: filter, limit: 10_000)
    }
}

/// The engine is made before its stage is whole.
private final class Link: Sendable {
    struct Box: Sendable { weak var value: Stage? }
    let stage = Mutex(Box())

    private var world: Stage? { stage.withLock { $0.value } }

    private func ask<Value: Sendable>(
        _ name: String, _ answer: @Sendable (Stage.World) -> Reading<Value>
    ) async -> Reading<Value> {
        guard let stage = world else { return .unknown(why: "the stage is gone") }
        do { try await stage.come(to: name) } catch { return .unknown(why: "\(error)") }
        return answer(stage.now)
    }

    var sources: PruneSources {
        let stopFile: @Sendable () -> String? = { self.world?.now.stopFile }
        return PruneSources(
            people: { await self.people() }, known: { await self.known() }, history: { await self.history() },
            plexHistory: { await self.plexHistory($0) }, streams: { await self.streams() },
            server: { await self.server() }, share: { await self.share($0) }, roles: { await self.roles($0) },
            discord: { await self.discord($0) }, stopFile: stopFile)
    }

    private func people() async -> Reading<[Person]> { await ask("people") { $0.peopleFault ?? .known($0.people) } }
    private func known() async -> Reading<[Person]> { await ask("known") { .known($0.people) } }
    private func server() async -> Reading<String> { await ask("server") { $0.serverFault ?? .known($0.machine) } }
    private func streams() async -> Reading<[PruneStream]> {
        await ask("streams") { $0.streamsFault ?? .known($0.streams) }
    }

    private func history() async -> Reading<HistoryPulse> {
        await ask("history") { world in
            if let fault = world.historyFault { return fault }
            let newest = world.logged.values.map(\.at).max()
            return .known(HistoryPulse(newest: newest, rows: world.rows, accounts: world.logged))
        }
    }

    private func plexHistory(_ since: Instant) async -> Reading<[Int: LastPlay]> {
        await ask("plexHistory") { world in
            if let fault = world.ownFault { return fault }
            return .known(world.own.filter { $0.value.at >= since })
        }
    }

    private func share(_ person: Person) async -> Reading<ShareSnapshot> {
        await ask("share") { world in
            if let fault = world.shareFault { return fault }
            guard let there = world.people.first(where: { $0.id == person.id }), there.access == .member,
                let share = there.shareID
            else { return .absent }
            return .known(
                ShareSnapshot(
                    machine: world.machine, shareID: share, account: there.plexID ?? 0, username: there.username,
                    email: there.email, libraries: [.init(id: 11, title: "Films"), .init(id: 12, title: "Music")],
                    settings: ["allowSync": "1"]))
        }
    }

    private func roles(_ user: UInt64) async -> Reading<[UInt64]> {
        await ask("roles") { world in
            if let fault = world.rolesFault { return fault }
            guard let roles = world.roles[user] else { return .absent }
            return .known(roles)
        }
    }

    private func discord(_ person: Person) async -> Reading<[UInt64]> {
        await ask("discord") { $0.linksFault ?? .known($0.links[person.id] ?? []) }
    }

    /// What happens when the act is let happen.
    private typealias Change = @Sendable (inout Stage.World) -> Void

    private func act(_ name: String, _ deed: Deed, _ failure: (any Error)?, _ change: Change) async throws {
        guard let stage = world else { throw Down() }
        try await stage.come(to: name)
        stage.change { world in
            world.journal.append(deed)
            if failure == nil || world.removeHappens { change(&world) }
        }
        if let failure { throw failure }
    }

    func acts(_ wishes: PruneWishes) -> PruneEffects {
        var acts = PruneEffects()
        acts.mail = { try await self.mail($0, $1) }
        acts.directMessage = { try await self.message($0, $1, $2) }
        acts.tell = { try await self.tell($0) }
        acts.removeShare = { try await self.remove($0) }
        acts.endStream = { stream, _ in try await self.act("end", .end(session: stream.session), nil) { _ in } }
        acts.invite = { try await self.invite($0, $1) }
        if wishes.deletesInTautulli {
            acts.forgetInTautulli = { person in try await self.act("forget", .forget(person.id), nil) { _ in } }
        }
        return acts
    }

    private func mail(_ notice: PruneNotice, _ person: Person) async throws {
        try await act("mail", .mail(notice.kind, person.id), world?.now.mailError) { $0.notices.append(notice) }
    }

    private func message(_ notice: PruneNotice, _ person: Person, _ user: UInt64) async throws {
        try await act("message", .message(notice.kind, person.id, user), world?.now.messageError) {
            $0.notices.append(notice)
        }
    }

    private func tell(_ word: PruneWord) async throws {
        try await act("tell", .word(word.about), world?.now.tellError) { $0.words.append(word) }
    }

    private func remove(_ snapshot: ShareSnapshot) async throws {
        try await act("remove", .remove(share: snapshot.shareID), world?.now.removeError) { world in
            guard !world.removeIsIgnored else { return }
            for index in world.people.indices where world.people[index].shareID == snapshot.shareID {
                world.people[index].access = .former
                world.people[index].shareID = nil
            }
        }
    }

    private func invite(_ snapshot: ShareSnapshot, _ person: Person) async throws {
        let libraries = snapshot.libraries.map(\.id)
        try await act("invite", .invite(person.id, libraries: libraries), world?.now.inviteError) { world in
            for index in world.people.indices where world.people[index].id == person.id {
                world.people[index].access = .invited
            }
        }
    }
}

/// Moved by hand; its wall may be set apart from its time, as a machine's clock may be.
final class JumpingClock: Clock {
    private struct State: Sendable {
        var uptime: Duration = .zero
        var offset: Duration = .zero
    }
    private let state = Mutex(State())

    var now: Instant { state.withLock { Stage.start + $0.uptime + $0.offset } }
    var uptime: Duration { state.withLock { $0.uptime } }
    func sleep(for duration: Duration) async throws { move(by: duration) }
    func move(by duration: Duration) { state.withLock { $0.uptime += duration } }
    /// Only the wall.
    func jump(by duration: Duration) { state.withLock { $0.offset += duration } }
}

extension [Deed] {
    var removals: [Deed] {
        filter { if case .remove = $0 { true } else { false } }
    }
    func count(_ deed: Deed) -> Int { count { $0 == deed } }
}
