// Tautulli's own counts (sheet §5): the home page's tops, and plays by day, hour, month and so on.

package import Runtime

package struct TautulliStat: Sendable, Equatable {
    /// "top_movies", "popular_music", "top_users", "last_watched", "top_platforms", "most_concurrent", …
    package var id: String
    package var title: String
    package var rows: [TautulliStatRow]
}

/// One line of a top list. Which fields are set depends on the list.
package struct TautulliStatRow: Sendable, Equatable {
    /// In music the artist.
    package var title: String
    package var grandparentTitle: String
    package var year: Int?
    package var plays: Int?
    package var played: Duration?
    /// How many people (the popular_… lists).
    package var usersWatched: Int?
    package var ratingKey: Int?
    package var grandparentRatingKey: Int?
    package var sectionID: Int?
    package var sectionName: String
    package var mediaType: TautulliMediaType?
    package var lastPlay: Instant?
    package var userID: Int?
    package var friendlyName: String
    package var platform: String
    package var thumb: String
    package var art: String
    package var guid: String
    /// Streams at once (most_concurrent), and when.
    package var count: Int?
    package var started: Instant?
}

/// Numbers over days, hours, months, …
package struct TautulliChart: Sendable, Equatable {
    package struct Series: Sendable, Equatable {
        package var name: String
        package var data: [Int]
    }

    package var categories: [String]
    package var series: [Series]

    /// Which there are varies: "Live TV" only where some was seen.
    package subscript(name: String) -> [Int]? { series.first { $0.name == name }?.data }
}

package enum TautulliChartKind: String, Sendable, CaseIterable {
    case byDate = "get_plays_by_date"
    /// From Sunday.
    case byWeekday = "get_plays_by_dayofweek"
    case byHour = "get_plays_by_hourofday"
    /// `span` counts months.
    case byMonth = "get_plays_per_month"
    case byPlatform = "get_plays_by_top_10_platforms"
    case byUser = "get_plays_by_top_10_users"
    case byStreamType = "get_plays_by_stream_type"
    case bySourceResolution = "get_plays_by_source_resolution"
    case byStreamResolution = "get_plays_by_stream_resolution"
    case streamTypeByUser = "get_stream_type_by_top_10_users"
    case streamTypeByPlatform = "get_stream_type_by_top_10_platforms"
}

extension Tautulli {
    /// All lists of the last `days`; give few days where the history is long.
    package func homeStats(
        days: Int = 30, by measure: TautulliMeasure = .plays, count: Int = 10, section: Int? = nil, user: Int? = nil
    ) async throws(TautulliError) -> [TautulliStat] {
        let stats = try await ask(
            "get_home_stats", Self.homeParameters(days, measure, count, section, user), .heavy, as: [TautulliStat].self)
        // The lists are always there, if empty.
        guard !stats.isEmpty else { throw .crashed }
        return stats
    }

    /// One list; nil when this Tautulli has none of that name.
    package func homeStat(
        _ id: String, days: Int = 30, by measure: TautulliMeasure = .plays, count: Int = 10, section: Int? = nil,
        user: Int? = nil
    ) async throws(TautulliError) -> TautulliStat? {
        let parameters = Self.homeParameters(days, measure, count, section, user) + [("stat_id", id)]
        let told = try await ask("get_home_stats", parameters, .heavy, as: Told<TautulliStat>.self)
        return if case .value(let stat) = told { stat } else { nil }
    }

    private static func homeParameters(
        _ days: Int, _ measure: TautulliMeasure, _ count: Int, _ section: Int?, _ user: Int?
    ) -> Parameters {
        var parameters: Parameters = [
            ("time_range", String(days)), ("stats_type", measure.rawValue), ("stats_count", String(count)),
        ]
        if let section { parameters.append(("section_id", String(section))) }
        if let user { parameters.append(("user_id", String(user))) }
        return parameters
    }

    package func chart(
        _ kind: TautulliChartKind, span: Int = 30, measure: TautulliMeasure = .plays, user: Int? = nil
    ) async throws(TautulliError) -> TautulliChart {
        var parameters: Parameters = [("time_range", String(span)), ("y_axis", measure.rawValue)]
        if let user { parameters.append(("user_id", String(user))) }
        return try await ask(kind.rawValue, parameters, .heavy)
    }
}

extension TautulliStat: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        self.init(
            id: try fields.decode(String.self, forKey: "stat_id"), title: fields.text("stat_title"),
            rows: try fields.list("rows"))
    }
}

extension TautulliStatRow: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        self.init(
            title: fields.text("title"), grandparentTitle: fields.text("grandparent_title"),
            year: fields.whole("year"), plays: fields.whole("total_plays"), played: fields.seconds("total_duration"),
            usersWatched: fields.whole("users_watched"), ratingKey: fields.whole("rating_key"),
            grandparentRatingKey: fields.whole("grandparent_rating_key"), sectionID: fields.whole("section_id"),
            sectionName: fields.text("section_name"), mediaType: fields.word("media_type"),
            lastPlay: fields.instant("last_play") ?? fields.instant("last_watch"), userID: fields.whole("user_id"),
            friendlyName: fields.filledText("friendly_name") ?? fields.text("user"),
            platform: fields.text("platform"), thumb: fields.text("thumb"), art: fields.text("art"),
            guid: fields.text("guid"), count: fields.whole("count"), started: fields.instant("started"))
    }
}

extension TautulliChart: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        self.init(categories: try fields.decode([String].self, forKey: "categories"), series: try fields.list("series"))
    }
}

extension TautulliChart.Series: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        self.init(name: fields.text("name"), data: try fields.decode([Int].self, forKey: "data"))
    }
}
