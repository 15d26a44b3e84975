// Playlists (sheet plex.md §4). Their items travel as ids in the address, so long lists go in batches, smaller ones when
// the server finds an address too long. A batch that fails leaves those before it done: read the items again and send
// what is missing. Whether Plex skips items already there is not known; do not rely on either.

internal import Runtime

extension Plex {
    static var batchSize: Int { 100 }

    /// The account's playlists of a kind: `audio`, `video` or `photo`.
    package func playlists(kind: String = "audio") async throws(PlexError) -> [PlexPlaylist] {
        try await PlexPages(
            plex: self,
            call: PlexCall("GET", "/playlists", [("playlistType", kind)], what: "the playlists"),
            read: { answer throws(PlexError) in
                try answer.outcomes("Metadata") { node throws(Unreadable) in try PlexPlaylist(node) }
            },
            key: { $0.ratingKey }
        ).all()
    }

    /// Those with exactly this title; titles are not unique, and Plex's own search by title means "contains".
    package func playlists(titled title: String, kind: String = "audio") async throws(PlexError) -> [PlexPlaylist] {
        try await playlists(kind: kind).filter { $0.title == title }
    }

    package func playlist(_ ratingKey: String) async throws(PlexError) -> PlexPlaylist {
        let id = try Self.oneItem(ratingKey)
        let answer = try await read(PlexCall("GET", "/playlists/\(id)", what: "playlist \(id)"))
        let found = try answer.rows("Metadata") { node throws(Unreadable) in try PlexPlaylist(node) }
        guard let playlist = found.first else { throw .notFound("playlist \(id)") }
        return playlist
    }

    /// What is in it, in its order. The same item may come twice, with different entry ids.
    package func entries(of playlist: PlexPlaylist) async throws(PlexError) -> [PlexPlaylistEntry] {
        try await entryPages(of: playlist).all()
    }

    package func entryPages(of playlist: PlexPlaylist) throws(PlexError) -> PlexPages<PlexPlaylistEntry> {
        let id = try Self.oneItem(playlist.ratingKey)
        let isSmart = playlist.isSmart
        return PlexPages(
            plex: self, call: PlexCall("GET", "/playlists/\(id)/items", what: "the items of playlist \(id)"),
            read: { answer throws(PlexError) in
                try answer.outcomes("Metadata") { node throws(Unreadable) in
                    let entry = try PlexPlaylistEntry(node, in: answer.container)
                    // Without it the place could be neither removed nor told from its double.
                    if entry.id == nil, !isSmart { throw Unreadable(why: "has no playlistItemID") }
                    return entry
                }
            },
            key: { entry in entry.id.map { "\($0)" } ?? entry.item.ratingKey })
    }

    /// A new plain playlist with these items in this order. `machine`: the server's machineIdentifier.
    package func createPlaylist(
        titled title: String, of ratingKeys: [String], machine: String, kind: String = "audio"
    ) async throws(PlexError) -> PlexPlaylist {
        guard !ratingKeys.isEmpty else { throw .refused(status: 400, "a playlist of nothing") }
        var count = min(ratingKeys.count, Self.batchSize)
        while true {
            let first = try Self.address(of: ratingKeys.prefix(count), machine: machine)
            let call = PlexCall(
                "POST", "/playlists", [("type", kind), ("title", title), ("smart", "0"), ("uri", first)],
                what: "making the playlist “\(title)”")
            do throws(PlexError) {
                let answer = try await asked(call)
                let made = try answer.rows("Metadata") { node throws(Unreadable) in try PlexPlaylist(node) }
                guard let playlist = made.first else { throw .unreadable("\(call.what): it was not named") }
                _ = try await add(Array(ratingKeys.dropFirst(count)), to: playlist, machine: machine)
                return playlist
            } catch {
                guard error == .tooLongURL, count > 1 else { throw error }
                count /= 2
            }
        }
    }

