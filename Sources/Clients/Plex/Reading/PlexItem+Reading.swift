// Plex's JSON into a PlexItem, as lenient as sheet §1 says.

internal import Runtime

extension PlexItem {
    /// `container` may carry what all its rows share, such as the section.
    init(_ node: JSONNode, in container: JSONNode?) throws(Unreadable) {
        self.init(ratingKey: try node.needed("ratingKey"), kind: PlexKind(try node.needed("type")))
        readNames(node)
        readNumbers(node)
        thumb = node["thumb"]?.text
        parentThumb = node["parentThumb"]?.text
        grandparentThumb = node["grandparentThumb"]?.text
        art = node["art"]?.text
        sectionID = node["librarySectionID"]?.int ?? container?["librarySectionID"]?.int
        sectionTitle = (node["librarySectionTitle"] ?? container?["librarySectionTitle"])?.text ?? ""
        guids = node.list("Guid").compactMap { $0["id"]?.text }
        genres = node.list("Genre").compactMap { $0["tag"]?.text }
        lockedFields = node.list("Field").filter { $0["locked"]?.flag == true }.compactMap { $0["name"]?.text }
        media = node.list("Media").map(PlexMedia.init)
    }

    private mutating func readNames(_ node: JSONNode) {
        guid = node.text("guid")
        title = node.text("title")
        titleSort = node.text("titleSort")
        originalTitle = node.text("originalTitle")
        parentTitle = node.text("parentTitle")
        grandparentTitle = node.text("grandparentTitle")
        parentRatingKey = node["parentRatingKey"]?.text
        grandparentRatingKey = node["grandparentRatingKey"]?.text
        parentGuid = node.text("parentGuid")
        grandparentGuid = node.text("grandparentGuid")
        originallyAvailable = node["originallyAvailableAt"]?.text
        showOrdering = node["showOrdering"]?.text
        summary = node.text("summary")
        studio = node.text("studio")
    }

    private mutating func readNumbers(_ node: JSONNode) {
        index = node["index"]?.int
        parentIndex = node["parentIndex"]?.int
        year = node["year"]?.int
        duration = node.milliseconds("duration")
        viewOffset = node.milliseconds("viewOffset")
        viewCount = node["viewCount"]?.int ?? 0
        lastViewedAt = node.instant("lastViewedAt")
        userRating = node["userRating"]?.double
        lastRatedAt = node.instant("lastRatedAt")
        addedAt = node.instant("addedAt")
        updatedAt = node.instant("updatedAt")
        leafCount = node["leafCount"]?.int
        viewedLeafCount = node["viewedLeafCount"]?.int
        childCount = node["childCount"]?.int
    }
}

extension PlexMedia {
    init(_ node: JSONNode) {
        id = node.text("id")
        isSelected = node["selected"]?.flag ?? false
        bitrate = node["bitrate"]?.int
        container = node.text("container")
        videoResolution = node.text("videoResolution")
        videoCodec = node.text("videoCodec")
        audioCodec = node.text("audioCodec")
        audioChannels = node["audioChannels"]?.int
        width = node["width"]?.int
        height = node["height"]?.int
        parts = node.list("Part").map(PlexPart.init)
    }
}

extension PlexPart {
    init(_ node: JSONNode) {
        id = node.text("id")
        file = node.text("file")
        size = node["size"]?.int
        container = node.text("container")
        isSelected = node["selected"]?.flag ?? false
        decision = node["decision"]?.text.map { PlexDecision($0) }
        streams = node.list("Stream").map(PlexStream.init)
    }
}

extension PlexStream {
    init(_ node: JSONNode) {
        switch node["streamType"]?.int {
        case 1: kind = .video
        case 2: kind = .audio
        case 3: kind = .subtitle
        case let number: kind = .other(number ?? 0)
        }
        id = node.text("id")
        codec = node.text("codec")
        displayTitle = node.text("displayTitle")
        language = node.text("language")
        bitrate = node["bitrate"]?.int
        channels = node["channels"]?.int
        height = node["height"]?.int
        isSelected = node["selected"]?.flag ?? false
        decision = node["decision"]?.text.map { PlexDecision($0) }
    }
}

extension JSONNode {
    func milliseconds(_ name: String) -> Duration? { self[name]?.int.map { .milliseconds($0) } }

    /// Seconds since 1970. Beyond the year 9999 it is no date but rubbish, and would overflow.
    func instant(_ name: String) -> Instant? {
        guard let seconds = self[name]?.int, (1..<253_402_300_800).contains(seconds) else { return nil }
        return Instant(seconds: Int64(seconds))
    }
}
