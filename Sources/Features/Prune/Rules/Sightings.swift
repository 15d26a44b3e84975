// Signs of life: the newest of each kind is kept, and the newest of all counts. A sign once seen stays one, even if it is
// gone from where it was seen: a stream that was never logged, a row somebody deleted.

package import Runtime

package struct Sighting: Hashable, Sendable {
    package enum Source: String, Hashable, Sendable, CaseIterable, Codable {
        /// Logged by Tautulli.
        case tautulli
        /// In Plex's own history.
        case plex
        /// Ran while we looked.
        case stream
    }

    package var source: Source
    package var at: Instant
    package var title: String

    package init(_ source: Source, at: Instant, title: String) {
        self.source = source
        self.at = at
        self.title = title
    }
}

/// Why somebody's time counts from where it does.
package struct Baseline: Hashable, Sendable {
    package enum Why: Hashable, Sendable {
        case sighting(Sighting)
        /// Accepted the invitation, and had their grace.
        case joined(Instant)
        /// plex.tv says no date: first seen here.
        case firstSeen(Instant)
        case hold
    }
    package var at: Instant
    package var why: Why

    package init(at: Instant, why: Why) {
        self.at = at
        self.why = why
    }
}
