// Gathers what `CompletionRules` judges: the artist's tracks in every music library of Plex, and what the person played.

package import Domain
package import Plex

/// Whose plays are counted.
package struct Listener: Sendable, Hashable {
    package var person: Person
    /// Nil where the caller is not linked and sees the owner's.
    package var isCaller: Bool

    package init(_ person: Person, isCaller: Bool) {
        self.person = person
        self.isCaller = isCaller
    }
}

package struct Completion: Sendable {
    /// An artist as people know one: the same name in several libraries is the same artist.
    package struct Artist: Sendable, Hashable, Codable {
        package struct Place: Sendable, Hashable, Codable {
            package var key: String
            package var section: Int
        }
        package var name: String
        package var places: [Place]
        /// "in Music and Vinyl".
        package var libraries: [String]
    }

    package enum Finding: Sendable, Equatable {
        case one(Artist)
        case several([Artist])
        case none(suggestions: [String])
    }

    private let plex: Plex
    private let shelf = CoverShelf()
    /// What a person played, and a sentence for what could not be asked.
    private let heard: @Sendable (Person) async throws -> (tracks: [Heard], doubt: String?)

    package init(
        plex: Plex, heard: @escaping @Sendable (Person) async throws -> (tracks: [Heard], doubt: String?)
    ) {
        self.plex = plex
        self.heard = heard
    }

    // MARK: Finding

    package func find(_ typed: String) async throws -> Finding {
        let sections = try await musicSections()
        var found: [PlexItem] = []
        for section in sections { found += try await plex.search(.artist, titled: typed, in: section.id) }
        var artists = group(found, sections)
        let wanted = Folding.foldedName(typed)
        let exact = artists.filter { Folding.foldedName($0.name) == wanted }
        if !exact.isEmpty { artists = exact }
        if artists.count == 1 { return .one(artists[0]) }
        if artists.count > 1 { return .several(Array(artists.prefix(25))) }
        let close = group(try await alike(typed, sections), sections)
        let same = close.filter { Folding.foldedName($0.name) == wanted }
        if same.count == 1 { return .one(same[0]) }
        let ranked = close.map { (name: $0.name, likeness: Folding.likeness(Folding.foldedName($0.name), wanted)) }
            .filter { $0.likeness > 0.25 }.sorted { $0.likeness > $1.likeness }
        return .none(suggestions: ranked.prefix(3).map(\.name))
    }

    /// Whoever could be meant: what Plex's own search makes of it, which forgives misspellings, and those in whose name
    /// a word begins like one that was typed.
    private func alike(_ typed: String, _ sections: [PlexSection]) async throws -> [PlexItem] {
        let beginnings = Set(
            Folding.foldedName(typed).split(separator: " ").filter { $0.count > 2 }.map { String($0.prefix(3)) })
        var found: [PlexItem] = []
        for section in sections {
            found += try await plex.hubSearch(typed, kinds: [.artist], in: section.id)
            for beginning in beginnings.sorted().prefix(3) {
                found += try await plex.search(.artist, titled: beginning, in: section.id)
            }
        }
        return found
    }

    /// For completion while typing.
    package func names(containing typed: String) async throws -> [String] {
        var names: Set<String> = []
        for section in try await musicSections() where names.count < 100 {
            names.formUnion(try await plex.search(.artist, titled: typed, in: section.id).map(\.title))
        }
        return names.sorted()
    }

    private func musicSections() async throws -> [PlexSection] {
        try await plex.sections().filter(\.isMusic).sorted { $0.id < $1.id }
    }

    /// Two artists of one name are told apart only where Plex itself knows two.
    private func group(_ items: [PlexItem], _ sections: [PlexSection]) -> [Artist] {
        let titles = Dictionary(sections.map { ($0.id, $0.title) }) { a, _ in a }
        var artists: [Artist] = []
        var identities: [String: Int] = [:]
        for item in items {
            guard let section = item.sectionID else { continue }
            let name = Folding.foldedName(item.title)
            let identity = item.guid.hasPrefix("plex://artist/") ? "\(name) \(item.guid)" : name
            let place = Artist.Place(key: item.ratingKey, section: section)
            let library = titles[section] ?? "library \(section)"
            if let index = identities[identity] ?? (item.guid.hasPrefix("plex://") ? nil : identities[name]) {
                if !artists[index].places.contains(place) { artists[index].places.append(place) }
                if !artists[index].libraries.contains(library) { artists[index].libraries.append(library) }
            } else {
                identities[identity] = artists.count
                artists.append(Artist(name: item.title, places: [place], libraries: [library]))
            }
        }
        return artists
    }

    // MARK: Counting

    package func verdict(on artist: Artist, for listener: Listener) async throws -> (CompletionVerdict, doubt: String?)
    {
        let heard = try await heard(listener.person)
        return (try await verdict(on: artist, heard.tracks, for: listener.person, withFeatured: true), heard.doubt)
    }

    private func verdict(
        on artist: Artist, _ heard: [Heard], for person: Person, withFeatured: Bool
    ) async throws -> CompletionVerdict {
        var albums: [CompletionEvidence.Album] = []
        var tracks: [CompletionEvidence.Track] = []
        for place in artist.places {
            albums += try await plex.albums(ofArtist: place.key, in: place.section).map {
                CompletionEvidence.Album(key: $0.ratingKey, title: $0.title, year: $0.year, cover: $0.thumb)
            }
            tracks += try await plex.tracks(ofArtist: place.key, in: place.section).map(Self.track)
        }
        let featured = withFeatured ? try await featured(artist) : []
        return CompletionRules.verdict(
            on: CompletionEvidence(
                artist: artist.name, albums: albums, tracks: tracks, featured: featured, heard: heard,
                countsViews: person.isOwner))
    }

    /// Tracks of compilations which the artist plays on: Plex keeps those under "Various Artists".
    private func featured(_ artist: Artist) async throws -> [CompletionEvidence.Track] {
        var tracks: [CompletionEvidence.Track] = []
        for section in try await musicSections() {
            for compilation in try await plex.search(.artist, titled: "Various Artists", in: section.id)
            where !artist.places.contains(where: { $0.key == compilation.ratingKey }) {
                for try await page in plex.items(
                    .track, in: section.id, where: [("artist.id", compilation.ratingKey)], withGuids: false)
                {
                    tracks += page.rows.filter { CompletionRules.features(artist.name, in: $0.originalTitle) }
                        .map(Self.track)
                }
            }
        }
        return tracks
    }

    private static func track(_ item: PlexItem) -> CompletionEvidence.Track {
        CompletionEvidence.Track(
            key: item.ratingKey, guid: item.guid, albumKey: item.parentRatingKey ?? "", album: item.parentTitle,
            title: item.title, disc: item.parentIndex, index: item.index, performer: item.originalTitle,
            views: item.viewCount)
    }

    // MARK: The artists a person knows best

    /// Of the artists most of whose tracks the person has played, those who are most complete.
    package func top(
        _ count: Int, for listener: Listener
    ) async throws -> (verdicts: [CompletionVerdict], doubt: String?) {
        let heard = try await heard(listener.person)
        let byArtist = Dictionary(grouping: heard.tracks.filter { !$0.artist.isEmpty && !Self.isNobody($0.artist) }) {
            Folding.foldedName($0.artist)
        }
        let candidates = byArtist.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(count * 2)
        var verdicts: [CompletionVerdict] = []
        for (_, tracks) in candidates {
            try Task.checkCancellation()
            // Gone from the server: nothing to complete.
            guard let name = tracks.first?.artist, case .one(let artist) = try await find(name) else { continue }
            verdicts.append(try await verdict(on: artist, heard.tracks, for: listener.person, withFeatured: false))
        }
        verdicts.sort { ($1.percent, $1.total, $0.artist) < ($0.percent, $0.total, $1.artist) }
        return (Array(verdicts.prefix(count)), heard.doubt)
    }

    private static func isNobody(_ artist: String) -> Bool { Folding.folded(artist) == "various artists" }

    /// Covers for the picture; one that cannot be had leaves a plain tile.
    package func covers(of albums: [CompletionVerdict.Album], most: Int) async -> [String: [UInt8]] {
        var covers: [String: [UInt8]] = [:]
        await withTaskGroup(of: (String, [UInt8])?.self) { group in
            var waiting = albums.prefix(most).compactMap { album in album.album.cover.map { (album.album.key, $0) } }[
                ...]
            func next() {
                guard let (key, path) = waiting.popFirst() else { return }
                group.addTask { [plex, shelf] in
                    if let cover = shelf[path] { return (key, cover) }
                    guard let image = try? await plex.image(path, width: 200, height: 200) else { return nil }
                    shelf.put(image.bytes, for: path)
                    return (key, image.bytes)
                }
            }
            // A few at a time: the server scales each one.
            for _ in 0..<4 { next() }
            for await cover in group {
                if let (key, bytes) = cover { covers[key] = bytes }
                next()
            }
        }
        return covers
    }
}
