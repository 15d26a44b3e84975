// The server, its libraries and what is in them (sheet plex.md §2). Titles found are candidates: Plex's `title=` means
// "contains" and its hub search adds what is merely related, so callers compare names themselves.

internal import HTTP

extension Plex {
    package func identity() async throws(PlexError) -> PlexIdentity {
        var call = PlexCall("GET", "/identity", what: "the server's identity")
        call.needsToken = false
        let container = try await read(call).container
        guard let machine = container["machineIdentifier"]?.text, !machine.isEmpty else {
            throw .unreadable("the server's identity: no machineIdentifier: is PLEX_URL a Plex server?")
        }
        return PlexIdentity(
            machineIdentifier: machine, version: container.text("version"),
            isClaimed: container["claimed"]?.flag ?? true)
    }

    package func server() async throws(PlexError) -> PlexServer {
        let container = try await read(PlexCall("GET", "/", what: "the server")).container
        guard let machine = container["machineIdentifier"]?.text, !machine.isEmpty else {
            throw .unreadable("the server: no machineIdentifier: is PLEX_URL a Plex server?")
        }
        return PlexServer(
            machineIdentifier: machine, version: container.text("version"), name: container.text("friendlyName"),
            platform: container.text("platform"), owner: container.text("myPlexUsername"),
            hasPlexPass: container["myPlexSubscription"]?.flag ?? false)
    }

    /// Id 0 is nobody: rows from before the server was claimed.
    package func accounts() async throws(PlexError) -> [PlexAccount] {
        let answer = try await read(PlexCall("GET", "/accounts", what: "the accounts"))
        return try answer.rows("Account") { node throws(Unreadable) in try PlexAccount(node) }.filter { $0.id != 0 }
    }

    package func sections() async throws(PlexError) -> [PlexSection] {
        let answer = try await read(PlexCall("GET", "/library/sections", what: "the libraries"))
        return try answer.rows("Directory") { node throws(Unreadable) in try PlexSection(node) }
    }

    // MARK: Finding

    /// Items of a kind whose title contains `title`.
    package func search(
        _ kind: PlexKind, titled title: String, in section: Int
    ) async throws(PlexError) -> [PlexItem] {
        try await items(kind, in: section, where: [("title", title)]).all()
    }

    /// Plex's own search, which forgives misspellings; only items of `kinds`, best first.
    package func hubSearch(
        _ query: String, kinds: Set<PlexKind>, in section: Int? = nil, limit: Int = 10
    ) async throws(PlexError) -> [PlexItem] {
        var fields = [("query", query), ("limit", "\(limit)")]
        if let section { fields.append(("sectionId", "\(section)")) }
        let answer = try await read(PlexCall("GET", "/hubs/search", fields, what: "the search"))
        let hubs = answer.container.list("Hub").filter { kinds.contains(PlexKind($0.text("type"))) }
        var found: [PlexItem] = []
        for node in hubs.flatMap({ $0.list("Metadata") }) {
            // A suggestion that cannot be read is none; nothing is concluded from its absence.
            if let item = try? PlexItem(node, in: nil), kinds.contains(item.kind) { found.append(item) }
        }
        return found
    }

    // MARK: Reading

    package func item(_ ratingKey: String) async throws(PlexError) -> PlexItem {
        guard let item = try await batch([ratingKey]).first else { throw .notFound("item \(ratingKey)") }
        return item
    }

    /// Those of the items that are still there, in the order asked for.
    package func items(_ ratingKeys: [String]) async throws(PlexError) -> [PlexItem] {
        var found: [String: PlexItem] = [:]
        var rest = ratingKeys[...]
        while !rest.isEmpty {
            for item in try await present(Array(rest.prefix(100))) { found[item.ratingKey] = item }
            rest = rest.dropFirst(100)
        }
        return ratingKeys.compactMap { found.removeValue(forKey: $0) }
    }

    /// Whether one missing item turns a whole answer into a 404 is the server's choice: the halves then tell which.
    private func present(_ ratingKeys: [String]) async throws(PlexError) -> [PlexItem] {
        do throws(PlexError) { return try await batch(ratingKeys) } catch {
            switch error {
            case .notFound where ratingKeys.count == 1: return []
            case .notFound, .tooLongURL:
                guard ratingKeys.count > 1 else { throw error }
                let half = ratingKeys.count / 2
                return try await present(Array(ratingKeys[..<half])) + present(Array(ratingKeys[half...]))
            default: throw error
            }
        }
    }

