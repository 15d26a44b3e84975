// What was played, row by row (sheet §3): always single sessions (grouping=0), never running ones (include_activity=0).

package import Runtime

package struct TautulliPlay: Sendable, Equatable {
    /// The row's own number: the one thing that stays when pages shift.
    package var id: Int
    /// The number of the first row of its sitting: what is stopped and gone on with later is one play to Tautulli.
    package var sitting: Int
    package var userID: Int
    package var username: String
    package var friendlyName: String
    package var started: Instant
    package var stopped: Instant
    /// Played, pauses left out.
    package var played: Duration
    package var paused: Duration

    package var mediaType: TautulliMediaType
    package var isLiveTV: Bool
    /// The keys of then: an item that was removed and added again has others now.
    package var ratingKey: Int?
    package var parentRatingKey: Int?
    package var grandparentRatingKey: Int?
    package var title: String
    package var parentTitle: String
    package var grandparentTitle: String
    package var originalTitle: String
    package var fullTitle: String
    package var year: Int?
    package var index: Int?
    package var parentIndex: Int?
    package var guid: String
    package var thumb: String
    package var released: String

    package var percentComplete: Int
    /// 0, ¼, ½, ¾ or 1, measured against the owner's thresholds (85 % unless changed).
    package var watchedStatus: Double
    package var decision: TautulliDecision?
    package var player: String
    package var product: String
    package var platform: String
    package var location: String

    package var isWatched: Bool { watchedStatus >= 1 }
}

/// Tautulli's history as a whole.
package struct TautulliHistoryEnd: Sendable, Equatable {
    /// Single sessions of everybody.
    package var rows: Int
    /// The one that ended last; nil: there is none.
    package var newest: TautulliPlay?

    package init(rows: Int, newest: TautulliPlay?) {
        self.rows = rows
        self.newest = newest
    }
}

/// Which plays. Everything given must fit; the more is given, the quicker Tautulli answers.
package struct TautulliHistoryFilter: Sendable, Equatable {
    package var userID: Int?
    package var mediaType: TautulliMediaType?
    package var ratingKey: Int?
    /// Album or season.
    package var parentRatingKey: Int?
    /// Artist or show.
    package var grandparentRatingKey: Int?
    package var sectionID: Int?
    package var guid: String?
    /// When the play began.
    package var started: Range<Instant>?

    package init(
        userID: Int? = nil, mediaType: TautulliMediaType? = nil, ratingKey: Int? = nil, parentRatingKey: Int? = nil,
        grandparentRatingKey: Int? = nil, sectionID: Int? = nil, guid: String? = nil, started: Range<Instant>? = nil
    ) {
        self.userID = userID
        self.mediaType = mediaType
        self.ratingKey = ratingKey
        self.parentRatingKey = parentRatingKey
        self.grandparentRatingKey = grandparentRatingKey
        self.sectionID = sectionID
        self.guid = guid
        self.started = started
    }

    var parameters: [(name: String, value: String)] {
        var parameters: [(name: String, value: String)] = []
        func add(_ name: String, _ value: String?) { if let value { parameters.append((name, value)) } }
        add("user_id", userID.map(String.init))
        add("media_type", mediaType?.rawValue)
        add("rating_key", ratingKey.map(String.init))
        add("parent_rating_key", parentRatingKey.map(String.init))
        add("grandparent_rating_key", grandparentRatingKey.map(String.init))
        add("section_id", sectionID.map(String.init))
        add("guid", guid)
        if let started {
            // Days are those of Tautulli's own time zone, which it does not tell. A day more on each side covers any.
            add("after", Self.day(of: started.lowerBound - .days(1)))
            add("before", Self.day(of: started.upperBound + .days(1)))
        }
        return parameters
    }

    private static func day(of instant: Instant) -> String {
        let wall = LocalTime.utc.parts(of: instant).wall
        return "\(wall.year.padded(4))-\(wall.month.padded(2))-\(wall.day.padded(2))"
    }
}

extension Tautulli {
    /// All of them, oldest first; throws `incomplete` rather than leave some out.
    package func plays(_ filter: TautulliHistoryFilter) async throws(TautulliError) -> [TautulliPlay] {
        // More than this is in no Tautulli; it stands between us and a page that shifts for ever.
        for _ in 0..<3 {
            if let plays = try await readThrough(filter) { return plays }
        }
        throw .incomplete("it kept changing while it was read")
    }

    /// One person's plays of one artist's tracks, or of one show: quick even in a long history.
    package func plays(of artistOrShow: Int, by userID: Int) async throws(TautulliError) -> [TautulliPlay] {
        try await plays(TautulliHistoryFilter(userID: userID, grandparentRatingKey: artistOrShow))
    }

    /// When the oldest play began; nil where there is none.
    package func firstPlay() async throws(TautulliError) -> Instant? {
        let page = try await page(TautulliHistoryFilter(), .oldestFirst, start: 0, length: 1)
        if let first = page.rows.first { return first.play?.started }
        guard page.total == 0 else { throw .incomplete("\(page.total) plays are there and none was told") }
        return nil
    }

    /// Page after page, oldest first, so that new plays come at the end and shift nothing. Nil: something did shift.
    private func readThrough(_ filter: TautulliHistoryFilter) async throws(TautulliError) -> [TautulliPlay]? {
        var reading = HistoryReading(filter: filter)
        while let start = reading.nextStart {
            reading.take(try await page(filter, .oldestFirst, start: start, length: HistoryReading.pageLength))
        }
        return reading.plays
    }

    /// How much there is, and when the newest of it ended. Tautulli loads all that a question does not filter out
    /// (sheet §3 Speed), so the last days are asked about first: the whole is counted either way.
    package func historyEnd(
        recent: Duration = .days(3), now: Instant
    ) async throws(TautulliError) -> TautulliHistoryEnd {
        let lately = TautulliHistoryFilter(started: now - recent..<now + .days(1))
        for filter in [lately, TautulliHistoryFilter()] {
            let page = try await page(filter, .latestEndFirst, start: 0, length: 1)
            guard let rows = page.inAll else { throw .unreadable("get_history") }
            if rows == 0, page.rows.isEmpty { return TautulliHistoryEnd(rows: 0, newest: nil) }
            if let newest = page.rows.first?.play { return TautulliHistoryEnd(rows: rows, newest: newest) }
            if page.total > 0 { break }
        }
        throw .incomplete("plays are there and none was told")
    }

    private enum Order {
        case oldestFirst, latestEndFirst

        var parameters: Parameters {
            switch self {
            case .oldestFirst: [("order_column", "date"), ("order_dir", "asc")]
            case .latestEndFirst: [("order_column", "stopped"), ("order_dir", "desc")]
            }
        }
    }

    private func page(
        _ filter: TautulliHistoryFilter, _ order: Order, start: Int, length: Int
    ) async throws(TautulliError) -> HistoryPage {
        let page = try await ask(
            "get_history",
            filter.parameters + [("grouping", "0"), ("include_activity", "0")] + order.parameters
                + [("start", String(start)), ("length", String(length))], .heavy, as: HistoryPage.self)
        guard page.isWhole else { throw .crashed }
        return page
    }
}
