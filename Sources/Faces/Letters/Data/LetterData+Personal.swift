// The section about the reader themselves. Who did nothing is not scolded.

internal import Domain
internal import Newsletter
internal import Templates

extension LetterData {
    var personalSection: TemplateValue {
        guard reader.sections.contains(.you), let personal else { return .absent }
        let isActive = personal.plays.now > 0
        return [
            "title": .text("Your \(issue.period.word)"),
            "isActive": .flag(isActive),
            "sentence": .text(sentence(personal)),
            "time": isActive ? .text(Numbers.time(personal.seconds.now)) : .absent,
            "plays": isActive ? .text(Numbers.count(personal.plays.now, "play")) : .absent,
            "delta": isActive ? delta(Delta(personal.seconds)) : .absent,
            "before": .text("on the \(issue.period.word) before"),
            "facts": .list(isActive ? facts(personal) : []),
            "hasFacts": .flag(isActive && !facts(personal).isEmpty),
            "picture": picture(pictures.week),
            "top": titles("What you watched most", personal.top, most: limits.personal),
            "favourites": favourites(personal),
            "progress": progress(personal),
            "followed": followed(personal),
        ]
    }

    private func sentence(_ personal: PersonalFacts) -> String {
        guard personal.plays.now > 0 else {
            let isMore = (personal.followed.known ?? []).isEmpty && issue.isQuiet
            let start =
                "Nothing played this \(issue.period.word), and that is fine: everything is still here when you are."
            return isMore ? start : start + " Meanwhile, this came in."
        }
        guard let top = personal.top.first else { return "Good to have you here." }
        let name = Shown.text(top.title.name, most: limits.title)
        // Never parted at the end of a line.
        let time = Numbers.time(top.seconds.now).replacing(" ", with: "\u{00A0}")
        if personal.top.count == 1, top.seconds.now == personal.seconds.now { return "All of it was \(name)." }
        let isMost = top.seconds.now * 2 > personal.seconds.now
        return "\(isMost ? "Most of it was" : "The largest part was") \(name), \(time)."
    }

    private func facts(_ personal: PersonalFacts) -> [TemplateValue] {
        var facts: [(label: String, value: String)] = []
        let kinds = personal.kinds.filter { $0.plays.now > 0 }.map {
            "\(Numbers.count($0.plays.now)) \(Numbers.kind($0.kind, $0.plays.now))"
        }
        if !kinds.isEmpty { facts.append(("Made of", kinds.joined(separator: ", "))) }
        if let rank = personal.rank, rank.of > 1 {
            let place = "\(Numbers.ordinal(rank.place)) of \(Numbers.count(rank.of))"
            facts.append(("Among everybody, by time", place))
        }
        if personal.streak.running > 1 {
            facts.append(("Days in a row, and counting", Numbers.count(personal.streak.running)))
        } else if personal.streak.longest > 1 {
            facts.append(("Most days in a row", Numbers.count(personal.streak.longest)))
        }
        if let hour = personal.busiestHour, hour.plays > 1 {
            facts.append(("Your hour", Calendar.hour(hour.hour)))
        }
        return facts.map { ["label": .text($0.label), "value": .text($0.value)] }
    }

    private func favourites(_ personal: PersonalFacts) -> TemplateValue {
        let first = personal.favourites.prefix(limits.personal)
        // Where all they played is new to them, the list above has said so.
        guard !first.isEmpty, personal.favourites.map(\.title) != personal.top.map(\.title) else { return .absent }
        return [
            "title": "New to you",
            "items": .list(
                first.map {
                    [
                        "name": title($0.title.name), "time": .text(Numbers.time($0.seconds.now)),
                        "url": plexAddress($0.title.ratingKey),
                    ]
                }),
        ]
    }

    private func progress(_ personal: PersonalFacts) -> TemplateValue {
        let rows = personal.progress.prefix(limits.personal).compactMap { progress -> TemplateValue? in
            guard let total = progress.of.known, total > 0 else { return nil }
            let bar = bar(min(progress.done, total), of: total)
            let kind = Numbers.kind(progress.title.kind, total)
            return [
                "name": title(progress.title.name),
                "sentence": .text("\(Numbers.count(min(progress.done, total))) of \(Numbers.count(total)) \(kind)"),
                "isDone": .flag(progress.done >= total), "share": bar.share, "rest": bar.rest,
                "url": plexAddress(progress.title.ratingKey),
            ]
        }
        return rows.isEmpty ? .absent : ["title": "How far you are", "rows": .list(rows)]
    }

    private func followed(_ personal: PersonalFacts) -> TemplateValue {
        guard let new = personal.followed.known, !new.isEmpty else { return .absent }
        return [
            "title": "New in what you follow", "items": .list(new.prefix(limits.followed).map(item)),
            "more": more(new.count - limits.followed),
        ]
    }

    var suggestionsSection: TemplateValue {
        guard reader.sections.contains(.suggestions), let all = personal?.suggestions, !all.isEmpty else {
            return .absent
        }
        let items = all.prefix(limits.suggestions).map { suggestion -> TemplateValue in
            [
                "name": title(suggestion.title.name),
                "detail": .text(orAbsent: suggestion.title.year.map { String($0) }),
                "summary": .text(reason(suggestion)),
                "url": plexAddress(suggestion.title.ratingKey), "poster": poster(PosterOrder(suggestion.title)),
            ]
        }
        return ["title": "You may like", "items": .list(Array(items))]
    }

    private func reason(_ suggestion: PersonalFacts.Suggestion) -> String {
        let verb = suggestion.title.kind == .artist ? "Heard" : "Watched"
        let named = suggestion.people.compactMap { names[$0] }
        let people =
            named.isEmpty
            ? Numbers.count(suggestion.likeMinded, "person of your taste", "people of your taste")
            : names.list(suggestion.people, most: 2, you: reader.id)
        let because = suggestion.because.prefix(2).map { Shown.text($0.name, most: 40) }.joined(separator: " and ")
        return "\(verb) by \(people)" + (because.isEmpty ? "" : ", who also played \(because)")
    }
}
