// One running Autoplex: it can die at any of its steps, and whatever it would have done or written then, it did not. Its
// death is a lock on the database that no other lets go: writes fail from this moment, as they do for who is dead.

import Prune
import Runtime
import SQLite
import Storage
import Synchronization

final class Program: Sendable {
    struct State: Sendable {
        var isDead = false
        /// Of the machine, at some time before it started.
        var booted: Instant
    }

    let number: Int
    let path: String
    let state: Mutex<State>
    private let grave = Mutex<Connection?>(nil)

    init(_ number: Int, path: String, booted: Instant) {
        (self.number, self.path) = (number, path)
        state = Mutex(State(booted: booted))
    }

    var isDead: Bool { state.withLock { $0.isDead } }

    /// False: it is in the middle of a transaction and dies at its next step.
    @discardableResult
    func die() -> Bool {
        if isDead { return true }
        let isLocked = grave.withLock { [path] grave in
            guard let connection = try? Connection.open(path, access: .readWrite, busyTimeout: .zero) else {
                return false
            }
            do { try connection.execute("BEGIN IMMEDIATE") } catch { return false }
            grave = consume connection
            return true
        }
        if isLocked { state.withLock { $0.isDead = true } }
        return isLocked
    }

    /// Others may write again.
    func bury() { grave.withLock { $0 = nil } }
}

/// One task of a program: how it is to be disturbed, and what it was shown.
final class TaskUnderWay: Sendable {
    @TaskLocal static var current: TaskUnderWay?

    let program: Program
    let number: UInt64
    let depth: Int
    let notes: Mutex<TaskNotes>

    init(_ program: Program, number: UInt64, depth: Int, notes: TaskNotes) {
        (self.program, self.number, self.depth) = (program, number, depth)
        self.notes = Mutex(notes)
    }
}

struct TaskNotes: Sendable {
    var name: String
    var start: Instant
    var isDry = false
    var isLook = false
    var wantsApproval = false
    /// Which of its calls, or readings of the clock, it does not survive; at which call it is told to stop.
    var diesAtCall: Int?
    var diesAtReading: Int?
    var stopsAtCall: Int?
    var calls = 0
    var readings = 0
    var isStopped = false
    var stop: (@Sendable () -> Void)?
    var asked: [Source: Int] = [:]
    /// Answered well, the last time.
    var newest: [Source: Instant] = [:]
    /// Of the look that is being made: since when, what was answered, and what not well.
    var round: Instant?
    var answered: Set<Source> = []
    var isBad: Set<Source> = []
    var shown: [Int64: Instant] = [:]
}

/// The program's clock: what the machine says, right or wrong.
final class WorldClock: Clock {
    let world: World
    let program: Program

    init(_ world: World, _ program: Program) { (self.world, self.program) = (world, program) }

    var now: Instant {
        if let task = TaskUnderWay.current, task.program === program {
            let isItsEnd = task.notes.withLock { notes in
                notes.readings += 1
                return notes.diesAtReading.map { notes.readings >= $0 } ?? false
            }
            if isItsEnd, !program.isDead, program.die() {
                world.change { $0.note("\(program.number): dies between two steps") }
            }
        }
        return world.look { $0.wall }
    }

    var uptime: Duration { world.look { $0.now } - program.state.withLock { $0.booted } }

    func sleep(for duration: Duration) async throws {
        world.change { $0.pass(until: $0.now + duration) }
    }
}
