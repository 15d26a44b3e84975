// What the owner set about downloads, with the plan's numbers as defaults. Who is not tracked downloads nothing.

internal import Runtime

package struct DownloadWishes: Sendable, Hashable {
    package enum Mode: String, Sendable, Hashable, CaseIterable {
        case off
        /// Everything is judged and written down; the door does nothing, see `DownloadKind.dryPrefixes`.
        case dry
        case on
    }

    /// What is done so that a search can bring anything: a film with a file that is good enough is not grabbed again.
    package enum Preparation: String, Sendable, Hashable, CaseIterable {
        case none
        /// The film gets another root folder and a tag that only a really downloading client has.
        case move
        /// Another Radarr searches, and is given the film where it lacks it.
        case second
        /// A release is chosen and taken, past Radarr's test for upgrades.
        case release
    }

    package struct Tracked: Sendable, Hashable {
        /// A name, or the source's id.
        package var who: String
        /// How often they watch until a film is kept; nil: as often as everybody.
        package var plays: Int?

        package init(_ who: String, plays: Int? = nil) {
            self.who = who
            self.plays = plays
        }
    }

    /// A Radarr, as the owner set it up.
    package struct House: Sendable, Hashable {
        /// What people call it: in answers, and in DOWNLOADS_RADARR.
        package var name: String
        /// What its settings begin with: "RADARR_2".
        package var setting: String
        /// Where its films on disk live, as it sees it; nil: at DOWNLOADS_ROOT.
        package var root: String?
        /// The quality profile of films it is given, by name; empty: the only one it has.
        package var profile: String

        package init(_ name: String, setting: String, root: String? = nil, profile: String = "") {
            self.name = name
            self.setting = setting
            self.root = root
            self.profile = profile
        }
    }

    package var mode = Mode.off
    package var houses: [House] = []
    package var tracked: [Tracked] = []
    package var plays = 2
    package var windowDays = 90
    package var watchedPercent = 90
    package var instantRating = 8.5
    package var rewatchRating = 7.0
    package var rareRating = 8.0
    package var rareVotes = 50_000
    package var rareBefore = 1990
    package var rareWords = [
        "criterion", "director's cut", "restored", "remastered", "limited edition", "uncut", "extended",
        "collector's edition", "special edition",
    ]
    package var rareGenres = ["Foreign", "World Cinema", "Silent"]
    /// Fewer are rare; 0: nobody is asked.
    package var seeders = 10
    package var familyGenres = ["Family", "Animation"]
    package var favouriteTags = ["favorite", "favourite"]
    package var neverTags = ["never-download"]
    package var askTags = ["ask-download"]
    package var excludedGenres: [String] = []
    /// Rules by their names: an admin is asked instead.
    package var asks: Set<FilmRule> = []
    /// Nil: as many as come.
    package var perDay: Int?
    package var gigabytesPerDay: Int?
    package var floorGigabytes = 50
    package var cloudPaths: [String] = []
    package var localPaths: [String] = []
    /// Where Radarr's folders are seen here.
    package var paths = PathMap()
    package var preparation = Preparation.none
    /// Where films are kept, as Radarr sees it.
    package var root = ""
    package var tag = ""
    /// The Radarr that has films on disk, by name; empty: each keeps its own.
    package var keeper = ""
    package var againDays = 30
    package var keepDays = 180
    /// Proposals a week.
    package var proposals = 5

    package init() {}
    package init(_ change: (inout DownloadWishes) -> Void) { change(&self) }

    /// Which Radarr is to search for a film that this one has.
    package func target(of instance: String) -> String { preparation == .second ? keeper : instance }

    package func root(of instance: String) -> String { houses.first { $0.name == instance }?.root ?? root }

    /// Whose word about a film is asked; with a keeper the others only stream.
    package func judges(among instances: [String]) -> [String] {
        if preparation == .second { return instances.filter { $0 != keeper } }
        return keeper.isEmpty ? instances : instances.filter { $0 == keeper }
    }

    package var window: Duration { .days(Int64(windowDays)) }

    /// What cannot be meant so.
    package var faults: [(setting: String, why: String)] {
        if mode == .off { return [] }
        var faults: [(setting: String, why: String)] = []
        func need(_ holds: Bool, _ setting: String, _ why: String) {
            if !holds { faults.append((setting, why)) }
        }
        need(!tracked.isEmpty, "TRACKED_USER_NAME", "nobody is tracked, so nothing would ever be downloaded")
        need(
            !localPaths.isEmpty, "LOCAL_PATHS", "where films on disk lie is not said, so no film would be known to be")
        need(rewatchRating <= instantRating, "IMDB_REWATCH", "must not be above IMDB_INSTANT")
        need(preparation != .move || !root.isEmpty, "DOWNLOADS_ROOT", "is needed by DOWNLOADS_PREPARE=move")
        need(
            preparation != .second || !keeper.isEmpty && houses.count != 1, "RADARR_2_URL",
            "is needed by DOWNLOADS_PREPARE=second: one Radarr streams, another keeps")
        need(
            keeper.isEmpty || houses.isEmpty || houses.contains { $0.name == keeper }, "DOWNLOADS_RADARR",
            "names none of your Radarrs: \(houses.map(\.name).joined(separator: ", "))")
        return faults
    }
}
