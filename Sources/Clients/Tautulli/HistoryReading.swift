// Reading a history of several pages while it may change: no cursor is stable (sheet §3), so each page begins with the
// last row of the one before, and what was read must in the end be as many rows as Tautulli counts. Pure.

internal import Runtime

struct HistoryPage: Sendable {
    /// A row that is no stored play has no number: a running stream.
    struct Row: Sendable {
        let play: TautulliPlay?
    }

    /// False where Tautulli's database failed: it then tells of no rows, successfully, and draws number 0.
    let isWhole: Bool
    /// After filters: what there is to read.
    let total: Int
    /// Before filters, where it says so.
    var inAll: Int?
    let rows: [Row]
}

struct HistoryReading {
    /// Tautulli gathers all rows for every page it cuts, so few large pages are the quickest: some 5 MB each.
    static let pageLength = 5_000

    private let started: Range<Instant>?
    private var found: [Int: TautulliPlay] = [:]
    private var order: [Int] = []
    private var position = 0
    private var isRead = false
    private var hasShifted = false
    private let length: Int

    init(filter: TautulliHistoryFilter, length: Int = HistoryReading.pageLength) {
        started = filter.started
        self.length = length
    }

    /// Nil when there is nothing more to read.
    var nextStart: Int? { isRead || hasShifted ? nil : max(0, position - 1) }

    mutating func take(_ page: HistoryPage) {
        if position > 0 {
            // The row before this page must still be where it was.
            guard let last = order.last, page.rows.first?.play?.id == last else { return hasShifted = true }
        }
        let new = position > 0 ? page.rows.dropFirst() : page.rows[...]
        for row in new {
            position += 1
            guard let play = row.play else { continue }
            // The same row again further on: rows in front of it have gone or come.
            guard found.updateValue(play, forKey: play.id) == nil else { return hasShifted = true }
            order.append(play.id)
        }
        if position >= page.total {
            isRead = true
        } else if new.isEmpty {
            hasShifted = true
        }
    }

    /// Nil when the pages did not fit together.
    var plays: [TautulliPlay]? {
        guard isRead, !hasShifted else { return nil }
        let plays = order.compactMap { found[$0] }
        guard let started else { return plays }
        return plays.filter { started.contains($0.started) }
    }
}

extension HistoryPage: Decodable {
    init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        isWhole = fields.whole("draw") != 0
        total = try fields.decode(Int.self, forKey: "recordsFiltered")
        inAll = fields.whole("recordsTotal")
        rows = try fields.list("data")
    }
}

extension HistoryPage.Row: Decodable {
    init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        guard let id = fields.whole("row_id") ?? fields.whole("id") else {
            play = nil
            return
        }
        // A row without these is no play we could count: better to fail than to leave it out.
        guard let userID = fields.whole("user_id"), let started = fields.instant("started") else {
            throw DecodingError.keyNotFound(
                Field(stringValue: "started"), .init(codingPath: decoder.codingPath, debugDescription: ""))
        }
        let username = fields.text("user")
        play = TautulliPlay(
            id: id, sitting: fields.whole("reference_id") ?? id, userID: userID, username: username,
            friendlyName: fields.filledText("friendly_name") ?? username, started: started,
            stopped: fields.instant("stopped") ?? started,
            // `duration` is the older name of the same.
            played: fields.seconds("play_duration") ?? fields.seconds("duration") ?? .zero,
            paused: fields.seconds("paused_counter") ?? .zero,
            mediaType: fields.word("media_type") ?? TautulliMediaType(rawValue: ""), isLiveTV: fields.flag("live"),
            ratingKey: fields.whole("rating_key"), parentRatingKey: fields.whole("parent_rating_key"),
            grandparentRatingKey: fields.whole("grandparent_rating_key"), title: fields.text("title"),
            parentTitle: fields.text("parent_title"), grandparentTitle: fields.text("grandparent_title"),
            originalTitle: fields.text("original_title"), fullTitle: fields.text("full_title"),
            year: fields.whole("year"), index: fields.whole("media_index"),
            parentIndex: fields.whole("parent_media_index"), guid: fields.text("guid"), thumb: fields.text("thumb"),
            released: fields.text("originally_available_at"), percentComplete: fields.whole("percent_complete") ?? 0,
            watchedStatus: fields.fraction("watched_status") ?? 0, decision: fields.word("transcode_decision"),
            player: fields.text("player"), product: fields.text("product"), platform: fields.text("platform"),
            location: fields.text("location"))
    }
}
