// Libraries, items and pictures, which the real one asks of Plex each time: while Plex is down they succeed with nothing
// (sheet §5, §6, §7).

import Runtime

extension TautulliAPI {
    static let libraryCommands: [String: Command] = [
        "get_libraries": { api, visit in
            visit.rules.plexIsDown ? .data([]) : .data(.array(visit.world.sections.map { library($0, visit.world) }))
        },
        "get_library_names": { _, visit in
            .data(
                .array(
                    visit.world.sections.map { section in
                        [
                            "section_id": .number(section.key), "section_name": .string(section.title),
                            "section_type": .string(section.kind.word), "agent": .string(agent(section.kind)),
                        ]
                    }))
        },
        "get_metadata": { _, visit in
            guard !visit.rules.plexIsDown, let key = visit["rating_key"].flatMap({ Int($0) }),
                let item = visit.world.items[key]
            else { return .data([:]) }
            return .data(metadata(TautulliSubject(item, in: visit.world), visit.world))
        },
        "get_children_metadata": { _, visit in
            guard !visit.rules.plexIsDown, let key = visit["rating_key"].flatMap({ Int($0) }),
                let item = visit.world.items[key]
            else { return .data(["children_count": 0, "children_list": []]) }
            let children = visit.world.children(of: key)
            return .data([
                "children_count": .number(children.count),
                "children_type": .string(children.first?.kind.word ?? ""), "title": .string(item.title),
                "children_list": .array(children.map { described(TautulliSubject($0, in: visit.world), visit.world) }),
            ])
        },
        "get_recently_added": { _, visit throws(TautulliRefusal) in try recentlyAdded(visit) },
        "pms_image_proxy": { api, visit in api.picture(visit) },
    ]

    private static func library(_ section: HouseholdWorld.Section, _ world: HouseholdWorld) -> JSON {
        let levels = section.kind.levels
        func count(_ kind: HouseholdWorld.Kind) -> JSON { .digits(world.keys(of: kind, in: section.key).count) }
        var json: JSON = [
            "section_id": .digits(section.key), "section_name": .string(section.title),
            "section_type": .string(section.kind.word), "agent": .string(agent(section.kind)),
            "thumb": "/:/resources/\(section.kind.word).png", "art": "/:/resources/\(section.kind.word)-fanart.jpg",
            "count": count(section.kind), "is_active": 1,
        ]
        if levels.count == 3 {
            json["parent_count"] = count(levels[1])
            json["child_count"] = count(levels[2])
        }
        return json
    }

    private static func agent(_ kind: HouseholdWorld.Kind) -> String {
        let name =
            switch kind {
            case .show: "series"
            case .artist: "music"
            default: kind.word
            }
        return "tv.plex.agents.\(name)"
    }

    /// What every description has; all but lists are text.
    static func described(_ subject: TautulliSubject, _ world: HouseholdWorld) -> JSON {
        let item = subject.item
        // An album without words of its own shows its artist's.
        let summary = item.summary.isEmpty && item.kind == .album ? subject.parent?.summary ?? "" : item.summary
        let changed = item.ratedAt.values.max().map { max($0, item.addedAt) } ?? item.addedAt
        return [
            "media_type": .string(subject.mediaType), "section_id": .digits(item.section),
            "library_name": .string(subject.libraryName), "rating_key": .digits(item.ratingKey),
            "parent_rating_key": .digits(subject.parentKey), "grandparent_rating_key": .digits(subject.grandparentKey),
            "title": .string(item.title), "parent_title": .string(subject.parent?.title ?? ""),
            "grandparent_title": .string(subject.artist), "original_title": .string(item.originalTitle),
            "sort_title": "", "edition_title": "", "media_index": .digits(item.index),
            "parent_media_index": .digits(item.kind == .movie ? nil : subject.parentIndex), "studio": "",
            "content_rating": "", "summary": .string(summary), "tagline": "", "rating": .string(subject.rating),
            "rating_image": "", "audience_rating": "", "audience_rating_image": "", "user_rating": "",
            "duration": .digits(item.milliseconds == 0 ? nil : item.milliseconds), "year": .digits(subject.year),
            "thumb": .string(subject.thumb), "parent_thumb": .string(subject.parentThumb),
            "grandparent_thumb": .string(subject.grandparentThumb), "art": .string(subject.art), "banner": "",
            "originally_available_at": .string(subject.released), "added_at": .digits(Int(item.addedAt.seconds)),
            "updated_at": .digits(Int(changed.seconds)), "last_viewed_at": "", "guid": .string(item.guid),
            "directors": [], "writers": [], "actors": [], "genres": .texts(subject.genres), "labels": [],
            "collections": [], "guids": .texts(item.guids),
            // Of lists the plain title; what stands alone has it with what it is in.
            "full_title": .string(item.title),
        ]
    }

