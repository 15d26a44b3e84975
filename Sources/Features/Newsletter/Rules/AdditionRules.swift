// What is new, a line each: episodes that came together are one line of their show (docs/newsletter-numbers.md §4).

package import Runtime

package enum AdditionRules {
    /// The newest first. Only what was added within the range counts.
    package static func additions(_ items: [NewItem], within range: Range<Instant>) -> [Addition] {
        let new = items.filter { range.contains($0.addedAt) }
        let single = new.filter { !isOfShow($0) }.map(single)
        let shows = Dictionary(grouping: new.filter(isOfShow), by: showName).map { show($0, $1) }
        return (single + shows).sorted { a, b in
            if a.addedAt != b.addedAt { return a.addedAt > b.addedAt }
            return (a.name, a.artist ?? "", a.year ?? 0, a.ratingKey ?? 0)
                < (b.name, b.artist ?? "", b.year ?? 0, b.ratingKey ?? 0)
        }
    }

    private static func isOfShow(_ item: NewItem) -> Bool {
        item.kind == .episode || item.kind == .season || item.kind == .show
    }

    private static func showName(_ item: NewItem) -> String {
        switch item.kind {
        case .episode: item.grandparentTitle
        case .season: item.parentTitle
        default: item.title
        }
    }

    private static func showKey(_ item: NewItem) -> Int? {
        switch item.kind {
        case .episode: item.grandparentKey
        case .season: item.parentKey
        default: item.ratingKey
        }
    }

    private static func single(_ item: NewItem) -> Addition {
        Addition(
            item.kind, item.title, artist: item.kind == .album ? item.parentTitle : nil, year: item.year,
            summary: item.summary, genres: item.genres, ratingKey: item.ratingKey, ownerKey: item.parentKey,
            posterPath: item.thumb, addedAt: item.addedAt)
    }

    // MARK: Shows

    private static func show(_ name: String, _ items: [NewItem]) -> Addition {
        let newest = items.max { ($0.addedAt, $0.ratingKey ?? 0) < ($1.addedAt, $1.ratingKey ?? 0) }
        let whole = items.first { $0.kind == .show }
        let episodes = items.filter { $0.kind == .episode }
        let seasons = items.filter { $0.kind == .season }
        let count = episodes.count + seasons.reduce(0) { $0 + ($1.children ?? 0) }
        let numbers = Set(episodes.map(\.parentIndex) + seasons.map(\.index))
        var addition = Addition(
            .show, name.isEmpty ? "Untitled" : name, episodes: count, summary: whole?.summary ?? "",
            genres: whole?.genres ?? [], ratingKey: newest.flatMap(showKey), ownerKey: newest.flatMap(showKey),
            posterPath: poster(newest), addedAt: newest?.addedAt ?? Instant(milliseconds: 0))
        addition.year = whole?.year
        if whole != nil, episodes.isEmpty, seasons.isEmpty { return addition }
        if numbers.count > 1 {
            addition.part = "\(numbers.count) seasons, \(counted(count))"
        } else if let episode = episodes.first, episodes.count == 1, seasons.isEmpty {
            addition.kind = .episode
            addition.part = code(episode)
            addition.episodeTitle = episode.title
            addition.summary = episode.summary
        } else {
            addition.kind = .season
            addition.part = part(of: numbers.first ?? nil, episodes, count, hasSeasons: !seasons.isEmpty)
        }
        return addition
    }

    private static func poster(_ item: NewItem?) -> String? {
        guard let item else { return nil }
        switch item.kind {
        case .episode: return item.grandparentThumb ?? item.thumb
        default: return item.thumb
        }
    }

    private static func code(_ episode: NewItem) -> String? {
        switch (episode.parentIndex, episode.index) {
        case (let season?, let number?): "S\(season.padded(2))E\(number.padded(2))"
        case (let season?, nil): seasonName(season)
        default: nil
        }
    }

    private static func seasonName(_ number: Int) -> String { number == 0 ? "Specials" : "Season \(number)" }
    private static func counted(_ episodes: Int) -> String { episodes == 1 ? "1 episode" : "\(episodes) episodes" }

    /// "S02E03–E07" where they follow on one another from the middle of a season, else "Season 2, 5 episodes".
    private static func part(of season: Int?, _ episodes: [NewItem], _ count: Int, hasSeasons: Bool) -> String {
        guard let season else { return counted(count) }
        let numbers = Set(episodes.compactMap(\.index)).sorted()
        if !hasSeasons, let first = numbers.first, let last = numbers.last, first > 1, season > 0,
            numbers.count == episodes.count, last - first + 1 == numbers.count
        {
            return "S\(season.padded(2))E\(first.padded(2))–E\(last.padded(2))"
        }
        return count == 0 ? seasonName(season) : "\(seasonName(season)), \(counted(count))"
    }
}
