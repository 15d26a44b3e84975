// What came into the libraries: the first of each with a poster and a few words, then posters, then names.

internal import Domain
internal import Newsletter
internal import Templates

extension LetterData {
    var newSection: TemplateValue {
        guard reader.sections.contains(.added) else { return .absent }
        switch issue.added {
        case .absent: return .absent
        case .unknown:
            return newSection([], trouble: "What is new could not be read this time; the next issue will tell.")
        case .known(let libraries):
            let full = libraries.filter { $0.items.known.map { !$0.isEmpty } ?? true }
            return newSection(full, trouble: nil)
        }
    }

    private func newSection(_ libraries: [LibraryAdditions], trouble: String?) -> TemplateValue {
        let shown = libraries.prefix(limits.libraries)
        let unseen = libraries.dropFirst(limits.libraries).reduce(0) { $0 + ($1.items.known ?? []).count }
        return [
            "title": .text("New on \(Shown.text(issue.serverName, most: 40, orElse: "Plex"))"),
            "isEmpty": .flag(libraries.isEmpty && trouble == nil),
            "nothing": .text(
                issue.totals.plays.now > 0
                    ? "Nothing new this \(issue.period.word)."
                    : "Nothing came in this \(issue.period.word), and nobody played anything. The next issue will have "
                        + "more to tell."),
            "trouble": .text(orAbsent: trouble),
            "libraries": .list(shown.map(library)),
            "more": more(unseen),
        ]
    }

    private func library(_ library: LibraryAdditions) -> TemplateValue {
        let all = library.items.known ?? []
        let arranged = Arrangement(all, limits) { pictures.poster(PosterOrder($0)).flatMap(pictures.source) != nil }
        let rows = stride(from: 0, to: arranged.tiles.count, by: 4).map { start in
            TemplateValue.object(["tiles": .list(arranged.tiles.dropFirst(start).prefix(4).map(item))])
        }
        return [
            "name": title(library.name),
            "count": library.items.known == nil ? .absent : .text("\(Numbers.count(all.count)) new"),
            "trouble": library.items.known == nil ? "Could not be read this time." : .absent,
            "featured": .list(arranged.featured.map(item)),
            "tileRows": .list(rows),
            "listed": .list(arranged.listed.map(item)),
            "more": more(arranged.unseen),
        ]
    }

    /// Which of a library's new ones get a few words, which a poster, which only their name.
    struct Arrangement {
        let featured: [Addition]
        let tiles: [Addition]
        let listed: [Addition]
        let unseen: Int

        init(_ all: [Addition], _ limits: LetterLimits, hasPoster: (Addition) -> Bool) {
            // What has words to it comes first; a poster alone does better among others of its kind.
            let first = Set(all.indices.filter { !all[$0].summary.isEmpty }.prefix(limits.featured))
            let others = all.indices.filter { !first.contains($0) }
            let pictured = Set(others.filter { hasPoster(all[$0]) }.prefix(limits.tiles))
            let named = others.filter { !pictured.contains($0) }.prefix(limits.listed)
            featured = first.sorted().map { all[$0] }
            tiles = pictured.sorted().map { all[$0] }
            listed = named.map { all[$0] }
            unseen = all.count - first.count - pictured.count - named.count
        }
    }

    func item(_ addition: Addition) -> TemplateValue {
        let artist = addition.artist.map { Shown.text($0, most: 60, orElse: "") }
        let year = addition.year.map { String($0) }
        let genres = addition.genres.prefix(2).map { Shown.text($0, most: 24, orElse: "") }.joined(separator: ", ")
        let episode = addition.episodeTitle.map { Shown.text($0, most: 60, orElse: "") }
        let details = [artist, addition.part.map { Shown.text($0, most: 60, orElse: "") }, episode, year, genres]
        return [
            "name": title(addition.name),
            "detail": .text(details.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · ")),
            "summary": .text(Shown.paragraph(addition.summary, most: limits.summary)),
            "url": plexAddress(addition.ratingKey),
            "poster": poster(PosterOrder(addition)),
        ]
    }
}
