// What a share allows, as plex.tv writes and takes it (sheet plex.md §8). The older half takes six of them.

extension HouseholdWorld.Rights {
    typealias Claim = WritableKeyPath<HouseholdWorld.Rights, Bool>
    typealias Filter = WritableKeyPath<HouseholdWorld.Rights, String>

    static let names = claims.map(\.name) + filters.map(\.name)
    static let oldNames = [
        "allowSync", "allowCameraUpload", "allowChannels", "filterMovies", "filterTelevision", "filterMusic",
    ]

    static var claims: [(name: String, path: Claim)] {
        [
            ("allowTuners", \.allowsTuners), ("allowSync", \.allowsSync),
            ("allowCameraUpload", \.allowsCameraUpload), ("allowChannels", \.allowsChannels),
            ("allowSubtitleAdmin", \.allowsSubtitleAdmin),
        ]
    }

    static var filters: [(name: String, path: Filter)] {
        [
            ("filterAll", \.filterAll), ("filterMovies", \.filterMovies), ("filterMusic", \.filterMusic),
            ("filterPhotos", \.filterPhotos), ("filterTelevision", \.filterTelevision),
        ]
    }

    var fields: [(name: String, value: PlexElement.Value)] {
        Self.claims.map { ($0.name, .flag(self[keyPath: $0.path])) }
            + Self.filters.map { ($0.name, .text(self[keyPath: $0.path])) }
    }
}

extension PlexTVCaller {
    /// Of a form: what it names of `names`; the rest as it was. Flags come as "0", 1 or true.
    func rights(
        _ form: JSON?, _ names: [String], _ before: HouseholdWorld.Rights = HouseholdWorld.Rights()
    ) throws(PlexTVRefusal) -> HouseholdWorld.Rights {
        guard let form else { return before }
        guard form.fields != nil else { throw .unprocessable("the settings are no object") }
        var rights = before
        for (name, path) in HouseholdWorld.Rights.claims where names.contains(name) {
            guard let value = form[name] else { continue }
            switch (value.bool, value.int, value.string) {
            case (true, _, _), (_, 1, _), (_, _, "1"), (_, _, "true"): rights[keyPath: path] = true
            case (false, _, _), (_, 0, _), (_, _, "0"), (_, _, "false"): rights[keyPath: path] = false
            default: throw .unprocessable("\(name) is neither 0 nor 1")
            }
        }
        for (name, path) in HouseholdWorld.Rights.filters where names.contains(name) {
            guard let value = form[name] else { continue }
            guard let text = value.string else { throw .unprocessable("\(name) is no text") }
            rights[keyPath: path] = text
        }
        return rights
    }
}
