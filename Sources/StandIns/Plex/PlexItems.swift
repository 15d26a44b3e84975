// Movies, shows, artists, albums and tracks as elements (sheet plex.md §2): ids as strings, numbers as numbers, nothing
// for what is not set, views and stars of the account that asks.

import Runtime

extension PlexView {
    struct Detail: Sendable {
        /// Alone, with all there is; lists say less.
        var isWhole = false
        var hasGUIDs = false
    }

    func element(_ item: Item, _ detail: Detail = Detail()) -> PlexElement {
        let tag = item.kind == .track ? "Track" : item.kind == .movie || item.kind == .episode ? "Video" : "Directory"
        let path = "/library/metadata/\(item.ratingKey)"
        var element = PlexElement(
            tag, as: "Metadata",
            [
                "ratingKey": "\(item.ratingKey)", "key": .text(item.kind.hasChildren ? path + "/children" : path),
                "guid": .text(item.guid), "type": .text(item.kind.word), "title": .text(item.title),
                "titleSort": item.sortTitle == item.title ? nil : .text(item.sortTitle),
                "originalTitle": .some(item.originalTitle), "summary": .text(item.summary),
                "index": .number(item.index), "year": .number(item.year), "originallyAvailableAt": .some(item.released),
                "duration": item.milliseconds > 0 ? .number(item.milliseconds) : nil,
            ])
        let parent = world.parent(of: item)
        let top = parent.flatMap { world.parent(of: $0) }
        add(parent, top, of: item, to: &element)
        addOwnViews(of: item, to: &element)
        let section = world.section(item.section)
        element.add([
            "addedAt": .number(Int(item.addedAt.seconds)), "updatedAt": .number(item.updatedAt),
            "thumb": thumb(of: item, parent), "librarySectionTitle": .some(section?.title),
            "librarySectionID": .number(item.section), "librarySectionKey": "/library/sections/\(item.section)",
        ])
        if item.kind.isLeaf { element.children.append(media(of: item, [top, parent], isWhole: detail.isWhole)) }
        for genre in item.genres {
            element.children.append(
                PlexElement(
                    "Genre",
                    detail.isWhole
                        ? [
                            "id": .number(world.genreID(genre)), "filter": "genre=\(world.genreID(genre))",
                            "tag": .text(genre),
                        ]
                        : ["tag": .text(genre)]))
        }
        if detail.isWhole || detail.hasGUIDs {
            element.children += item.guids.map { PlexElement("Guid", ["id": .text($0)]) }
        }
        if detail.isWhole, item.isSummaryLocked {
            element.children.append(PlexElement("Field", ["locked": true, "name": "summary"]))
        }
        return element
    }

    private func add(_ parent: Item?, _ top: Item?, of item: Item, to element: inout PlexElement) {
        guard let parent else { return }
        element.add([
            "parentRatingKey": "\(parent.ratingKey)", "parentKey": "/library/metadata/\(parent.ratingKey)",
            "parentGuid": .text(parent.guid), "parentTitle": .text(parent.title), "parentThumb": thumb(of: parent, top),
            "parentIndex": item.kind == .track ? .number(item.discIndex ?? 1) : .number(parent.index),
            "parentYear": item.kind == .track ? .number(parent.year) : nil,
        ])
        guard let top else { return }
        element.add([
            "grandparentRatingKey": "\(top.ratingKey)", "grandparentKey": "/library/metadata/\(top.ratingKey)",
            "grandparentGuid": .text(top.guid), "grandparentTitle": .text(top.title),
            "grandparentThumb": thumb(of: top, nil),
        ])
    }

    private func addOwnViews(of item: Item, to element: inout PlexElement) {
        let leaves = item.kind.isLeaf ? [item.ratingKey] : world.leafKeys(of: item.ratingKey)
        var views = 0, viewed = 0
        var last: Instant?
        for key in leaves {
            let count = (key == item.ratingKey ? item : world.items[key])?.views[viewer.id] ?? 0
            views += count
            if count > 0 { viewed += 1 }
            if let at = lastViews[key], at > (last ?? at - .seconds(1)) { last = at }
        }
        element.add([
            "viewCount": views > 0 ? .number(views) : nil, "lastViewedAt": .number(last.map { Int($0.seconds) }),
            "userRating": item.ratings[viewer.id].map { .real($0) },
            "lastRatedAt": .number(item.ratedAt[viewer.id].map { Int($0.seconds) }),
        ])
        guard !item.kind.isLeaf else { return }
        element.add(["leafCount": .number(leaves.count), "viewedLeafCount": .number(viewed)])
        if item.kind.levels.first == item.kind {
            element.add(["childCount": .number(world.childKeys(of: item.ratingKey).count)])
        }
    }

