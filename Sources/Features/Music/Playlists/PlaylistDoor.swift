// The way from a step of a run through the one door (rule 3). Steps go in groups of up to a hundred, so that the Ledger
// stays readable; each group has a key of its run and number. No group is ever repeated blindly: after anything uncertain
// the playlist is read again, and what is missing then is another group.

internal import Domain
internal import FoundationEssentials
internal import Plex
internal import Storage
internal import Synchronization

/// What a step's evidence says: enough to find out later whether it happened.
struct PlaylistEvidence: Codable, Sendable {
    var account: String
    /// Rating key; empty: it was to be made.
    var playlist = ""
    var title: String
    /// Rating keys added.
    var tracks: [String] = []
    /// Places removed or moved.
    var places: [Int] = []
    /// For each place moved: behind which, nil for the front.
    var after: [Int?] = []
    /// For people, as many as fit.
    var names: [String] = []

    var json: String {
        (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
    init?(json: String) {
        guard let read = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = read
    }
    init(account: String, playlist: String, title: String) {
        self.account = account
        self.playlist = playlist
        self.title = title
    }
}

struct PlaylistStep: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case create = "playlists.create"
        case add = "playlists.add"
        case remove = "playlists.remove"
        case move = "playlists.move"
        case delete = "playlists.delete"
    }

    var kind: Kind
    var summary: String
    var evidence: PlaylistEvidence
}

/// Counted while a group is under way, also when it breaks off.
final class PlaylistTally: Sendable {
    struct Count: Sendable {
        var requests = 0
        var done = 0
        var error: PlexError?
        var playlist: PlexPlaylist?
    }
    private let count = Mutex(Count())

    var now: Count { count.withLock { $0 } }
    func change(_ body: (inout Count) -> Void) { count.withLock { body(&$0) } }
}

struct PlaylistDoor: Sendable {
    enum End: Sendable {
        case done
        case dryRun
        /// Read the playlist again and see what is missing.
        case again(PlexError)
        case stop(String)
    }

    let effects: Effects
    let book: PlaylistBook
    let run: Int64
    let actor: String
    let reason: String
    let undo: String

    func perform(
        _ step: PlaylistStep, number: Int, tally: PlaylistTally,
        _ act: @Sendable () async throws(PlexError) -> Void
    ) async throws(StorageError) -> End {
        let effect = Effect(
            key: key(number), kind: step.kind.rawValue, summary: step.summary, actor: actor,
            subject: "playlist:\(step.evidence.title)", reason: reason, evidence: step.evidence.json, undo: undo)
        let result = try await effects.perform(effect) { [book, run] in
            try await book.begin(run)
            do throws(PlexError) { try await act() } catch {
                tally.change { $0.error = error }
                // Refused, but part of the group is done: the door's "failed" would say that nothing happened.
                if error.leavesOpen || tally.now.done > 0 { throw Uncertain("\(error)") }
                throw error
            }
        }
        switch result {
        case .done, .alreadyDone: return .done
        case .dryRun: return .dryRun
        case .refused(let why): return .stop(why)
        case .failed(let why): return end(tally.now.error, else: why)
        case .interrupted: return end(tally.now.error, else: "it was interrupted")
        }
    }

    func key(_ number: Int) -> String { "playlists:\(run):\(number)" }

    private func end(_ error: PlexError?, else why: String) -> End {
        guard let error else { return .stop(why) }
        return error.passes ? .again(error) : .stop("\(error)")
    }
}
