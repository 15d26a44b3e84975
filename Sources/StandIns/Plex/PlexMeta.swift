// What a library can be filtered and sorted by: the answer python-plexapi checks every filter against (sheet plex.md §9).
// Each kind lists only the fields of its own level; else plexapi filters artists where tracks are meant.

extension PlexView {
    func meta(of section: Section, collections: Bool = false) -> PlexAnswer {
        let kinds = section.kind.levels
        var types = kinds.map { kind in type(kind, in: section, isActive: kind == section.kind && !collections) }
        if collections {
            types.append(
                PlexElement(
                    "Type",
                    [
                        "key": "/library/sections/\(section.key)/collections", "type": "collection",
                        "title": "Collections", "active": true,
                    ], [field("collection", .title), field("collection", .addedAt)]))
        }
        let meta = PlexElement("Meta", isSingle: true, [:], types + Self.fieldTypes)
        var container = PlexElement(
            "MediaContainer",
            [
                "size": 0, "totalSize": .number(collections ? 0 : world.keys(of: section.kind, in: section.key).count),
                "offset": 0, "allowSync": true, "identifier": "com.plexapp.plugins.library",
                "librarySectionID": .number(section.key), "librarySectionTitle": .text(section.title),
                "title1": .text(section.title), "viewGroup": .text(section.kind.word),
            ])
        container.children = [meta]
        return .tree(container)
    }

    private func type(_ kind: Kind, in section: Section, isActive: Bool) -> PlexElement {
        let path = "/library/sections/\(section.key)/"
        let number = kind.rawValue
        var fields: [PlexFilter.Field] = [.title, .userRating, .viewCount, .lastViewedAt, .addedAt]
        var sorts = ["titleSort", "addedAt", "lastViewedAt", "viewCount", "userRating", "lastRatedAt"]
        if kind != .track { fields += [.genre] }
        if kind == .album || kind == .movie || kind == .show {
            fields += [.year]
            sorts += ["year", "originallyAvailableAt"]
        }
        if kind.isLeaf { sorts += ["duration"] }
        if kind == .album || kind == .track { sorts += ["artist.titleSort"] }
        if kind == .track { sorts += ["album.titleSort"] }
        var children = [
            PlexElement(
                "Filter",
                [
                    "filter": "genre", "filterType": "string", "key": .text(path + "genre?type=\(number)"),
                    "title": "Genre", "type": "filter",
                ])
        ]
        children += sorts.map { sort in
            let descends = sort != "titleSort" && !sort.hasSuffix(".titleSort")
            return PlexElement(
                "Sort",
                [
                    "key": .text(sort), "descKey": .text(sort + ":desc"), "title": .text(sort),
                    "defaultDirection": .text(descends ? "desc" : "asc"),
                ])
        }
        children += fields.map { field(kind.word, $0) }
        return PlexElement(
            "Type",
            [
                "key": .text(path + "all?type=\(number)"), "type": .text(kind.word), "title": .text(kind.word),
                "active": .flag(isActive),
            ], children)
    }

    private func field(_ level: String, _ field: PlexFilter.Field) -> PlexElement {
        let sorts: [PlexFilter.Field.Sort: String] = [
            .text: "string", .number: "integer", .date: "date", .tag: "tag", .flag: "boolean",
        ]
        return PlexElement(
            "Field",
            [
                "key": "\(level).\(field.rawValue)", "title": .text(field.rawValue),
                "type": .text(sorts[field.sort] ?? "string"),
            ])
    }

    private static let fieldTypes: [PlexElement] = [
        ("tag", ["=", "!="]), ("integer", ["=", "!=", ">>=", "<<="]), ("string", ["=", "!=", "==", "!==", "<=", ">="]),
        ("date", ["<<=", ">>=", "=", "!="]), ("boolean", ["="]),
    ].map { name, operators in
        PlexElement(
            "FieldType", ["type": .text(name)],
            operators.map { PlexElement("Operator", ["key": .text($0), "title": .text($0)]) })
    }
}
