// The world of one seed: the truth, the programs in it, and the database they share.

import Prune
import Domain
import Runtime
import Storage
import Synchronization

package final class World: Sendable {
    struct Machine: Sendable {
        var program: Program
        var database: Database
        var effects: Effects
        var prune: Prune
    }

    let plan: WorldPlan
    let path: String
    private let truth: Mutex<Truth>
    private let machines = Mutex<[Int: Machine]>([:])
    private let tasks = Atomic<UInt64>(0)

    init(_ plan: WorldPlan, path: String, keepsTrace: Bool) {
        self.plan = plan
        self.path = path
        truth = Mutex(Truth(plan, keepsTrace: keepsTrace))
    }

    func look<Value>(_ body: (Truth) -> Value) -> Value { truth.withLock { body($0) } }

    @discardableResult
    func change<Value>(_ body: (inout sending Truth) -> Value) -> Value { truth.withLock { body(&$0) } }

    func machine(_ number: Int) -> Machine? { machines.withLock { $0[number] } }
    /// One that runs.
    var anyMachine: Int? { machines.withLock { $0.keys.min() } }
    var runningMachines: [Int] { machines.withLock { $0.keys.sorted() } }

    func newTask() -> UInt64 { tasks.wrappingAdd(1, ordering: .relaxed).newValue }

    // MARK: Programs come and go

    func boot(_ number: Int, depth: Int = 0) async {
        if machine(number) != nil { return }
        let (isDry, now, isOver) = look { ($0.isDry, $0.now, $0.areFaultsOver) }
        let program = Program(number, path: path, booted: now - .hours(Int64(number * 7 + 3)))
        let clock = WorldClock(self, program)
        do {
            let database = try await Database.open(path: path, clock: clock, schemas: [.prune], busyTimeout: .zero)
            var wishes = plan.wishes
            if isDry && plan.isDryByMode { wishes.mode = .dry }
            let effects = Effects(
                database, isDryRun: isDry && !plan.isDryByMode,
                dryKinds: wishes.mode == .dry ? PruneKind.dryPrefixes : [],
                caps: wishes.caps,
                isApproved: { [approvals = PruneApprovals(database)] in await approvals.isApproved($0) })
            let prune = Prune(
                database, effects: effects, wishes: wishes, sources: sources(of: program), acts: acts(of: program))
            let machine = Machine(program: program, database: database, effects: effects, prune: prune)
            machines.withLock { $0[number] = machine }
            change { $0.note("\(number): starts\(isDry ? ", dry" : "")\(isOver ? ", nothing is wrong any more" : "")") }
            await run("settles", on: number, depth: depth) { machine in
                _ = try await machine.effects.settleInterrupted(machine.prune.verifies)
            }
        } catch {
            change { $0.violated("\(number) cannot start: \(error)") }
        }
    }

    /// As the machine's owner stops it, or after it died.
    func end(_ number: Int) async {
        guard let machine = machines.withLock({ $0.removeValue(forKey: number) }) else { return }
        machine.program.bury()
        await machine.database.close()
        // Door and engine hold one another, and with them the database's threads: ten thousand worlds are too many.
        _ = try? await machine.effects.settleInterrupted([:])
        change { $0.note("\(number): ends") }
    }

    func restart(_ number: Int) async {
        await end(number)
        await boot(number)
    }

    // MARK: Tasks

    /// One task of a program, disturbed as the seed has it. False: it did not come to its end.
    @discardableResult
    func run(
        _ name: String, on number: Int, depth: Int = 0, isLook: Bool = false, keepsSigns: Bool = false,
        _ body: @escaping @Sendable (Machine) async throws -> Void
    ) async -> Bool {
        guard let machine = machine(number), !machine.program.isDead else { return false }
        let id = newTask()
        var chance = Chance(plan.seed, 8, id)
        let (start, isOver) = look { ($0.now, $0.areFaultsOver) }
        var notes = TaskNotes(name: name, start: start)
        notes.isDry = machine.prune.wishes.mode == .dry || machine.effects.isDryRun
        notes.isLook = isLook
        notes.wantsApproval = machine.prune.wishes.wantsApproval
        if !isOver, chance.happens(plan.crashes) {
            if chance.happens(0.6) {
                notes.diesAtCall = chance.number(1...14)
            } else {
                notes.diesAtReading = chance.number(1...30)
            }
        }
        if !isOver, chance.happens(plan.stops) { notes.stopsAtCall = chance.number(1...10) }
        let task = TaskUnderWay(machine.program, number: id, depth: depth, notes: notes)
        change {
            $0.tally.tasks += 1
            $0.note("\(number): \(name) (task \(id))")
        }
        let trouble = await TaskUnderWay.$current.withValue(task) { await attempt(task, machine, body) }
        let after = task.notes.withLock { $0 }
        if machine.program.isDead {
            change {
                $0.tally.crashes += 1
                $0.note("\(number): is dead (\(name))")
            }
            await end(number)
            if chance.happens(0.5) {
                await boot(number, depth: depth)
            } else {
                change { $0.errands.add($0.now + chance.span(.minutes(1), .hours(9)), .restart) }
            }
            return false
        }
        if let trouble, !after.isStopped {
            change { $0.violated("\(number): \(name) fails: \(trouble)") }
        }
        if trouble == nil, keepsSigns, !after.isStopped {
            change { truth in
                for (person, at) in after.shown { truth[person].shown = max(truth[person].shown ?? at, at) }
            }
        }
        return trouble == nil
    }

    private func attempt(
        _ task: TaskUnderWay, _ machine: Machine, _ body: @escaping @Sendable (Machine) async throws -> Void
    ) async -> String? {
        guard task.notes.withLock({ $0.stopsAtCall != nil }) else { return await words(machine, body) }
        let handle = Task { await words(machine, body) }
        task.notes.withLock { $0.stop = { handle.cancel() } }
        return await handle.value
    }

    private func words(
        _ machine: Machine, _ body: @escaping @Sendable (Machine) async throws -> Void
    ) async -> String? {
        do {
            try await body(machine)
            return nil
        } catch {
            return "\(error)"
        }
    }
}
