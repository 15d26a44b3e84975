// What everybody watched, and together.

internal import Newsletter
internal import Templates

extension LetterData {
    var communitySection: TemplateValue {
        let wanted = reader.sections
        // Where nobody played anything, one sentence above has said it.
        guard issue.totals.plays.now > 0, !wanted.isDisjoint(with: [.popular, .together, .people]) else {
            return .absent
        }
        let lists =
            !wanted.contains(.popular)
            ? []
            : [
                titles("Most watched movies", issue.topMovies, most: limits.tops),
                titles("Most watched shows", issue.topShows, most: limits.tops),
                titles("Most heard artists", issue.topArtists, most: limits.tops),
            ].filter { $0 != .absent }
        return [
            "title": "Together",
            "lists": .list(lists),
            "shared": wanted.contains(.together) ? shared : .absent,
            "network": wanted.contains(.together) ? picture(pictures.chart(.network)) : .absent,
            "people": wanted.contains(.people) ? people : .absent,
            "race": wanted.contains(.people) ? picture(pictures.chart(.race) ?? pictures.chart(.people)) : .absent,
            "quiet": wanted.contains(.people) ? quiet : .absent,
        ]
    }

    func titles(_ heading: String, _ counts: [TitleCount], most: Int) -> TemplateValue {
        guard let longest = counts.map(\.seconds.now).max() else { return .absent }
        let rows = counts.prefix(most).enumerated().map { index, count -> TemplateValue in
            let bar = bar(count.seconds.now, of: longest)
            return [
                "place": .whole(index + 1), "isYou": false, "name": title(count.title.name),
                "plays": .text(Numbers.count(count.plays.now, "play")), "time": .text(Numbers.time(count.seconds.now)),
                "people": count.people > 1 ? .text(Numbers.count(count.people, "person", "people")) : .absent,
                "delta": delta(Delta(count.seconds)), "share": bar.share, "rest": bar.rest,
                "poster": poster(PosterOrder(count.title)), "url": plexAddress(count.title.ratingKey),
            ]
        }
        return [
            "title": .text(heading), "rows": .list(rows), "more": more(counts.count - rows.count),
        ]
    }

    private var shared: TemplateValue {
        guard !issue.shared.isEmpty else { return .absent }
        let items = issue.shared.prefix(limits.shared).map { shared -> TemplateValue in
            [
                "name": title(shared.title.name),
                "detail": .text(
                    [
                        Numbers.count(shared.people.count, "person", "people"), Numbers.count(shared.plays, "play"),
                        Numbers.time(shared.seconds),
                    ].joined(separator: " · ")),
                "summary": names.areShown
                    ? .text(names.list(shared.people, most: 4, you: reader.id)) : .absent,
                "poster": poster(PosterOrder(shared.title)), "url": plexAddress(shared.title.ratingKey),
            ]
        }
        return [
            "title": "Watched by many", "items": .list(Array(items)), "more": more(issue.shared.count - items.count),
        ]
    }

    /// By time. Nobody's row is shown where nobody may be named, but for one's own.
    private var people: TemplateValue {
        guard names.areShown, let longest = issue.people.map(\.seconds.now).max() else { return .absent }
        let rows = issue.people.prefix(limits.people).enumerated().map { index, count -> TemplateValue in
            let bar = bar(count.seconds.now, of: longest)
            let isYou = reader.id != nil && count.person.id == reader.id
            return [
                "place": .whole(index + 1), "isYou": .flag(isYou),
                "name": .text(isYou ? "You" : names.orSomebody(count.person)),
                "plays": .text(Numbers.count(count.plays.now, "play")), "time": .text(Numbers.time(count.seconds.now)),
                // Said to be missing, or a template would find those of the section around.
                "people": .absent, "poster": .absent, "url": .absent,
                "delta": delta(Delta(count.seconds)), "share": bar.share, "rest": bar.rest,
            ]
        }
        return [
            "title": "Who watched most", "rows": .list(rows), "more": more(issue.people.count - rows.count),
        ]
    }

    private var quiet: TemplateValue {
        let named = issue.quiet.filter { $0.id != reader.id }
        guard names.areShown, limits.quiet > 0, named.contains(where: { names[$0] != nil }) else { return .absent }
        return .text("We have missed \(names.list(named, most: limits.quiet, you: nil)). See you soon.")
    }
}
