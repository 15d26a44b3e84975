// The desk, for those who are made before it: it wants every card's handler first, and the feature behind a handler may
// itself have something to post.

internal import Bot
internal import Synchronization

final class LateDesk: Sendable {
    private let arrived = Mutex<(desk: Desk, notices: Notices)?>(nil)

    func arrive(_ desk: Desk, _ notices: Notices) { arrived.withLock { $0 = (desk, notices) } }

    struct NotYet: Error, CustomStringConvertible {
        let description = "Discord is not reached yet"
    }

    func desk() throws -> Desk {
        guard let desk = arrived.withLock({ $0?.desk }) else { throw NotYet() }
        return desk
    }

    func notices() throws -> Notices {
        guard let notices = arrived.withLock({ $0?.notices }) else { throw NotYet() }
        return notices
    }
}
