// Gathering for one issue: the history first, for without it there is no issue; then the libraries, of which each may be
// unknown and is then said to be.

internal import Domain
internal import Runtime
internal import Storage

extension Newsletter {
    package func gather(_ period: NewsletterPeriod) async throws(NewsletterError) -> NewsletterEvidence {
        let plays = try await history(of: period)
        let people: [Person]
        let unnamed: Set<Int64>
        do {
            people = try await sources.people()
            unnamed = try await sources.unnamed()
        } catch {
            if Task.isCancelled { throw .cancelled }
            throw .peopleUnknown("\(error)")
        }
        var evidence = NewsletterEvidence(plays: plays, people: people, unnamed: unnamed)
        evidence.added = await added(in: period)
        evidence.growth = try await growth(through: period.last)
        let rules = NewsletterRules(evidence, wishes)
        let (measured, placed) = (rules.measured, rules.placed)
        if !measured.isEmpty { evidence.parts = await sources.libraries.parts(measured) }
        if !placed.isEmpty { evidence.sections = await sources.libraries.sections(placed) }
        if Task.isCancelled { throw .cancelled }
        evidence.doubts = Self.doubts(evidence)
        return evidence
    }

    private func history(of period: NewsletterPeriod) async throws(NewsletterError) -> NewsletterFold {
        var fold = NewsletterFold(period, in: place)
        // Reading takes time, and reaches as far as the moment it began; the mark is kept in whole milliseconds.
        let asked = clock.now - .seconds(1)
        do {
            try await sources.readUp()
            // Not before the period is over, or as far as it has come: what is read up to then is all there is.
            guard let through = try await sources.knownThrough(), through >= min(period.ends, asked) else {
                throw NewsletterError.historyUnknown("the copy of Tautulli's history does not reach that far yet")
            }
            try await sources.plays(period.ends) { plays in
                for play in plays { fold.add(play) }
            }
        } catch let error as NewsletterError {
            throw error
        } catch {
            if Task.isCancelled { throw .cancelled }
            throw .historyUnknown("\(error)")
        }
        log.info("read the history", ["plays": "\(fold.rows)", "period": period.name])
        return fold
    }

    private static func doubts(_ evidence: NewsletterEvidence) -> [String] {
        var doubts: [String] = []
        if evidence.plays.rows > 0, !evidence.plays.canCompare {
            doubts.append("The history does not reach back to the period before, so there is nothing to compare with.")
        }
        if case .unknown(let why) = evidence.sections {
            doubts.append("In which library titles are could not be read, so some letters name fewer: \(why)")
        }
        return doubts
    }

    private func added(in period: NewsletterPeriod) async -> Reading<[LibraryAdditions]> {
        let shelves: [LibraryShelf]
        switch await sources.libraries.shelves() {
        case .known(let known): shelves = known
        case .absent: return .absent
        case .unknown(let why): return .unknown(why: why)
        }
        var all: [LibraryAdditions] = []
        for shelf in shelves {
            let news = await sources.libraries.news(shelf, period.starts)
            if case .unknown(let why) = news { log.warning("\(shelf.name) could not be read: \(why)") }
            let items = news.map { AdditionRules.additions($0, within: period.range) }
            all.append(
                LibraryAdditions(section: shelf.section, name: shelf.name, kind: shelf.kind.rawValue, items: items))
        }
        return .known(all)
    }

    private func growth(through last: Day) async throws(NewsletterError) -> [LibraryGrowth] {
        try await stored { [first = last - Self.growthReach] () async throws(StorageError) in
            try await scale.growth(from: first, through: last)
        }
    }
}
