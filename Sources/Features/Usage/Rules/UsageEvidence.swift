// What was asked and what came of it, before anything is concluded.

package import Plex
package import Tautulli

package struct UsageEvidence: Sendable {
    /// What one source said.
    package enum Word<Value: Sendable>: Sendable {
        case notAsked
        case told(Value)
        /// A sentence for the owner.
        case failed(String)

        package var told: Value? { if case .told(let value) = self { value } else { nil } }
        package var failure: String? { if case .failed(let why) = self { why } else { nil } }
    }

    package var tautulli: Word<TautulliActivity> = .notAsked
    package var plex: Word<PlexSessions> = .notAsked
    /// What the converted streams of Plex's answer are made from, by rating key.
    package var originals: [String: PlexItem] = [:]

    package init() {}
}

package struct UsageVerdict: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case streaming
        case idle
        /// Nobody could tell. It is not the same as idle.
        case unknown
    }

    package struct Trouble: Hashable, Sendable {
        /// "Tautulli", "Plex"
        package var source: String
        package var why: String

        package init(source: String, why: String) {
            self.source = source
            self.why = why
        }
    }

    package var outcome: Outcome
    package var streams: [UsageStream] = []
    /// Streams that are there and could not be read.
    package var unreadable = 0
    package var troubles: [Trouble] = []

    package init(_ outcome: Outcome) { self.outcome = outcome }

    package var totals: UsageTotals { UsageTotals(of: streams, unreadable: unreadable) }
}

package struct UsageTotals: Hashable, Sendable {
    package var streams = 0
    package var directPlays = 0
    package var directStreams = 0
    package var transcodes = 0
    package var untoldDeliveries = 0
    /// kbit/s
    package var bandwidth = 0
    package var lan = 0
    package var wan = 0
    /// Not every stream says what it takes.
    package var isAtLeast = false

    init(of streams: [UsageStream], unreadable: Int) {
        self.streams = streams.count + unreadable
        isAtLeast = unreadable > 0
        for stream in streams {
            switch stream.delivery {
            case .directPlay: directPlays += 1
            case .directStream: directStreams += 1
            case .transcode: transcodes += 1
            case .unknown: untoldDeliveries += 1
            }
            guard let bandwidth = stream.bandwidth else {
                isAtLeast = true
                continue
            }
            self.bandwidth += bandwidth
            switch stream.network {
            case .lan: lan += bandwidth
            case .wan: wan += bandwidth
            case .unknown: break
            }
        }
    }
}
