// What each source said, put where it belongs in the evidence, with its name.

internal import Domain

extension FilmEvidence {
    mutating func take(_ finding: FilmFinding, _ wishes: DownloadWishes) {
        switch finding {
        case .absent: presence = .absent
        case .several(let names): presence = .several(names)
        case .unknown(let why): presence = .unknown(why: why)
        case .found(let entry):
            presence = .found(instance: entry.instance, id: entry.id)
            take(entry, wishes)
        }
    }

    mutating func take(_ entry: FilmEntry, _ wishes: DownloadWishes) {
        func piece<Value>(_ value: Value?) -> Piece<Value> {
            Piece(value.map { .known($0) } ?? .absent, from: entry.instance)
        }
        // Radarr's title is the film's own; the item's may be a folder's.
        film = entry.ids.filled(from: film)
        rating = piece(entry.rating)
        year = piece(entry.ids.year)
        language = piece(entry.language)
        genres = piece(entry.genres.isEmpty ? nil : entry.genres)
        keywords = entry.keywords
        tags = entry.tags
        edition = entry.edition
        if !entry.fileName.isEmpty { names.append(entry.fileName) }
        place = Piece(PlaceRules.place(of: entry, wishes), from: "by its folder")
        path = entry.path
        released = piece(entry.isReleased)
        size = entry.size
        radarrSearchedAt = entry.lastSearchAt
    }

    /// The media server fills what Radarr lacks, and says so.
    mutating func take(_ item: Reading<LibraryItem>, _ playback: Playback) {
        let source = playback.source.called
        switch item {
        case .known(let item):
            if rating.known == nil, let own = item.rating { rating = Piece(.known(own), from: own.source) }
            if genres.known == nil, !item.genres.isEmpty { genres = Piece(.known(item.genres), from: source) }
            if year.known == nil, let year = item.ids.year ?? film.year {
                self.year = Piece(.known(year), from: source)
            }
            favourite = Piece(item.isFavourite.map { .known($0) } ?? .absent, from: source)
            if let starts = item.starts { plays.append(PlayTally(source, .known(starts), .atMost)) }
        case .absent: favourite = Piece(.absent, from: source)
        case .unknown(let why): favourite = Piece(.unknown(why: why), from: source)
        }
    }
}
