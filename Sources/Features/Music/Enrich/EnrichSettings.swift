// What the owner may choose about the credits in the summaries.

internal import Runtime

package struct EnrichSettings: Hashable, Sendable {
    package var place: SummaryBlock.Place
    /// Names in the line; the others are counted.
    package var most: Int
    /// The libraries of the job, by name or number; empty: every music library.
    package var sections: [String]
    /// For so long the job does not ask again about an album it has settled.
    package var staysFresh: Duration
    /// How commands begin, for advice.
    package var prefix: String

    package init(
        place: SummaryBlock.Place = .bottom, most: Int = 20, sections: [String] = [],
        staysFresh: Duration = .days(90), prefix: String = "!plex"
    ) {
        self.place = place
        self.most = most
        self.sections = sections
        self.staysFresh = staysFresh
        self.prefix = prefix
    }

    var style: CreditLineStyle { CreditLineStyle(most: most) }
}
