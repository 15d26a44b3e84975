// From what Tautulli and Plex said to what plays. Tautulli is believed first: it knows friendly names and what the files
// are made of. Plex stands in where Tautulli is not there, and completes what it left open. Silence of both is unknown,
// never idle.

package import Plex
package import Tautulli

package enum UsageRules {
    /// Whether Plex has to be asked too.
    package static func needsPlex(_ tautulli: UsageEvidence.Word<TautulliActivity>) -> Bool {
        guard let activity = tautulli.told else { return true }
        return activity.unreadable > 0 || activity.sessions.contains { isIncomplete(UsageStream($0)) }
    }

    /// Converted streams whose original nobody has told of yet.
    package static func originalsWanted(_ sessions: PlexSessions) -> [String] {
        sessions.sessions.filter { [.transcode, .directStream].contains($0.delivery) }.map(\.item.ratingKey)
    }

    package static func verdict(on evidence: UsageEvidence) -> UsageVerdict {
        var verdict = UsageVerdict(.unknown)
        let plex = evidence.plex.told.map { told in
            told.sessions.map { UsageStream($0, original: evidence.originals[$0.item.ratingKey]) }
        }
        if let activity = evidence.tautulli.told {
            let told = activity.sessions.map { UsageStream($0) }
            verdict.streams = told.map { stream in
                plex?.first { !$0.key.isEmpty && $0.key == stream.key }.map(stream.completed) ?? stream
            }
            verdict.unreadable = activity.unreadable
            if let plex, verdict.unreadable > 0 {
                // What Tautulli could not say, Plex does.
                let known = Set(told.map(\.key))
                let missing = plex.filter { !known.contains($0.key) }.prefix(verdict.unreadable)
                verdict.streams += missing
                verdict.unreadable -= missing.count
            }
        } else if let plex {
            verdict.streams = plex
            verdict.unreadable = evidence.plex.told?.unreadable.count ?? 0
        }
        let isTold = evidence.tautulli.told != nil || plex != nil
        verdict.outcome =
            !isTold ? .unknown : verdict.streams.isEmpty && verdict.unreadable == 0 ? .idle : .streaming
        if let why = evidence.tautulli.failure { verdict.troubles.append(.init(source: "Tautulli", why: why)) }
        if let why = evidence.plex.failure { verdict.troubles.append(.init(source: "Plex", why: why)) }
        return verdict
    }

    private static func isIncomplete(_ stream: UsageStream) -> Bool {
        stream.title.isEmpty || stream.player == UsageStream.Player() || stream.bandwidth == nil
            || stream.network == .unknown || stream.delivery == .unknown || stream.state == .unknown
            || (stream.duration == nil && stream.kind != .liveTV)
    }
}
