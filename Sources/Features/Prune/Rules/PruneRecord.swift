// Everything prune remembers of one person: what its judgement is made from, besides the person itself.

package import Runtime

package struct PruneRecord: Hashable, Sendable {
    /// Whether somebody is greeted when they come.
    package enum Welcome: String, Hashable, Sendable {
        /// Was there before, came while nobody is welcomed, or comes back.
        case none
        case due
        case done
    }

    /// An extent of time somebody asked for.
    package struct Leave: Hashable, Sendable {
        package var span: Span
        package var by: String

        package init(_ span: Span, by: String) {
            self.span = span
            self.by = by
        }
    }

    package var person: Int64
    package var plexID: Int?
    package var name: String
    package var shareID: Int?
    /// This membership's beginning, as far as it was seen: at the first look, when they came, or came back.
    package var knownAt: Instant
    package var joinedAt: Instant?
    package var goneAt: Instant?
    package var welcome: Welcome
    package var isVIP: Bool
    package var vipBy: String
    package var sightings: [Sighting.Source: Sighting]
    /// An admin's.
    package var holds: [Leave]
    package var pauses: [Leave]
    /// Each "I'm still here".
    package var heres: [Instant]
    /// The first look of those that found them inactive without a break, and the stamp they had then.
    package var lookedAt: Instant?
    package var lookStamp: Instant?

    package init(
        person: Int64, plexID: Int? = nil, name: String = "", shareID: Int? = nil, knownAt: Instant,
        joinedAt: Instant? = nil, goneAt: Instant? = nil, welcome: Welcome = .none, isVIP: Bool = false,
        vipBy: String = "", sightings: [Sighting.Source: Sighting] = [:], holds: [Leave] = [], pauses: [Leave] = [],
        heres: [Instant] = [], lookedAt: Instant? = nil, lookStamp: Instant? = nil
    ) {
        self.person = person
        self.plexID = plexID
        self.name = name
        self.shareID = shareID
        self.knownAt = knownAt
        self.joinedAt = joinedAt
        self.goneAt = goneAt
        self.welcome = welcome
        self.isVIP = isVIP
        self.vipBy = vipBy
        self.sightings = sightings
        self.holds = holds
        self.pauses = pauses
        self.heres = heres
        self.lookedAt = lookedAt
        self.lookStamp = lookStamp
    }

    package var lastSighting: Sighting? {
        sightings.values.max { ($0.at, $0.source.rawValue) < ($1.at, $1.source.rawValue) }
    }
}
