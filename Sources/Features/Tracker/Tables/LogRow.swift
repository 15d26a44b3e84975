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

    /// Without the payload, which may be large.
    static let columns = """
        id, received_at, source, event, server, account, account_name, door, play, about, status, action, why, error,
        attempts, due_at, person, show, episode, mapping, conflict, done_at
        """

    /// In the order of `columns`: a flood reads thousands of them, and names have to be looked up.
    /// - Parameter known: its play, where it need not be read out of its text again
    init(_ row: borrowing Row, known: (Int64) -> EpisodePlay? = { _ in nil }) throws {
        id = try row.int64(0)
        receivedAt = try row.instant(1)
        source = EpisodePlay.Source(rawValue: try row.text(2)) ?? .plex
        event = try row.text(3)
        server = try row.text(4)
        account = try row.text(5)
        accountName = try row.text(6)
        door = try row.optionalInt64(7)
        if let known = known(id) {
            play = known
        } else {
            let text = try row.text(8)
            play = text.isEmpty ? nil : try JSONText.read(EpisodePlay.self, text)
        }
        about = try row.text(9)
        status = Status(rawValue: try row.text(10)) ?? .failed
        action = Action(rawValue: try row.text(11)) ?? .none
        why = try row.text(12)
        error = try row.text(13)
        attempts = try row.int(14)
        dueAt = try row.optionalInstant(15)
        person = try row.optionalInt64(16)
        show = try row.optionalInt64(17)
        episode = try row.optionalInt64(18)
        mapping = try row.optionalInt64(19)
        conflict = try row.optionalInt64(20)
        doneAt = try row.optionalInstant(21)
    }
}

extension LogRow {
    /// What became of it, for the program's log.
    var decision: DecisionLine {
        DecisionLine(
            "tracker.play", status.rawValue,
            ids: [
                "row": "\(id)", "question": conflict.map { "\($0)" } ?? "", "episode": episode.map { "\($0)" } ?? "",
            ],
            rule: action.rawValue, subject: person.map { "person:\($0)" } ?? "", by: source.rawValue)
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
