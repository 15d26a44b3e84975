// A line of Tautulli's history, as it is written when a stream stops: the item as it was then, under the keys of then
// (sheet §3).

import Runtime

struct TautulliRow: Sendable {
    let id: Int
    /// The first row of the sitting it belongs to.
    var reference: Int
    let userID: Int
    let username: String
    /// Seconds since 1970.
    let started: Int
    let stopped: Int
    let paused: Int
    let item: TautulliSubject
    let percent: Int
    let device: HouseholdWorld.Device
    let isLocal: Bool
    let decision: HouseholdWorld.Decision

    /// Seconds without pauses.
    var played: Int { stopped - started - paused }
}

/// An item with what it stands in, which may be gone when it is asked for. Shared, for thousands of rows are sorted.
final class TautulliSubject: Sendable {
    let item: HouseholdWorld.Item
    let parent: HouseholdWorld.Item?
    let grandparent: HouseholdWorld.Item?
    let libraryName: String

    init(_ item: HouseholdWorld.Item, in world: HouseholdWorld) {
        self.item = item
        parent = world.parent(of: item)
        grandparent = world.grandparent(of: item)
        libraryName = world.section(item.section)?.title ?? ""
    }

    var mediaType: String { item.kind.word }
    /// A parent that went before its child was written down is known by its key alone.
    var parentKey: Int? { item.parent }
    var grandparentKey: Int? { grandparent?.ratingKey }
    var year: Int? { item.year ?? (item.kind == .track ? parent?.year : nil) }
    var released: String { item.released ?? "" }
    var genres: [String] { item.genres.isEmpty ? parent?.genres ?? grandparent?.genres ?? [] : item.genres }
    /// Of a track the disc, of an episode the season.
    var parentIndex: Int? { item.kind == .track ? item.discIndex ?? 1 : parent?.index }
    var artist: String { grandparent?.title ?? "" }

    var fullTitle: String {
        switch item.kind {
        case .episode, .season: "\((grandparent ?? parent)?.title ?? "") - \(item.title)"
        case .track: "\(item.title) - \(item.originalTitle.isEmpty ? artist : item.originalTitle)"
        case .album: "\(parent?.title ?? "") - \(item.title)"
        case .movie, .show, .artist: item.title
        }
    }

    private static func path(_ item: HouseholdWorld.Item?, _ what: String) -> String {
        guard let item, item.hasPoster else { return "" }
        return "/library/metadata/\(item.ratingKey)/\(what)/\(item.updatedAt)"
    }

    /// Tracks show their album's.
    var thumb: String { Self.path(item.kind == .track ? parent : item, "thumb") }
    var parentThumb: String { Self.path(parent, "thumb") }
    var grandparentThumb: String { Self.path(grandparent, "thumb") }
    var art: String { Self.path(grandparent ?? (item.kind == .album ? parent : nil) ?? item, "art") }
    /// What the history shows: for an episode its season's.
    var historyThumb: String {
        guard item.kind == .episode else { return thumb }
        return parentThumb.isEmpty ? grandparentThumb : parentThumb
    }

    /// Invented, and the same every time.
    var rating: String { "\(5 + item.ratingKey % 5).\(item.ratingKey * 7 % 10)" }
}
