// A thread of our own, where blocking is the point. It takes no signals: those belong to whoever asks for them
// (Signals), and a library's thread must not be the one that dies of SIGPIPE.

internal import CLinux
internal import Glibc

package struct SystemThread: Sendable {
    package struct NotStarted: Error, CustomStringConvertible {
        package let description: String
    }

    private let handle: pthread_t

    package static func start(
        named name: String, _ body: @escaping @Sendable () -> Void
    ) throws(NotStarted) -> SystemThread {
        var everySignal = sigset_t()
        var before = sigset_t()
        unsafe sigfillset(&everySignal)
        // A new thread inherits the mask of the one that makes it.
        unsafe pthread_sigmask(SIG_SETMASK, &everySignal, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        var handle = pthread_t()
        let box = unsafe Unmanaged.passRetained(Body(name: name, run: body)).toOpaque()
        let error = unsafe pthread_create(
            &handle, nil,
            { box in
                guard let box = unsafe box else { return nil }
                let body = unsafe Unmanaged<Body>.fromOpaque(box).takeRetainedValue()
                unsafe clinux_name_this_thread(body.name)
                body.run()
                return nil
            }, box)
        guard error == 0 else {
            unsafe Unmanaged<Body>.fromOpaque(box).release()
            throw NotStarted(description: "no thread for \(name): error \(error)")
        }
        return SystemThread(handle: handle)
    }

    /// Waits for its end. Once, and never from itself.
    package func join() { _ = pthread_join(handle, nil) }

    /// Nobody will wait for it. Instead of `join`.
    package func detach() { pthread_detach(handle) }

    package var isCurrent: Bool { pthread_equal(handle, pthread_self()) != 0 }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void
        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
}
