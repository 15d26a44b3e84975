// What Plex knows of one album, read at one moment.

package import Plex
internal import MusicBrainz
internal import Runtime

package struct AlbumEvidence: Hashable, Sendable {
    package var item: PlexItem
    /// Of the album's library: rating keys mean something only there.
    package var library: String
    package var facts: AlbumFacts

    package init(item: PlexItem, library: String, facts: AlbumFacts) {
        self.item = item
        self.library = library
        self.facts = facts
    }

    package var name: String { Self.name(item) }

    package static func name(_ album: PlexItem) -> String {
        album.parentTitle.isEmpty ? album.title : "\(album.title) by \(album.parentTitle)"
    }
}

extension AlbumFacts {
    package init(_ album: PlexItem, tracks: [PlexItem]) {
        self.init(
            title: AlbumQuery.cleaned(album.title), artist: AlbumQuery.cleaned(album.parentTitle), year: album.year,
            tracks: tracks.filter { $0.kind == .track }.enumerated().map { place, track in
                Track(
                    track.title, milliseconds: track.duration.map { Int($0.milliseconds) },
                    disc: track.parentIndex ?? 1, index: track.index ?? place + 1)
            },
            releaseIDs: Self.releases(album))
    }

    /// Some servers give the id only as the item's own guid (sheet §3).
    fileprivate static func releases(_ album: PlexItem) -> [MBID] {
        var ids: [MBID] = []
        for guid in album.guids + [album.guid] where guid.hasPrefix("mbid://") {
            if let id = MBID(guid), !ids.contains(id) { ids.append(id) }
        }
        return ids
    }
}

extension AlbumEvidence {
    package static func gather(_ ratingKey: String, from plex: Plex) async throws -> AlbumEvidence {
        let item = try await plex.item(ratingKey)
        guard item.kind == .album else {
            throw EnrichTrouble.notAnAlbum(title: item.title, kind: item.kind.name)
        }
        let tracks = try await plex.children(of: ratingKey)
        let library = try await plex.library(of: item)
        let facts = AlbumFacts(item, tracks: tracks)
        guard !facts.tracks.isEmpty else { throw EnrichTrouble.noTracks(title: item.title) }
        return AlbumEvidence(item: item, library: library, facts: facts)
    }
}

extension Plex {
    /// The unique id of an item's library, since numbers repeat from server to server; empty when it is in none.
    func library(of item: PlexItem) async throws(PlexError) -> String {
        try await sections().first { $0.id == item.sectionID }?.uuid ?? ""
    }
}
