// Who watched, and how much of it. People are known by id where one is set or was once found for the name; names are
// compared in any case. Who is neither is a guest; who came without a name is unknown, and downloads nothing.

package import Domain
internal import Runtime

package enum ViewerRules {
    /// `users`: the source's people, for ids that came without a name and names that have changed since.
    package static func viewer(
        _ user: Playback.User, _ wishes: DownloadWishes, users: [Playback.User] = []
    ) -> Viewer {
        let (id, name) = (user.id.map(folded), user.name.map { $0.lowercased() })
        guard id != nil || name != nil else { return .unknown(why: "who watched was not said") }
        for tracked in wishes.tracked {
            let (who, token) = (tracked.who.lowercased(), folded(tracked.who))
            let isListed = users.contains { other in
                other.id.map(folded) == id && id != nil && other.name?.lowercased() == who
            }
            if name == who || (id != nil && id == token) || isListed {
                return .tracked(tracked.who, plays: tracked.plays ?? wishes.plays)
            }
        }
        // Without a name an id may be anybody's whom nobody has listed.
        if name == nil, !users.contains(where: { $0.id.map(folded) == id }) {
            return .unknown(why: "nobody knows whose number \(user.id ?? "") is")
        }
        return .guest
    }

    /// GUIDs are written with and without dashes, in any case.
    private static func folded(_ id: String) -> String {
        let small = id.lowercased()
        let bare = small.filter { $0 != "-" }
        return bare.count == 32 && bare.allSatisfy(\.isHexDigit) ? bare : small
    }

    /// `runtime`: what the library says where the playing did not.
    static func share(_ playback: Playback, runtime: Duration?) -> Piece<Double> {
        let source = playback.source.called
        let whole = playback.runtime.flatMap { $0 > .zero ? $0 : nil } ?? runtime.flatMap { $0 > .zero ? $0 : nil }
        if let whole, let position = playback.position, position > .zero {
            // Credits, or another version that is longer.
            return Piece(.known(min(1, position.inSeconds / whole.inSeconds)), from: source)
        }
        switch playback.saidWatched {
        case true?: return Piece(.known(1), from: "\(source) calls it watched")
        case false?: return Piece(.known(0), from: "\(source) calls it not watched")
        case nil: return Piece(.absent, from: source)
        }
    }
}