    /// Appends items, in this order. Never to a smart playlist: that would replace its rules.
    package func add(
        _ ratingKeys: [String], to playlist: PlexPlaylist, machine: String
    ) async throws(PlexError) -> PlexAddition {
        guard !playlist.isSmart else { throw .refused(status: 400, "adding to a smart playlist") }
        let id = try Self.oneItem(playlist.ratingKey)
        var result = PlexAddition(requested: ratingKeys.count, added: 0, requests: 0)
        var rest = ratingKeys[...]
        var count = Self.batchSize
        while !rest.isEmpty {
            let batch = rest.prefix(count)
            let call = PlexCall(
                "PUT", "/playlists/\(id)/items", [("uri", try Self.address(of: batch, machine: machine))],
                what: "adding to playlist \(id)")
            result.requests += 1
            do throws(PlexError) {
                let added = try await added(call)
                result.added = result.added.flatMap { sum in added.map { sum + $0 } }
                rest = rest.dropFirst(batch.count)
            } catch {
                guard error == .tooLongURL, batch.count > 1 else { throw error }
                count = batch.count / 2
            }
        }
        return result
    }

    /// Takes one place out. False: it was not there any more.
    package func remove(_ entry: Int, from playlist: PlexPlaylist) async throws(PlexError) -> Bool {
        let id = try Self.oneItem(playlist.ratingKey)
        do throws(PlexError) {
            try await write(
                PlexCall("DELETE", "/playlists/\(id)/items/\(entry)", what: "item \(entry) of playlist \(id)"))
        } catch {
            if case .notFound = error { return false }
            throw error
        }
        return true
    }

    /// Puts a place behind another; nil: to the front.
    package func move(
        _ entry: Int, after other: Int?, in playlist: PlexPlaylist
    ) async throws(PlexError) {
        let id = try Self.oneItem(playlist.ratingKey)
        try await write(
            PlexCall(
                "PUT", "/playlists/\(id)/items/\(entry)/move", other.map { [("after", "\($0)")] } ?? [],
                what: "item \(entry) of playlist \(id)"))
    }

    /// Takes everything out of a plain playlist.
    package func clear(_ playlist: PlexPlaylist) async throws(PlexError) {
        guard !playlist.isSmart else { throw .refused(status: 400, "emptying a smart playlist") }
        let id = try Self.oneItem(playlist.ratingKey)
        try await write(PlexCall("DELETE", "/playlists/\(id)/items", what: "playlist \(id)"))
    }

    package func rename(_ playlist: PlexPlaylist, to title: String) async throws(PlexError) {
        let id = try Self.oneItem(playlist.ratingKey)
        try await write(
            PlexCall(
                "PUT", "/playlists/\(id)", [("title.value", title), ("title.locked", "1")], what: "playlist \(id)"))
    }

    /// False: it was not there any more.
    package func delete(_ playlist: PlexPlaylist) async throws(PlexError) -> Bool {
        let id = try Self.oneItem(playlist.ratingKey)
        do throws(PlexError) { try await write(PlexCall("DELETE", "/playlists/\(id)", what: "playlist \(id)")) } catch {
            if case .notFound = error { return false }
            throw error
        }
        return true
    }

    /// Kept apart from their callers: the optimiser is happier with small functions.
    private func asked(_ call: PlexCall) async throws(PlexError) -> PlexAnswer { try await read(call) }

    /// How many the server says it added; nil when it does not say. Its answer may be empty: the status alone counts.
    private func added(_ call: PlexCall) async throws(PlexError) -> Int? {
        let body = try await bytes(call)
        return (try? JSONDocument(body))?.root["MediaContainer"]?["leafCountAdded"]?.int
    }

    private static func address(
        of ratingKeys: ArraySlice<String>, machine: String
    ) throws(PlexError) -> String {
        var ids: [String] = []
        for key in ratingKeys { ids.append(try oneItem(key)) }
        return "server://\(machine)/com.plexapp.plugins.library/library/metadata/" + ids.joined(separator: ",")
    }
}
