// A loop's thread as a place where tasks prefer to run (SE-0417): whatever belongs to no actor of its own runs there, up to
// where it waits. For tasks that never take long.

final class LoopTasks: TaskExecutor {
    private let loop: EventLoop

    init(_ loop: EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.perform { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
