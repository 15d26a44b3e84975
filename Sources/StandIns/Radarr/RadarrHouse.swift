// What Radarr says of itself and of its settings.

import Runtime

extension RadarrCaller {
    func status() -> ServarrAnswer {
        let rules = desk.rules
        return .json(
            ServarrPages.status(app: "Radarr", version: rules.version, started: desk.started)
                .with("instanceName", .string(rules.instance)).with("urlBase", .string(rules.urlBase)))
    }

    func health() -> ServarrAnswer {
        .json(
            .array(
                desk.rules.health.map { complaint in
                    [
                        "source": .string(complaint.source), "type": .string(complaint.type),
                        "message": .string(complaint.message), "wikiUrl": "https://wiki.example/radarr/system#check",
                    ]
                }))
    }

    func tags() -> ServarrAnswer {
        .json(.array(desk.household.read { $0.filmTags.map { Self.json($0) } }))
    }

    func tag() -> ServarrAnswer {
        desk.household.read { world in
            world.filmTags.first { $0.id == number }.map { .json(Self.json($0)) } ?? .notFound
        }
    }

    /// One that is there comes back as it is.
    func makeTag() -> ServarrAnswer {
        guard case .success(let wish) = call.json else { return refusal }
        let label = wish["label"]?.string?.lowercased() ?? ""
        guard !label.isEmpty, label.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            return .invalid(
                property: "Label", message: "'Label' is not in the correct format.", attempted: .string(label))
        }
        return desk.household.change { world in
            if let there = world.filmTags.first(where: { $0.label == label }) {
                return .json(Self.json(there), status: 201)
            }
            let tag = (id: (world.filmTags.map(\.id).max() ?? 0) + 1, label: label)
            world.filmTags.append(tag)
            return .json(Self.json(tag), status: 201)
        }
    }

    private static func json(_ tag: (id: Int, label: String)) -> JSON {
        ["label": .string(tag.label), "id": .number(tag.id)]
    }

    func profiles() -> ServarrAnswer {
        .json(
            .array(
                desk.rules.profiles.map { profile in
                    [
                        "name": .string(profile.name), "upgradeAllowed": true,
                        "cutoff": .number(profile.cutoff.rawValue),
                        "items": .array(
                            profile.wants.map { wanted in
                                ["quality": ServarrPages.kind(wanted), "items": [], "allowed": true]
                            }), "minFormatScore": 0, "cutoffFormatScore": 0, "minUpgradeFormatScore": 1,
                        "formatItems": [], "language": ["id": -1, "name": "Any"], "id": .number(profile.id),
                    ]
                }))
    }

    func rootFolders() -> ServarrAnswer {
        let roots = desk.household.read(\.filmRoots)
        return .json(
            .array(
                roots.enumerated().map { index, root in
                    [
                        "path": .string(root.path), "accessible": true, "freeSpace": .int(root.freeBytes),
                        "unmappedFolders": [], "id": .number(index + 1),
                    ]
                }))
    }

    func diskSpace() -> ServarrAnswer {
        let roots = desk.household.read(\.filmRoots)
        return .json(
            .array(
                roots.map { root in
                    [
                        "path": .string(root.path), "label": "", "freeSpace": .int(root.freeBytes),
                        "totalSpace": 4_000_000_000_000,
                    ]
                }))
    }
}
