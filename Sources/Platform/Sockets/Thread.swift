// A thread of our own, where blocking is the point. It takes no signals: those belong to whoever waits for them.

internal import Glibc

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// The caller joins or detaches it. `error` is an errno, 0 when the thread runs.
func startThread(_ body: @escaping @Sendable () -> Void) -> (thread: pthread_t, error: Int32) {
    var everySignal = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&everySignal)
    // A new thread inherits the mask of the one that makes it.
    unsafe pthread_sigmask(SIG_SETMASK, &everySignal, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let box = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
    let error = unsafe pthread_create(
        &thread, nil,
        { box in
            guard let box = unsafe box else { return nil }
            unsafe Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().run()
            return nil
        }, box)
    if error != 0 { unsafe Unmanaged<ThreadBody>.fromOpaque(box).release() }
    return (thread, error)
}
