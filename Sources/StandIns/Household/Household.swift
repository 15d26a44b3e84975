// The world shared between stand-ins: each reads and changes it under one lock, because the servers of Plex, plex.tv and
// Tautulli may run on loops of their own.

import Synchronization

package final class Household: Sendable {
    private let world: Mutex<HouseholdWorld>

    package init(_ world: HouseholdWorld) { self.world = Mutex(world) }

    package func read<T: Sendable>(_ body: (HouseholdWorld) throws -> T) rethrows -> T {
        try world.withLock { try body($0) }
    }

    @discardableResult
    package func change<T: Sendable>(_ body: (inout HouseholdWorld) throws -> T) rethrows -> T {
        try world.withLock { world in
            world.revision += 1
            return try body(&world)
        }
    }
}
