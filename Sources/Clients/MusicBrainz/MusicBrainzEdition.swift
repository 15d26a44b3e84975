// A release as searches and browsing show it: enough to choose by, without its tracks (sheet §2).

package struct MusicBrainzEdition: Hashable, Sendable {
    package var id: MBID
    package var title: String
    package var disambiguation: String
    package var status: String?
    package var date: String?
    package var country: String?
    package var labels: [String]
    package var credits: [MusicBrainzCredit]
    package var group: MusicBrainzGroup?
    package var trackCount: Int?
    package var discCount: Int?
    package var formats: [String]
    /// The search's own rank, 0…100 relative to its best hit. It orders and proves nothing.
    package var rank: Int?

    package init(
        id: MBID, title: String, disambiguation: String = "", status: String? = nil, date: String? = nil,
        country: String? = nil, labels: [String] = [], credits: [MusicBrainzCredit] = [],
        group: MusicBrainzGroup? = nil, trackCount: Int? = nil, discCount: Int? = nil, formats: [String] = [],
        rank: Int? = nil
    ) {
        self.id = id
        self.title = title
        self.disambiguation = disambiguation
        self.status = status
        self.date = date
        self.country = country
        self.labels = labels
        self.credits = credits
        self.group = group
        self.trackCount = trackCount
        self.discCount = discCount
        self.formats = formats
        self.rank = rank
    }
}

extension MusicBrainzRelease {
    /// The same release as a search would show it.
    package var edition: MusicBrainzEdition {
        MusicBrainzEdition(
            id: id, title: title, disambiguation: disambiguation, status: status, date: date, country: country,
            labels: labels, credits: credits, group: group, trackCount: trackCount, discCount: media.count,
            formats: media.compactMap(\.format))
    }
}
