// The catalogue in MusicBrainz's JSON (sheet §2, §4): what is there depends on `inc`, and relations of recordings are
// left out without a word where there are too many.

struct MusicBrainzWriter {
    let catalogue: MusicBrainzCatalogue
    let inc: Inclusions
    let rules: MusicBrainzRules

    // MARK: Lookups and browsing

    func release(_ release: MusicBrainzCatalogue.Release) -> JSON {
        var json: JSON = [
            "id": .string(release.id), "title": .string(release.title), "status": .string(release.status),
            "status-id": .text(Self.statusIDs[release.status]), "disambiguation": .string(release.disambiguation),
            "packaging": .null, "packaging-id": .null, "barcode": .null, "asin": .null, "quality": "normal",
            "date": .string(release.date ?? ""), "country": .text(release.country),
            "text-representation": ["language": "eng", "script": "Latn"],
            "cover-art-archive": ["artwork": false, "back": false, "front": false, "count": 0, "darkened": false],
        ]
        if inc.has("artist-credits") || inc.has("artists") { json["artist-credit"] = credit(release.artists) }
        if inc.has("release-groups"), let group = catalogue.group(release.group) {
            json["release-group"] = self.group(group)
        }
        if inc.has("labels") { json["label-info"] = labels(release) }
        let hasTracks = inc.has("recordings")
        if hasTracks || inc.has("media") {
            // The real one leaves them out above its limit, silently.
            let hasRelations = inc.has("recording-level-rels") && release.trackCount <= rules.mostRecordings
            json["media"] = .array(release.media.map { medium($0, hasTracks: hasTracks, hasRelations: hasRelations) })
        }
        if inc.has("artist-rels") {
            json["relations"] = .array(release.relations.map { relation($0, level: \.onRelease) })
        }
        return json
    }

    private func medium(_ medium: MusicBrainzCatalogue.Medium, hasTracks: Bool, hasRelations: Bool) -> JSON {
        var json: JSON = [
            "position": .int(Int64(medium.position)), "title": "", "format": .text(medium.format), "format-id": .null,
            "track-count": .int(Int64(medium.tracks.count)),
        ]
        guard hasTracks else { return json }
        json["track-offset"] = 0
        json["tracks"] = .array(medium.tracks.map { track($0, hasRelations: hasRelations) })
        if let pregap = medium.pregap { json["pregap"] = track(pregap, hasRelations: hasRelations) }
        return json
    }

    private func track(_ track: MusicBrainzCatalogue.Track, hasRelations: Bool) -> JSON {
        let recording = catalogue.recordings[track.recording]
        var json: JSON = [
            "id": .string(track.id), "position": .int(Int64(track.position)), "number": .string(track.number),
            "title": .string(track.title), "length": length(track.milliseconds),
        ]
        if inc.has("artist-credits"), let recording { json["artist-credit"] = credit(recording.artists) }
        json["recording"] = recording.map { self.recording($0, hasRelations: hasRelations) } ?? .null
        return json
    }

    func recording(_ recording: MusicBrainzCatalogue.Recording, hasRelations: Bool) -> JSON {
        var json: JSON = [
            "id": .string(recording.id), "title": .string(recording.title), "length": length(recording.milliseconds),
            "disambiguation": "", "video": false,
        ]
        if inc.has("artist-credits") || inc.has("artists") { json["artist-credit"] = credit(recording.artists) }
        guard hasRelations, inc.has("artist-rels") || inc.has("work-rels") else { return json }
        var relations = inc.has("artist-rels") ? recording.relations.map { relation($0, level: \.onRecording) } : []
        if inc.has("work-rels"), !recording.composers.isEmpty { relations.append(work(recording)) }
        json["relations"] = .array(relations)
        return json
    }

    private func work(_ recording: MusicBrainzCatalogue.Recording) -> JSON {
        var work: JSON = ["id": .string(recording.id), "title": .string(recording.title), "type": "Song"]
        if inc.has("work-level-rels") {
            work["relations"] = .array(
                recording.composers.map { relation(.init("composer", $0), level: \.onRecording) })
        }
        return [
            "type": "performance", "type-id": "a3005666-a872-32c3-ad06-98af558e99b0", "direction": "forward",
            "attributes": [], "target-type": "work", "work": work,
        ]
    }

