// One playing on its way from "it was said" to "it lies on the disk", or to the reason why not.

package import Domain
internal import FoundationEssentials
package import Runtime
internal import Storage

package struct DownloadCase: Sendable, Identifiable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// To be judged, or judged again: somebody did not answer, or there was no room.
        case judging, waiting
        /// The indexers are being asked for seeders.
        case seeders
        /// An admin has the card.
        case asked
        /// To be kept: the steps towards a search, and the search.
        case searching
        /// Radarr has the search.
        case commanded
        /// Something is on its way.
        case grabbed
        // Ended:
        case no, unknown, duplicate, missing, dry, declined
        case downloaded
        /// Imported, and not to the disk.
        case elsewhere
        /// Searched, and Radarr took nothing.
        case refused
        case failed

        package var isOpen: Bool {
            switch self {
            case .judging, .waiting, .seeders, .asked, .searching, .commanded, .grabbed: true
            default: false
            }
        }
    }

    /// Towards a search; see DOWNLOADS_PREPARE.
    enum Step: String, Sendable { case start, placed, rescanning, rescanned, adding, added }
    enum Untold: String, Sendable { case ask, start, end }

    package let id: Int64
    package var playKey: String
    package var instance: String
    /// When the playing ended.
    package var at: Instant
    package var film: FilmIDs
    package var playback: Playback
    package var userKey: String
    package var userName: String
    package var state: State
    package var decision: String
    package var rule: String
    package var why: String
    package var evidence: FilmEvidence?
    package var trace: [RuleLine]
    package var judgedAt: Instant?
    package var plays: Int
    package var target: String
    package var movieID: Int?
    var step: Step
    package var attempt: Int
    package var commandID: Int?
    var formerRoot: String
    package var downloadID: String
    package var release: String
    package var size: Int64?
    package var path: String
    package var outcome: String
    package var tries: Int
    package var dueAt: Instant?
    package var searchedAt: Instant?
    package var endedAt: Instant?
    package var saidBy: String
    var untold: Untold?

    init(_ row: borrowing Row) throws {
        id = try row.int64("id")
        playKey = try row.text("play_key")
        instance = try row.text("instance")
        at = try row.instant("at")
        film = try JSONText.read(FilmIDs.self, try row.text("film"))
        playback = try JSONText.read(Playback.self, try row.text("playback"))
        userKey = try row.text("user_key")
        userName = try row.text("user_name")
        // A word of a newer program is nothing to act on.
        state = State(rawValue: try row.text("state")) ?? .unknown
        decision = try row.text("decision")
        rule = try row.text("rule")
        why = try row.text("why")
        evidence = try? JSONText.read(FilmEvidence.self, try row.text("evidence"))
        trace = (try? JSONText.read([RuleLine].self, try row.text("trace"))) ?? []
        judgedAt = try row.optionalInstant("judged_at")
        plays = try row.int("plays")
        target = try row.text("target")
        movieID = try row.optionalInt("movie_id")
        step = Step(rawValue: try row.text("step")) ?? .start
        attempt = try row.int("attempt")
        commandID = try row.optionalInt("command_id")
        formerRoot = try row.text("former_root")
        downloadID = try row.text("download_id")
        release = try row.text("release_title")
        size = try row.optionalInt64("size")
        path = try row.text("path")
        outcome = try row.text("outcome")
        tries = try row.int("tries")
        dueAt = try row.optionalInstant("due_at")
        searchedAt = try row.optionalInstant("searched_at")
        endedAt = try row.optionalInstant("ended_at")
        saidBy = try row.text("said_by")
        untold = Untold(rawValue: try row.text("untold"))
    }

    var subject: String { film.key }
}

enum JSONText {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func read<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
