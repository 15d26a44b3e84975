// Where the newsletter's evidence comes from. The history and the people belong to other features: wiring lends them as
// closures. The libraries are asked of Plex, or of Tautulli where there is no Plex of our own.

package import Domain
package import Runtime

package struct NewsletterSources: Sendable {
    /// Brings the copy of the history up to date; throws where Tautulli did not answer.
    package var readUp: @Sendable () async throws -> Void
    /// Through which moment the history is known.
    package var knownThrough: @Sendable () async throws -> Instant?
    /// Hands over all plays that began before a moment, some at a time, in any order.
    package var plays: @Sendable (_ end: Instant, _ use: ([Play]) async throws -> Void) async throws -> Void
    package var people: @Sendable () async throws -> [Person]
    /// Who does not want to be named to others.
    package var unnamed: @Sendable () async throws -> Set<Int64>
    package var libraries: LibraryReader

    package init(
        readUp: @escaping @Sendable () async throws -> Void,
        knownThrough: @escaping @Sendable () async throws -> Instant?,
        plays: @escaping @Sendable (_ end: Instant, _ use: ([Play]) async throws -> Void) async throws -> Void,
        people: @escaping @Sendable () async throws -> [Person],
        unnamed: @escaping @Sendable () async throws -> Set<Int64> = { [] }, libraries: LibraryReader
    ) {
        self.readUp = readUp
        self.knownThrough = knownThrough
        self.plays = plays
        self.people = people
        self.unnamed = unnamed
        self.libraries = libraries
    }
}

/// What a library is asked. A failed read is unknown, never nothing.
package struct LibraryReader: Sendable {
    package var shelves: @Sendable () async -> Reading<[LibraryShelf]>
    package var news: @Sendable (LibraryShelf, _ since: Instant) async -> Reading<[NewItem]>
    package var size: @Sendable (LibraryShelf) async -> Reading<LibrarySize>
    /// How many episodes or tracks there are of shows and artists.
    package var parts: @Sendable ([FactsTitle]) async -> [FactsTitle: Reading<Int>]
    /// In which library titles are, those that are found.
    package var sections: @Sendable ([FactsTitle]) async -> Reading<[FactsTitle: Int]>

    package init(
        shelves: @escaping @Sendable () async -> Reading<[LibraryShelf]>,
        news: @escaping @Sendable (LibraryShelf, _ since: Instant) async -> Reading<[NewItem]>,
        size: @escaping @Sendable (LibraryShelf) async -> Reading<LibrarySize>,
        parts: @escaping @Sendable ([FactsTitle]) async -> [FactsTitle: Reading<Int>],
        sections: @escaping @Sendable ([FactsTitle]) async -> Reading<[FactsTitle: Int]>
    ) {
        self.shelves = shelves
        self.news = news
        self.size = size
        self.parts = parts
        self.sections = sections
    }
}
