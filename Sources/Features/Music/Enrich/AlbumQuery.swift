// Which album somebody means by "title", "artist - title" or a rating key. Plex's search gives candidates; what is
// compared here are folded names, because "contains" and "related" are not "the same".

internal import Domain
internal import MusicBrainz
package import Plex

package enum AlbumFinding: Hashable, Sendable {
    case one(PlexItem)
    /// Best first.
    case several([PlexItem])
    /// What might have been meant.
    case none(like: [PlexItem])
}

package struct AlbumQuery: Hashable, Sendable {
    /// One way to read the words; titles hold dashes too.
    package struct Meaning: Hashable, Sendable {
        package var artist: String?
        package var title: String
    }

    package let words: String
    package let meanings: [Meaning]

    package static let mostOffered = 10

    package init(_ typed: String) {
        let words = Self.cleaned(typed)
        self.words = words
        var meanings = [Meaning(artist: nil, title: words)]
        for dash in [" - ", " – ", " — "] {
            var start = words.startIndex
            while let range = words[start...].firstRange(of: dash) {
                let artist = String(words[..<range.lowerBound])
                let title = String(words[range.upperBound...])
                if !artist.isEmpty, !title.isEmpty { meanings.append(Meaning(artist: artist, title: title)) }
                start = range.upperBound
            }
        }
        self.meanings = meanings
    }

    /// All digits: what autocompletion and menus give.
    package var ratingKey: String? {
        let isNumber = !words.isEmpty && words.utf8.count <= 18 && words.utf8.allSatisfy { 0x30...0x39 ~= $0 }
        return isNumber ? words : nil
    }

    /// Without control characters and the marks that only turn the direction of writing: they come with a copied title
    /// and are seen by nobody.
    package static func cleaned(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x200B...0x200F where scalar.value != 0x200D, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: continue
            case 0..<32, 127...159: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars).split(separator: " ").joined(separator: " ")
    }

    // MARK: Choosing

    package func finding(among candidates: [PlexItem]) -> AlbumFinding {
        var seen: Set<String> = []
        let albums = candidates.filter { $0.kind == .album && seen.insert($0.ratingKey).inserted }
        let closeness: [(PlexItem) -> Bool] = [
            { album in meanings.contains { isSame($0, album, bare: false) } },
            { album in meanings.contains { isSame($0, album, bare: true) } },
            { album in meanings.contains { isPart($0, of: album) } },
        ]
        for isMeant in closeness {
            let meant = albums.filter(isMeant)
            if meant.count == 1 { return .one(meant[0]) }
            if !meant.isEmpty { return .several(Array(meant.prefix(Self.mostOffered))) }
        }
        return .none(like: likeness(of: albums))
    }

    /// Whether the title stands in the query letter by letter, not only folded.
    func isWritten(_ album: PlexItem) -> Bool {
        meanings.contains {
            $0.title.utf8.elementsEqual(Self.cleaned(album.title).utf8) && isSame($0, album, bare: false)
        }
    }

    private func isSame(_ meaning: Meaning, _ album: PlexItem, bare: Bool) -> Bool {
        func folded(_ title: String) -> String {
            Folding.folded(bare ? SearchLadder.withoutBrackets(title) : Self.cleaned(title))
        }
        guard folded(meaning.title) == folded(album.title) else { return false }
        guard let artist = meaning.artist else { return true }
        return Folding.foldedName(artist) == Folding.foldedName(Self.cleaned(album.parentTitle))
    }

    private func isPart(_ meaning: Meaning, of album: PlexItem) -> Bool {
        let title = Folding.folded(meaning.title)
        guard title.count >= 3, Folding.folded(Self.cleaned(album.title)).contains(title) else { return false }
        guard let artist = meaning.artist else { return true }
        return Folding.foldedName(Self.cleaned(album.parentTitle)).contains(Folding.foldedName(artist))
    }

    private func likeness(of albums: [PlexItem]) -> [PlexItem] {
        let scored = albums.map { album in
            let title = Folding.folded(Self.cleaned(album.title))
            let best = meanings.map { Folding.likeness(Folding.folded($0.title), title) }.max() ?? 0
            return (album: album, likeness: best)
        }
        return scored.filter { $0.likeness >= 0.3 }.sorted { $0.likeness > $1.likeness }
            .prefix(5).map(\.album)
    }
}
