// Takes what was watched, finds out which show and which episode it was, and marks it. Everything it knows is in the
// tables: what arrived is a row, and stays due until what became of it is written beside the mark. So a stop at any
// moment, the same hook twice, and any order come to the same marks.

internal import Domain
package import Runtime
package import Storage

package actor Tracker {
    package nonisolated let wishes: TrackerWishes
    package nonisolated let catalogue: CatalogueBook
    package nonisolated let marks: MarkBook
    package nonisolated let logBook: LogBook
    package nonisolated let mappings: MappingBook
    package nonisolated let conflicts: ConflictBook
    package nonisolated let viewers: ViewerBook
    nonisolated let sources: TrackerSources
    nonisolated let acts: TrackerActs
    nonisolated let effects: Effects
    nonisolated let database: Database
    nonisolated let clock: any Clock
    nonisolated let place: LocalTime
    nonisolated let log: Log
    private var isWorking = false
    /// As they were carried over last.
    private var joins: [Int64: Int64]?
    private var wantsMore = false
    /// Of the shows that were played last: a flood asks for the same ones.
    private var listed: [Int64: [KnownEpisode]] = [:]
    private var listedEpisodes = 0
    private var changes = 0
    /// At what the plays under way ask of the tables.
    var glance: Glance?
    /// The history, which may take hours the first time.
    var isReading = false
    private var silences: [Asked: (until: Instant, why: String)] = [:]
    /// Telling people failed.
    var quietUntil: Instant?
    var untoldTries = 0

    package init(
        _ database: Database, effects: Effects, wishes: TrackerWishes, sources: TrackerSources, acts: TrackerActs,
        place: LocalTime = .utc, log: Log = .silent
    ) {
        self.database = database
        self.effects = effects
        self.wishes = wishes
        self.sources = sources
        self.acts = acts
        self.place = place
        self.log = log.labelled("tracker")
        clock = database.clock
        catalogue = CatalogueBook(database)
        marks = MarkBook(database)
        logBook = LogBook(database)
        mappings = MappingBook(database)
        conflicts = ConflictBook(database)
        viewers = ViewerBook(database)
    }

    // MARK: Taking

    /// When this returns it is on the disk; `work` does the rest.
    @discardableResult
    package func take(_ told: Told) async throws -> LogBook.Receipt {
        try await take([told]).first ?? .known
    }

    package func take(_ all: [Told]) async throws -> [LogBook.Receipt] { try await logBook.take(all) }

    // MARK: Working off

    /// So many at a time, and what they came to is written together: one wait for the disk instead of one for each.
    private static let batch = 200

    /// Does all that is due. One at a time: who comes while it is under way has it looked at once more.
    package func work() async throws {
        if isWorking {
            wantsMore = true
            return
        }
        isWorking = true
        defer { isWorking = false }
        repeat {
            wantsMore = false
            try await unite()
            // What stays due though it was looked at would spin.
            var seen: [Int64: Int] = [:]
            while true {
                let rows = try await logBook.due(clock.now, most: Self.batch).filter { seen[$0.id, default: 0] < 4 }
                if rows.isEmpty || Task.isCancelled { break }
                try await work(off: rows)
                for row in rows { seen[row.id, default: 0] += 1 }
            }
            if Task.isCancelled { return }
            try await tellUntold()
        } while wantsMore
    }

    /// Who became one person has one list; who parted has their own again.
    private func unite() async throws {
        guard let now = await sources.joins().known, now != joins else { return }
        let moved = try await marks.unite(now)
        // What came meanwhile was of somebody who was not looked after yet.
        for person in Set(now.values) where try await viewers.one(person) != nil {
            _ = try await logBook.replay(.notListed, person: person)
        }
        let isFirstLook = joins == nil
        joins = now
        // Also where no mark moved: whoever waits for it hears that the lists are as people are by now.
        if !isFirstLook || moved > 0 {
            log.info("the lists follow who is who", ["two_in_one": "\(now.count)", "moved": "\(moved)"])
        }
    }

    private func work(off rows: [LogRow]) async throws {
        var decided: [(LogRow, Outcome)] = []
        var since = clock.now
        defer { glance = nil }
        try await look(at: rows[...])
        for (place, row) in rows.enumerated() {
            if Task.isCancelled { return }
            let outcome: Outcome
            do { outcome = try await decide(row) } catch let error as StorageError {
                throw error
            } catch {
                if Task.isCancelled { return }
                log.error("a play could not be judged: \(error)", ["row": "\(row.id)"])
                outcome = .waits(.unanswered, "\(error)")
            }
            decided.append((row, outcome))
            // Whoever was quick does not wait for the one whose catalogue is slow.
            if clock.now - since > .milliseconds(100) {
                try await settle(decided)
                decided = []
                try await look(at: rows[(place + 1)...])
                since = clock.now
            }
        }
        try await settle(decided)
    }

    // MARK: What many ask for

    func episodes(of show: Int64) async throws -> [KnownEpisode] {
        if let known = listed[show] { return known }
        let before = changes
        let list = try await catalogue.episodes(of: show)
        // It may have been put in anew while it was read.
        guard before == changes else { return try await catalogue.episodes(of: show) }
        if listedEpisodes + list.count > Self.mostListed { (listed, listedEpisodes) = ([:], 0) }
        listedEpisodes += list.count - (listed.updateValue(list, forKey: show)?.count ?? 0)
        return list
    }

    /// Some ten megabytes. Whoever counts shows instead either has room for a few long ones or forgets all short ones, over
    /// and over, as soon as a household watches one more than fit.
    private static let mostListed = 50_000

    func forgetEpisodes(of show: Int64) {
        if let old = listed.removeValue(forKey: show) { listedEpisodes -= old.count }
        changes += 1
    }

    enum Asked: Hashable, Sendable { case people, library, files, seen, catalogue }

    /// A service that hangs is one that does not answer; for a while nobody else waits for it either, or a flood of hooks
    /// would stand behind it one by one.
    func soon<Value: Sendable>(
        _ asked: Asked, _ question: @escaping @Sendable () async -> Reading<Value>
    ) async -> Reading<Value> {
        if let silence = silences[asked], clock.now < silence.until { return .unknown(why: silence.why) }
        // Those take their time, and whatever was seen before may have changed by then.
        if asked == .library || asked == .catalogue { glance = nil }
        let begun = clock.uptime
        let answer = await within(.seconds(30), on: clock, question) ?? .unknown(why: "no answer within thirty seconds")
        if case .unknown(let why) = answer, clock.uptime - begun > Self.patience {
            silences[asked] = (clock.now + Self.rest, why)
        }
        return answer
    }

    private static let patience = Duration.seconds(5)
    private static let rest = Duration.minutes(1)

    /// 1, 2, 4 … minutes, at most six hours.
    static func pause(after tries: Int) -> Duration { .minutes(min(360, 1 << Int64(min(9, max(0, tries))))) }
}
