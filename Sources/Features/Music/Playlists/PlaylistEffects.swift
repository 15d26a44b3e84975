// Everything this feature can do to the world; wiring fills it, a test opens one closure at a time. Each goes through
// the one door (PlaylistDoor).

package import Plex

package struct PlaylistEffects: Sendable {
    /// A new plain playlist; Plex makes none of nothing.
    package var create: @Sendable (_ title: String, _ tracks: [String]) async throws(PlexError) -> PlexPlaylist
    /// To the end; at most a hundred.
    package var add: @Sendable (_ tracks: [String], PlexPlaylist) async throws(PlexError) -> PlexAddition
    /// False: it was not there.
    package var remove: @Sendable (_ place: Int, PlexPlaylist) async throws(PlexError) -> Bool
    /// Behind another place; nil: to the front.
    package var move: @Sendable (_ place: Int, _ after: Int?, PlexPlaylist) async throws(PlexError) -> Void
    /// False: it was not there.
    package var delete: @Sendable (PlexPlaylist) async throws(PlexError) -> Bool

    package init(
        create: @escaping @Sendable (String, [String]) async throws(PlexError) -> PlexPlaylist = {
            _, _ throws(PlexError) in
            throw .forbidden("making playlists here")
        },
        add: @escaping @Sendable ([String], PlexPlaylist) async throws(PlexError) -> PlexAddition = {
            _, _ throws(PlexError) in
            throw .forbidden("adding here")
        },
        remove: @escaping @Sendable (Int, PlexPlaylist) async throws(PlexError) -> Bool = { _, _ throws(PlexError) in
            throw .forbidden("removing here")
        },
        move: @escaping @Sendable (Int, Int?, PlexPlaylist) async throws(PlexError) -> Void = {
            _, _, _ throws(PlexError) in
            throw .forbidden("moving here")
        },
        delete: @escaping @Sendable (PlexPlaylist) async throws(PlexError) -> Bool = { _ throws(PlexError) in
            throw .forbidden("deleting here")
        }
    ) {
        self.create = create
        self.add = add
        self.remove = remove
        self.move = move
        self.delete = delete
    }

    package static func on(_ plex: Plex, machine: String) -> PlaylistEffects {
        PlaylistEffects(
            create: { title, tracks throws(PlexError) in
                try await plex.createPlaylist(titled: title, of: tracks, machine: machine)
            },
            add: { tracks, playlist throws(PlexError) in
                try await plex.add(tracks, to: playlist, machine: machine)
            },
            remove: { place, playlist throws(PlexError) in try await plex.remove(place, from: playlist) },
            move: { place, other, playlist throws(PlexError) in
                try await plex.move(place, after: other, in: playlist)
            },
            delete: { playlist throws(PlexError) in try await plex.delete(playlist) })
    }
}

extension PlexError {
    /// Whether a write that ended so may have happened all the same.
    var leavesOpen: Bool {
        switch self {
        case .unreachable, .busy, .unreadable, .incomplete, .cancelled: true
        case .rejectedToken, .forbidden, .notFound, .tooLongURL, .refused: false
        }
    }

    /// Whether another try a little later is worth it, once the playlist has been read again.
    var passes: Bool {
        switch self {
        case .refused(429, _): true
        // The track, the place or the playlist: reading again tells.
        case .notFound: true
        default: leavesOpen && self != .cancelled
        }
    }
}
