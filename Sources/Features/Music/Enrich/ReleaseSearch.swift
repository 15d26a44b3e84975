// From what Plex knows of an album to the release that names its players (sheet §3): by the files' own id, else by the
// ladder of searches; where the edition is bare, by its siblings; at last by Discogs. Every release is held against the
// album's tracks before anything is believed of it.

package import Discogs
package import MusicBrainz

package struct ReleaseSearch: Sendable {
    let musicBrainz: MusicBrainzClient
    /// Nil without a token.
    let discogs: DiscogsClient?

    package init(_ musicBrainz: MusicBrainzClient, discogs: DiscogsClient?) {
        self.musicBrainz = musicBrainz
        self.discogs = discogs
    }

    /// What is known of a release once it was looked up.
    private struct Seen {
        var release: MusicBrainzRelease
        var agreement: TrackAgreement
        var credits: AlbumCredits
        var score: Double
        var why: [String]

        var candidate: ReleaseCandidate {
            ReleaseCandidate(edition: release.edition, score: score, why: why)
        }
        func pick(_ way: ReleasePick.Way) -> ReleasePick {
            ReleasePick(release, way: way, score: score, agreement: agreement, credits: credits)
        }
    }

    package func find(_ album: AlbumFacts) async throws -> ReleaseFinding {
        var doubted: Seen?
        for id in album.releaseIDs {
            guard let seen = try await named(id, album) else { continue }
            if seen.agreement.isConvincing { return try await settled(seen, .byGuid, album) }
            doubted = doubted ?? seen
        }
        let verdict = try await search(album)
        if let doubted {
            return .ask(merged(doubted.candidate, verdict), why: Self.doubt(doubted.agreement, "the files"))
        }
        switch verdict {
        case .take(let candidate):
            let seen = try await look(candidate.edition.id, album)
            if seen.agreement.isConvincing { return try await settled(seen, .bySearch, album) }
            return .ask([candidate], why: Self.doubt(seen.agreement, "the search"))
        case .ask(let candidates, let why): return .ask(candidates, why: why)
        case .none(let why): return try await byDiscogs(album) ?? .nobody(why: why + orDiscogs)
        }
    }

    /// Chosen by a person: a release's id, or a group's, of which the best edition is taken.
    package func take(_ id: MBID, for album: AlbumFacts) async throws -> ReleaseFinding {
        guard let seen = try await named(id, album) else { throw MusicBrainzError.notFound("release \(id)") }
        return try await settled(seen, .byHand, album)
    }

    // MARK: Steps

    /// Nil: MusicBrainz knows neither a release nor a group of that id.
    private func named(_ id: MBID, _ album: AlbumFacts) async throws -> Seen? {
        do { return try await look(id, album) } catch MusicBrainzError.notFound {}
        // Some taggers write the group's id.
        do {
            let editions = try await musicBrainz.editions(of: id)
            let candidates = editions.map { ReleaseMatch.candidate($0, for: album) }
            guard !candidates.isEmpty else { return nil }
            return try await look(ReleaseMatch.preferred(candidates, for: album).edition.id, album)
        } catch MusicBrainzError.notFound {
            return nil
        }
    }

    private func look(_ id: MBID, _ album: AlbumFacts) async throws -> Seen {
        let release = try await musicBrainz.release(id)
        let agreement = ReleaseMatch.agreement(of: release, with: album)
        let candidate = ReleaseMatch.candidate(release.edition, for: album)
        return Seen(
            release: release, agreement: agreement, credits: AlbumCredits(release, discs: agreement.discs),
            score: candidate.score, why: candidate.why)
    }

    private func search(_ album: AlbumFacts) async throws -> ReleaseVerdict {
        var last = ReleaseVerdict.none(why: "MusicBrainz has nothing of that title")
        for rung in SearchLadder.rungs(title: album.title, artist: album.artist, tracks: album.trackCount) {
            last = ReleaseMatch.verdict(on: try await musicBrainz.search(rung), for: album)
            if case .none = last { continue }
            return last
        }
        return last
    }

    /// The release is the album: now, who plays?
    private func settled(_ seen: Seen, _ way: ReleasePick.Way, _ album: AlbumFacts) async throws -> ReleaseFinding {
        if !seen.credits.isEmpty { return .pick(seen.pick(way)) }
        if let group = seen.release.group?.id {
            let editions = try await musicBrainz.editions(of: group)
            for sibling in ReleaseMatch.siblings(of: seen.release.edition, among: editions) {
                let other = try await look(sibling.id, album)
                // By hand the person answers for the tracks, of the release they chose.
                guard other.agreement.isConvincing, !other.credits.isEmpty else { continue }
                return .pick(other.pick(.sibling(of: seen.release.id)))
            }
        }
        return try await byDiscogs(album) ?? .nobody(why: "no edition at MusicBrainz names a player" + orDiscogs)
    }

    private var orDiscogs: String {
        discogs == nil ? " (Discogs was not asked: DISCOGS_TOKEN is not set)" : ", and none at Discogs"
    }

    private func byDiscogs(_ album: AlbumFacts) async throws -> ReleaseFinding? {
        guard let discogs else { return nil }
        let hits = try await discogs.search(
            artist: album.isByVarious ? "" : album.artist, title: SearchLadder.withoutBrackets(album.title))
        for hit in ReleaseMatch.ranked(hits, for: album).prefix(3) {
            let release: DiscogsRelease
            // One that was deleted since it was indexed.
            do { release = try await discogs.release(hit.id) } catch DiscogsError.notFound { continue }
            let agreement = ReleaseMatch.agreement(of: release, with: album)
            let pick = ReleasePick(release, agreement: agreement)
            if agreement.isConvincing, !pick.credits.isEmpty { return .pick(pick) }
        }
        return nil
    }

    // MARK: Doubt

    private func merged(_ first: ReleaseCandidate, _ verdict: ReleaseVerdict) -> [ReleaseCandidate] {
        let others: [ReleaseCandidate] =
            switch verdict {
            case .take(let candidate): [candidate]
            case .ask(let candidates, _): candidates
            case .none: []
            }
        return Array(([first] + others.filter { $0.edition.id != first.edition.id }).prefix(ReleaseMatch.mostShown))
    }

    private static func doubt(_ agreement: TrackAgreement, _ who: String) -> String {
        "only \(agreement.matched) of \(agreement.compared) tracks agree with the release \(who) named"
    }
}
