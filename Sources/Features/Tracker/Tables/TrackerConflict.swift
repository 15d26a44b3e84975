// A question the tracker has to a person: which show this is, or which of two episodes. It keeps what was known when it
// was asked, the best candidates first.

package import Domain
package import Runtime
internal import Storage

package struct ConflictCandidate: Hashable, Sendable, Codable {
    /// 0: the tracker does not have it yet.
    package var show: Int64
    package var title: String
    package var year: Int?
    package var ids: ShowIDs
    /// Thousandths.
    package var confidence: Int
    package var reasons: [String]
    package var poster: String
    package var network: String?

    package init(
        show: Int64, title: String, year: Int? = nil, ids: ShowIDs = ShowIDs(), confidence: Int = 0,
        reasons: [String] = [], poster: String = "", network: String? = nil
    ) {
        self.show = show
        self.title = title
        self.year = year
        self.ids = ids
        self.confidence = confidence
        self.reasons = reasons
        self.poster = poster
        self.network = network
    }

    package var name: String { year.map { "\(title) (\($0))" } ?? title }
}

package struct TrackerConflict: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case open, solved, ignored }

    package var id: Int64
    package var kind: MatchVerdict.ConflictKind
    package var title: String
    package var year: Int?
    package var server: String
    package var sample: EpisodePlay
    package var candidates: [ConflictCandidate]
    /// Of an episode's order.
    package var mapping: Int64?
    package var state: State
    package var show: Int64?
    package var openedAt: Instant
    package var lastAt: Instant
    package var decidedBy: String
    package var decidedAt: Instant?
    /// Plays that wait for it.
    package var waiting: Int

    init(_ row: borrowing Row) throws {
        id = try row.int64("id")
        kind = MatchVerdict.ConflictKind(rawValue: try row.text("kind")) ?? .noMatch
        title = try row.text("title")
        year = try row.optionalInt("year")
        server = try row.text("server")
        sample = try JSONText.read(EpisodePlay.self, try row.text("sample"))
        candidates = try JSONText.read([ConflictCandidate].self, try row.text("candidates"))
        mapping = try row.optionalInt64("mapping")
        state = State(rawValue: try row.text("state")) ?? .open
        show = try row.optionalInt64("show")
        openedAt = try row.instant("opened_at")
        lastAt = try row.instant("last_at")
        decidedBy = try row.text("decided_by")
        decidedAt = try row.optionalInstant("decided_at")
        waiting = try row.int("waiting")
    }
}
