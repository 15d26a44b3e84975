// When something last happened, shared by whoever may do it again only after a while.

import Synchronization

final class LastPassed: Sendable {
    private let interval: Duration
    private let last = Mutex<Duration?>(nil)

    init(every interval: Duration = .milliseconds(1500)) { self.interval = interval }

    func mayPass(_ now: Duration) -> Bool {
        last.withLock { last in
            if let last, now - last < interval { return false }
            last = now
            return true
        }
    }
}
