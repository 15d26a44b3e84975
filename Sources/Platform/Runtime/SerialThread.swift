// A serial executor with a thread of its own, for work that blocks (SQLite waiting for the disk), so that it never holds
// one of the few threads on which all the other tasks run.

internal import Glibc
internal import Synchronization

@safe package final class SerialThread: SerialExecutor, Sendable {
    private enum Work: Sendable {
        case job(UnownedJob)
        case block(@Sendable () -> Void)
    }

    private struct Shared: Sendable {
        var work: [Work] = []
        var isStopped = false
    }

    // A mutex and a condition live at fixed addresses for as long as this object does.
    private nonisolated(unsafe) let lock: UnsafeMutablePointer<pthread_mutex_t>
    private nonisolated(unsafe) let wakeUp: UnsafeMutablePointer<pthread_cond_t>
    private nonisolated(unsafe) var shared = Shared()
    private let owner = Atomic<pthread_t>(0)

    package init(name: String) throws(SystemThread.NotStarted) {
        unsafe lock = .allocate(capacity: 1)
        unsafe wakeUp = .allocate(capacity: 1)
        unsafe lock.initialize(to: pthread_mutex_t())
        unsafe wakeUp.initialize(to: pthread_cond_t())
        unsafe pthread_mutex_init(lock, nil)
        unsafe pthread_cond_init(wakeUp, nil)
        try SystemThread.start(named: name) { [self] in run() }.detach()
    }

    deinit {
        unsafe pthread_cond_destroy(wakeUp)
        unsafe pthread_mutex_destroy(lock)
        unsafe wakeUp.deallocate()
        unsafe lock.deallocate()
    }

    package func enqueue(_ job: consuming ExecutorJob) { add(.job(UnownedJob(job))) }

    /// Runs `block` on this thread, after everything handed over before: for what is no task's.
    package func perform(_ block: @escaping @Sendable () -> Void) { add(.block(block)) }

    private func add(_ work: Work) {
        unsafe pthread_mutex_lock(lock)
        let isStopped = unsafe shared.isStopped
        unsafe shared.work.append(work)
        unsafe pthread_cond_signal(wakeUp)
        unsafe pthread_mutex_unlock(lock)
        precondition(!isStopped, "work for a thread that was stopped")
    }

    /// The thread ends when it has done what it was given before. Nothing may be given to it afterwards.
    package func stop() {
        unsafe pthread_mutex_lock(lock)
        unsafe shared.isStopped = true
        unsafe pthread_cond_signal(wakeUp)
        unsafe pthread_mutex_unlock(lock)
    }

    package func checkIsolated() {
        precondition(owner.load(ordering: .acquiring) == pthread_self(), "not on the executor's own thread")
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { unsafe UnownedSerialExecutor(ordinary: self) }

    private func run() {
        owner.store(pthread_self(), ordering: .releasing)
        while true {
            unsafe pthread_mutex_lock(lock)
            while unsafe shared.work.isEmpty && !shared.isStopped { unsafe pthread_cond_wait(wakeUp, lock) }
            let batch = unsafe shared.work
            unsafe shared.work = []
            unsafe pthread_mutex_unlock(lock)
            if batch.isEmpty { return }
            for work in batch {
                switch work {
                case .job(let job): unsafe job.runSynchronously(on: asUnownedSerialExecutor())
                case .block(let block): block()
                }
            }
        }
    }
}