    private func relation(
        _ relation: MusicBrainzCatalogue.Relation, level: KeyPath<(onRecording: String, onRelease: String), String>
    ) -> JSON {
        let id = Self.typeIDs[relation.type].map { $0[keyPath: level] } ?? "00000000-0000-4000-8000-000000000000"
        var json: JSON = [
            "type": .string(relation.type), "type-id": .string(id), "direction": "backward",
            "target-type": "artist", "artist": artist(relation.artist), "begin": .null, "end": .null, "ended": false,
            "attributes": .array(relation.attributes.map { .string($0) }), "attribute-ids": [:],
            "attribute-values": [:], "source-credit": "", "target-credit": .string(relation.creditedAs),
        ]
        let named = relation.attributes.filter { !["additional", "guest", "solo", "minor"].contains($0) }
        if !named.isEmpty {
            json["attribute-credits"] = .object(
                .init(relation.printedAs.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        }
        return json
    }

    func group(_ group: MusicBrainzCatalogue.Group) -> JSON {
        [
            "id": .string(group.id), "title": .string(group.title), "primary-type": .string(group.primaryType),
            "primary-type-id": "f529b476-6e62-324f-b0aa-1f3e33d313fc", "disambiguation": "",
            "secondary-types": .array(group.secondaryTypes.map { .string($0) }), "secondary-type-ids": [],
            "first-release-date": .string(group.firstReleased),
        ]
    }

    func credits(of group: MusicBrainzCatalogue.Group) -> JSON? {
        inc.has("artist-credits") ? credit(group.artists) : nil
    }

    // MARK: Hits: other keys, no relations, no printed names

    func hit(_ release: MusicBrainzCatalogue.Release) -> JSON {
        var group = catalogue.group(release.group).map(self.group) ?? .null
        // The index knows no first date of the group.
        group["first-release-date"] = nil
        var json: JSON = [
            "id": .string(release.id), "score": 0, "count": 1, "title": .string(release.title),
            "status": .string(release.status), "artist-credit": credit(release.artists, isHit: true),
            "release-group": group, "track-count": .int(Int64(release.trackCount)),
            "media": .array(
                release.media.map { medium in
                    [
                        "format": .text(medium.format), "disc-count": 0,
                        "track-count": .int(Int64(medium.tracks.count)),
                    ]
                }),
            "label-info": labels(release),
        ]
        if !release.disambiguation.isEmpty { json["disambiguation"] = .string(release.disambiguation) }
        if let date = release.date { json["date"] = .string(date) }
        if let country = release.country { json["country"] = .string(country) }
        return json
    }

    func groupHit(_ group: MusicBrainzCatalogue.Group) -> JSON {
        let releases = catalogue.releases.filter { $0.group == group.id }
        return self.group(group).with("artist-credit", credit(group.artists, isHit: true))
            .with(
                "releases",
                .array(
                    releases.map {
                        ["id": .string($0.id), "title": .string($0.title), "status": .string($0.status)]
                    }))
    }

    // MARK: Parts

    private func labels(_ release: MusicBrainzCatalogue.Release) -> JSON {
        release.label.map { [["catalog-number": .null, "label": ["name": .string($0)]]] } ?? []
    }

    private func credit(_ ids: [String], isHit: Bool = false) -> JSON {
        .array(
            ids.enumerated().map { index, id in
                let name = catalogue.artists[id]?.name ?? ""
                if isHit { return ["artist": artist(id, isHit: true)] }
                return [
                    "name": .string(name), "joinphrase": .string(index + 1 < ids.count ? " & " : ""),
                    "artist": artist(id),
                ]
            })
    }

    private func artist(_ id: String, isHit: Bool = false) -> JSON {
        guard let artist = catalogue.artists[id] else { return ["id": .string(id), "name": "[unknown]"] }
        var json: JSON = [
            "id": .string(id), "name": .string(artist.name), "sort-name": .string(artist.sortName),
            "disambiguation": "", "country": .null, "type": .string(artist.isGroup ? "Group" : "Person"),
        ]
        if isHit, !artist.aliases.isEmpty {
            json["aliases"] = .array(artist.aliases.map { ["name": .string($0), "locale": .null, "primary": .null] })
        }
        return json
    }

    private func length(_ milliseconds: Int?) -> JSON { milliseconds.map { .int(Int64($0)) } ?? .null }

    private static let statusIDs = [
        "Official": "4e304316-386d-3409-af2e-78857eec5cfe", "Promotion": "518ffc83-5cde-34df-8627-81bff5093d92",
        "Bootleg": "1156806e-d06a-38bd-83f0-cf2284a808b9",
    ]

    private static let typeIDs: [String: (onRecording: String, onRelease: String)] = [
        "performer": ("628a9658-f54c-4142-b0c0-95f031b544da", "888a2320-52e4-4fe8-a8a0-7a4c8dfde167"),
        "instrument": ("59054b12-01ac-43ee-a618-285fd397e461", "67555849-61e5-455b-96e3-29733f0115f5"),
        "vocal": ("0fdbe3c6-7700-4a31-ae54-b53f06ae1cfa", "eb10f8a0-0f4c-4dce-aa47-87bcb2bc42f3"),
        "performing orchestra": ("3b6616c5-88ba-4341-b4ee-81ce1e6d7ebb", "23a2e2e7-81ca-4865-8d05-2243848a77bf"),
        "conductor": ("234670ce-5f22-4fd0-921b-ef1662695c5d", "9ae9e4d0-f26b-42fb-ab5c-1149a47cf83b"),
    ]
}
