// The newsletter's numbers: gathers the evidence, lets the rules judge it, keeps the issue. Sending is another matter.

internal import Domain
package import Runtime
package import Storage

/// An issue that nobody has been shown as the final one: for previews.
package struct NewsletterDraft: Sendable, Hashable {
    package var issue: IssueFacts
    package var personal: [PersonalFacts]

    package func personal(of person: Int64) -> PersonalFacts? { personal.first { $0.person.id == person } }
}

package struct Newsletter: Sendable {
    /// How far back growth is told.
    static let growthReach = 92

    package let archive: IssueArchive
    package let wishes: NewsletterWishes
    let scale: LibraryScale
    let sources: NewsletterSources
    let place: LocalTime
    let clock: any Clock
    let log: Log

    package init(
        _ database: Database, sources: NewsletterSources, wishes: NewsletterWishes, place: LocalTime,
        log: Log = .silent
    ) {
        archive = IssueArchive(database)
        scale = LibraryScale(database)
        self.sources = sources
        self.wishes = wishes
        self.place = place
        self.log = log.labelled("newsletter")
        clock = database.clock
    }

    /// What an issue made now is about.
    package func lastPeriod(_ rhythm: NewsletterPeriod.Rhythm) -> NewsletterPeriod {
        .lastOver(at: clock.now, rhythm, in: place)
    }

    /// The issue of a period with everything it would say to anybody, not kept. A period that still runs is told as far
    /// as it has come.
    package func draft(_ period: NewsletterPeriod) async throws(NewsletterError) -> NewsletterDraft {
        let rules = NewsletterRules(try await gather(period), wishes)
        let number = try await stored { () async throws(StorageError) in try await archive.nextNumber() }
        return rules.draft(number: number, madeAt: clock.now)
    }

    /// Makes the issue of a period that is over, and keeps it; made once, it stays as it is.
    package func make(_ period: NewsletterPeriod) async throws(NewsletterError) -> IssueFacts {
        guard period.ends <= clock.now else { throw .notOver(period) }
        if let made = try await stored({ () async throws(StorageError) in try await archive.issue(about: period) }) {
            return made
        }
        let draft = try await draft(period)
        return try await stored { () async throws(StorageError) in try await archive.keep(draft) }
    }

    package func latest() async throws(NewsletterError) -> IssueFacts? {
        try await stored { () async throws(StorageError) in try await archive.latest() }
    }

    /// Once a day: writes down how large the libraries are. Those that could not be read are told, the others kept.
    package func weighLibraries() async throws(NewsletterError) {
        let shelves: [LibraryShelf]
        switch await sources.libraries.shelves() {
        case .known(let known): shelves = known
        case .absent: shelves = []
        case .unknown(let why): throw .librariesUnknown(why)
        }
        var sizes: [LibrarySize] = []
        var troubles: [String] = []
        for shelf in shelves {
            switch await sources.libraries.size(shelf) {
            case .known(let size): sizes.append(size)
            case .absent: continue
            case .unknown(let why): troubles.append("\(shelf.name): \(why)")
            }
        }
        let (kept, day) = (sizes, Day(of: clock.now, in: place))
        try await stored { () async throws(StorageError) in try await scale.keep(kept, on: day) }
        if !troubles.isEmpty { throw .librariesUnknown(troubles.joined(separator: "; ")) }
    }

    func stored<Value>(
        _ work: () async throws(StorageError) -> Value
    ) async throws(NewsletterError) -> Value {
        do throws(StorageError) { return try await work() } catch { throw .storage(error) }
    }
}

package enum NewsletterError: Error, Sendable, CustomStringConvertible {
    /// Nothing is told on half a history: try again when Tautulli answers.
    case historyUnknown(String)
    case peopleUnknown(String)
    case librariesUnknown(String)
    case notOver(NewsletterPeriod)
    case storage(StorageError)
    case cancelled

    package var description: String {
        switch self {
        case .historyUnknown(let why): "what was played is not known, so no issue is made: \(why)"
        case .peopleUnknown(let why): "who is there is not known, so no issue is made: \(why)"
        case .librariesUnknown(let why): "the libraries could not be read: \(why)"
        case .notOver(let period): "\(period.name) is not over yet"
        case .storage(let error): error.description
        case .cancelled: "stopped before it was done"
        }
    }
}
