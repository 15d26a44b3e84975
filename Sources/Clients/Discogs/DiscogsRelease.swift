// A release as Discogs tells it (MusicBrainz sheet §7): credits are text of a loose form, made into values here.

package struct DiscogsCredit: Hashable, Sendable {
    /// Nil for a name that is linked to no artist.
    package var id: Int?
    /// Without the number that tells namesakes apart, "The" in front.
    package var name: String
    /// As the sleeve has it; empty where it does not differ.
    package var printedAs: String
    package var roles: [DiscogsRole]
    /// "A1, A3 to A5"; empty: all of it, or not said.
    package var tracks: String

    package init(id: Int?, name: String, printedAs: String = "", role: String = "", tracks: String = "") {
        self.id = id
        self.name = DiscogsName.plain(name)
        self.printedAs = DiscogsName.plain(printedAs)
        roles = DiscogsRole.all(in: role)
        self.tracks = tracks
    }
}

package struct DiscogsRelease: Hashable, Sendable {
    package struct Track: Hashable, Sendable {
        package var position: String
        package var title: String
        package var milliseconds: Int?
        package var credits: [DiscogsCredit]

        package init(position: String, title: String, milliseconds: Int? = nil, credits: [DiscogsCredit] = []) {
            self.position = position
            self.title = title
            self.milliseconds = milliseconds
            self.credits = credits
        }
    }

    package var id: Int
    package var title: String
    package var year: Int?
    package var country: String?
    package var labels: [String]
    package var artists: [DiscogsCredit]
    /// Of the whole release; those of one track stand with it.
    package var credits: [DiscogsCredit]
    /// Without headings; the parts of a suite one by one.
    package var tracks: [Track]

    package init(
        id: Int, title: String, year: Int? = nil, country: String? = nil, labels: [String] = [],
        artists: [DiscogsCredit] = [], credits: [DiscogsCredit] = [], tracks: [Track] = []
    ) {
        self.id = id
        self.title = title
        self.year = year
        self.country = country
        self.labels = labels
        self.artists = artists
        self.credits = credits
        self.tracks = tracks
    }

    /// Where to read it; Discogs asks to be named.
    package var page: String { "https://www.discogs.com/release/\(id)" }

    /// Which tracks a credit of the release is for, by index; nil: all of them.
    package func tracks(of credit: DiscogsCredit) -> Set<Int>? {
        TrackRange.indices(credit.tracks, among: tracks.map(\.position))
    }
}

package struct DiscogsHit: Hashable, Sendable {
    package var id: Int
    /// "Artist - Title", as Discogs joins them.
    package var line: String
    package var year: Int?
    package var country: String?
    package var formats: [String]
    package var labels: [String]

    package init(
        id: Int, line: String, year: Int? = nil, country: String? = nil, formats: [String] = [], labels: [String] = []
    ) {
        self.id = id
        self.line = line
        self.year = year
        self.country = country
        self.formats = formats
        self.labels = labels
    }

    /// Titles hold dashes too; names seldom do: the first one parts them.
    package var artist: String { parts.count > 1 ? DiscogsName.plain(parts[0]) : "" }
    package var title: String { parts.count > 1 ? parts[1] : line }

    private var parts: [String] {
        line.split(separator: " - ", maxSplits: 1).map(String.init)
    }
}
