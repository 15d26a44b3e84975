// lws_sul, the loop's timer: one shot, on the loop's thread.

internal import CWebSockets
internal import Runtime

/// Touched on the loop's thread only. The block is let go of when it has run or the timer is cancelled; a timer that is
/// forgotten while it runs must be cancelled, for lws still knows it: hence the owner that outlives it.
@safe final class LoopTimer {
    private let timer: UnsafeMutablePointer<clws_timer>
    private var block: (() -> Void)?

    init() {
        unsafe timer = .allocate(capacity: 1)
        unsafe timer.initialize(to: clws_timer())
        unsafe timer.pointee.owner = unsafe Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        unsafe lws_sul_cancel(&timer.pointee.sul)
        unsafe timer.deallocate()
    }

    /// Starts again when it was running.
    func start(on loop: EventLoop, after delay: Duration, _ block: @escaping () -> Void) {
        loop.checkIsolated()
        self.block = block
        let (seconds, attoseconds) = delay.components
        let microseconds = max(1, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
        unsafe lws_sul_schedule(
            loop.context, 0, &timer.pointee.sul,
            { sul in
                guard let sul = unsafe sul, let owner = unsafe clws_timer_owner(sul) else { return }
                unsafe Unmanaged<LoopTimer>.fromOpaque(owner).takeUnretainedValue().fire()
            }, microseconds)
    }

    func cancel() {
        unsafe lws_sul_cancel(&timer.pointee.sul)
        block = nil
    }

    private func fire() {
        let block = block
        self.block = nil
        block?()
    }
}
