// Welcomes, warns, removes: asks the sources, lets the rules judge, and sends what they decide through the one door.
// Everything it knows is in the tables, so that it goes on after a restart where it was.

package import Domain
package import Runtime
package import Storage
internal import Synchronization

package actor Prune {
    package nonisolated let wishes: PruneWishes
    nonisolated let sources: PruneSources
    nonisolated let acts: PruneEffects
    nonisolated let effects: Effects
    package nonisolated let book: PruneBook
    nonisolated let database: Database
    nonisolated let clock: any Clock
    nonisolated let log: Log

    package init(
        _ database: Database, effects: Effects, wishes: PruneWishes, sources: PruneSources, acts: PruneEffects,
        log: Log = .silent
    ) {
        self.database = database
        self.effects = effects
        self.wishes = wishes
        self.sources = sources
        self.acts = acts
        self.log = log.labelled("prune")
        clock = database.clock
        book = PruneBook(database)
    }

    /// For the door, at start.
    package nonisolated var verifies: [String: Effects.Verify] { [:] }

    /// Every CHECK_NEW_USERS_SECS: who came, who left, what runs.
    package func lookForNew() async throws -> PruneArrivals { PruneArrivals(isBelieved: false) }

    /// Every CHECK_INACTIVITY_SECS. `isLook`: asks and judges, and writes and does nothing.
    package func scan(isLook: Bool = false) async throws -> PruneScan { PruneScan(.busy, at: clock.now) }

    // MARK: An admin's words

    package func approve(_ removal: Int64, by actor: String) async throws -> PruneAnswer { none }
    package func ignore(_ removal: Int64, by actor: String) async throws -> PruneAnswer { none }
    /// For that many days, else PRUNE_HOLD_DAYS; 0 ends it.
    package func hold(_ person: Int64, days: Int? = nil, by actor: String) async throws -> PruneAnswer { none }
    package func vip(_ person: Int64, _ isVIP: Bool, by actor: String) async throws -> PruneAnswer { none }
    /// "I told them": as good as delivered.
    package func told(_ person: Int64, by actor: String) async throws -> PruneAnswer { none }
    package func undo(_ person: Int64, by actor: String) async throws -> PruneAnswer { none }
    package func stop(by actor: String) async throws -> PruneAnswer { none }
    package func start(by actor: String) async throws -> PruneAnswer { none }
    /// What is in doubt is right: fewer people, fewer rows, another server.
    package func accept(by actor: String) async throws -> PruneAnswer { none }
    /// So many at once are right.
    package func release(_ count: Int, by actor: String) async throws -> PruneAnswer { none }

    // MARK: The person's, or an admin's for them

    /// Nil ends it.
    package func pause(_ person: Int64, until: Instant?, by actor: String) async throws -> PruneAnswer { none }
    package func here(_ person: Int64, way: String) async throws -> HereAnswer { .unknown }

    // MARK: Asking

    package func status() async throws -> PruneStatus {
        PruneStatus(
            mode: wishes.mode, isDryRun: true, faults: wishes.faults, standings: [], blocks: [:], told: [:], cases: [])
    }
    package func standing(of person: Int64) async throws -> PruneStanding? { nil }
    package func why(_ person: Int64) async throws -> Report { none.report }

    // MARK: Keeping house

    /// Takes the names of those who left long ago out of the ledger; how many.
    @discardableResult
    package func anonymise() async throws -> Int { 0 }
    /// The state.json of the daemon that was here before.
    package func importState(_ json: [UInt8], by actor: String) async throws -> Report { none.report }

    private nonisolated var none: PruneAnswer { PruneAnswer(.refused, Report("Not yet")) }
}
