// Discogs' JSON (sheet §7). Lists may be null or missing, years 0, ids 0.

import FoundationEssentials

enum Wire {
    struct Credit: Decodable {
        var id: Int?
        var name: String?
        var anv: String?
        var role: String?
        var tracks: String?
    }

    struct Track: Decodable {
        var position: String?
        var kind: String?
        var title: String?
        var duration: String?
        var credits: [Credit]?
        var parts: [Track]?

        enum CodingKeys: String, CodingKey {
            case position, title, duration
            case kind = "type_"
            case credits = "extraartists"
            case parts = "sub_tracks"
        }
    }

    struct Label: Decodable { var name: String? }

    struct Release: Decodable {
        var id: Int?
        var title: String?
        var year: Int?
        var country: String?
        var labels: [Label]?
        var artists: [Credit]?
        var credits: [Credit]?
        var tracks: [Track]?

        enum CodingKeys: String, CodingKey {
            case id, title, year, country, labels, artists
            case credits = "extraartists"
            case tracks = "tracklist"
        }
    }

    struct Hit: Decodable {
        var id: Int?
        var type: String?
        var title: String?
        var year: Flexible?
        var country: String?
        var format: Several?
        var label: Several?
    }

    struct Page: Decodable { var results: [Hit]? }

    struct Fault: Decodable { var message: String? }

    /// "1999", 1999 or null.
    struct Flexible: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            text = (try? container.decode(String.self)) ?? (try? container.decode(Int.self)).map(String.init) ?? ""
        }
    }

    /// A list, or one text where there is only one.
    struct Several: Decodable {
        let all: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            all = (try? container.decode([String].self)) ?? (try? container.decode(String.self)).map { [$0] } ?? []
        }
    }

    static func read<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value? {
        try? JSONDecoder().decode(type, from: Data(bytes))
    }
}

extension DiscogsCredit {
    init?(_ wire: Wire.Credit) {
        guard let name = wire.name, !name.isEmpty else { return nil }
        self.init(
            id: wire.id == 0 ? nil : wire.id, name: name, printedAs: wire.anv ?? "", role: wire.role ?? "",
            tracks: wire.tracks ?? "")
    }
}

extension DiscogsRelease {
    /// A release as saved from `/releases/id`.
    package init?(json bytes: [UInt8]) {
        guard let wire = Wire.read(Wire.Release.self, bytes), let id = wire.id, let title = wire.title else {
            return nil
        }
        self.init(
            id: id, title: title, year: wire.year.flatMap { $0 > 0 ? $0 : nil }, country: wire.country,
            labels: (wire.labels ?? []).compactMap(\.name),
            artists: (wire.artists ?? []).compactMap(DiscogsCredit.init),
            credits: (wire.credits ?? []).compactMap(DiscogsCredit.init),
            tracks: (wire.tracks ?? []).flatMap(Self.tracks))
    }

    private static func tracks(_ wire: Wire.Track) -> [Track] {
        let credits = (wire.credits ?? []).compactMap(DiscogsCredit.init)
        if let parts = wire.parts, !parts.isEmpty {
            // Who plays in a suite plays in each of its parts.
            return parts.flatMap(tracks).map { part in
                var part = part
                part.credits = credits + part.credits
                return part
            }
        }
        guard wire.kind == nil || wire.kind == "track" else { return [] }
        return [
            Track(
                position: wire.position ?? "", title: wire.title ?? "", milliseconds: milliseconds(wire.duration ?? ""),
                credits: credits)
        ]
    }

    /// "4:45" or "1:02:03"
    private static func milliseconds(_ text: String) -> Int? {
        let parts = text.split(separator: ":").map { Int($0) }
        guard !parts.isEmpty, parts.count <= 3 else { return nil }
        var seconds = 0
        for part in parts {
            guard let part, 0..<100_000 ~= part else { return nil }
            seconds = seconds * 60 + part
        }
        return seconds == 0 ? nil : seconds * 1000
    }
}

extension DiscogsHit {
    init?(_ wire: Wire.Hit) {
        guard wire.type == nil || wire.type == "release", let id = wire.id, let title = wire.title else { return nil }
        self.init(
            id: id, line: title, year: wire.year.flatMap { Int($0.text) }, country: wire.country,
            formats: wire.format?.all ?? [], labels: wire.label?.all ?? [])
    }
}
