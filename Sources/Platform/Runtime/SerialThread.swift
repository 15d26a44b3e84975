// A serial executor with a thread of its own, for work that blocks (SQLite waiting for the disk), so that it never holds
// one of the few threads on which all the other tasks run.

internal import Glibc
internal import Synchronization

@safe package final class SerialThread: SerialExecutor, Sendable {
    private struct Shared: Sendable {
        var jobs: [UnownedJob] = []
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

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        unsafe pthread_mutex_lock(lock)
        let isStopped = unsafe shared.isStopped
        unsafe shared.jobs.append(job)
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
            while unsafe shared.jobs.isEmpty && !shared.isStopped { unsafe pthread_cond_wait(wakeUp, lock) }
            let jobs = unsafe shared.jobs
            unsafe shared.jobs = []
            unsafe pthread_mutex_unlock(lock)
            if jobs.isEmpty { return }
            for job in jobs { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
        }
    }
}
