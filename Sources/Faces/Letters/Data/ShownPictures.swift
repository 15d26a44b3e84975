// The pictures a letter has room for, and how its HTML points to them: by Content-ID, or on a page by an address.

internal import Pictures

struct ShownPictures: Sendable {
    private let shared: IssuePictures
    private let personal: PersonalPictures?
    private let kept: Set<String>?
    private let address: @Sendable (Pictures.Picture) -> String

    /// `kept` nil: all.
    init(
        _ shared: IssuePictures, _ personal: PersonalPictures?, keeping kept: Set<String>?,
        at address: @escaping @Sendable (Pictures.Picture) -> String
    ) {
        self.shared = shared
        self.personal = personal
        self.kept = kept
        self.address = address
    }

    func source(of picture: Pictures.Picture) -> String? {
        kept?.contains(picture.name) ?? true ? address(picture) : nil
    }

    func poster(_ order: PosterOrder) -> Pictures.Picture? {
        shared.posters[order.name] ?? personal?.posters[order.name]
    }

    func chart(_ kind: IssuePictures.Kind) -> Pictures.Picture? {
        shared.charts[kind].flatMap { source(of: $0) == nil ? nil : $0 }
    }

    var week: Pictures.Picture? { personal?.week }

    func all(banner: Pictures.Picture?) -> [Pictures.Picture] {
        var all = [banner, personal?.week].compactMap(\.self)
        all += IssuePictures.Kind.allCases.compactMap { shared.charts[$0] }
        let posters = shared.posters.merging(personal?.posters ?? [:]) { first, _ in first }
        return all + posters.sorted { $0.key < $1.key }.map(\.value)
    }
}
