// All plays, one after the other, for whoever counts them: a long history is never in memory as a whole, and between two
// handfuls of rows other readers of the database get their turn.

package import Domain
package import Runtime
internal import Storage
internal import Tautulli

extension History {
    /// Hands over every play that began before `end`, in the order of their numbers, a handful at a time.
    package func plays(
        before end: Instant, handful: Int = 10_000, _ use: ([Play]) async throws -> Void
    ) async throws {
        var last = Int64.min
        while true {
            try Task.checkCancellation()
            let plays = try await plays(after: last, before: end, handful)
            if !plays.isEmpty { try await use(plays) }
            guard let newest = plays.last?.id, plays.count == handful else { return }
            last = newest
        }
    }

    private func plays(
        after last: Int64, before end: Instant, _ handful: Int
    ) async throws(StorageError) -> [Play] {
        try await database.read { db in
            try db.rows(Self.playsAfter, last, end, handful) { row in try Self.play(row) }
        }
    }

    // A row from before it was read with its sitting stands for itself. The plus keeps SQLite from going by the index on
    // `started`, which would sort the whole history for every handful.
    private static let playsAfter = """
        SELECT id, COALESCE(sitting, id), user_id, media_type, is_live, started, played_ms, title, parent_title,
            grandparent_title, original_title, year, item_index, parent_index, rating_key, grandparent_key, decision
        FROM history_plays WHERE id > $1 AND +started < $2 ORDER BY id LIMIT $3
        """

    private static func play(_ row: borrowing Row) throws(StorageError) -> Play {
        Play(
            id: try row.int64(0), sitting: try row.int64(1), account: try row.int(2),
            kind: kind(try row.text(3), isLive: try row.bool(4)), started: try row.instant(5),
            seconds: Int(try row.int64(6) / 1000), title: try row.text(7), parentTitle: try row.text(8),
            grandparentTitle: try row.text(9), originalTitle: try row.text(10), year: try row.optionalInt(11),
            index: try row.optionalInt(12), parentIndex: try row.optionalInt(13), ratingKey: try row.optionalInt(14),
            grandparentKey: try row.optionalInt(15), delivery: delivery(try row.text(16)))
    }

    private static func kind(_ type: String, isLive: Bool) -> Play.Kind {
        if isLive { return .other }
        return switch type {
        case "movie": .movie
        case "episode": .episode
        case "track": .track
        default: .other
        }
    }

    private static func delivery(_ decision: String) -> Play.Delivery {
        switch TautulliDecision(rawValue: decision) {
        case .directPlay: .directPlay
        case .copy: .directStream
        case .transcode: .transcode
        default: .unknown
        }
    }
}
