// Everything a judgement rests on, each piece with who said it. It is stored whole with the decision, so that "why" can
// be answered a year later, and a rule can be tried on it again.

package import Domain
package import Runtime

package struct Piece<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    package var reading: Reading<Value>
    package var source: String

    package init(_ reading: Reading<Value>, from source: String) {
        self.reading = reading
        self.source = source
    }

    package static var notAsked: Self { Self(.unknown(why: Self.notAskedWords), from: "") }
    package var isAsked: Bool { reading != .unknown(why: Self.notAskedWords) }
    private static var notAskedWords: String { "not asked" }
    package var known: Value? { reading.known }
    /// Somebody did not answer: asking again may help.
    var isFailure: Bool { if case .unknown = reading { isAsked } else { false } }
}

package enum Viewer: Hashable, Sendable, Codable {
    /// By the name or id the owner set, and how often they have to watch.
    case tracked(String, plays: Int)
    case guest
    case unknown(why: String)
    /// Whoever knows did not answer: asking again may help.
    case unanswered(why: String)
}

package enum FilmOverride: String, Hashable, Sendable, Codable, CaseIterable {
    case always, never, ask
}

/// Whether and how a Radarr has the film.
package enum FilmPresence: Hashable, Sendable, Codable {
    case found(instance: String, id: Int)
    case absent
    case several([String])
    case unknown(why: String)
    case notAsked
}

/// The film in the Radarr that keeps films on disk, where that is another one.
package struct KeptCopy: Hashable, Sendable, Codable {
    package var instance: String
    /// Nowhere also where that Radarr does not have the film.
    package var place: Reading<FilmPlace>
    package var path: String
    package var queue: Reading<[QueueItem]>

    package init(
        _ instance: String, _ place: Reading<FilmPlace>, path: String = "", queue: Reading<[QueueItem]> = .known([])
    ) {
        self.instance = instance
        self.place = place
        self.path = path
        self.queue = queue
    }
}

package struct FilmEvidence: Hashable, Sendable, Codable {
    package var film: FilmIDs
    /// When it was judged.
    package var at: Instant
    package var kind: Playback.ItemKind
    package var userName: String
    package var viewer: Viewer
    /// 0 to 1 of the film.
    package var share: Piece<Double>
    package var plays: [PlayTally] = []
    package var presence = FilmPresence.notAsked
    package var rating = Piece<FilmRating>.notAsked
    package var year = Piece<Int>.notAsked
    package var language = Piece<String>.notAsked
    package var genres = Piece<[String]>.notAsked
    package var keywords: [String] = []
    package var tags: [String] = []
    package var edition = ""
    /// Other names of it, where words that are no part of its title may stand: the file's, the item's.
    package var names: [String] = []
    package var favourite = Piece<Bool>.notAsked
    /// Nil: there is nobody to ask.
    package var seeders: Piece<Int>? = .notAsked
    package var place = Piece<FilmPlace>.notAsked
    package var path = ""
    /// Nil: the Radarr that has the film would keep it itself.
    package var kept: KeptCopy?
    package var queue = Piece<[QueueItem]>.notAsked
    /// Where an earlier decision about it stands that is not at its end, in words.
    package var underWay: String?
    /// By us; not those Radarr makes of its own accord, such as when a film is added.
    package var searchedAt: Instant?
    /// By Radarr for reasons of its own. Nil: not that it knows of.
    package var radarrSearchedAt: Instant?
    package var deleted = Piece<Instant>.notAsked
    package var released = Piece<Bool>.notAsked
    package var override: FilmOverride?
    /// What a download would take, as far as the present file tells.
    package var size: Int64?
    package var space = Piece<Int64>.notAsked
    package var searchesToday = 0
    package var bytesToday: Int64 = 0

    package init(
        film: FilmIDs, at: Instant, kind: Playback.ItemKind, userName: String = "", viewer: Viewer,
        share: Piece<Double>
    ) {
        self.film = film
        self.at = at
        self.kind = kind
        self.userName = userName
        self.viewer = viewer
        self.share = share
    }
}
