// From the wire to our values. Also the way in for answers saved to files.

extension MusicBrainzArtist {
    init?(_ wire: Wire.Artist?) {
        guard let wire, let id = wire.id.flatMap({ MBID($0) }) else { return nil }
        self.init(id: id, name: wire.name ?? "", aliases: (wire.aliases ?? []).compactMap(\.name))
    }
}

extension MusicBrainzCredit {
    init?(_ wire: Wire.Credit) {
        guard let artist = MusicBrainzArtist(wire.artist) else { return nil }
        // Search hits may lack the printed name.
        self.init(artist: artist, name: wire.name, join: wire.joinphrase ?? "")
    }
}

extension MusicBrainzGroup {
    init?(_ wire: Wire.Group?) {
        guard let wire, let id = wire.id.flatMap({ MBID($0) }) else { return nil }
        self.init(
            id: id, title: wire.title ?? "", primaryType: wire.primaryType, secondaryTypes: wire.secondaryTypes ?? [],
            firstReleased: wire.firstReleased.filled)
    }
}

extension MusicBrainzRelation {
    /// Nil for relations to anything but artists: works, labels, web addresses.
    init?(_ wire: Wire.Relation) {
        guard let artist = MusicBrainzArtist(wire.artist), wire.targetType == nil || wire.targetType == "artist" else {
            return nil
        }
        self.init(
            kind: Kind(typeID: wire.typeID, name: wire.type ?? ""), isBackward: wire.direction == "backward",
            attributes: wire.attributes ?? [], printedAs: wire.printedAs ?? [:], artist: artist,
            creditedAs: wire.targetCredit ?? "")
    }
}

extension MusicBrainzRelease.Recording {
    init(_ wire: Wire.Recording?) {
        self.init(
            id: wire?.id.flatMap { MBID($0) }, title: wire?.title ?? "",
            credits: (wire?.credits ?? []).compactMap(MusicBrainzCredit.init),
            relations: wire?.relations.map { $0.compactMap(MusicBrainzRelation.init) })
    }
}

extension MusicBrainzRelease.Track {
    init(_ wire: Wire.Track, at index: Int) {
        let length = wire.length ?? wire.recording?.length
        self.init(
            id: wire.id.flatMap { MBID($0) }, position: wire.position ?? index + 1, number: wire.number ?? "",
            title: wire.title ?? wire.recording?.title ?? "",
            milliseconds: length.flatMap { Int(exactly: $0.rounded()) },
            recording: .init(wire.recording))
    }
}

extension MusicBrainzRelease.Medium {
    init(_ wire: Wire.Medium, at index: Int) {
        self.init(
            position: wire.position ?? index + 1, title: wire.title ?? "", format: wire.format,
            tracks: (wire.tracks ?? []).enumerated().map { .init($1, at: $0) },
            pregap: wire.pregap.map { .init($0, at: -1) },
            dataTracks: (wire.dataTracks ?? []).enumerated().map { .init($1, at: $0) })
    }
}

extension MusicBrainzRelease {
    init?(_ wire: Wire.Release) {
        guard let id = wire.id.flatMap({ MBID($0) }), let title = wire.title else { return nil }
        self.init(
            id: id, title: title, disambiguation: wire.disambiguation ?? "", status: wire.status,
            date: wire.date.filled, country: wire.country, labels: wire.labelNames,
            credits: (wire.credits ?? []).compactMap(MusicBrainzCredit.init), group: MusicBrainzGroup(wire.group),
            media: (wire.media ?? []).enumerated().map { .init($1, at: $0) },
            relations: wire.relations.map { $0.compactMap(MusicBrainzRelation.init) })
    }

    /// A release as saved from `/release/MBID`.
    package init?(json bytes: [UInt8]) {
        guard let wire = Wire.read(Wire.Release.self, bytes) else { return nil }
        self.init(wire)
    }

    /// An answer to a lookup. It always has media, be they none; what has not is somebody else's answer.
    init?(lookup bytes: [UInt8]) {
        guard let wire = Wire.read(Wire.Release.self, bytes), wire.media != nil else { return nil }
        self.init(wire)
    }

    /// The releases of a saved page of browsing or searching; nil when it is none.
    package static func page(json bytes: [UInt8]) -> [MusicBrainzRelease]? {
        Wire.read(Wire.Page.self, bytes)?.releases?.compactMap(MusicBrainzRelease.init)
    }

    /// A saved recording, as the one track of a release that is called like it.
    package init?(recordingJSON bytes: [UInt8]) {
        guard let wire = Wire.read(Wire.Recording.self, bytes), let id = wire.id.flatMap({ MBID($0) }),
            let title = wire.title
        else { return nil }
        let track = Track(
            position: 1, number: "1", title: title, milliseconds: wire.length.flatMap { Int(exactly: $0.rounded()) },
            recording: Recording(wire))
        self.init(
            id: id, title: title, credits: track.recording.credits, media: [Medium(position: 1, tracks: [track])],
            relations: [])
    }
}

extension MusicBrainzEdition {
    init?(_ wire: Wire.Release) {
        guard let id = wire.id.flatMap({ MBID($0) }), let title = wire.title else { return nil }
        let counts = (wire.media ?? []).compactMap { $0.trackCount ?? $0.tracks?.count }
        self.init(
            id: id, title: title, disambiguation: wire.disambiguation ?? "", status: wire.status,
            date: wire.date.filled, country: wire.country, labels: wire.labelNames,
            credits: (wire.credits ?? []).compactMap(MusicBrainzCredit.init), group: MusicBrainzGroup(wire.group),
            trackCount: wire.trackCount ?? (counts.isEmpty ? nil : counts.reduce(0, +)), discCount: wire.media?.count,
            formats: (wire.media ?? []).compactMap(\.format), rank: wire.score?.value)
    }
}

extension Wire.Release {
    fileprivate var labelNames: [String] {
        var names: [String] = []
        for name in (labels ?? []).compactMap({ $0.label?.name }) where !names.contains(name) { names.append(name) }
        return names
    }
}

extension String? {
    /// Unknown dates come as "" too.
    fileprivate var filled: String? { self?.isEmpty == true ? nil : self }
}