    static func metadata(_ subject: TautulliSubject, _ world: HouseholdWorld) -> JSON {
        var json = described(subject, world)
        json["full_title"] = .string(subject.fullTitle)
        for key in ["slug", "parent_slug", "grandparent_slug", "grandparent_year"] { json[key] = "" }
        json["parent_year"] = .digits(subject.item.kind == .track ? subject.parent?.year : nil)
        json["parent_guid"] = .string(subject.parent?.guid ?? "")
        json["grandparent_guid"] = .string(subject.grandparent?.guid ?? "")
        json["parent_guids"] = .texts(subject.parent?.guids ?? [])
        json["grandparent_guids"] = .texts(subject.grandparent?.guids ?? [])
        json["children_count"] = .number(world.childKeys(of: subject.item.ratingKey).count)
        json["live"] = 0
        json["markers"] = []
        json["media_info"] = []
        return json
    }

    private static func recentlyAdded(_ visit: Visit) throws(TautulliRefusal) -> TautulliOutcome {
        let count = try visit.number("count", or: 0)
        let start = try visit.number("start", or: 0)
        // Its own default is none at all.
        guard !visit.rules.plexIsDown, count > 0 else { return .data(["recently_added": []]) }
        let wanted: [HouseholdWorld.Section]
        switch visit.filled("media_type") {
        case "movie", "show", "artist":
            wanted = visit.world.sections.filter { $0.kind.word == visit["media_type"] }
        case "other_video": wanted = []
        default:
            let section = visit.filled("section_id")
            wanted = visit.world.sections.filter { section == nil || String($0.key) == section }
        }
        var found: [HouseholdWorld.Item] = []
        for section in wanted {
            // Albums of artists; of shows what came last: here always the episodes.
            let kind: HouseholdWorld.Kind =
                switch section.kind {
                case .artist: .album
                case .show: .episode
                default: .movie
                }
            found += visit.world.items(of: kind, in: section.key)
        }
        found.sort { ($1.addedAt, $0.ratingKey) < ($0.addedAt, $1.ratingKey) }
        return .data([
            "recently_added": .array(
                found.dropFirst(start).prefix(count).map { item in
                    var json = described(TautulliSubject(item, in: visit.world), visit.world)
                    let children = visit.world.childKeys(of: item.ratingKey).count
                    json["child_count"] = .digits(children == 0 ? nil : children)
                    // Plex's list of new things does not carry these.
                    json["guids"] = []
                    return json
                })
        ])
    }

    /// Where it has a picture already it takes it from its cache, and calls it PNG whatever it is.
    private mutating func picture(_ visit: Visit) -> TautulliOutcome {
        let path = visit.filled("img") ?? visit.filled("rating_key").map { "/library/metadata/\($0)/thumb" } ?? ""
        let parts = path.split(separator: "/")
        let item =
            parts.count > 2 && parts[0] == "library" && parts[1] == "metadata"
            ? Int(parts[2]).flatMap { visit.world.items[$0] } : nil
        let asJPEG = visit["img_format"] == "jpg"
        let width = max(1, min(visit.castNumber("width", or: 750), 2_000))
        let height = max(1, min(visit.castNumber("height", or: 1_000), 2_000))
        guard !rules.plexIsDown, let item, item.hasPoster else {
            // With a fallback asked for, a stock picture.
            guard visit.filled("fallback") != nil else { return .noPicture }
            return .picture(CoverDrawing(number: 0, width: width, height: height).png, type: "image/png")
        }
        if visit.isSet("return_hash", or: false) { return .data(["img_hash": .string("\(item.ratingKey)")]) }
        let isCached = !shownPictures.insert("\(item.ratingKey) \(width) \(height) \(asJPEG)").inserted
        let drawing = CoverDrawing(number: item.ratingKey, width: width, height: height)
        return .picture(
            asJPEG ? drawing.jpeg : drawing.png, type: asJPEG && !isCached ? "image/jpeg" : "image/png")
    }
}
