// Playlists of the token's account and what is in them (sheet plex.md §4).

package import Runtime

package struct PlexPlaylist: Hashable, Sendable {
    package var ratingKey: String
    package var title: String
    package var summary = ""
    /// Made of rules: its items cannot be edited, and adding to it would replace its rules.
    package var isSmart = false
    /// `audio`, `video` or `photo`.
    package var kind = ""
    package var leafCount: Int?
    package var duration: Duration?
    package var addedAt: Instant?
    package var updatedAt: Instant?

    package init(ratingKey: String, title: String, isSmart: Bool = false) {
        self.ratingKey = ratingKey
        self.title = title
        self.isSmart = isSmart
    }
}

/// One place in a plain playlist. The same item may stand in several.
package struct PlexPlaylistEntry: Hashable, Sendable {
    /// The place's own id: what is removed and moved. Nil in smart playlists.
    package var id: Int?
    package var item: PlexItem

    package init(id: Int?, item: PlexItem) {
        self.id = id
        self.item = item
    }
}

/// What adding came to, as the server counted; nil where it does not say. Fewer added than asked means some were there.
package struct PlexAddition: Hashable, Sendable {
    package var requested: Int
    package var added: Int?
    package var requests: Int

    package init(requested: Int, added: Int?, requests: Int) {
        self.requested = requested
        self.added = added
        self.requests = requests
    }
}

extension PlexPlaylist {
    init(_ node: JSONNode) throws(Unreadable) {
        self.init(ratingKey: try node.needed("ratingKey"), title: node.text("title"))
        summary = node.text("summary")
        isSmart = node["smart"]?.flag ?? false
        kind = node.text("playlistType")
        leafCount = node["leafCount"]?.int
        duration = node.milliseconds("duration")
        addedAt = node.instant("addedAt")
        updatedAt = node.instant("updatedAt")
    }
}

extension PlexPlaylistEntry {
    init(_ node: JSONNode, in container: JSONNode?) throws(Unreadable) {
        self.init(id: node["playlistItemID"]?.int, item: try PlexItem(node, in: container))
    }
}
