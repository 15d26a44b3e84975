// Everything downloads can do to the world; wiring fills it. Each goes through the one door. What throws
// `Storage.Uncertain` does not know whether it happened; anything else thrown means that it did not.

package import Domain

package struct DownloadActs: Sendable {
    /// Tells Radarr to search; gives the command's number.
    package var search: @Sendable (_ instance: String, _ film: Int) async throws -> Int
    /// Has a Radarr that lacks the film take it up and search for it; gives the film's number there.
    package var add: @Sendable (_ instance: String, FilmIDs, _ root: String, _ tag: String) async throws -> Int
    /// Gives the film a root folder and adds or takes a tag, moving nothing.
    package var place:
        @Sendable (_ instance: String, _ film: Int, _ root: String, _ tag: String, _ hasTag: Bool) async throws -> Void
    /// Has Radarr look at the film's folder anew; gives the command's number.
    package var rescan: @Sendable (_ instance: String, _ film: Int) async throws -> Int
    package var grab: @Sendable (_ instance: String, Release) async throws -> Void
    /// Deletes a film's file. The film stays in Radarr.
    package var delete: @Sendable (_ instance: String, _ film: Int, _ file: Int) async throws -> Void
    package var tell: @Sendable (DownloadWord) async throws -> Void

    package init(
        search: @escaping @Sendable (String, Int) async throws -> Int,
        add: @escaping @Sendable (String, FilmIDs, String, String) async throws -> Int,
        place: @escaping @Sendable (String, Int, String, String, Bool) async throws -> Void,
        rescan: @escaping @Sendable (String, Int) async throws -> Int,
        grab: @escaping @Sendable (String, Release) async throws -> Void,
        delete: @escaping @Sendable (String, Int, Int) async throws -> Void,
        tell: @escaping @Sendable (DownloadWord) async throws -> Void
    ) {
        self.search = search
        self.add = add
        self.place = place
        self.rescan = rescan
        self.grab = grab
        self.delete = delete
        self.tell = tell
    }
}

package enum DownloadWord: Sendable {
    case report(Report)
    case card(Card)

    package var report: Report {
        switch self {
        case .report(let report): report
        case .card(let card): card.report
        }
    }
}

/// The kinds of effects, as the door and its verifies know them.
package enum DownloadKind {
    package static let search = "downloads.search"
    package static let add = "downloads.add"
    package static let place = "downloads.place"
    package static let rescan = "downloads.rescan"
    package static let grab = "downloads.grab"
    package static let restore = "downloads.restore"
    package static let delete = "downloads.delete"
    package static let tell = "downloads.tell"
    /// What the door must leave undone with DOWNLOADS=dry.
    package static let dryPrefixes = [
        "downloads.search", "downloads.add", "downloads.place", "downloads.rescan", "downloads.grab",
        "downloads.restore",
        "downloads.delete",
    ]
}
