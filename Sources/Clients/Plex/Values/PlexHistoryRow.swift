// One play that came to its end, by anyone (sheet plex.md §3). The only record of friends' plays Plex itself has.

package import Runtime

package struct PlexHistoryRow: Hashable, Sendable {
    /// Unlike everything else here it stays the row's own, also after its item was deleted.
    package var historyKey: String
    /// Nil: the item is no longer there.
    package var ratingKey: String?
    package var parentRatingKey: String?
    package var grandparentRatingKey: String?
    package var kind: PlexKind
    package var title = ""
    package var parentTitle = ""
    package var grandparentTitle = ""
    package var index: Int?
    package var parentIndex: Int?
    package var sectionID: Int?
    /// "2021-05-04", of an episode.
    package var airedOn: String?
    package var viewedAt: Instant
    /// 1 is the owner.
    package var accountID: Int
    package var deviceID: Int?

    package init(historyKey: String, ratingKey: String?, kind: PlexKind, viewedAt: Instant, accountID: Int) {
        self.historyKey = historyKey
        self.ratingKey = ratingKey
        self.kind = kind
        self.viewedAt = viewedAt
        self.accountID = accountID
    }
}

package struct PlexHistoryFilter: Hashable, Sendable {
    package var accountID: Int?
    package var sectionID: Int?
    /// An item and all beneath it: a track, an album, an artist.
    package var item: String?
    /// From this moment on.
    package var since: Instant?
    /// Newest first suits a glance. A whole history is read oldest first: rows that come meanwhile then stand at the end
    /// and shift nothing.
    package var isNewestFirst: Bool

    package init(
        accountID: Int? = nil, sectionID: Int? = nil, item: String? = nil, since: Instant? = nil,
        newestFirst isNewestFirst: Bool = false
    ) {
        self.accountID = accountID
        self.sectionID = sectionID
        self.item = item
        self.since = since
        self.isNewestFirst = isNewestFirst
    }
}

extension PlexHistoryRow {
    init(_ node: JSONNode) throws(Unreadable) {
        guard let viewedAt = node.instant("viewedAt") else { throw Unreadable(why: "has no viewedAt") }
        guard let account = node["accountID"]?.int else { throw Unreadable(why: "has no accountID") }
        let ratingKey = node["ratingKey"]?.text ?? Self.id(in: node["key"])
        // Should a server leave the key out, who played what and when tells rows apart well enough for paging.
        let key = node["historyKey"]?.text ?? "\(viewedAt.seconds)/\(account)/\(ratingKey ?? node.text("title"))"
        self.init(
            historyKey: key, ratingKey: ratingKey, kind: PlexKind(node.text("type")), viewedAt: viewedAt,
            accountID: account)
        parentRatingKey = node["parentRatingKey"]?.text ?? Self.id(in: node["parentKey"])
        grandparentRatingKey = node["grandparentRatingKey"]?.text ?? Self.id(in: node["grandparentKey"])
        title = node.text("title")
        parentTitle = node.text("parentTitle")
        grandparentTitle = node.text("grandparentTitle")
        index = node["index"]?.int
        parentIndex = node["parentIndex"]?.int
        sectionID = node["librarySectionID"]?.int
        deviceID = node["deviceID"]?.int
        airedOn = node["originallyAvailableAt"]?.text
    }

    /// `/library/metadata/12224` → `12224`: parents are named by path only.
    private static func id(in path: JSONNode?) -> String? {
        guard let text = path?.text, text.hasPrefix("/library/metadata/") else { return nil }
        let id = text.dropFirst("/library/metadata/".count).prefix { $0 != "/" }
        return id.isEmpty ? nil : String(id)
    }
}
