// The one door out (rule 3). Each change to the world goes through `perform`: the intent is on the disk before the act
// begins, the outcome after it ended, and dry run, caps and approval are decided here and nowhere else.
//
// Where a crash may fall:
//   before the intent is committed   nothing happened, nothing is known: the caller's next try is the first
//   between intent and outcome       it may have happened: nobody may repeat it before the kind's `verify` has asked the
//                                    outside
//   after the outcome                the key is done
// A disk that is full between act and outcome leaves the same mark; while this process lives it still knows the outcome
// and writes it at the next opportunity.

package import Domain
internal import Runtime
internal import Synchronization

package final class Effects: Sendable {
    /// Asks the outside whether an effect happened; only believes what it was told.
    package typealias Verify = @Sendable (Effect) async -> Reading<Bool>

    /// An effect whose outcome was open, and what was found out.
    package struct Settlement: Sendable, Equatable {
        package enum Finding: Sendable, Equatable {
            case happened
            /// It may be performed again.
            case didNotHappen
            /// It stays interrupted; the words say why nobody knows.
            case unknown(String)
        }
        package let effect: Effect
        package let finding: Finding
    }

    private let database: Database
    private let clock: any Clock
    private let log: Log
    package let isDryRun: Bool
    private let dryKinds: [String]
    private let caps: [String: EffectCap]
    private let isApproved: @Sendable (Effect) async -> Bool
    private let keys = KeysUnderWay()
    private let verifies = Mutex<[String: Verify]>([:])
    /// Outcomes the database did not take when they came.
    private let unwritten = Mutex<[String: EffectTable.Outcome]>([:])

    /// Without `isApproved` nothing destructive is done. `dryKinds`: how the kinds begin that stay undone although the
    /// others are done ("prune.").
    package init(
        _ database: Database, isDryRun: Bool, dryKinds: [String] = [], caps: [EffectCap] = [],
        isApproved: @escaping @Sendable (Effect) async -> Bool = { _ in false }
    ) {
        self.database = database
        clock = database.clock
        log = database.decisionLog
        self.isDryRun = isDryRun
        self.dryKinds = dryKinds
        self.caps = Dictionary(caps.map { ($0.kind, $0) }) { a, b in a.most < b.most ? a : b }
        self.isApproved = isApproved
    }

    /// Whether effects of this kind stay undone.
    package func isDry(_ kind: String) -> Bool { isDryRun || dryKinds.contains { kind.hasPrefix($0) } }

    /// Performs `act` unless the key was done before. Two at once with one key: one acts, the other waits for it and
    /// shares its result. What `act` throws means that it did not happen, except `Uncertain` and being cancelled.
    package func perform(
        _ effect: Effect, _ act: @Sendable () async throws -> Void
    ) async throws(StorageError) -> EffectResult {
        if let others = await keys.claim(effect.key) {
            let result = try others.get()
            return result == .done ? .alreadyDone : result
        }
        do {
            let result = try await performAlone(effect, act)
            keys.release(effect.key, .success(result))
            return result
        } catch {
            keys.release(effect.key, .failure(error))
            throw error
        }
    }

    private func performAlone(
        _ effect: Effect, _ act: @Sendable () async throws -> Void
    ) async throws(StorageError) -> EffectResult {
        let state = try await database.read { db in try EffectTable.state(of: effect.key, db) }
        if state == .done { return .alreadyDone }
        if isDry(effect.kind) {
            try await note(effect, .dryRun)
            return .dryRun
        }
        if state == .intended || state == .interrupted {
            // Nobody here is at it, so somebody was cut off.
            _ = try await settle(effect.key)
            switch try await database.read({ db in try EffectTable.state(of: effect.key, db) }) {
            case .done: return .alreadyDone
            case .failed: break
            case .intended, .interrupted, nil: return .interrupted
            }
        }
        if effect.isDestructive, await !isApproved(effect) {
            try await note(effect, .refused("nobody approved it"))
            return .refused("nobody approved it")
        }
        // Stopping: what has not begun does not begin.
        if Task.isCancelled { return .refused("Autoplex is stopping") }
        let (begun, cap) = (clock.now, caps[effect.kind])
        let intention = try await database.write { db in try EffectTable.intend(effect, cap: cap, at: begun, db) }
        switch intention {
        case .refused(let why):
            return .refused(why)
        // By another door to the same database.
        case .overtaken(let state):
            return state == .done ? .alreadyDone : .interrupted
        case .intended(let entry):
            let (result, why) = await result(of: act)
            say(result, why, effect, entry)
            let outcome = EffectTable.Outcome(result: result, why: why, entry: entry, at: clock.now)
            do {
                try await database.write { db in try EffectTable.write(outcome, of: effect.key, db) }
            } catch {
                unwritten.withLock { $0[effect.key] = outcome }
                throw error
            }
            return result
        }
    }

    private func result(of act: @Sendable () async throws -> Void) async -> (EffectResult, why: String) {
        do {
            try await act()
            return (.done, "")
        } catch let error as Uncertain {
            return (.interrupted, error.description)
        } catch {
            // A request that was cut off may have arrived; its error cannot know.
            if error is CancellationError || Task.isCancelled {
                return (.interrupted, "Autoplex was stopped meanwhile")
            }
            return (.failed("\(error)"), "\(error)")
        }
    }

    /// The Ledger says the others when it takes them in.
    private func say(_ result: EffectResult, _ why: String, _ effect: Effect, _ entry: Int64) {
        let (word, level): (LedgerEntry.Outcome, Log.Level) =
            switch result {
            case .done: (.done, .info)
            case .interrupted: (.interrupted, .warning)
            default: (.failed(why), .warning)
            }
        var said = LedgerEntry(effect, at: clock.now, outcome: word).decision(entry)
        if case .interrupted = result { said = said.because(why) }
        log.decided(said, level: level)
    }

    /// Once as long as it stays so: who asks every half hour fills the Ledger with nothing new otherwise.
    private func note(_ effect: Effect, _ outcome: LedgerEntry.Outcome) async throws(StorageError) {
        let entry = LedgerEntry(effect, at: clock.now, outcome: outcome)
        if try await database.read({ db in try EffectTable.isSaid(entry, db) }) { return }
        try await database.write { db in
            if try !EffectTable.isSaid(entry, db) { _ = try Ledger.append(entry, db) }
        }
    }

    /// How an effect ended, without performing it: where that is open, its kind's verify is asked. Nil: never begun.
    package func outcome(of key: String) async throws(StorageError) -> EffectResult? {
        // Somebody at it right now knows best.
        if let others = await keys.claim(key) { return try others.get() }
        defer { keys.release(key, nil) }
        var state = try await database.read { db in try EffectTable.state(of: key, db) }
        if state == .intended || state == .interrupted {
            _ = try await settle(key)
            state = try await database.read { db in try EffectTable.state(of: key, db) }
        }
        switch state {
        case nil: return nil
        case .done: return .done
        case .failed: return .failed("it did not happen")
        case .intended, .interrupted: return .interrupted
        }
    }

    // MARK: Interrupted effects

    /// At start: asks about every effect whose outcome is open. The answers are kept in the Ledger; what stays unknown
    /// is in the list returned, for the owner to be told. The verifies serve `perform` from now on.
    @discardableResult
    package func settleInterrupted(_ verify: [String: Verify]) async throws(StorageError) -> [Settlement] {
        verifies.withLock { $0 = verify }
        var settlements: [Settlement] = []
        for key in try await database.read({ db in try EffectTable.openKeys(db) }) {
            // Somebody performing it right now knows better.
            guard keys.claimIfFree(key) else { continue }
            do {
                if let settlement = try await settle(key) { settlements.append(settlement) }
                keys.release(key, nil)
            } catch {
                keys.release(key, nil)
                throw error
            }
        }
        return settlements
    }

    /// A person looked and says whether it happened.
    package func settle(_ key: String, happened: Bool, by person: String) async throws(StorageError) {
        let now = clock.now
        try await database.write { db in
            guard let open = try EffectTable.open(key, db) else { return }
            try EffectTable.settle(open, happened ? .happened : .didNotHappen, why: "said \(person)", at: now, db)
        }
    }

    /// What nobody knows the outcome of.
    package func interrupted() async throws(StorageError) -> [Effect] {
        try await database.read { db in try EffectTable.interrupted(db) }
    }

    /// Nil when the key is not open (any more).
    private func settle(_ key: String) async throws(StorageError) -> Settlement? {
        if let outcome = unwritten.withLock({ $0[key] }) {
            try await database.write { db in try EffectTable.write(outcome, of: key, db) }
            unwritten.withLock { $0[key] = nil }
        }
        guard let open = try await database.read({ db in try EffectTable.open(key, db) }) else { return nil }
        let verify = verifies.withLock { $0[open.effect.kind] }
        let finding: Settlement.Finding
        switch await verify?(open.effect) {
        case .known(true): finding = .happened
        case .known(false): finding = .didNotHappen
        // Rule 2: unknown is never a no.
        case .absent: finding = .unknown("what it was about is not there any more")
        case .unknown(let why): finding = .unknown(why)
        case nil: finding = .unknown("nothing can verify \(open.effect.kind)")
        }
        let now = clock.now
        try await database.write { db in
            try EffectTable.settle(open, finding, why: "found after an interruption", at: now, db)
        }
        say(finding, open)
        return Settlement(effect: open.effect, finding: finding)
    }

    /// A second decision about the same key: what is thought of it after all.
    private func say(_ finding: Settlement.Finding, _ open: EffectTable.Open) {
        let (word, why, level): (String, String, Log.Level) =
            switch finding {
            case .happened: ("happened", "", .info)
            case .didNotHappen: ("did_not_happen", "", .info)
            case .unknown(let why): ("unknown", why, .warning)
            }
        log.decided(
            DecisionLine(
                "effect.settled", word, ids: ["ledger": "\(open.entry)", "key": open.effect.key],
                rule: "asked after an interruption", subject: open.effect.subject, why: why), level: level)
    }
}
