// Which of our shows a show of a library is, since when, and by whose word.

package import Runtime
internal import Storage

package struct ShowMapping: Hashable, Sendable {
    package static let automatic = "automatic"

    package enum Counting: String, Hashable, Sendable {
        case unasked = ""
        case number, day
    }

    package var id: Int64
    package var title: String
    package var server: String
    package var guid: String
    package var show: Int64
    package var saidBy: String
    package var confidence: Confidence
    package var why: String
    package var countsBy: Counting
    package var at: Instant
    package var undoneBy: String
    package var undoneAt: Instant?

    package var isAutomatic: Bool { saidBy == Self.automatic }

    init(_ row: borrowing Row) throws {
        id = try row.int64("id")
        title = try row.text("title")
        server = try row.text("server")
        guid = try row.text("guid")
        show = try row.int64("show")
        saidBy = try row.text("said_by")
        confidence = Confidence(try row.int("confidence"))
        why = try row.text("why")
        countsBy = Counting(rawValue: try row.text("counts_by")) ?? .unasked
        at = try row.instant("at")
        undoneBy = try row.text("undone_by")
        undoneAt = try row.optionalInstant("undone_at")
    }
}
