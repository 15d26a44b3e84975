// What a run came to, for reports and tests.

package import Domain
internal import Plex
internal import PlexTV

package struct PlaylistOutcome: Sendable {
    package enum Mode: Hashable, Sendable {
        /// Only looked.
        case preview
        /// The one door let nothing through.
        case dryRun
        case real
    }

    package var title: String
    /// What belongs into it, in words.
    package var rule: String
    package var mode: Mode
    package var isUndo = false
    /// Whether the playlist was (or would be) made, or thrown away.
    package var isCreated = false
    package var isDeleted = false
    /// The whole way from what was found to what is wanted.
    package var planned = PlaylistChange()
    /// What happened: "Artist – Title".
    package var added: [String] = []
    package var removed: [String] = []
    package var moved = 0
    /// Requests that change something.
    package var requests = 0
    /// Tracks in it in the end.
    package var size = 0
    package var notes: [Prose] = []
    package var objection: PlaylistObjection?
    /// Why it ended early; what is still missing is left to the next run.
    package var stopped: String?

    package init(title: String, rule: String, mode: Mode) {
        self.title = title
        self.rule = rule
        self.mode = mode
    }

    package var changedSomething: Bool {
        mode == .real && (isCreated || isDeleted || !added.isEmpty || !removed.isEmpty || moved > 0)
    }
    package var isNothing: Bool { planned.isEmpty && !isDeleted && objection == nil && stopped == nil }
}

/// What stands in the way, in a sentence for whoever asked.
package enum PlaylistTrouble: Error, Hashable, Sendable, CustomStringConvertible {
    case noWishes
    case noSuchWish(String, known: [String])
    case noMusic
    case noSection(String, known: [String])
    case smart(String)
    case underWay
    case notLinked
    case rejectedLink
    case nothingToUndo
    case overtaken(title: String)
    case changedSince(title: String, by: Int)
    case wouldDelete(title: String)
    /// A scheduled run did not come through.
    case unfinished(String)

    /// What to tell whoever asked; nil: that is our own trouble, not theirs.
    package static func sentence(for error: any Error) -> String? {
        switch error {
        case let trouble as PlaylistTrouble: "\(trouble)"
        case let error as PlexError: "\(error)"
        case let error as PlexTVError: "\(error)"
        default: nil
        }
    }

    package var description: String {
        switch self {
        case .noWishes: "No playlists are configured: set PLAYLISTS, for example \(PlaylistWishes.example)"
        case .noSuchWish(let title, let known):
            "No playlist “\(title)” is configured; there is \(known.map { "“\($0)”" }.joined(separator: ", "))"
        case .noMusic: "Plex shows this account no music library, so nothing was touched"
        case .noSection(let name, let known):
            "There is no music library “\(name)”; Plex has \(known.map { "“\($0)”" }.joined(separator: ", "))"
        case .smart(let title):
            "“\(title)” is a smart playlist, which makes itself by its own rules, so it was not touched: rename it in "
                + "Plex, or choose another name in PLAYLISTS"
        case .underWay: "These playlists are being worked on already; try again when that is done"
        case .notLinked: "Your Plex account is not linked, or its key is not kept: link it first"
        case .rejectedLink: "Plex no longer accepts the key of your link: link your account again"
        case .nothingToUndo: "There is nothing to undo: no run has changed a playlist, or all are undone"
        case .overtaken(let title):
            "“\(title)” was changed by a later run, or this one is undone: take the later one back first"
        case .changedSince(let title, let count):
            "“\(title)” was changed by somebody else since (\(count) \(count == 1 ? "track" : "tracks")), and undoing "
                + "would take that back too. With --force it is done all the same"
        case .wouldDelete(let title):
            "“\(title)” was made by that run, and it is not known whether all in it is from there; undoing deletes it. "
                + "With --force it is done all the same"
        case .unfinished(let why): why
        }
    }
}
