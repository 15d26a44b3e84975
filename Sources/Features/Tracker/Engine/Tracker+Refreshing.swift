// The catalogue kept up to date: what is on the air often, what has ended seldom.

internal import Domain
internal import Runtime
internal import Storage

extension Tracker {
    /// How long a show's list is good for.
    static func freshness(of entry: CatalogueEntry, now: Instant) -> Duration {
        let today = Day(of: now, in: .utc)
        let isOnAir = (entry.episodes ?? []).contains { $0.airedOn.map { abs($0 - today) <= 14 } ?? false }
        if isOnAir { return .days(1) }
        return entry.hasEnded ? .days(45) : .days(7)
    }

    /// Known: its list is new. Absent: nobody has one, or it was asked for a moment ago.
    func refresh(_ show: Int64, olderThan age: Duration = .zero) async throws -> Reading<Bool> {
        guard let known = try await catalogue.show(show), !known.ids.isEmpty else { return .absent }
        if let last = try await catalogue.refreshedAt(show), clock.now - last < age { return .absent }
        let ids = known.ids
        switch await soon(.catalogue, { [sources] in await sources.show(ids, true) }) {
        case .unknown(let why):
            try await catalogue.postpone(show, to: clock.now + .hours(1))
            return .unknown(why: why)
        case .absent:
            try await catalogue.touch(show, dueAt: clock.now + .days(7))
            return .absent
        case .known(let entry):
            let before = try await catalogue.episodes(of: show).count
            // Another show's answer is none.
            guard ids.compared(with: entry.ids).different.isEmpty, try await put(entry) == show else {
                try await catalogue.touch(show, dueAt: clock.now + .days(7))
                return .absent
            }
            if try await catalogue.episodes(of: show).count > before {
                _ = try await logBook.replay(.episodeMissing, show: show)
            }
            return .known(true)
        }
    }

    /// All whose time has come, `most` of them. How many were read, and how many could not be.
    package func refreshDue(most: Int = 200) async throws -> (read: Int, failed: Int) {
        var (read, failed) = (0, 0)
        for show in try await catalogue.due(most: most) {
            if Task.isCancelled { break }
            switch try await refresh(show.id) {
            case .known, .absent: read += 1
            case .unknown(let why):
                failed += 1
                log.debug("\(show.title) was not read anew: \(why)")
                // Whoever is down is down for all of them.
                if failed >= 5, read == 0 { return (read, failed) }
            }
        }
        try await work()
        return (read, failed)
    }
}
