// One thing that was told to the tracker, and what became of it.

package import Domain
package import Runtime
internal import Storage

package struct LogRow: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        /// On the disk, and not looked at yet.
        case received
        case ignored
        /// Another word of a play that is marked.
        case duplicate
        /// For an answer: of a service, or of a person.
        case waiting
        case marked
        /// It cannot be made anything of, until somebody has it replayed.
        case failed
    }

    /// Which rule had it, in a word. They stand in the table and in the metrics.
    package enum Action: String, Hashable, Sendable, CaseIterable {
        case none = ""
        /// No play that counts.
        case event
        case unreadable
        case nobody
        case notListed = "not_listed"
        case autoWatchOff = "auto_watch_off"
        case showOff = "show_off"
        case notAdded = "not_added"
        case showIgnored = "show_ignored"
        case asked
        case unanswered
        case episodeMissing = "episode_missing"
        case marked
        case rewatched
        case again
    }

    package var id: Int64
    package var receivedAt: Instant
    package var source: EpisodePlay.Source
    package var event: String
    package var server: String
    package var account: String
    package var accountName: String
    package var door: Int64?
    package var play: EpisodePlay?
    package var about: String
    package var status: Status
    package var action: Action
    package var why: String
    package var error: String
    package var attempts: Int
    package var dueAt: Instant?
    package var person: Int64?
    package var show: Int64?
    package var episode: Int64?
    package var mapping: Int64?
    package var conflict: Int64?
    package var doneAt: Instant?

    init(_ row: borrowing Row) throws {
        id = try row.int64("id")
        receivedAt = try row.instant("received_at")
        source = EpisodePlay.Source(rawValue: try row.text("source")) ?? .plex
        event = try row.text("event")
        server = try row.text("server")
        account = try row.text("account")
        accountName = try row.text("account_name")
        door = try row.optionalInt64("door")
        let text = try row.text("play")
        play = text.isEmpty ? nil : try JSONText.read(EpisodePlay.self, text)
        about = try row.text("about")
        status = Status(rawValue: try row.text("status")) ?? .failed
        action = Action(rawValue: try row.text("action")) ?? .none
        why = try row.text("why")
        error = try row.text("error")
        attempts = try row.int("attempts")
        dueAt = try row.optionalInstant("due_at")
        person = try row.optionalInt64("person")
        show = try row.optionalInt64("show")
        episode = try row.optionalInt64("episode")
        mapping = try row.optionalInt64("mapping")
        conflict = try row.optionalInt64("conflict")
        doneAt = try row.optionalInstant("done_at")
    }
}

extension EpisodePlay {
    /// For a line of the log: "The Harbour S01E02 “Flood”".
    package var line: String {
        var words = showTitle.isEmpty ? [] : [showTitle]
        if let season, let number {
            words.append(KnownEpisode(season: season, number: number).code)
        } else if let airedOn {
            words.append(airedOn)
        }
        if !title.isEmpty { words.append("“\(title)”") }
        return words.joined(separator: " ")
    }
}
