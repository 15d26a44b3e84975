// The questions the music commands ask (sheet §2, §4).

internal import HTTP
internal import Runtime

extension MusicBrainzClient {
    private static let lookupsLast = Duration.days(30)
    private static let searchesLast = Duration.days(1)

    /// A release with everyone who plays on it. The id of what comes back counts: a merged one differs from the asked.
    /// - Parameter isFresh: asks even when the answer is known
    package func release(_ id: MBID, isFresh: Bool = false) async throws(MusicBrainzError) -> MusicBrainzRelease {
        let inc = "artist-credits+labels+recordings+release-groups+artist-rels+recording-level-rels"
        var release = try await ask(
            "/release/\(id)?inc=\(inc)&fmt=json", what: "release \(id)", keepFor: Self.lookupsLast, isFresh: isFresh
        ) { MusicBrainzRelease(lookup: $0) }
        if release.lacksRelations {
            let relations = try await recordingRelations(of: release.id, isFresh: isFresh)
            release.fill(relations)
        }
        return release
    }

    /// The official editions of one album.
    package func editions(of group: MBID, isFresh: Bool = false) async throws(MusicBrainzError) -> [MusicBrainzEdition]
    {
        var all: [MusicBrainzEdition] = []
        var seen = 0
        while true {
            let page = try await ask(
                "/release?release-group=\(group)&inc=artist-credits+labels+media+release-groups&status=official"
                    + "&limit=100&offset=\(seen)&fmt=json",
                what: "release group \(group)", keepFor: Self.lookupsLast, isFresh: isFresh
            ) { bytes in Wire.read(Wire.Page.self, bytes).flatMap { $0.releases == nil ? nil : EditionPage($0) } }
            all += page.editions
            seen += page.received
            if page.received == 0 || seen >= page.total { return all }
        }
    }

    /// What one rung of the ladder finds, best first.
    package func search(_ rung: SearchRung, limit: Int = 25) async throws(MusicBrainzError) -> [MusicBrainzEdition] {
        let path =
            "/\(rung.index.rawValue)?query=\(rung.query.percentEncoded())&limit=\(min(max(limit, 1), 100))"
            + "&offset=0\(rung.isPlain ? "&dismax=true" : "")&fmt=json"
        switch rung.index {
        case .releases:
            return try await ask(path, what: "such release", keepFor: Self.searchesLast) { bytes in
                Wire.read(Wire.Page.self, bytes)?.releases?.compactMap(MusicBrainzEdition.init)
            }
        case .groups:
            let groups = try await ask(path, what: "such release group", keepFor: Self.searchesLast) { bytes in
                Wire.read(Wire.Page.self, bytes)?.groups?.compactMap { wire in
                    MusicBrainzGroup(wire).map { RankedGroup(group: $0, rank: wire.score?.value) }
                }
            }
            return try await editions(ofBest: groups)
        }
    }

    /// A group's hit names its editions but says nothing about them; each group costs a request more.
    private func editions(ofBest groups: [RankedGroup]) async throws(MusicBrainzError) -> [MusicBrainzEdition] {
        var found: [MusicBrainzEdition] = []
        for candidate in groups.prefix(3) {
            for var edition in try await editions(of: candidate.group.id) {
                edition.rank = candidate.rank
                edition.group = edition.group ?? candidate.group
                found.append(edition)
            }
        }
        return found
    }

    /// Above 500 recordings the lookup leaves their relations out without a word; browsing gives them by the hundred.
    private func recordingRelations(
        of release: MBID, isFresh: Bool
    ) async throws(MusicBrainzError) -> [MBID: [MusicBrainzRelation]] {
        var found: [MBID: [MusicBrainzRelation]] = [:]
        var seen = 0
        while true {
            let page = try await ask(
                "/recording?release=\(release)&inc=artist-rels&limit=100&offset=\(seen)&fmt=json",
                what: "release \(release)", keepFor: Self.lookupsLast, isFresh: isFresh
            ) { bytes in Wire.read(Wire.Page.self, bytes).flatMap { $0.recordings == nil ? nil : RecordingPage($0) } }
            found.merge(page.relations) { first, _ in first }
            seen += page.received
            if seen >= page.total { return found }
            // Half of the credits must not pass for all of them.
            guard page.received > 0 else {
                throw .unreadable("it stopped after \(seen) of \(page.total) recordings")
            }
        }
    }
}

private struct RankedGroup: Sendable {
    var group: MusicBrainzGroup
    var rank: Int?
}

private struct EditionPage: Sendable {
    var editions: [MusicBrainzEdition]
    var received: Int
    var total: Int

    init(_ wire: Wire.Page) {
        let releases = wire.releases ?? []
        editions = releases.compactMap(MusicBrainzEdition.init)
        received = releases.count
        total = wire.releaseCount ?? releases.count
    }
}

private struct RecordingPage: Sendable {
    var relations: [MBID: [MusicBrainzRelation]] = [:]
    var received: Int
    var total: Int

    init(_ wire: Wire.Page) {
        let recordings = wire.recordings ?? []
        received = recordings.count
        total = wire.recordingCount ?? recordings.count
        for recording in recordings.map({ MusicBrainzRelease.Recording($0) }) {
            if let id = recording.id, let found = recording.relations { relations[id] = found }
        }
    }
}

extension MusicBrainzRelease {
    /// True when not one recording says who plays on it or that nobody does.
    var lacksRelations: Bool {
        let tracks = media.flatMap(\.allTracks)
        return !tracks.isEmpty && tracks.allSatisfy { $0.recording.relations == nil }
    }

    mutating func fill(_ relations: [MBID: [MusicBrainzRelation]]) {
        func fill(_ track: inout Track) {
            if let id = track.recording.id, let found = relations[id] { track.recording.relations = found }
        }
        for medium in media.indices {
            for track in media[medium].tracks.indices { fill(&media[medium].tracks[track]) }
            for track in media[medium].dataTracks.indices { fill(&media[medium].dataTracks[track]) }
            if media[medium].pregap != nil, var pregap = media[medium].pregap {
                fill(&pregap)
                media[medium].pregap = pregap
            }
        }
    }
}