    private func batch(_ ratingKeys: [String]) async throws(PlexError) -> [PlexItem] {
        let path = "/library/metadata/" + ratingKeys.map { $0.percentEncoded() }.joined(separator: ",")
        let what = ratingKeys.count == 1 ? "item \(ratingKeys[0])" : "\(ratingKeys.count) items"
        let answer = try await read(PlexCall("GET", path, [("includeGuids", "1")], what: what))
        return try answer.rows("Metadata") { node throws(Unreadable) in try PlexItem(node, in: answer.container) }
    }

    /// Albums of an artist, tracks of an album, seasons of a show, episodes of a season.
    package func children(of ratingKey: String) async throws(PlexError) -> [PlexItem] {
        try await pages(of: "children", beneath: ratingKey, [("excludeAllLeaves", "1")]).all()
    }

    /// Every track or episode beneath an artist, album, show or season.
    package func leaves(of ratingKey: String) async throws(PlexError) -> [PlexItem] {
        try await pages(of: "allLeaves", beneath: ratingKey).all()
    }

    private func pages(
        of list: String, beneath ratingKey: String, _ more: [(String, String)] = []
    ) -> PlexPages<PlexItem> {
        itemPages(
            PlexCall(
                "GET", "/library/metadata/\(ratingKey.percentEncoded())/\(list)", [("includeGuids", "1")] + more,
                what: "what is in item \(ratingKey)"))
    }

    package func tracks(ofArtist ratingKey: String, in section: Int) async throws(PlexError) -> [PlexItem] {
        try await items(.track, in: section, where: [("artist.id", ratingKey)], withGuids: true).all()
    }

    package func albums(ofArtist ratingKey: String, in section: Int) async throws(PlexError) -> [PlexItem] {
        try await items(.album, in: section, where: [("artist.id", ratingKey)], withGuids: true).all()
    }

    /// Tracks this account rated at least so, best first. Plex's own answer is checked again: a server that ignores the
    /// filter would otherwise put the whole library into a playlist.
    package func ratedTracks(atLeast rating: Double, in section: Int) async throws(PlexError) -> [PlexItem] {
        let bound = rating == rating.rounded() ? "\(Int(rating))" : "\(rating)"
        return try await items(
            .track, in: section, where: [("userRating>", bound)], sortedBy: "userRating:desc"
        ).all().filter { ($0.userRating ?? -1) >= rating }
    }

    /// Everything of a kind in a library, page by page. `fields` are Plex's: ("addedAt>", "1790000000"), ("year", "1959").
    package func items(
        _ kind: PlexKind, in section: Int, where fields: [(name: String, value: String)] = [],
        sortedBy sort: String? = nil, withGuids: Bool = false
    ) -> PlexPages<PlexItem> {
        var query: [(String, String)] = kind.number.map { [("type", "\($0)")] } ?? []
        query += fields.map { ($0.name, $0.value) }
        if let sort { query.append(("sort", sort)) }
        if withGuids { query.append(("includeGuids", "1")) }
        return itemPages(
            PlexCall("GET", "/library/sections/\(section)/all", query, what: "the \(kind.name)s of library \(section)"))
    }

    func itemPages(_ call: PlexCall) -> PlexPages<PlexItem> {
        PlexPages(
            plex: self, call: call, read: { answer throws(PlexError) in try PlexItem.outcomes(in: answer) },
            key: { $0.ratingKey })
    }
}

extension PlexItem {
    static func outcomes(in answer: PlexAnswer) throws(PlexError) -> [PlexRow<PlexItem>] {
        let container = answer.container
        return try answer.outcomes("Metadata") { node throws(Unreadable) in
            // "All episodes", a door to all leaves that stands among a show's seasons, is no item.
            if node["ratingKey"] == nil, node.text("key").hasSuffix("/allLeaves") { return nil }
            return try PlexItem(node, in: container)
        }
    }
}
