// The lines of the home page's lists, field by field (sheet §5): what a list has no use for is "".

import Runtime

extension TautulliAPI {
    /// Movies, shows and artists.
    func titleLine(_ tally: Tally, isPopular: Bool) -> JSON {
        let subject = tally.last.item
        let isMovie = subject.item.kind == .movie
        let performer = subject.item.originalTitle.isEmpty ? subject.artist : subject.item.originalTitle
        let title =
            switch subject.item.kind {
            case .movie: subject.fullTitle
            case .track: performer
            default: subject.artist
            }
        let owner: JSON = isMovie ? "" : .numberOrEmpty(subject.grandparentKey)
        var line: JSON = [
            "title": .string(title), "year": .numberOrEmpty(subject.year), "total_plays": .number(tally.plays),
            "users_watched": isPopular ? .number(tally.users) : "",
            "rating_key": isMovie ? .number(subject.item.ratingKey) : owner, "grandparent_rating_key": owner,
            "last_play": .number(tally.lastPlay),
            "grandparent_thumb": .string(isMovie ? "" : subject.grandparentThumb),
            "thumb": .string(isMovie ? subject.thumb : subject.grandparentThumb), "art": .string(subject.art),
            "section_id": .number(subject.item.section), "media_type": .string(subject.mediaType),
            "content_rating": "", "rating": .string(subject.rating), "labels": [], "user": "", "friendly_name": "",
            "platform": "", "live": 0, "guid": .string(subject.item.guid), "row_id": .number(tally.last.id),
        ]
        if !isPopular { line["total_duration"] = .number(tally.played) }
        return line
    }

    /// The item last played, as libraries and people show it.
    func itemLine(_ row: TautulliRow) -> JSON {
        let subject = row.item
        return [
            "title": .string(subject.fullTitle), "grandparent_title": .string(subject.artist),
            "grandchild_title": .string(subject.item.title), "year": .numberOrEmpty(subject.year),
            "media_index": .numberOrEmpty(subject.item.index),
            "parent_media_index": .numberOrEmpty(subject.parentIndex), "rating_key": .number(subject.item.ratingKey),
            "grandparent_rating_key": .numberOrEmpty(subject.grandparentKey),
            "thumb": .string(subject.grandparentThumb.isEmpty ? subject.thumb : subject.grandparentThumb),
            "grandparent_thumb": .string(subject.grandparentThumb), "art": .string(subject.art),
            "media_type": .string(subject.mediaType), "content_rating": "", "labels": [], "live": 0,
            "guid": .string(subject.item.guid), "row_id": .number(row.id),
        ]
    }

    private func counted(_ tally: Tally, _ more: [(String, JSON)]) -> JSON {
        var line: JSON = [
            "total_plays": .number(tally.plays), "total_duration": .number(tally.played),
            "last_play": .number(tally.lastPlay), "user": "", "friendly_name": "", "users_watched": "",
            "platform": "",
        ]
        for (key, value) in itemLine(tally.last).fields?.members ?? [] { line[key] = value }
        for (key, value) in more { line[key] = value }
        return line
    }

    func libraryLine(_ tally: Tally) -> JSON {
        let item = tally.last.item.item
        return counted(
            tally,
            [
                ("section_type", .string((item.kind.levels.first ?? item.kind).word)),
                ("section_name", .string(tally.last.item.libraryName)), ("section_id", .number(item.section)),
                ("library_thumb", .string("/:/resources/\((item.kind.levels.first ?? item.kind).word).png")),
                ("library_art", .string("/:/resources/\((item.kind.levels.first ?? item.kind).word)-fanart.jpg")),
            ])
    }

    func userLine(_ tally: Tally) -> JSON {
        let user = book.user(tally.last.userID)
        return counted(
            tally,
            [
                ("user", .string(tally.last.username)), ("user_id", .number(tally.last.userID)),
                ("friendly_name", .string(user?.shownName ?? "")), ("user_thumb", .string(user.map(Self.thumb) ?? "")),
            ])
    }

    func platformLine(_ tally: Tally) -> JSON {
        let platform = tally.last.device.platform
        return [
            "total_plays": .number(tally.plays), "total_duration": .number(tally.played),
            "last_play": .number(tally.lastPlay), "platform": .string(platform),
            "platform_name": .string(Self.platformName(platform)), "title": "", "thumb": "", "grandparent_thumb": "",
            "art": "", "users_watched": "", "rating_key": "", "grandparent_rating_key": "", "user": "",
            "friendly_name": "", "row_id": "",
        ]
    }

    /// The most at once, and when; times are text here.
    func mostConcurrent(_ rows: [TautulliRow]) -> [JSON] {
        let kinds: [(title: String, decision: HouseholdWorld.Decision?)] = [
            ("Concurrent Streams", nil), ("Concurrent Transcodes", .transcode),
            ("Concurrent Direct Streams", .copy), ("Concurrent Direct Plays", .directPlay),
        ]
        return kinds.compactMap { kind in
            let found = rows.filter { kind.decision == nil || $0.decision == kind.decision }
            guard !found.isEmpty else { return nil }
            // At one moment, who leaves goes before who comes.
            let moments = found.flatMap { [(time: $0.started, step: 1), (time: $0.stopped, step: -1)] }
                .sorted { ($0.time, $0.step) < ($1.time, $1.step) }
            var (now, most, since, best) = (0, 0, 0, (started: 0, stopped: 0))
            for moment in moments {
                if moment.step > 0 {
                    now += 1
                    if now >= most { since = moment.time }
                } else {
                    if now >= most {
                        most = now
                        best = (since, moment.time)
                    }
                    now -= 1
                }
            }
            return [
                "title": .string(kind.title), "count": .number(most), "started": .string(String(best.started)),
                "stopped": .string(String(best.stopped)),
            ]
        }
    }
}
