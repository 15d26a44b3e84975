// The smaller values facts are made of. Words and numbers only, whole seconds, and all of it Codable: an issue is kept as
// it was made, and read again years later. Other people's text is raw here; whoever writes HTML escapes it.

package import Domain

/// Somebody as an issue may show them.
package struct FactsPerson: Codable, Hashable, Sendable {
    /// Ours (`Person.id`); 0 where the history names an account that nobody knows.
    package var id: Int64
    /// Told apart from others of the same name. Nil: wants not to be named, or nobody is.
    package var name: String?

    package init(id: Int64, name: String?) {
        self.id = id
        self.name = name
    }
}

/// What was played, as a whole: a movie, a show, an artist.
package struct FactsTitle: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        case movie, show, artist
        /// Live television, and what Tautulli may come to know.
        case other
    }
    package var kind: Kind
    package var name: String
    package var year: Int?
    /// In Plex, as it was when it was last played; the item may be gone.
    package var ratingKey: Int?

    package init(_ kind: Kind, _ name: String, year: Int? = nil, ratingKey: Int? = nil) {
        self.kind = kind
        self.name = name
        self.year = year
        self.ratingKey = ratingKey
    }

    /// Where Plex has its picture: for `Plex.image(_:width:height:)`.
    package var posterPath: String? { ratingKey.map { "/library/metadata/\($0)/thumb" } }
}

extension FactsTitle: Comparable {
    package static func < (a: FactsTitle, b: FactsTitle) -> Bool {
        (a.kind.rawValue, a.name, a.year ?? 0, a.ratingKey ?? 0) < (
            b.kind.rawValue, b.name, b.year ?? 0, b.ratingKey ?? 0
        )
    }
}

/// A number beside that of the period before.
package struct Trend: Codable, Hashable, Sendable {
    package var now: Int
    /// Nil: the history does not reach back that far, so there is nothing to compare with.
    package var before: Int?

    package init(_ now: Int, before: Int?) {
        self.now = now
        self.before = before
    }

    /// There was none before, and now there is.
    package var isNew: Bool { before == 0 && now > 0 }
    /// +25, −40, 0, rounded to whole ones; nil where there was nothing to compare with.
    package var percent: Int? {
        guard let before, before > 0 else { return nil }
        let scaled = (now - before) * 100
        // Half away from zero.
        return (scaled * 2 + (scaled < 0 ? -before : before)) / (before * 2)
    }
}

package struct TitleCount: Codable, Hashable, Sendable {
    package var title: FactsTitle
    package var plays: Trend
    package var seconds: Trend
    /// How many people played it.
    package var people: Int

    package init(_ title: FactsTitle, plays: Trend, seconds: Trend, people: Int) {
        self.title = title
        self.plays = plays
        self.seconds = seconds
        self.people = people
    }
}

package struct SharedTitle: Codable, Hashable, Sendable {
    package var title: FactsTitle
    /// Two or more, the most time first.
    package var people: [FactsPerson]
    package var plays: Int
    package var seconds: Int

    package init(_ title: FactsTitle, people: [FactsPerson], plays: Int, seconds: Int) {
        self.title = title
        self.people = people
        self.plays = plays
        self.seconds = seconds
    }
}

package struct PersonCount: Codable, Hashable, Sendable {
    package var person: FactsPerson
    package var plays: Trend
    package var seconds: Trend

    package init(_ person: FactsPerson, plays: Trend, seconds: Trend) {
        self.person = person
        self.plays = plays
        self.seconds = seconds
    }
}

package struct DayCount: Codable, Hashable, Sendable {
    package var day: Day
    package var plays: Int
    package var seconds: Int
    /// The same day of the period before: its first beside the first. Nil where that was shorter or is not known.
    package var playsBefore: Int?
    package var secondsBefore: Int?

    package init(_ day: Day, plays: Int, seconds: Int, playsBefore: Int? = nil, secondsBefore: Int? = nil) {
        self.day = day
        self.plays = plays
        self.seconds = seconds
        self.playsBefore = playsBefore
        self.secondsBefore = secondsBefore
    }
}

/// How plays reached their players.
package struct DeliveryCount: Codable, Hashable, Sendable {
    package var directPlays: Trend
    package var directStreams: Trend
    package var transcodes: Trend
    /// Tautulli did not say.
    package var unknown: Trend

    package init(directPlays: Trend, directStreams: Trend, transcodes: Trend, unknown: Trend) {
        self.directPlays = directPlays
        self.directStreams = directStreams
        self.transcodes = transcodes
        self.unknown = unknown
    }
}

package struct KindCount: Codable, Hashable, Sendable {
    package var kind: FactsTitle.Kind
    package var plays: Trend
    package var seconds: Trend

    package init(_ kind: FactsTitle.Kind, plays: Trend, seconds: Trend) {
        self.kind = kind
        self.plays = plays
        self.seconds = seconds
    }
}
