// The performers among a MusicBrainz release's relations (sheet §4, §5).

package import MusicBrainz

extension AlbumCredits {
    /// - Parameter discs: positions of the media that count, where the owner has not all of them; nil: all
    package init(_ release: MusicBrainzRelease, discs: Set<Int>? = nil) {
        let tracks = release.media.filter { discs?.contains($0.position) ?? true }.flatMap(\.allTracks)
        var mentions: [Mention] = []
        for (index, track) in tracks.enumerated() {
            mentions += (track.recording.relations ?? []).compactMap { Mention($0, track: index) }
        }
        mentions += (release.relations ?? []).compactMap { Mention($0, track: nil) }
        self.init(
            source: .musicBrainz(release.id), leaders: release.credits.map { $0.artist.id.description },
            tracks: tracks.count, unread: tracks.count { $0.recording.relations == nil }, mentions: mentions)
    }
}

extension Mention {
    fileprivate init?(_ relation: MusicBrainzRelation, track: Int?) {
        guard relation.isBackward, let word = relation.kind.roleWord else { return nil }
        let named = relation.attributes.filter { !MusicBrainzRelation.modifiers.contains($0) }
        self.init(
            key: relation.artist.id.description, name: relation.artist.name, roles: named.isEmpty ? [word] : named,
            track: track, isGuest: relation.attributes.contains("guest"), creditedAs: relation.creditedAs)
    }
}

extension MusicBrainzRelation.Kind {
    /// What somebody does of whom no instrument is named; nil: no performer.
    fileprivate var roleWord: String? {
        switch self {
        case .performer: "performer"
        case .instrument: "instruments"
        case .vocal: "vocals"
        case .orchestra: "orchestra"
        case .conductor: "conductor"
        case .chorusMaster: "chorus master"
        case .concertmaster: "concertmaster"
        case .other: nil
        }
    }
}