    /// A track shows its album's.
    func thumb(of item: Item, _ parent: Item?) -> PlexElement.Value? {
        let shown = item.kind == .track ? parent ?? item : item
        guard shown.hasPoster else { return nil }
        return "/library/metadata/\(shown.ratingKey)/thumb/\(shown.updatedAt)"
    }

    // MARK: Files

    func media(of item: Item, _ family: [Item?], isWhole: Bool) -> PlexElement {
        let isTrack = item.kind == .track
        let seconds = max(1, item.milliseconds / 1000)
        let format = isTrack ? "flac" : "mkv"
        var part = PlexElement(
            "Part",
            [
                "id": .number(item.ratingKey * 10 + 2),
                "key": "/library/parts/\(item.ratingKey * 10 + 2)/\(item.addedAt.seconds)/file.\(format)",
                "duration": .number(item.milliseconds),
                "file": .text(world.file(of: item, family.compactMap { $0 }, format)),
                "size": .number(item.bytes), "container": .text(format),
            ])
        if isWhole { part.children = streams(of: item) }
        var media = PlexElement(
            "Media",
            [
                "id": .number(item.ratingKey * 10 + 1), "duration": .number(item.milliseconds),
                "bitrate": .number(item.bytes / 125 / seconds), "audioChannels": .number(isTrack ? 2 : 6),
                "audioCodec": .text(isTrack ? "flac" : "eac3"), "container": .text(format),
            ])
        if !isTrack {
            media.add([
                "width": 3840, "height": 2160, "aspectRatio": .real(1.78), "videoCodec": "hevc",
                "videoResolution": "4k", "videoFrameRate": "24p",
            ])
        }
        media.children = [part]
        return media
    }

    private func streams(of item: Item) -> [PlexElement] {
        let first = item.ratingKey * 10 + 3
        if item.kind == .track {
            return [
                PlexElement(
                    "Stream",
                    [
                        "id": .number(first), "streamType": 2, "selected": true, "codec": "flac", "index": 0,
                        "channels": 2, "bitDepth": 16, "samplingRate": 44_100, "displayTitle": "FLAC (Stereo)",
                    ])
            ]
        }
        return [
            PlexElement(
                "Stream",
                [
                    "id": .number(first), "streamType": 1, "default": true, "codec": "hevc", "index": 0,
                    "width": 3840, "height": 2160, "displayTitle": "4K (HEVC Main 10)",
                ]),
            PlexElement(
                "Stream",
                [
                    "id": .number(first + 1), "streamType": 2, "selected": true, "codec": "eac3", "index": 1,
                    "channels": 6, "language": "English", "languageCode": "eng",
                    "displayTitle": "English (EAC3 5.1)",
                ]),
        ]
    }
}

extension HouseholdWorld {
    func file(of item: Item, _ family: [Item], _ format: String) -> String {
        if let file = item.file { return file }
        func clean(_ text: String) -> String {
            text.utf8.contains(UInt8(ascii: "/")) ? String(text.map { $0 == "/" ? "_" : $0 }) : text
        }
        var path = "/data/" + clean(section(item.section)?.title ?? "Library")
        for above in family { path += "/" + clean(above.title) }
        let number = item.index.map { $0 < 10 ? "0\($0) - " : "\($0) - " } ?? ""
        return path + "/" + number + clean(item.title) + "." + format
    }

    /// Tags are asked for by id.
    func genreID(_ genre: String) -> Int {
        genre.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) % 99_991 } + 100
    }
}

extension HouseholdWorld.Item {
    /// Without the article in front.
    var sortTitle: String {
        for article in ["The ", "A ", "An "] where title.hasPrefix(article) {
            return String(title.dropFirst(article.count))
        }
        return title
    }

    var updatedAt: Int { Int(addedAt.seconds) + 3_600 }
}

extension HouseholdWorld.Kind {
    var hasChildren: Bool { !isLeaf }
}
