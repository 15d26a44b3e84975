// A MusicBrainz id: a UUID, in lower case. What it names (a release, a group, an artist) is told by where it stands.

package struct MBID: Hashable, Sendable, CustomStringConvertible {
    private let text: String

    /// Nil for anything that is not a UUID; `mbid://` in front is what Plex writes.
    package init?(_ text: some StringProtocol) {
        let bare = (text.hasPrefix("mbid://") ? String(text.dropFirst(7)) : String(text)).lowercased()
        let parts = bare.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [8, 4, 4, 4, 12],
            parts.joined().utf8.allSatisfy({
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            })
        else { return nil }
        self.text = bare
    }

    package var description: String { text }

    /// The artist that stands for "many" on compilations.
    package static let variousArtists = MBID("89ad4ac3-39f7-470e-963a-56509c546377")
}
