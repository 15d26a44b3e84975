// What somebody may do with a server beside watching, and what is kept from them (sheet plex.md §8). plex.tv tells it at
// the share and at the account; neither has to name all of it, so what was not told is nil and never a no.

internal import XML

package struct PlexTVRights: Hashable, Sendable {
    package var allowsSync: Bool?
    package var allowsCameraUpload: Bool?
    package var allowsChannels: Bool?
    package var allowsTuners: Bool?
    package var allowsSubtitleAdmin: Bool?
    /// As plex.tv writes them: `contentRating=G%2CPG|label=kids`. Empty: nothing is kept from them.
    package var filterAll: String?
    package var filterMovies: String?
    package var filterTelevision: String?
    package var filterMusic: String?
    package var filterPhotos: String?

    package init(
        allowsSync: Bool? = nil, allowsCameraUpload: Bool? = nil, allowsChannels: Bool? = nil,
        allowsTuners: Bool? = nil, allowsSubtitleAdmin: Bool? = nil, filterAll: String? = nil,
        filterMovies: String? = nil, filterTelevision: String? = nil, filterMusic: String? = nil,
        filterPhotos: String? = nil
    ) {
        self.allowsSync = allowsSync
        self.allowsCameraUpload = allowsCameraUpload
        self.allowsChannels = allowsChannels
        self.allowsTuners = allowsTuners
        self.allowsSubtitleAdmin = allowsSubtitleAdmin
        self.filterAll = filterAll
        self.filterMovies = filterMovies
        self.filterTelevision = filterTelevision
        self.filterMusic = filterMusic
        self.filterPhotos = filterPhotos
    }

    /// May watch and listen, no more, without filters.
    package static let standard = PlexTVRights(
        allowsSync: false, allowsCameraUpload: false, allowsChannels: false, filterMovies: "", filterTelevision: "",
        filterMusic: "")

    /// Whether all is known that an invitation can say.
    package var isWhole: Bool {
        allowsSync != nil && allowsCameraUpload != nil && allowsChannels != nil && filterMovies != nil
            && filterTelevision != nil && filterMusic != nil
    }

    /// What this does not tell, as `other` tells it.
    package func filled(from other: PlexTVRights) -> PlexTVRights {
        PlexTVRights(settings: settings.merging(other.settings) { own, _ in own })
    }

    /// What they had that no invitation can give: for the owner to set by hand.
    package var beyondInvitations: [String] {
        var names: [String] = []
        if allowsTuners == true { names.append("the right to live television") }
        if allowsSubtitleAdmin == true { names.append("the right to manage subtitles") }
        if let filterAll, !filterAll.isEmpty { names.append("the filter of all libraries (\(filterAll))") }
        if let filterPhotos, !filterPhotos.isEmpty { names.append("the filter of photos (\(filterPhotos))") }
        return names
    }
}

extension PlexTVRights {
    init(_ element: XMLElement) { self.init { element[$0] } }

    /// Under plex.tv's own names, to be kept: what was not told is not there.
    package var settings: [String: String] {
        var settings: [String: String] = [:]
        for (name, claim) in Self.claims { settings[name] = self[keyPath: claim].map { $0 ? "1" : "0" } }
        for (name, filter) in Self.filters { settings[name] = self[keyPath: filter] }
        return settings
    }

    package init(settings: [String: String]) { self.init { settings[$0] } }

    private init(_ value: (String) -> String?) {
        self.init()
        for (name, claim) in Self.claims { self[keyPath: claim] = value(name).map { $0 == "1" || $0 == "true" } }
        for (name, filter) in Self.filters { self[keyPath: filter] = value(name) }
    }

    private static var claims: [(String, WritableKeyPath<PlexTVRights, Bool?>)] {
        [
            ("allowSync", \.allowsSync), ("allowCameraUpload", \.allowsCameraUpload),
            ("allowChannels", \.allowsChannels), ("allowTuners", \.allowsTuners),
            ("allowSubtitleAdmin", \.allowsSubtitleAdmin),
        ]
    }

    private static var filters: [(String, WritableKeyPath<PlexTVRights, String?>)] {
        [
            ("filterAll", \.filterAll), ("filterMovies", \.filterMovies), ("filterTelevision", \.filterTelevision),
            ("filterMusic", \.filterMusic), ("filterPhotos", \.filterPhotos),
        ]
    }
}
