// What was computed from the world, kept until it changes: a list of half a million tracks is asked for in five thousand
// pages.

import Runtime
import Synchronization

final class KeptListings: Sendable {
    private struct State: Sendable {
        var revision = 0
        var listings: [String: [Int]] = [:]
        var views: [Int: [Int: Instant]] = [:]

        mutating func catchUp(_ revision: Int) {
            guard revision != self.revision || listings.count > 64 else { return }
            self.revision = revision
            listings = [:]
            views = [:]
        }
    }

    private let state = Mutex(State())

    func listing(_ name: String, revision: Int, make: () throws -> [Int]) rethrows -> [Int] {
        let found = state.withLock { state in
            state.catchUp(revision)
            return state.listings[name]
        }
        if let found { return found }
        let keys = try make()
        state.withLock { if $0.revision == revision { $0.listings[name] = keys } }
        return keys
    }

    func lastViews(of person: Int, revision: Int, make: () -> [Int: Instant]) -> [Int: Instant] {
        let found = state.withLock { state in
            state.catchUp(revision)
            return state.views[person]
        }
        if let found { return found }
        let views = make()
        state.withLock { if $0.revision == revision { $0.views[person] = views } }
        return views
    }
}
