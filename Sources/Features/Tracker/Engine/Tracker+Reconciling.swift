// What no hook told: the history from where it was read last, and what a library says that somebody has seen. Only here
// something becomes unwatched, for no hook ever tells it.

internal import Domain
internal import Runtime
internal import Storage

package struct ReconcileTally: Hashable, Sendable {
    /// Plays that were new to us.
    package var new = 0
    package var looks = 0
    package var unwatched = 0
    /// Why something was left out, in words.
    package var doubts: [String] = []
}

extension Tracker {
    /// What arrives late stands before what was read: players bring along what they played without a line.
    private static let overlap = Duration.days(2)
    private static let mostLooks = 300
    /// More than that in one night is no person's doing.
    static let mostUnwatched = 100

    package nonisolated var histories: HistoryBook { HistoryBook(database) }

    /// From the beginning the first time, however long that takes; cut off, it goes on where it was.
    package func readHistory() async throws -> Int {
        guard let history = sources.history, !isReading else { return 0 }
        isReading = true
        defer { isReading = false }
        _ = try await logBook.replayStrangers(since: clock.now - .days(14))
        let book = histories
        let known = try await book.one(history.name)
        try await book.begin(history.name)
        let since = known?.firstEndedAt == nil ? known?.through : known?.through.map { $0 - Self.overlap }
        let (clock, logBook) = (clock, logBook)
        let counter = Counter()
        try await history.read(since) { plays, next, share in
            try Task.checkCancellation()
            let told = plays.map { Told($0, receivedAt: clock.now) }
            let texts = try plays.map { try JSONText.text($0) }
            let receipts = try await book.take(told, texts: texts, of: history.name, through: next, share: share)
            logBook.remember(told, receipts)
            let new = receipts.count { $0 != .known }
            await counter.add(new)
            if new > 0 { try await self.work() }
        }
        try await book.end(history.name)
        try await work()
        return await counter.count
    }

    private actor Counter {
        var count = 0
        func add(_ more: Int) { count += more }
    }

    // MARK: What the library says

    /// What each person has seen of what they follow, as far as somebody may ask for them.
    package func lookAround() async throws -> ReconcileTally {
        var tally = ReconcileTally()
        var gone: [(person: Int64, show: Int64, episode: Int64)] = []
        for look in try await histories.looks(most: Self.mostLooks, before: clock.now - .hours(12)) {
            if Task.isCancelled { return tally }
            guard let mapping = try await mappings.one(look.mapping),
                let place = try await mappings.place(of: mapping.id)
            else { continue }
            switch await soon(.seen, { [sources] in await sources.leaves(look.person, place) }) {
            case .absent: break
            case .unknown(let why):
                // It comes first the next time.
                if tally.doubts.count < 5 { tally.doubts.append("\(mapping.title): \(why)") }
                continue
            case .known(let leaves):
                tally.looks += 1
                let found = try await compare(leaves, look.person, mapping)
                gone += found.gone.map { (look.person, mapping.show, $0) }
                for receipt in try await take(found.missed) {
                    if case .new = receipt { tally.new += 1 }
                }
            }
            try await histories.looked(look)
        }
        if gone.count > Self.mostUnwatched {
            tally.doubts.append(
                "\(gone.count) episodes are suddenly unwatched in the library: that is not believed, all stay marked")
        } else {
            for one in gone {
                try await marks.unwatch(person: one.person, show: one.show, episode: one.episode, until: clock.now)
            }
            tally.unwatched = gone.count
        }
        try await work()
        return tally
    }

    private func compare(
        _ leaves: [LibraryEpisode], _ person: Int64, _ mapping: ShowMapping
    ) async throws -> (missed: [Told], gone: [Int64]) {
        let list = try await episodes(of: mapping.show)
        var states: [Int64: (isWatched: Bool, play: EpisodePlay)] = [:]
        for leaf in leaves {
            guard case .found(let episode, _) = EpisodeRules.episode(for: EpisodeClaim(leaf.play), in: list) else {
                continue
            }
            // Two files of one episode: seen is seen.
            if states[episode.id]?.isWatched != true { states[episode.id] = (leaf.isWatched, leaf.play) }
        }
        let marked = Dictionary(
            try await marks.marks(of: person, show: mapping.show).map { ($0.episode, $0) }, uniquingKeysWith: { $1 })
        var (missed, gone): ([Told], [Int64]) = ([], [])
        for (episode, state) in states {
            if let mark = marked[episode] {
                guard !state.isWatched, !mark.isByHand, clock.now - mark.lastAt > .hours(1) else { continue }
                if try await marks.isOnly(by: mapping.id, person: person, episode: episode) { gone.append(episode) }
            } else if state.isWatched {
                missed.append(Told(state.play, receivedAt: clock.now))
            }
        }
        return (missed, gone.sorted())
    }
}
